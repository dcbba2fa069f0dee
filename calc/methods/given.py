"""Points that somebody gives: taken as they are, or as a share of the most that can be given."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from calc.methods.base import Amount, Frame, Indicator, Reads, show
from calc.number import Array, Number

__all__ = ["Given", "Share", "given_points", "share_of_maximum"]


def given_points(values: Array) -> Array:
    """Points as given, 0..base (the measure's range is checked when the data come in).

    Formula: ``x``. Shape (n,) to (n,), in points. NaN stays NaN; 0 is 0 points.
    Source: 第九条(一) 服务质量.
    """
    return values


def share_of_maximum(values: Array, maximum: Number, base: Number) -> Array:
    """Points in proportion to a fixed maximum: a mark on 100 counted as 70% of itself.

    Formula: ``x / maximum * base``. Shape (n,) to (n,); ``maximum`` > 0 in the unit of ``values``, ``base``
    in points. NaN stays NaN; 0 gives 0. Not clamped: the measure's range does that.
    Source: 第十条(一)1 服务质量 折算.
    """
    share: Array = values / maximum * base
    return share


class Given(Indicator):
    """``method = "given"``: the points stand in the column ``of``."""

    fast: ClassVar[bool] = True

    method: Literal["given"]
    of: str

    def reads(self) -> Reads:
        return Reads(columns=(self.of,))

    def reckon(self, frame: Frame) -> Array:
        return given_points(frame.column(self.of).values)

    def rule(self) -> str:
        return f"评定得分，满分{show(self.base)}" if self.base is not None else "直接取数"

    def arithmetic(self, frame: Frame, row: int) -> str:
        return show(frame.column(self.of).values[row])


class Share(Indicator):
    """``method = "share"``: a mark out of ``maximum``, brought to ``base`` points."""

    fast: ClassVar[bool] = True

    method: Literal["share"]
    of: str
    base: Amount = Field(gt=0)
    maximum: Amount = Field(gt=0)

    def reads(self) -> Reads:
        return Reads(columns=(self.of,))

    def reckon(self, frame: Frame) -> Array:
        return share_of_maximum(frame.column(self.of).values, frame.number(self.maximum), frame.number(self.base))

    def rule(self) -> str:
        return f"按满分{show(self.maximum)}折算为{show(self.base)}分"

    def arithmetic(self, frame: Frame, row: int) -> str:
        return f"{show(frame.column(self.of).values[row])} ÷ {show(self.maximum)} × {show(self.base)}"
