"""A value against a number or a figure of its group."""

import pytest

from tests.calc.making import BAD, eligible, indicator, measure, points, points_scheme, requirement, scheme, score
from tests.calc.requirements.asking import asked


@pytest.mark.parametrize(
    ("op", "expected"),
    [(">", "950.004"), (">=", "950 950.004"), ("<", "949.996"), ("<=", "949.996 950")],
)
def test_a_value_is_compared_with_a_number(op: str, expected: str) -> None:
    of = points_scheme(requirement("r", "compare", of="points", op=op, to=950))
    values = ["949.996", "950", "950.004"]
    assert eligible(score(of, points=values)) == [value in expected.split() for value in values]


@pytest.mark.parametrize(
    ("within", "expected"), [("pool", [False, True, False, True]), ("all", [False, False, True, True])]
)
def test_a_mean_is_of_the_pool_or_of_everybody(within: str, expected: list[bool]) -> None:
    to = {"aggregate": "mean", "of": "points", "within": within}
    of = points_scheme(requirement("r", "compare", of="points", op=">", to=to), pool="team")
    assert eligible(score(of, team=["A", "A", "B", "B"], points=[1, 2, 6, 7])) == expected


def test_a_mean_is_over_all_who_have_the_value_rated_eligible_or_not() -> None:
    """b is not rated, c is in error elsewhere, d has no value: the mean is (3 + 9 + 6 + 6) / 4 = 6."""
    of = scheme(
        measure("x"),
        measure("y"),
        measure("ok", "yes_no"),
        indicator("x", "given", of="x"),
        indicator("y", "given", of="y"),
        requirement("rated", "yes", gate="rating", of="ok"),
        requirement("r", "compare", of="x", op=">=", to={"aggregate": "mean", "of": "x", "within": "all"}),
    )
    result = score(of, x=[3, 9, 6, BAD, "6"], y=[1, 1, BAD, 1, 1], ok=[True, False, True, True, True])
    assert result.rows[0].reasons == ("不符合“r”（第r条）",)
    assert eligible(result) == [False, False, False, False, True]


def test_an_indicator_is_compared_unrounded() -> None:
    """9499.96 / 10 / 10 = 94.9996 prints as 95.00 and is below 95."""
    of = scheme(
        measure("x"),
        indicator("x", "share", of="x", maximum=1000, base=100),
        requirement("r", "compare", of="indicator:x", op=">=", to=95),
    )
    result = score(of, x=["949.996", 950])
    assert points(result, "x") == ["95.00", "95.00"]
    assert eligible(result) == [False, True]


@pytest.mark.parametrize(
    ("to", "rule"),
    [
        (5, "《x》高于 5"),
        ({"aggregate": "mean", "of": "x", "within": "pool"}, "《x》高于本组平均"),
        ({"aggregate": "median", "of": "y", "within": "all"}, "《x》高于《y》的全体中位数"),
    ],
)
def test_what_is_asked_is_told(to: object, rule: str) -> None:
    assert asked("compare", of="x", op=">", to=to) == rule
