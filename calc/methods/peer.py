"""A value against its group: the group's figure, ratio and difference to its mean, standard score, percentile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

import numpy as np

from calc import groups
from calc.groups import Groups
from calc.methods.base import (
    OPEN,
    Aggregation,
    Among,
    Amount,
    Frame,
    Indicator,
    Reads,
    Scope,
    Strict,
    Within,
    choices,
    must_choose,
    show,
    whom,
)
from calc.number import Array, Mask, quotient, whole

__all__ = ["GroupCoefficient", "GroupFigure", "Percentile", "StandardScore", "ToMean", "percentile", "standard_score"]

Best = Literal["highest", "lowest"]
Deviation = Literal["population", "sample"]
PercentileKind = Literal["below", "at_or_below", "midpoint", "others"]
_DEVIATIONS = {"population": "总体标准差，除以人数", "sample": "样本标准差，除以人数减一"}
_DEVIATE: dict[str, Aggregation] = {
    "population": groups.population_deviation,
    "sample": groups.sample_deviation,
}
_ZERO_SPREAD = {"zero": "全组相等时标准分为零", "undefined": "全组相等时没有数值"}
_PERCENTILES = {
    "below": "不及本人的人数÷全组人数",
    "at_or_below": "不优于本人的人数（含本人）÷全组人数",
    "midpoint": "（不及本人的人数＋与本人相同的人数÷2）÷全组人数",
    "others": "不及本人的人数÷本人以外的人数",
}
_FIGURES = {"mean": "平均", "median": "中位数", "highest": "最高", "lowest": "最低", "total": "合计", "count": "人数"}
_AGAINST = {"ratio": "本人÷平均", "difference": "本人－平均"}
_DIRECTIONS = {"group_to_all": "本组平均÷全体平均", "all_to_group": "全体平均÷本组平均"}


def standard_score(values: Array, mean: Array, deviation: Array, zero_spread: Literal["zero", "undefined"]) -> Array:
    """How many standard deviations a value lies above the mean.

    Formula: ``(x - mean) / deviation``; where the deviation is 0 the choice is ``zero_spread``. Shape (n,) each, to
    (n,), without unit. NaN in any gives NaN: so does a sample of one, whose deviation there cannot be.
    """
    score = quotient(values - mean, deviation)
    if zero_spread == "undefined":
        return score
    return np.where(deviation == 0, values * 0, score)


def percentile(values: Array, of: Groups, best: Best, kind: PercentileKind, use: Mask | None = None) -> Array:
    """The share of its group that a value is better than.

    With b the members that are worse, e those that are equal (the row among them) and n all of the row's group that
    have a value (and are in ``use``): ``b / n`` (``below``), ``(b + e) / n`` (``at_or_below``), ``(b + e/2) / n``
    (``midpoint``), or ``b / (n - 1)`` (``others``). Shapes: values and of (n,), to (n,) in 0..1. NaN stays NaN; NaN
    for a row that is not in ``use``, and for one alone among no others.
    """
    lower, same, n = (whole(number(values, of, use), values) for number in (groups.below, groups.equal, groups.count))
    share = _share(lower, same, n, best, kind)
    return np.where(same == 0, np.nan, share)


def _share(lower: Array, same: Array, n: Array, best: Best, kind: PercentileKind) -> Array:
    worse = lower if best == "highest" else n - lower - same
    if kind == "others":
        return quotient(worse, n - 1)
    part = {"below": worse, "at_or_below": worse + same, "midpoint": worse + same / 2}[kind]
    return quotient(part, n)


class _Peer(Indicator):
    """What the methods of this family share."""

    can_be_undefined: ClassVar[bool] = True

    of: str
    within: Scope = OPEN
    among: Among = OPEN

    def reads(self) -> Reads:
        return Reads(columns=(self.of,))

    @property
    def scopes(self) -> tuple[Within, ...]:
        return (self.within,)

    def _figure(self, frame: Frame, operation: Aggregation, within: Within | None = None) -> Array:
        return frame.aggregate(operation, self.of, within or self.within, frame.those(self.among))

    def _own(self, frame: Frame, row: int) -> str:
        return show(frame.column(self.of).values[row])

    def _group(self) -> str:
        return whom(self.within) + ("参评者" if self.among == "rated" else "")


class GroupFigure(_Peer):
    """``method = "group_figure"``: the mean, median, … of the row's group, for other columns to read."""

    method: Literal["group_figure"]
    statistic: Annotated[Literal["mean", "median", "highest", "lowest", "total", "count"], must_choose(_FIGURES)] = OPEN

    def reckon(self, frame: Frame) -> Array:
        figure = self._figure(frame, getattr(groups, self.statistic))
        return whole(figure, frame.column(self.of).values) if self.statistic == "count" else figure

    def rule(self) -> str:
        return f"{self._group()}的{_FIGURES[self.statistic]}"

    def arithmetic(self, frame: Frame, row: int) -> str:
        n = self._figure(frame, groups.count)[row]
        if self.statistic == "mean":
            return f"{self._group()}合计 {show(self._figure(frame, groups.total)[row])} ÷ {n}"
        return f"{self._group()} {n} 人的{_FIGURES[self.statistic]}"


class ToMean(_Peer):
    """``method = "to_mean"``: the value against its group's mean, as a ratio (times ``base`` if there is one) or a
    difference. There is no ratio to a mean of 0.
    """

    method: Literal["to_mean"]
    result: Annotated[Literal["ratio", "difference"], must_choose(_AGAINST)] = OPEN

    def misfits(self) -> Iterator[tuple[str, str]]:
        if self.result == "difference" and self.base is not None:
            yield "base", 'result = "difference" 不乘以基准分，不写 base'

    def reckon(self, frame: Frame) -> Array:
        values, mean = frame.column(self.of).values, self._figure(frame, groups.mean)
        if self.result == "difference":
            return np.asarray(values - mean)
        return np.asarray(quotient(values, mean) * frame.number(1 if self.base is None else self.base))

    def rule(self) -> str:
        base = "" if self.base is None else f"×{show(self.base)}"
        return f"{_AGAINST[self.result]}{base}（{self._group()}的平均）"

    def arithmetic(self, frame: Frame, row: int) -> str:
        mean = f"{self._group()}平均 {show(self._figure(frame, groups.mean)[row])}"
        if self.result == "difference":
            return f"{self._own(frame, row)} － {mean}"
        return f"{self._own(frame, row)} ÷ {mean}" + ("" if self.base is None else f" × {show(self.base)}")


class Scale(Strict):
    """The scale of a standard score: ``mean`` points at the mean, ``deviation`` more for each deviation above."""

    mean: Amount
    deviation: Amount


class StandardScore(_Peer):
    """``method = "standard_score"``: standard deviations above the group's mean, on a ``scale`` if there is one."""

    method: Literal["standard_score"]
    deviation: Annotated[Deviation, must_choose(_DEVIATIONS)] = OPEN
    zero_spread: Annotated[Literal["zero", "undefined"], must_choose(_ZERO_SPREAD)] = OPEN
    scale: Scale | None = None

    def reckon(self, frame: Frame) -> Array:
        mean, deviation = self._figure(frame, groups.mean), self._figure(frame, _DEVIATE[self.deviation])
        score = standard_score(frame.column(self.of).values, mean, deviation, self.zero_spread)
        if self.scale is None:
            return score
        return np.asarray(frame.number(self.scale.mean) + score * frame.number(self.scale.deviation))

    def rule(self) -> str:
        scale = "" if self.scale is None else f"{show(self.scale.mean)}＋{show(self.scale.deviation)}×"
        return (
            f"{scale}标准分（本人与{self._group()}平均之差÷标准差；{_DEVIATIONS[self.deviation]}；"
            f"{_ZERO_SPREAD[self.zero_spread]}）"
        )

    def arithmetic(self, frame: Frame, row: int) -> str:
        mean, deviation = (self._figure(frame, o)[row] for o in (groups.mean, _DEVIATE[self.deviation]))
        score = f"（{self._own(frame, row)} － 平均 {show(mean)}） ÷ 标准差 {show(deviation)}"
        if deviation == 0:
            score = f"{self._group()}都是 {show(mean)}，标准分为 0"
        if self.scale is None:
            return score
        scaled = f"{show(self.scale.mean)} ＋ {show(self.scale.deviation)} × "
        return f"{score}：{scaled}0" if deviation == 0 else scaled + score


class Percentile(_Peer):
    """``method = "percentile"``: ``base`` times the share of the group that the value is better than."""

    method: Literal["percentile"]
    base: Amount
    best: Best
    kind: Annotated[PercentileKind, must_choose(_PERCENTILES)] = OPEN

    def reckon(self, frame: Frame) -> Array:
        values, of, use = frame.column(self.of).values, frame.groups(self.within), frame.those(self.among)
        return np.asarray(percentile(values, of, self.best, self.kind, use) * frame.number(self.base))

    def rule(self) -> str:
        order = "高者为优" if self.best == "highest" else "低者为优"
        return f"在{self._group()}中的位次比例×{show(self.base)}（{order}；{_PERCENTILES[self.kind]}）"

    def arithmetic(self, frame: Frame, row: int) -> str:
        lower, same, n = (
            int(self._figure(frame, number)[row]) for number in (groups.below, groups.equal, groups.count)
        )
        worse = lower if self.best == "highest" else n - lower - same
        text = {
            "below": f"{worse} ÷ {n}",
            "at_or_below": f"（{worse} ＋ {same}） ÷ {n}",
            "midpoint": f"（{worse} ＋ {same} ÷ 2） ÷ {n}",
            "others": f"{worse} ÷ （{n} － 1）",
        }[self.kind]
        facts = f"{self._own(frame, row)}：{self._group()} {n} 人中不及的 {worse} 人、相同的（含本人） {same} 人"
        return f"{facts}，{text} × {show(self.base)}"


class GroupCoefficient(_Peer):
    """``method = "group_coefficient"``: the mean of the row's group against everybody's, as a factor, or the other way
    round to even out strict and lenient groups. Everybody's mean is that of the people, not of the groups' means.
    """

    method: Literal["group_coefficient"]
    direction: Annotated[Literal["group_to_all", "all_to_group"], must_choose(_DIRECTIONS)] = OPEN

    def misfits(self) -> Iterator[tuple[str, str]]:
        if self.within == "all":
            yield "within", f"须为分组，不能是全体：{choices({'pool': '本组'}, '文字列的编号')}"

    @property
    def scopes(self) -> tuple[Within, ...]:
        return (self.within, "all")

    def _means(self, frame: Frame) -> tuple[Array, Array]:
        own, everybody = (self._figure(frame, groups.mean, within) for within in (self.within, "all"))
        return (own, everybody) if self.direction == "group_to_all" else (everybody, own)

    def reckon(self, frame: Frame) -> Array:
        return quotient(*self._means(frame))

    def rule(self) -> str:
        return _DIRECTIONS[self.direction] + ("（参评者）" if self.among == "rated" else "")

    def arithmetic(self, frame: Frame, row: int) -> str:
        top, bottom = (show(mean[row]) for mean in self._means(frame))
        own, everybody = whom(self.within) + "平均", "全体平均"
        first, second = (own, everybody) if self.direction == "group_to_all" else (everybody, own)
        return f"{first} {top} ÷ {second} {bottom}"
