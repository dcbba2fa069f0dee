"""Aggregates by group, over whole columns: no loop over people."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calc.exact import alike
from calc.number import Array, Mask, is_exact, missing

__all__ = ["Groups", "count", "highest", "lowest", "mean", "median", "total"]

Groups = npt.NDArray[np.intp]
"""The group of each row as a code 0, 1, 2, …; all zeros for one group of everybody."""


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
        starts = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]])
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
