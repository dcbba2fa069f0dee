"""What a new template already knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from calc.period import Period

__all__ = ["Filling", "Typed", "as_typed"]

Typed = str | Decimal | dt.date | bool | float | None
"""A value as a clerk types it."""


def as_typed(value: Typed) -> Typed:
    """A value for a cell: a number as a float."""
    return float(value) if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class Filling:
    """What a new template already knows. Rows are mappings from column id to value."""

    period: Period | None = None
    unit: str = ""
    roster: Sequence[Mapping[str, Typed]] = ()
    measures: Mapping[str, Mapping[str, Typed]] = field(default_factory=dict)
    """By id, the typed measures of a person."""
    events: Sequence[Mapping[str, Typed]] = ()
    raters: Sequence[Mapping[str, Typed]] = ()
    ballots: Sequence[Mapping[str, Typed]] = ()
    """A line for each rater and subject, with a column for each item."""
    honours: Sequence[Mapping[str, Typed]] = ()
    """``contest`` is an id, ``status`` won, withdrawn or cancelled."""
    rulings: Sequence[Mapping[str, Typed]] = ()
    settings: Mapping[str, Typed] = field(default_factory=dict)
    """Values of the scheme's settings, where not its defaults."""
    columns: Mapping[str, int] = field(default_factory=dict)
    """How many columns a measure with many has, where not as many as the scheme offers."""
    rows: int | None = None
    """Rows to prepare, where more are wanted than the roster asks for."""
