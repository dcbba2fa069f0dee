"""Chinese working days: weekends and public holidays off, make-up days on."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

import holidays
from holidays.countries.china import ChinaStaticHolidays

__all__ = ["FIRST_YEAR", "LAST_YEAR", "MOST_DAYS", "Workday", "nth_workday"]

FIRST_YEAR, LAST_YEAR = 2001, 2098
ANNOUNCED = frozenset(ChinaStaticHolidays.special_public_holidays)
"""The years whose holidays and make-up days the State Council has announced, as far as the library knows."""
MOST_DAYS = 400


class Workday(NamedTuple):
    """A day, and whether it rests on a year whose make-up days are not announced yet."""

    day: dt.date
    provisional: bool


@lru_cache(maxsize=1000)
def nth_workday(start: dt.date, n: int) -> Workday:
    """The ``n``-th working day after ``start`` (before it where ``n`` is negative); ``start`` itself does not count.

    ``n`` = 0: ``start`` if it is a working day, else the next one. Beyond the years whose holidays are known at all it
    counts Monday to Friday. Raises ValueError for more days than this serves.
    """
    if abs(n) > MOST_DAYS:
        raise ValueError(n)
    calendar = holidays.country_holidays("CN")

    def is_working(day: dt.date) -> bool:
        return calendar.is_working_day(day) if FIRST_YEAR <= day.year <= LAST_YEAR else day.weekday() < 5

    step = dt.timedelta(days=-1 if n < 0 else 1)
    day, left, years = start, abs(n), {start.year}
    while left or (n == 0 and not is_working(day)):
        day += step
        years.add(day.year)
        if left and is_working(day):
            left -= 1
    return Workday(day, not years <= ANNOUNCED)
