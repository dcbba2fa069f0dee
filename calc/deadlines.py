"""The dates of a contest's process: when results are due, the public notice, the award, the end of the probation."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal

from calc.period import Period
from calc.scheme.model import Deadline, Scheme
from calc.workdays import Workday, nth_workday

__all__ = ["NoticeDays", "Step", "award_day", "due", "notice_days", "probation_end", "steps"]


@dataclass(frozen=True, slots=True)
class NoticeDays:
    """The first and the last day of a public notice; ``late``: it ends too late for the deadline that it precedes."""

    first: dt.date
    last: dt.date
    provisional: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the process, from ``first`` (its only day is ``last``) to ``last``."""

    kind: Literal["deadline", "notice", "award", "probation"]
    last: dt.date
    first: dt.date | None = None
    deadline: Deadline | None = None
    provisional: bool = False


def steps(scheme: Scheme, period: Period) -> tuple[Step, ...]:
    """What a period's result has to go through, in the order of time; steps whose days are not known are left out."""
    found = []
    if (notice := notice_days(scheme, period)) is not None:
        found.append(Step("notice", notice.last, notice.first, provisional=notice.provisional))
    for deadline in scheme.deadline:
        day = due(deadline, period)
        first = day.day if deadline.opens else None
        found.append(Step("deadline", day.day, first, deadline, day.provisional))
    if (award := award_day(scheme, period)) is not None:
        found.append(Step("award", award.day, provisional=award.provisional))
    if award is not None and (end := probation_end(scheme, period)) is not None:
        begin = nth_workday(award.day, 1)
        found.append(Step("probation", end.day, begin.day, provisional=end.provisional))
    return tuple(sorted(found, key=lambda step: step.last))


def due(deadline: Deadline, period: Period) -> Workday:
    """The day of a deadline: the n-th working day after the period's end (day one is the first working day after it),
    a day of the month after it, or of its last month (the month's last day where it is shorter), or the same day years
    later.
    """
    if deadline.working_day is not None:
        return nth_workday(period.end, deadline.working_day)
    if deadline.years is not None:
        year = period.end.year + deadline.years
        last = calendar.monthrange(year, period.end.month)[1]
        return Workday(dt.date(year, period.end.month, min(period.end.day, last)), provisional=False)
    first = period.end.replace(day=1) if deadline.month == "last" else period.end + dt.timedelta(days=1)
    last = calendar.monthrange(first.year, first.month)[1]
    return Workday(first.replace(day=min(deadline.day or 1, last)), provisional=False)


def notice_days(scheme: Scheme, period: Period) -> NoticeDays | None:
    """The days of the public notice; None where the scheme has none of a fixed length.

    It lasts ``working_days`` working days from ``start`` (from the next working day where that is none); where no start
    is given it is the latest that ends before the deadline ``before``.
    """
    notice = scheme.notice
    if notice is None or notice.working_days is None:
        return None
    deadline = next((d for d in scheme.deadline if d.id == notice.before), None)
    by = None if deadline is None else due(deadline, period)
    if notice.start is not None:
        first = nth_workday(notice.start, 0)
        last = nth_workday(first.day, notice.working_days - 1) if notice.working_days > 1 else first
    elif by is not None:
        last = nth_workday(by.day, -1)
        first = nth_workday(last.day, 1 - notice.working_days) if notice.working_days > 1 else last
    else:
        first = nth_workday(period.end, 1)
        last = nth_workday(period.end, notice.working_days)
    provisional = first.provisional or last.provisional or (by is not None and by.provisional)
    return NoticeDays(first.day, last.day, provisional, late=by is not None and last.day >= by.day)


def award_day(scheme: Scheme, period: Period) -> Workday | None:
    """The day of the award: the scheme's ``probation.start``, else the last day of the public notice; None where the
    scheme has no probation or the day is not known.
    """
    if scheme.probation is None:
        return None
    if scheme.probation.start is not None:
        return Workday(scheme.probation.start, provisional=False)
    notice = notice_days(scheme, period)
    return None if notice is None else Workday(notice.last, notice.provisional)


def probation_end(scheme: Scheme, period: Period) -> Workday | None:
    """The last day of the probation; None where there is none or the day of the award is not known.

    Day one is the first working day after the award.
    """
    award = award_day(scheme, period)
    if scheme.probation is None or award is None:
        return None
    found = nth_workday(award.day, scheme.probation.working_days)
    return found._replace(provisional=found.provisional or award.provisional)
