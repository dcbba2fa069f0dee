"""What a cell means, as a text that stays the same whatever program saves the workbook; and the cell again."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter

from openpyxl.utils.cell import coordinate_to_tuple

from workbook_templates.grid import BLANK, Cell, Grid, Kind, a1

__all__ = ["Meanings", "alike", "cell_of_meaning", "grid_of", "meaning", "meanings", "means", "shown"]

Meanings = dict[str, str]
"""The filled cells of a sheet by A1 address, row by row."""

_EPOCH = dt.date(1899, 12, 30)
_PERCENT = "percent"
_TEXT, _NUMBER = Kind.TEXT, Kind.NUMBER
_REMEMBERED = 50_000
"""Addresses and short meanings that are remembered: the sheets of a workbook repeat them, and the workbooks of a
contest.
"""
_SHORT = 100


def meaning(cell: Cell) -> str:
    """A word for the kind and the value: ``number 12.5``, ``percent 0.0012``, ``date 2026-09-01``, ``text 张三``.

    Texts in NFC with line feeds, numbers at 15 significant digits, dates in ISO form; empty for a blank cell and for
    an empty text. Fonts, widths and number formats do not count, but for the two that change how a number is read:
    a percent sign and a date.
    """
    value, kind = cell[:2]
    if kind is _TEXT and isinstance(value, str):
        return f"text {_plain(value)}" if value else ""
    if kind is _NUMBER and isinstance(value, float | int):
        return f"{_PERCENT if cell.percent else 'number'} {_number(value)}"
    if isinstance(value, dt.date | dt.time):
        return f"date {value.isoformat()}"
    if isinstance(value, bool):
        return f"bool {str(value).lower()}"
    text = "" if value is None else _plain(str(value))
    return f"{kind.value} {text}" if text else ""


def _plain(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _number(value: float) -> str:
    """A number at the 15 significant digits that every program keeps."""
    text = format(value, ".15g")
    if "e" in text or text == "-0":
        return f"{Decimal(text).normalize() + 0:f}"  # + 0: minus nothing is nothing
    return text


def meanings(grid: Grid) -> Meanings:
    """The meaning of each filled cell of a sheet."""
    found = ((at, meaning(cell)) for at, cell in sorted(grid.cells.items(), key=itemgetter(0)))
    return {a1(*at): text for at, text in found if text}


def means(grid: Grid, cells: Meanings) -> bool:
    """Whether a sheet has just these meanings and no formula; sooner known than what differs."""
    there = grid.cells
    for at, text in cells.items():
        cell = there.get(_position(at))
        if cell is None or meaning(cell) != text:
            return False
    filled = sum(1 for cell in there.values() if cell.value is not None and cell.value != "")
    return filled == len(cells) and not any(cell.formula for cell in there.values())


def grid_of(name: str, cells: Meanings) -> Grid:
    """The sheet that has these meanings. Raises ValueError where one of them is none."""
    return Grid(name, {_position(at): cell_of_meaning(text) for at, text in cells.items()})


@lru_cache(_REMEMBERED)
def _position(at: str) -> tuple[int, int]:
    row, column = coordinate_to_tuple(at)
    return row, column


def cell_of_meaning(text: str) -> Cell:
    """The cell that has this meaning. Raises ValueError for a text that is none."""
    return _remembered_cell(text) if len(text) <= _SHORT else _parsed(text)


def _parsed(text: str) -> Cell:
    kind, _, value = text.partition(" ")
    if kind == "text":
        return Cell(value, _TEXT)
    if kind in ("number", _PERCENT):
        return Cell(float(value), _NUMBER, percent=kind == _PERCENT)
    if kind == Kind.DATE.value:
        return Cell(_moment(value), Kind.DATE)
    if kind == Kind.BOOL.value:
        return Cell(value == "true", Kind.BOOL)
    return Cell(value, Kind(kind))


_remembered_cell = lru_cache(_REMEMBERED)(_parsed)


def _moment(text: str) -> dt.date | dt.datetime | dt.time:
    if "-" not in text:
        return dt.time.fromisoformat(text)
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)


def alike(left: str, right: str) -> bool:
    """Whether two meanings are the same, or one is a date and the other the number that stands for that day: the
    cell's date format was taken away.
    """
    return left == right or _day(left) == right or left == _day(right)


def _day(text: str) -> str:
    """A day as the number that stands for it; any other meaning as it is."""
    kind, _, value = text.partition(" ")
    if kind != Kind.DATE.value or "T" in value or ":" in value:
        return text
    return f"{Kind.NUMBER.value} {(dt.date.fromisoformat(value) - _EPOCH).days}"


def shown(text: str) -> str:
    """A meaning for people, not too long: the value as a sheet shows it."""
    cell = cell_of_meaning(text) if text else BLANK
    value = _number(float(str(cell.value)) * 100) + "%" if cell.percent else text.partition(" ")[2]
    return value if len(value) <= 60 else f"{value[:60]}…"
