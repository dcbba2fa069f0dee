"""Numbers: decimals in, decimals out, fast floats between, and fractions where floats cannot decide.

Every column is reckoned twice at most, by the same code over two kinds of array: float64 for speed, and
object arrays of ``Fraction`` for truth. A float result that lies so near a half-way point, a threshold or
another competitor that rounding errors could tip it is *in doubt*. A doubtful rounding is settled by reckoning
that one column in fractions, any other doubt by reckoning the pools that have it. In both kinds a missing value is
NaN.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

__all__ = [
    "MAX_NUMBER",
    "NEAR",
    "Arithmetic",
    "Array",
    "Mask",
    "Number",
    "RoundingMode",
    "added",
    "clamp",
    "decimals_of",
    "is_exact",
    "is_long",
    "missing",
    "near",
    "quotient",
    "rounded",
    "settled",
    "whole",
]

Array = npt.NDArray[Any]
"""float64, or object holding ``Fraction`` (and float NaN where a value is missing)."""
Mask = npt.NDArray[np.bool_]
Number = Any
"""A float or a ``Fraction``; Any because numpy's types know no operator between an array and a Fraction."""

RoundingMode = Literal["half_up", "half_even", "floor", "ceil", "truncate"]
"""Halves away from zero (四舍五入), halves to even (四舍六入五成双), down, up, towards zero (去尾)."""

NEAR = 1e-7
"""Floats closer than this, relative to the larger of them and 1, are not told apart by floats.

Of inputs with at most :data:`FEW_DIGITS` digits, differences keep a relative error below 10^5 x 10^-16, and what the
methods make of them one well below ``NEAR``.
"""
FEW_DIGITS = 5
"""A row with a longer number than this is reckoned in fractions: its differences might be nothing but rounding."""
FEW_DECIMALS = 3
"""Nor with more decimals than this: beside a large number that cancels, little of them is left."""
MAX_NUMBER = Decimal(10) ** 12
"""The largest value that an input may have; keeps whole units exact in float64."""


def is_long(value: Decimal) -> bool:
    """True for a number of more digits than floats are trusted with; zeros count as they are written."""
    text = str(value)
    if len(text) <= FEW_DIGITS and "E" not in text:  # sooner known; 0.123 is the most decimals that find room
        return False
    _, digits, exponent = value.as_tuple()
    return len(digits) + max(int(exponent), 0) > FEW_DIGITS or -int(exponent) > FEW_DECIMALS


def settled(values: Array) -> Array:
    """``values`` with NaN for floats so near to zero, without being zero, that zero may be meant."""
    if is_exact(values):
        return values
    return np.where((values != 0) & (np.abs(values) < NEAR), np.nan, values)


class Arithmetic(Enum):
    """The kind of number that a reckoning uses."""

    FLOAT = "float"
    EXACT = "exact"

    def column(self, values: Sequence[Decimal | Fraction | None]) -> Array:
        """An array of the values, NaN for None."""
        if self is Arithmetic.FLOAT:
            return np.array([np.nan if v is None else float(v) for v in values], dtype=np.float64)
        column = np.empty(len(values), dtype=object)
        column[:] = [np.nan if v is None else Fraction(v) for v in values]
        return column

    @property
    def dtype(self) -> npt.DTypeLike:
        """The type of an array of this kind."""
        return np.float64 if self is Arithmetic.FLOAT else object

    def number(self, value: Decimal | int) -> Number:
        """One number of this kind."""
        return float(value) if self is Arithmetic.FLOAT else Fraction(value)


def is_exact(values: Array) -> bool:
    """True for an array of fractions."""
    return values.dtype == object


def missing(values: Array) -> Mask:
    """Where a value is missing (NaN), in either kind of array."""
    return np.asarray(values != values, dtype=np.bool_)  # noqa: PLR0124 (NaN is what differs from itself)


def near(left: Array, right: Array | Number) -> Mask:
    """Where two float values are too near for floats to compare them; nowhere for fractions or NaN."""
    if is_exact(left):
        return np.zeros(left.shape, dtype=np.bool_)
    scale = np.fmax(np.fmax(np.abs(left), np.abs(right)), 1.0)
    return np.asarray(np.abs(left - right) <= NEAR * scale, dtype=np.bool_)


def added(columns: Sequence[Array]) -> Array:
    """The sum of one or more columns, row by row; NaN where any of them is missing."""
    total: Array = sum(columns[1:], start=columns[0])
    return total


def whole(numbers: npt.NDArray[np.intp], like: Array) -> Array:
    """Whole numbers in the kind of number that another array holds."""
    if not is_exact(like):
        return numbers.astype(np.float64)
    return Arithmetic.EXACT.column(numbers.tolist())


def quotient(left: Array, right: Array | Number) -> Array:
    """``left / right`` row by row; NaN where ``right`` is 0, and where either is missing."""
    divided: Array = left / np.where(right == 0, np.nan, np.asarray(right, dtype=left.dtype))
    return divided


def clamp(values: Array, low: Number | None, high: Number | None) -> Array:
    """Values held within ``low`` and ``high`` (None: no such end); NaN stays NaN."""
    if low is not None:
        values = np.where(values < low, low, values)
    if high is not None:
        values = np.where(values > high, high, values)
    return values


def rounded(values: Array, digits: int, mode: RoundingMode = "half_up") -> tuple[Array, Mask]:
    """Round to ``digits`` decimals (negative: to tens, hundreds), as whole units of 10^-digits.

    Returns the units (whole numbers; NaN where missing) and where a float was too near the mode's edge to be rounded.
    2.675 to 2 digits, ``half_up``, is 268 units: the decimal is meant, not the float below it.
    """
    if is_exact(values):
        return _rounded_exactly(values * Fraction(10) ** digits, mode), np.zeros(values.shape, dtype=np.bool_)
    scale = 10.0**digits
    size = np.abs(values) * scale
    edge = np.round(size) if mode in {"floor", "ceil", "truncate"} else np.floor(size) + 0.5
    doubt = np.abs(size - edge) <= NEAR * scale * np.fmax(np.abs(values), 1.0)
    whole: Array
    if mode == "half_even":
        whole = np.round(values * scale)
    elif mode in {"floor", "ceil"}:
        whole = (np.floor if mode == "floor" else np.ceil)(values * scale)
    else:
        size = np.floor(size + 0.5 if mode == "half_up" else size)
        whole = np.where(values < 0, -size, size)
    return whole, doubt


def _rounded_exactly(units: Array, mode: RoundingMode) -> Array:
    """Fractions to whole numbers; NaN stays NaN, which ``//`` keeps."""
    if mode == "floor":
        return units // 1
    if mode == "ceil":
        return -(-units // 1)
    size = np.abs(units)
    whole: Array
    if mode == "truncate":
        whole = size // 1
    elif mode == "half_up":
        whole = (size * 2 + 1) // 2
    else:
        down = size // 1
        rest = size - down
        up = (rest > Fraction(1, 2)) | ((rest == Fraction(1, 2)) & (down % 2 == 1))
        whole = down + np.asarray(up, dtype=object)
    return np.where(units < 0, -whole, whole)


def decimals_of(units: Array, digits: int) -> list[Decimal | None]:
    """The decimals that whole units of 10^-digits stand for; None for NaN."""
    return [None if each != each else Decimal(int(each)).scaleb(-digits) for each in units.tolist()]  # noqa: PLR0124
