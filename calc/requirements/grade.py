"""A grade at least."""

from __future__ import annotations

from typing import Literal

import numpy as np

from calc.methods.base import Frame, Identifier, Reads
from calc.period import Period
from calc.requirements.base import Label, Requirement, Verdict, verdict

__all__ = ["HasGrade"]


class HasGrade(Requirement):
    """``kind = "grade"``: the grade ``at_least`` or a better one."""

    kind: Literal["grade"]
    at_least: Identifier

    def reads(self) -> Reads:
        return Reads()

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        del period
        reached = frame.grades[self.at_least]
        return verdict(np.asarray(reached.values == 1, dtype=np.bool_), reached.state)

    def rule(self, label: Label) -> str:
        return f"等级不低于{label(f'grade:{self.at_least}')}"

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        del frame, period, row
        return "按评定的等级"
