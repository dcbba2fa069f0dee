"""What a cell means, as a text that stays the same whatever program saves the workbook; and the cell again."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal

from openpyxl.utils.cell import coordinate_to_tuple

from workbook_templates.grid import BLANK, Cell, Grid, Kind, a1

__all__ = ["Meanings", "alike", "grid_of", "meaning", "meanings", "shown"]

Meanings = dict[str, str]
"""The filled cells of a sheet by A1 address, row by row."""

_EPOCH = dt.date(1899, 12, 30)
_PERCENT = "percent"


def meaning(cell: Cell) -> str:
    """A word for the kind and the value: ``number 12.5``, ``percent 0.0012``, ``date 2026-09-01``, ``text 张三``.

    Texts in NFC with line feeds, numbers at 15 significant digits, dates in ISO form; empty for a blank cell and for
    an empty text. Fonts, widths and number formats do not count, but for the two that change how a number is read:
    a percent sign and a date.
    """
    value = cell.value
    if cell.kind is Kind.NUMBER and isinstance(value, float | int):
        return f"{_PERCENT if cell.percent else Kind.NUMBER.value} {_number(value)}"
    if isinstance(value, dt.date | dt.time):
        return f"{Kind.DATE.value} {value.isoformat()}"
    if isinstance(value, bool):
        return f"{Kind.BOOL.value} {str(value).lower()}"
    text = "" if value is None else unicodedata.normalize("NFC", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    return f"{cell.kind.value} {text}" if text else ""


def _number(value: float) -> str:
    """A number at the 15 significant digits that every program keeps."""
    return f"{Decimal(format(value, '.15g')).normalize() + 0:f}"  # + 0: minus nothing is nothing


def meanings(grid: Grid) -> Meanings:
    """The meaning of each filled cell of a sheet."""
    found = ((at, meaning(cell)) for at, cell in sorted(grid.cells.items()))
    return {a1(*at): text for at, text in found if text}


def grid_of(name: str, cells: Meanings) -> Grid:
    """The sheet that has these meanings. Raises ValueError where one of them is none."""
    return Grid(name, {coordinate_to_tuple(at): _cell(text) for at, text in cells.items()})


def _cell(text: str) -> Cell:
    kind, _, value = text.partition(" ")
    if kind in (Kind.NUMBER.value, _PERCENT):
        return Cell(float(value), Kind.NUMBER, percent=kind == _PERCENT)
    if kind == Kind.DATE.value:
        return Cell(_moment(value), Kind.DATE)
    if kind == Kind.BOOL.value:
        return Cell(value == "true", Kind.BOOL)
    return Cell(value, Kind(kind))


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
    cell = _cell(text) if text else BLANK
    value = _number(float(str(cell.value)) * 100) + "%" if cell.percent else text.partition(" ")[2]
    return value if len(value) <= 60 else f"{value[:60]}…"
