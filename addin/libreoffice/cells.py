"""Ranges for the engine: values, formulas and formats of a rectangle of cells in LibreOffice."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.utils import get_column_letter
from xlwings import base_classes

from addin.libreoffice.office import Struct

if TYPE_CHECKING:
    from addin.libreoffice.engine import Sheet

__all__ = ["Area", "ErrorText", "Look", "Notation", "Range", "looks_of"]

_DATE_BITS, _LOGICAL = 2 | 4, 1024  # com.sun.star.util.NumberFormat
_CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: values, dates, texts, formulas
_EVERYTHING = 1023
_OOO, _XL_A1 = 0, 1  # com.sun.star.sheet.AddressConvention
_ENGLISH, _XL_ENGLISH = 2, 4  # com.sun.star.sheet.FormulaLanguage
_ALL = 0x7FFFFFFF  # com.sun.star.sheet.FormulaMapGroup
_TEXT = '"(?:[^"]|"")*"'
_TEXT_OR_ARRAY = re.compile(_TEXT + r"|\{[^{}]*\}")
_TEXT_OR_SIGN = re.compile(_TEXT + "|[,;|]")
_NATIVE_SIGNS, _EXCEL_SIGNS = {",": ";", ";": "|"}, {";": ",", "|": ";"}
"""What parts the columns and rows of a constant array."""
_KEPT = "\ue000"
_OWN = re.compile(r"\borg\.starscore\.functions\.(star[a-z]+)\b", re.IGNORECASE)
"""A call of ours that was typed in LibreOffice (see ``starscore_office.binding``)."""
_DAY_0 = dt.datetime(1899, 12, 30)
_LOCALE = Struct("com.sun.star.lang.Locale", {"Language": "en", "Country": "US", "Variant": ""})
_POINT = 2540 / 72  # of UNO's lengths


class ErrorText(str):
    """The text of an error in a cell, as it is shown: #DIV/0!."""

    __slots__ = ()


class Area(NamedTuple):
    """A rectangle of cells, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, address: Struct) -> Area:
        """What LibreOffice's address, counted from 0, is of."""
        return cls(address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1)

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def common(self, other: Area) -> Area | None:
        """What two areas have in common; None where that is nothing."""
        top, left = max(self.top, other.top), max(self.left, other.left)
        bottom, right = min(self.bottom, other.bottom), min(self.right, other.right)
        return Area(top, left, bottom, right) if top <= bottom and left <= right else None


class Look(NamedTuple):
    """How cells show their values: the number format's code, and the bits of its kind."""

    code: str
    kind: int


def looks_of(sheet: Any, formats: Any) -> Iterator[tuple[Area, Look]]:
    """The areas of a sheet whose cells are formatted alike."""
    known: dict[int, Look] = {}
    alike = sheet.getUniqueCellFormatRanges()
    for n in range(alike.Count):
        group = alike.getByIndex(n)
        key = group.NumberFormat
        if key not in known:
            number_format = formats.getByKey(key)
            known[key] = Look(number_format.FormatString, number_format.Type)
        for address in group.getRangeAddresses():
            yield Area.of(address), known[key]


class Notation:
    """Formulas in Excel's English notation, and as LibreOffice keeps them."""

    def __init__(self, document: Any) -> None:
        self._excel = _parser(document, _XL_A1, _XL_ENGLISH)
        self._native = _parser(document, _OOO, _ENGLISH)
        self._known: dict[str, str] = {}

    def native(self, formula: str, place: Struct) -> str:
        """``=SUM(A1,表!B2)`` at a place as LibreOffice writes it."""
        return _turned(formula, place, self._excel, self._native, _NATIVE_SIGNS)

    def excel(self, formula: str, place: Struct) -> str:
        """What LibreOffice writes, as Excel does; without the braces of an array formula."""
        if formula not in self._known:  # at another place the same text says the same
            plain = formula[1:-1] if formula.startswith("{") else formula
            text = _turned(plain, place, self._native, self._excel, _EXCEL_SIGNS)
            self._known[formula] = _OWN.sub(lambda call: call[1].upper(), text)
        return self._known[formula]


def _turned(formula: str, place: Struct, reader: Any, writer: Any, signs: Mapping[str, str]) -> str:
    """A formula as another parser writes it. Parsers know no constant arrays: these are kept apart meanwhile."""
    arrays: list[str] = []

    def kept(found: re.Match[str]) -> str:
        if found[0].startswith('"'):
            return found[0]
        arrays.append(_TEXT_OR_SIGN.sub(lambda sign: signs.get(sign[0], sign[0]), found[0]))
        return f'"{_KEPT}{len(arrays) - 1}"'

    plain = _TEXT_OR_ARRAY.sub(kept, formula.removeprefix("="))
    text = str(writer.printFormula(reader.parseFormula(plain, place), place))
    for n, array in enumerate(arrays):
        text = text.replace(f'"{_KEPT}{n}"', array)
    return f"={text}"


def _parser(document: Any, convention: int, language: int) -> Any:
    mapper = document.createInstance("com.sun.star.sheet.FormulaOpCodeMapper")
    parser = document.createInstance("com.sun.star.sheet.FormulaParser")
    parser.OpCodeMap, parser.FormulaConvention = mapper.getAvailableMappings(language, _ALL), convention
    return parser


class Range(base_classes.Range):
    """A rectangle of cells, its first row and column counted from 1."""

    options: Any = None
    sheet: Any = None
    shape: tuple[int, int] = (0, 0)

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
                rows[row][column] = _error(area.getCellByPosition(column, row).String)
        for part, look in self._looks():
            if look.kind & (_DATE_BITS | _LOGICAL):
                for row in range(part.top - self.row, part.bottom - self.row + 1):
                    for column in range(part.left - self.column, part.right - self.column + 1):
                        if isinstance(value := rows[row][column], float):
                            rows[row][column] = _as_formatted(value, look.kind)
        return rows[0][0] if self.shape == (1, 1) else tuple(map(tuple, rows))

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        rows = data if isinstance(data, list | tuple) else [[data] * self.shape[1]] * self.shape[0]
        area, formulas = self.api, []
        plain: list[list[Any]] = []
        for r, row in enumerate(rows):
            plain.append([])
            for c, value in enumerate(row):
                if isinstance(value, str) and value.startswith("="):
                    formulas.append((r, c, value))
                plain[-1].append(_as_stored(value))
        area.setDataArray(plain)
        for r, c, formula in formulas:
            self(r + 1, c + 1).formula = formula

    def _looks(self) -> Iterator[tuple[Area, Look]]:
        """The parts of this range that look alike."""
        own = self._area
        return ((part, look) for area, look in self.sheet.looks if (part := area.common(own)) is not None)

    @property
    def _area(self) -> Area:
        (row, column), (height, width) = self._place, self.shape
        return Area(row, column, row + height - 1, column + width - 1)

    @property
    def formula(self) -> Any:
        """Formulas in Excel's notation; of what is no formula, the value as a text."""
        notation = self.sheet.book.notation
        number = self.sheet.index - 1

        def excel(row: int, column: int, text: str) -> str:
            return notation.excel(text, self._address(row, column, number)) if text.startswith(("=", "{=")) else text

        native = self.api.getFormulaArray()
        rows = tuple(tuple(excel(r, c, text) for c, text in enumerate(row)) for r, row in enumerate(native))
        return rows[0][0] if self.shape == (1, 1) else rows

    @formula.setter
    def formula(self, formula: Any) -> None:
        area, notation, number = self.api, self.sheet.book.notation, self.sheet.index - 1
        for r, c in self._cells():
            text = formula[r][c] if isinstance(formula, list | tuple) else formula
            cell = area.getCellByPosition(c, r)
            if isinstance(text, str) and text.startswith("="):
                text = notation.native(text, self._address(r, c, number))
            cell.setFormula(str(text))

    formula2 = formula

    def _address(self, row: int, column: int, sheet: int) -> Struct:
        """LibreOffice's address of a cell, counted from the first of this range."""
        fields = {"Sheet": sheet, "Column": self.column + column - 1, "Row": self.row + row - 1}
        return Struct("com.sun.star.table.CellAddress", fields)

    @property
    def formula_array(self) -> str:
        """The array formula of these cells; "" where they have none together."""
        return str(self(1, 1).formula) if self.has_array else ""

    @formula_array.setter
    def formula_array(self, formula: str) -> None:
        place = self._address(0, 0, self.sheet.index - 1)
        self.api.setArrayFormula(self.sheet.book.notation.native(formula, place))

    @property
    def has_array(self) -> bool:
        return bool(self.api.getArrayFormula())

    @property
    def number_format(self) -> str | None:
        """The format's code; None where the cells differ."""
        codes = {look.code for _, look in self._looks()}
        return codes.pop() if len(codes) == 1 else None

    @number_format.setter
    def number_format(self, code: str) -> None:
        formats = self.sheet.book.api.NumberFormats
        key = formats.queryKey(code, _LOCALE, False)
        self.api.NumberFormat = formats.addNew(code, _LOCALE) if key < 0 else key
        self.sheet.__dict__.pop("looks", None)  # it is asked anew

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
    def merge_cells(self) -> bool | None:
        """True for cells of merged areas only, None where some of the cells are."""
        own = self._area
        merged = sum(part.size for area in self.sheet.merged if (part := area.common(own)) is not None)
        return None if 0 < merged < len(self) else merged > 0

    @property
    def row_height(self) -> float | None:
        """0 where all rows are hidden, None where some are; else the first row's, as reading each takes long."""
        return self._size({row for part in self._visible() for row in range(part.StartRow, part.EndRow + 1)}, 0)

    @property
    def column_width(self) -> float | None:
        """As :attr:`row_height`, in points too."""
        return self._size({n for part in self._visible() for n in range(part.StartColumn, part.EndColumn + 1)}, 1)

    def _visible(self) -> Any:
        return self.api.queryVisibleCells().getRangeAddresses()

    def _size(self, visible: set[int], axis: int) -> float | None:
        if len(visible) < self.shape[axis]:
            return None if visible else 0.0
        lines, name = ((self.api.Rows, "Height"), (self.api.Columns, "Width"))[axis]
        return float(getattr(lines.getByIndex(0), name)) / _POINT

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


def _error(shown: str) -> ErrorText:
    """What a cell shows of its error, in Excel's words."""
    return ErrorText(
        {"Err:503": "#NUM!", "Err:504": "#REF!"}.get(shown, "#VALUE!") if shown.startswith("Err:") else shown
    )


def _as_formatted(number: float, bits: int) -> object:
    if bits & _LOGICAL:
        return bool(number)
    return _DAY_0 + dt.timedelta(seconds=round(number * 86400))


def _as_stored(value: Any) -> str | float:
    """A value as a cell holds it; yes and no are 1 and 0 there."""
    if isinstance(value, dt.datetime):
        return (value.replace(tzinfo=None) - _DAY_0) / dt.timedelta(days=1)
    if isinstance(value, dt.date):
        return float((value - _DAY_0.date()).days)
    return value if isinstance(value, str) else float(value)
