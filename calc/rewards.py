"""Rewards: fixed, by rank or grade, by bands, so much a point, or a share of a sum that adds up to the cent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Field

from calc.bounds import Bounds
from calc.methods.base import Amount, Identifier, Rounding, Strict, Within, show, to_rounding
from calc.number import decimals_of, rounded
from calc.words import REWARDS, ask

__all__ = [
    "Band",
    "ByBands",
    "ByGrade",
    "ByRank",
    "ByScore",
    "Grant",
    "Recipient",
    "Reward",
    "Share",
    "gift_words",
    "grant",
    "share_out",
]

Gift = Amount | str
"""An amount, or a thing in words; an empty text is nothing at all."""

_PLACES = re.compile(r"([1-9]\d{0,3})(?:-([1-9]\d{0,3}))?")


def _is_places(text: str) -> str:
    found = _PLACES.fullmatch(text)
    if found is None or int(found[2] or found[1]) < int(found[1]):
        raise ValueError(f"名次「{text}」看不懂；例：1、2-3")
    return text


class ByRank(Strict):
    """``by = "rank"``: by the rank in the pool; ``table`` names ranks or spans of them: ``1``, ``"2-3"``."""

    by: Literal["rank"]
    table: Mapping[Annotated[str, AfterValidator(_is_places)], Gift] = Field(min_length=1)
    otherwise: Gift
    ties: Literal["same", "mean"]
    """``same``: all of one rank get what it gives; ``mean``: they share what their places give together."""
    rounding: Annotated[Rounding | None, BeforeValidator(to_rounding)] = None
    """How a mean is rounded."""

    def of_place(self, place: int) -> Gift:
        """What the place gives."""
        for span, gift in self.table.items():
            low, _, high = span.partition("-")
            if int(low) <= place <= int(high or low):
                return gift
        return self.otherwise

    def words(self) -> str:
        """The rule in Chinese."""
        parts = [ask(REWARDS, "place", places=places, gift=gift_words(gift)) for places, gift in self.table.items()]
        return "，".join([*parts, ask(REWARDS, "otherwise", gift=gift_words(self.otherwise))])


class ByGrade(Strict):
    """``by = "grade"``: by the grade's id; ``otherwise`` for grades that ``table`` does not name and for none."""

    by: Literal["grade"]
    table: Mapping[Identifier, Gift] = Field(min_length=1)
    otherwise: Gift

    def words(self) -> str:
        """The rule in Chinese."""
        return ask(REWARDS, "by_grade", otherwise=gift_words(self.otherwise))


class Band(Bounds):
    """One band and what it gives."""

    value: Gift


class ByBands(Strict):
    """``by = "bands"``: what the first band gives in which the column ``of``, as shown, lies."""

    by: Literal["bands"]
    of: str = "total"
    bands: tuple[Band, ...] = Field(min_length=1, strict=False)
    otherwise: Gift

    def words(self) -> str:
        """The rule in Chinese."""
        parts = [f"{band.words()}为{gift_words(band.value)}" for band in self.bands]
        return "，".join([*parts, ask(REWARDS, "otherwise", gift=gift_words(self.otherwise))])


class ByScore(Strict):
    """``by = "score"``: ``(of - over) * each``, not below 0, with the column ``of`` as shown."""

    by: Literal["score"]
    of: str = "total"
    each: Amount
    over: Amount = Decimal(0)
    """Points that nothing is given for."""
    rounding: Annotated[Rounding, BeforeValidator(to_rounding)]

    def words(self) -> str:
        """The rule in Chinese."""
        return ask(REWARDS, "each_over" if self.over else "each", each=show(self.each), over=show(self.over))


class Share(Strict):
    """``by = "share"``: a sum is shared out by the column ``of``, as shown, and adds up exactly.

    Each gets the sum times value / all values, down to the last of ``digits``; the units that are left go one each to
    the largest remainders, of equal ones to the lowest id (by its characters).
    """

    by: Literal["share"]
    of: str = "total"
    within: Within
    """Whose sum it is: each pool's, everybody's, or that of those with the same text."""
    amount: Amount | None = Field(default=None, ge=0)
    """The sum of each group."""
    per_head: Amount | None = Field(default=None, ge=0)
    """Or so much for each of those who share it."""
    table: Mapping[str, Annotated[Amount, Field(ge=0)]] = Field(default_factory=dict)
    """Or of each group by its name; one that is not named has none."""
    digits: int = Field(ge=-6, le=6)
    zero: Literal["equal", "nothing"]
    """What happens where all values are 0."""

    def words(self) -> str:
        """The rule in Chinese."""
        if self.table:
            listed = "、".join(f"{name} {show(amount)}" for name, amount in self.table.items())
            return ask(REWARDS, "share_table", listed=listed)
        key, amount = ("share_heads", self.per_head) if self.amount is None else ("share", self.amount)
        return ask(REWARDS, key, amount=show(amount or 0))

    def sum_of(self, group: str, heads: int) -> Decimal:
        """The sum of one group."""
        if self.table:
            return self.table.get(group, Decimal(0))
        return (self.per_head or Decimal(0)) * heads if self.amount is None else self.amount


Rule = Annotated[ByRank | ByGrade | ByBands | ByScore | Share, Field(discriminator="by")]


class Reward(Strict):
    """What somebody gets."""

    id: Identifier
    label: str
    value: Gift | Rule | None
    """None, an empty text or 0 (a setting left at that): there is no such reward, and nothing is printed."""
    to: str = "winner"
    """``winner``, ``eligible``, ``rated``, or the id of a title."""
    pools: tuple[str, ...] = Field(default=(), strict=False)
    """The pools in which it is given; none: all."""
    unit: str = ""
    clause: str = ""

    @property
    def reads(self) -> str | None:
        """The column that it goes by, if any."""
        return self.value.of if isinstance(self.value, ByBands | ByScore | Share) else None

    def words(self) -> str:
        """What is given, in Chinese."""
        only = ask(REWARDS, "pools", pools="、".join(self.pools)) if self.pools else ""
        if isinstance(self.value, Decimal | str):
            return only + gift_words(self.value)
        return "" if self.value is None else only + self.value.words()


@dataclass(frozen=True, slots=True)
class Recipient:
    """One of those who get a reward."""

    row: int
    id: str
    pool: str
    group: str
    """The name of the group that a sum is shared in."""
    rank: int | None = None
    grade: str = ""
    """The grade's id, empty for none."""
    value: Fraction | None = None
    """The column that the reward goes by, as shown."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What one gets, and how it was reckoned."""

    value: Decimal | str
    words: str = ""


def grant(reward: Reward, recipients: Sequence[Recipient]) -> dict[int, Grant]:
    """What each recipient's row gets; nothing for a row without the value that the reward goes by.

    Raises ValueError for a negative value where a sum is to be shared out.
    """
    rule = reward.value
    if isinstance(rule, Share):
        return _shared(rule, recipients)
    granted: dict[int, Grant] = {}
    for person in recipients:
        if isinstance(rule, ByRank):
            found = _by_rank(rule, person, recipients)
        elif isinstance(rule, ByGrade):
            found = Grant(rule.table.get(person.grade, rule.otherwise))
        elif isinstance(rule, ByBands | ByScore):
            found = None if person.value is None else _by_value(rule, person.value)
        else:
            found = Grant(rule) if rule else None
        if found is not None and found.value != "":
            granted[person.row] = found
    return granted


def _by_rank(rule: ByRank, person: Recipient, recipients: Iterable[Recipient]) -> Grant | None:
    if person.rank is None:
        return None
    equals = sum(1 for other in recipients if (other.pool, other.rank) == (person.pool, person.rank))
    if rule.ties == "same" or equals == 1 or rule.rounding is None:
        return Grant(rule.of_place(person.rank), ask(REWARDS, "rank", rank=person.rank))
    gifts = [rule.of_place(person.rank + n) for n in range(equals)]
    amounts = [gift if isinstance(gift, Decimal) else Decimal(0) for gift in gifts]
    words = f"（{' ＋ '.join(show(amount) for amount in amounts)}） ÷ {equals}"
    return Grant(_rounded(Fraction(sum(amounts)) / equals, rule.rounding), words)


def _by_value(rule: ByBands | ByScore, value: Fraction) -> Grant:
    if isinstance(rule, ByBands):
        column = np.array([value], dtype=object)
        gift = next((band.value for band in rule.bands if band.met(column)[0]), rule.otherwise)
        return Grant(gift, show(value))
    amount = max(value - Fraction(rule.over), Fraction(0)) * Fraction(rule.each)
    points = f"（{show(value)} － {show(rule.over)}）" if rule.over else show(value)
    return Grant(_rounded(amount, rule.rounding), f"{points} × {show(rule.each)}")


def _rounded(value: Fraction, rounding: Rounding) -> Decimal:
    units, _ = rounded(np.array([value], dtype=object), rounding.digits, rounding.mode)
    amount = decimals_of(units, rounding.digits)[0]
    assert amount is not None
    return amount


def _shared(rule: Share, recipients: Sequence[Recipient]) -> dict[int, Grant]:
    groups: dict[str, list[tuple[Recipient, Fraction]]] = {}
    for person in recipients:
        if person.value is not None:
            groups.setdefault(person.group, []).append((person, person.value))
    granted: dict[int, Grant] = {}
    for name, members in groups.items():
        amount = rule.sum_of(name, len(members))
        if amount == 0:
            continue
        weights = {person.id: value for person, value in members}
        whole = sum(weights.values(), Fraction(0))
        if whole == 0 and rule.zero == "nothing" and min(weights.values()) == 0:
            continue
        parts = share_out(amount, weights, rule.digits)
        for person, value in members:
            words = f"{show(amount)} × {show(value)} ÷ {show(whole)}" if whole else f"{show(amount)} ÷ {len(members)}"
            granted[person.row] = Grant(parts[person.id], words)
    return granted


def share_out(amount: Decimal, weights: Mapping[str, Fraction], digits: int) -> dict[str, Decimal]:
    """Share ``amount`` out by weights, in units of 10^-``digits``, so that the parts add up to it exactly.

    Formula: ``amount * w / sum(w)`` down to the unit; the units left go one each to the largest remainders, of equal
    ones to the lowest id. All weights 0: equal parts. Raises ValueError for a negative weight or for an amount finer
    than the unit.
    """
    units = Fraction(amount) * Fraction(10) ** digits
    if min(weights.values(), default=Fraction(0)) < 0 or units.denominator != 1:
        raise ValueError("a share needs weights of 0 or more and an amount of whole units")
    whole = sum(weights.values(), Fraction(0))
    exact = {name: units * (w / whole if whole else Fraction(1, len(weights))) for name, w in weights.items()}
    parts = {name: int(part) for name, part in exact.items()}
    left = int(units) - sum(parts.values())
    for name in sorted(exact, key=lambda name: (parts[name] - exact[name], name))[:left]:
        parts[name] += 1
    return {name: Decimal(part).scaleb(-digits) for name, part in parts.items()}


def gift_words(gift: Gift) -> str:
    """What is given, in words; 无 for nothing."""
    return show(gift) if isinstance(gift, Decimal) else gift or REWARDS["nothing"]
