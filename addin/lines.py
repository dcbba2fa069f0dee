"""The arguments of a custom function that are no block: one value, a line of values, several columns of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from addin.bad_argument import BadArgument
from addin.function_texts import MESSAGES as TEXTS
from addin.host_values import Answer, area_of, is_blank
from addin.parsing.messages import MESSAGES
from addin.parsing.values import Reading, plain_text, read_cell
from calc.number import MAX_NUMBER
from workbook_templates.grid import BLANK, Cell, Kind

__all__ = ["Line", "Numbers", "columns_of", "is_given", "line_of", "one_number", "one_text", "one_yes_no"]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of a line, None where there is none, and of each place what is wrong with it ("" where nothing is)."""

    values: list[Decimal | None]
    errors: list[str]

    def refused(self, bad: Sequence[bool], title: str, key: str) -> Numbers:
        """The same without the numbers in the ``bad`` places, which say so."""
        values, errors = list(self.values), list(self.errors)
        for n, value in enumerate(values):
            if bad[n] and value is not None:
                values[n], errors[n] = None, "#" + TEXTS[key].format(title=title, value=f"{value:f}")
        return Numbers(values, errors)

    def not_negative(self, title: str) -> Numbers:
        """The same without numbers below 0."""
        return self.refused([value is not None and value < 0 for value in self.values], title, "not_negative")


@dataclass(frozen=True, slots=True)
class Line:
    """A column or a row of cells."""

    title: str
    cells: tuple[Cell, ...]
    across: bool = False
    """One row rather than one column."""

    @property
    def size(self) -> int:
        """The number of cells."""
        return len(self.cells)

    def numbers(self, kind: str = "number") -> Numbers:
        """The cells as numbers; ``kind`` as in a column of a sheet: a ``rate`` takes 0.12% for 0.12."""
        readings = [read_cell(cell, kind) for cell in self.cells]
        errors = [_error(reading, self.title, cell) for reading, cell in zip(readings, self.cells, strict=True)]
        return Numbers(
            [reading.value if isinstance(reading.value, Decimal) and not error else None
             for reading, error in zip(readings, errors, strict=True)],
            errors,
        )  # fmt: skip

    def texts(self) -> list[str]:
        """The cells as plain texts; "" for a blank or an error value."""
        return [
            "" if cell.kind is Kind.ERROR else str(read_cell(cell, "text").value or "").strip() for cell in self.cells
        ]

    def shaped(self, answers: Sequence[Answer]) -> list[list[Answer]]:
        """One answer a cell, lying as the line lies."""
        return [list(answers)] if self.across else [[answer] for answer in answers]


def _error(reading: Reading, title: str, cell: Cell) -> str:
    """What a cell says that could not be read; "" for one that could."""
    if reading.fault:
        return "#" + MESSAGES[reading.fault].format(label=title, value=cell.value)
    if isinstance(reading.value, Decimal) and abs(reading.value) > MAX_NUMBER:
        return "#" + TEXTS["too_large"].format(title=title)
    return ""


def line_of(value: object, title: str, size: int | None = None) -> Line:
    """An argument that is one row or one column, of ``size`` cells where that is given. Raises BadArgument."""
    area = area_of(value)
    if not area.is_line:
        raise BadArgument("line", title=title, height=area.height, width=area.width)
    line = Line(title, area.cells, across=area.height == 1 and area.width > 1)
    if size is not None and line.size != size:
        raise BadArgument("heights", title=title, height=line.size, expected=size)
    return line


def columns_of(value: object, title: str, *, across: bool = False) -> list[Line]:
    """The columns of an argument, each as a line; its rows where the values of one kind lie ``across``."""
    rows = area_of(value).rows
    return [Line(title, cells, across) for cells in (rows if across else zip(*rows, strict=True))]


def is_given(value: object) -> bool:
    """False for an argument that was left out or leads to a blank cell."""
    return value is not None and not all(map(is_blank, area_of(value).cells))


def _one_cell(value: object, title: str) -> Cell:
    area = area_of(value)
    if len(area.cells) != 1:
        raise BadArgument("one_cell", title=title, height=area.height, width=area.width)
    return area.cells[0]


def one_number(value: object, title: str, *, percent: bool = False) -> Decimal:
    """A single number; with ``percent`` 50% is 0.5. Raises BadArgument."""
    cell = _one_cell(value, title)
    numbers = Line(title, (cell,)).numbers("rate" if percent else "number")
    if numbers.errors[0]:
        raise BadArgument("as_said", message=numbers.errors[0].removeprefix("#"))
    number = numbers.values[0]
    if number is None:
        raise BadArgument("blank", title=title)
    return number / 100 if percent and str(cell.value).strip().endswith(("%", "％")) else number


def one_text(value: object, title: str) -> str:
    """A single text, "" where there is none; a number reads as it shows. Raises BadArgument."""
    cell = _one_cell(value, title) if value is not None else BLANK
    reading = read_cell(cell, "text")
    if reading.fault:
        raise BadArgument("as_said", message=_error(reading, title, cell).removeprefix("#"))
    return plain_text(str(reading.value or ""))


def one_yes_no(value: object, title: str) -> bool:
    """A single yes or no; no where there is none. Raises BadArgument."""
    cell = _one_cell(value, title) if value is not None else BLANK
    reading = read_cell(cell, "yes_no")
    if reading.fault:
        raise BadArgument("as_said", message=_error(reading, title, cell).removeprefix("#"))
    return bool(reading.value)
