"""Numbers for people, and numbers of a scheme file."""

from decimal import Decimal
from fractions import Fraction

import pytest

from calc.methods.base import show


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("2.50"), "2.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.00000001"), "0.00000001"),
        (Fraction(1, 3), "0.3333…"),
        (Fraction(-2, 3), "-0.6666…"),
        (Fraction(-5, 4), "-1.25"),
        (Fraction(2, 3) + 10**12, "1000000000000.6666…"),
        (Decimal("0.123456789"), "0.1234…"),
        (Fraction(0), "0"),
        (7, "7"),
    ],
)
def test_a_number_is_shown_exactly_or_cut_with_an_ellipsis(value: Decimal | Fraction | int, text: str) -> None:
    assert show(value) == text
