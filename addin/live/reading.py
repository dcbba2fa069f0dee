"""The open workbook as grids, for the same parser as a file's.

Values and formulas come in blocks of rows. What a cell looks like is asked of whole areas, and of the halves of an area
only where its cells differ: a call for each cell would take a minute.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import xlwings

from addin.parsing.values import plain_text
from addin.reading.number_format import GENERAL, NumberFormat, date_of, number_format
from workbook_templates.grid import Cell, Grid, Kind, Value
from workbook_templates.layout import SHEET

__all__ = ["formulas_of", "read_grids"]

Values = list[list[Any]]

_READ = frozenset({SHEET.settings, SHEET.scheme, SHEET.roster, SHEET.measures, SHEET.events, SHEET.raters,
                   SHEET.ballots, SHEET.rulings, SHEET.honours})  # fmt: skip
"""Sheets that people fill in; of the others only the name counts."""
_BLOCK = 2_000
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"})
_NEWER_ERROR = -2_146_820_000
"""Errors that xlwings does not know arrive as whole numbers below this; a number in a cell is a float."""
_DAY_ZERO = dt.date(1899, 12, 30)


class _Area(NamedTuple):
    top: int
    left: int
    bottom: int
    right: int

    def halves(self, *, rows: bool) -> tuple[_Area, _Area]:
        if rows:
            middle = (self.top + self.bottom) // 2
            return self._replace(bottom=middle), self._replace(top=middle + 1)
        middle = (self.left + self.right) // 2
        return self._replace(right=middle), self._replace(left=middle + 1)


def read_grids(book: xlwings.Book, date1904: bool = False) -> dict[str, Grid]:
    """The grids of a workbook, in the order of its sheets; those that nobody fills in are empty."""
    grids = {}
    for sheet in book.sheets:
        cells = dict(_cells(sheet, date1904)) if plain_text(sheet.name) in _READ else {}
        grids[sheet.name] = Grid(sheet.name, cells, not sheet.visible, date1904)
    return grids


def formulas_of(cells: xlwings.Range, values: Values | None = None) -> Iterator[tuple[tuple[int, int], str]]:
    """The formulas in an area by (row, column). A text that begins like one is none: its formula is its own text.

    ``values`` are the area's, for which the program need not be asked again.
    """
    formulas: Any = cells.formula
    lines = formulas if isinstance(formulas, tuple | list) else ((formulas,),)
    for row, line in enumerate(lines):
        for column, formula in enumerate(line):
            if isinstance(formula, str) and formula.startswith("="):
                values = values or _values(cells)
                if values[row][column] != formula:
                    yield (cells.row + row, cells.column + column), formula


def _cells(sheet: xlwings.Sheet, date1904: bool) -> Iterator[tuple[tuple[int, int], Cell]]:
    filled = {at: cell for block in _blocks(sheet) for at, cell in _filled(sheet, block)}
    if not filled:
        return
    rows, columns = {row for row, _ in filled}, {column for _, column in filled}
    whole = _Area(min(rows), min(columns), max(rows), max(columns))
    formats = _spread(sheet, whole, _format_of)
    merged = _spread(sheet, whole, lambda cells: cells.merge_cells)
    hidden_rows = _hidden(sheet, whole, rows=True)
    hidden_columns = _hidden(sheet, whole, rows=False)
    of_merged: set[tuple[int, int]] = {at for at, is_merged in merged.items() if is_merged}
    for at in sorted(filled.keys() | of_merged):
        value, formula = filled.get(at, (None, False))
        shape = formats.get(at, GENERAL)
        content, kind = _content(value, shape, date1904)
        hidden = at[0] in hidden_rows or at[1] in hidden_columns
        yield at, Cell(content, kind, formula, shape.percent, hidden, at in of_merged)


def _blocks(sheet: xlwings.Sheet) -> Iterator[_Area]:
    """The used range in blocks of rows: a sheet that is styled down to its last row has millions of cells."""
    used = sheet.used_range
    top, left = used.row, used.column
    rows, columns = used.shape
    for start in range(top, top + rows, _BLOCK):
        yield _Area(start, left, min(start + _BLOCK, top + rows) - 1, left + columns - 1)


def _filled(sheet: xlwings.Sheet, block: _Area) -> Iterator[tuple[tuple[int, int], tuple[Any, bool]]]:
    """(value, is it a formula's) of the cells of a block that have either."""
    cells = _range(sheet, block)
    values = _values(cells)
    formulas = dict(formulas_of(cells, values))
    for row, line in enumerate(values, start=block.top):
        for column, value in enumerate(line, start=block.left):
            if value is not None or (row, column) in formulas:
                yield (row, column), (value, (row, column) in formulas)


def _values(cells: xlwings.Range) -> Values:
    """The values in an area, errors as their texts."""
    values: Values = cells.options(ndim=2, err_to_str=True).value
    return values


def _range(sheet: xlwings.Sheet, area: _Area) -> xlwings.Range:
    return sheet.range((area.top, area.left), (area.bottom, area.right))


def _spread(sheet: xlwings.Sheet, area: _Area, ask: Callable[[xlwings.Range], Any]) -> dict[tuple[int, int], Any]:
    """By cell what ``ask`` says of it; of cells that differ it says None."""
    answer = ask(_range(sheet, area))
    if answer is None and (area.top, area.left) != (area.bottom, area.right):
        both = area.halves(rows=area.left == area.right)
        return {at: said for half in both for at, said in _spread(sheet, half, ask).items()}
    if not answer:
        return {}
    return dict.fromkeys(
        ((row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1)),
        answer,
    )


def _format_of(cells: xlwings.Range) -> NumberFormat | None:
    code = cells.number_format
    return None if code is None else number_format(code)


def _hidden(sheet: xlwings.Sheet, area: _Area, *, rows: bool) -> set[int]:
    """The hidden rows, or columns: they have no height, or width."""
    cells = _range(sheet, area)
    size = cells.row_height if rows else cells.column_width
    first, last = (area.top, area.bottom) if rows else (area.left, area.right)
    if size is None and first != last:
        return {n for half in area.halves(rows=rows) for n in _hidden(sheet, half, rows=rows)}
    return set(range(first, last + 1)) if size == 0 else set()


def _content(value: object, shape: NumberFormat, date1904: bool) -> tuple[Value, Kind]:
    """A value as xlwings gives it, as a grid holds it."""
    if value is None:
        return None, Kind.BLANK
    if isinstance(value, bool):
        return value, Kind.BOOL
    if isinstance(value, dt.datetime):
        return _moment(value), Kind.DATE
    if isinstance(value, int) and value < _NEWER_ERROR:
        return "#VALUE!", Kind.ERROR
    if isinstance(value, int | float | Decimal):
        number = float(value)
        moment = date_of(number, date1904) if shape.date else None
        return (number, Kind.NUMBER) if moment is None else (moment, Kind.DATE)
    text = str(value)
    return text, Kind.ERROR if text in _ERRORS else Kind.TEXT


def _moment(moment: dt.datetime) -> Value:
    """A date where there is no time of day, a time where there is no day."""
    moment = moment.replace(tzinfo=None)
    if moment.date() == _DAY_ZERO:
        return moment.time()
    return moment if moment.time() != dt.time() else moment.date()
