"""Titles beside the award: each by a column of its own, with its own seats, among its own candidates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from calc.allotment import allot
from calc.check import Checked
from calc.findings import problem_at
from calc.methods.base import Frame
from calc.number import Array, Mask, missing
from calc.problem import Problem, Severity
from calc.reckon import Reckoned, order_key
from calc.rulings import Ruled, idle
from calc.scheme.model import Scheme, Title
from calc.submission import Entry
from calc.winners import Candidate, Seats, award_seats, tie_keys

__all__ = ["TitleOutcome", "award_title", "award_titles"]


@dataclass(frozen=True, slots=True)
class TitleOutcome:
    """Who has a title."""

    holders: frozenset[int]
    tied: frozenset[int]
    """Equal at the cut, to be ruled on."""
    values: Array
    notes: dict[int, str]
    """Why a row got or did not get it, as a key of the trace's words."""
    problems: tuple[Problem, ...]


def award_titles(
    scheme: Scheme, frame: Frame, checked: Checked, reckoned: Reckoned, ruled: Ruled, winners: Collection[int]
) -> dict[str, TitleOutcome]:
    """Who has each of the scheme's titles. ``frame`` and ``reckoned`` are exact and cover all rows."""
    has: dict[str, Collection[int]] = {"award": winners}
    outcomes: dict[str, TitleOutcome] = {}
    total = reckoned.total / Fraction(10) ** scheme.total_digits
    for title in scheme.titles:
        value = total if title.of == "total" else frame.column(title.of).values
        among = {"rated": reckoned.rated, "eligible": reckoned.eligible, "winners": _mask(frame, winners)}[title.among]
        for other in title.without:
            among = among & ~_mask(frame, has[other])
        rulings = ruled.titles.get(title.id, Ruled())
        outcomes[title.id] = award_title(title, value, frame, among, checked, reckoned, rulings)
        has[title.id] = outcomes[title.id].holders | outcomes[title.id].tied  # a tie must be ruled on first
    return outcomes


def _mask(frame: Frame, rows: Collection[int]) -> Mask:
    return np.isin(np.arange(frame.size), list(rows))


def award_title(
    title: Title, value: Array, frame: Frame, among: Mask, checked: Checked, reckoned: Reckoned, ruled: Ruled
) -> TitleOutcome:
    """Give out one title by the exact ``value`` of each row, within each group separately.

    Candidates are the rows in ``among`` that have a value within the title's ends. Groups with a row in error give
    out nothing, nor does anybody while rulings are unclear.
    """
    turned = -value if title.best == "highest" else value
    candidates = among & ~missing(value) & title.met(value)
    groups = frame.groups(title.within)
    names = checked.names_within(title.within)
    holders: set[int] = set()
    tied: set[int] = set()
    notes: dict[int, str] = {}
    problems: dict[Problem, None] = {}
    for group in np.unique(groups):
        rows = np.flatnonzero(groups == group).tolist()
        name = names[rows[0]]
        decisions = ruled.of_pool(name, rows)
        allotment = allot(title.quota, name, rows, checked, reckoned, approved=bool(decisions.seats))
        problems |= dict.fromkeys(allotment.problems)
        if checked.withhold_all or ruled.unclear or allotment.seats is None or any(checked.bad[row] for row in rows):
            continue
        ranked = _ranked(title, frame, turned, [row for row in rows if candidates[row]], checked.ids)
        seats = award_seats(title.ties, ranked, allotment.seats, decisions, allotment.limit, title.quota.passes_on)
        problems |= dict.fromkeys([*idle(checked, ruled, name, rows, seats), *_open(title, checked, seats)])
        holders |= set(seats.winners)
        tied |= set(seats.tied)
        notes |= dict(seats.notes)
    return TitleOutcome(frozenset(holders), frozenset(tied), value, notes, tuple(problems))


def _ranked(title: Title, frame: Frame, turned: Array, rows: Sequence[int], ids: Sequence[str]) -> list[Candidate]:
    """The candidates of one group with ranks, equals sharing one."""
    places = {value: place for place, value in enumerate(sorted({turned[row] for row in rows}), start=1)}
    columns = [order_key(frame, order) for order in title.ties.order]
    return [
        Candidate(
            row=row,
            id=ids[row],
            rank=places[turned[row]],
            keys=tie_keys(columns, row),
        )
        for row in rows
    ]


def _open(title: Title, checked: Checked, seats: Seats) -> list[Problem]:
    """A tie that waits for a ruling, or for the seed of the lot."""
    found = []
    if seats.needs_seed:
        found.append(problem_at(Severity.ERROR, Entry(), "lot_seed", {}))
    if seats.tied:
        names = "、".join(sorted(checked.names[row] or checked.ids[row] for row in seats.tied))
        found.append(problem_at(Severity.WARNING, Entry(), "title_tied", {"label": title.label, "names": names}))
    return found
