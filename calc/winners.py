"""Who gets a seat: the quota, ties at the cut, and what people have ruled."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from pydantic import Field

from calc.methods.base import Strict
from calc.number import Array

__all__ = ["Candidate", "Decisions", "Limit", "Order", "Seats", "Ties", "award_seats", "tie_keys"]


class Order(Strict):
    """A column to order the tied by."""

    of: str
    best: Literal["highest", "lowest"]


class Ties(Strict):
    """What happens when more are equal at the cut than there are seats left."""

    policy: Literal["ask", "include", "exclude", "lot"]
    order: tuple[Order, ...] = Field(default=(), strict=False)
    """Tie-breaks; they move seats, never ranks."""
    seed: str = ""
    """For ``lot``: the recorded text that the draw is computed from."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of one pool that has a rank."""

    row: int
    id: str
    rank: int
    keys: tuple[Fraction | None, ...] = ()
    """Values of the scheme's tie-break columns, so turned that more is better; None, the worst, for no value."""


def tie_keys(columns: Iterable[Array], row: int) -> tuple[Fraction | None, ...]:
    """The keys of one row's :class:`Candidate`, out of the columns of all."""
    return tuple(Fraction(column[row]) if column[row] == column[row] else None for column in columns)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people ruled about one pool."""

    seat: Mapping[int, bool] = field(default_factory=dict)
    """Of tied rows: gets the seat, or not."""
    removed: Mapping[int, str] = field(default_factory=dict)
    """Rows whose honour was cancelled, withdrawn or successfully objected to, with the kind of ruling."""
    seats: int | None = None
    """Seats approved at least."""


@dataclass(frozen=True, slots=True)
class Seats:
    """The outcome of one pool."""

    seats: int
    winners: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()
    notes: Mapping[int, str] = field(default_factory=dict)
    """Why a row got or did not get a seat, as a key of the trace's words."""
    overruled: tuple[int, ...] = ()
    """Rows ruled a seat of which there were too few."""
    in_tie: frozenset[int] = frozenset()
    """All rows that were equal at the cut before anybody ruled."""
    needs_seed: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many winners of one unit."""

    units: Sequence[str]
    """Of each row of the data."""
    at_most: int


def award_seats(
    ties: Ties,
    candidates: Sequence[Candidate],
    seats: int,
    ruled: Decisions,
    limit: Limit | None = None,
    passes_on: Collection[str] = (),
) -> Seats:
    """Fill the seats of one pool from rank 1 down.

    ``seats`` is what the quota gives; rulings may have approved more. Those who are equal at the cut are told apart
    by the tie-breaks, then by rulings, then by the policy; ranks never move. Whoever is removed by a ruling leaves the
    seat empty, unless rulings of this kind are among ``passes_on``: then the seat goes to the next. With a ``limit``
    only the best of each unit are candidates; who is equal at a unit's cut, and would have a seat, waits for a ruling.
    """
    found = first = _filled(ties, candidates, seats, ruled, limit)
    gone: set[int] = set()
    while vacated := {row for row in _ruled_out(found) if ruled.removed[row] in passes_on}:
        gone |= vacated
        found = _filled(ties, [c for c in candidates if c.row not in gone], seats, ruled, limit)
    if not gone:
        return found
    moved_up = dict.fromkeys(set(found.winners) - set(first.winners), "moved_up")
    return replace(
        found, notes={**moved_up, **found.notes, **dict.fromkeys(gone, "ruled_out")}, in_tie=first.in_tie | found.in_tie
    )


def _ruled_out(seats: Seats) -> set[int]:
    """Who would have a seat but for a ruling."""
    return {row for row, note in seats.notes.items() if note == "ruled_out"}


def _filled(
    ties: Ties, candidates: Sequence[Candidate], seats: int, ruled: Decisions, limit: Limit | None = None
) -> Seats:
    """The seats, those left empty where somebody was removed."""
    if limit is not None:
        return _limited(ties, candidates, seats, ruled, limit)
    seats = max(seats, ruled.seats or 0)
    winners: list[int] = []
    outcome = _Tie()
    for level in _levels(candidates, key=lambda c: c.rank):
        left = seats - len(winners)
        if left <= 0:
            break
        if len(level) <= left:
            winners += [c.row for c in level]
            continue
        outcome = _cut(ties, level, left, ruled)
        winners += outcome.winners
        break
    notes = dict(outcome.notes)
    for row in winners:
        if row in ruled.removed:
            notes[row] = "ruled_out"
    return Seats(
        seats=seats,
        winners=tuple(row for row in winners if row not in ruled.removed),
        tied=tuple(sorted(outcome.tied)),
        notes=notes,
        overruled=tuple(outcome.overruled),
        in_tie=frozenset(outcome.undecided),
        needs_seed=outcome.needs_seed,
    )


def _limited(ties: Ties, candidates: Sequence[Candidate], seats: int, ruled: Decisions, limit: Limit) -> Seats:
    """The seats where no unit may have more than its share."""
    units: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        units.setdefault(limit.units[candidate.row], []).append(candidate)
    within = [_filled(ties, of, limit.at_most, Decisions(seat=ruled.seat)) for of in units.values()]
    best = {row for unit in within for row in unit.winners}
    waiting = {row for unit in within for row in unit.tied}
    found = _filled(ties, [c for c in candidates if c.row in best | waiting], seats, ruled)
    cut = {c.row: "unit_full" for c in candidates if c.row not in best | waiting}
    return replace(
        found,
        winners=tuple(row for row in found.winners if row in best),
        tied=tuple(sorted({*found.tied, *(row for row in found.winners if row in waiting)})),
        notes={**cut, **{row: note for unit in within for row, note in unit.notes.items()}, **found.notes},
        overruled=(*found.overruled, *(row for unit in within for row in unit.overruled)),
        in_tie=found.in_tie.union(*(unit.in_tie for unit in within)),
        needs_seed=found.needs_seed or any(unit.needs_seed for unit in within),
    )


@dataclass
class _Tie:
    """What became of those who were equal at the cut."""

    winners: list[int] = field(default_factory=list)
    tied: list[int] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)
    overruled: list[int] = field(default_factory=list)
    undecided: list[int] = field(default_factory=list)
    needs_seed: bool = False


def _levels(candidates: Iterable[Candidate], key: object) -> list[list[Candidate]]:
    """The candidates in groups of equal key, in rising order of the key, whatever order they came in."""
    groups: dict[object, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(key(candidate), []).append(candidate)  # type: ignore[operator]
    return [groups[k] for k in sorted(groups)]  # type: ignore[type-var]


def _cut(ties: Ties, level: list[Candidate], left: int, ruled: Decisions) -> _Tie:
    """Share out ``left`` seats among more candidates of equal rank."""
    tie = _Tie()
    for part in _levels(level, key=lambda c: tuple((k is None, -(k or 0)) for k in c.keys)):
        if len(tie.winners) >= left:
            break
        if len(part) < len(level):
            tie.notes.update({c.row: "tie_break" for c in part})
        if len(part) <= left - len(tie.winners):
            tie.winners += [c.row for c in part]
            continue
        _settle(ties, part, left - len(tie.winners), ruled, tie)
        break
    return tie


def _settle(ties: Ties, part: list[Candidate], left: int, ruled: Decisions, tie: _Tie) -> None:
    """Those whom the rules cannot tell apart: rulings first, then the policy."""
    tie.undecided = [c.row for c in part]
    seated = [c.row for c in part if ruled.seat.get(c.row) is True]
    rest = [c for c in part if c.row not in ruled.seat]
    tie.notes.update({c.row: "ruled_off" for c in part if ruled.seat.get(c.row) is False})
    if len(seated) > left:
        tie.overruled = seated
        tie.tied = [*seated, *(c.row for c in rest)]
        return
    tie.winners += seated
    tie.notes.update(dict.fromkeys(seated, "ruled_in"))
    left -= len(seated)
    if len(rest) <= left:
        tie.winners += [c.row for c in rest]
        tie.notes.update({c.row: "ruled_in" for c in rest})
    elif left == 0:
        tie.notes.update({c.row: "ruled_off" for c in rest})
    elif ties.policy == "include":
        tie.winners += [c.row for c in rest]
        tie.notes.update({c.row: "included" for c in rest})
    elif ties.policy == "exclude":
        tie.notes.update({c.row: "excluded" for c in rest})
    elif ties.policy == "lot" and ties.seed:
        drawn = sorted(rest, key=lambda c: _lot(ties.seed, c.id))
        tie.winners += [c.row for c in drawn[:left]]
        tie.notes.update({c.row: "lot_in" if n < left else "lot_off" for n, c in enumerate(drawn)})
    else:
        tie.tied = [c.row for c in rest]
        tie.needs_seed = ties.policy == "lot"


def _lot(seed: str, identity: str) -> str:
    """A draw that anybody can repeat: the SHA-256 of seed and id; the lowest is drawn first."""
    return hashlib.sha256(f"{seed}\n{identity}".encode()).hexdigest()
