"""Aggregates of formulas: over the present values of each row's group, among the rows in ``use``.

Every function takes values (n,), group codes (n,) and ``use`` (n,), and gives one number for each row.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from calc import groups
from calc.formula.tree import Ties
from calc.groups import Groups
from calc.number import Array, Mask, is_exact, missing

__all__ = ["count", "ranks", "total"]


def total(values: Array, of: Groups, use: Mask) -> Array:
    """The sum; 0 of nothing."""
    found = groups.total(values, of, use)
    return np.where(missing(found), _numbers([0], values)[0], found)


def count(values: Array, of: Groups, use: Mask) -> Array:
    """How many values there are."""
    return _numbers(groups.count(values, of, use).tolist(), values)


def ranks(values: Array, of: Groups, use: Mask, lowest_first: bool, ties: Ties) -> Array:
    """The rank within the group of the rows in ``use``; NaN for the others and where there is no value.

    Equal values share a rank: the best of theirs (``competition``: 1, 2, 2, 4), the mean of theirs (``mean``:
    1, 2.5, 2.5, 4), or the number of different values up to theirs (``dense``: 1, 2, 2, 3).
    """
    result = np.full(len(values), np.nan, dtype=values.dtype)
    rows = np.flatnonzero(use & ~missing(values))
    if not len(rows):
        return result
    level = np.unique(values[rows], return_inverse=True)[1] * (1 if lowest_first else -1)
    order = np.lexsort((level, of[rows]))
    rows, level, code = rows[order], level[order], of[rows[order]]
    opens = groups.begins(code)
    first = np.flatnonzero(opens | groups.begins(level))
    """Where each run of equal values begins."""
    run = np.repeat(np.arange(len(first)), np.diff(np.r_[first, len(rows)]))
    start = np.maximum.accumulate(np.where(opens, np.arange(len(rows)), 0))
    twice = 2 * (first[run] - start + 1)
    if ties == "mean":
        twice += np.diff(np.r_[first, len(rows)])[run] - 1
    elif ties == "dense":
        twice = 2 * (run - run[start] + 1)
    result[rows] = _numbers(twice.tolist(), values) / 2
    return result


def _numbers(whole: list[int], like: Array) -> Array:
    """Whole numbers as an array of the kind of another."""
    if not is_exact(like):
        return np.array(whole, dtype=np.float64)
    numbers = np.empty(len(whole), dtype=object)
    numbers[:] = [Fraction(number) for number in whole]
    return numbers
