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


@pytest.mark.parametrize(("start", "n"), [(dt.date(1999, 1, 1), 1), (dt.date(2026, 1, 1), 10_000)])
def test_beyond_what_is_served_is_refused(start: dt.date, n: int) -> None:
    with pytest.raises(ValueError, match="date"):
        nth_workday(start, n)
