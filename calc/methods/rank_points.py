"""Points for a place in the order: by a table, in equal steps, or by the share of the group that is behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from calc import groups
from calc.groups import Groups
from calc.methods.base import (
    OPEN,
    Among,
    Amount,
    Frame,
    Indicator,
    Reads,
    Scope,
    Strict,
    Within,
    must_choose,
    show,
    whom,
)
from calc.number import Array, Mask, Number
from calc.words import TRACE

__all__ = ["PlacePoints", "RankPoints", "Ties", "rank_points"]

Best = Literal["highest", "lowest"]
Ties = Literal["share", "best", "worst"]
_TIES = {
    "share": "并列者平分所占名次的得分",
    "best": "并列者都按最前的名次得分",
    "worst": "并列者都按最后的名次得分",
}
_BEYOND = {"undefined": "没有得分"}
_NO_LAST = {"none": "一直增减下去"}
Percentage = Literal["inclusive", "exclusive"]
_PERCENTAGES = {"inclusive": "（人数－名次＋1）÷人数", "exclusive": "（人数－名次）÷（人数－1）"}

PlacePoints = Callable[[int], Sequence[Number]]
"""The points of the places 1, 2, … of a group of so many; NaN for a place without points."""


def rank_points(
    values: Array, of: Groups, points: PlacePoints, best: Best, ties: Ties, use: Mask | None = None
) -> Array:
    """The points of each row's place in its group.

    The group's members that have a value (and are in ``use``) are put in order, the highest or the lowest first. Who
    are equal stand on as many places as they are; each gets the mean of their points (``share``), those of the first
    (``best``: 1, 2, 2, 4) or of the last (``worst``: 1, 3, 3, 4). Shapes: values and of (n,), to (n,) in points. NaN
    stays NaN and takes no place; NaN for a row that is not in ``use``. 0 is a value like any other.
    """
    lower, same, n = (number(values, of, use) for number in (groups.below, groups.equal, groups.count))
    before = lower if best == "lowest" else n - lower - same
    points = cache(points)
    kinds, kind = np.unique(np.stack([n, before, same]), axis=1, return_inverse=True)
    by_kind = np.empty(kinds.shape[1], dtype=values.dtype)
    for k, (size, first, times) in enumerate(kinds.T.tolist()):
        by_kind[k] = _of_places(points(size)[first : first + times], ties) if times else np.nan
    return by_kind[kind.reshape(-1)]


def _of_places(points: Sequence[Number], ties: Ties) -> Number:
    """What each of those gets who stand together on some places."""
    if ties == "share":
        return sum(points[1:], start=points[0]) / len(points)
    return points[0 if ties == "best" else -1]


class Table(Strict):
    """Points of the first places, as listed, and of every place ``beyond`` the list."""

    points: tuple[Amount, ...] = Field(min_length=1, strict=False)
    beyond: Annotated[Amount | Literal["undefined"], must_choose(_BEYOND, "一个数（表外名次的得分）")] = OPEN


class Progression(Strict):
    """Points in equal steps: ``first`` for the first place, ``step`` more for each further one (negative: less), until
    ``last`` is reached.
    """

    first: Amount
    step: Amount
    last: Annotated[Amount | Literal["none"], must_choose(_NO_LAST, "一个数（到此为止的得分）")] = OPEN


class Bottom(Strict):
    """Points of the last places, the very last first, in groups of ``from`` or more."""

    points: tuple[Amount, ...] = Field(min_length=1, strict=False)
    start: int = Field(alias="from")


class RankPoints(Indicator):
    """``method = "rank_points"``: points for the row's place by the column ``of``.

    One of ``table``, ``progression``, ``percentage`` says how many; ``bottom`` gives the last places others instead.
    """

    can_be_undefined: ClassVar[bool] = True

    method: Literal["rank_points"]
    of: str
    best: Literal["highest", "lowest"]
    within: Scope = OPEN
    among: Among = OPEN
    ties: Annotated[Ties, must_choose(_TIES)] = OPEN
    table: Table | None = None
    progression: Progression | None = None
    percentage: Annotated[Percentage, must_choose(_PERCENTAGES)] | None = None
    """``base`` times that share."""
    bottom: Bottom | None = None

    def reads(self) -> Reads:
        return Reads(columns=(self.of,))

    @property
    def scopes(self) -> tuple[Within, ...]:
        return (self.within,)

    def misfits(self) -> Iterator[tuple[str, str]]:
        if sum(part is not None for part in (self.table, self.progression, self.percentage)) != 1:
            yield "table", "table（逐名列出）、progression（等差）、percentage（按比例）须写一个，只写一个"
        if self.percentage is not None and self.base is None:
            yield "base", "percentage 按基准分折算，须写 base"
        steps = self.progression
        if steps is not None and steps.step == 0:
            yield "progression.step", "每一名的得分差不能是 0"
        if steps is not None and isinstance(steps.last, Decimal) and (steps.last - steps.first) * steps.step < 0:
            yield "progression.last", f"从 {show(steps.first)} 起每名 {show(steps.step)}，到不了 {show(steps.last)}"
        if self.bottom is not None and self.bottom.start <= len(self.bottom.points):
            yield "bottom.from", f"须多于 {len(self.bottom.points)} 人，否则第一名也按末位得分"

    def _of_bottom(self, place: int, size: int) -> Decimal | None:
        """The points of a place that is one of the last that have points of their own."""
        if self.bottom is None or size < self.bottom.start or size - place >= len(self.bottom.points):
            return None
        return self.bottom.points[size - place]

    def _points(self, frame: Frame) -> PlacePoints:
        def points(size: int) -> list[Number]:
            return [self._at(frame, place, size) for place in range(1, size + 1)]

        return points

    def _at(self, frame: Frame, place: int, size: int) -> Number:
        """The points of a place in a group of some size; NaN for none."""
        if (special := self._of_bottom(place, size)) is not None:
            return frame.number(special)
        if self.table is not None:
            listed = [*self.table.points, self.table.beyond]
            value = listed[min(place, len(listed)) - 1]
            return frame.number(value) if isinstance(value, Decimal) else np.nan
        if self.progression is not None:
            last, held = self.progression.last, min if self.progression.step > 0 else max
            value = self.progression.first + (place - 1) * self.progression.step
            return frame.number(held(value, last) if isinstance(last, Decimal) else value)
        if self.percentage == "inclusive":
            return frame.number(self.marks) * (size - place + 1) / size
        return frame.number(self.marks) * (size - place) / (size - 1) if size > 1 else np.nan

    def reckon(self, frame: Frame) -> Array:
        values, of, use = frame.column(self.of).values, frame.groups(self.within), frame.those(self.among)
        return rank_points(values, of, self._points(frame), self.best, self.ties, use)

    def rule(self) -> str:
        text = f"在{whom(self.within)}{'参评者' if self.among == 'rated' else ''}中{TRACE[self.best]}排名，"
        if self.table is not None:
            beyond = self.table.beyond
            text += f"依次得{'、'.join(map(show, self.table.points))}分，其后"
            text += f"得{show(beyond)}分" if isinstance(beyond, Decimal) else _BEYOND["undefined"]
        elif self.progression is not None:
            step, last = self.progression.step, self.progression.last
            text += f"第一名得{show(self.progression.first)}分，其后每名{'增' if step > 0 else '减'}{show(abs(step))}分"
            text += f"，{'最高' if step > 0 else '最低'}{show(last)}分" if isinstance(last, Decimal) else ""
        else:
            text += f"{_PERCENTAGES[self.percentage or 'inclusive']}×{show(self.marks)}"
        if self.bottom is not None:
            listed = "、".join(map(show, self.bottom.points))
            text += f"；满{self.bottom.start}人时由末名起依次得{listed}分"
        return f"{text}；{_TIES[self.ties]}"

    def arithmetic(self, frame: Frame, row: int) -> str:
        lower, same, n = (
            int(frame.aggregate(number, self.of, self.within, frame.those(self.among))[row])
            for number in (groups.below, groups.equal, groups.count)
        )
        before = lower if self.best == "lowest" else n - lower - same
        text = f"{show(frame.column(self.of).values[row])} 在 {n} 人中列第 {before + 1} 名"
        got = [self._words(frame, place, n) for place in range(before + 1, before + same + 1)]
        if same == 1:
            return f"{text}，得 {got[0]}"
        text += f"，{same} 人并列占第 {before + 1} 至 {before + same} 名"
        if self.ties == "share":
            return f"{text}，平分：（{' ＋ '.join(got)}） ÷ {same}"
        return (
            f"{text}，按第 {before + (1 if self.ties == 'best' else same)} 名得 {got[0 if self.ties == 'best' else -1]}"
        )

    def _words(self, frame: Frame, place: int, size: int) -> str:
        """The points of a place, as they come about."""
        if self.percentage is None or self._of_bottom(place, size) is not None:
            value = self._at(frame, place, size)
            return "无" if value != value else show(value)  # noqa: PLR0124
        if self.percentage == "inclusive":
            return f"（{size} － {place} ＋ 1） ÷ {size} × {show(self.marks)}"
        return f"（{size} － {place}） ÷ （{size} － 1） × {show(self.marks)}"
