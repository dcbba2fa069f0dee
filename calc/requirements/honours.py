"""Honours of earlier periods: at least so many, at most so many."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from calc.methods.base import Frame, Held, Reads, show
from calc.methods.honours import CountsHonours
from calc.period import Period
from calc.requirements.base import Label, Requirement, Verdict, verdict

__all__ = ["HonoursHeld"]


class HonoursHeld(CountsHonours, Requirement):
    """``kind = "honours"``: at least, or at most, so many honours of earlier periods; with ``consecutive`` in
    consecutive periods. ``at_most = 0`` keeps the holder of one title from another.
    """

    kind: Literal["honours"]
    at_least: int | None = Field(default=None, ge=1)
    at_most: int | None = Field(default=None, ge=0)
    consecutive: bool = False

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError("须写 at_least 或 at_most")
        return self

    @property
    def held(self) -> Held:
        return replace(super().held, what="run" if self.consecutive else "count")

    def reads(self) -> Reads:
        return Reads(honours=(self.held,))

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        del period
        tally = frame.honours[self.held]
        met = np.ones(frame.size, dtype=np.bool_)
        if self.at_least is not None:
            met &= np.asarray(tally.values >= self.at_least, dtype=np.bool_)
        if self.at_most is not None:
            met &= np.asarray(tally.values <= self.at_most, dtype=np.bool_)
        return verdict(met, tally.state)

    def rule(self, label: Label) -> str:
        times = {"period": "本期之内", "year": "本年度", "last": f"最近 {self.periods} 期"}[self.within]
        of = "、".join(label(f"contest:{contest}") for contest in self.contest)
        kind, unit = ("连续", "期") if self.consecutive else ("", "次")
        return f"{times}{kind}获得{of}{self._wanted()} {unit}"

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        del period
        tally = frame.honours[self.held]
        if self.consecutive:
            return f"{tally.words[row]}，最长连续 {show(tally.values[row])} 期，须{self._wanted()} 期"
        return f"{tally.words[row]}，须{self._wanted()} 次"

    def _wanted(self) -> str:
        """How many are asked for: 至少 2、至多 4."""
        ends = (("至少", self.at_least), ("至多", self.at_most))
        return "、".join(f"{word} {n}" for word, n in ends if n is not None)
