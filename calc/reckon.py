"""Reckoning a contest's columns in one kind of number: points, totals, requirements, ranks, and what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from calc.check import Checked
from calc.groups import Groups
from calc.methods import Indicator
from calc.methods.base import Column, Frame, State, Tally
from calc.number import Arithmetic, Array, Mask, added, is_exact, missing, round_half_up
from calc.requirements import Outcome
from calc.scheme.graph import in_order
from calc.scheme.model import Scheme

__all__ = ["COLUMN_DIGITS", "Reckoned", "frame_of", "reckon"]

COLUMN_DIGITS = 4
"""Decimals that an indicator outside the total is shown with, unless it states its rounding."""

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
    """In whole units of the scheme's precision; NaN where any indicator of the total is missing."""
    eligible: Mask
    rank: Ints
    """1, 2, 2, 4 among the eligible of the pool; 0 for no rank."""
    breaks: tuple[Array, ...]
    """The scheme's tie-break columns, unrounded, so turned that more is better; exact where ranks are shared."""
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
            doubt=put(self.doubt, other.doubt),  # type: ignore[arg-type]
        )


def frame_of(checked: Checked, pools: Groups, rows: Mask, arithmetic: Arithmetic) -> Frame:
    """The measures and events of some of the rows as arrays; indicators still to come."""
    places = np.flatnonzero(rows)
    measures = {
        name: Column(arithmetic.column([column.values[row] for row in places]), column.state[rows])
        for name, column in checked.measures.items()
    }
    return Frame(
        arithmetic=arithmetic,
        size=len(places),
        pools=np.unique(pools[rows], return_inverse=True)[1],
        measures=measures,
        families={name: tuple(measures[n] for n in names) for name, names in checked.families.items()},
        dates={
            name: np.array([column.dates[row] for row in places], dtype="datetime64[D]")
            for name, column in checked.measures.items()
            if column.dates is not None
        },
        events={
            name: Tally(
                count=arithmetic.column([tally.count[row] for row in places]),
                points=arithmetic.column([tally.points[row] for row in places]),
                pending=tally.pending[rows],
                state=tally.state[rows],
            )
            for name, tally in checked.events.items()
        },
        rated=~checked.barred[rows],
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

    units: dict[str, Array] = {}
    states: dict[str, States] = {}
    for indicator in in_order(scheme):
        reckoned, rounded, uncertain = _indicator(scheme, indicator, frame)
        frame = frame.with_indicator(indicator.id, reckoned)
        units[indicator.id], states[indicator.id] = rounded, reckoned.state
        doubt |= uncertain
    for requirement in scheme.requirement:
        if requirement.gate == "award":
            verdict = requirement.judge(frame, checked.period)
            outcomes[requirement.id] = verdict.outcome
            doubt |= verdict.doubt

    total = np.where(rated & ~bad, added([units[indicator.id] for indicator in scheme.scored]), np.nan)
    met = np.all([outcome == Outcome.MET for outcome in outcomes.values()], axis=0)
    eligible = met & ~missing(total)
    rank = _ranks(total, frame.pools, eligible)
    if scheme.ties.order:  # ties are broken by unrounded columns: only fractions tell them apart
        doubt |= _shares_rank(rank, frame.pools) & (arithmetic is Arithmetic.FLOAT)
    breaks = tuple(
        frame.column(order.of).values * (1 if order.best == "highest" else -1) for order in scheme.ties.order
    )
    return Reckoned(units, states, outcomes, rated, total, eligible, rank, breaks, doubt), frame


def _indicator(scheme: Scheme, indicator: Indicator, frame: Frame) -> tuple[Column, Array, Mask]:
    """One indicator: the column that others read, its rounded units, and where they are in doubt."""
    reads = indicator.reads()
    state = np.zeros(frame.size, dtype=np.int8)
    for name in reads.columns:
        state = np.maximum(state, frame.column(name).state)
    for name in reads.families:
        for member in frame.families[name]:
            state = np.maximum(state, member.state)
        if not frame.families[name]:
            state = np.full_like(state, State.BAD)
    for name in reads.events:
        state = np.maximum(state, frame.events[name].state)
    ready = state == State.OK
    values = np.where(ready, indicator.reckon(frame), np.nan)
    digits = digits_of(scheme, indicator)
    units, doubt = round_half_up(values, digits)
    doubt = (doubt | missing(values)) & ready
    if indicator.rounding is not None:
        values = units / frame.number(10**digits)
    if is_exact(values):
        # No method leaves a present value missing in fractions, but a best that nobody sets: nothing to share.
        state = np.where(ready & missing(values), np.int8(State.UNDEFINED), state)
        doubt = np.zeros(frame.size, dtype=np.bool_)
    return Column(values, state), units, doubt


def digits_of(scheme: Scheme, indicator: Indicator) -> int:
    """Decimals that the indicator's value is rounded to when shown or added up."""
    if indicator.rounding is not None:
        return indicator.rounding
    return scheme.precision if indicator.in_total else COLUMN_DIGITS


def _ranks(total: Array, pools: Groups, eligible: Mask) -> Ints:
    """Rank by total within the pool, highest first, equal totals sharing the better rank: 1, 2, 2, 4."""
    rank = np.zeros(len(total), dtype=np.intp)
    rows = np.flatnonzero(eligible)
    if len(rows):
        _, level = np.unique(total[rows], return_inverse=True)
        order = np.lexsort((-level, pools[rows]))
        rows, level = rows[order], level[order]
        of = pools[rows]
        place = np.arange(len(rows))
        new_pool = np.r_[True, of[1:] != of[:-1]]
        new_level = new_pool | np.r_[True, level[1:] != level[:-1]]
        first = np.maximum.accumulate(np.where(new_level, place, 0))
        start = np.maximum.accumulate(np.where(new_pool, place, 0))
        rank[rows] = first - start + 1
    return rank


def _shares_rank(rank: Ints, pools: Groups) -> Mask:
    """Where another row of the pool has the same rank."""
    _, inverse, times = np.unique(np.stack([pools, rank]), axis=1, return_inverse=True, return_counts=True)
    return np.asarray((times[inverse.reshape(-1)] > 1) & (rank > 0), dtype=np.bool_)
