"""Rulings: what people decided, brought to the rows and pools that it touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from calc.check import Checked
from calc.findings import problem_at
from calc.methods.base import Frame
from calc.problem import Problem, Severity
from calc.requirements import Top
from calc.scheme.model import Scheme
from calc.submission import Entry, Ruling
from calc.winners import Decisions, Seats
from calc.words import RULING_DECISIONS, RULING_KINDS

__all__ = ["DECISIONS", "Ruled", "decided", "idle", "idle_stages", "rule"]

DECISIONS: Mapping[str, tuple[str, ...]] = {
    "tie": ("seat", "no-seat"),
    "objection": ("upheld", "rejected"),
    "cancel": ("cancelled",),
    "withdraw": ("withdrawn",),
    "seats": (),
}
"""The decisions of each kind of ruling; a number for ``seats``."""

_REMOVES = {("objection", "upheld"), ("cancel", "cancelled"), ("withdraw", "withdrawn")}


@dataclass
class Ruled:
    """The rulings that could be understood, and the Problems of those that could not."""

    seat: dict[int, bool] = field(default_factory=dict)
    removed: dict[int, str] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)
    sources: dict[int, list[Ruling]] = field(default_factory=dict)
    """Of each row the rulings about it, those that change nothing among them."""
    titles: dict[str, Ruled] = field(default_factory=dict)
    """Of each title the rulings that name it as their contest."""
    stages: dict[str, dict[int, Ruling]] = field(default_factory=dict)
    """Of each requirement that lets on the first few the rulings on who goes on, by row."""
    problems: list[Problem] = field(default_factory=list)
    unclear: bool = False
    """A ruling in error might touch any pool: all winners are withheld."""

    def of_pool(self, pool: str, rows: Sequence[int]) -> Decisions:
        """The decisions about one pool."""
        return Decisions(
            seat={row: self.seat[row] for row in rows if row in self.seat},
            removed={row: self.removed[row] for row in rows if row in self.removed},
            seats=self.seats.get(pool),
        )


def _problem(severity: Severity, entry: Entry, key: str, **values: object) -> Problem:
    return problem_at(severity, entry, key, values)


def rule(scheme: Scheme, checked: Checked, rulings: Sequence[Ruling]) -> Ruled:
    """Sort the rulings by what they decide. One that cannot be understood is an error."""
    ruled = Ruled()
    rows = {identity: row for row, identity in enumerate(checked.ids) if identity}
    for ruling in rulings:
        typed = (ruling.date, ruling.contest, ruling.pool, ruling.id, ruling.kind, ruling.decision)
        if any(entry.bad for entry in typed):
            ruled.unclear = True
            continue
        title = next((t.id for t in scheme.titles if ruling.contest.value in (t.id, t.label)), None)
        if title is not None:
            found = _one(scheme, checked, ruling, rows, ruled.titles.setdefault(title, Ruled()))
            ruled.problems += [found] if found else []
            ruled.titles[title].unclear |= found is not None
            continue
        stage = next(
            (r for r in scheme.requirement if isinstance(r, Top) and ruling.contest.value in (r.id, r.label)), None
        )
        if stage is not None:
            found = _of_stage(scheme, checked, ruling, rows, ruled.stages.setdefault(stage.id, {}))
            ruled.problems += [found] if found else []
            ruled.unclear |= found is not None
            continue
        if ruling.contest.value not in (None, scheme.id, scheme.short_id, scheme.title):
            contest = ruling.contest.value
            ruled.problems.append(_problem(Severity.WARNING, ruling.contest, "ruling_contest", contest=contest))
            continue
        found = _one(scheme, checked, ruling, rows, ruled)
        if found is not None:
            ruled.problems.append(found)
            ruled.unclear = True
    return ruled


def _one(scheme: Scheme, checked: Checked, ruling: Ruling, rows: Mapping[str, int], ruled: Ruled) -> Problem | None:
    """Take in one ruling, or say why not."""
    kind, decision = str(ruling.kind.value or ""), ruling.decision.value
    if kind not in DECISIONS:
        key, choices = ("ruling_kind" if kind else "ruling_kind_blank"), "、".join(RULING_KINDS.values())
        return _problem(Severity.ERROR, ruling.kind, key, kind=kind, choices=choices)
    if kind == "seats":
        return _seats(checked, ruling, ruled)
    if decision not in DECISIONS[kind]:
        return _unclear_decision(ruling, "、".join(RULING_DECISIONS[each] for each in DECISIONS[kind]))
    row = rows.get(str(ruling.id.value))
    if row is None:
        label = scheme.subject.id_label
        return _problem(Severity.ERROR, ruling.id, "ruling_person", id_label=label, id=ruling.id.value or "")
    if kind == "tie":
        if ruled.seat.get(row, decision == "seat") != (decision == "seat"):
            return _problem(Severity.ERROR, ruling.id, "ruling_twice", name=_name(checked, row))
        ruled.seat[row] = decision == "seat"
    elif (kind, decision) in _REMOVES:
        ruled.removed[row] = kind
    ruled.sources.setdefault(row, []).append(ruling)
    return None


def _of_stage(
    scheme: Scheme, checked: Checked, ruling: Ruling, rows: Mapping[str, int], stage: dict[int, Ruling]
) -> Problem | None:
    """Take in one ruling on who goes on from a stage, or say why not."""
    if ruling.kind.value != "tie":
        kind = str(ruling.kind.value or "")
        return _problem(Severity.ERROR, ruling.kind, "ruling_kind", kind=kind, choices=RULING_KINDS["tie"])
    decided = Ruled()
    found = _one(scheme, checked, ruling, rows, decided)
    for row in decided.seat:
        if row in stage and stage[row].decision.value != ruling.decision.value:
            return _problem(Severity.ERROR, ruling.id, "ruling_twice", name=_name(checked, row))
        stage[row] = ruling
    return found


def decided(ruled: Ruled, size: int) -> dict[str, npt.NDArray[np.int8]]:
    """By requirement what was ruled of each of ``size`` rows: 1 it goes on, 0 it does not, -1 nothing."""
    codes = {name: np.full(size, -1, dtype=np.int8) for name in ruled.stages}
    for name, stage in ruled.stages.items():
        for row, ruling in stage.items():
            codes[name][row] = ruling.decision.value == "seat"
    return codes


def idle_stages(scheme: Scheme, checked: Checked, ruled: Ruled, frame: Frame) -> list[Problem]:
    """Rulings on who goes on from a stage that did nothing: nobody was equal to that row at the cut."""
    before = replace(frame, rated=~checked.barred, known={})  # who is rated is known only after a stage of the rating
    return [
        _problem(Severity.WARNING, ruling.id, "ruling_idle", name=_name(checked, row))
        for requirement in scheme.requirement
        if isinstance(requirement, Top)
        for row, ruling in ruled.stages.get(requirement.id, {}).items()
        if not requirement.at_cut(before if requirement.gate == "rating" else frame)[row]
    ]


def _seats(checked: Checked, ruling: Ruling, ruled: Ruled) -> Problem | None:
    decision, pool = ruling.decision.value, str(ruling.pool.value or "")
    number = decision if isinstance(decision, Decimal) else None
    if number is None and isinstance(decision, str) and decision.isascii() and decision.isdigit():
        number = Decimal(decision[:9])
    if number is None or number < 0 or number != number.to_integral_value():
        return _unclear_decision(ruling, "名额数")
    if pool not in checked.pools:
        return _problem(Severity.ERROR, ruling.pool, "ruling_pool", pool=pool)
    ruled.seats[pool] = int(number)
    return None


def _unclear_decision(ruling: Ruling, choices: str) -> Problem:
    """A decision that this kind of ruling does not have, in the words of the sheet."""
    decision, kind = str(ruling.decision.value or ""), RULING_KINDS[str(ruling.kind.value)]
    key = "ruling_decision" if decision else "ruling_decision_blank"
    shown = RULING_DECISIONS.get(decision, decision)
    return _problem(Severity.ERROR, ruling.decision, key, kind=kind, decision=shown, choices=choices)


def _name(checked: Checked, row: int) -> str:
    return checked.names[row] or checked.ids[row]


def idle(checked: Checked, ruled: Ruled, pool: str, rows: Sequence[int], seats: Seats) -> list[Problem]:
    """Rulings of a pool that did nothing, or asked for more seats than there were."""
    found: list[Problem] = []
    for row in rows:
        for source in ruled.sources.get(row, ()):
            found += _idle(checked, (pool, row), source, seats)
    return found


def _idle(checked: Checked, place: tuple[str, int], source: Ruling, seats: Seats) -> Iterator[Problem]:
    """What there is to say of one ruling about a row of a pool."""
    pool, row = place
    kind, name = source.kind.value, _name(checked, row)
    if kind == "tie" and row not in seats.in_tie:
        yield _problem(Severity.WARNING, source.id, "ruling_idle", name=name)
    if (kind, source.decision.value) in _REMOVES and seats.notes.get(row) != "ruled_out":
        yield _problem(Severity.WARNING, source.id, "ruling_idle_winner", name=name)
    if kind == "tie" and row in seats.overruled:
        left = seats.seats - len(seats.winners)
        yield _problem(Severity.ERROR, source.id, "ruling_seats", given=len(seats.overruled), pool=pool, left=left)
