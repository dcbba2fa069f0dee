"""A value brought to another scale: by a factor, between the group's ends, by a power."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from calc.methods import min_max, powered, rescaled
from calc.methods.rescale import ZeroSpread
from tests.calc.making import both, same
from tests.calc.methods.trying import explained, one, refused, values

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")


def test_a_value_is_multiplied_and_divided() -> None:
    for column, per in zip(both("130", "65", "0", None, "3"), both("130", "130", "2", "1", "0"), strict=True):
        assert same(rescaled(column, 100, per), 100, 50, 0, None, None)
        assert same(rescaled(column, 100, per[0]), 100, 50, 0, None, Fraction(30, 13))


OF = np.array([0, 0, 0, 1, 1, 0])


@pytest.mark.parametrize(("best", "expected"), [("highest", (60, "72", 100, None)), ("lowest", (100, "88", 60, None))])
def test_the_ends_of_the_group_are_the_ends_of_the_scale(best: str, expected: tuple[object, ...]) -> None:
    """10, 16, 30: 6 of 20 is 0.3 of 40 = 12."""
    for column in both("10", "16", "30", "5", "5", None):
        found = min_max(column, OF, (60, 100), best, "low")  # type: ignore[arg-type]
        assert same(found[[0, 1, 2, 5]], *expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(("choice", "level"), [("low", 60), ("middle", 80), ("high", 100), ("undefined", None)])
def test_where_all_are_equal_the_choice_decides(choice: ZeroSpread, level: int | None) -> None:
    for column in both("10", "16", "30", "5", "5", None):
        assert same(min_max(column, OF, (60, 100), "highest", choice)[3:5], level, level)


def test_who_sets_no_end_may_lie_beyond_them() -> None:
    for column in both("10", "20", "25"):
        use = np.array([True, True, False])
        assert same(min_max(column, np.zeros(3, dtype=np.intp), (0, 10), "highest", "low", use), 0, 10, 15)
        assert same(min_max(column, np.array([0, 0, 1]), (0, 10), "highest", "low", use), 0, 10, None)


@pytest.mark.parametrize(
    ("exponent", "expected"),
    [
        ("1/2", (20, 30, 0, None, None)),
        ("3/2", (80, 270, 0, None, None)),
        ("2", (160, 810, 0, "0.625", None)),
        ("-1", ("2.5", Fraction(10, 9), None, -40, None)),
        ("-1/2", (5, Fraction(10, 3), None, None, None)),
    ],
)
def test_powers_that_are_fractions_are_exact(exponent: str, expected: tuple[object, ...]) -> None:
    for column in both("4", "9", "0", "-0.25", None):
        assert same(powered(column, Fraction(exponent), 10, 1), *expected)  # type: ignore[arg-type]


def test_other_powers_have_sixty_decimals() -> None:
    (found,) = powered(both("2")[1], Fraction(1, 2), Fraction(1), Fraction(1))
    assert found == Fraction("1.414213562373095048801688724209698078569671875376948073176680")
    (found,) = powered(both("8")[1], Fraction(1, 2), Fraction(1), Fraction(2))
    assert found == 2


def test_a_factor_in_numbers_and_words() -> None:
    of = one("factor", of="x", times=100, per=130)
    assert explained(of, x=[117]) == [("117 × 100 ÷ 130", "90.00")]
    assert of.indicator[0].rule() == "本人 × 100 ÷ 130"
    share = one("factor", of="x", times=100, per="y")
    assert explained(share, x=[45, 1], y=[50, 0]) == [("45 × 100 ÷ 50", "90.00"), ("无此项数据，不计算", "")]
    assert share.indicator[0].rule() == "本人 × 100 ÷ 另一列"
    assert one("factor", of="x").indicator[0].rule() == "本人"


MIN_MAX = {
    "of": "x",
    "best": "highest",
    "low": 60,
    "high": 100,
    "within": "pool",
    "among": "everybody",
    "zero_spread": "middle",
}


def test_min_max_in_numbers_and_words() -> None:
    of = one("min_max", **MIN_MAX)
    assert explained(of, x=[10, 16, 30])[1] == (
        "60 ＋ （16 － 最低 10） ÷ （最高 30 － 最低 10） × （100 － 60）",
        "72.00",
    )
    assert explained(of, x=[7, 7]) == [("本组都是 7，都得最低分与最高分的中间", "80.00")] * 2
    assert of.indicator[0].rule() == ("本组最低者得60分，最高者得100分，其间按直线；全组相等时都得最低分与最高分的中间")
    lowest = one("min_max", **MIN_MAX | {"best": "lowest", "within": "team"})
    assert explained(lowest, team=["A", "A", "A", "B"], x=[10, 16, 30, 9])[1] == (
        "60 ＋ （最高 30 － 16） ÷ （最高 30 － 最低 10） × （100 － 60）",
        "88.00",
    )
    assert lowest.indicator[0].rule().startswith("同组最高者得60分，最低者得100分")


def test_a_power_in_numbers_and_words() -> None:
    of = one("power", of="x", exponent=Decimal("0.5"), times=10, per=4)
    assert explained(of, x=[9, 8]) == [
        ("10 × （9 ÷ 4） 的 0.5 次方", "15.00"),
        ("10 × （8 ÷ 4） 的 0.5 次方 ＝ 14.1421…", "14.14"),
    ]
    assert of.indicator[0].rule() == "10 × （本人 ÷ 4） 的 0.5 次方"
    third = one("power", of="x", exponent="-2/3")
    assert explained(third, x=[8]) == [("8 的 -2/3 次方", "0.25")]
    assert values(third, x=[0, -8]) == [None, None]


REFUSED = [
    ("min_max", MIN_MAX | {"zero_spread": None}, "zero_spread", "low（都得最低分）、middle"),
    ("min_max", MIN_MAX | {"within": None}, "within", "pool（本组）、all（全体）"),
    ("min_max", MIN_MAX | {"within": "nobody"}, "", "没有分组 nobody"),
    ("min_max", MIN_MAX | {"among": None}, "among", "everybody"),
    ("min_max", MIN_MAX | {"low": 100}, "low", "小于"),
    ("factor", {"of": "x", "per": 0}, "per", "不能除以 0"),
    ("power", {"of": "x", "exponent": 2, "per": 0}, "per", "不能除以 0"),
    *(
        ("power", {"of": "x", "exponent": exponent}, "exponent", "分数")
        for exponent in (0, "0/3", "1/0", "x", "1/101", Decimal("0.001"), 11, "-21/2")
    ),
]


@pytest.mark.parametrize(
    ("method", "keys", "key", "said"), REFUSED, ids=[f"{r[0]} {r[2]} {n}" for n, r in enumerate(REFUSED)]
)
def test_what_a_scale_leaves_open_is_refused(method: str, keys: dict[str, object], key: str, said: str) -> None:
    assert said in refused(method, **keys)[key]
