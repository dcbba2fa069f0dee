"""The total of a row: the points added up, with the limits of groups, or a column that the scheme names."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from calc.methods.base import Frame, Indicator, State
from calc.number import Array, Mask, added, clamp, missing, rounded
from calc.scheme.model import Scheme

__all__ = ["counts_without", "total_of"]


def total_of(
    scheme: Scheme, frame: Frame, units: Mapping[str, Array], states: Mapping[str, npt.NDArray[np.int8]]
) -> tuple[Array, Mask]:
    """The total of every row in whole units of 10^-``total_digits``, and where a float was too near an edge.

    ``units`` are the rounded points of each indicator in units of its own last decimal. The total is their exact sum,
    each group's part held within its ``floor`` and ``cap``; or the column ``total.of``. It is held within the
    scheme's limits and rounded where the scheme says how. NaN where a part is missing, but for indicators that are
    left out for want of a value: the others are then scaled up to the same full marks,
    ``sum / (bases that are there) * (all bases)``, and rounded half up; NaN where none is there.
    """
    digits = scheme.total_digits
    mode = "half_up" if scheme.total.rounding is None else scheme.total.rounding.mode
    limits = [None if end is None else frame.number(end) for end in (scheme.total.floor, scheme.total.cap)]
    if scheme.total.of is not None:
        return rounded(clamp(frame.column(scheme.total.of).values, *limits), digits, mode)
    finest = max((scheme.digits(indicator) for indicator in scheme.scored), default=digits)
    parts = {i.id: units[i.id] * 10 ** (finest - scheme.digits(i)) for i in scheme.scored}
    absent = {i.id: counts_without(i, states[i.id]) for i in scheme.scored if i.missing == "left_out"}
    for name, left_out in absent.items():
        parts[name] = np.where(left_out, 0, parts[name])
    unit = frame.number(Decimal(10) ** finest)
    sums = [added([parts[i.id] for i in scheme.scored if i.group is None])] if _ungrouped(scheme) else []
    for group in scheme.group:
        if members := [parts[i.id] for i in scheme.scored if i.group == group.id]:
            ends = [None if end is None else frame.number(end) * unit for end in (group.floor, group.cap)]
            sums.append(clamp(added(members), *ends))
    total = added(sums)
    if absent:
        total = total * _scale(scheme, frame, absent)
    if not absent and scheme.total.rounding is None and limits == [None, None]:
        return total, np.zeros(frame.size, dtype=np.bool_)
    total, doubt = rounded(clamp(total / unit, *limits), digits, mode)
    return total, doubt & ~missing(total)


def counts_without(indicator: Indicator, state: npt.NDArray[np.int8]) -> Mask:
    """Where the indicator has no value and the row counts without it."""
    return np.asarray((indicator.missing == "left_out") & (state == State.UNDEFINED), dtype=np.bool_)


def _ungrouped(scheme: Scheme) -> bool:
    return any(indicator.group is None for indicator in scheme.scored)


def _scale(scheme: Scheme, frame: Frame, absent: Mapping[str, Mask]) -> Array:
    """By how much the points that are there are scaled up to make good for those that are left out."""
    full = frame.number(scheme.weights_total())
    there = np.full(frame.size, full)
    for indicator in scheme.scored:
        if indicator.id in absent:
            there = there - np.where(absent[indicator.id], frame.number(indicator.marks), 0)
    return np.where(there > 0, full / np.where(there > 0, there, 1), np.nan)
