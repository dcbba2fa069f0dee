"""Columns to points, totals and ranks."""

from decimal import Decimal

import pytest

from tests.calc.making import (
    BAD,
    event,
    happened,
    indicator,
    measure,
    points,
    points_scheme,
    ranks,
    requirement,
    scheme,
    score,
)


@pytest.mark.parametrize("trace", [False, True], ids=["float", "exact"])
@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ([9, 7, 7, 5], [1, 2, 2, 4]),
        ([5, 7, 9, 7], [4, 2, 1, 2]),
        ([7, 7, 7], [1, 1, 1]),
        (["7.004", "7.0049", "6.995", "6.994"], [1, 1, 1, 4]),
        (["0.1", "-3", 0, None], [1, 3, 2, None]),
        ([1], [1]),
    ],
)
def test_ranks_are_one_two_two_four_by_the_rounded_total(
    column: list[object], expected: list[object], trace: bool
) -> None:
    of = scheme(measure("x", missing="pending"), indicator("x", "given", of="x"))
    assert ranks(score(of, x=column, trace=trace)) == expected


def test_each_pool_has_its_own_ranks_whatever_the_order_of_the_rows() -> None:
    of = points_scheme(pool="team")
    result = score(of, team=["B", "A", "B", "A", "C", "A"], points=[3, 9, 5, 1, 0, 9])
    assert ranks(result) == [2, 1, 1, 3, 1, 1]


def test_only_the_eligible_are_ranked() -> None:
    of = points_scheme(measure("ok", "yes_no"), requirement("r", "yes", of="ok"))
    result = score(of, points=[9, 8, 7, 7], ok=[True, False, True, True])
    assert ranks(result) == [1, None, 2, 2]


@pytest.mark.parametrize("trace", [False, True], ids=["float", "exact"])
def test_the_total_is_the_exact_sum_of_the_rounded_points(trace: bool) -> None:
    """Three times 3.335 is 10.005, which would round to 10.01; the printed parts add up to 10.02."""
    of = scheme(measure("x"), *(indicator(name, "given", of="x") for name in ("i", "j", "k")))
    (row,) = score(of, x=["3.335"], trace=trace).rows
    assert row.points == {name: Decimal("3.34") for name in ("i", "j", "k")}
    assert row.total == Decimal("10.02")


def test_an_indicator_outside_the_total_is_a_column_and_not_added() -> None:
    of = scheme(measure("x"), indicator("i", "given", of="x"), indicator("step", "given", of="x", in_total=False))
    (row,) = score(of, x=["3.33335"]).rows
    assert (row.points, row.columns, row.total) == (
        {"i": Decimal("3.33")},
        {"step": Decimal("3.3334")},
        Decimal("3.33"),
    )


@pytest.mark.parametrize("trace", [False, True], ids=["float", "exact"])
@pytest.mark.parametrize(
    ("rounding", "step", "expected"),
    [({}, "3.3350", "6.67"), ({"rounding": 2}, "3.34", "6.68"), ({"rounding": 0}, "3", "6.00")],
)
def test_a_dependent_column_reads_the_unrounded_value_unless_rounding_is_stated(
    rounding: dict[str, int], step: str, expected: str, trace: bool
) -> None:
    """x / 10 * 20 of x = 3.335 or of its rounded value; the indicator that is read stands after the reader."""
    of = scheme(
        measure("x"),
        indicator("twice", "share", of="step", maximum=10, base=20),
        indicator("step", "given", of="x", in_total=False, **rounding),
    )
    result = score(of, x=["3.335"], trace=trace)
    assert (points(result, "step"), points(result, "twice")) == ([step], [expected])


def test_a_doubtful_intermediate_value_is_decided_for_all_who_are_measured_by_it() -> None:
    """The best mean (1.1 + 1.1 + 1.175)/3 = 1.125 rounds to 1.13; a float may see 1.1249999."""
    of = scheme(
        *(measure(name) for name in "abc"),
        indicator("mean", "mean", of=["a", "b", "c"], in_total=False, rounding=2),
        indicator("x", "ratio", of="mean", best="highest", base=113),
    )
    result = score(of, a=["1.1", "1.12"], b=["1.1", "1"], c=["1.175", "1"])
    assert points(result, "mean") == ["1.13", "1.04"]
    assert points(result, "x") == ["113.00", "104.00"]


@pytest.mark.parametrize("trace", [False, True], ids=["float", "exact"])
def test_a_half_way_point_of_an_unrounded_step_is_rounded_up_in_its_own_pool(trace: bool) -> None:
    """Team A: the mean 6.42/3 = 2.14 of the best mean 8 gives 2.675; a float may see 2.6749999. Team B: 10/3."""
    of = scheme(
        measure("team", "text"),
        *(measure(name) for name in "abc"),
        indicator("x", "ratio", of="mean", best="highest", base=10),
        indicator("mean", "mean", of=["a", "b", "c"], in_total=False),
        pool="team",
    )
    data = {"a": [8, 1, 2, 3], "b": [8, 1, "2.1", 3], "c": [8, 1, "2.32", 3], "team": ["A", "B", "A", "B"]}
    assert points(score(of, **data, trace=trace), "x") == ["10.00", "3.33", "2.68", "10.00"]


def test_a_missing_part_leaves_no_total_but_the_other_points() -> None:
    of = scheme(measure("x"), measure("y"), indicator("i", "given", of="x"), indicator("j", "given", of="y"))
    result = score(of, x=[1, 2], y=[BAD, 3])
    assert [row.points for row in result.rows] == [{"i": 1, "j": None}, {"i": 2, "j": 3}]
    assert [row.total for row in result.rows] == [None, 5]


def test_of_several_inputs_the_gravest_state_decides() -> None:
    of = scheme(
        measure("x", missing="pending"),
        measure("y"),
        event("e"),
        indicator("mean", "mean", of=["x", "y"]),
        indicator("next", "given", of="mean"),
        indicator("fine", "deduction", base=10, each={"e": 1}),
    )
    result = score(of, x=[None, None, 4], y=[BAD, 3, 4], events=[happened("c", "e", count=BAD)], trace=True)
    words = [{line.item: line.arithmetic for line in lines if line.kind == "indicator"} for lines in result.trace]
    assert words[0]["mean"] == words[0]["next"] == "缺数据，无法计算"
    assert words[1]["mean"] == words[1]["next"] == "待定，暂不计算"
    assert words[2]["fine"] == "缺数据，无法计算"


@pytest.mark.parametrize("precision", range(7))
def test_points_have_as_many_decimals_as_the_scheme_says(precision: int) -> None:
    of = scheme(measure("x"), indicator("x", "share", of="x", maximum=3, base=1), precision=precision)
    (row,) = score(of, x=[2]).rows
    assert str(row.total) == ("0." + "6" * (precision - 1) + "7" if precision else "1")
