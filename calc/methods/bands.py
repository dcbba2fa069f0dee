"""Points by bands of a value: each band its points, or each part of the value counted at its tier's rate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from calc.methods.base import Amount, Frame, Indicator, Reads, Strict, choices, must_choose, show
from calc.number import Array, Mask, Number, clamp, missing

__all__ = ["Band", "Bands", "Interval", "Tier", "Tiers", "banded", "tiered"]

_OUTSIDE = {"undefined": "没有得分"}
_OUTSIDE_NUMBER = "一个数（各档之外的得分）"
Outside = Annotated[Amount | Literal["undefined"], must_choose(_OUTSIDE, _OUTSIDE_NUMBER)]


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers between two ends, each end (None: none) belonging to it or not."""

    low: Number | None
    low_in: bool
    high: Number | None
    high_in: bool

    @classmethod
    def stated(cls, start: Number | None, above: Number | None, to: Number | None, below: Number | None) -> Interval:
        """The interval with ends as a scheme states them: ``start`` and ``to`` belong to it."""
        return cls(above if start is None else start, start is not None, below if to is None else to, to is not None)

    def is_empty(self) -> bool:
        """True where no number lies between the ends."""
        if self.low is None or self.high is None:
            return False
        return bool(self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in)))

    def sort_key(self) -> tuple[bool, Number, bool]:
        """What puts intervals in order by their lower ends."""
        return self.low is not None, self.low or 0, not self.low_in

    def holds(self, values: Array) -> Mask:
        """Where a value lies in the interval; nowhere for NaN."""
        within = ~missing(values)
        if self.low is not None:
            within &= np.asarray(values >= self.low if self.low_in else values > self.low, dtype=np.bool_)
        if self.high is not None:
            within &= np.asarray(values <= self.high if self.high_in else values < self.high, dtype=np.bool_)
        return within


def banded(values: Array, bands: Sequence[tuple[Interval, Number, bool]], outside: Number | None) -> Array:
    """The points of the band that a value lies in.

    Formula: ``p_k``, or ``x * r_k`` for a band with a rate, of the band k with x in it. ``bands``: the interval, p or
    r, and whether it is a rate; they do not overlap. Shape (n,) to (n,). NaN stays NaN; a value in no band gets
    ``outside``, NaN for None. 0 is a value like any other.
    """
    points = np.where(missing(values), np.nan, np.nan if outside is None else outside)
    for interval, amount, is_rate in bands:
        points = np.where(interval.holds(values), values * amount if is_rate else amount, points)
    return points


def tiered(values: Array, tiers: Sequence[tuple[Interval, Number]], outside: Number | None) -> Array:
    """Each part of a value counted at the rate of its tier (累进).

    Formula: ``sum over the tiers of r_k * (length of tier k between 0 and x)``, the length negative for x < 0. Shape
    (n,) to (n,), rates in points a unit. NaN stays NaN; 0 gives 0; a value in no tier gets ``outside``, NaN for None.
    """
    total = values * 0
    within = np.zeros(values.shape, dtype=np.bool_)
    for interval, rate in tiers:
        total = (
            total + (clamp(values, interval.low, interval.high) - clamp(values * 0, interval.low, interval.high)) * rate
        )
        within |= interval.holds(values)
    return np.where(within | missing(values), total, np.nan if outside is None else outside)


class _Ends(Strict):
    """The ends of a band, open and closed as written; a side without a key has no end."""

    start: Amount | None = Field(default=None, alias="from")
    """Not less than."""
    above: Amount | None = None
    """More than."""
    to: Amount | None = None
    """Not more than."""
    below: Amount | None = None
    """Less than."""

    def interval(self, number: Callable[[Decimal], Number] = Decimal) -> Interval:
        """The interval in one kind of number."""
        ends = (self.start, self.above, self.to, self.below)
        return Interval.stated(*(None if end is None else number(end) for end in ends))

    def words(self) -> str:
        """The interval in Chinese: 60（含）至80（不含）."""
        own = self.interval()
        low = "" if own.low is None else show(own.low) + ("（含）" if own.low_in else "（不含）")
        high = "" if own.high is None else show(own.high) + ("（含）" if own.high_in else "（不含）")
        if low and high:
            return show(own.low) if own.low == own.high else f"{low}至{high}"
        return f"{low}以上" if low else f"{high}以下" if high else "任何数值"


class Band(_Ends):
    """One band: its ends, and its ``points`` or its ``rate`` on the whole value."""

    points: Amount | None = None
    rate: Amount | None = None

    @property
    def amount(self) -> Decimal:
        """The points or the rate; it has been checked that there is one."""
        return self.points if self.points is not None else self.rate or Decimal(0)


class Tier(_Ends):
    """One tier: its ends, and the rate at which the part of the value in it counts."""

    rate: Amount


def _interval_misfits(key: str, entries: Sequence[_Ends], outside: object) -> Iterator[tuple[str, str]]:
    """Ends that do not go together, gaps, overlaps, and what is outside of all where there is an outside."""
    for n, entry in enumerate(entries):
        if entry.start is not None and entry.above is not None:
            yield f"{key}[{n}].from", "from（含）与 above（不含）只能写一个"
        if entry.to is not None and entry.below is not None:
            yield f"{key}[{n}].to", "to（含）与 below（不含）只能写一个"
        if entry.interval().is_empty():
            yield f"{key}[{n}]", f"{entry.words()}：没有这样的数"
            return
    ordered = sorted(entries, key=lambda entry: entry.interval().sort_key())
    for left, right in pairwise(ordered):
        high, low = left.interval().high, right.interval().low
        words = f"{left.words()}与{right.words()}"
        if high is None or low is None or high > low or (high == low and None not in (left.to, right.start)):
            yield key, f"{words}有重叠"
        elif high < low or (left.to is None and right.start is None):
            yield key, f"{words}之间有空档"
    first, last = ordered[0].interval(), ordered[-1].interval()
    is_covered = first.low is None and last.high is None
    if not is_covered and outside is None:
        yield "outside", f"各档没有覆盖全部数值，须选定：{choices(_OUTSIDE, _OUTSIDE_NUMBER)}"
    if is_covered and outside is not None:
        yield "outside", "各档已覆盖全部数值，不写 outside"


def _outside_words(outside: Decimal | str | None) -> str:
    if outside is None:
        return ""
    return "；各档之外没有得分" if isinstance(outside, str) else f"；各档之外得{show(outside)}分"


class _Banded(Indicator):
    """What bands and tiers share."""

    can_be_undefined: ClassVar[bool] = True

    of: str
    outside: Outside | None = None
    """What a value in no band gets: a number, or ``"undefined"``; needed where the bands leave an outside."""

    def reads(self) -> Reads:
        return Reads(columns=(self.of,))

    def _beyond(self, frame: Frame) -> Number | None:
        return frame.number(self.outside) if isinstance(self.outside, Decimal) else None


class Bands(_Banded):
    """``method = "bands"``: the points of the band that the column ``of`` lies in.

    Each band states its ends (``from`` >=, ``above`` >, ``to`` <=, ``below`` <) and its ``points``, or a ``rate`` that
    the whole value is multiplied by. Bands neither overlap nor leave gaps.
    """

    method: Literal["bands"]
    bands: tuple[Band, ...] = Field(min_length=1, strict=False)

    def misfits(self) -> Iterator[tuple[str, str]]:
        for n, band in enumerate(self.bands):
            if (band.points is None) == (band.rate is None):
                yield f"bands[{n}]", "points（得分）与 rate（乘以数值）须写一个，只写一个"
        yield from _interval_misfits("bands", self.bands, self.outside)

    def reckon(self, frame: Frame) -> Array:
        bands = [(b.interval(frame.number), frame.number(b.amount), b.points is None) for b in self.bands]
        return banded(frame.column(self.of).values, bands, self._beyond(frame))

    def rule(self) -> str:
        parts = (
            f"{b.words()}" + (f"得{show(b.amount)}分" if b.points is not None else f"按数值×{show(b.amount)}")
            for b in self.bands
        )
        return "按档得分：" + "；".join(parts) + _outside_words(self.outside)

    def arithmetic(self, frame: Frame, row: int) -> str:
        own = frame.column(self.of).values[row : row + 1]
        for band in self.bands:
            if band.interval(frame.number).holds(own)[0]:
                got = f"得 {show(band.amount)}" if band.points is not None else f"{show(own[0])} × {show(band.amount)}"
                return f"{show(own[0])} 属{band.words()}一档，{got}"
        return f"{show(own[0])} 不属任何一档，得 {show(self._beyond(frame))}"


class Tiers(_Banded):
    """``method = "tiers"``: each part of the column ``of`` counted at the rate of its tier (超额累进).

    The tiers state their ends as bands do. Parts are measured from 0.
    """

    method: Literal["tiers"]
    tiers: tuple[Tier, ...] = Field(min_length=1, strict=False)

    def misfits(self) -> Iterator[tuple[str, str]]:
        yield from _interval_misfits("tiers", self.tiers, self.outside)

    def reckon(self, frame: Frame) -> Array:
        tiers = [(tier.interval(frame.number), frame.number(tier.rate)) for tier in self.tiers]
        return tiered(frame.column(self.of).values, tiers, self._beyond(frame))

    def rule(self) -> str:
        parts = (f"{tier.words()}的部分×{show(tier.rate)}" for tier in self.tiers)
        return "分段累进：" + "；".join(parts) + _outside_words(self.outside)

    def arithmetic(self, frame: Frame, row: int) -> str:
        own = frame.column(self.of).values[row : row + 1]
        intervals = [tier.interval(frame.number) for tier in self.tiers]
        if not any(interval.holds(own)[0] for interval in intervals):
            return f"{show(own[0])} 不属任何一档，得 {show(self._beyond(frame))}"
        terms = []
        for tier, interval in zip(self.tiers, intervals, strict=True):
            top, bottom = (clamp(value, interval.low, interval.high)[0] for value in (own, own * 0))
            if top != bottom:
                part = show(top) if bottom == 0 else f"（{show(top)} － {show(bottom)}）"
                terms.append(f"{part} × {show(tier.rate)}")
        return " ＋ ".join(terms) or f"{show(own[0])}，没有计分的部分"
