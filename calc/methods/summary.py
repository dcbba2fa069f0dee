"""One figure out of several columns: mean, median, sum, highest, lowest, count, of all or of what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import Field

from calc.methods.base import OPEN, Amount, Frame, Indicator, Reads, Strict, must_choose, show
from calc.number import Array, Number, added, missing, quotient, whole

__all__ = ["Statistic", "Summary", "Trim", "mean_of_present", "summarised"]

Statistic = Literal["mean", "median", "sum", "highest", "lowest", "count"]
_STATISTICS = {
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
    """Of what is not dropped only so many count: the highest, or the lowest."""

    side: Literal["highest", "lowest"]
    most: int


def summarised(
    columns: Sequence[Array],
    statistic: Statistic,
    trims: Sequence[Trim] = (),
    keep: Keep | None = None,
    at_least: int = 1,
) -> Array:
    """One figure out of the present values of each row.

    The values are put in order; of the ``trims`` that so many values reach, the one with the largest ``start`` says how
    many are dropped at either end, ``keep`` how many count of the others; the ``statistic`` is taken of those (median
    of an even number: the mean of the middle two). Shapes: columns of (n,) in one unit, to (n,). A missing value is
    left out; NaN where fewer than ``at_least`` (>= 1) are there. 0 is a value like any other.
    """
    table = np.stack(columns, axis=1)
    absent = missing(table)
    present = np.asarray((~absent).sum(axis=1), dtype=np.intp)
    table = np.sort(np.where(absent, np.inf, table), axis=1)
    first, last = _kept(present, trims, keep)
    n, empty = last - first, present < at_least
    if statistic == "count":
        return np.where(empty, np.nan, whole(n, table))
    if statistic in {"mean", "sum"}:
        place = np.arange(table.shape[1])
        kept = (place >= first[:, None]) & (place < last[:, None])
        figure = np.where(kept, table, 0).sum(axis=1)
        return np.where(empty, np.nan, figure if statistic == "sum" else quotient(figure, whole(n, table)))
    left, right = {
        "median": (first + (n - 1) // 2, first + n // 2),
        "highest": (last - 1, last - 1),
        "lowest": (first, first),
    }[statistic]
    rows = np.arange(len(table))
    one, other = (table[rows, np.where(empty, 0, place)] for place in (left, right))
    return np.where(empty, np.nan, (one + other) / 2)


def _kept(
    present: npt.NDArray[np.intp], trims: Sequence[Trim], keep: Keep | None
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The first place of each row's ordered values that counts, and the place after the last."""
    first, last = np.zeros_like(present), present
    for trim in sorted(trims):
        reached = present >= trim.start
        first, last = np.where(reached, trim.lowest, first), np.where(reached, present - trim.highest, last)
    if keep is not None and keep.side == "highest":
        first = np.maximum(first, last - keep.most)
    elif keep is not None:
        last = np.minimum(last, first + keep.most)
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
    """How many of the values count at most, after the drops: the highest or the lowest."""

    side: Literal["highest", "lowest"]
    count: int = Field(ge=1)


class Summary(Indicator):
    """``method = "summary"``: one figure out of the columns ``of``, or of a ``family`` (a measure with many)."""

    can_be_undefined: ClassVar[bool] = True

    method: Literal["summary"]
    statistic: Annotated[Statistic, must_choose(_STATISTICS)] = OPEN
    of: tuple[str, ...] = Field(default=(), strict=False)
    family: str | None = None
    absent: Annotated[Literal["needed", "skipped"], must_choose(_ABSENT)] = OPEN
    at_least: int = Field(default=1, ge=1)
    """With fewer values there is none."""
    drop: tuple[Drop, ...] = Field(default=(), strict=False)
    """Of several the one with the largest ``from`` that is reached."""
    keep: Kept | None = None
    weights: tuple[Annotated[Amount, Field(gt=0)], ...] = Field(default=(), strict=False)
    """Of a mean or a sum of ``of``, one a column; those of values that are not there are shared among the others."""

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
        if len({drop.start for drop in self.drop}) < len(self.drop):
            yield "drop", "from 相同的不能写两条"
        if not self.weights:
            return
        if self.statistic not in {"mean", "sum"} or self.drop or self.keep:
            yield "weights", "只有不去掉、不挑选的平均（mean）与合计（sum）才能写 weights"
        if len(self.weights) != len(self.of):
            yield "weights", f"weights 有 {len(self.weights)} 个，of 有 {len(self.of)} 列，须一一对应"
        if self.statistic == "sum" and self.absent == "skipped":
            yield "weights", 'absent = "skipped" 时合计（sum）不能写 weights：请用平均（mean），权重由有的项分担'

    def _columns(self, frame: Frame) -> list[Array]:
        named = [frame.column(name) for name in self.of]
        return [column.values for column in (frame.families[self.family] if self.family else named)]

    def _keep(self) -> Keep | None:
        return None if self.keep is None else Keep(self.keep.side, self.keep.count)

    def _trims(self) -> list[Trim]:
        return [Trim(drop.start, drop.highest, drop.lowest) for drop in self.drop]

    def reckon(self, frame: Frame) -> Array:
        columns, weights = self._columns(frame), [frame.number(weight) for weight in self.weights]
        if not columns:
            return np.full(frame.size, np.nan)
        if self.weights and self.statistic == "mean":
            return mean_of_present(columns, weights, self.at_least)
        if self.weights:
            return added([column * weight for column, weight in zip(columns, weights, strict=True)])
        return summarised(columns, self.statistic, self._trims(), self._keep(), self.at_least)

    def rule(self) -> str:
        text = ("各列" if self.family else f"{len(self.of)}列") + ("加权" if self.weights else "")
        text += f"{_STATISTICS[self.statistic]}，{_ABSENT[self.absent]}"
        if self.at_least > 1:
            text += f"，不足{self.at_least}个的没有数值"
        for drop in self.drop:
            text += f"，满{drop.start}个时去掉{_ends(drop.highest, drop.lowest)}"
        if self.keep is not None:
            text += f"，只取最{'高' if self.keep.side == 'highest' else '低'}的{self.keep.count}个"
        return text

    def arithmetic(self, frame: Frame, row: int) -> str:
        here = [column[row : row + 1] for column in self._columns(frame)]
        there = [n for n, value in enumerate(here) if not missing(value)[0]]
        if self.weights:
            terms = " ＋ ".join(f"{show(here[n][0])} × {show(self.weights[n])}" for n in there)
            shared = sum((self.weights[n] for n in there), Decimal(0))
            return terms if self.statistic == "sum" else f"（{terms}） ÷ {show(shared)}"
        values = sorted(here[n][0] for n in there)
        bounds = _kept(np.array([len(values)]), self._trims(), self._keep())
        first, last = (int(end[0]) for end in bounds)
        text = f"{_list(values)}，" if self.statistic not in {"mean", "sum"} or last - first < len(values) else ""
        for end, gone in (("低", values[:first]), ("高", values[last:])):
            text += f"不计最{end}的 {_list(gone)}，" if gone else ""
        kept = values[first:last]
        match self.statistic:
            case "mean":
                return f"{text}（{' ＋ '.join(map(show, kept))}） ÷ {len(kept)}"
            case "sum":
                return text + " ＋ ".join(map(show, kept))
            case "median":
                middle = kept[(len(kept) - 1) // 2 : len(kept) // 2 + 1]
                return f"{text}居中的 {_list(middle)}" + ("" if len(middle) == 1 else " 的平均")
            case "count":
                return f"{text}共 {len(kept)} 个"
            case other:
                return f"{text}取{_STATISTICS[other]}"


def _list(values: Sequence[Number]) -> str:
    return "、".join(map(show, values))


def _ends(highest: int, lowest: int) -> str:
    parts = [f"{n}个最{end}" for n, end in ((highest, "高"), (lowest, "低")) if n]
    return "、".join(parts)
