"""The total: limits of groups and of itself, a column that is the total, indicators left out, what the rank goes by."""

from decimal import Decimal
from typing import Any

import pytest

from tests.calc.making import by_id, group, indicator, measure, ranks, scheme, score, totals

TWO = (measure("x"), measure("y"), indicator("a", "given", of="x"), indicator("b", "given", of="y"))


@pytest.mark.parametrize("trace", [False, True])
def test_a_group_and_the_total_are_held_within_their_limits(trace: bool) -> None:
    limited = scheme(
        group("g", cap=10, floor=-5),
        measure("x"), measure("y"), measure("z"),
        indicator("a", "given", of="x", group="g"),
        indicator("b", "given", of="y", group="g"),
        indicator("c", "given", of="z"),
        total={"cap": 25, "floor": 1},
    )  # fmt: skip
    found = score(limited, trace=trace, x=["6", "6", "-9", "4"], y=["5.55", "3.5", "-1", "5"], z=["3", "20", "1", "20"])
    # 11.55 held at 10, + 3; 9.5 + 20 = 29.5 held at 25; -10 held at -5, + 1 = -4 held at 1; 9 + 20 held at 25
    assert totals(found) == ["13.00", "25.00", "1.00", "25.00"]
    assert ranks(found) == [3, 1, 4, 1]


def test_points_with_different_decimals_add_up() -> None:
    mixed = scheme(
        measure("x"), measure("y"),
        indicator("a", "given", of="x", rounding=1),
        indicator("b", "given", of="y", rounding={"digits": -1, "mode": "floor"}),
    )  # fmt: skip
    assert totals(score(mixed, x=["1.25", "0.04"], y=["19", "-1"])) == ["11.3", "-10.0"]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("half_up", "0.13"), ("half_even", "0.12"), ("floor", "0.12"), ("ceil", "0.13"), ("truncate", "0.12")],
)
def test_the_total_is_rounded_as_stated(mode: str, expected: str) -> None:
    stated = scheme(measure("x"), indicator("a", "given", of="x", rounding=3),
                    total={"rounding": {"digits": 2, "mode": mode}})  # fmt: skip
    assert totals(score(stated, x=["0.125"])) == [expected]


def test_a_column_can_be_the_total_and_the_lowest_can_be_first() -> None:
    strokes = scheme(*TWO, total={"of": "a", "lowest_first": True})
    found = score(strokes, x=["71", "69", "71.005", "69"], y=["1", "2", "3", "4"])
    assert totals(found) == ["71.00", "69.00", "71.01", "69.00"]
    assert ranks(found) == [3, 1, 4, 1]
    assert by_id(found)["a"].points == {"a": Decimal("71.00"), "b": Decimal("1.00")}


def test_the_rank_goes_by_the_columns_that_the_scheme_names() -> None:
    by_wins = scheme(*TWO, rank_by=[{"of": "indicator:b", "best": "highest"}, {"of": "total", "best": "highest"}])
    found = score(by_wins, x=["10", "90", "50", "50"], y=["3", "2", "3", "3"])
    assert ranks(found) == [3, 4, 1, 1]


def left_out(**keys: Any) -> Any:
    return scheme(
        measure("x"), measure("y", missing="none"), measure("z", missing="none"),
        indicator("a", "given", of="x", base=50),
        indicator("b", "given", of="y", base=30, **keys),
        indicator("c", "given", of="z", base=20, missing="left_out"),
    )  # fmt: skip


def test_what_is_left_out_gives_its_weight_to_the_others() -> None:
    shared = left_out(missing="left_out")
    found = score(shared, trace=True, x=[40, 40, 40], y=[24, None, None], z=[10, 10, None])
    # 74; (40 + 10) / 70 * 100 = 71.428…; 40 / 50 * 100
    assert totals(found) == ["74.00", "71.43", "80.00"]
    assert by_id(found)["b"].points == {"a": Decimal("40.00"), "b": None, "c": Decimal("10.00")}
    assert by_id(found)["b"].reasons == ()
    words = next(line.arithmetic for line in found.trace[1] if line.kind == "total")
    assert words == "（40.00 ＋ 10.00） ÷ 70 × 100（b没有数据，不计，其余按比例折算）"


@pytest.mark.parametrize(
    ("policy", "total", "provisional"),
    [
        ({"missing": "zero"}, "50.00", False),
        ({"missing": "floor", "floor": 3}, "53.00", False),
        ({"missing": "group_mean"}, "70.00", False),  # (24 + 16) / 2
        ({"missing": "problem"}, None, False),
        ({"missing": "pending"}, None, True),
    ],
)
def test_each_policy_for_a_missing_value(policy: dict[str, object], total: str | None, provisional: bool) -> None:
    found = score(left_out(**policy), trace=True, x=[40, 40, 40], y=[24, None, 16], z=[10, 10, 10])
    assert totals(found) == ["74.00", total, "66.00"]
    assert found.quota[0].provisional is provisional
    assert by_id(found)["b"].eligible is (total is not None)
