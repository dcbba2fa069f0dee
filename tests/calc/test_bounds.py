"""Open and closed ends, each by its name."""

import pytest

from calc.bounds import Bounds
from tests.calc.making import both


@pytest.mark.parametrize(
    ("ends", "inside"),
    [
        ({"from": 90}, [False, True, True]),
        ({"above": 90}, [False, False, True]),
        ({"to": 90}, [True, True, False]),
        ({"below": 90}, [True, False, False]),
        ({"above": 89, "to": 90}, [False, True, False]),
        ({}, [True, True, True]),
    ],
)
def test_an_end_is_open_or_closed(ends: dict[str, int], inside: list[bool]) -> None:
    _, exact = both("89", "90", "91", None)
    assert list(Bounds.model_validate(ends, strict=False).met(exact)) == [*inside, False]


def test_ends_in_words() -> None:
    assert Bounds.model_validate({"from": 60, "below": 70}).words() == "不低于 60、低于 70"
    assert Bounds().words() == ""
