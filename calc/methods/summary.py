"""One figure out of several columns: mean, median, sum, highest, lowest, count, of all or of what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import BeforeValidator, Field

from calc.methods.base import OPEN, Amount, Column, Frame, Indicator, Reads, Strict, must_choose, show
from calc.number import Array, Number, added, missing, quotient, whole

__all__ = ["STATISTICS", "Keep", "Several", "Statistic", "Summary", "Trim", "figure_words", "kept", "listed",
           "mean_of_present", "summarised"]  # fmt: skip

Statistic = Literal["mean", "median", "sum", "highest", "lowest", "count"]
STATISTICS = {
    "mean": "平均",
    "median": "中位数",
    "sum": "合计",
    "highest": "最高",
    "lowest": "最低",
    "count": "个数",
}
_ABSENT = {"needed": "缺一项就没有数值", "skipped": "缺的略过，按有的计算"}


class Trim(NamedTuple):
    """From ``start`` values up so many of the highest and of the lowest are dropped."""

    start: int
    highest: int
    lowest: int


class Keep(NamedTuple):
    """From ``start`` values up only so many of what is not dropped count: the highest, or the lowest."""

    side: Literal["highest", "lowest"]
    most: int
    start: int = 1


def summarised(
    columns: Sequence[Array],
    statistic: Statistic,
    trims: Sequence[Trim] = (),
    keeps: Sequence[Keep] = (),
    at_least: int = 1,
) -> Array:
    """One figure out of the present values of each row.

    The values are put in order; of the ``trims`` that so many values reach, the one with the largest ``start`` says how
    many are dropped at either end, and of the ``keeps`` likewise how many count of the others; the ``statistic`` is
    taken of those (median of an even number: the mean of the middle two). Shapes: columns of (n,) in one unit, to
    (n,). A missing value is left out; NaN where fewer than ``at_least`` (>= 1) are there. 0 is a value like any other.
    """
    table = np.stack(columns, axis=1)
    absent = missing(table)
    present = np.asarray((~absent).sum(axis=1), dtype=np.intp)
    table = np.sort(np.where(absent, np.inf, table), axis=1)
    first, last = kept(present, trims, keeps)
    n, empty = last - first, present < at_least
    if statistic == "count":
        return np.where(empty, np.nan, whole(n, table))
    if statistic in {"mean", "sum"}:
        place = np.arange(table.shape[1])
        within = (place >= first[:, None]) & (place < last[:, None])
        figure = np.where(within, table, 0).sum(axis=1)
        return np.where(empty, np.nan, figure if statistic == "sum" else quotient(figure, whole(n, table)))
    left, right = {
        "median": (first + (n - 1) // 2, first + n // 2),
        "highest": (last - 1, last - 1),
        "lowest": (first, first),
    }[statistic]
    rows = np.arange(len(table))
    one, other = (table[rows, np.where(empty, 0, place)] for place in (left, right))
    return np.where(empty, np.nan, (one + other) / 2)


def kept(
    present: npt.NDArray[np.intp], trims: Sequence[Trim], keeps: Sequence[Keep] = ()
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The first place of each row's ``present`` values, in rising order, that counts, and the place after the last."""
    low, high = np.zeros_like(present), present
    for trim in sorted(trims):
        reached = present >= trim.start
        low, high = np.where(reached, trim.lowest, low), np.where(reached, present - trim.highest, high)
    first, last = low, high
    for keep in sorted(keeps, key=lambda keep: keep.start):
        reached = present >= keep.start
        top = keep.side == "highest"
        first = np.where(reached, np.maximum(low, high - keep.most) if top else low, first)
        last = np.where(reached, high if top else np.minimum(high, low + keep.most), last)
    return first, last


def mean_of_present(columns: Sequence[Array], weights: Sequence[Number], at_least: int = 1) -> Array:
    """The weighted mean of the present values of each row: the weights of the others are shared among them.

    Formula: ``sum(w_i * x_i) / sum(w_i)`` over the present i. Shapes: columns of (n,) in one unit, a weight > 0 for
    each, to (n,). NaN where fewer than ``at_least`` (>= 1) are there. 0 is a value like any other.
    """
    absent = [missing(column) for column in columns]
    parts = [np.where(gone, 0, x * w) for gone, x, w in zip(absent, columns, weights, strict=True)]
    shares = [np.where(gone, w * 0, w) for gone, w in zip(absent, weights, strict=True)]
    few = len(columns) - sum(gone.astype(np.intp) for gone in absent) < at_least
    return np.where(few, np.nan, quotient(added(parts), added(shares)))


class Drop(Strict):
    """How many of the highest and of the lowest are dropped where there are ``from`` values or more."""

    start: int = Field(alias="from", ge=1)
    highest: int = Field(default=0, ge=0)
    lowest: int = Field(default=0, ge=0)


class Kept(Strict):
    """How many of the values count at most, after the drops, where there are ``from`` or more: the highest or the
    lowest.
    """

    side: Literal["highest", "lowest"]
    count: int = Field(ge=1)
    start: int = Field(default=1, alias="from", ge=1)


def _one_or_several(value: object) -> object:
    """A single table as a list of one."""
    return (value,) if isinstance(value, dict) else value


class Several(Indicator):
    """What the methods share that read several columns: those ``of`` names, or a ``family`` (a measure with many)."""

    can_be_undefined: ClassVar[bool] = True

    of: tuple[str, ...] = Field(default=(), strict=False)
    family: str | None = None
    absent: Annotated[Literal["needed", "skipped"], must_choose(_ABSENT)] = OPEN
    at_least: int = Field(default=1, ge=1)
    """With fewer values there is none."""
    drop: tuple[Drop, ...] = Field(default=(), strict=False)
    """Of several the one with the largest ``from`` that is reached."""
    keep: Annotated[tuple[Kept, ...], BeforeValidator(_one_or_several)] = Field(default=(), strict=False)
    """Likewise."""

    def reads(self) -> Reads:
        return Reads(columns=self.of, families=() if self.family is None else (self.family,))

    @property
    def skips_missing(self) -> bool:
        return self.absent == "skipped"

    def misfits(self) -> Iterator[tuple[str, str]]:
        if bool(self.of) == (self.family is not None):
            yield "of", "of（各列）与 family（多列的 measure）须写一个，只写一个"
        for n, drop in enumerate(self.drop):
            if drop.start <= drop.highest + drop.lowest:
                yield f"drop[{n}].from", f"{drop.start} 个数去掉 {drop.highest + drop.lowest} 个就没有了"
        for key, parts in (("drop", self.drop), ("keep", self.keep)):
            if len({part.start for part in parts}) < len(parts):
                yield key, "from 相同的不能写两条"

    def members(self, frame: Frame) -> list[Column]:
        """The columns that are read."""
        return list(frame.families[self.family]) if self.family else [frame.column(name) for name in self.of]

    def keeps(self) -> list[Keep]:
        """``keep`` as the pure functions take it."""
        return [Keep(keep.side, keep.count, keep.start) for keep in self.keep]

    def trims(self) -> list[Trim]:
        """``drop`` likewise."""
        return [Trim(drop.start, drop.highest, drop.lowest) for drop in self.drop]

    def counted(self) -> str:
        """In words which of the values count."""
        text = _ABSENT[self.absent]
        if self.at_least > 1:
            text += f"，不足{self.at_least}个的没有数值"
        for drop in self.drop:
            text += f"，满{drop.start}个时去掉{_ends(drop.highest, drop.lowest)}"
        for keep in self.keep:
            reached = f"满{keep.start}个时" if keep.start > 1 else ""
            text += f"，{reached}只取最{'高' if keep.side == 'highest' else '低'}的{keep.count}个"
        return text

    def split(self, values: Sequence[Number]) -> tuple[str, Sequence[Number]]:
        """Which of one row's values, in rising order, do not count, in words; and those that do."""
        first, last = (int(end[0]) for end in kept(np.array([len(values)]), self.trims(), self.keeps()))
        ends = (("低", values[:first]), ("高", values[last:]))
        return "".join(f"不计最{end}的 {listed(gone)}，" for end, gone in ends if gone), values[first:last]


class Summary(Several):
    """``method = "summary"``: one figure out of the columns ``of``, or of a ``family`` (a measure with many)."""

    method: Literal["summary"]
    statistic: Annotated[Statistic, must_choose(STATISTICS)] = OPEN
    weights: tuple[Annotated[Amount, Field(gt=0)], ...] = Field(default=(), strict=False)
    """Of a mean or a sum of ``of``, one a column; those of values that are not there are shared among the others."""

    def misfits(self) -> Iterator[tuple[str, str]]:
        yield from super().misfits()
        if not self.weights:
            return
        if self.statistic not in {"mean", "sum"} or self.drop or self.keep:
            yield "weights", "只有不去掉、不挑选的平均（mean）与合计（sum）才能写 weights"
        if len(self.weights) != len(self.of):
            yield "weights", f"weights 有 {len(self.weights)} 个，of 有 {len(self.of)} 列，须一一对应"
        if self.statistic == "sum" and self.absent == "skipped":
            yield "weights", 'absent = "skipped" 时合计（sum）不能写 weights：请用平均（mean），权重由有的项分担'

    def reckon(self, frame: Frame) -> Array:
        columns = [column.values for column in self.members(frame)]
        weights = [frame.number(weight) for weight in self.weights]
        if not columns:
            return np.full(frame.size, np.nan)
        if self.weights and self.statistic == "mean":
            return mean_of_present(columns, weights, self.at_least)
        if self.weights:
            return added([column * weight for column, weight in zip(columns, weights, strict=True)])
        return summarised(columns, self.statistic, self.trims(), self.keeps(), self.at_least)

    def rule(self) -> str:
        text = ("各列" if self.family else f"{len(self.of)}列") + ("加权" if self.weights else "")
        return f"{text}{STATISTICS[self.statistic]}，{self.counted()}"

    def arithmetic(self, frame: Frame, row: int) -> str:
        here = [column.values[row : row + 1] for column in self.members(frame)]
        there = [n for n, value in enumerate(here) if not missing(value)[0]]
        if self.weights:
            terms = " ＋ ".join(f"{show(here[n][0])} × {show(self.weights[n])}" for n in there)
            shared = sum((self.weights[n] for n in there), Decimal(0))
            return terms if self.statistic == "sum" else f"（{terms}） ÷ {show(shared)}"
        return figure_words(self, self.statistic, [here[n][0] for n in there])


def figure_words(several: Several, statistic: Statistic, values: Sequence[Number]) -> str:
    """How one figure comes out of the values of one row."""
    values = sorted(values)
    said, left = several.split(values)
    text = f"{listed(values)}，" if statistic not in {"mean", "sum"} or len(left) < len(values) else ""
    text += said
    match statistic:
        case "mean":
            return f"{text}（{' ＋ '.join(map(show, left))}） ÷ {len(left)}"
        case "sum":
            return text + " ＋ ".join(map(show, left))
        case "median":
            middle = left[(len(left) - 1) // 2 : len(left) // 2 + 1]
            return f"{text}居中的 {listed(middle)}" + ("" if len(middle) == 1 else " 的平均")
        case "count":
            return f"{text}共 {len(left)} 个"
        case other:
            return f"{text}取{STATISTICS[other]}"


def listed(values: Sequence[Number]) -> str:
    """8、9、10."""
    return "、".join(map(show, values))


def _ends(highest: int, lowest: int) -> str:
    parts = [f"{n}个最{end}" for n, end in ((highest, "高"), (lowest, "低")) if n]
    return "、".join(parts)
