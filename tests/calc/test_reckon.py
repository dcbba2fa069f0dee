"""Columns to points, totals and ranks."""

from decimal import Decimal

import pytest

from tests.calc.making import (
    BAD,
    indicator,
    measure,
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


def test_a_missing_part_leaves_no_total_but_the_other_points() -> None:
    of = scheme(measure("x"), measure("y"), indicator("i", "given", of="x"), indicator("j", "given", of="y"))
    result = score(of, x=[1, 2], y=[BAD, 3])
    assert [row.points for row in result.rows] == [{"i": 1, "j": None}, {"i": 2, "j": 3}]
    assert [row.total for row in result.rows] == [None, 5]
