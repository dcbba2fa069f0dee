"""Aggregates by group, over whole columns: no loop over people."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt

from calc.exact import alike, power
from calc.number import Array, Mask, is_exact, missing, quotient, whole

__all__ = [
    "Groups",
    "begins",
    "below",
    "count",
    "equal",
    "highest",
    "lowest",
    "mean",
    "median",
    "population_deviation",
    "sample_deviation",
    "total",
]

Groups = npt.NDArray[np.intp]
"""The group of each row as a code 0, 1, 2, …; all zeros for one group of everybody."""


def begins(codes: npt.NDArray[np.intp]) -> Mask:
    """Where a code differs from the one before it; True at the first."""
    new = np.ones(len(codes), dtype=np.bool_)
    np.not_equal(codes[1:], codes[:-1], out=new[1:])
    return new


def _reduce(operation: np.ufunc, values: Array, groups: Groups, use: Mask | None) -> Array:
    """``operation`` over the present values of each group, spread back to the rows; NaN for an empty group.

    The values are taken in order of size, so that float sums do not depend on the order of the rows.
    """
    present = ~missing(values)
    if use is not None:
        present &= use
    picked, codes = values[present], groups[present]
    order = np.lexsort((picked.astype(np.float64), codes))
    picked, codes = picked[order], codes[order]
    by_group = np.full(int(groups.max(initial=-1)) + 1, np.nan, dtype=values.dtype)
    if len(codes):
        starts = np.flatnonzero(begins(codes))
        by_group[codes[starts]] = operation.reduceat(picked, starts)
    return by_group[groups]


def highest(values: Array, groups: Groups, use: Mask | None = None) -> Array:
    """Each row's group's highest present value among the rows in ``use``; NaN where there is none."""
    return _reduce(np.maximum, values, groups, use)


def lowest(values: Array, groups: Groups, use: Mask | None = None) -> Array:
    """Each row's group's lowest present value among the rows in ``use``; NaN where there is none."""
    return _reduce(np.minimum, values, groups, use)


def total(values: Array, groups: Groups, use: Mask | None = None) -> Array:
    """Each row's group's sum of the present values; NaN where there is none. Fractions as :mod:`calc.exact` says."""
    return _reduce(np.add, alike(values, groups) if is_exact(values) else values, groups, use)


def count(values: Array, groups: Groups, use: Mask | None = None) -> npt.NDArray[np.intp]:
    """Each row's group's number of present values."""
    present = ~missing(values)
    if use is not None:
        present &= use
    return np.asarray(np.bincount(groups, weights=present, minlength=1), dtype=np.intp)[groups]


def mean(values: Array, groups: Groups, use: Mask | None = None) -> Array:
    """Each row's group's mean of the present values; NaN where there is none."""
    n = count(values, groups, use)
    average: Array = total(values, groups, use) / np.where(n > 0, n, 1).astype(values.dtype)
    return average


def median(values: Array, groups: Groups, use: Mask | None = None) -> Array:
    """Each row's group's median of the present values, of an even number the mean of the middle two; NaN where there
    is none.
    """
    present = ~missing(values)
    if use is not None:
        present &= use
    by_group = np.full(int(groups.max(initial=-1)) + 1, np.nan, dtype=values.dtype)
    for group in np.unique(groups[present]):
        ordered = np.sort(values[present & (groups == group)])
        by_group[group] = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    return by_group[groups]


def population_deviation(values: Array, groups: Groups, use: Mask | None = None) -> Array:
    """Each row's group's standard deviation, ``sqrt(sum((x - mean)^2) / n)``; NaN where there is no value.

    Of fractions exact where it is a fraction, else to 60 decimals (:mod:`calc.exact`).
    """
    return _deviation(values, groups, use, 0)


def sample_deviation(values: Array, groups: Groups, use: Mask | None = None) -> Array:
    """The same with n - 1 in the place of n; NaN where there are fewer than two values."""
    return _deviation(values, groups, use, 1)


def _deviation(values: Array, groups: Groups, use: Mask | None, less: int) -> Array:
    squares = total((values - mean(values, groups, use)) ** 2, groups, use)
    variance = quotient(squares, whole(count(values, groups, use) - less, values))
    if not is_exact(values):
        return np.asarray(np.sqrt(variance))
    _, first, of_row = np.unique(groups, return_index=True, return_inverse=True)
    by_group = np.empty(len(first), dtype=object)
    by_group[:] = [power(variety, Fraction(1, 2)) for variety in variance[first]]
    return by_group[of_row]


def below(values: Array, groups: Groups, use: Mask | None = None) -> npt.NDArray[np.intp]:
    """How many of each row's group have a lower value; 0 also for a row that has none or is not in ``use``."""
    return _places(values, groups, use)[0]


def equal(values: Array, groups: Groups, use: Mask | None = None) -> npt.NDArray[np.intp]:
    """How many of each row's group have the same value, the row itself among them; 0 for a row that has none or is
    not in ``use``.
    """
    return _places(values, groups, use)[1]


def _places(values: Array, groups: Groups, use: Mask | None) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    present = ~missing(values)
    if use is not None:
        present &= use
    lower, same = np.zeros(len(values), dtype=np.intp), np.zeros(len(values), dtype=np.intp)
    rows = np.flatnonzero(present)
    if len(rows):
        level = np.unique(values[rows], return_inverse=True)[1]
        order = np.lexsort((level, groups[rows]))
        rows, level, of = rows[order], level[order], groups[rows[order]]
        new_group = begins(of)
        starts = np.flatnonzero(new_group | begins(level))
        times = np.diff(np.r_[starts, len(rows)])
        group_starts = np.maximum.accumulate(np.where(new_group, np.arange(len(rows)), 0))
        same[rows] = np.repeat(times, times)
        lower[rows] = np.repeat(starts, times) - group_starts
    return lower, same
