"""The dates of a contest's process: when results are due, the public notice, the end of the probation."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from calc.period import Period
from calc.scheme.model import Deadline, Scheme
from calc.workdays import Workday, nth_workday

__all__ = ["NoticeDays", "due", "notice_days", "probation_end"]


@dataclass(frozen=True, slots=True)
class NoticeDays:
    """The first and the last day of a public notice; ``late``: it ends too late for the deadline that it precedes."""

    first: dt.date
    last: dt.date
    provisional: bool
    late: bool


def due(deadline: Deadline, period: Period) -> Workday:
    """The day of a deadline: the n-th working day after the period's end (day one is the first working day after it),
    or a day of the month after it, or of its last month (the month's last day where it is shorter).
    """
    if deadline.working_day is not None:
        return nth_workday(period.end, deadline.working_day)
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


def probation_end(scheme: Scheme, period: Period) -> Workday | None:
    """The last day of the probation after the award; None where there is none or the day of the award is not known.

    The award is on the scheme's ``probation.start``, else on the last day of the public notice. Day one is the first
    working day after it.
    """
    if scheme.probation is None:
        return None
    notice = notice_days(scheme, period)
    start = scheme.probation.start or (None if notice is None else notice.last)
    if start is None:
        return None
    found = nth_workday(start, scheme.probation.working_days)
    return found._replace(provisional=found.provisional or (notice is not None and notice.provisional))
