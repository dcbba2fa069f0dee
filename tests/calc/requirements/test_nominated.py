"""Who was put forward in time; what the data have to say stands in tests/calc/test_nominations.py."""

import datetime as dt

import pytest

from calc.period import Period
from calc.requirements import Nominated
from tests.calc.making import measure, points_scheme, requirement
from tests.calc.requirements.asking import asked


def test_what_is_asked_is_told() -> None:
    assert asked("nominated", by="unit") == "由《unit》所填的单位推荐"
    whole = asked("nominated", by="unit", most=2, over="void", on="day", closes=0)
    assert whole == "由《unit》所填的单位推荐，每单位至多 2 人，《day》须在期限之内"


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ({"closes": 0}, None, dt.date(2026, 9, 30)),
        ({"opens": -6, "closes": "2026-10-03"}, dt.date(2026, 9, 24), dt.date(2026, 10, 3)),
        ({}, None, None),
    ],
)
def test_the_window_is_counted_from_the_end_of_the_period(
    day: dict[str, object], first: dt.date | None, last: dt.date | None
) -> None:
    of = points_scheme(
        measure("unit", "text", missing="none"), measure("day", "date", missing="none"),
        requirement("r", "nominated", by="unit", on="day", **day),
    )  # fmt: skip
    (nominated,) = of.requirement
    assert isinstance(nominated, Nominated)
    assert nominated.window(Period.parse("2026-09")) == (first, last)
