"""What the text in a cell's ``<v>`` means, by the cell's type and number format."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from addin.reading.number_format import GENERAL, NumberFormat, date_of
from addin.reading.refusal import FileMessage, Unreadable
from addin.reading.texts import unescaped
from workbook_templates.grid import Cell, Kind, Value

__all__ = ["EMPTY_TEXT", "CellMaker", "CellType"]

EMPTY_TEXT = Cell("", Kind.TEXT)
"""An empty text that no formula made: blank to the eye, unless it is part of an array formula's result."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")  # float() takes much more
_BOOLEANS = {"1": True, "0": False, "true": True, "false": False}
_VALUED_TYPES = frozenset("nbesd")  # for these an empty <v> is no value; for a text it is the empty text


class CellType(NamedTuple):
    """The attributes of a cell that decide its value: ``t`` and, through ``s``, the number format."""

    type: str
    format: NumberFormat


class CellMaker:
    """Makes the cells of one workbook."""

    def __init__(self, strings: Sequence[str], formats: Sequence[NumberFormat], date1904: bool) -> None:
        self._strings = strings
        self._formats = formats
        self._date1904 = date1904
        self.shared = _SharedCells(strings)
        """Cells of a shared text by its index as written, without formula and percent format."""
        self.dated = _DatedCells(self)
        """Cells of a date by its number as written, without formula."""

    def cell_type(self, type_: str | None, style: str | None) -> CellType:
        """The type of a cell with these attributes; an unknown style has the general format."""
        index = int(style) if style is not None and style.isdecimal() else 0
        return CellType(type_ or "n", self._formats[index] if index < len(self._formats) else GENERAL)

    def make(self, cell_type: CellType, text: str | None, formula: bool) -> Cell | None:
        """The cell with this text in its ``<v>`` (None: there is none); None for a cell that is only styled."""
        type_, (percent, date) = cell_type
        if text is None or (not text and type_ in _VALUED_TYPES):
            return Cell(formula=True, percent=percent) if formula else None
        if type_ == "s":
            shared = self.shared[text.strip()]
            return shared._replace(formula=formula, percent=percent) if shared.value or formula else EMPTY_TEXT
        value, kind = self._value(type_, text, date)
        if value == "" and not formula:
            return EMPTY_TEXT
        return Cell(value, kind, formula, percent)

    def _value(self, type_: str, text: str, date: bool) -> tuple[Value, Kind]:
        if type_ == "n":
            return self.number(text.strip(), date)
        if type_ == "e":
            return text, Kind.ERROR
        if type_ == "b" and text in _BOOLEANS:
            return _BOOLEANS[text], Kind.BOOL
        if type_ == "d":
            moment = _iso_date(text)
            return (text, Kind.TEXT) if moment is None else (moment, Kind.DATE)
        return unescaped(text), Kind.TEXT

    def number(self, text: str, date: bool) -> tuple[Value, Kind]:
        """The value of a number, in a date format or not; a text where it is none."""
        number = float(text) if _NUMBER.fullmatch(text) else math.nan
        if not math.isfinite(number):
            return text, Kind.TEXT  # the check says that it is no number, and shows it
        moment = date_of(number, self._date1904) if date else None
        return (number, Kind.NUMBER) if moment is None else (moment, Kind.DATE)


class _DatedCells(dict[str, Cell]):
    """Makes each date once: the sheets of a workbook repeat them."""

    def __init__(self, maker: CellMaker) -> None:
        super().__init__()
        self._maker = maker

    def __missing__(self, number: str) -> Cell:
        value, kind = self._maker.number(number, True)
        cell = self[number] = Cell(value, kind)
        return cell


class _SharedCells(dict[str, Cell]):
    """Makes each text cell once, when it is first met."""

    def __init__(self, strings: Sequence[str]) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, index: str) -> Cell:
        if not (index.isdecimal() and int(index) < len(self._strings)):
            raise Unreadable(FileMessage.DAMAGED)
        text = self._strings[int(index)]
        cell = self[index] = Cell(text, Kind.TEXT) if text else EMPTY_TEXT
        return cell


def _iso_date(text: str) -> dt.date | dt.datetime | dt.time | None:
    """An ISO 8601 date, datetime or time; midnight counts as a date, as it does for a number."""
    try:
        if "-" not in text:
            return dt.time.fromisoformat(text)
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return moment if moment.time() != dt.time() else moment.date()
