"""Chinese working days against the State Council's announcements for 2025 and 2026."""

import datetime as dt

import pytest

from calc.workdays import nth_workday


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2026-01-31", 1, "2026-02-02"),
        ("2026-02-13", 1, "2026-02-14"),  # Saturday 14 February is worked, 15 to 23 are off, Saturday 28 is worked
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-02-27", 1, "2026-02-28"),
        ("2025-09-30", 1, "2025-10-09"),
        ("2025-10-13", -1, "2025-10-11"),
        ("2025-10-01", 0, "2025-10-09"),
        ("2025-10-11", 0, "2025-10-11"),
    ],
)
def test_holidays_are_off_and_make_up_days_are_worked(start: str, n: int, expected: str) -> None:
    found = nth_workday(dt.date.fromisoformat(start), n)
    assert (str(found.day), found.provisional) == (expected, False)


def test_a_year_that_is_not_announced_is_provisional() -> None:
    assert nth_workday(dt.date(2040, 5, 7), 3).provisional


def _days(*spans: str) -> set[dt.date]:
    """The days of spans written 2026-02-15/23 or 2026-01-04."""
    found = set()
    for span in spans:
        first, _, last = span.partition("/")
        day = dt.date.fromisoformat(first)
        found |= {day.replace(day=n) for n in range(day.day, int(last or day.day) + 1)}
    return found


OFF = {
    2025: _days("2025-01-01", "2025-01-28/31", "2025-02-01/04", "2025-04-04/06", "2025-05-01/05", "2025-05-31",
                "2025-06-01/02", "2025-10-01/08"),
    2026: _days("2026-01-01/03", "2026-02-15/23", "2026-04-04/06", "2026-05-01/05", "2026-06-19/21", "2026-09-25/27",
                "2026-10-01/07"),
}  # fmt: skip
WORKED = {
    2025: _days("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
    2026: _days("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
}
"""Off and worked as the State Council announced it (国务院办公厅关于2025年、2026年部分节假日安排的通知)."""


@pytest.mark.parametrize("year", OFF)
def test_every_day_of_an_announced_year(year: int) -> None:
    for n in range(365):
        day = dt.date(year, 1, 1) + dt.timedelta(days=n)
        works = day in WORKED[year] or (day.weekday() < 5 and day not in OFF[year])
        assert (nth_workday(day, 0).day == day) == works, day


def test_beyond_all_calendars_it_is_monday_to_friday_and_provisional() -> None:
    assert nth_workday(dt.date(1999, 10, 1), 1) == (dt.date(1999, 10, 4), True)
    assert nth_workday(dt.date(2150, 10, 2), -1) == (dt.date(2150, 10, 1), True)


def test_more_days_than_anybody_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="10000"):
        nth_workday(dt.date(2026, 1, 1), 10_000)
