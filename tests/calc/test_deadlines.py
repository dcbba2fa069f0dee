"""Deadlines, the public notice and the probation, counted on the printed calendar of 2025 and 2026.

In 2025 the National Day holiday ran from 1 to 8 October, with 11 October (a Saturday) worked. In 2026 it runs from
1 to 7 October, with 10 October (a Saturday) worked.
"""

import datetime as dt
from typing import Any

import pytest

from calc.deadlines import due, notice_days, probation_end, steps
from calc.period import Period
from calc.scheme.model import Scheme
from tests.calc.making import indicator, measure, scheme, table

Q3_2025, Q3_2026 = Period(2025, "quarter", 3), Period(2026, "quarter", 3)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def process(notice: dict[str, Any] | None = None, probation: dict[str, Any] | None = None, **deadline: Any) -> Scheme:
    blocks = [table("[[deadline]]", {"id": "report", "label": "上报", "clause": "第十五条", **deadline})]
    if notice is not None:
        words = {"kind": "public", "text": "现予公示。", "clause": "第十五条", "working_days": 5, "before": "report"}
        blocks.append(table("[notice]", {**words, **notice}))
    if probation is not None:
        blocks.append(table("[probation]", {"causes": ["甲"], "clause": "第二十三条", **probation}))
    return scheme(measure("x"), indicator("a", "given", of="x"), *blocks, period="quarter")


@pytest.mark.parametrize(
    ("keys", "period", "last"),
    [
        # 9 October is the first working day, 10 the second, Saturday 11 the third, 13-17 the next five, 20, 21
        ({"working_day": 10}, Q3_2025, "2025-10-21"),
        # 8, 9, Saturday 10, 12-16, 19, 20
        ({"working_day": 10}, Q3_2026, "2026-10-20"),
        ({"working_day": 1}, Q3_2025, "2025-10-09"),
        ({"day": 5}, Q3_2025, "2025-10-05"),
        ({"day": 31}, Period(2026, "month", 1), "2026-02-28"),
        ({"day": 20, "month": "last"}, Q3_2026, "2026-09-20"),
        ({"day": 31, "month": "last", "opens": True}, Q3_2026, "2026-09-30"),
        ({"years": 2}, Q3_2026, "2028-09-30"),
        ({"years": 1}, Period(2024, "month", 2), "2025-02-28"),
    ],
)
def test_a_deadline_is_the_nth_working_day_or_a_day_of_the_month(
    keys: dict[str, Any], period: Period, last: str
) -> None:
    found = due(process(**keys).deadline[0], period)
    assert (found.day, found.provisional) == (day(last), False)


def test_a_year_whose_make_up_days_are_not_announced_is_provisional() -> None:
    assert due(process(working_day=10).deadline[0], Period(2035, "quarter", 3)).provisional


def test_the_notice_is_the_latest_that_ends_before_the_report() -> None:
    found = notice_days(process({}, working_day=10), Q3_2025)
    # the report is due on Tuesday 21; the last working day before is Monday 20; five back: 14, 15, 16, 17, 20
    assert found is not None
    assert (found.first, found.last, found.late) == (day("2025-10-14"), day("2025-10-20"), False)


@pytest.mark.parametrize(
    ("start", "first", "last", "late"),
    [
        ("2025-10-09", "2025-10-09", "2025-10-14", False),  # 9, 10, Saturday 11, 13, 14
        ("2025-10-01", "2025-10-09", "2025-10-14", False),  # a holiday: from the next working day
        ("2025-10-15", "2025-10-15", "2025-10-21", True),
    ],
)
def test_a_stated_start_is_kept_and_too_late_an_end_is_said(start: str, first: str, last: str, late: bool) -> None:
    found = notice_days(process({"start": day(start)}, working_day=10), Q3_2025)
    assert found is not None
    assert (found.first, found.last, found.late) == (day(first), day(last), late)


def test_the_probation_runs_from_the_award_or_the_end_of_the_notice() -> None:
    by_notice = process({}, {"working_days": 10}, working_day=10)
    found = probation_end(by_notice, Q3_2025)
    assert found is not None
    assert found.day == day("2025-11-03")  # from 20 October: 21-24, 27-31, 3 November
    stated = process({}, {"working_days": 5, "start": day("2025-09-30")}, working_day=10)
    found = probation_end(stated, Q3_2025)
    assert found is not None
    assert found.day == day("2025-10-14")  # 9, 10, 11, 13, 14
    assert probation_end(process(working_day=10), Q3_2025) is None
    assert probation_end(process(None, {"working_days": 5}, working_day=10), Q3_2025) is None


def test_the_steps_stand_in_the_order_of_time() -> None:
    found = steps(process({}, {"working_days": 10}, working_day=10), Q3_2025)
    assert [(step.kind, str(step.first or ""), str(step.last)) for step in found] == [
        ("notice", "2025-10-14", "2025-10-20"), ("award", "", "2025-10-20"),
        ("deadline", "", "2025-10-21"), ("probation", "2025-10-21", "2025-11-03"),
    ]  # fmt: skip
    assert not any(step.provisional for step in found)


def test_steps_that_reach_into_a_year_not_announced_are_provisional() -> None:
    """The fourth quarter of 2026 is reported in 2027, whose holidays the library does not know."""
    found = steps(process({}, {"working_days": 10}, working_day=10), Period(2026, "quarter", 4))
    assert [(step.kind, step.provisional) for step in found] == [
        (kind, True) for kind in ("notice", "award", "deadline", "probation")
    ]


def test_without_a_day_of_the_award_there_is_no_probation_among_the_steps() -> None:
    assert [step.kind for step in steps(process(None, {"working_days": 5}, working_day=10), Q3_2025)] == ["deadline"]


def test_no_notice_no_days() -> None:
    assert notice_days(process(working_day=10), Q3_2025) is None
    assert notice_days(process({"kind": "announcement", "before": "report"}, working_day=3), Q3_2025) is not None
