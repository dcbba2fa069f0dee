"""Ranges for the engine: values, formulas and formats of a rectangle of cells in LibreOffice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter
from xlwings import base_classes

from addin.libreoffice.office import Struct

if TYPE_CHECKING:
    from addin.libreoffice.engine import Sheet

__all__ = ["ErrorText", "Notation", "Range"]

_DATE_BITS, _LOGICAL = 2 | 4, 1024  # com.sun.star.util.NumberFormat
_CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: values, dates, texts, formulas
_EVERYTHING = 1023
_XL_A1, _NATIVE = 1, 0  # com.sun.star.sheet.AddressConvention
_DAY_0 = dt.datetime(1899, 12, 30)
_ENGLISH = Struct("com.sun.star.lang.Locale", {"Language": "en", "Country": "US", "Variant": ""})
_POINT = 2540 / 72  # of UNO's lengths


class ErrorText(str):
    """The text of an error in a cell, as it is shown: #DIV/0!."""

    __slots__ = ()


class Notation:
    """Formulas from Excel's English notation to LibreOffice's and back."""

    def __init__(self, document: Any) -> None:
        self._parser = document.createInstance("com.sun.star.sheet.FormulaParser")
        self._parser.CompileEnglish = True

    def native(self, formula: str, place: Struct) -> str:
        """``=SUM(A1,表!B2)`` at a place as LibreOffice writes it."""
        return self._turned(formula, place, _XL_A1, _NATIVE)

    def excel(self, formula: str, place: Struct) -> str:
        """What LibreOffice writes, as Excel does."""
        return self._turned(formula, place, _NATIVE, _XL_A1)

    def _turned(self, formula: str, place: Struct, before: int, after: int) -> str:
        self._parser.FormulaConvention = before
        tokens = self._parser.parseFormula(formula.removeprefix("="), place)
        self._parser.FormulaConvention = after
        return f"={self._parser.printFormula(tokens, place)}"


class Range(base_classes.Range):  # type: ignore[misc]
    """A rectangle of cells, its first row and column counted from 1."""

    options: Any = None

    def __init__(self, sheet: Sheet, row: int, column: int, height: int, width: int) -> None:
        self.sheet = sheet
        self._place = row, column
        self.shape = height, width

    @property
    def api(self) -> Any:
        (row, column), (height, width) = self._place, self.shape
        return self.sheet.api.getCellRangeByPosition(column - 1, row - 1, column + width - 2, row + height - 2)

    @property
    def row(self) -> int:
        return self._place[0]

    @property
    def column(self) -> int:
        return self._place[1]

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return (self.sheet.name, *self._place, *self.shape)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        return Range(self.sheet, self.row + row - 1, self.column + column - 1, 1, 1)

    @property
    def rows(self) -> list[Range]:
        return [Range(self.sheet, self.row + n, self.column, 1, self.shape[1]) for n in range(self.shape[0])]

    @property
    def columns(self) -> list[Range]:
        return [Range(self.sheet, self.row, self.column + n, self.shape[0], 1) for n in range(self.shape[1])]

    @property
    def address(self) -> str:
        return self.get_address(True, True, False)

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        def corner(row: int, column: int) -> str:
            letter = get_column_letter(column)
            return f"{'$' * column_absolute}{letter}{'$' * row_absolute}{row}"

        (row, column), (height, width) = self._place, self.shape
        text = corner(row, column)
        if self.shape != (1, 1):
            text += f":{corner(row + height - 1, column + width - 1)}"
        return f"'[{self.sheet.book.name}]{self.sheet.name}'!{text}" if external else text

    def _cells(self) -> Iterator[tuple[int, int]]:
        return ((row, column) for row in range(self.shape[0]) for column in range(self.shape[1]))

    @property
    def raw_value(self) -> Any:
        """Values as Excel's engine gives them: one bare, several as rows of rows."""
        area = self.api
        rows: list[list[Any]] = [list(row) for row in area.getDataArray()]
        for row, column in self._cells():
            if rows[row][column] is None:
                rows[row][column] = ErrorText(area.getCellByPosition(column, row).String)
        for bits, first, last in self._formats(area):
            for row in range(first[0], last[0] + 1):
                for column in range(first[1], last[1] + 1):
                    if isinstance(value := rows[row][column], float):
                        rows[row][column] = _as_formatted(value, bits)
        return rows[0][0] if self.shape == (1, 1) else tuple(map(tuple, rows))

    def _formats(self, area: Any) -> Iterator[tuple[int, tuple[int, int], tuple[int, int]]]:
        """The rectangles of one kind of number format: dates and yes/no, with their kinds' bits."""
        kinds: dict[int, int] = {}
        formats = self.sheet.book.api.NumberFormats
        alike = area.getUniqueCellFormatRanges()
        for n in range(alike.Count):
            group = alike.getByIndex(n)
            key = group.NumberFormat
            if key not in kinds:
                kinds[key] = formats.getByKey(key).Type
            if kinds[key] & (_DATE_BITS | _LOGICAL):
                for part in group.getRangeAddresses():
                    first = part.StartRow - self.row + 1, part.StartColumn - self.column + 1
                    yield kinds[key], first, (part.EndRow - self.row + 1, part.EndColumn - self.column + 1)

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        rows = data if isinstance(data, list | tuple) else [[data] * self.shape[1]] * self.shape[0]
        area, formulas, typed = self.api, [], []
        plain: list[list[Any]] = []
        for r, row in enumerate(rows):
            plain.append([])
            for c, value in enumerate(row):
                if isinstance(value, str) and value.startswith("="):
                    formulas.append((r, c, value))
                elif isinstance(value, bool):
                    typed.append((r, c, str(value).upper()))
                plain[-1].append(_as_stored(value))
        area.setDataArray(plain)
        for r, c, text in typed:
            area.getCellByPosition(c, r).setFormula(text)
        for r, c, formula in formulas:
            self(r + 1, c + 1).formula = formula

    @property
    def formula(self) -> Any:
        """Formulas in Excel's notation; of what is no formula, the value as a text."""
        area = self.api
        native = area.getFormulaArray()
        notation = Notation(self.sheet.book.api)
        rows = [
            tuple(
                notation.excel(text, area.getCellByPosition(c, r).CellAddress) if text.startswith("=") else text
                for c, text in enumerate(row)
            )
            for r, row in enumerate(native)
        ]
        return rows[0][0] if self.shape == (1, 1) else tuple(rows)

    @formula.setter
    def formula(self, formula: Any) -> None:
        area = self.api
        notation = Notation(self.sheet.book.api)
        for r, c in self._cells():
            text = formula[r][c] if isinstance(formula, list | tuple) else formula
            cell = area.getCellByPosition(c, r)
            if isinstance(text, str) and text.startswith("="):
                text = notation.native(text, cell.CellAddress)
            cell.setFormula(text if isinstance(text, str) else str(text))

    formula2 = formula

    @property
    def formula_array(self) -> str:
        """The array formula of these cells; "" where they have none together."""
        area = self.api
        text = str(area.getArrayFormula())
        return Notation(self.sheet.book.api).excel(text[1:-1], area.getCellByPosition(0, 0).CellAddress) if text else ""

    @formula_array.setter
    def formula_array(self, formula: str) -> None:
        area = self.api
        area.setArrayFormula(Notation(self.sheet.book.api).native(formula, area.getCellByPosition(0, 0).CellAddress))

    @property
    def has_array(self) -> bool:
        return bool(self.api.getArrayFormula())

    @property
    def number_format(self) -> str | None:
        """The format's code; None where the cells differ."""
        area = self.api
        if area.getUniqueCellFormatRanges().Count > 1 and len({key for key in self._keys(area)}) > 1:
            return None
        code = self.sheet.book.api.NumberFormats.getByKey(area.getCellByPosition(0, 0).NumberFormat).FormatString
        return str(code)

    def _keys(self, area: Any) -> Iterator[int]:
        alike = area.getUniqueCellFormatRanges()
        return (alike.getByIndex(n).NumberFormat for n in range(alike.Count))

    @number_format.setter
    def number_format(self, code: str) -> None:
        formats = self.sheet.book.api.NumberFormats
        key = formats.queryKey(code, _ENGLISH, False)
        self.api.NumberFormat = formats.addNew(code, _ENGLISH) if key < 0 else key

    @property
    def color(self) -> tuple[int, int, int] | None:
        color = self.api.CellBackColor
        return None if color < 0 else (color >> 16 & 255, color >> 8 & 255, color & 255)

    @color.setter
    def color(self, color: tuple[int, int, int] | int | None) -> None:
        if isinstance(color, tuple):
            color = color[0] << 16 | color[1] << 8 | color[2]
        self.api.CellBackColor = -1 if color is None else color

    @property
    def row_height(self) -> float:
        return float(self.api.Rows.getByIndex(0).Height) / _POINT

    @row_height.setter
    def row_height(self, points: float) -> None:
        self.api.Rows.Height = round(points * _POINT)

    @property
    def wrap_text(self) -> bool:
        return bool(self.api.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, wrap: bool) -> None:
        self.api.IsTextWrapped = wrap

    def clear_contents(self) -> None:
        self.api.clearContents(_CONTENTS)

    def clear(self) -> None:
        self.api.clearContents(_EVERYTHING)

    def select(self) -> None:
        self.sheet.book.api.CurrentController.select(self.api)


def _as_formatted(number: float, bits: int) -> object:
    if bits & _LOGICAL:
        return bool(number)
    return _DAY_0 + dt.timedelta(seconds=round(number * 86400))


def _as_stored(value: Any) -> str | float:
    if isinstance(value, dt.datetime):
        return (value.replace(tzinfo=None) - _DAY_0) / dt.timedelta(days=1)
    if isinstance(value, dt.date):
        return float((value - _DAY_0.date()).days)
    return value if isinstance(value, str) else float(value)
