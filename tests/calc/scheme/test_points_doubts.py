"""What looks wrong in how points come about."""

import pytest

from calc.methods.bands import Interval
from calc.scheme.model import Measure
from calc.scheme.points_doubts import reaches
from tests.calc.making import group, indicator, item, measure, panel, table
from tests.calc.scheme.doubting import A, X, doubted


@pytest.mark.parametrize(
    ("blocks", "path", "message"),
    [
        ((X, A, indicator("b", "given", of="x", base=10, cap=10)), "full_marks", "合计 110"),
        ((X, A, group("g")), "group(g)", "没有计入总分的指标"),
        ((X, group("g", cap=101), indicator("a", "given", of="x", base=100, group="g")), "group(g).cap", "到不了上限"),
        ((measure("x", max=50), A), "indicator(a).base", "没有人能得到满分 100"),
        ((measure("x"), A), "measure(x).max", "没有上限，会超出满分 100"),
        ((measure("x", max=120), A), "measure(x).max", "可填到 120"),
        ((X, indicator("a", "mean", of=["x", "x"], weights=[0.5, 0.45])),
         "indicator(a).weights", "合计 0.95，不是 1"),
        ((X, indicator("a", "mean", of=["x", "x"], weights=[60, 45])),
         "indicator(a).weights", "合计 105，不是 100"),
        (
            (panel("p", "i", raters=[{"id": "甲", "weight": 55}, {"id": "乙", "weight": 40}]),
             item("i"), indicator("a", "marks", panel="p", items=["i"], how="mean")),
            "panel(p).raters", "合计 95，不是 100",
        ),
        ((X, indicator("a", "share", of="x", maximum=120, base=100)), "indicator(a).base", "最多得 83.3333…，没有人"),
        ((X, indicator("a", "share", of="x", maximum=50, base=100)), "indicator(a).base", "最多可得 200，会超出"),
        (
            (X, indicator("a", "bands", of="x", base=100,
                          bands=[{"below": 60, "points": 0}, {"from": 60, "points": 90}])),
            "indicator(a).base", "最多得 90，没有人能得到满分 100",
        ),
        (
            (X, indicator("a", "table", of="x", base=100, table={"1": 100}, otherwise=120)),
            "indicator(a).base", "最多可得 120，会超出满分 100",
        ),
        (
            (X, indicator("a", "interpolate", of="x", base=100, points=[[0, 0], [100, 80]], outside="clamp")),
            "indicator(a).base", "最多得 80",
        ),
        (
            (X, indicator("a", "rank_points", of="x", base=100, best="highest", within="all", among="rated",
                          ties="best", table={"points": [90, 80], "beyond": 0})),
            "indicator(a).base", "最多得 90",
        ),
        ((X, indicator("a", "share", of="x", maximum=100, base=100, cap=90)),
         "indicator(a).cap", "最高 90，没有人能得到"),
        (
            (X, indicator("a", "bands", of="x",
                          bands=[{"to": 100, "points": 0}, {"above": 100, "points": 9}])),
            "indicator(a).bands[1]", "x填不到“100（不含）以上”，没有人在这一档",
        ),
        (
            (measure("x", min=0, missing="none"),
             indicator("a", "given", of="x", missing="zero", floor=5)),
            "indicator(a).missing", "没有数据的得 0，而本项限于 5，实得 5",
        ),
        ((X, A, table("[total]", {"rounding": {"digits": 0, "mode": "truncate"}})), "total.rounding", "两次舍入"),
    ],
)  # fmt: skip
def test_what_looks_wrong_is_named(blocks: tuple[str, ...], path: str, message: str) -> None:
    ((where, what),) = doubted(*blocks)
    assert where == path
    assert message in what


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (Interval(100, True, None, False), True),
        (Interval(100, False, None, False), False),
        (Interval(None, False, 0, True), True),
        (Interval(None, False, 0, False), False),
        (Interval(101, True, 200, True), False),
        (Interval(None, False, None, False), True),
        (Interval(-5, True, 5, True), True),
    ],
)
def test_which_numbers_a_column_takes(interval: Interval, expected: bool) -> None:
    column = Measure(id="x", label="x", kind="number", min=0, max=100)
    assert reaches(column, interval) is expected


@pytest.mark.parametrize("weights", [[0.5, 0.5], [60, 40], [1, 1], [2, 1], [0.333, 0.333, 0.334]])
def test_weights_that_add_up_or_are_no_shares_are_no_doubt(weights: list[object]) -> None:
    assert doubted(X, indicator("a", "mean", of=["x"] * len(weights), weights=weights)) == []


def test_a_rounding_that_is_stated_for_the_parts_too_is_meant() -> None:
    total = table("[total]", {"rounding": {"digits": 0, "mode": "truncate"}})
    assert doubted(X, indicator("a", "given", of="x", base=100, rounding=2), total) == []
    assert doubted(X, A, total, precision=0) == []


def test_a_stated_sum_that_is_not_100_is_no_doubt() -> None:
    assert doubted(measure("x", max=70), indicator("a", "given", of="x", base=70), full_marks=70) == []
