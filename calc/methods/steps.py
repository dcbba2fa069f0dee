"""Points in steps around a target: so much more for each step above it, so much less for each below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from calc.methods.base import OPEN, Amount, Frame, Indicator, Reads, Source, Strict, columns_of, must_choose, show
from calc.number import Array, Number, clamp, missing

__all__ = ["Counting", "Step", "Steps", "stepped"]

Counting = Literal["whole", "started", "linear"]
_COUNTING = {"whole": "不足一步不计", "started": "不足一步按一步计", "linear": "不足一步按比例计"}


@dataclass(frozen=True, slots=True)
class Step:
    """One direction: ``points`` (negative where they are taken) for each ``each``, ``most`` of them in all."""

    each: Number
    points: Number
    most: Number | None


def stepped(
    values: Array, target: Array | Number, base: Number, above: Step | None, below: Step | None, counting: Counting
) -> Array:
    """``base`` at the target, and so many points for each step away from it.

    Formula: ``base + points * n``, n = ``|x - target| / each`` of the side that x lies on, as a whole number of full
    steps (``whole``), of steps begun (``started``), or as it is (``linear``); what is added or taken is at most
    ``most`` in size. A side without a step leaves ``base``. Shapes: values (n,), target one number or (n,) in the unit
    of the values; the result (n,) in points. NaN in either gives NaN; 0 is a value and a target like any other.
    """
    distance = values - target
    change = distance * 0
    for step, far in ((above, distance), (below, -distance)):
        if step is not None:
            steps = clamp(far, 0, None) / step.each
            steps = steps // 1 if counting == "whole" else -(-steps // 1) if counting == "started" else steps
            most = None if step.most is None else step.most / abs(step.points)
            change = change + clamp(steps, None, most) * step.points
    return np.where(missing(distance), np.nan, base + change)


class Side(Strict):
    """One direction: what each step adds or takes, and the most that all of them do."""

    each: Amount = Field(gt=0)
    add: Amount | None = Field(default=None, gt=0)
    take: Amount | None = Field(default=None, gt=0)
    most: Amount | None = Field(default=None, gt=0)
    """The most points that are added or taken; None: no end."""

    @property
    def points(self) -> Decimal:
        """What a step changes; it has been checked that it is stated."""
        return self.add if self.add is not None else -(self.take or Decimal(0))

    def words(self) -> str:
        """加1分，最多加5分."""
        verb = "加" if self.add is not None else "扣"
        return f"每{show(self.each)}{verb}{show(abs(self.points))}分" + (
            "" if self.most is None else f"（最多{verb}{show(self.most)}分）"
        )


class Steps(Indicator):
    """``method = "steps"``: ``base`` at the target; each step above or below it adds or takes points."""

    method: Literal["steps"]
    of: str
    base: Amount
    """Points at the target."""
    target: Source
    """A number or a column."""
    value_cap: Source | None = None
    """What the value counts as at most (completion capped at 120%): a number or a column."""
    counting: Annotated[Counting, must_choose(_COUNTING)] = OPEN
    above: Side | None = None
    below: Side | None = None

    def reads(self) -> Reads:
        return Reads(columns=(self.of, *columns_of(self.target, self.value_cap)))

    def misfits(self) -> Iterator[tuple[str, str]]:
        if self.above is None and self.below is None:
            yield "above", "above（高于目标）与 below（低于目标）至少写一个"
        for key, side in (("above", self.above), ("below", self.below)):
            if side is not None and (side.add is None) == (side.take is None):
                yield f"{key}.add", "add（每步加分）与 take（每步扣分）须写一个，只写一个"

    def reckon(self, frame: Frame) -> Array:
        values = frame.column(self.of).values
        if self.value_cap is not None:
            most = frame.figure(self.value_cap)
            values = np.where(values > most, most, values)
        above, below = (
            None
            if side is None
            else Step(
                frame.number(side.each),
                frame.number(side.points),
                None if side.most is None else frame.number(side.most),
            )
            for side in (self.above, self.below)
        )
        return stepped(values, frame.figure(self.target), frame.number(self.base), above, below, self.counting)

    def rule(self) -> str:
        target = show(self.target) if isinstance(self.target, Decimal) else "目标"
        parts = [f"达到{target}得{show(self.base)}分"]
        parts += [f"高于{target}的{self.above.words()}"] if self.above else ["高于的不加不扣"]
        parts += [f"低于{target}的{self.below.words()}"] if self.below else ["低于的不加不扣"]
        if isinstance(self.value_cap, Decimal):
            parts.append(f"数值最高按{show(self.value_cap)}计")
        return "，".join([*parts, _COUNTING[self.counting]])

    def arithmetic(self, frame: Frame, row: int) -> str:
        own, target = frame.column(self.of).values[row], frame.figure_of(self.target, row)
        text = f"{show(own)}"
        if self.value_cap is not None and own > (most := frame.figure_of(self.value_cap, row)):
            own = most
            text += f"（按最高 {show(own)} 计）"
        side = self.above if own > target else self.below if own < target else None
        if own == target:
            return f"{text}，正达目标 {show(target)}，得 {show(self.marks)}"
        text += f"，{'高于' if own > target else '低于'}目标 {show(target)} 共 {show(abs(own - target))}"
        if side is None:
            return f"{text}，不加不扣，得 {show(self.marks)}"
        steps = abs(own - target) / frame.number(side.each)
        counted = {"whole": steps // 1, "started": -(-steps // 1), "linear": steps}[self.counting]
        verb, size = ("加", "＋") if side.points > 0 else ("扣", "－")
        text += f"，每 {show(side.each)} 一步计 {show(counted)} 步，"
        if side.most is not None and counted * abs(frame.number(side.points)) > side.most:
            return f"{text}最多{verb} {show(side.most)}：{show(self.marks)} {size} {show(side.most)}"
        return f"{text}{show(self.marks)} {size} {show(counted)} × {show(abs(side.points))}"
