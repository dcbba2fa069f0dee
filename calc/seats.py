"""A quota as a scheme file states it: which rule, of what count, with which limits."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from calc.fields import Amount, Identifier, Strict
from calc.quota import SeatRule, parse_quota

__all__ = ["Distinct", "OfUnit", "Quota", "Rule"]


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


class OfUnit(Strict):
    """At most so many winners of those with the same text in a column."""

    of: Identifier
    at_most: int = Field(ge=1)


class Quota(Strict):
    """Seats of each pool: ``times * rule(count)``, not below ``minimum`` nor above ``maximum``."""

    rule: Rule | None = None
    by_pool: Mapping[str, Rule] = Field(default_factory=dict)
    """A rule for each pool by its name, instead of ``rule``."""
    otherwise: Rule | None = None
    """The rule for a pool that ``by_pool`` does not name; without it such a pool is an error in the data."""
    count: Literal["rows", "rated", "eligible"] | Distinct | Annotated[Amount, AfterValidator(_whole)] | None = "rows"
    """What percentages and steps are of: the pool's rows, those rated, those eligible, a number of different texts, or
    a number. None (a setting that was not given): the rows, as the setting's ``fallback`` says.
    """
    counted: str = Field(default="人数", min_length=1)
    """What ``count`` is called: 期末柜员人数."""
    times: int = Field(default=1, ge=1, le=1000)
    """The share of this contest where several stand in a ratio (1:1:2)."""
    minimum: int | None = Field(default=None, ge=0)
    """Seats approved at least, whatever the rule gives."""
    maximum: int | None = Field(default=None, ge=0)
    passes_on: tuple[Literal["objection", "cancel", "withdraw"], ...] = Field(default=(), strict=False)
    """After which rulings that take a title away the next has the seat; after others it stays empty."""
    each: OfUnit | None = None
    """How many of one unit may win; the next of other units come in."""
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
        text += "" if self.maximum is None else f"，最多{self.maximum}名"
        return text + ("" if self.each is None else f"，同一单位最多{self.each.at_most}名")
