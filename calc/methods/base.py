"""What every scoring method shares: an indicator of a scheme, and the frame of columns it reads.

A method is a pure function over arrays with a thin class around it. The class is the indicator's entry in a
scheme file (its keys, checked), says which columns it reads, calls the function, and puts the arithmetic of
one row into words.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, TypeVar

import numpy as np
import numpy.typing as npt
from pydantic import BeforeValidator, Field

from calc.fields import OPEN, Amount, Identifier, Source, Strict, choices, columns_of, must_choose
from calc.groups import Groups
from calc.number import Arithmetic, Array, Mask, Number, RoundingMode

__all__ = [
    "AMONG",
    "OPEN",
    "Among",
    "Amount",
    "Ballots",
    "Column",
    "Frame",
    "Held",
    "HonourTally",
    "Identifier",
    "Indicator",
    "Marks",
    "Missing",
    "Reads",
    "Rounding",
    "Scope",
    "Source",
    "State",
    "Strict",
    "Tally",
    "Within",
    "choices",
    "columns_of",
    "must_choose",
    "ready",
    "show",
    "to_rounding",
    "whom",
]

Within = str
"""Whom a best or a mean is taken over: ``pool`` (the row's pool), ``all`` (everybody in the data), or a text
measure's id (those with the same text).
"""
Missing = Literal["problem", "pending", "left_out", "zero", "floor", "group_mean"]
"""What becomes of an indicator for which there is no value (:attr:`State.UNDEFINED`):

- ``problem``: there is no total either, and the reason says so;
- ``pending``: the same, and the pool's winners are provisional until the value is there;
- ``left_out``: the indicator does not count for this row; the others are scaled up to the same full marks;
- ``zero``, ``floor``: it is 0, or the indicator's stated ``floor``;
- ``group_mean``: it is the mean of the pool's rows that have a value.
"""


Aggregation = Callable[[Array, Groups, Mask | None], Array]
Reckoned = TypeVar("Reckoned")


_WHOM = {"pool": "本组", "all": "全体"}

Scope = Annotated[Within, must_choose(_WHOM, text="文字列的编号（文字相同者为一组）")]
"""A group that the scheme must name."""

AMONG = {"everybody": "有此数值的所有人，不论是否参评", "rated": "只算参评者"}
Among = Annotated[Literal["everybody", "rated"], must_choose(AMONG)]
"""Who of the group is counted."""


def whom(within: Within) -> str:
    """The group in words."""
    return _WHOM.get(within, "同组")


class State(IntEnum):
    """Whether a value is there; of several inputs the highest state decides."""

    OK = 0
    UNDEFINED = 1
    """There can be no such value (no transactions, so no error rate): no points, but nothing is amiss."""
    PENDING = 2
    """Not known yet (a test not taken, a confirmation not given)."""
    BAD = 3
    """Missing or unreadable; a Problem says so."""


_OK = int(State.OK)


def ready(state: npt.NDArray[np.int8]) -> Mask:
    """Where a value is there (numpy compares with a plain number in a fifth of the time)."""
    return np.asarray(state == _OK, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Column:
    """The values of one measure or indicator, NaN wherever ``state`` is not OK."""

    values: Array
    state: npt.NDArray[np.int8]
    filled: Mask | None = None
    """Of an indicator: where its policy for missing values has put the value."""

    def take(self, rows: Mask) -> Column:
        """The column of some of the rows."""
        return Column(self.values[rows], self.state[rows])


@dataclass(frozen=True, slots=True)
class Tally:
    """One kind of event, added up for each row: what counts, what was given by judgement, what is pending."""

    count: Array
    points: Array
    pending: npt.NDArray[np.intp]
    state: npt.NDArray[np.int8]
    monthly: tuple[Array, ...] = ()
    """The count of each month of the period."""


@dataclass(frozen=True, slots=True)
class Held:
    """Which honours of earlier periods are counted (:mod:`calc.honours`), and what of them is taken."""

    contests: tuple[str, ...]
    within: Literal["period", "year", "last"]
    periods: int | None
    what: Literal["count", "run", "mean"]
    column: str | None


@dataclass(frozen=True, slots=True)
class HonourTally:
    """What the rows hold of one kind of honours, in numbers and in words."""

    values: Array
    state: npt.NDArray[np.int8]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks that count of one item of a ballot, one entry a mark, in no order that matters."""

    row: npt.NDArray[np.intp]
    """Whom it is for."""
    rater: npt.NDArray[np.intp]
    """Who gave it, as a code of the panel."""
    points: Array
    option: npt.NDArray[np.object_]
    """The option that was chosen; empty for a number."""
    weight: Array
    """The rater's."""


@dataclass(frozen=True, slots=True)
class Ballots:
    """What one panel has handed in. The counts of raters are those of the row's group, one entry a row."""

    items: Mapping[str, Marks]
    present: Array
    """Raters who handed in anything, be it void."""
    valid: Array
    """Raters of whom any mark counts."""
    expected: Array
    """Raters who should have; NaN where that is not known."""
    state: npt.NDArray[np.int8]
    """Of each row: whether its marks can be reckoned with."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The columns of one contest, in one kind of number."""

    arithmetic: Arithmetic
    size: int
    pools: Groups
    measures: Mapping[str, Column]
    families: Mapping[str, tuple[Column, ...]]
    dates: Mapping[str, npt.NDArray[np.datetime64]]
    partitions: Mapping[str, Groups]
    """Of each text measure the rows with the same text as groups."""
    events: Mapping[str, Tally]
    rated: Mask
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of each text measure the rows' texts, empty where there is none."""
    honours: Mapping[Held, HonourTally] = field(default_factory=dict)
    grades: Mapping[str, Column] = field(default_factory=dict)
    """Of each grade, once there are any, 1 where the row has it or a better one, else 0."""
    ballots: Mapping[str, Ballots] = field(default_factory=dict)
    """By panel."""
    nominated: Mapping[str, npt.NDArray[np.int8]] = field(default_factory=dict)
    """By requirement: its outcome for each row."""
    decided: Mapping[str, npt.NDArray[np.int8]] = field(default_factory=dict)
    """By requirement what people have ruled of each row: 1 it goes on, 0 it does not, -1 nothing."""
    indicators: Mapping[str, Column] = field(default_factory=dict)
    known: dict[tuple[object, ...], Any] = field(default_factory=dict, compare=False)
    """Aggregates that have been reckoned: of one row or of all, each is reckoned once."""

    def aggregate(self, operation: Aggregation, name: str, within: Within, use: Mask | None = None) -> Array:
        """An aggregate of :mod:`calc.groups` of a column, spread to the rows; ``use`` is None or the rated."""
        key = (operation, name, within, use is None)
        return self.once(key, lambda: operation(self.column(name).values, self.groups(within), use))

    def once(self, key: tuple[object, ...], reckon: Callable[[], Reckoned]) -> Reckoned:
        """What ``reckon`` gives, reckoned the first time that ``key`` is asked for."""
        if key not in self.known:
            self.known[key] = reckon()
        found: Reckoned = self.known[key]
        return found

    def column(self, name: str) -> Column:
        """The column of a reference: a measure's id, else an indicator's, else the count of a kind of event;
        ``measure:x``, ``indicator:x`` and ``event:x`` leave no doubt.
        """
        kind, _, bare = name.rpartition(":")
        if kind in {"", "measure"} and bare in self.measures:
            return self.measures[bare]
        if kind in {"", "indicator"} and bare in self.indicators:
            return self.indicators[bare]
        return Column(self.events[bare].count, self.events[bare].state)

    def figure(self, source: Source) -> Array | Number:
        """A number, or the values of a column."""
        return self.column(source).values if isinstance(source, str) else self.number(source)

    def figure_of(self, source: Source, row: int) -> Number:
        """A number, or the value of a column in one row."""
        return self.column(source).values[row] if isinstance(source, str) else self.number(source)

    def those(self, among: str) -> Mask | None:
        """The rows that an aggregate counts: the rated, or None for everybody."""
        return self.rated if among == "rated" else None

    def groups(self, within: Within) -> Groups:
        """The group of each row; see :data:`Within`."""
        if within == "pool":
            return self.pools
        return np.zeros(self.size, dtype=np.intp) if within == "all" else self.partitions[within]

    def number(self, value: Decimal | int) -> Number:
        """A number of the frame's kind."""
        return self.arithmetic.number(value)

    def with_indicator(self, name: str, column: Column) -> Frame:
        """The frame with one more indicator reckoned."""
        return replace(self, indicators={**self.indicators, name: column}, known={})


@dataclass(frozen=True, slots=True)
class Reads:
    """What an indicator or a requirement reads."""

    columns: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    """Those of the columns that may be texts."""
    families: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    honours: tuple[Held, ...] = ()
    panels: tuple[str, ...] = ()


class Rounding(Strict):
    """How a value is rounded: to ``digits`` decimals (negative: to tens, hundreds) by ``mode``."""

    digits: int = Field(ge=-6, le=9)
    mode: RoundingMode


def to_rounding(value: object) -> object:
    """A bare number as decimals, rounded 四舍五入."""
    return value if value is None or isinstance(value, dict | Rounding) else {"digits": value, "mode": "half_up"}


class Indicator(Strict, ABC):
    """One indicator of a scheme. ``method`` picks the class; the other keys here go with every method."""

    fast: ClassVar[bool] = False
    """The method's float errors are understood (:mod:`calc.number`); else it is reckoned in fractions."""
    says_limits: ClassVar[bool] = False
    """The method's own words tell of ``floor`` and ``cap``."""
    can_be_undefined: ClassVar[bool] = False
    """There may be no value though everything that the method reads is there (division by zero)."""

    id: Identifier
    label: str = Field(min_length=1)
    clause: str
    """The clause of the document that the indicator comes from."""
    base: Amount | None = None
    """Full marks (基准分); None where the indicator has none (a bonus, or a step on the way)."""
    in_total: bool = True
    """False: a step on the way or a figure to show, listed under "columns" and not added up."""
    group: Identifier | None = None
    floor: Amount | None = None
    """The least that it can be."""
    cap: Amount | None = None
    """The most that it can be."""
    rounding: Annotated[Rounding | None, BeforeValidator(to_rounding)] = None
    """How the value is rounded before other columns read it; a number is decimals, 四舍五入. None: they read it
    unrounded.
    """
    missing: Missing = "problem"
    note: str = ""
    """A decision on an unclear clause, in words, for 说明."""

    @abstractmethod
    def reads(self) -> Reads:
        """The columns and events that the value depends on."""

    @abstractmethod
    def reckon(self, frame: Frame) -> Array:
        """The unrounded value of every row; NaN where an input is missing."""

    @abstractmethod
    def rule(self) -> str:
        """The rule in a Chinese phrase, without row values."""

    @abstractmethod
    def arithmetic(self, frame: Frame, row: int) -> str:
        """The arithmetic of one row with its values, ending before the result. The frame is exact."""

    def reckoned(self, frame: Frame) -> Column:
        """The unrounded value of every row, and its state: the gravest of what the method reads."""
        reads = self.reads()
        state = np.zeros(frame.size, dtype=np.int8)
        columns = [frame.column(name) for name in reads.columns]
        columns += [member for name in reads.families for member in frame.families[name]]
        for column in columns:
            counts = column.state
            if self.skips_missing:
                counts = np.where(counts == State.UNDEFINED, np.int8(State.OK), counts)
            state = np.maximum(state, counts)
        if not all(frame.families[name] for name in reads.families):
            state = np.full_like(state, State.BAD)
        for name in reads.events:
            state = np.maximum(state, frame.events[name].state)
        for held in reads.honours:
            state = np.maximum(state, frame.honours[held].state)
        for name in reads.panels:
            state = np.maximum(state, frame.ballots[name].state)
        return Column(np.where(ready(state), self.reckon(frame), np.nan), state)

    def misfits(self) -> Iterable[tuple[str, str]]:
        """Keys that do not go together though each is well formed: the key, and what is wrong, in Chinese."""
        return ()

    @property
    def scopes(self) -> tuple[Within, ...]:
        """Whom the aggregates that the method uses are taken over."""
        return ()

    @property
    def skips_missing(self) -> bool:
        """True where the method makes do with the inputs that are there; it gives NaN where none is."""
        return False

    @property
    def marks(self) -> Decimal:
        """``base``, which the method needs; the model has checked that it is there."""
        assert self.base is not None
        return self.base


def show(value: Number | Decimal) -> str:
    """A number for people: exact where the decimal ends within 8 places, else 4 places and an ellipsis."""
    exact = Fraction(value)
    for digits in range(9):
        if (exact * 10**digits).denominator == 1:
            return f"{exact.numerator * 10**digits // exact.denominator / Decimal(10) ** digits:.{digits}f}"
    cut = int(abs(exact) * 10**4)
    return f"{'-' if exact < 0 else ''}{cut // 10**4}.{cut % 10**4:04}…"
