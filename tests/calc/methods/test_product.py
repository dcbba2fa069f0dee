"""Points multiplied by coefficients."""

from decimal import Decimal

import pytest

from calc.methods import multiplied
from tests.calc.making import both, same
from tests.calc.methods.trying import explained, one, refused, values

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")


def test_coefficients_are_multiplied_and_an_absent_one_is_one() -> None:
    for first, second in zip(both("2", "3", None, None, "0"), both("1.5", None, "4", None, "7"), strict=True):
        assert same(multiplied([first, second], 10), 30, 30, 40, None, 0)
        assert same(multiplied([first], second), 3, None, None, None, 0)


def test_points_by_coefficients_in_numbers_and_words() -> None:
    of = one("product", of=["x", "y"], times=100, absent="skipped")
    assert explained(of, x=["1.2", None], y=["0.85", "0.9"]) == [
        ("100 × 1.2 × 0.85", "102.00"),
        ("100 × （缺，按 1） × 0.9", "90.00"),
    ]
    assert of.indicator[0].rule() == "2项与100相乘，缺的系数按 1 计"
    assert one("product", of=["x"], times="y", absent="needed").indicator[0].rule() == (
        "系数与基数相乘，缺一项就没有数值"
    )


def test_what_is_needed_is_not_taken_for_one() -> None:
    of = one("product", of=["x", "y"], absent="needed")
    assert values(of, x=["0.1", 3], y=["0.3", None]) == ["0.03", None]


def test_full_marks_do_not_multiply() -> None:
    assert values(one("product", of=["x", "y"], absent="needed", base=20), x=[16], y=[Decimal("1.1")]) == ["17.60"]


def test_what_a_product_leaves_open_is_refused() -> None:
    assert "skipped（缺的系数按 1 计）" in refused("product", of=["x"])["absent"]
    assert refused("product", of=["x"], times="nothing", absent="needed") == {
        "": "没有列 nothing（measure、indicator 或 event）"
    }
