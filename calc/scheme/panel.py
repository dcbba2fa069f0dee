"""People who judge, as a scheme states them: panels of raters, and the items on their ballots."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from calc.methods.base import Amount, Identifier, Strict, Within, show
from calc.seats import Rule

__all__ = ["Item", "Limit", "Option", "Panel", "Rater", "Turnout", "read_turnout", "turnout_words"]

VoidReach = Literal["mark", "sheet", "rater"]


class Option(Strict):
    """One answer of an item that is chosen from a list, such as 优 = 95."""

    value: str = Field(min_length=1)
    """What the rater writes."""
    points: Amount
    aliases: tuple[str, ...] = Field(default=(), strict=False)
    """Other ways to write it."""


class Item(Strict):
    """One question of a ballot: a number from ``min`` to ``max``, or one of ``options``."""

    id: Identifier
    label: str = Field(min_length=1)
    min: Amount | None = None
    max: Amount | None = None
    options: tuple[Option, ...] = Field(default=(), strict=False)
    blank: Literal["problem", "left_out", "zero", "void"]
    """What it is where a rater marks somebody but leaves this item blank: an error, no mark, 0 points, or a reason why
    the ballot is void.
    """
    unreadable: Literal["problem", "void"] = "problem"
    """What a mark is that is out of range or no option: an error, or a reason why the ballot is void."""
    hint: str = ""

    @model_validator(mode="after")
    def _a_range_or_options(self) -> Self:
        if self.options and (self.min is not None or self.max is not None):
            raise ValueError("options 与 min、max 只能写一种")
        if not self.options and (self.min is None or self.max is None):
            raise ValueError("须写 min 和 max，或 options")
        if self.min is not None and self.max is not None and self.min >= self.max:
            raise ValueError(f"min {show(self.min)} 须小于 max {show(self.max)}")
        words = [word for option in self.options for word in (option.value, *option.aliases)]
        if len(set(words)) < len(words):
            raise ValueError("options 的写法有重复")
        return self

    def points(self, value: Decimal | str) -> Decimal | None:
        """The points of what a rater wrote; None for what the item does not take."""
        if self.options:
            option = self.option(value)
            return None if option is None else option.points
        assert self.min is not None
        assert self.max is not None
        return value if isinstance(value, Decimal) and self.min <= value <= self.max else None

    def option(self, value: Decimal | str) -> Option | None:
        """The option that a rater wrote; None for no such option."""
        word = show(value) if isinstance(value, Decimal) else value
        return next((option for option in self.options if word in (option.value, *option.aliases)), None)


class Rater(Strict):
    """A rater who is known by name or office."""

    id: str = Field(min_length=1)
    weight: Amount = Field(default=Decimal(1), gt=0)


class Limit(Strict):
    """How many of those whom a rater marks on ``item`` may get one of ``options``, or ``from_points`` and more."""

    item: Identifier
    options: tuple[str, ...] = Field(default=(), strict=False)
    from_points: Amount | None = None
    most: Rule | None = None
    """A number, or a share with its rounding: ``"30% floor"``."""
    least: Rule | None = None
    of: Literal["marked", "candidates"]
    """What a share is taken of: those whom the rater has marked, or all in the data."""
    over: Literal["problem", "void"]
    """What becomes of a rater's marks that do not keep to it: an error, or void."""
    clause: str = ""

    @model_validator(mode="after")
    def _something_limited(self) -> Self:
        if bool(self.options) == (self.from_points is not None):
            raise ValueError("options 与 from_points 须写且只能写一种")
        if self.most is None and self.least is None:
            raise ValueError("须写 most 或 least")
        return self


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many raters must have handed in a ballot."""

    number: Fraction
    """Of raters, or the share of those expected."""
    is_share: bool
    more: bool
    """More than ``number`` is needed; else as much is enough."""

    def met(self, present: int, expected: int | None) -> bool:
        """True for enough; a share of an unknown number is not enough."""
        if self.is_share and expected is None:
            return False
        needed = self.number * (expected or 0) if self.is_share else self.number
        return present > needed if self.more else present >= needed


_TURNOUT = re.compile(r"(>=|>) ?(\d{1,6})(?:/(\d{1,6})|(%))?")


def read_turnout(text: str) -> Turnout:
    """``">= 2/3"`` or ``"> 50%"`` of the expected, ``">= 5"`` raters. Raises ValueError, in Chinese."""
    found = _TURNOUT.fullmatch(" ".join(text.split()))
    if found is None or found[3] == "0" or (found[3] and int(found[2]) > int(found[3])):
        raise ValueError(f"「{text}」看不懂；例：>= 2/3、> 50%、>= 5（人）")
    below = int(found[3] or (100 if found[4] else 1))
    return Turnout(number=Fraction(int(found[2]), below), is_share=bool(found[3] or found[4]), more=found[1] == ">")


def turnout_words(text: str) -> str:
    """The turnout in Chinese: 至少2/3."""
    return text.replace(">=", "至少").replace(">", "超过").replace(" ", "")


def _is_turnout(text: str) -> str:
    read_turnout(text)
    return text


class Panel(Strict):
    """Those who judge: a jury, a committee, all colleagues who vote, or everybody of themself."""

    id: Identifier
    label: str = Field(min_length=1)
    clause: str
    items: tuple[Identifier, ...] = Field(min_length=1, strict=False)
    """The items on its ballot."""
    raters: tuple[Rater, ...] = Field(default=(), strict=False)
    """Who they are, with their weights, where that is known beforehand; a ballot of anybody else is an error. None:
    whoever hands in a ballot, each with weight 1.
    """
    listed: Literal["plain", "weighted"] | None = None
    """Who they are is listed with the data (sheet 评委), without or with a weight for each."""
    expected: int | None = Field(default=None, ge=1, le=100_000)
    """How many there are; None: as many as are listed, else not known."""
    within: Within = "all"
    """Whom one rater judges: everybody, or those of one pool or with one text; number and turnout are of each."""
    absent: Literal["problem", "left_out"]
    """What it is where a rater has no mark at all for somebody: an error, or nothing (as in an election)."""
    own: Literal["counts", "left_out", "problem", "only"]
    """Marks of raters for themselves: they count, do not, are an error, or are the only ones (a self-assessment)."""
    turnout: Annotated[str, AfterValidator(_is_turnout)] | None = None
    """``">= 2/3"``, ``"> 50%"`` of the expected, ``">= 5"`` raters: fewer, and the judging is not valid."""
    below_turnout: Literal["problem", "void"] | None = None
    """What too small a turnout is: an error, or no value for anybody."""
    void: VoidReach | None = None
    """How far it goes when something is void: only that mark, all marks of the rater for that subject, or everything
    that the rater handed in.
    """
    limit: tuple[Limit, ...] = Field(default=(), strict=False)
    after: tuple[Identifier, ...] = Field(default=(), strict=False)
    """Requirements that come first: only who meets them is judged, so that nobody else's marks are missed."""
    note: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.turnout is None) != (self.below_turnout is None):
            raise ValueError("turnout 与 below_turnout 须同写")
        listed = [rater.id for rater in self.raters]
        if len(set(listed)) < len(listed):
            raise ValueError("raters 中有重复的编号")
        if sum((bool(self.raters), self.expected is not None, self.listed is not None)) > 1:
            raise ValueError("raters、expected、listed 只能写一种")
        if self.own == "only" and (self.raters or self.expected or self.listed or self.turnout):
            raise ValueError('own = "only"（自评）不写 raters、expected、listed、turnout')
        return self

    @property
    def has_weights(self) -> bool:
        """True where one rater may count for more than another."""
        return self.listed == "weighted" or len({rater.weight for rater in self.raters}) > 1

    @property
    def size(self) -> int | None:
        """How many raters there are; None where that is not known."""
        return self.expected if self.expected is not None else len(self.raters) or None
