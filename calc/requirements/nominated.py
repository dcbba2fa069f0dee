"""A unit put the row forward, in time."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from calc.methods.base import Frame, Identifier, Reads
from calc.period import Period
from calc.requirements.base import Label, Requirement, Verdict

__all__ = ["Nominated"]


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
    """The date measure with the day."""
    opens: int | str | None = None
    """The first day: a date (``"2026-09-24"``), or so many days after the period's last (``-6``)."""
    closes: int | str | None = None
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

        def day(stated: int | str | None) -> dt.date | None:
            if isinstance(stated, int):
                return None if period is None else period.end + dt.timedelta(days=stated)
            return None if stated is None else dt.date.fromisoformat(stated)

        return day(self.opens), day(self.closes)

    def reads(self) -> Reads:
        return Reads()

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        del period
        return Verdict(frame.nominated[self.id], np.zeros(frame.size, dtype=np.bool_))

    def rule(self, label: Label) -> str:
        most = "" if self.most is None else f"，每单位至多 {self.most} 人"
        window = "" if self.on is None else f"，{label(self.on)}须在期限之内"
        return f"由{label(self.by)}所填的单位推荐{most}{window}"

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        opens, closes = self.window(period)
        days = f"，期限 {opens or ''} 至 {closes or ''}" if opens or closes else ""
        most = "" if self.most is None else f"，每单位至多 {self.most} 人"
        on = "" if self.on is None else f"，推荐日期 {frame.dates[self.on][row]}"
        return f"推荐{on}{days}{most}".replace("NaT", "无")
