"""What a spreadsheet hands to a custom function, as cells; and what goes back.

Excel (through COM) gives one cell as a bare value and a range as rows in rows; LibreOffice always gives rows in
rows. A blank is None, a date a datetime in Excel and a serial number in LibreOffice, an error value an HRESULT in
Excel and a text in LibreOffice.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from addin.parsing.values import plain_text
from workbook_templates.grid import BLANK, Cell, Kind

__all__ = ["Answer", "Area", "area_of", "is_blank", "spread"]

Answer = float | str
"""What one cell gets."""

_COM_ERRORS = {
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
    -2146826245: "#GETTING_DATA",
    -2146826243: "#SPILL!",
    -2146826242: "#CONNECT!",
    -2146826241: "#BLOCKED!",
    -2146826240: "#UNKNOWN!",
    -2146826239: "#FIELD!",
    -2146826238: "#CALC!",
}
_MISSING = -2147352572
"""How COM says that an optional argument was left out."""
_ERROR_TEXTS = frozenset(_COM_ERRORS.values())


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells. It is hashable, so that the same call twice can be answered from memory."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells, row by row."""
        return tuple(cell for row in self.rows for cell in row)

    @property
    def is_line(self) -> bool:
        """True for one row, one column or one cell."""
        return min(self.height, self.width) == 1


def area_of(value: object) -> Area:
    """The cells of an argument: a bare value is one cell, a flat sequence one row; uneven rows are filled up."""
    rows: list[Sequence[object]]
    if not isinstance(value, list | tuple):
        rows = [[value]]
    elif value and all(isinstance(row, list | tuple) for row in value):
        rows = list(value)
    else:
        rows = [value]
    width = max((len(row) for row in rows), default=0)
    if width == 0:
        return Area(((BLANK,),))
    empty = (BLANK,) * width
    # A whole column is mostly rows of None: those are not looked at cell by cell.
    filled = (empty if row.count(None) == len(row) else tuple(map(_cell, row)) for row in rows)
    return Area(tuple(row + empty[len(row) :] for row in filled))


def is_blank(cell: Cell) -> bool:
    """True for an empty cell and for a text that shows nothing, as a formula's "" is."""
    return cell.kind is Kind.BLANK or (cell.kind is Kind.TEXT and not plain_text(str(cell.value)))


def _cell(value: object) -> Cell:
    if value is None:
        return BLANK
    if isinstance(value, bool):
        return Cell(value, Kind.BOOL)
    if isinstance(value, int) and (value in _COM_ERRORS or value == _MISSING):
        return BLANK if value == _MISSING else Cell(_COM_ERRORS[value], Kind.ERROR)
    if isinstance(value, int | float | Decimal):
        number = float(value)
        return Cell(number, Kind.NUMBER) if math.isfinite(number) else Cell("#NUM!", Kind.ERROR)
    if isinstance(value, dt.datetime):
        return Cell(dt.datetime(*value.timetuple()[:6]), Kind.DATE)  # pywin32 gives a subclass with a time zone
    if isinstance(value, dt.date):
        return Cell(value, Kind.DATE)
    text = str(value)
    return Cell(text, Kind.ERROR if text in _ERROR_TEXTS else Kind.TEXT)


def spread(answers: Sequence[Sequence[Answer]]) -> list[list[Answer]] | Answer:
    """Rows of answers as a host takes them; a single one as a bare value."""
    rows = [list(row) for row in answers]
    return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows
