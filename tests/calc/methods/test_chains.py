"""Methods upon methods, with the limits, the rounding and the policies that go with every indicator."""

from decimal import Decimal

import pytest

from tests.calc.making import indicator, measure, points, scheme, score
from tests.calc.methods.trying import explained, one, values


def test_a_completion_rate_is_banded_by_another_indicator() -> None:
    """31 of 30 is 103.33…%, beyond the band that ends at 103.3; 30 of 30 is 100%."""
    of = scheme(
        measure("done"), measure("plan"),
        indicator("rate", "factor", of="done", times=100, per="plan", in_total=False),
        indicator("points", "bands", of="rate", bands=[
            {"to": Decimal("103.3"), "points": 8}, {"above": Decimal("103.3"), "points": 10},
        ]),
    )  # fmt: skip
    assert points(score(of, done=[31, 30], plan=[30, 30]), "points") == ["10.00", "8.00"]


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [(None, "10.00"), (1, "8.00"), ({"digits": 1, "mode": "ceil"}, "10.00"), ({"digits": 0, "mode": "floor"}, "8.00")],
)
def test_a_column_that_states_its_rounding_is_read_rounded(rounding: object, expected: str) -> None:
    """103.333… is beyond 103.3; to one digit it is not, rounded up it is 103.4."""
    stated = {} if rounding is None else {"rounding": rounding}
    of = scheme(
        measure("done"),
        indicator("rate", "factor", of="done", times=100, per=30, in_total=False, **stated),
        indicator("points", "bands", of="rate", bands=[
            {"to": Decimal("103.3"), "points": 8}, {"above": Decimal("103.3"), "points": 10},
        ]),
    )  # fmt: skip
    assert points(score(of, done=[31]), "points") == [expected]


@pytest.mark.parametrize(
    ("method", "keys", "x", "expected"),
    [
        ("steps", {"base": 9, "target": 0, "counting": "whole", "below": {"each": 1, "take": 1}}, [-9, 9],
         ["1.00", "6.00"]),
        ("tiers", {"tiers": [{"rate": 2}]}, [-9, 9], ["1.00", "6.00"]),
        ("interpolate", {"points": [[0, 0], [1, 3]], "outside": "extend"}, [-9, 9], ["1.00", "6.00"]),
        ("power", {"exponent": "1/2", "times": 4}, [0, 9], ["1.00", "6.00"]),
    ],
)  # fmt: skip
def test_every_method_is_held_within_floor_and_cap(
    method: str, keys: dict[str, object], x: list[int], expected: list[str]
) -> None:
    assert values(one(method, of="x", floor=1, cap=6, **keys), x=x) == expected


def test_the_trace_says_that_a_value_was_held() -> None:
    assert explained(one("factor", of="x", times=3, cap=10), x=[3, 4]) == [
        ("3 × 3", "9.00"),
        ("4 × 3，最高 10", "10.00"),
    ]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ({"missing": "zero"}, "0.00"),
        ({"missing": "floor", "floor": 2}, "2.00"),
        ({"missing": "group_mean"}, "15.00"),
        ({"missing": "problem"}, None),
        ({"missing": "pending"}, None),
    ],
)
def test_a_division_by_nothing_follows_the_policy(policy: dict[str, object], expected: str | None) -> None:
    of = one("factor", of="x", per="y", **policy)
    assert values(of, x=[10, 20, 30], y=[1, 1, 0]) == ["10.00", "20.00", expected]


def test_points_are_corrected_by_the_coefficient_of_their_group() -> None:
    """The strict team's mean is 60, the lenient one's 90, everybody's 75: 60 x 75/60 = 75, 66 x 75/60 = 82.5."""
    of = scheme(
        measure("team", "text"), measure("mark"),
        indicator("even", "group_coefficient", of="mark", direction="all_to_group", within="team", among="everybody",
                  in_total=False),
        indicator("points", "product", of=["mark", "even"], absent="needed"),
    )  # fmt: skip
    found = score(of, team=["A", "A", "B", "B"], mark=[54, 66, 81, 99])
    assert points(found, "even") == ["1.2500", "1.2500", "0.8333", "0.8333"]
    assert points(found, "points") == ["67.50", "82.50", "67.50", "82.50"]
