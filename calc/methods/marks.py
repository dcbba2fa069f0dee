"""What raters gave: their marks as a mean, median or sum, with the extremes dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal, Self

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator

from calc.methods.base import Amount, Frame, Identifier, Indicator, Marks, Reads, show
from calc.number import Array, Mask, Number, added
from calc.quota import parse_quota
from calc.seats import Rule

__all__ = ["RaterMarks", "add_up_sheets", "kept", "median_of_marks", "of_marks", "sum_of_marks"]

Ints = npt.NDArray[np.intp]


def sum_of_marks(points: Array, of: Ints, size: int) -> Array:
    """The sum of the marks of each subject.

    Formula: ``sum(x_r)`` over the subject's raters r. Shapes: points (m,) one a mark, of (m,) the subject's row; result
    (size,) in the marks' unit, NaN for a subject without marks.
    Source: B2 评委打分.
    """
    sums = np.zeros(size, dtype=points.dtype)
    np.add.at(sums, of, points)
    return np.where(np.bincount(of, minlength=size) > 0, sums, np.nan)


def of_marks(points: Array, weight: Array, of: Ints, size: int) -> Array:
    """The mean of each subject's marks, weighted by rater.

    Formula: ``sum(w_r * x_r) / sum(w_r)``; weights > 0 in any unit. Shapes and missing values as
    :func:`sum_of_marks`: a rater without a mark counts with no weight.
    Source: B2 评委打分取平均.
    """
    mean: Array = sum_of_marks(points * weight, of, size) / sum_of_marks(weight, of, size)
    return mean


def median_of_marks(points: Array, of: Ints, size: int) -> Array:
    """The median of each subject's marks, of an even number the mean of the middle two. Shapes and missing values as
    :func:`sum_of_marks`.
    """
    order = np.lexsort((_levels(points), of))
    number = np.bincount(of, minlength=size)
    first = np.cumsum(number) - number
    median = np.full(size, np.nan, dtype=points.dtype)
    there = number > 0
    low, high = (first + (number - 1) // 2)[there], (first + number // 2)[there]
    median[there] = (points[order[low]] + points[order[high]]) / 2
    return median


def kept(
    points: Array, weight: Array, of: Ints, highest: Ints, lowest: Ints, equal: Literal["lightest", "heaviest"]
) -> Mask:
    """Which marks are left when of each subject the highest and the lowest are dropped.

    ``highest`` and ``lowest`` (size,) say how many of each subject. Of equal marks that of the rater with the least
    (``lightest``) or most weight is dropped first. Shapes: points, weight, of (m,); result (m,).
    Source: 去掉一个最高分、一个最低分.
    """
    gone = np.zeros(len(points), dtype=np.bool_)
    if not highest.any() and not lowest.any():
        return ~gone
    turn, level = _levels(weight) * (1 if equal == "lightest" else -1), _levels(points)
    for value, number in ((-level, highest), (level, lowest)):
        order = np.lexsort((turn, value, gone, of))
        start = np.cumsum(np.bincount(of, minlength=len(number))) - np.bincount(of, minlength=len(number))
        place = np.empty(len(points), dtype=np.intp)
        place[order] = np.arange(len(points)) - start[of[order]]
        gone |= place < number[of]
    return ~gone


def add_up_sheets(items: Sequence[Marks], weights: Sequence[Number], how: Literal["sum", "mean"]) -> Marks:
    """Of each rater and subject the marks on several items as one.

    Formula: ``sum(w_i * x_i)``, where an item without a mark makes the sheet count for nothing; or ``mean``:
    ``sum(w_i * x_i) / sum(w_i)`` over the items with a mark. Weights > 0, one an item.
    """
    row, rater = (np.concatenate([getattr(marks, name) for marks in items]) for name in ("row", "rater"))
    weighted = np.concatenate([marks.points * weight for marks, weight in zip(items, weights, strict=True)])
    each = np.concatenate([marks.points * 0 + weight for marks, weight in zip(items, weights, strict=True)])
    keys, first, sheet = np.unique(np.stack([row, rater]), axis=1, return_index=True, return_inverse=True)
    sheet, size = sheet.reshape(-1), keys.shape[1]
    points = sum_of_marks(weighted, sheet, size)
    whole = np.bincount(sheet, minlength=size) == len(items)
    if how == "mean":
        points, whole = points / sum_of_marks(each, sheet, size), np.ones(size, dtype=np.bool_)
    weight = np.concatenate([marks.weight for marks in items])[first]
    return Marks(
        keys[0][whole], keys[1][whole], points[whole], np.full(np.count_nonzero(whole), "", dtype=object), weight[whole]
    )


def _levels(values: Array) -> Ints:
    """The place of each value among the different ones, the lowest 0: what equal fractions share."""
    place = {value: n for n, value in enumerate(sorted(set(values)))}
    return np.array([place[value] for value in values], dtype=np.intp)


@dataclass(frozen=True, slots=True)
class _Part:
    """The marks on one item, or on all together: which count, and what they come to for each row."""

    marks: Marks
    use: Mask
    value: Array


class RaterMarks(Indicator):
    """``method = "marks"``: the marks that a panel gave, brought together over its raters and the items."""

    method: Literal["marks"]
    panel: Identifier
    items: tuple[Identifier, ...] = Field(min_length=1, strict=False)
    weights: tuple[Annotated[Amount, Field(gt=0)], ...] = Field(default=(), strict=False)
    """One an item; none: all equal (1)."""
    how: Literal["mean", "median", "sum", "count"]
    """Over the raters; ``count`` is how many there are of whom a mark counts."""
    combine: Literal["sum", "mean"] | None = None
    """How several items become one."""
    first: Literal["items", "raters"] | None = None
    """With several items: each rater's items become one, then the raters; or the raters of each item, then the items.
    It matters where marks are dropped or missing.
    """
    drop_highest: Rule | None = None
    """How many of the highest marks do not count: a number, or ``"10% floor"`` of the marks."""
    drop_lowest: Rule | None = None
    drop_from: int | None = Field(default=None, ge=1)
    """From how many marks up the highest and lowest are dropped."""
    drop_equal: Literal["lightest", "heaviest"] | None = None
    """Whose mark is dropped of equal ones, where raters have weights."""
    min_raters: int = Field(default=1, ge=1)
    """With fewer marks there is no value."""
    maximum: Amount | None = Field(default=None, gt=0)
    """Full marks of the outcome, where they differ from ``base``."""

    @model_validator(mode="after")
    def _stated(self) -> Self:
        if self.weights and len(self.weights) != len(self.items):
            raise ValueError(f"weights 有 {len(self.weights)} 个，items 有 {len(self.items)} 项，须一一对应")
        if len(self.items) > 1 and (self.combine is None or self.first is None):
            raise ValueError("有多项时须写 combine（sum 或 mean）和 first（items 或 raters）")
        if (self.drop_highest is None and self.drop_lowest is None) != (self.drop_from is None):
            raise ValueError("去掉最高、最低分须写 drop_from：有几份评分才去")
        if self.drop_from is not None and sum(self._dropped(self.drop_from)) >= self.drop_from:
            raise ValueError(f"只有 {self.drop_from} 份评分时会全部去掉，drop_from 须更大")
        if self.maximum is not None and self.base is None:
            raise ValueError("写了 maximum 就须写 base")
        return self

    def reads(self) -> Reads:
        return Reads(panels=(self.panel,))

    def _weights(self) -> tuple[Decimal, ...]:
        return self.weights or (Decimal(1),) * len(self.items)

    def _dropped(self, marks: int) -> tuple[int, int]:
        """How many of so many marks are dropped, highest and lowest."""
        if self.drop_from is None or marks < self.drop_from:
            return 0, 0
        highest, lowest = (
            0 if rule is None else parse_quota(rule).seats(marks) for rule in (self.drop_highest, self.drop_lowest)
        )
        return highest, lowest

    def _parts(self, frame: Frame) -> list[_Part]:
        """What is brought together over raters: one mark a rater, or of several items each by itself."""
        return frame.once(("marks", self.id), lambda: [self._part(marks, frame) for marks in self._sheets(frame)])

    def _sheets(self, frame: Frame) -> list[Marks]:
        items = [frame.ballots[self.panel].items[item] for item in self.items]
        if self.first != "items":
            return items
        return [add_up_sheets(items, [frame.number(w) for w in self._weights()], self.combine or "sum")]

    def _part(self, marks: Marks, frame: Frame) -> _Part:
        size, number = frame.size, np.bincount(marks.row, minlength=frame.size)
        if self.how == "count":
            value = frame.arithmetic.column([Decimal(int(n)) for n in number])
            return _Part(marks, np.ones(len(marks.row), dtype=np.bool_), value)
        dropped = np.array([self._dropped(int(n)) for n in number], dtype=np.intp).reshape(-1, 2)
        highest, lowest = dropped[:, 0], dropped[:, 1]
        use = kept(marks.points, marks.weight, marks.row, highest, lowest, self.drop_equal or "lightest")
        points, weight, row = marks.points[use], marks.weight[use], marks.row[use]
        if self.how == "mean":
            value = of_marks(points, weight, row, size)
        elif self.how == "sum":
            value = sum_of_marks(points * weight, row, size)
        else:
            value = median_of_marks(points, row, size)
        return _Part(marks, use, np.where(number >= self.min_raters, value, np.nan))

    def _over_items(self, frame: Frame, values: Sequence[Array]) -> Array:
        if len(values) == 1:
            return values[0]
        weights = [frame.number(w) for w in self._weights()]
        total = added([value * weight for value, weight in zip(values, weights, strict=True)])
        mean: Array = total / sum(weights[1:], start=weights[0])
        return mean if self.combine == "mean" else total

    def reckon(self, frame: Frame) -> Array:
        value = self._over_items(frame, [part.value for part in self._parts(frame)])
        return value if self.maximum is None else value / frame.number(self.maximum) * frame.number(self.marks)

    def rule(self) -> str:
        how = {"mean": "取平均", "median": "取中位数", "sum": "相加", "count": "人数"}[self.how]
        dropped = [
            f"{word}{_many(rule)}"
            for word, rule in (("最高", self.drop_highest), ("最低", self.drop_lowest))
            if rule is not None
        ]
        text = f"评分{how}" if not dropped else f"去掉{'、'.join(dropped)}（{self.drop_from} 份起）后评分{how}"
        if len(self.items) > 1:
            combined = "平均" if self.combine == "mean" else "合计"
            by_rater = self.first == "items"
            text = f"先{combined}每位评委的各项，再{text}" if by_rater else f"先算各项的{text}，再{combined}"
        if self.min_raters > 1:
            text += f"，至少 {self.min_raters} 份评分"
        return text if self.maximum is None else f"{text}，按满分{show(self.maximum)}折算为{show(self.marks)}分"

    def arithmetic(self, frame: Frame, row: int) -> str:
        parts = self._parts(frame)
        if len(parts) == 1:
            said, text = self._one(parts[0], row)
            said = self._each_sheet(frame, row) + said
        else:
            told = [(*self._one(part, row), part.value[row]) for part in parts]
            said = "".join(f"{dropped}{term} ＝ {show(value)}；" for dropped, term, value in told)
            text = " ＋ ".join(
                f"{show(value)} × {show(weight)}" if self.weights else show(value)
                for (_, _, value), weight in zip(told, self._weights(), strict=True)
            )
            if self.combine == "mean":
                text = f"（{text}） ÷ {show(sum(self._weights()))}"
        if self.maximum is None:
            return said + text
        text = text if text.startswith("（") or "＋" not in text else f"（{text}）"
        return f"{said}{text} ÷ {show(self.maximum)} × {show(self.marks)}"

    def _each_sheet(self, frame: Frame, row: int) -> str:
        """How the items of each rater became one, the best first, without saying whose they are."""
        if self.first != "items" or len(self.items) == 1:
            return ""
        of: dict[int, list[tuple[Number, Decimal]]] = {}
        for item, weight in zip(self.items, self._weights(), strict=True):
            marks = frame.ballots[self.panel].items[item]
            for n in np.flatnonzero(marks.row == row):
                of.setdefault(int(marks.rater[n]), []).append((marks.points[n], weight))
        if not 0 < len(of) <= _LISTED:
            return ""
        told = []
        for sheet in of.values():
            if self.combine == "sum" and len(sheet) < len(self.items):
                continue
            text = " ＋ ".join(f"{show(p)} × {show(w)}" if self.weights else show(p) for p, w in sheet)
            value = sum(p * frame.number(w) for p, w in sheet)
            if self.combine == "mean":
                below = sum(w for _, w in sheet)
                text, value = f"（{text}） ÷ {show(below)}", value / frame.number(below)
            told.append((value, f"{text} ＝ {show(value)}"))
        return f"各评委 {'、'.join(text for _, text in sorted(told, reverse=True))}；"

    def _one(self, part: _Part, row: int) -> tuple[str, str]:
        """The marks of one subject in words: which were dropped; and which count, with what weight."""
        here = part.marks.row == row
        if self.how == "count":
            return "", f"{np.count_nonzero(here)} 人评分"
        gone = np.sort(part.marks.points[here & ~part.use])[::-1]
        said = f"去掉 {'、'.join(map(show, gone))}；" if len(gone) else ""
        points, weight = part.marks.points[here & part.use], part.marks.weight[here & part.use]
        order = np.lexsort((-_levels(weight), -_levels(points)))
        points, weight = points[order], weight[order]
        if self.how == "median":
            middle = points[(len(points) - 1) // 2 : len(points) // 2 + 1]
            said += f"{len(points)} 份评分由高到低，居中 {'、'.join(map(show, middle))}；"
            return said, show(middle[0]) if len(middle) == 1 else f"（{' ＋ '.join(map(show, middle))}） ÷ 2"
        weighted = any(w != 1 for w in weight)
        if len(points) > _LISTED:
            terms = f"{len(points)} 份评分合计 {show(sum(points * weight))}"
        else:
            terms = " ＋ ".join(
                f"{show(p)} × {show(w)}" if weighted else show(p) for p, w in zip(points, weight, strict=True)
            )
        if self.how == "sum" or (len(points) == 1 and not weighted):
            return said, terms
        return said, f"（{terms}） ÷ {show(sum(weight))}"


def _many(rule: str) -> str:
    return f" {rule} 个" if rule.isdigit() else parse_quota(rule).words()


_LISTED = 15
"""More marks than this are told by their sum."""
