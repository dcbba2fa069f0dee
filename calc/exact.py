"""Fractions kept to a size that stays quick, their powers and logarithms.

A fraction is exact but has no bound: a few thousand sums of unlike denominators, or a power, make it arbitrarily long.
One rule bounds all of it: a number whose denominator passes 10^80 has 60 decimals (half to even), and so has one that
is irrational; a number beyond 10^100 is none (NaN). Sums and quotients of what people type do not come near either.
"""

from __future__ import annotations

import math
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from calc.number import Array, Number

__all__ = ["alike", "logarithm", "power", "short"]

_LONGEST = 10**80
_DECIMALS = 60
_LARGEST = 10**100
_MOST_BITS = 4000
"""Of a power that is reckoned exactly before it is shortened."""
_HIGHEST_ROOT = 60
_SPARE = 15
"""Digits beyond those that a power or a logarithm needs."""


def short(value: Number) -> Number:
    """A fraction by the rule of this module; NaN stays NaN."""
    if isinstance(value, float):
        return value
    if value.denominator > _LONGEST:
        value = _decimals(value)
    return value if abs(value.numerator) <= _LARGEST or abs(value) <= _LARGEST else math.nan


def _decimals(value: Fraction) -> Fraction:
    return Fraction(round(value * 10**_DECIMALS), 10**_DECIMALS)


def alike(values: Array, codes: npt.NDArray[np.intp]) -> Array:
    """Fractions whose sums by group stay short: a group whose common denominator passes 10^80 has 60 decimals.

    Shapes: values (n,) of fractions or NaN, codes (n,) the group of each; result (n,). Each value is rounded by
    itself, so that a sum of the result does not depend on the order of the rows.
    """
    common: dict[int, int] = {}
    for value, code in zip(values, codes, strict=True):
        known = common.get(code, 1)
        if known <= _LONGEST and not isinstance(value, float):
            common[code] = math.lcm(known, value.denominator)
    if all(denominator <= _LONGEST for denominator in common.values()):
        return values
    result = np.empty(len(values), dtype=object)
    result[:] = [
        _decimals(value) if common.get(code, 1) > _LONGEST and not isinstance(value, float) else value
        for value, code in zip(values, codes, strict=True)
    ]
    return result


@lru_cache(maxsize=8192)
def power(base: Number, exponent: Number) -> Number:
    """``base`` to the power of ``exponent``, exact where it is rational (4^0.5 = 2, 8^(1/3) = 2).

    NaN where either is NaN, for 0 to the power of 0 or less, for a negative base with an exponent that is not
    whole, and beyond 10^100.
    """
    if isinstance(base, float) or isinstance(exponent, float) or (base <= 0 and not _defined(base, exponent)):
        return math.nan
    if base == 0:
        return base
    size = abs(base)
    digits = (math.log10(size.numerator) - math.log10(size.denominator)) * float(exponent)
    if digits > math.log10(_LARGEST) + 1:
        return math.nan
    if digits < -math.log10(_LONGEST) - 1:
        return Fraction(0)
    value = _exact_power(size, exponent)
    if value is None:
        value = _square_root(size) if exponent == Fraction(1, 2) else _decimal_power(size, exponent, digits)
    return -short(value) if base < 0 and exponent % 2 else short(value)


def logarithm(value: Number) -> Number:
    """The natural logarithm of a positive number, rounded to 60 decimals; that of 1 is 0. NaN for any other."""
    if isinstance(value, float) or value <= 0:
        return math.nan
    context = Context(prec=_DECIMALS + _SPARE, Emax=400, Emin=-400)
    return _decimals(Fraction(context.ln(context.divide(Decimal(value.numerator), Decimal(value.denominator)))))


def _defined(base: Fraction, exponent: Fraction) -> bool:
    """Whether 0 or a negative number can have this exponent."""
    return exponent > 0 if base == 0 else exponent.denominator == 1


def _exact_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """The power where it is rational and can be had in few digits; else None."""
    if exponent.denominator > _HIGHEST_ROOT:
        return None
    top, bottom = (_root(part, exponent.denominator) for part in (base.numerator, base.denominator))
    if top is None or bottom is None:
        return None
    if max(top.bit_length(), bottom.bit_length()) * abs(exponent.numerator) > _MOST_BITS:
        return Fraction(1) if top == bottom else None
    power_of: Any = Fraction(top, bottom) ** exponent.numerator
    return Fraction(power_of)


def _root(number: int, degree: int) -> int | None:
    """The whole ``degree``-th root of a positive whole number, by Newton's method; None where there is none."""
    if degree == 1:
        return number
    guess = 1 << -(-number.bit_length() // degree)
    while (better := ((degree - 1) * guess + number // guess ** (degree - 1)) // degree) < guess:
        guess = better
    return guess if guess**degree == number else None


def _square_root(number: Fraction) -> Fraction:
    """The root of a positive number that is irrational, rounded to 60 decimals."""
    twice = math.isqrt(4 * number.numerator * 100**_DECIMALS // number.denominator)
    return Fraction((twice + 1) // 2, 10**_DECIMALS)


def _decimal_power(base: Fraction, exponent: Fraction, digits: float) -> Number:
    """The power of a positive number by decimals, rounded to 60 of them; ``digits``: about so many before the point.

    An error of the base grows as many times as the exponent is large.
    """
    needed = _DECIMALS + max(digits, 0) + math.log10(abs(exponent.numerator)) + _SPARE
    context = Context(prec=int(needed), Emax=400, Emin=-400, traps=[])
    numbers = [context.divide(Decimal(part.numerator), Decimal(part.denominator)) for part in (base, exponent)]
    value = context.power(*numbers)
    return _decimals(Fraction(value)) if value.is_finite() else math.nan
