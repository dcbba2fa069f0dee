"""One indicator in one kind of number: its column, its points, and what settles a float that is in doubt."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np

from calc import groups
from calc.check import Checked
from calc.framing import frame_of
from calc.groups import Groups
from calc.methods import Indicator
from calc.methods.base import Column, Frame, State, ready
from calc.number import Arithmetic, Array, Mask, clamp, is_exact, missing, rounded
from calc.scheme.graph import indicators_read
from calc.scheme.model import Scheme

__all__ = ["Fractions", "points_of", "whole_pools"]


def points_of(
    scheme: Scheme, indicator: Indicator, frame: Frame, fractions: Fractions | None = None
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


def whole_pools(scheme: Scheme, pools: Groups, rows: Mask) -> Mask:
    """All who are measured by one another with one of the rows: their pools, or everybody where a best or a mean is
    taken over more than a pool.
    """
    scopes = {scope for part in (*scheme.indicator, *scheme.requirement) for scope in part.scopes}
    return np.isin(pools, np.unique(pools[rows])) if scopes <= {"pool"} else np.ones_like(rows)


class Fractions:
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
        units[rows] = points_of(self._scheme, indicator, frame)[1]
        return units

    def _with_what_it_reads(self, indicator: Indicator, frame: Frame) -> Frame:
        """The frame with the other indicators that this one reads."""
        by_id = {each.id: each for each in self._scheme.indicator}
        for name in indicators_read(self._scheme, indicator):
            if name not in frame.indicators:
                frame = self._with_what_it_reads(by_id[name], frame)
                frame = frame.with_indicator(name, points_of(self._scheme, by_id[name], frame)[0])
        return frame
