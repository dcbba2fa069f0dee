"""A value brought to another scale: by a factor, between the group's ends, by a power."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

import numpy as np

from calc import groups
from calc.exact import power
from calc.groups import Groups
from calc.methods.base import (
    OPEN,
    Among,
    Amount,
    Frame,
    Indicator,
    Reads,
    Scope,
    Source,
    Within,
    columns_of,
    must_choose,
    show,
    whom,
)
from calc.number import Array, Mask, Number, is_exact, missing, quotient

__all__ = ["Factor", "MinMax", "Power", "ZeroSpread", "min_max", "powered", "rescaled"]

ZeroSpread = Literal["low", "middle", "high", "undefined"]
_ZERO_SPREAD = {
    "low": "都得最低分",
    "middle": "都得最低分与最高分的中间",
    "high": "都得最高分",
    "undefined": "都没有得分",
}


def rescaled(values: Array, times: Array | Number, per: Array | Number) -> Array:
    """A value in proportion: so many points for so many units.

    Formula: ``x * times / per``. Shapes: values (n,), the others one number or (n,). NaN in any gives NaN, and so does
    ``per`` = 0; 0 gives 0.
    """
    return quotient(values * times, per)


def min_max(
    values: Array,
    of: Groups,
    scale: tuple[Number, Number],
    best: Literal["highest", "lowest"],
    zero_spread: ZeroSpread,
    sets_ends: Mask | None = None,
) -> Array:
    """The group's worst gets the lower end of a scale, its best the upper, the others lie between (极差标准化).

    Formula: ``low + (x - min) / (max - min) * (high - low)``, with ``(max - x)`` where the lowest is best; min and max
    of the present values of the row's group among ``sets_ends`` (None: all). Where max = min the choice is
    ``zero_spread``. A row that sets no end may lie beyond them. Shapes: values (n,), of (n,); result (n,) in points.
    NaN stays NaN and sets no end; NaN where nobody sets one.
    """
    low, high = scale
    least, most = groups.lowest(values, of, sets_ends), groups.highest(values, of, sets_ends)
    way = values - least if best == "highest" else most - values
    points = low + quotient(way, most - least) * (high - low)
    level = {"low": low, "middle": (low + high) / 2, "high": high, "undefined": np.nan}[zero_spread]
    return np.where(missing(values) | missing(least), np.nan, np.where(most == least, level, points))


def powered(values: Array, exponent: Fraction, times: Array | Number, per: Array | Number) -> Array:
    """A power law.

    Formula: ``times * (x / per) ** exponent``; of fractions exact where it is a fraction, else to 60 decimals
    (:mod:`calc.exact`). Shapes: values (n,), times and per one number or (n,). NaN in any gives NaN, and so do per = 0,
    a negative x / per with an exponent that is not whole, and 0 with an exponent that is not positive.
    """
    ratio = quotient(values, per)
    if not is_exact(ratio):
        if exponent.denominator > 1:
            ratio = np.where(ratio < 0, np.nan, ratio)
        if exponent < 0:
            ratio = np.where(ratio == 0, np.nan, ratio)
        return np.asarray(times * np.power(ratio, float(exponent)))
    powers = np.empty(len(ratio), dtype=object)
    powers[:] = [power(x, exponent) for x in ratio]
    return np.asarray(times * powers)


class Factor(Indicator):
    """``method = "factor"``: the column ``of`` times ``times`` divided by ``per`` (× 100 ÷ 130; a share of a plan)."""

    can_be_undefined: ClassVar[bool] = True

    method: Literal["factor"]
    of: str
    times: Source = Decimal(1)
    per: Source = Decimal(1)

    def reads(self) -> Reads:
        return Reads(columns=(self.of, *columns_of(self.times, self.per)))

    def misfits(self) -> Iterator[tuple[str, str]]:
        if self.per == 0:
            yield "per", "不能除以 0"

    def reckon(self, frame: Frame) -> Array:
        return rescaled(frame.column(self.of).values, frame.figure(self.times), frame.figure(self.per))

    def rule(self) -> str:
        times, per = (show(s) if isinstance(s, Decimal) else "另一列" for s in (self.times, self.per))
        return _factor_words("本人", times, per)

    def arithmetic(self, frame: Frame, row: int) -> str:
        times, per = (show(frame.figure_of(source, row)) for source in (self.times, self.per))
        return _factor_words(show(frame.column(self.of).values[row]), times, per)


def _factor_words(own: str, times: str, per: str) -> str:
    """本人 × 100 ÷ 130, without a factor of 1."""
    return own + "".join(f" {sign} {text}" for sign, text in (("×", times), ("÷", per)) if text != "1")


class MinMax(Indicator):
    """``method = "min_max"``: the group's worst gets ``low``, its best ``high``, the others in between."""

    can_be_undefined: ClassVar[bool] = True

    method: Literal["min_max"]
    of: str
    best: Literal["highest", "lowest"]
    low: Amount
    high: Amount
    within: Scope = OPEN
    among: Among = OPEN
    zero_spread: Annotated[ZeroSpread, must_choose(_ZERO_SPREAD)] = OPEN
    """What all get where all are equal."""

    def reads(self) -> Reads:
        return Reads(columns=(self.of,))

    @property
    def scopes(self) -> tuple[Within, ...]:
        return (self.within,)

    def misfits(self) -> Iterator[tuple[str, str]]:
        if self.low >= self.high:
            yield "low", f"最低分 {show(self.low)} 须小于最高分 {show(self.high)}"

    def reckon(self, frame: Frame) -> Array:
        scale = (frame.number(self.low), frame.number(self.high))
        values, of = frame.column(self.of).values, frame.groups(self.within)
        return min_max(values, of, scale, self.best, self.zero_spread, frame.those(self.among))

    def rule(self) -> str:
        worst, best = ("最低", "最高") if self.best == "highest" else ("最高", "最低")
        return (
            f"{whom(self.within)}{worst}者得{show(self.low)}分，{best}者得{show(self.high)}分，其间按直线；"
            f"全组相等时{_ZERO_SPREAD[self.zero_spread]}"
        )

    def arithmetic(self, frame: Frame, row: int) -> str:
        least, most = (
            frame.aggregate(end, self.of, self.within, frame.those(self.among))[row]
            for end in (groups.lowest, groups.highest)
        )
        if least == most:
            return f"{whom(self.within)}都是 {show(most)}，{_ZERO_SPREAD[self.zero_spread]}"
        own, low, high = show(frame.column(self.of).values[row]), f"最低 {show(least)}", f"最高 {show(most)}"
        way = f"{own} － {low}" if self.best == "highest" else f"{high} － {own}"
        span = f"（{show(self.high)} － {show(self.low)}）"
        return f"{show(self.low)} ＋ （{way}） ÷ （{high} － {low}） × {span}"


_RATIO = re.compile(r"-?\d{1,4}/[1-9]\d{0,2}")
_LARGEST, _FINEST = 10, 100
"""How large an exponent may be, and its denominator: the exact power must not have too many digits."""


class Power(Indicator):
    """``method = "power"``: ``times`` × (``of`` ÷ ``per``) to the ``exponent``, a number or a fraction "2/3"."""

    can_be_undefined: ClassVar[bool] = True

    method: Literal["power"]
    of: str
    exponent: Amount | str
    times: Source = Decimal(1)
    per: Source = Decimal(1)

    def reads(self) -> Reads:
        return Reads(columns=(self.of, *columns_of(self.times, self.per)))

    def misfits(self) -> Iterator[tuple[str, str]]:
        exponent = self._exponent()
        if not exponent or abs(exponent) > _LARGEST or exponent.denominator > _FINEST:
            yield "exponent", f'须为不等于 0 的数或分数（如 0.5、"2/3"），不超过 {_LARGEST}，分母不超过 {_FINEST}'
        if self.per == 0:
            yield "per", "不能除以 0"

    def _exponent(self) -> Fraction | None:
        if isinstance(self.exponent, Decimal):
            return Fraction(self.exponent)
        return Fraction(self.exponent) if _RATIO.fullmatch(self.exponent) else None

    def reckon(self, frame: Frame) -> Array:
        exponent = self._exponent()
        assert exponent is not None  # misfits has seen to it
        values = frame.column(self.of).values
        return powered(values, exponent, frame.figure(self.times), frame.figure(self.per))

    def rule(self) -> str:
        times, per = (show(s) if isinstance(s, Decimal) else "另一列" for s in (self.times, self.per))
        return _power_words("本人", times, per, self.exponent)

    def arithmetic(self, frame: Frame, row: int) -> str:
        own = frame.column(self.of).values[row]
        times, per = (show(frame.figure_of(source, row)) for source in (self.times, self.per))
        return _power_words(show(own), times, per, self.exponent)


def _power_words(own: str, times: str, per: str, exponent: Decimal | str) -> str:
    """100 × （本人 ÷ 130） 的 0.5 次方."""
    inner = own if per == "1" else f"（{own} ÷ {per}）"
    power = f"{inner} 的 {exponent if isinstance(exponent, str) else show(exponent)} 次方"
    return power if times == "1" else f"{times} × {power}"
