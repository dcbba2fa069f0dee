"""Rulings dated outside the notice or the probation warn, and hold all the same.

The bank's third quarter of 2025: the report is due on 21 October, the notice runs from 14 to 20 October, the probation
from 21 October to 3 November (tests/calc/test_deadlines.py counts them).
"""

from __future__ import annotations

import datetime as dt

import pytest

from calc.period import Period
from calc.scheme import load_scheme
from calc.timeliness import untimely
from tests.calc.making import ruled

TELLERS = load_scheme("cib-zhengzhou-2010/quarterly-teller")
Q3 = Period(2025, "quarter", 3)


def said(kind: str, decision: str, day: str | None, **settings: dt.date) -> list[str]:
    date = None if day is None else dt.date.fromisoformat(day)
    scheme = TELLERS.bind(settings)
    found = list(untimely(scheme, Q3, [ruled(kind, decision, "a", date=date)]))
    assert not any(problem.is_error for problem in found)
    return [problem.message for problem in found]


@pytest.mark.parametrize(
    ("kind", "decision", "first", "last"),
    [
        ("cancel", "cancelled", "2025-10-14", "2025-10-20"),
        ("withdraw", "withdrawn", "2025-10-20", "2025-11-03"),
        ("objection", "rejected", "2025-10-14", "2025-12-31"),
        ("tie", "seat", "2025-01-01", "2026-12-31"),
    ],
)
def test_a_ruling_within_its_time_says_nothing(kind: str, decision: str, first: str, last: str) -> None:
    assert said(kind, decision, first) == said(kind, decision, last) == []


@pytest.mark.parametrize(
    ("kind", "decision", "day", "words"),
    [
        ("objection", "upheld", "2025-10-13", "异议的日期 2025-10-13 早于公示开始的 2025-10-14"),
        ("cancel", "cancelled", "2025-10-13", "取消的日期 2025-10-13 早于公示开始的 2025-10-14"),
        ("cancel", "cancelled", "2025-10-21", "取消的日期 2025-10-21 在公示期（至 2025-10-20）之后"),
        ("withdraw", "withdrawn", "2025-10-17", "撤销的日期 2025-10-17 早于授奖的 2025-10-20"),
        ("withdraw", "withdrawn", "2025-11-04", "撤销的日期 2025-11-04 在考察期（至 2025-11-03）之后"),
        ("withdraw", "withdrawn", None, "裁定“撤销”没有写日期，无法与公示期、考察期核对"),
    ],
)
def test_a_ruling_outside_its_time_warns(kind: str, decision: str, day: str | None, words: str) -> None:
    assert said(kind, decision, day) == [words]


def test_a_stated_day_of_the_award_moves_the_probation() -> None:
    """Ten working days after 30 October: 31 October, 3 to 7 and 10 to 13 November."""
    assert said("withdraw", "withdrawn", "2025-11-13", award_date=dt.date(2025, 10, 30)) == []
    assert "至 2025-11-13" in said("withdraw", "withdrawn", "2025-11-14", award_date=dt.date(2025, 10, 30))[0]


def test_without_days_nothing_is_said() -> None:
    month = load_scheme("cib-zhengzhou-2010/monthly-teller").scheme
    ruling = ruled("withdraw", "withdrawn", "a", date=dt.date(2030, 1, 1))
    assert list(untimely(month, Period(2025, "month", 9), [ruling])) == []
    assert list(untimely(TELLERS.scheme, None, [ruling])) == []
