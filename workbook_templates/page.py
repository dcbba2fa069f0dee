"""A page that people read: title, table, notes. Made of plain values, shown as a grid, painted on a sheet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from workbook_templates import styles
from workbook_templates.grid import BLANK, Cell, Grid, Kind
from workbook_templates.layout import FIRST_ROW, HEADER_ROW

__all__ = ["SIGNATURES", "Content", "Heading", "Link", "Page", "Row", "cell_of", "keep_text", "paint", "set_text"]

SIGNATURES = (
    "填表人：　　　　　　　　　　复核人：　　　　　　　　　　负责人：　　　　　　　　　　日期：　　　　年　　月　　日"
)
"""The last line of a sheet that is filed."""

Content = str | int | Decimal | dt.date | None

_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # a workbook's own escape for a character: _x000D_


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a page."""

    label: str
    width: float
    align: styles.Align = "center"
    digits: int | None = None
    """Decimals that numbers are shown with; None: as they are."""

    @property
    def number_format(self) -> str:
        """The format of the column's numbers."""
        if self.digits is None:
            return "General"
        return f"0.{'0' * self.digits}" if self.digits > 0 else "0"


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a cell of the workbook."""

    text: str
    sheet: str
    cell: str


class Row(NamedTuple):
    """A line of the table; ``mark`` sets it off (a winner), ``group`` heads a group and spans the table."""

    values: Sequence[Content | Link]
    mark: bool = False
    group: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of results."""

    name: str
    title: str
    subtitle: str
    note: str
    headings: Sequence[Heading]
    rows: Sequence[Row]
    closing: Sequence[str] = field(default_factory=tuple)
    """Lines below the table: signatures, remarks."""
    landscape: bool = False

    def grid(self) -> Grid:
        """The page as a grid, for a live workbook or a comparison."""
        lines: dict[int, Sequence[Content | Link]] = {1: [self.title], 2: [self.subtitle], 3: [self.note]}
        lines[HEADER_ROW] = [heading.label for heading in self.headings]
        lines |= {FIRST_ROW + n: row.values for n, row in enumerate(self.rows)}
        lines |= {FIRST_ROW + len(self.rows) + 1 + n: [text] for n, text in enumerate(self.closing)}
        cells = {
            (row, column): cell_of(value)
            for row, values in lines.items()
            for column, value in enumerate(values, start=1)
            if value not in (None, "")
        }
        return Grid(self.name, cells)


def cell_of(value: Content | Link) -> Cell:
    """A value as the cell that it makes; an empty text makes none."""
    if value is None or value == "":
        return BLANK
    if isinstance(value, str):
        return Cell(value, Kind.TEXT)
    if isinstance(value, Link):
        return Cell(value.text, Kind.TEXT)
    if isinstance(value, int | Decimal):
        return Cell(float(value), Kind.NUMBER)
    return Cell(value, Kind.DATE)


def paint(sheet: Worksheet, page: Page) -> None:
    """Write a page on an empty sheet of a file, with formats, heights, links and print set-up."""
    last = get_column_letter(len(page.headings))
    for column, heading in enumerate(page.headings, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = heading.width
    _head(sheet, page, last)
    for n, row in enumerate(page.rows):
        _line(sheet, FIRST_ROW + n, row, page.headings)
    end = FIRST_ROW + len(page.rows)
    for n, text in enumerate(page.closing, start=1):
        _spanning(sheet, end + n, last, text, page)
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.sheet_view.showGridLines = False
    bottom = end + len(page.closing) if page.closing else max(HEADER_ROW, end - 1)
    styles.set_up_page(sheet, landscape=page.landscape, last_column=last, last_row=bottom, header_row=HEADER_ROW)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def _head(sheet: Worksheet, page: Page, last: str) -> None:
    for row, (text, font, align, height) in enumerate(
        (
            (page.title, styles.TITLE, "center", 30),
            (page.subtitle, styles.SUBTITLE, "left", 18),
            (page.note, styles.NOTE, "left", 15),
        ),
        start=1,
    ):
        sheet.merge_cells(f"A{row}:{last}{row}")
        cell = sheet.cell(row, 1)
        set_text(cell, text)
        cell.font = font
        cell.alignment = styles.aligned(align)
        lines = styles.lines_needed(text, sum(heading.width for heading in page.headings))
        sheet.row_dimensions[row].height = height if lines == 1 else styles.row_height(styles.LINE_HEIGHT * lines)
    for column, heading in enumerate(page.headings, start=1):
        cell = sheet.cell(HEADER_ROW, column)
        set_text(cell, heading.label)
        styles.dress(cell, styles.BOLD, fill=styles.HEADER, border=styles.BOX, alignment=styles.aligned("center"))
    most = max((styles.lines_needed(h.label, h.width) for h in page.headings), default=1)
    sheet.row_dimensions[HEADER_ROW].height = max(22, styles.LINE_HEIGHT * most + 6)


def _line(sheet: Worksheet, number: int, row: Row, headings: Sequence[Heading]) -> None:
    fill: PatternFill | None = styles.RESULT if row.mark else styles.GROUP if row.group else None
    lines = 1
    for column, heading in enumerate(headings, start=1):
        value = row.values[column - 1] if column <= len(row.values) else None
        cell = sheet.cell(number, column)
        _put(cell, value)
        styles.dress(
            cell,
            styles.LINK if isinstance(value, Link) else styles.BOLD if row.mark or row.group else styles.BODY,
            fill=fill,
            border=styles.BOX,
            alignment=styles.aligned("left" if row.group else heading.align),
            number_format="yyyy-mm-dd" if isinstance(value, dt.date) else heading.number_format,
        )
        if not row.group:
            lines = max(lines, styles.lines_needed(_text(value), heading.width))
    if row.group:
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(headings))
    sheet.row_dimensions[number].height = styles.row_height(max(18, styles.LINE_HEIGHT * lines + 4))


def _spanning(sheet: Worksheet, number: int, last: str, text: str, page: Page) -> None:
    sheet.merge_cells(f"A{number}:{last}{number}")
    cell = sheet.cell(number, 1)
    set_text(cell, text)
    cell.font, cell.alignment = styles.BODY, styles.aligned("left")
    lines = styles.lines_needed(text, sum(heading.width for heading in page.headings))
    sheet.row_dimensions[number].height = styles.row_height(max(20, styles.LINE_HEIGHT * lines + 6))


def _text(value: Content | Link) -> str:
    return value.text if isinstance(value, Link) else "" if value is None else str(value)


def _put(cell: SheetCell, value: Content | Link) -> None:
    if isinstance(value, Link):
        set_text(cell, value.text)
        name = value.sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{value.cell}")
    elif isinstance(value, str):
        set_text(cell, value)
    elif isinstance(value, Decimal):
        cell.value = float(value)
    else:
        cell.value = value


def set_text(cell: SheetCell, text: str) -> None:
    """Text that stays text: what begins like a formula is none, and what XML cannot hold is left out."""
    cell.value = _ESCAPE.sub("_x005F_", _NOT_IN_XML.sub("", text))
    keep_text(cell)


def keep_text(cell: SheetCell) -> None:
    """Mark a text that begins like a formula, so that it is none now, nor when somebody edits it."""
    if isinstance(cell.value, str) and cell.value.startswith(_LIKE_FORMULA):
        cell.data_type = "s"
        cell.quotePrefix = True
