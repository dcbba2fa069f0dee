"""A scheme as data: what is measured, how it becomes points, who may win, how many, and what on a tie."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from calc.bounds import Bounds
from calc.grades import Grade, Grading
from calc.methods import AnyIndicator, Indicator
from calc.methods.base import Amount, Identifier, Rounding, Strict, Within, to_rounding
from calc.requirements import AnyRequirement
from calc.rewards import Reward
from calc.scheme.panel import Item, Panel
from calc.seats import Quota
from calc.winners import Order, Ties

__all__ = ["COLUMN_DIGITS", "Barring", "Choice", "Deadline", "EventKind", "Flaw", "Form", "Group", "Measure", "Moves",
           "Notice", "Order", "Probation", "Quota", "Reward", "Scheme", "Setting", "Source", "Subject", "Ties", "Title",
           "Total", "in_range"]  # fmt: skip


COLUMN_DIGITS = 4
"""Decimals that an indicator outside the total is shown with, unless it states its rounding."""


class Subject(Strict):
    """What a row of the data is: a teller, an outlet."""

    label: str
    id_label: str = "工号"
    name_label: str = "姓名"
    id_aliases: tuple[str, ...] = Field(default=("员工号", "员工编号", "员工工号", "柜员号", "编号"), strict=False)
    name_aliases: tuple[str, ...] = Field(default=("员工姓名", "名字", "柜员姓名"), strict=False)


class Choice(Strict):
    """One answer of a setting that is chosen from a list."""

    value: str
    label: str


class Flaw(Strict):
    """Something that is wrong in the document itself: every check of a workbook says so, and 说明 shows it."""

    id: Identifier
    text: str = Field(min_length=1)
    """What is wrong, in a sentence without a full stop."""
    clause: str
    setting: Identifier | None = None
    """The setting that says what is done about it."""
    open: bool = False
    """True: it has yet to be decided; until then nobody can win."""


class Setting(Strict):
    """A named setting: a decision on an unclear clause, or a figure that the organisation gives.

    Elsewhere in the file ``{ setting = "id" }`` stands for its value, and ``{ setting = "id", when = { answer = … } }``
    for what ``when`` has for the answer.
    """

    id: Identifier
    label: str
    kind: Literal["choice", "number", "text", "date"]
    default: Amount | dt.date | str | None = None
    required: bool = False
    """True: without a value nobody can win."""
    choices: tuple[Choice, ...] = Field(default=(), strict=False)
    min: Amount | None = None
    max: Amount | None = None
    fallback: str = ""
    """What holds where nothing is given, in words that follow a comma; then a warning says so."""
    unless: tuple[str, ...] = Field(default=(), strict=False)
    """Settings that do in its stead: where one of them is given, nothing is said."""
    together: tuple[str, ...] = Field(default=(), strict=False)
    """Settings without which it means nothing: given without them it is an error."""
    clause: str = ""
    note: str = ""
    """The decision in words, for 设置 and 说明."""


class Source(Strict):
    """Where a column comes from if not from people: the results of another contest, of one or more periods."""

    contest: str
    """Its id, with or without its organisation."""
    value: str = Field(pattern=r"^(total|rank|won|grade|(points|columns)\.[a-z][a-z0-9_]*)$")
    """``won`` is 1 for a winner and 0 for anybody else who was in the contest."""
    by: str = "id"
    """Whose it is: ``id``, the row of the same id; ``pool``, all rows of the pool that is called as this row (its id or
    name); or a text column, whose text is the id or name of the other contest's row.
    """
    how: Literal["only", "mean", "sum", "highest", "lowest", "count"] = "only"
    """What several values become; ``only``: there may be no more than one. Rows without the value are left out."""
    within: Literal["period", "any"] = "period"
    """``period``: results of another time are errors."""


class Measure(Strict):
    """A column that people fill in."""

    id: Identifier
    label: str
    kind: Literal["number", "rate", "date", "yes_no", "text"]
    """``rate``: percent points; 0.12 is 0.12%, and so is a percent cell that holds 0.0012."""
    sheet: Literal["roster", "measures"] = "measures"
    unit: str = ""
    min: Amount | None = None
    max: Amount | None = None
    many: bool = False
    """Columns id_1, id_2, …: as many as the data has, at least one."""
    columns: int = Field(default=1, ge=1, le=20)
    """How many of them a new template offers."""
    at_least: int = Field(default=0, ge=0, le=20)
    """How many of them a row must have, where single ones may be blank (``missing = "none"``)."""
    missing: Literal["problem", "pending", "zero", "none"] = "problem"
    """What a blank is: a Problem, not known yet, 0, or nothing at all. With the last two the column may be left out."""
    aliases: tuple[str, ...] = Field(default=(), strict=False)
    """Other names under which a roster from elsewhere may have the column."""
    only_with: str | None = None
    """There is no such value where this other measure is 0 or missing."""
    source: Source | None = None
    clause: str = ""
    hint: str = ""
    """What to fill in, for the header's note."""

    def headers(self, columns: int | None = None) -> tuple[tuple[str, str], ...]:
        """(id, label) of each column that a new template offers: ``columns`` of a measure with many."""
        if not self.many:
            return ((self.id, self.label),)
        return tuple((f"{self.id}_{n}", f"{self.label}{n}") for n in range(1, (columns or self.columns) + 1))

    def matches(self, name: str) -> bool:
        """True where a column of this id belongs to the measure."""
        return bool(re.fullmatch(rf"{self.id}_[1-9]\d?", name)) if self.many else name == self.id


def in_range(of: Setting | Measure, value: Decimal) -> bool:
    """True for a number between the ends that a setting or a measure states."""
    return (of.min is None or value >= of.min) and (of.max is None or value <= of.max)


class EventKind(Strict):
    """A kind of event that is registered as it happens."""

    id: Identifier
    label: str
    clause: str
    needs: tuple[Literal["verified", "at_fault"], ...] = Field(default=(), strict=False)
    """The confirmations without which it does not count."""
    discretionary: bool = False
    """Each line carries its own points."""
    dated: bool = False
    """Every line must have its date: the month matters."""
    within: Literal["period", "year"] = "period"
    """Of which time they count: this contest's period, or the calendar year that it lies in."""
    honour: bool = False
    """Lines may name the honour that they are about; of a person's lines about one honour the highest counts."""
    hint: str = ""


class Group(Strict):
    """Indicators that the document lists under one heading; their bases add up to ``base``."""

    id: Identifier
    label: str
    base: Amount | None = None
    floor: Amount | None = None
    """The least that its points add up to."""
    cap: Amount | None = None
    """The most that its points add up to."""
    clause: str = ""


def _is_notice(text: str) -> str:
    """Only what can be filled in may stand in braces."""
    try:
        text.format(source="", period="", award="", unit="")
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise ValueError("花括号里只能写 source、period、award、unit") from error
    return text


class Total(Strict):
    """How the total comes about, where it is not just the sum of the points."""

    of: str | None = None
    """The column that is the total; None: the sum of the indicators with ``in_total``."""
    floor: Amount | None = None
    cap: Amount | None = None
    rounding: Annotated[Rounding | None, BeforeValidator(to_rounding)] = None
    """How the total is rounded; None: it is the exact sum, or the column rounded to the scheme's precision."""
    lowest_first: bool = False
    """True where the lowest total has rank 1."""
    clause: str = ""


class Title(Bounds):
    """A title (能手、金奖); the ends, if there are any, are those of the column ``of``."""

    id: Identifier
    label: str = Field(min_length=1)
    of: str = "total"
    best: Literal["highest", "lowest"]
    among: Literal["rated", "eligible", "winners"]
    """Who can have it; ``winners``: those who win the award."""
    without: tuple[str, ...] = Field(default=(), strict=False)
    """Titles further up in the list, or ``award``: who has one of them, or waits for a ruling on it, cannot have this
    one.
    """
    within: Within = "pool"
    """Whom its seats are for: each pool, everybody together, or those with the same text."""
    quota: Quota
    ties: Ties
    clause: str


class Moves(Strict):
    """Where somebody counts who changed pools within the period."""

    origin: Identifier
    """The text measure that names the pool before the move; blank for who did not move."""
    day: Identifier
    """The date measure with the first day in the new pool."""
    rule: Literal["last_day", "most"]


class Notice(Strict):
    """The notice of the result: an announcement (公告), or a public notice with time for objections (公示)."""

    kind: Literal["announcement", "public"]
    text: Annotated[str, AfterValidator(_is_notice)]
    """The opening paragraph; ``{source}``, ``{period}``, ``{award}``, ``{unit}`` are filled in."""
    closing: tuple[Annotated[str, AfterValidator(_is_notice)], ...] = Field(default=(), strict=False)
    working_days: int | None = Field(default=None, ge=1, le=60)
    """How long a public notice lasts."""
    before: str | None = None
    """The deadline before whose day it must end."""
    start: dt.date | None = None
    """Its first day; None: the latest that ends in time."""
    clause: str


class Deadline(Strict):
    """A day by which, or from which, something must be done about the period, or until which something must be kept."""

    id: Identifier
    label: str
    working_day: int | None = Field(default=None, ge=1, le=120)
    """The n-th working day after the period's end."""
    day: int | None = Field(default=None, ge=1, le=31)
    """A day of the month after the period's end."""
    month: Literal["next", "last"] = "next"
    """``last``: the ``day`` is one of the period's last month."""
    opens: bool = False
    """True where it is the day from which something is done."""
    years: int | None = Field(default=None, ge=1, le=100)
    """So many years after the period's end: how long the records are kept."""
    clause: str


class Probation(Strict):
    """The time after the award in which a withdrawal takes back title, money and plaque (考察期)."""

    working_days: int = Field(ge=1, le=120)
    start: dt.date | None = None
    """The day of the award; None: the last day of the public notice."""
    causes: tuple[str, ...] = Field(min_length=1, strict=False)
    """What leads to a withdrawal."""
    clause: str


class Barring(Strict):
    """An honour withdrawn in one of the last ``periods`` periods of this contest keeps out of the rating."""

    periods: int = Field(default=1, ge=1, le=12)
    clause: str


class Form(Strict):
    """A form of the document, printed for each winner on a page of its own: a recommendation with a report of deeds and
    room for signatures, or the criteria with what the winner reached in each.
    """

    sheet: str = Field(min_length=1, max_length=31)
    """The sheet's name, as the document calls the form: 附件一."""
    title: str
    kind: Literal["recommendation", "criteria"]
    fields: tuple[str, ...] = Field(default=(), strict=False)
    """What is filled in by hand, beside what the workbook knows."""
    report: Identifier | None = None
    """The text measure with the report of deeds."""
    opinions: tuple[str, ...] = Field(default=(), strict=False)
    """Who signs and stamps, from the first to the last."""
    clause: str


class Scheme(Strict):
    """One contest of one organisation, as its scheme file states it, with its settings filled in."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*$", max_length=120)
    version: str
    title: str
    organisation: str
    source: str
    in_force_from: dt.date | None = None
    """None: the document does not say."""
    period: Literal["month", "quarter", "year"]
    award: str
    """What a winner is called."""
    subject: Subject
    pool: Identifier | None = None
    """The measure whose value splits the contest into pools; None: everybody is in one."""
    precision: int = Field(default=2, ge=0, le=6)
    """Decimals of an indicator's points."""
    full_marks: Amount | None = None
    """What the bases of the indicators in the total add up to, as the document states."""
    flaw: tuple[Flaw, ...] = Field(default=(), strict=False)
    setting: tuple[Setting, ...] = Field(default=(), strict=False)
    measure: tuple[Measure, ...] = Field(default=(), strict=False)
    event: tuple[EventKind, ...] = Field(default=(), strict=False)
    panel: tuple[Panel, ...] = Field(default=(), strict=False)
    item: tuple[Item, ...] = Field(default=(), strict=False)
    group: tuple[Group, ...] = Field(default=(), strict=False)
    indicator: tuple[AnyIndicator, ...] = Field(min_length=1, strict=False)
    requirement: tuple[AnyRequirement, ...] = Field(default=(), strict=False)
    total: Total = Total()
    rank_by: tuple[Order, ...] = Field(default=(), strict=False)
    """What the rank goes by, the weightiest first; none: the total. ``of = "total"`` names the total."""
    grading: Grading = Grading()
    grade: tuple[Grade, ...] = Field(default=(), strict=False)
    """The grades that rows are given, best first; none: there are no grades."""
    quota: Quota
    ties: Ties
    titles: tuple[Title, ...] = Field(default=(), strict=False)
    """Titles beside the award, in the order in which they are given out (``title`` is what the contest is called)."""
    reward: tuple[Reward, ...] = Field(default=(), strict=False)
    barring: Barring | None = None
    notice: Notice | None = None
    deadline: tuple[Deadline, ...] = Field(default=(), strict=False)
    probation: Probation | None = None
    form: tuple[Form, ...] = Field(default=(), strict=False)
    moves: Moves | None = None

    @property
    def short_id(self) -> str:
        """The contest's id without its organisation."""
        return self.id.rpartition("/")[2]

    @property
    def scored(self) -> tuple[AnyIndicator, ...]:
        """The indicators that are added up, in the document's order."""
        return tuple(indicator for indicator in self.indicator if indicator.in_total)

    @property
    def total_digits(self) -> int:
        """Decimals of the total: those of its finest part, unless it states its rounding."""
        if self.total.rounding is not None:
            return self.total.rounding.digits
        if self.total.of is not None:
            return self.precision
        return max((self.digits(indicator) for indicator in self.scored), default=self.precision)

    def digits(self, indicator: Indicator) -> int:
        """Decimals that an indicator's value is rounded to when shown or added up."""
        if indicator.rounding is not None:
            return indicator.rounding.digits
        return self.precision if indicator.in_total else COLUMN_DIGITS

    @property
    def is_fast(self) -> bool:
        """True where floats may be tried first; else everything is reckoned in fractions."""
        plain = self.total.of is None and not self.rank_by and not self.grade and not self.titles
        return plain and all(part.fast for part in (*self.indicator, *self.requirement))

    def measure_of(self, column: str) -> Measure | None:
        """The measure that a column id (``volume``, ``skill_2``) belongs to."""
        return next((measure for measure in self.measure if measure.matches(column)), None)

    def weights_total(self) -> Decimal:
        """The sum of the bases of the indicators in the total."""
        return sum((indicator.base for indicator in self.scored if indicator.base is not None), Decimal(0))
