"""The time that a contest is about (a month, a quarter, a year), and full months of service."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from calc.workdays import FIRST_YEAR, LAST_YEAR

__all__ = ["MONTHS", "Kind", "Period", "add_months"]

Kind = Literal["month", "quarter", "year"]
Dates = npt.NDArray[np.datetime64]

_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("month", re.compile(r"(?P<year>\d{4})\s*[-./年]\s*(?P<part>\d{1,2})\s*月?")),
    ("quarter", re.compile(r"(?P<year>\d{4})\s*[-./年]?\s*(?:Q(?P<part>[1-4])|第?(?P<word>[一二三四1-4])季度?)", re.I)),
    ("year", re.compile(r"(?P<year>\d{4})\s*年?度?")),
)
MONTHS: Mapping[Kind, int] = {"month": 1, "quarter": 3, "year": 12}
"""How many each kind of period has."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """``part`` is the month 1..12, the quarter 1..4, or 1 for a year."""

    year: int
    kind: Kind
    part: int

    @classmethod
    def parse(cls, text: str) -> Period | None:
        """``2026-09`` or 2026年9月, ``2026Q3`` or 2026年第三季度, ``2026`` or 2026年; None for anything else, and for
        years whose working days are not known.
        """
        text = text.strip()
        for kind, form in _FORMS:
            if found := form.fullmatch(text):
                named = found.groupdict()
                word = named.get("word")
                part = "一二三四".find(word) + 1 if word in tuple("一二三四") else int(word or named.get("part") or 1)
                if FIRST_YEAR <= int(named["year"]) <= LAST_YEAR and 1 <= part <= 12 // MONTHS[kind]:
                    return cls(int(named["year"]), kind, part)
        return None

    @property
    def start(self) -> dt.date:
        """The first day."""
        return dt.date(self.year, (self.part - 1) * MONTHS[self.kind] + 1, 1)

    @property
    def end(self) -> dt.date:
        """The last day."""
        month = self.part * MONTHS[self.kind]
        return dt.date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def months(self) -> tuple[tuple[int, int], ...]:
        """The year and month of each of its months."""
        first = self.start.month
        return tuple((self.year, month) for month in range(first, first + MONTHS[self.kind]))

    @property
    def previous(self) -> Period:
        """The period of the same kind before this one."""
        if self.part > 1:
            return Period(self.year, self.kind, self.part - 1)
        return Period(self.year - 1, self.kind, 12 // MONTHS[self.kind])

    @property
    def next(self) -> Period:
        """The period of the same kind after this one."""
        if self.part < 12 // MONTHS[self.kind]:
            return Period(self.year, self.kind, self.part + 1)
        return Period(self.year + 1, self.kind, 1)

    def __str__(self) -> str:
        """The id form: 2026-09, 2026Q3, 2026."""
        return {"month": f"{self.year}-{self.part:02}", "quarter": f"{self.year}Q{self.part}"}.get(
            self.kind, str(self.year)
        )

    @property
    def label(self) -> str:
        """The form for people: 2026年9月, 2026年第三季度, 2026年度."""
        return {
            "month": f"{self.year}年{self.part}月",
            "quarter": f"{self.year}年第{'一二三四'[(self.part - 1) % 4]}季度",
        }.get(self.kind, f"{self.year}年度")


def period_label(text: str) -> str:
    """The form for people of a period's id; any other text as it is."""
    period = Period.parse(text)
    return text if period is None else period.label


def add_months(dates: Dates, months: int) -> Dates:
    """Each day ``months`` calendar months later, held to that month's last day; NaT stays NaT.

    30 November + 3 months is 28 February, or the 29th in a leap year.
    """
    month = dates.astype("datetime64[M]")
    day = dates - month.astype("datetime64[D]")
    target = month + np.timedelta64(months, "M")
    last = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    later: Dates = np.minimum(target.astype("datetime64[D]") + day, last)
    return later
