"""Periods as people write them, and months of service."""

import datetime as dt

import numpy as np
import pytest

from calc.period import Period, add_months, period_label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-09", ("month", 2026, 9)),
        ("2026-9", ("month", 2026, 9)),
        (" 2026年9月 ", ("month", 2026, 9)),
        ("2026 年 12 月", ("month", 2026, 12)),
        ("2026.01", ("month", 2026, 1)),
        ("2026/1", ("month", 2026, 1)),
        ("2026Q3", ("quarter", 2026, 3)),
        ("2026q4", ("quarter", 2026, 4)),
        ("2026-Q1", ("quarter", 2026, 1)),
        ("2026年第三季度", ("quarter", 2026, 3)),
        ("2026年三季度", ("quarter", 2026, 3)),
        ("2026年第2季", ("quarter", 2026, 2)),
        ("2026", ("year", 2026, 1)),
        ("2026年", ("year", 2026, 1)),
        ("2026年度", ("year", 2026, 1)),
    ],
)
def test_a_period_is_read_in_every_form_that_people_write(text: str, expected: tuple[str, int, int]) -> None:
    found = Period.parse(text)
    assert found is not None
    assert (found.kind, found.year, found.part) == expected


@pytest.mark.parametrize(
    "text",
    ["", "26-09", "2026-13", "2026-00", "2026Q5", "2026Q0", "2026年第五季度", "1899", "2000Q4", "2099-01",
     "9999-01", "2026-09-01", "九月",
     "2026-", "Q3", "2026Q", "20269"],
)  # fmt: skip
def test_what_is_no_period_is_not_read_as_one(text: str) -> None:
    assert Period.parse(text) is None


@pytest.mark.parametrize(
    ("text", "start", "end", "previous", "next_", "label"),
    [
        ("2026-09", "2026-09-01", "2026-09-30", "2026-08", "2026-10", "2026年9月"),
        ("2026-01", "2026-01-01", "2026-01-31", "2025-12", "2026-02", "2026年1月"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-01", "2024-03", "2024年2月"),
        ("2025-12", "2025-12-01", "2025-12-31", "2025-11", "2026-01", "2025年12月"),
        ("2026Q3", "2026-07-01", "2026-09-30", "2026Q2", "2026Q4", "2026年第三季度"),
        ("2026Q1", "2026-01-01", "2026-03-31", "2025Q4", "2026Q2", "2026年第一季度"),
        ("2026Q4", "2026-10-01", "2026-12-31", "2026Q3", "2027Q1", "2026年第四季度"),
        ("2026", "2026-01-01", "2026-12-31", "2025", "2027", "2026年度"),
    ],
)
def test_a_period_knows_its_days_its_neighbours_and_its_names(
    text: str, start: str, end: str, previous: str, next_: str, label: str
) -> None:
    period = Period.parse(text)
    assert period is not None
    assert (str(period), period.start.isoformat(), period.end.isoformat()) == (text, start, end)
    assert (str(period.previous), str(period.next), period.label) == (previous, next_, label)
    assert Period.parse(period.label) == period
    assert period_label(text) == label


@pytest.mark.parametrize("text", ["", "上个月", "2026-13"])
def test_what_is_no_period_is_shown_as_it_is(text: str) -> None:
    assert period_label(text) == text


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-07-01", 3, "2026-10-01"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-10-15", 6, "2027-04-15"),
        ("1999-12-31", 2, "2000-02-29"),
        ("2026-05-31", 600, "2076-05-31"),
    ],
)
def test_months_are_added_by_the_calendar_and_held_to_the_months_last_day(
    start: str, months: int, expected: str
) -> None:
    assert add_months(np.array([start], dtype="datetime64[D]"), months)[0].astype(dt.date).isoformat() == expected


def test_a_missing_date_stays_missing() -> None:
    later = add_months(np.array(["NaT", "2026-01-31"], dtype="datetime64[D]"), 1)
    assert list(np.isnat(later)) == [True, False]
