"""Piecewise linear interpolation (内插法) between stated points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from calc.methods.base import OPEN, Amount, Frame, Indicator, Reads, must_choose, show
from calc.number import Array, Number

__all__ = ["Interpolate", "Outside", "interpolated"]

Outside = Literal["clamp", "extend", "undefined"]
_OUTSIDE = {"clamp": "两端之外按端点计", "extend": "两端之外按直线延长", "undefined": "两端之外没有得分"}


def interpolated(values: Array, knots: Sequence[tuple[Number, Number]], outside: Outside) -> Array:
    """The height of the broken line through ``knots`` (x, y), x rising, at each value.

    Formula: ``y_k + (x - x_k) / (x_k+1 - x_k) * (y_k+1 - y_k)`` between neighbours. Before the first and beyond the
    last: that knot's y (``clamp``), the first or last line drawn on (``extend``), or NaN (``undefined``). Shape (n,) to
    (n,). NaN stays NaN; 0 is a value like any other.
    """
    (first, low), (last, high) = knots[0], knots[-1]
    points = values
    for (left, bottom), (right, top) in pairwise(knots):
        line = bottom + (values - left) / (right - left) * (top - bottom)
        points = line if left == first else np.where(values >= left, line, points)
    if outside == "extend":
        return points
    below, above = (low, high) if outside == "clamp" else (np.nan, np.nan)
    return np.where(values < first, below, np.where(values > last, above, points))


class Interpolate(Indicator):
    """``method = "interpolate"``: points by straight lines between ``points`` [[x, y], …], x being ``of``."""

    can_be_undefined: ClassVar[bool] = True

    method: Literal["interpolate"]
    of: str
    points: tuple[Annotated[tuple[Amount, Amount], Field(strict=False)], ...] = Field(min_length=2, strict=False)
    outside: Annotated[Outside, must_choose(_OUTSIDE)] = OPEN

    def reads(self) -> Reads:
        return Reads(columns=(self.of,))

    def misfits(self) -> Iterator[tuple[str, str]]:
        for n, ((left, _), (right, _)) in enumerate(pairwise(self.points)):
            if left >= right:
                yield f"points[{n + 1}]", f"横坐标须由小到大：{show(left)} 之后是 {show(right)}"

    def _knots(self, frame: Frame) -> list[tuple[Number, Number]]:
        return [(frame.number(x), frame.number(y)) for x, y in self.points]

    def reckon(self, frame: Frame) -> Array:
        return interpolated(frame.column(self.of).values, self._knots(frame), self.outside)

    def rule(self) -> str:
        knots = "、".join(f"{show(x)}得{show(y)}分" for x, y in self.points)
        return f"{knots}，其间按直线内插，{_OUTSIDE[self.outside]}"

    def arithmetic(self, frame: Frame, row: int) -> str:
        own, knots = frame.column(self.of).values[row], self._knots(frame)
        for x, y in (knots[0], knots[-1]):
            if self.outside == "clamp" and (own <= x if x == knots[0][0] else own >= x):
                return f"{show(own)} 按端点 {show(x)} 计，得 {show(y)}"
        here = max((n for n, (x, _) in enumerate(knots[:-1]) if own >= x), default=0)
        (left, bottom), (right, top) = knots[here], knots[here + 1]
        return (
            f"{show(own)} 按 {show(left)} 得 {show(bottom)}、{show(right)} 得 {show(top)} 内插："
            f"{show(bottom)} ＋ （{show(own)} － {show(left)}） ÷ （{show(right)} － {show(left)}）"
            f" × （{show(top)} － {show(bottom)}）"
        )
