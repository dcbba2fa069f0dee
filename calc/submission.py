"""What people handed in, as immutable records: the input of a calculation, whatever file it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from calc.period import Period

__all__ = ["Entry", "Event", "Honour", "Mark", "Member", "Ruling", "Submission", "Value"]

Value = Decimal | dt.date | bool | str | None


class Entry(NamedTuple):
    """One value and the cell that it stands in.

    ``bad`` says that the cell holds something that could not be read; whoever found that has reported the
    Problem, and the value is None.
    """

    value: Value = None
    sheet: str = ""
    cell: str = ""
    bad: bool = False


NOTHING = Entry()


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the register: a complaint, a fault, a commendation."""

    id: Entry
    kind: Entry
    """The event's id in the scheme."""
    count: Entry = NOTHING
    """How many times; blank is once."""
    points: Entry = NOTHING
    """The line's total, for kinds whose points are given by judgement; positive also for a deduction."""
    verified: Entry = NOTHING
    at_fault: Entry = NOTHING
    date: Entry = NOTHING
    honour: Entry = NOTHING
    """The honour that the line is about: lines of a person with the same text count once."""


@dataclass(frozen=True, slots=True)
class Member:
    """A rater of a panel whose raters are listed with the data."""

    rater: Entry
    panel: Entry = NOTHING
    """The panel's id; blank where only one panel is listed."""
    weight: Entry = NOTHING
    """Blank is 1."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the ballots: what one rater gave one subject for one item."""

    rater: Entry
    id: Entry
    item: Entry
    """The item's id in the scheme."""
    score: Entry
    """A number, or an option's text; blank for an item left blank."""
    panel: Entry = NOTHING
    """The panel's id; blank where the rater or the item tells."""


@dataclass(frozen=True, slots=True)
class Honour:
    """An honour of an earlier period, and whether it still stands."""

    id: Entry
    contest: Entry
    period: Entry
    status: Entry
    """won, withdrawn or cancelled."""
    score: Entry = NOTHING
    """The total that it was won with."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision that people made, as recorded on sheet 裁定."""

    id: Entry
    kind: Entry
    """tie, objection, cancel, withdraw or seats."""
    decision: Entry
    contest: Entry = NOTHING
    """Blank is this contest."""
    pool: Entry = NOTHING
    date: Entry = NOTHING
    by: Entry = NOTHING
    reason: Entry = NOTHING


@dataclass(frozen=True, slots=True)
class Submission:
    """Everything a contest is reckoned from. The columns of ``measures`` are as long as ``ids``.

    A measure that may have several columns (skill_1, skill_2, …) has each of them under its own name. A
    measure whose column was not there at all is not a key.
    """

    period: Period | None
    ids: tuple[Entry, ...]
    names: tuple[Entry, ...]
    measures: Mapping[str, tuple[Entry, ...]]
    settings: Mapping[str, Entry] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    raters: tuple[Member, ...] = ()
    ballots: tuple[Mark, ...] = ()
    honours: tuple[Honour, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    unattributed: bool = False
    """The reader found an error that belongs to no one row; nobody can win until it is mended."""
