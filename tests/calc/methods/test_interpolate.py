"""Straight lines between stated points."""

from fractions import Fraction

import pytest

from calc.methods import interpolated
from calc.methods.interpolate import Outside
from tests.calc.making import both, same
from tests.calc.methods.trying import explained, one, refused

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")

KNOTS = [(60, 0), (80, 10), (100, 40)]


@pytest.mark.parametrize(
    ("outside", "below", "above"), [("clamp", 0, 40), ("extend", -5, 55), ("undefined", None, None)]
)
def test_a_value_lies_on_the_line_between_its_neighbours(outside: Outside, below: object, above: object) -> None:
    for column in both("60", "70", "80", "85", "100", "50", "110", None):
        expected = (0, 5, 10, "17.5", 40, below, above, None)
        assert same(interpolated(column, KNOTS, outside), *expected)  # type: ignore[arg-type]


def test_a_line_may_fall_and_thirds_are_exact() -> None:
    _, column = both("1")
    assert same(
        interpolated(column, [(Fraction(0), Fraction(10)), (Fraction(3), Fraction(0))], "clamp"), Fraction(20, 3)
    )


def test_interpolation_in_numbers_and_words() -> None:
    of = one("interpolate", of="x", points=[[60, 0], [80, 10], [100, 40]], outside="clamp")
    assert explained(of, x=[72, 85, 100, 120, 10]) == [
        ("72 按 60 得 0、80 得 10 内插：0 ＋ （72 － 60） ÷ （80 － 60） × （10 － 0）", "6.00"),
        ("85 按 80 得 10、100 得 40 内插：10 ＋ （85 － 80） ÷ （100 － 80） × （40 － 10）", "17.50"),
        ("100 按端点 100 计，得 40", "40.00"),
        ("120 按端点 100 计，得 40", "40.00"),
        ("10 按端点 60 计，得 0", "0.00"),
    ]
    assert of.indicator[0].rule() == "60得0分、80得10分、100得40分，其间按直线内插，两端之外按端点计"
    extended = one("interpolate", of="x", points=[[60, 0], [80, 10]], outside="extend")
    words = "按 60 得 0、80 得 10 内插：0 ＋ （{} － 60） ÷ （80 － 60） × （10 － 0）"
    assert explained(extended, x=[50, 90]) == [(f"{x} {words.format(x)}", y) for x, y in ((50, "-5.00"), (90, "15.00"))]


@pytest.mark.parametrize(
    ("keys", "key", "said"),
    [
        ({}, "outside", "clamp（两端之外按端点计）、extend（两端之外按直线延长）、undefined"),
        ({"outside": "clamp", "points": [[1, 2]]}, "points", "至少要有 2 项"),
        ({"outside": "clamp", "points": [[1, 2], [1, 3]]}, "points[1]", "由小到大"),
        ({"outside": "clamp", "points": [[2, 2], [1, 3]]}, "points[1]", "2 之后是 1"),
    ],
)
def test_what_an_interpolation_leaves_open_is_refused(keys: dict[str, object], key: str, said: str) -> None:
    assert said in refused("interpolate", **{"of": "x", "points": [[60, 0], [80, 10]], **keys})[key]
