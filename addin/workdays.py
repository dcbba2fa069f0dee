"""Chinese working days: weekends and public holidays off, make-up days on."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import holidays
from holidays.countries.china import ChinaStaticHolidays

__all__ = ["FIRST_YEAR", "LAST_YEAR", "Workday", "nth_workday"]

FIRST_YEAR, LAST_YEAR = 2001, 2098
ANNOUNCED = frozenset(ChinaStaticHolidays.special_public_holidays)
"""The years whose holidays and make-up days the State Council has announced, as far as the library knows."""
MOST_DAYS = 400


class Workday(NamedTuple):
    """A day, and whether it rests on a year whose make-up days are not announced yet."""

    day: dt.date
    provisional: bool


def nth_workday(start: dt.date, n: int) -> Workday:
    """The ``n``-th working day after ``start`` (before it where ``n`` is negative); ``start`` itself does not count.

    ``n`` = 0: ``start`` if it is a working day, else the next one. Raises ValueError beyond the years or days that
    this serves.
    """
    if not (FIRST_YEAR <= start.year <= LAST_YEAR and abs(n) <= MOST_DAYS):
        raise ValueError((start, n))
    calendar = holidays.country_holidays("CN")
    step = dt.timedelta(days=-1 if n < 0 else 1)
    day, left, years = start, abs(n), {start.year}
    while left or (n == 0 and not calendar.is_working_day(day)):
        day += step
        years.add(day.year)
        if left and calendar.is_working_day(day):
            left -= 1
    return Workday(day, not years <= ANNOUNCED)
