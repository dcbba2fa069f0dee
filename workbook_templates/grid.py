"""A workbook as a dict of grids: the one seam between spreadsheets and rules.

A grid holds what a person can see in one sheet, by true row and column, whatever program or file it came
from. Readers (a closed file, a live Excel, a live LibreOffice, a csv table) make grids; the parser turns
grids into a submission; result writers make grids again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import NamedTuple

__all__ = ["BLANK", "Cell", "Grid", "Kind", "Value", "a1", "column_letter"]

Value = str | float | bool | dt.date | dt.datetime | dt.time | None


class Kind(Enum):
    """What a cell holds; a formula cell has the kind of its cached value."""

    BLANK = "blank"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    BOOL = "bool"
    ERROR = "error"


class Cell(NamedTuple):
    """One cell: its value, what kind of value that is, and the flags that the check needs.

    ``value`` is a float for a number, a str for text or for an error (``"#N/A"``), a date, datetime or time
    for a date, a bool, or None for a blank. A formula without a cached value is a blank with ``formula``.
    """

    value: Value = None
    kind: Kind = Kind.BLANK
    formula: bool = False
    percent: bool = False
    """The number format shows a percentage: 0.0012 reads 0.12%."""
    hidden: bool = False
    """The row or the column is hidden (a filter hides rows)."""
    merged: bool = False
    """Part of a merged area; only its top left cell has a value."""


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: ``cells`` by (row, column), both from 1 as in A1; a cell that is not there is blank."""

    name: str
    cells: Mapping[tuple[int, int], Cell] = field(default_factory=dict)
    hidden: bool = False
    date1904: bool = False
    """The workbook counts its days from 1904: so does a plain number that is meant as a date."""

    def at(self, row: int, column: int) -> Cell:
        """The cell at ``row``, ``column`` (from 1); blank where nothing is."""
        return self.cells.get((row, column), BLANK)

    def row(self, row: int) -> Iterator[tuple[int, Cell]]:
        """The filled cells of a row as (column, cell), from left to right."""
        return ((column, self.cells[row, column]) for column in sorted(c for r, c in self.cells if r == row))

    @property
    def last_row(self) -> int:
        """The last row that has a cell; 0 for an empty sheet."""
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        """The last column that has a cell; 0 for an empty sheet."""
        return max((column for _, column in self.cells), default=0)


@cache
def column_letter(column: int) -> str:
    """The letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """The A1 address of a cell: ``a1(7, 3)`` is C7."""
    return f"{column_letter(column)}{row}"
