"""The columns that people fill in: what is missing by its policy, what is out of range, what cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from calc.findings import Findings
from calc.methods.base import State
from calc.number import MAX_NUMBER, Mask, is_long
from calc.scheme.model import Measure, Scheme, in_range
from calc.submission import Entry, Submission

__all__ = ["Values", "check_measures"]


@dataclass(frozen=True, slots=True)
class Values:
    """One column: numbers (yes is 1, no is 0; None where there is none) or dates, and the state of each."""

    label: str
    values: tuple[Decimal | None, ...]
    dates: tuple[dt.date | None, ...] | None
    """Of a column of dates; None for any other."""
    state: npt.NDArray[np.int8]

    @property
    def long(self) -> Mask:
        """Where a number has too many digits for floats to be trusted with."""
        return np.array([value is not None and is_long(value) for value in self.values], dtype=np.bool_)


def check_measures(
    scheme: Scheme, submission: Submission, people: list[str], found: Findings
) -> tuple[dict[str, Values], dict[str, tuple[str, ...]]]:
    """Every column by its name, and the names of those that belong to each measure with many."""
    columns: dict[str, Values] = {}
    families: dict[str, tuple[str, ...]] = {}
    for measure in scheme.measure:
        names = [measure.id] if not measure.many else _family(measure, submission, people, found)
        if measure.many:
            families[measure.id] = tuple(names)
        for name in names:
            columns[name] = _check_column(scheme, measure, name, submission, people, found)
        if measure.many and measure.at_least:
            _check_number(measure, [columns[name] for name in names], submission, people, found)
    for measure in scheme.measure:
        if measure.only_with is not None:
            _check_defined(measure, columns, submission, people, found)
    return columns, families


def _family(measure: Measure, submission: Submission, people: list[str], found: Findings) -> list[str]:
    """The columns of a measure with many that hold anything; a column that is blank throughout is not one."""
    names = sorted((n for n in submission.measures if measure.matches(n)), key=lambda n: int(n.rpartition("_")[2]))
    used = [name for name in names if _is_used(submission.measures[name])]
    for name in names:
        if name not in used and used:
            found.warn(_first(submission.measures[name]), "column_blank", label=_label(measure, name))
    if not used and people:
        columns = [submission.measures[name] for name in names] or list(submission.measures.values())
        where = next((_first(column) for column in columns), Entry())
        key = "columns_blank" if names else "column_missing"
        found.error(Entry(sheet=where.sheet), key, label=measure.label, id=f"{measure.id}_1")
        for row in range(len(people)):
            found.spoil(row, measure.label)
    return used


def _check_number(
    measure: Measure, columns: list[Values], submission: Submission, people: list[str], found: Findings
) -> None:
    """Rows with fewer values than the measure needs, where none of them is in error already."""
    for row, name in enumerate(people):
        there = sum(column.values[row] is not None for column in columns)
        if columns and there < measure.at_least and not any(column.state[row] == State.BAD for column in columns):
            first = next(n for n in submission.measures if measure.matches(n))
            entry = submission.measures[first][row]
            found.error(entry, "values_few", name=name, label=measure.label, n=there, least=measure.at_least)
            found.spoil(row, measure.label)


def _is_used(column: Sequence[Entry]) -> bool:
    """True for a column that holds anything, readable or not; and for one that is bad as a whole."""
    return any(e.value is not None or (e.bad and e.cell) for e in column) or (
        bool(column) and all(e.bad for e in column)
    )


def _first(column: Sequence[Entry]) -> Entry:
    """The first entry that has a cell."""
    return next((entry for entry in column if entry.cell), column[0])


def _label(measure: Measure, name: str) -> str:
    return f"{measure.label}{name.rpartition('_')[2]}" if measure.many else measure.label


def _check_column(
    scheme: Scheme, measure: Measure, name: str, submission: Submission, people: list[str], found: Findings
) -> Values:
    """One column: what is missing by its policy, what is out of range."""
    size, label = len(people), _label(measure, name)
    state = np.zeros(size, dtype=np.int8)
    entries = submission.measures.get(name)
    if entries is None:
        if measure.missing == "zero":
            return Values(label, (Decimal(0),) * size, None, state)
        state[:] = State.UNDEFINED if measure.missing == "none" else State.BAD
        if measure.missing != "none":
            sheet = next((e.sheet for e in submission.ids), "")
            found.error(Entry(sheet=sheet), "column_missing", label=label, id=name)
            found.withhold_all |= name == scheme.pool
            for row in range(size):
                found.spoil(row, label)
        return Values(label, (None,) * size, (None,) * size if measure.kind == "date" else None, state)
    values: list[Decimal | None] = [None] * size
    dates: list[dt.date | None] = [None] * size
    for row, entry in enumerate(entries):
        value = entry.value
        if isinstance(value, bool):
            value = Decimal(value)
        if entry.bad or (value is None and measure.missing == "problem"):
            state[row] = State.BAD
            if not entry.bad and measure.only_with is None:
                found.error(entry, "value_missing", name=people[row], label=label)
            if measure.only_with is None or entry.bad:
                found.spoil(row, label)
                found.withhold_all |= name == scheme.pool
        elif value is None and measure.missing == "pending":
            state[row] = State.PENDING
            found.warn(entry, "value_pending", name=people[row], label=label)
        elif value is None and measure.missing == "none":
            state[row] = State.UNDEFINED
        elif value is None:
            values[row] = Decimal(0)
        elif isinstance(value, Decimal) and measure.kind != "yes_no" and not _takes(measure, value):
            state[row] = State.BAD
            found.spoil(row, label)
            _report_range(measure, label, people[row], entry, value, found)
        elif isinstance(value, Decimal):
            values[row] = value
        elif isinstance(value, dt.date):
            dates[row] = value
    return Values(label, tuple(values), tuple(dates) if measure.kind == "date" else None, state)


def _takes(measure: Measure, value: Decimal) -> bool:
    return abs(value) <= MAX_NUMBER and in_range(measure, value)


def _report_range(measure: Measure, label: str, name: str, entry: Entry, value: Decimal, found: Findings) -> None:
    if abs(value) > MAX_NUMBER:
        found.error(entry, "value_large", name=name, label=label, value=f"{value:.3E}")
        return
    low = "无下限" if measure.min is None else f"{measure.min:f}"
    high = "无上限" if measure.max is None else f"{measure.max:f}"
    found.error(
        entry, "value_range", name=name, label=label, value=f"{value:f}", low=low, high=high, unit=measure.unit or "无"
    )


def _check_defined(
    measure: Measure,
    columns: dict[str, Values],
    submission: Submission,
    people: list[str],
    found: Findings,
) -> None:
    """Where the other measure is 0 or missing there is no such value: whatever is typed does not count."""
    column, other = columns[measure.id], columns[measure.only_with or ""]
    entries = submission.measures.get(measure.id, (Entry(),) * len(people))
    values, state = list(column.values), column.state.copy()
    for row, person in enumerate(people):
        if other.values[row]:
            if column.state[row] == State.BAD and column.label not in found.bad[row]:
                found.error(entries[row], "value_missing", name=person, label=column.label)
                found.spoil(row, column.label)
            continue
        if other.state[row] == State.OK:
            key = "not_defined" if entries[row].value is None else "not_defined_typed"
            found.warn(entries[row], key, name=person, label=column.label, other=other.label, value=entries[row].value)
        if column.state[row] != State.BAD or column.label not in found.bad[row]:
            state[row] = State.UNDEFINED if other.state[row] == State.OK else other.state[row]
        values[row] = None
    columns[measure.id] = Values(column.label, tuple(values), column.dates, state)
