"""Reckoning a contest's columns in one kind of number: points, totals, requirements, ranks, and what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from calc import groups
from calc.check import Checked
from calc.framing import frame_of
from calc.grades import Graded, grade_rows
from calc.groups import Groups
from calc.methods.base import Frame
from calc.number import Arithmetic, Array, Mask, missing
from calc.points import Fractions, points_of
from calc.requirements import HasGrade, Outcome
from calc.scheme.graph import in_order
from calc.scheme.model import Order, Scheme
from calc.total import total_of

__all__ = ["Reckoned", "order_key", "reckon"]

Ints = npt.NDArray[np.intp]
States = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What follows from the columns, one entry a row."""

    units: Mapping[str, Array]
    """Of each indicator its rounded value, as whole units of its last decimal; NaN where there is none."""
    states: Mapping[str, States]
    outcomes: Mapping[str, States]
    """Of each requirement the :class:`Outcome`."""
    rated: Mask
    total: Array
    """In whole units of the last of the scheme's ``total_digits``; NaN where it lacks something it needs."""
    eligible: Mask
    rank: Ints
    """1, 2, 2, 4 among the eligible of the pool; 0 for no rank."""
    breaks: tuple[Array, ...]
    """The scheme's tie-break columns, unrounded, so turned that more is better; exact where ranks are shared."""
    graded: Graded | None
    """The grades, where the scheme has any; then all rows are reckoned at once."""
    doubt: Mask
    """Where a float was too near a decision point; nowhere for fractions."""

    def replaced(self, rows: Mask, other: Reckoned) -> Reckoned:
        """The same with ``rows`` taken from another reckoning, of those rows only."""

        def put(old: npt.NDArray[np.generic], new: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
            merged = old.astype(object) if new.dtype == object else old.copy()
            merged[rows] = new
            return merged

        return Reckoned(
            units={name: put(column, other.units[name]) for name, column in self.units.items()},
            states={name: put(column, other.states[name]) for name, column in self.states.items()},  # type: ignore[misc]
            outcomes={name: put(column, other.outcomes[name]) for name, column in self.outcomes.items()},  # type: ignore[misc]
            rated=put(self.rated, other.rated),  # type: ignore[arg-type]
            total=put(self.total, other.total),
            eligible=put(self.eligible, other.eligible),  # type: ignore[arg-type]
            rank=put(self.rank, other.rank),  # type: ignore[arg-type]
            breaks=tuple(put(old, new) for old, new in zip(self.breaks, other.breaks, strict=True)),
            graded=self.graded,
            doubt=put(self.doubt, other.doubt),  # type: ignore[arg-type]
        )


def reckon(
    scheme: Scheme, checked: Checked, pools: Groups, rows: Mask, arithmetic: Arithmetic
) -> tuple[Reckoned, Frame]:
    """Reckon some of the rows; their pools must be whole, so that bests and means are theirs.

    Returns the outcome and the frame with all indicators, for the trace.
    """
    with np.errstate(invalid="ignore"):  # comparing with NaN, which is what a missing value is, is meant
        return _reckon(scheme, checked, pools, rows, arithmetic)


def _reckon(
    scheme: Scheme, checked: Checked, pools: Groups, rows: Mask, arithmetic: Arithmetic
) -> tuple[Reckoned, Frame]:
    frame = frame_of(checked, pools, rows, arithmetic)
    bad = np.array([bool(labels) for labels, here in zip(checked.bad, rows, strict=True) if here], dtype=np.bool_)
    doubt = np.zeros(frame.size, dtype=np.bool_)
    if arithmetic is Arithmetic.FLOAT:
        for column in checked.measures.values():
            doubt |= column.long[rows]
        for tally in checked.events.values():
            doubt |= tally.long[rows]
    outcomes: dict[str, States] = {}
    rated = frame.rated
    for requirement in scheme.requirement:
        if requirement.gate == "rating":
            verdict = requirement.judge(frame, checked.period)
            outcomes[requirement.id] = verdict.outcome
            doubt |= verdict.doubt
            rated = rated & (verdict.outcome != Outcome.FAILED)
    frame = replace(frame, rated=rated, known={})

    fractions = Fractions(scheme, checked, pools, rated) if arithmetic is Arithmetic.FLOAT else None
    units: dict[str, Array] = {}
    states: dict[str, States] = {}
    for indicator in in_order(scheme):
        reckoned, rounded, uncertain = points_of(scheme, indicator, frame, fractions)
        frame = frame.with_indicator(indicator.id, reckoned)
        units[indicator.id], states[indicator.id] = rounded, reckoned.state
        doubt |= uncertain
    for requirement in scheme.requirement:
        if requirement.gate != "rating" and not isinstance(requirement, HasGrade):
            verdict = requirement.judge(frame, checked.period)
            outcomes[requirement.id] = verdict.outcome
            doubt |= verdict.doubt

    total, uncertain = total_of(scheme, frame, units, states)
    total = np.where(rated & ~bad, total, np.nan)
    doubt |= uncertain
    keys = [-key for key in _rank_keys(scheme, frame, total)]
    eligible = ~np.any([missing(total), *map(missing, keys)], axis=0)
    for requirement in scheme.requirement:
        if requirement.gate != "grade" and requirement.id in outcomes:
            eligible &= outcomes[requirement.id] == Outcome.MET
    graded = _graded(scheme, checked, frame, total, rated if scheme.grading.among == "rated" else eligible, outcomes)
    if graded is not None:
        frame = replace(frame, grades=graded.column)
        for requirement in scheme.requirement:
            if isinstance(requirement, HasGrade):
                outcomes[requirement.id] = requirement.judge(frame, checked.period).outcome
                eligible &= outcomes[requirement.id] == Outcome.MET
    rank = _ranks(keys, frame.pools, eligible)
    if scheme.ties.order:  # ties are broken by unrounded columns: only fractions tell them apart
        doubt |= _shares_rank(rank, frame.pools) & (arithmetic is Arithmetic.FLOAT)
    breaks = tuple(order_key(frame, order) for order in scheme.ties.order)
    return Reckoned(units, states, outcomes, rated, total, eligible, rank, breaks, graded, doubt), frame


def _graded(
    scheme: Scheme, checked: Checked, frame: Frame, total: Array, among: Mask, outcomes: Mapping[str, States]
) -> Graded | None:
    """The grades of all rows; None where the scheme has none."""
    if not scheme.grade:
        return None
    of = scheme.grading.of
    value = total / frame.number(Decimal(10) ** scheme.total_digits) if of == "total" else frame.column(of).values
    bad = np.array([bool(labels) for labels in checked.bad], dtype=np.bool_)
    conditions = [(r, outcomes[r.id]) for r in scheme.requirement if r.gate == "grade"]
    return grade_rows(scheme.grade, scheme.grading, frame, value, among & ~bad, bad, checked.texts, conditions)


def order_key(frame: Frame, order: Order) -> Array:
    """What an order goes by, unrounded, so turned that more is better."""
    return frame.column(order.of).values * (1 if order.best == "highest" else -1)


def _rank_keys(scheme: Scheme, frame: Frame, total: Array) -> list[Array]:
    """What the rank goes by, the weightiest first, so turned that more is better."""
    by_total = -total if scheme.total.lowest_first else total
    return [by_total if order.of == "total" else order_key(frame, order) for order in scheme.rank_by] or [by_total]


def _ranks(keys: Sequence[Array], pools: Groups, eligible: Mask) -> Ints:
    """Rank by the keys within the pool, the lowest first, equals sharing the better rank: 1, 2, 2, 4."""
    rank = np.zeros(len(pools), dtype=np.intp)
    rows = np.flatnonzero(eligible)
    if len(rows):
        levels = [np.unique(key[rows], return_inverse=True)[1] for key in keys]
        order = np.lexsort((*reversed(levels), pools[rows]))
        rows, levels = rows[order], [level[order] for level in levels]
        of = pools[rows]
        place = np.arange(len(rows))
        new_pool = groups.begins(of)
        new_level = np.any([new_pool, *map(groups.begins, levels)], axis=0)
        first = np.maximum.accumulate(np.where(new_level, place, 0))
        start = np.maximum.accumulate(np.where(new_pool, place, 0))
        rank[rows] = first - start + 1
    return rank


def _shares_rank(rank: Ints, pools: Groups) -> Mask:
    """Where another row of the pool has the same rank."""
    _, inverse, times = np.unique(np.stack([pools, rank]), axis=1, return_inverse=True, return_counts=True)
    return np.asarray((times[inverse.reshape(-1)] > 1) & (rank > 0), dtype=np.bool_)
