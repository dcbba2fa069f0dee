"""Points or columns from honours of earlier periods: how many, and their mean score."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from calc.methods.base import Frame, Held, Indicator, Reads, Strict, show
from calc.number import Array

__all__ = ["CountsHonours", "Honours"]


class CountsHonours(Strict):
    """The keys of an indicator or a requirement that rests on honours of earlier periods.

    Those withdrawn or cancelled do not count; one of a contest and period counts once.
    """

    contest: Annotated[tuple[str, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)] = Field(
        min_length=1, strict=False
    )
    """The ids of the contests, with or without their organisation."""
    within: Literal["period", "year", "last"]
    """``period``: periods that lie in this contest's; ``year``: of its calendar year, up to its end; ``last``: the last
    ``periods`` of their kind up to its end, without this contest's own.
    """
    periods: int | None = Field(default=None, ge=1, le=120)
    column: str | None = None
    """A measure with the number, which holds where no honours of these contests are given; where they are, they
    decide, and a number that disagrees is a warning.
    """

    @property
    def held(self) -> Held:
        """What is counted, as a key of the frame."""
        return Held(self.contest, self.within, self.periods, "count", self.column)


class Honours(CountsHonours, Indicator):
    """``method = "honours"``: the number of honours (``value = "count"``), the most in consecutive periods
    (``"run"``), or the mean of their scores (``"mean_score"``; undefined for who holds none).
    """

    method: Literal["honours"]
    value: Literal["count", "run", "mean_score"]

    @property
    def held(self) -> Held:
        what: Literal["count", "run", "mean"] = "mean" if self.value == "mean_score" else self.value
        return replace(super().held, what=what)

    def reads(self) -> Reads:
        return Reads(honours=(self.held,))

    def reckon(self, frame: Frame) -> Array:
        return frame.honours[self.held].values

    def rule(self) -> str:
        return {"count": "荣誉次数", "run": "最长连续获得荣誉的期数", "mean_score": "各次荣誉得分的平均"}[self.value]

    def arithmetic(self, frame: Frame, row: int) -> str:
        tally = frame.honours[self.held]
        text = tally.words[row]
        if self.value == "run":
            text += f"，最长连续 {show(tally.values[row])} 期"
        return text
