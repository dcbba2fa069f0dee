"""So many months since a date, and a date within the period."""

from __future__ import annotations

from typing import Literal

import numpy as np
from pydantic import Field

from calc.methods.base import Frame, Reads, State
from calc.period import Period, add_months
from calc.requirements.base import Label, Requirement, Verdict, verdict

__all__ = ["InPeriod", "Tenure"]


class Tenure(Requirement):
    """``kind = "tenure"``: at least ``months`` full months since the date ``of`` at the period's end.

    Full when the date plus the months is not after the day after the period's last day (``end =
    "inclusive"``: the last day counts) or not after the last day (``"exclusive"``).
    """

    kind: Literal["tenure"]
    of: str
    months: int = Field(ge=1, le=600)
    end: Literal["inclusive", "exclusive"]

    def reads(self) -> Reads:
        return Reads(columns=(self.of,))

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        state = frame.measures[self.of].state
        if period is None:
            return verdict(np.zeros(frame.size, dtype=np.bool_), np.full(frame.size, State.BAD, dtype=np.int8))
        limit = np.datetime64(period.end, "D") + (1 if self.end == "inclusive" else 0)
        return verdict(add_months(frame.dates[self.of], self.months) <= limit, state)

    def rule(self, label: Label) -> str:
        end = "算" if self.end == "inclusive" else "不算"
        return f"自{label(self.of)}起满 {self.months} 个月，期末当天{end}在内"

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        start = frame.dates[self.of][row : row + 1]
        full = add_months(start, self.months)[0]
        end = "" if period is None else f"，考核期末 {period.end}"
        return f"起 {start[0]}，满 {self.months} 个月为 {full}{end}"


class InPeriod(Requirement):
    """``kind = "in_period"``: the date ``of`` lies in this contest's period (本年度入职)."""

    kind: Literal["in_period"]
    of: str

    def reads(self) -> Reads:
        return Reads(columns=(self.of,))

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        state, dates = frame.measures[self.of].state, frame.dates[self.of]
        if period is None:
            return verdict(np.zeros(frame.size, dtype=np.bool_), np.full(frame.size, State.BAD, dtype=np.int8))
        first, last = (np.datetime64(day, "D") for day in (period.start, period.end))
        return verdict((first <= dates) & (dates <= last), state)

    def rule(self, label: Label) -> str:
        return f"{label(self.of)}在考核期间之内"

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        span = "" if period is None else f"，考核期间 {period.start} 至 {period.end}"
        return f"{frame.dates[self.of][row]}{span}"
