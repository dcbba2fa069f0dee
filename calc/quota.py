"""How many seats a pool has: a quota as a scheme file states it, and its rules in their short written form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from calc.fields import Amount, Identifier, Strict

__all__ = ["Distinct", "Fixed", "Percent", "Quota", "Rule", "SeatRule", "Steps", "parse_quota"]


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


def _as_text(rule: object) -> object:
    """A bare whole number as a rule."""
    return str(rule) if type(rule) is int else rule


def _is_rule(rule: str) -> str:
    parse_quota(rule)
    return rule


Rule = Annotated[str, BeforeValidator(_as_text), AfterValidator(_is_rule)]
"""What :func:`parse_quota` reads; a whole number may stand without quotation marks."""


def _whole(count: Decimal) -> Decimal:
    if count < 0 or count != count.to_integral_value():
        raise ValueError("须为不小于 0 的整数")
    return count


class Distinct(Strict):
    """How many different texts a column has in all the data: the number of outlets."""

    distinct: Identifier


class Quota(Strict):
    """Seats of each pool: ``times * rule(count)``, not below ``minimum`` nor above ``maximum``."""

    rule: Rule | None = None
    by_pool: Mapping[str, Rule] = Field(default_factory=dict)
    """A rule for each pool by its name, instead of ``rule``."""
    otherwise: Rule | None = None
    """The rule for a pool that ``by_pool`` does not name; without it such a pool is an error in the data."""
    count: Literal["rows", "rated", "eligible"] | Distinct | Annotated[Amount, AfterValidator(_whole)] | None = "rows"
    """What percentages and steps are of: the pool's rows, those rated, those eligible, a number of different texts, or
    a number. None (a setting that was not given): the rows, with a warning.
    """
    counted: str = Field(default="人数", min_length=1)
    """What ``count`` is called: 期末柜员人数."""
    times: int = Field(default=1, ge=1, le=1000)
    """The share of this contest where several stand in a ratio (1:1:2)."""
    minimum: int | None = Field(default=None, ge=0)
    """Seats approved at least, whatever the rule gives."""
    maximum: int | None = Field(default=None, ge=0)
    clause: str
    note: str = ""

    def rule_of(self, pool: str) -> SeatRule | None:
        """The rule of one pool; None where the scheme has none for it."""
        text = self.by_pool.get(pool, self.otherwise) if self.by_pool else self.rule
        return None if text is None else parse_quota(text)

    def seats(self, pool: str, count: int) -> int | None:
        """The seats of a pool with this count; None where there is no rule for it."""
        rule = self.rule_of(pool)
        if rule is None:
            return None
        seats = max(self.times * rule.seats(count), self.minimum or 0)
        return seats if self.maximum is None else min(seats, self.maximum)

    def words(self) -> str:
        """The whole quota in Chinese."""
        named = [f"{pool}{parse_quota(rule).words(self.counted)}" for pool, rule in self.by_pool.items()]
        rest = self.otherwise if self.by_pool else self.rule
        if rest is not None:
            named.append(("其余" if named else "") + parse_quota(rest).words(self.counted))
        return "，".join(named) + self._limits()

    def words_of(self, pool: str) -> str:
        """The rule of one pool in Chinese; empty where there is none."""
        rule = self.rule_of(pool)
        return "" if rule is None else rule.words(self.counted) + self._limits()

    def _limits(self) -> str:
        text = f"，再乘以{self.times}" if self.times != 1 else ""
        text += "" if not self.minimum else f"，经批准不少于{self.minimum}名"
        return text + ("" if self.maximum is None else f"，最多{self.maximum}名")
