"""How many seats a count gives: the rules of a quota, read from their short written form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

__all__ = ["Fixed", "Percent", "SeatRule", "Steps", "parse_quota"]


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same number for every pool."""

    number: int

    def seats(self, count: int) -> int:
        """``number``, whatever the count."""
        del count
        return self.number

    def words(self, counted: str = "人数") -> str:
        """The rule in Chinese."""
        del counted
        return f"{self.number}名"


@dataclass(frozen=True, slots=True)
class Percent:
    """At most so many percent of a count, rounded as the rule says; exact (10% of 19 down is 1)."""

    percent: Decimal
    rounding: str

    def seats(self, count: int) -> int:
        """``count * percent / 100``, rounded ``floor``, ``ceil`` or ``half_up``."""
        share = Fraction(self.percent) * count / 100
        return {"floor": floor(share), "ceil": ceil(share), "half_up": floor(share + Fraction(1, 2))}[self.rounding]

    def words(self, counted: str = "人数") -> str:
        """The rule in Chinese; ``counted`` is what the percentage is of."""
        how = {"floor": "舍去尾数", "ceil": "进一取整", "half_up": "四舍五入"}[self.rounding]
        return f"{counted}的{self.percent.normalize():f}%（{how}）"


@dataclass(frozen=True, slots=True)
class Steps:
    """Seats by bands of a count: up to 5 one, up to 9 two, up to 15 three, then one more for each further 5."""

    bands: tuple[tuple[int, int], ...]
    """(upper end, inclusive; seats), in rising order."""
    step: tuple[int, int] | None = None
    """(width, seats added) beyond the last band; None: the last band's seats hold for every larger count."""

    def seats(self, count: int) -> int:
        """The seats of the first band whose upper end is not below the count; 0 for a count of 0."""
        if count <= 0:
            return 0
        for upper, seats in self.bands:
            if count <= upper:
                return seats
        upper, seats = self.bands[-1]
        if self.step is None:
            return seats
        width, more = self.step
        return seats + more * ceil(Fraction(count - upper, width))

    def words(self, counted: str = "人数") -> str:
        """The rule in Chinese."""
        del counted
        text = "，".join(f"{upper}个以下（含）{seats}名" for upper, seats in self.bands)
        return text if self.step is None else f"{text}，其后每增{self.step[0]}个加{self.step[1]}名"


SeatRule = Fixed | Percent | Steps

_FIXED = re.compile(r"\d{1,6}")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)% ?(floor|ceil|half_up)")
_BAND = re.compile(r"(\d{1,6}):(\d{1,6})")
_STEP = re.compile(r"\+(\d{1,6}):(\d{1,6})")


def parse_quota(rule: str) -> SeatRule:
    """``"1"``, ``"10% floor"`` (or ``ceil``, ``half_up``: one must be chosen) or ``"5:1 9:2 15:3 +5:1"``.

    Raises ValueError, in Chinese, for anything else.
    """
    rule = " ".join(rule.split())
    if _FIXED.fullmatch(rule):
        return Fixed(int(rule))
    if found := _PERCENT.fullmatch(rule):
        percent = Decimal(found[1])
        if percent > 100:
            raise ValueError(f"名额比例 {found[1]}% 超过 100%")
        return Percent(percent, found[2])
    if re.fullmatch(r"\d+(?:\.\d+)?%", rule):
        raise ValueError(f"名额规则「{rule}」须写明取整方式：floor（舍去）、ceil（进一）或 half_up（四舍五入）")
    bands: list[tuple[int, int]] = []
    step = None
    for part in rule.split():
        if step is None and (found := _BAND.fullmatch(part)):
            bands.append((int(found[1]), int(found[2])))
        elif step is None and bands and (found := _STEP.fullmatch(part)) and int(found[1]):
            step = (int(found[1]), int(found[2]))
        else:
            raise ValueError(f"名额规则「{rule}」中的「{part}」看不懂；例：1、10% floor、5:1 9:2 15:3 +5:1")
    if not bands:
        raise ValueError("名额规则不能为空；例：1、10% floor、5:1 9:2 15:3 +5:1")
    if any(left[0] >= right[0] for left, right in pairwise(bands)):
        raise ValueError(f"名额规则「{rule}」的分档须从小到大")
    return Steps(tuple(bands), step)
