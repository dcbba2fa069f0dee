"""A unit put the row forward, in time."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from calc.methods.base import Frame, Identifier, Reads, Strict
from calc.period import Period
from calc.requirements.base import Label, Requirement, Verdict
from calc.workdays import nth_workday

__all__ = ["Nominated"]


class LastWorkdays(Strict):
    """The first of the period's last ``last_working_days`` working days."""

    last_working_days: int = Field(ge=1, le=60)

    def day(self, period: Period) -> dt.date:
        """The day in the calendar."""
        return nth_workday(period.end + dt.timedelta(days=1), -self.last_working_days).day


Day = LastWorkdays | int | dt.date | str
"""A day of the time for nominations."""


class Nominated(Requirement):
    """``kind = "nominated"``: a unit put the row forward, in time, and no more than it may.

    Nominated is who has a text in ``by``, the unit. A nomination outside ``opens`` to ``closes`` counts as waived, with
    a warning.
    """

    kind: Literal["nominated"]
    by: Identifier
    """The text measure with the unit; blank: nobody put the row forward."""
    most: int | None = Field(default=None, ge=1)
    """How many each unit may put forward."""
    over: Literal["problem", "void"] | None = None
    """What it is where a unit puts more forward: an error, or none of them counts."""
    on: Identifier | None = None
    """The date measure with the day; it must be there where a day is stated below."""
    opens: Day | None = None
    """The first day: a date, so many days after the period's last (``-6``), or ``{ last_working_days = 5 }``."""
    closes: Day | None = None
    """The last day, likewise: ``0`` is the period's last."""

    @model_validator(mode="after")
    def _stated(self) -> Self:
        if (self.most is None) != (self.over is None):
            raise ValueError("most 与 over 须同写")
        if self.on is None and (self.opens is not None or self.closes is not None):
            raise ValueError("写了 opens、closes 就须写 on（推荐日期的列）")
        for day in (self.opens, self.closes):
            if isinstance(day, str):
                try:
                    dt.date.fromisoformat(day)
                except ValueError as error:
                    raise ValueError(f"「{day}」不是日期，例 2026-09-24") from error
        return self

    def window(self, period: Period | None) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day; None where there is no such end, or no period to count from."""

        def day(stated: Day | None) -> dt.date | None:
            if isinstance(stated, str):
                return dt.date.fromisoformat(stated)
            if stated is None or isinstance(stated, dt.date) or period is None:
                return stated if isinstance(stated, dt.date) else None
            return stated.day(period) if isinstance(stated, LastWorkdays) else period.end + dt.timedelta(days=stated)

        return day(self.opens), day(self.closes)

    def reads(self) -> Reads:
        return Reads()

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        del period
        return Verdict(frame.nominated[self.id], np.zeros(frame.size, dtype=np.bool_))

    def rule(self, label: Label) -> str:
        most = "" if self.most is None else f"，每单位至多 {self.most} 人"
        has_window = self.opens is not None or self.closes is not None
        window = f"，{label(self.on)}须在期限之内" if self.on is not None and has_window else ""
        return f"由{label(self.by)}所填的单位推荐{most}{window}"

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        opens, closes = self.window(period)
        days = f"，期限 {opens or ''} 至 {closes or ''}" if opens or closes else ""
        most = "" if self.most is None else f"，每单位至多 {self.most} 人"
        on = "" if self.on is None else f"，推荐日期 {frame.dates[self.on][row]}"
        return f"推荐{on}{days}{most}".replace("NaT", "无")
