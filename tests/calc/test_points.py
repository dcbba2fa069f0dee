"""One indicator: rounded, filled in where its policy says so, and decided in fractions where a float is in doubt."""

import numpy as np
import pytest

from calc.points import whole_pools
from tests.calc.making import (
    BAD,
    event,
    happened,
    indicator,
    measure,
    points,
    points_scheme,
    requirement,
    scheme,
    score,
    totals,
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


@pytest.mark.parametrize("trace", [False, True], ids=["float", "exact"])
@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"missing": "zero"}, ["0.00", "8.00", "6.00", "0.00"]),
        ({"missing": "floor", "floor": 5}, ["5.00", "8.00", "6.00", "5.00"]),
        ({"missing": "group_mean"}, ["8.00", "8.00", "6.00", "6.00"]),
        ({"missing": "pending"}, [None, "8.00", "6.00", None]),
    ],
)
def test_where_there_is_no_value_the_indicators_policy_decides(
    keys: dict[str, object], expected: list[str | None], trace: bool
) -> None:
    """Two teams of two, in each one with a value."""
    of = scheme(
        measure("team", "text"),
        measure("x", missing="none"),
        indicator("x", "given", of="measure:x", **keys),
        pool="team",
    )
    result = score(of, team=["A", "A", "B", "B"], x=[None, 8, 6, None], trace=trace)
    assert points(result, "x") == expected


@pytest.mark.parametrize("trace", [False, True], ids=["float", "exact"])
def test_points_stay_between_floor_and_cap(trace: bool) -> None:
    of = scheme(measure("x"), indicator("x", "given", of="measure:x", floor=2, cap=9))
    assert totals(score(of, x=["1.99", "2.005", "9.004", 9], trace=trace)) == ["2.00", "2.01", "9.00", "9.00"]


def test_who_is_measured_by_one_another() -> None:
    """A pool, or everybody where a mean is taken over all."""
    pools, rows = np.array([0, 1, 0, 2]), np.array([True, False, False, False])
    assert whole_pools(points_scheme(pool="team"), pools, rows).tolist() == [True, False, True, False]
    mean = {"aggregate": "mean", "of": "points", "within": "all"}
    among_all = points_scheme(requirement("above", "compare", of="points", op=">", to=mean), pool="team")
    assert whole_pools(among_all, pools, rows).tolist() == [True] * 4
