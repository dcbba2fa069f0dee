"""Growth over an earlier period, as a difference or a rate, set against an outside index."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

import numpy as np

from calc.methods.base import OPEN, Amount, Frame, Indicator, Reads, Source, choices, columns_of, must_choose, show
from calc.number import Array, Number, missing

__all__ = ["Correction", "Growth", "grown"]

Result = Literal["difference", "fraction", "percent"]
Correction = Literal["multiply", "subtract"]
_RESULTS = {"difference": "本期－上期", "fraction": "（本期－上期）÷上期", "percent": "（本期－上期）÷上期，以百分数计"}
_CORRECTIONS = {"multiply": "上期先乘以指数", "subtract": "增长减去指数"}
_ZERO = {"undefined": "没有数值"}
_ZERO_NUMBER = "一个数（按此增长计）"


def grown(
    values: Array,
    previous: Array,
    result: Result,
    index: Array | Number | None = None,
    correction: Correction = "multiply",
    zero: Number | None = None,
) -> Array:
    """What a value has grown by since an earlier period.

    Formula: ``x - p`` (``difference``), ``(x - p) / p`` (``fraction``), or 100 times that (``percent``). With an
    ``index`` of the world outside: p is multiplied by it first (1.05: all grew by a twentieth), or it is subtracted
    from the growth, in the growth's unit. A rate of p <= 0 says nothing: ``zero``, NaN for None; nothing is subtracted
    from that. Shapes: (n,) each, index one number or (n,). NaN in any of them gives NaN.
    """
    if index is not None and correction == "multiply":
        previous = previous * index
    growth = values - previous
    if result != "difference":
        growth = growth / np.where(previous > 0, previous, 1) * (100 if result == "percent" else 1)
    absent = missing(growth)
    if index is not None and correction == "subtract":
        growth = growth - index
        absent = absent | missing(growth)
    if result != "difference":
        growth = np.where(previous > 0, growth, np.nan if zero is None else zero)
    return np.where(absent, np.nan, growth)


class Growth(Indicator):
    """``method = "growth"``: what the column ``of`` has grown by over the column ``previous``."""

    can_be_undefined: ClassVar[bool] = True

    method: Literal["growth"]
    of: str
    previous: str
    result: Annotated[Result, must_choose(_RESULTS)] = OPEN
    index: Source | None = None
    """An outside index to correct by: a number or a column."""
    correction: Correction | None = None
    """How; needed with an index."""
    zero_previous: Annotated[Amount | Literal["undefined"], must_choose(_ZERO, _ZERO_NUMBER)] | None = None
    """What the growth is where the earlier value is 0 or negative; needed for a rate."""

    def reads(self) -> Reads:
        return Reads(columns=(self.of, self.previous, *columns_of(self.index)))

    def misfits(self) -> Iterator[tuple[str, str]]:
        if (self.index is None) != (self.correction is None):
            yield "correction", f"index 与 correction 须同时写；correction 须选定：{choices(_CORRECTIONS)}"
        if self.result != "difference" and self.zero_previous is None:
            yield "zero_previous", f"须选定上期为零或负时的增长：{choices(_ZERO, _ZERO_NUMBER)}"
        if self.result == "difference" and self.zero_previous is not None:
            yield "zero_previous", 'result = "difference" 不除以上期，不写 zero_previous'

    def reckon(self, frame: Frame) -> Array:
        return grown(
            frame.column(self.of).values,
            frame.column(self.previous).values,
            self.result,
            None if self.index is None else frame.figure(self.index),
            self.correction or "multiply",
            frame.number(self.zero_previous) if isinstance(self.zero_previous, Decimal) else None,
        )

    def rule(self) -> str:
        text = _RESULTS[self.result]
        if self.correction is not None:
            text += f"，{_CORRECTIONS[self.correction]}" + ("" if isinstance(self.index, str) else show(self.index))
        if isinstance(self.zero_previous, Decimal):
            text += f"；上期为零或负的按{show(self.zero_previous)}计"
        return text + ("；上期为零或负的没有数值" if self.zero_previous == "undefined" else "")

    def arithmetic(self, frame: Frame, row: int) -> str:
        own, before = (frame.column(name).values[row] for name in (self.of, self.previous))
        index = None if self.index is None else frame.figure_of(self.index, row)
        earlier, subtracted = show(before), ""
        if index is not None and self.correction == "multiply":
            before, earlier = before * index, f"{show(before)} × {show(index)}"
        elif index is not None:
            subtracted = f" － {show(index)}"
        if self.result == "difference":
            return f"{show(own)} － {earlier}{subtracted}"
        if before <= 0:
            return f"上期 {earlier}，不能作除数"
        divisor = f"（{earlier}）" if " " in earlier else earlier
        times = " × 100" if self.result == "percent" else ""
        return f"（{show(own)} － {earlier}） ÷ {divisor}{times}{subtracted}"
