"""One honour counts once: lines of the register that carry the same mark are one, at its highest level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calc.methods.events import Bonus, Deduction
from calc.scheme.model import Scheme
from calc.submission import Event

__all__ = ["Line", "repeated", "worth_per_time"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register that counts: for which row, how often, and the points that it carries itself."""

    row: int
    event: Event
    count: Decimal
    points: Decimal
    mark: str
    """What tells that two lines are about one honour; empty for a line that stands for itself."""


def worth_per_time(scheme: Scheme) -> Mapping[str, Decimal]:
    """What one time of each kind of event is worth; not of a kind whose lines carry their own points."""
    per_time: dict[str, Decimal] = {}
    for indicator in scheme.indicator:
        if isinstance(indicator, Bonus | Deduction):
            for kind, value in indicator.each.items():
                if isinstance(value, Decimal):
                    per_time[kind] = max(per_time.get(kind, Decimal(0)), value)
    return per_time


def repeated(lines: Sequence[Line], per_time: Mapping[str, Decimal]) -> Iterator[tuple[Line, Line]]:
    """The lines that do not count since another line of the same row and mark is worth as much or more, each with
    that other line. Of equals the earlier line counts.
    """
    best: dict[tuple[int, str], Line] = {}
    for line in lines:
        if line.mark:
            held = best.get((line.row, line.mark))
            if held is None or _value(line, per_time) > _value(held, per_time):
                best[line.row, line.mark] = line
    for line in lines:
        if line.mark and best[line.row, line.mark] is not line:
            yield line, best[line.row, line.mark]


def _value(line: Line, per_time: Mapping[str, Decimal]) -> Decimal:
    return line.points or per_time.get(str(line.event.kind.value), Decimal(0))
