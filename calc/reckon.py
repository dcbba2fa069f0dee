"""Reckoning a contest's columns in one kind of number: points, totals, requirements, ranks, and what is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from calc import groups
from calc.check import Checked
from calc.grades import Graded, grade_rows
from calc.groups import Groups
from calc.methods import Indicator
from calc.methods.base import Column, Frame, HonourTally, State, Tally, ready
from calc.number import Arithmetic, Array, Mask, clamp, is_exact, missing, rounded
from calc.requirements import HasGrade, Outcome
from calc.scheme.graph import in_order, indicators_read
from calc.scheme.model import Order, Scheme
from calc.total import total_of

__all__ = ["Reckoned", "frame_of", "order_key", "reckon", "whole_pools"]

Ints = npt.NDArray[np.intp]
States = npt.NDArray[np.int8]
Made = TypeVar("Made")


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


class _WhenAsked(Mapping[str, Made]):
    """Values that are made when they are first asked for: of one column in fractions few others are needed."""

    def __init__(self, names: Iterable[str], make: Callable[[str], Made]) -> None:
        self._names, self._make = dict.fromkeys(names), make
        self._made: dict[str, Made] = {}

    def __getitem__(self, name: str) -> Made:
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            self._made[name] = self._make(name)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def frame_of(checked: Checked, pools: Groups, rows: Mask, arithmetic: Arithmetic) -> Frame:
    """The measures and events of some of the rows as arrays; indicators still to come."""
    places: list[int] = np.flatnonzero(rows).tolist()

    def measure(name: str) -> Column:
        column = checked.measures[name]
        return Column(arithmetic.column([column.values[row] for row in places]), column.state[rows])

    def event(name: str) -> Tally:
        tally = checked.events[name]
        return Tally(
            count=arithmetic.column([tally.count[row] for row in places]),
            points=arithmetic.column([tally.points[row] for row in places]),
            pending=tally.pending[rows],
            state=tally.state[rows],
            monthly=tuple(arithmetic.column([month[row] for row in places]) for month in tally.monthly),
        )

    measures = _WhenAsked(checked.measures, measure)
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
        partitions={
            name: np.unique([texts[row] for row in places], return_inverse=True)[1]
            for name, texts in checked.texts.items()
        },
        texts={name: tuple(texts[row] for row in places) for name, texts in checked.texts.items()},
        events=_WhenAsked(checked.events, event),
        rated=~checked.barred[rows],
        honours={
            held: HonourTally(
                values=arithmetic.column([found.values[row] for row in places]),
                state=found.state[rows],
                words=tuple(found.words[row] for row in places),
            )
            for held, found in checked.honours.items()
        },
        ballots={name: heard.columns(arithmetic, rows) for name, heard in checked.ballots.items()},
        nominated={name: outcome[rows] for name, outcome in checked.nominated.items()},
        decided={name: decisions[rows] for name, decisions in checked.decided.items()},
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

    fractions = _Fractions(scheme, checked, pools, rated) if arithmetic is Arithmetic.FLOAT else None
    units: dict[str, Array] = {}
    states: dict[str, States] = {}
    for indicator in in_order(scheme):
        reckoned, rounded, uncertain = _indicator(scheme, indicator, frame, fractions)
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


def whole_pools(scheme: Scheme, pools: Groups, rows: Mask) -> Mask:
    """All who are measured by one another with one of the rows: their pools, or everybody where a best or a mean is
    taken over more than a pool.
    """
    scopes = {scope for part in (*scheme.indicator, *scheme.requirement) for scope in part.scopes}
    return np.isin(pools, np.unique(pools[rows])) if scopes <= {"pool"} else np.ones_like(rows)


class _Fractions:
    """Single columns in fractions, for the pools in which a float is too near a half-way point to be rounded."""

    def __init__(self, scheme: Scheme, checked: Checked, pools: Groups, rated: Mask) -> None:
        self._scheme, self._checked, self._pools, self._rated = scheme, checked, pools, rated
        self._frames: dict[bytes, Frame] = {}

    def units(self, indicator: Indicator, doubt: Mask) -> Array:
        """The indicator's rounded units in every pool with a doubtful row; NaN elsewhere."""
        rows = whole_pools(self._scheme, self._pools, doubt)
        frame = self._frames.get(rows.tobytes())
        if frame is None:
            frame = frame_of(self._checked, self._pools, rows, Arithmetic.EXACT)
            frame = replace(frame, rated=self._rated[rows])
        frame = self._frames[rows.tobytes()] = self._with_what_it_reads(indicator, frame)
        units = np.full(len(rows), np.nan)
        units[rows] = _indicator(self._scheme, indicator, frame)[1]
        return units

    def _with_what_it_reads(self, indicator: Indicator, frame: Frame) -> Frame:
        """The frame with the other indicators that this one reads."""
        by_id = {each.id: each for each in self._scheme.indicator}
        for name in indicators_read(self._scheme, indicator):
            if name not in frame.indicators:
                frame = self._with_what_it_reads(by_id[name], frame)
                frame = frame.with_indicator(name, _indicator(self._scheme, by_id[name], frame)[0])
        return frame


def _indicator(
    scheme: Scheme, indicator: Indicator, frame: Frame, fractions: _Fractions | None = None
) -> tuple[Column, Array, Mask]:
    """One indicator: the column that others read, its rounded units, and where they are in doubt.

    Floats too near a half-way point are rounded in ``fractions``.
    """
    reckoned = indicator.reckoned(frame)
    values, state = reckoned.values, reckoned.state
    is_there = ready(state)
    exact = is_exact(values)
    unsettled = is_there & missing(values)
    if exact:  # where a present value comes to nothing there is nothing to share out, or it divides by zero
        state = np.where(unsettled, np.int8(State.UNDEFINED), state)
    filled = _filled(indicator, frame, Column(values, state))
    values, state = filled.values, filled.state
    values = clamp(values, *(None if end is None else frame.number(end) for end in (indicator.floor, indicator.cap)))
    digits = scheme.digits(indicator)
    mode = "half_up" if indicator.rounding is None else indicator.rounding.mode
    units, doubt = rounded(values, digits, mode)
    doubt &= ready(state)
    if fractions is not None and doubt.any():
        units = np.where(doubt, fractions.units(indicator, doubt), units)
    if indicator.rounding is not None:
        values = units / frame.number(Decimal(10) ** digits)
    return replace(filled, values=values), units, unsettled & (not exact)


def _filled(indicator: Indicator, frame: Frame, column: Column) -> Column:
    """The column with what the indicator's policy puts where there is no value."""
    absent = column.state == State.UNDEFINED
    if indicator.missing in {"problem", "left_out"} or not absent.any():
        return column
    if indicator.missing == "pending":
        return Column(column.values, np.where(absent, np.int8(State.PENDING), column.state))
    if indicator.missing == "group_mean":
        put = groups.mean(column.values, frame.pools)
    else:
        put = np.full(frame.size, frame.number((indicator.floor if indicator.missing == "floor" else None) or 0))
    absent &= ~missing(put)
    return Column(
        np.where(absent, put, column.values), np.where(absent, np.int8(State.OK), column.state), filled=absent
    )


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
