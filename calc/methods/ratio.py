"""Points in proportion to the best (第一名得满分，其后按比例得分), the highest or the lowest being best."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from calc import groups
from calc.groups import Groups
from calc.methods.base import Amount, Frame, Indicator, Reads, Within, choices, show, whom
from calc.number import Array, Mask, Number, clamp, missing, settled

__all__ = ["Ratio", "ZeroRule", "ratio_to_highest", "ratio_to_lowest"]

ZeroRule = Literal["inverse", "excess", "linear", "complement"]
ZERO_RULES = {
    "inverse": "最低÷本人；最低为零时按（最高－本人）÷最高",
    "excess": "1－（本人－最低）÷最高",
    "linear": "（最高－本人）÷（最高－最低）",
    "complement": "（100－本人）÷（100－最低）",
}


def ratio_to_highest(values: Array, base: Number, of: Groups, sets_best: Mask | None = None) -> Array:
    """The group's highest gets ``base``, the others in proportion.

    Formula: ``clamp(x / max * base, 0, base)``, where max is the highest present value of the row's group
    among ``sets_best`` (None: all rows). Where max <= 0 there is no merit to share: 0 for all.
    Shapes: values (n,) in any unit, of (n,) group codes, sets_best (n,) bool; result (n,) in points.
    NaN stays NaN and sets no best; a group without a best gives NaN. Negative values give 0. A best that is a
    float too near to zero to be told from it gives NaN: in doubt, to be reckoned in fractions.
    Source: 第九条(三)(四), 第十条(一)2, 第十一条(二)(四).
    """
    best = settled(groups.highest(values, of, sets_best))
    points = clamp(values / np.where(best > 0, best, 1) * base, base * 0, base)
    return np.where(missing(values) | missing(best), np.nan, np.where(best > 0, points, base * 0))


def ratio_to_lowest(
    values: Array, base: Number, of: Groups, sets_best: Mask | None = None, zero_rule: ZeroRule = "inverse"
) -> Array:
    """The group's lowest gets ``base``, the others in proportion, by one of four readings of 按比例.

    With min and max the lowest and highest present values of the row's group among ``sets_best``:

    - ``inverse``: ``min / x * base``; where min is 0 that ratio says nothing, so ``(max - x) / max * base``,
      and ``base`` for all where max is 0 too;
    - ``excess``: ``(1 - (x - min) / max) * base``; ``base`` for all where max is 0 (no jump at min = 0);
    - ``linear``: ``(max - x) / (max - min) * base``; ``base`` for all where max = min;
    - ``complement``: ``(100 - x) / (100 - min) * base``, values in percent points; ``base`` where min is 100.

    Shapes and doubt as :func:`ratio_to_highest`; values >= 0. Clamped to 0..base. NaN stays NaN and sets no best.
    Source: 第九条(三) 差错率最低的柜员得10分，其后按比例得分; the choice is setting ``zero_rule``.
    """
    low = settled(groups.lowest(values, of, sets_best))
    high = settled(groups.highest(values, of, sets_best))
    values = settled(values)
    absent = missing(values) | missing(low)
    if zero_rule == "inverse":
        by_ratio = (low > 0) & (values > 0)
        fraction = np.where(
            by_ratio,
            np.where(by_ratio, low, 0) / np.where(by_ratio, values, 1),
            (high - values) / np.where(high > 0, high, 1),
        )
        level = high == 0
        # A value of 0 beside a best above 0 (it set no best) is at least as good as the best.
        level = level | ((low > 0) & (values == 0))
    elif zero_rule == "excess":
        level = high == 0
        fraction = 1 - (values - low) / np.where(level, 1, high)
    elif zero_rule == "linear":
        span = settled(high - low)
        absent = absent | missing(span)
        level = span == 0
        fraction = (high - values) / np.where(level, 1, span)
    else:
        span = settled(100 - low)
        absent = absent | missing(span)
        level = span == 0
        fraction = (100 - values) / np.where(level, 1, span)
    points = clamp(np.where(level, 1, fraction) * base, base * 0, base)
    return np.where(absent, np.nan, points)


class Ratio(Indicator):
    """``method = "ratio"``: proportion to the best of the pool or of everybody; only the rated set a best."""

    fast: ClassVar[bool] = True

    method: Literal["ratio"]
    of: str
    base: Amount = Field(gt=0)
    best: Literal["highest", "lowest"]
    within: Within = "pool"
    zero_rule: ZeroRule | None = None
    """Needed where the lowest is best."""

    def reads(self) -> Reads:
        return Reads(columns=(self.of,))

    def misfits(self) -> Iterator[tuple[str, str]]:
        if self.best == "lowest" and self.zero_rule is None:
            yield "zero_rule", f"以最低为最好时，须选定 zero_rule：{choices(ZERO_RULES)}"

    @property
    def scopes(self) -> tuple[Within, ...]:
        return (self.within,)

    def reckon(self, frame: Frame) -> Array:
        values, of = frame.column(self.of).values, frame.groups(self.within)
        if self.best == "highest":
            return ratio_to_highest(values, frame.number(self.base), of, frame.rated)
        return ratio_to_lowest(values, frame.number(self.base), of, frame.rated, self.zero_rule or "inverse")

    def rule(self) -> str:
        group = whom(self.within)
        if self.best == "highest":
            return f"{group}最高者得{show(self.base)}分，其余按比例（本人÷最高×{show(self.base)}）"
        how = ZERO_RULES[self.zero_rule or "inverse"]
        return f"{group}最低者得{show(self.base)}分，其余按比例（{how}，×{show(self.base)}）"

    def arithmetic(self, frame: Frame, row: int) -> str:
        values = frame.column(self.of).values
        own = show(values[row])
        base = show(self.base)
        top = frame.aggregate(groups.highest, self.of, self.within, frame.rated)[row]
        if self.best == "highest":
            if top <= 0:
                return f"最高为 {show(top)}，无从按比例，均得 0"
            return f"{own} ÷ 最高 {show(top)} × {base}" + (f"，限于 0 至 {base}" if not 0 <= values[row] <= top else "")
        low = frame.aggregate(groups.lowest, self.of, self.within, frame.rated)[row]
        high = show(top)
        match self.zero_rule:
            case "excess":
                text = f"（1 － （{own} － 最低 {show(low)}） ÷ 最高 {high}） × {base}"
                level = top == 0
            case "linear":
                text = f"（最高 {high} － {own}） ÷ （最高 {high} － 最低 {show(low)}） × {base}"
                level = top == low
            case "complement":
                text = f"（100 － {own}） ÷ （100 － 最低 {show(low)}） × {base}"
                level = low == 100
            case _ if low > 0:
                text = f"最低 {show(low)} ÷ {own} × {base}"
                level = values[row] == 0
            case _:
                text = f"最低为零，改按（最高 {high} － {own}） ÷ 最高 {high} × {base}"
                level = top == 0
        return f"最低 {show(low)}，最高 {high}，均得满分 {base}" if level else text
