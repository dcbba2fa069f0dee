"""Nominations: by a unit, in time, and no more than it may put forward."""

import datetime as dt

import pytest

from calc.result import Result
from calc.scheme import SchemeError
from calc.scheme.model import Scheme
from tests.calc.making import BAD, measure, points_scheme, requirement, score, statuses, told


def nominated(**keys: object) -> Scheme:
    return points_scheme(
        measure("unit", "text", missing="none"), measure("day", "date", missing="none"),
        requirement("put_forward", "nominated", **{"by": "unit", **keys}), rule="9",
    )  # fmt: skip


def given(of: Scheme, units: list[object], days: list[object] | None = None, **keys: object) -> Result:
    size = len(units)
    return score(of, points=[1] * size, unit=units, day=days or [None] * size, **keys)


def test_only_who_was_put_forward_can_win() -> None:
    found = given(nominated(), ["A", None, "B"])
    assert list(statuses(found)) == ["a", "c"]
    assert found.rows[1].reasons == ("不符合“put_forward”（第put_forward条）",)
    assert told(found) == []


@pytest.mark.parametrize(
    ("keys", "winners", "cells"),
    [
        # September: closes on its last day; the last six days of it; a date of its own
        ({"closes": 0}, ["a", "b", "c"], ["day5"]),
        ({"opens": -5, "closes": 0}, ["b", "c"], ["day2", "day5"]),
        ({"opens": -6, "closes": 1}, ["a", "b", "c", "d"], []),
        ({"closes": "2026-09-29"}, ["a", "b"], ["day4", "day5"]),
        ({"closes": dt.date(2026, 9, 29)}, ["a", "b"], ["day4", "day5"]),
        # the last five working days: 23, 24, 28, 29, 30, since the 25th is the Mid-Autumn holiday; the last three
        ({"opens": {"last_working_days": 5}, "closes": 0}, ["a", "b", "c"], ["day5"]),
        ({"opens": {"last_working_days": 3}, "closes": 0}, ["c"], ["day2", "day3", "day5"]),
    ],
)
def test_a_nomination_out_of_time_counts_as_waived(
    keys: dict[str, object], winners: list[str], cells: list[str]
) -> None:
    days = ["2026-09-24", "2026-09-25", "2026-09-30", "2026-10-01"]
    found = given(nominated(on="day", **keys), ["A", "B", "C", "D"], days)
    assert list(statuses(found)) == winners
    assert told(found) == [("warning", cell) for cell in cells]


def test_late_ones_say_that_they_are_waived() -> None:
    found = given(nominated(on="day", closes=0), ["A"], ["2026-10-01"])
    assert found.problems[0].message == "a的推荐日期 2026-10-01 晚于 2026-09-30，视为放弃"


def test_a_unit_that_puts_too_many_forward_is_an_error_or_counts_for_nothing() -> None:
    units = ["A", "A", "A", "B", None]
    found = given(nominated(most=2, over="problem"), units)
    assert told(found) == [("error", "unit2"), ("error", "unit3"), ("error", "unit4")]
    assert found.quota[0].withheld
    void = given(nominated(most=2, over="void"), units)
    assert (list(statuses(void)), {severity for severity, _ in told(void)}) == (["d"], {"warning"})
    assert list(statuses(given(nominated(most=3, over="void"), units))) == ["a", "b", "c", "d"]


def test_a_late_nomination_does_not_use_up_a_place() -> None:
    found = given(nominated(most=1, over="problem", on="day", closes=0), ["A", "A"], ["2026-09-30", "2026-10-02"])
    assert (list(statuses(found)), told(found)) == (["a"], [("warning", "day3")])


def test_a_nomination_without_its_day_is_an_error() -> None:
    found = given(nominated(on="day", closes=0), ["A", None], [None, None])
    assert (told(found), found.quota[0].withheld) == ([("error", "day2")], True)


def test_what_could_not_be_read_is_unknown() -> None:
    found = given(nominated(), [BAD, "B"])
    assert found.quota[0].withheld
    assert not found.rows[0].eligible


def test_the_trace_says_when_and_how_many() -> None:
    found = given(nominated(on="day", opens=-5, closes=0, most=3, over="void"), ["A"], ["2026-09-30"], trace=True)
    (line,) = (line for line in found.trace[0] if line.item == "put_forward")
    assert (line.arithmetic, line.value) == (
        "推荐，推荐日期 2026-09-30，期限 2026-09-25 至 2026-09-30，每单位至多 3 人", "符合",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "said"),
    [({"most": 3}, "须同写"), ({"closes": 0}, "on"), ({"on": "day", "closes": "soon"}, "不是日期")],
)
def test_the_keys_go_together(keys: dict[str, object], said: str) -> None:
    with pytest.raises(SchemeError, match=said):
        nominated(**keys)


def test_the_day_may_be_blank_where_there_is_no_time_to_keep() -> None:
    found = given(nominated(on="day"), ["A"], [None])
    assert (list(statuses(found)), told(found)) == (["a"], [])
