"""日程: what a period's result has to go through and by when, in working days with make-up days."""

from __future__ import annotations

import datetime as dt

from calc.deadlines import Step, notice_days, steps
from calc.period import Period
from calc.result import Result
from calc.scheme import Scheme
from calc.scheme.phrases import deadline_words
from workbook_templates.layout import SHEET
from workbook_templates.page import Content, Heading, Page, Row

__all__ = ["UNANNOUNCED", "agenda_pages"]

UNANNOUNCED = "放假安排未公布，暂定"
_WEEKDAYS = "一二三四五六日"


def agenda_pages(scheme: Scheme, result: Result, subtitle: str) -> tuple[Page, ...]:
    """The sheet, where the scheme has any step after the period whose day is known."""
    period = Period.parse(result.period)
    found = () if period is None else steps(scheme, period)
    if period is None or not found:
        return ()
    headings = [
        Heading("序号", 6),
        Heading("事项", 34, "left"),
        Heading("开始", 13),
        Heading("截止", 13),
        Heading("星期", 7),
        Heading("说明", 46, "left"),
        Heading("依据", 22, "left"),
    ]
    rows = []
    for n, step in enumerate(found, start=1):
        what, remark, clause = _words(scheme, period, step)
        remarks = "；".join(part for part in (remark, UNANNOUNCED if step.provisional else "") if part)
        line: list[Content] = [n, what, step.first, step.last, _weekday(step.last), remarks, clause]
        rows.append(Row(line))
    note = f"考核期间 {period.start} 至 {period.end}。工作日按国务院公布的放假、调休安排计算；公布后重新计算即可更新。"
    return (Page(SHEET.agenda, f"{scheme.title}评选日程", subtitle, note, headings, rows, landscape=True),)


def _weekday(day: dt.date) -> str:
    return _WEEKDAYS[day.weekday()]


def _words(scheme: Scheme, period: Period, step: Step) -> tuple[str, str, str]:
    """What the step is, a remark, and its clause."""
    notice, probation = scheme.notice, scheme.probation
    if step.deadline is not None:
        return step.deadline.label, deadline_words(step.deadline), step.deadline.clause
    if step.kind == "notice" and notice is not None:
        before = next((d.label for d in scheme.deadline if d.id == notice.before), "")
        days = notice_days(scheme, period)
        late = "来不及在“{}”之前结束" if days is not None and days.late else "在“{}”之前结束"
        return f"公示（{notice.working_days} 个工作日）", late.format(before) if before else "", notice.clause
    if probation is None:
        return "", "", ""
    if step.kind == "award":
        stated = probation.start is not None
        return "授奖", "" if stated else "没有填写授奖日期，以公示的最后一日为准", probation.clause
    return f"考察期（{probation.working_days} 个工作日）", "期内有规定情形的撤销荣誉、收回奖励", probation.clause
