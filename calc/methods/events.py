"""Points from counted events: deductions down to a floor, and bonuses with or without a cap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from calc.methods.base import Amount, Frame, Indicator, Reads, show
from calc.number import Array, Number, added, clamp

__all__ = ["Bonus", "BusiestMonth", "Deduction", "Each", "bonus", "busiest", "deduct"]

Each = Mapping[str, Annotated[Amount, Field(gt=0)] | Literal["points"]]
"""Points per time of each kind of event; ``"points"`` where every line of the register carries its own."""


def deduct(base: Number, amounts: Sequence[Array], floor: Number | None) -> Array:
    """Deduct until nothing is left (扣完为止).

    Formula: ``max(base - sum of amounts, floor)``; floor None: no end. Each of ``amounts`` has shape (n,),
    in points, >= 0; the result has shape (n,). No event: ``base``. NaN in any amount gives NaN.
    Source: 第九条(二)1 客户评价, 第十一条(三).
    """
    return clamp(base - added(amounts), floor, None)


def bonus(amounts: Sequence[Array], cap: Number | None = None) -> Array:
    """Add up bonus points, without a cap (不设最高分值) unless one is given.

    Formula: ``min(sum of amounts, cap)``. Shapes and missing values as :func:`deduct`. No event: 0.
    Source: 第十条(三) 加分项.
    """
    return clamp(added(amounts), None, cap)


def _amounts(each: Each, frame: Frame) -> list[Array]:
    """Per kind of event: times x points per time, or the points that the lines carry."""
    return [
        frame.events[event].points if value == "points" else frame.events[event].count * frame.number(value)
        for event, value in each.items()
    ]


def _terms(each: Each, frame: Frame, row: int) -> list[str]:
    """The events of one row that happened, as terms of a sum."""
    terms = []
    for event, value in each.items():
        tally = frame.events[event]
        if value == "points":
            if tally.points[row]:
                terms.append(show(tally.points[row]))
        elif tally.count[row]:
            terms.append(f"{show(tally.count[row])} 次 × {show(value)}")
    return terms


def _sum(each: Each, frame: Frame, row: int) -> Number:
    """What the events of one row come to."""
    tallies = ((frame.events[event], value) for event, value in each.items())
    return sum(t.points[row] if value == "points" else t.count[row] * frame.number(value) for t, value in tallies)


def busiest(months: Sequence[Array]) -> Array:
    """The most that came together in one month.

    Formula: ``max over months of x``. Each of ``months`` has shape (n,), in points; at least one; the result has shape
    (n,). NaN in any month gives NaN.
    Source: B3 一个月得到三张愤怒卡.
    """
    most = months[0]
    for month in months[1:]:
        most = np.where(month > most, month, most)
    return most


class Deduction(Indicator):
    """``method = "deduction"``: ``base`` less so many points for each counted event."""

    fast: ClassVar[bool] = True
    says_limits: ClassVar[bool] = True

    method: Literal["deduction"]
    base: Amount = Field(gt=0)
    each: Each = Field(min_length=1)
    floor: Amount | None = Decimal(0)

    def reads(self) -> Reads:
        return Reads(events=tuple(self.each))

    def reckon(self, frame: Frame) -> Array:
        floor = None if self.floor is None else frame.number(self.floor)
        return deduct(frame.number(self.base), _amounts(self.each, frame), floor)

    def rule(self) -> str:
        end = "" if self.floor is None else f"，扣至{show(self.floor)}分为止"
        return f"基准分{show(self.base)}，逐次扣分{end}"

    def arithmetic(self, frame: Frame, row: int) -> str:
        terms = _terms(self.each, frame, row)
        if not terms:
            return f"无扣分，得 {show(self.base)}"
        text = " － ".join([show(self.base), *terms])
        left = frame.number(self.marks) - _sum(self.each, frame, row)
        if self.floor is not None and left < self.floor:
            text += f" ＝ {show(left)}，扣完为止"
        return text


class Bonus(Indicator):
    """``method = "bonus"``: so many points for each counted event, up to ``cap`` if there is one."""

    fast: ClassVar[bool] = True
    says_limits: ClassVar[bool] = True

    method: Literal["bonus"]
    each: Each = Field(min_length=1)
    cap: Amount | None = Field(default=None, gt=0)

    def reads(self) -> Reads:
        return Reads(events=tuple(self.each))

    def reckon(self, frame: Frame) -> Array:
        return bonus(_amounts(self.each, frame), None if self.cap is None else frame.number(self.cap))

    def rule(self) -> str:
        return "逐次加分，" + ("不设最高分值" if self.cap is None else f"最高{show(self.cap)}分")

    def arithmetic(self, frame: Frame, row: int) -> str:
        terms = _terms(self.each, frame, row)
        if not terms:
            return "无加分，得 0"
        text = " ＋ ".join(terms)
        if (
            self.cap is not None
            and bonus([amount[row : row + 1] for amount in _amounts(self.each, frame)])[0] > self.cap
        ):
            text += f"，最高 {show(self.cap)}"
        return text


class BusiestMonth(Indicator):
    """``method = "busiest_month"``: what the events of the month with most of them come to.

    Their kinds should be ``dated``: a line without a date belongs to no month.
    """

    fast: ClassVar[bool] = True

    method: Literal["busiest_month"]
    each: Mapping[str, Annotated[Amount, Field(gt=0)]] = Field(min_length=1)
    """Points per time of each kind of event."""

    def reads(self) -> Reads:
        return Reads(events=tuple(self.each))

    def _months(self, frame: Frame) -> list[Array]:
        """What the events of each month come to."""
        tallies = [(frame.events[event].monthly, frame.number(worth)) for event, worth in self.each.items()]
        return [added([count * worth for count, worth in month]) for month in
                ([(monthly[n], worth) for monthly, worth in tallies] for n in range(len(tallies[0][0])))]  # fmt: skip

    def reckon(self, frame: Frame) -> Array:
        months = self._months(frame)
        return busiest(months) if months else np.full(frame.size, np.nan)

    def rule(self) -> str:
        return "各月的合计，取最多的一个月"

    def arithmetic(self, frame: Frame, row: int) -> str:
        return f"各月 {'、'.join(show(month[row]) for month in self._months(frame))}，取最多的"
