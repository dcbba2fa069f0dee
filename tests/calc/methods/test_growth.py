"""Growth over an earlier period, corrected by an outside index."""

from decimal import Decimal
from fractions import Fraction

import pytest

from calc.methods import grown
from calc.methods.growth import Correction, Result
from tests.calc.making import both, same
from tests.calc.methods.trying import explained, one, refused, values

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")

NOW = both("120", "90", "50", "50", None, "7")
BEFORE = both("100", "100", "0", "-5", "3", None)


@pytest.mark.parametrize(
    ("result", "zero", "expected"),
    [
        ("difference", None, (20, -10, 50, 55, None, None)),
        ("fraction", None, ("0.2", "-0.1", None, None, None, None)),
        ("percent", None, (20, -10, None, None, None, None)),
        ("percent", 100, (20, -10, 100, 100, None, None)),
    ],
)
def test_growth_is_a_difference_or_a_rate(result: Result, zero: int | None, expected: tuple[object, ...]) -> None:
    for now, before in zip(NOW, BEFORE, strict=True):
        assert same(grown(now, before, result, zero=zero), *expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("result", "correction", "index", "expected"),
    [
        # 126 expected: -6; 126 - 120 over 120
        ("difference", "multiply", "1.2", (6,)),
        ("fraction", "multiply", "1.2", ("0.05",)),
        ("percent", "subtract", "20", (6,)),
        ("fraction", "subtract", "0.2", ("0.06",)),
        ("difference", "subtract", "20", (6,)),
    ],
)
def test_an_index_of_the_world_outside_corrects_it(
    result: Result, correction: Correction, index: str, expected: tuple[object, ...]
) -> None:
    """126 after 100, while all grew by a fifth."""
    for now, before, by in zip(both("126"), both("100"), both(index), strict=True):
        assert same(grown(now, before, result, by[0], correction), *expected)  # type: ignore[arg-type]
        assert same(grown(now, before, result, by, correction), *expected)  # type: ignore[arg-type]


def test_a_growth_over_nothing_is_as_stated_whatever_the_index() -> None:
    for now, before in zip(both("5", "5"), both("0", "10"), strict=True):
        assert same(grown(now, before, "percent", 3, "subtract", zero=50), 50, -53)
        assert same(grown(now, before, "fraction", 2, "multiply", zero=1), 1, "-0.75")
        for correction in ("multiply", "subtract"):
            assert same(grown(now, before, "percent", now * float("nan"), correction, zero=50), None, None)


def test_growth_in_numbers_and_words() -> None:
    of = one("growth", of="x", previous="y", result="percent", index=Decimal("1.2"), correction="multiply",
             zero_previous=100)  # fmt: skip
    assert explained(of, x=[126, 9], y=[100, 0]) == [
        ("（126 － 100 × 1.2） ÷ （100 × 1.2） × 100", "5.00"),
        ("上期 0 × 1.2，不能作除数", "100.00"),
    ]
    assert of.indicator[0].rule() == "（本期－上期）÷上期，以百分数计，上期先乘以指数1.2；上期为零或负的按100计"
    plain = one("growth", of="x", previous="y", result="difference", index="z", correction="subtract")
    assert explained(plain, x=[12], y=[10], z=[3]) == [("12 － 10 － 3", "-1.00")]
    assert plain.indicator[0].rule() == "本期－上期，增长减去指数"
    rate = one("growth", of="x", previous="y", result="fraction", zero_previous="undefined")
    assert explained(rate, x=[1, 2, 1], y=[3, 0, None]) == [
        ("（1 － 3） ÷ 3 ＝ -0.6666…", "-0.67"),
        ("无此项数据，不计算", ""),
        ("无此项数据，不计算", ""),
    ]
    assert rate.indicator[0].rule() == "（本期－上期）÷上期；上期为零或负的没有数值"


def test_a_growth_that_there_cannot_be_follows_the_indicators_policy() -> None:
    of = one("growth", of="x", previous="y", result="percent", zero_previous="undefined", missing="zero")
    assert values(of, x=[3, 3], y=[0, 2]) == ["0.00", "50.00"]


@pytest.mark.parametrize(
    ("keys", "key", "said"),
    [
        ({}, "result", "difference（本期－上期）、fraction"),
        ({"result": "percent"}, "zero_previous", "undefined（没有数值）、一个数"),
        ({"result": "percent", "zero_previous": "nothing"}, "zero_previous", "须选定"),
        ({"result": "difference", "zero_previous": 0}, "zero_previous", "不写 zero_previous"),
        ({"result": "difference", "index": 2}, "correction", "multiply（上期先乘以指数）、subtract（增长减去指数）"),
        ({"result": "difference", "correction": "multiply"}, "correction", "同时写"),
    ],
)
def test_what_growth_leaves_open_is_refused(keys: dict[str, object], key: str, said: str) -> None:
    assert said in refused("growth", of="x", previous="y", **keys)[key]


def test_thirds_stay_thirds() -> None:
    assert same(grown(both("4")[1], both("3")[1], "fraction"), Fraction(1, 3))
