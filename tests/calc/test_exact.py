"""Fractions of bounded size: exact as long as they may be, 60 decimals from there on, quick at any rate."""

import math
import time
from fractions import Fraction

import numpy as np
import pytest

from calc import groups
from calc.exact import alike, logarithm, power, short
from calc.number import Array

DECIMALS = Fraction(1, 10**60)


def fractions(*values: Fraction | float) -> Array:
    column = np.empty(len(values), dtype=object)
    column[:] = list(values)
    return column


def test_a_denominator_up_to_10_to_the_80th_stays() -> None:
    for kept in (Fraction(1, 3), Fraction(1, 10**80), Fraction(10**100), Fraction(-(10**100))):
        assert short(kept) == kept


def test_a_longer_fraction_has_60_decimals_half_to_even() -> None:
    longer = Fraction(1, 3) + Fraction(1, 7**200)
    assert short(longer) == Fraction(int("3" * 60), 10**60)
    assert short(Fraction(10**21 + 1, 2 * 10**81)) == DECIMALS  # a little over half of the last decimal
    assert short(Fraction(3 * 7**100, 2 * 10**60 * 7**100 + 1)) == DECIMALS  # a little below one and a half


def test_beyond_10_to_the_100th_there_is_no_number() -> None:
    assert math.isnan(short(Fraction(10**100 + 1)))
    assert math.isnan(short(Fraction(-(10**200), 7)))
    assert math.isnan(short(math.nan))


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        ("4", "1/2", 2),
        ("8", "1/3", 2),
        ("8/27", "2/3", Fraction(4, 9)),
        ("8/27", "-2/3", Fraction(9, 4)),
        ("-3/2", "3", Fraction(-27, 8)),
        ("-2", "-2", Fraction(1, 4)),
        ("0", "5/2", 0),
        ("7", "0", 1),
        ("1", "1000000000000", 1),
        ("-1", "999999999999", -1),
        ("10", "100", 10**100),
        ("1/10", "81", 0),  # past 80 digits it has 60 decimals
        ("1/10", "1000000000", 0),
    ],
)
def test_a_power_is_exact_where_it_is_rational(base: str, exponent: str, expected: Fraction | int) -> None:
    assert power(Fraction(base), Fraction(exponent)) == expected


@pytest.mark.parametrize(
    ("base", "exponent"),
    [("0", "0"), ("0", "-1"), ("-8", "1/3"), ("10", "101"), ("2", "1000000"), ("1/2", "-1000000000000"),
     ("1000000000001/1000000000000", "1000000000000000")],
)  # fmt: skip
def test_a_power_that_is_not_defined_or_beyond_all_measure_is_none(base: str, exponent: str) -> None:
    assert math.isnan(power(Fraction(base), Fraction(exponent)))


def test_a_power_of_what_is_missing_is_missing() -> None:
    assert math.isnan(power(math.nan, Fraction(2)))
    assert math.isnan(power(Fraction(2), math.nan))


def test_an_irrational_power_has_60_decimals() -> None:
    # The square root of 2, and 2^(3/10), from tables; the last decimal by integer square roots.
    root = Fraction(math.isqrt(2 * 10**122) + 5, 10**61)
    assert power(Fraction(2), Fraction(1, 2)) == Fraction(int(root * 10**60), 10**60)
    tenth = power(Fraction(2), Fraction(3, 10))
    assert tenth.denominator <= 10**60
    assert abs(tenth**10 - 8) < 100 * DECIMALS
    assert abs(power(Fraction(123456789012), Fraction(5, 2)) ** 2 - Fraction(123456789012) ** 5) < Fraction(1, 10**20)


def test_sums_of_unlike_denominators_are_the_same_in_any_order_and_quick() -> None:
    primes = [n for n in range(10**4, 6 * 10**4) if all(n % p for p in range(2, math.isqrt(n) + 1))]
    values = [Fraction(1, prime) for prime in primes[:4000]]
    started = time.perf_counter()
    codes = np.zeros(len(values), dtype=np.intp)
    forth, back = groups.total(fractions(*values), codes), groups.total(fractions(*values[::-1]), codes)
    assert time.perf_counter() - started < 20
    assert forth[0] == back[0]
    assert forth[0].denominator <= 10**60
    assert abs(float(forth[0]) - sum(float(value) for value in values)) < 1e-12


def test_values_are_rounded_only_where_their_groups_sum_would_be_long() -> None:
    unlike = [Fraction(1, 13**40), Fraction(1, 11**40), Fraction(1, 3), math.nan]
    found = alike(fractions(*unlike), np.array([0, 0, 1, 0]))
    assert found[0] == Fraction(round(unlike[0] * 10**60), 10**60)
    assert found[2] == Fraction(1, 3)
    assert math.isnan(found[3])
    assert groups.total(fractions(*unlike[:3]), np.array([0, 1, 2])).tolist() == unlike[:3]


def test_a_logarithm_has_60_decimals() -> None:
    assert logarithm(Fraction(1)) == 0
    two = Fraction("0.693147180559945309417232121458176568075500134360255254120680")  # as in the tables
    assert logarithm(Fraction(2)) == two
    assert abs(logarithm(Fraction(1, 2**300)) + 300 * two) < 300 * DECIMALS
    assert logarithm(1 + Fraction(1, 10**50)) == Fraction(1, 10**50)  # less half of its square


@pytest.mark.parametrize("value", [Fraction(0), Fraction(-1), math.nan])
def test_what_is_not_positive_has_no_logarithm(value: Fraction | float) -> None:
    assert math.isnan(logarithm(value))
