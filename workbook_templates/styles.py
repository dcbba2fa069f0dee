"""How sheets look: fonts, fills, borders, number formats, and the height that a text needs."""

from __future__ import annotations

import unicodedata
from copy import copy
from functools import cache
from math import ceil
from typing import Literal
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "BODY",
    "BOLD",
    "BOX",
    "COMPUTED",
    "GROUP",
    "HEADER",
    "INPUT",
    "LINK",
    "LOCKED",
    "NOTE",
    "OPEN",
    "RESULT",
    "SUBTITLE",
    "TITLE",
    "Align",
    "aligned",
    "dress",
    "lines_needed",
    "number_format",
    "row_height",
    "set_up_page",
    "text_width",
]

Align = Literal["left", "center", "right"]

TITLE = Font(name="黑体", size=16)
SUBTITLE = Font(name="宋体", size=11)
NOTE = Font(name="宋体", size=9, color="595959")
BODY = Font(name="宋体", size=10.5)
BOLD = Font(name="宋体", size=10.5, bold=True)

LINK = Font(name="宋体", size=10.5, color="1F4E9E", underline="single")

HEADER = PatternFill("solid", fgColor="D6E0EE")
GROUP = PatternFill("solid", fgColor="EAF0F7")
INPUT = PatternFill("solid", fgColor="FFF8DC")
COMPUTED = PatternFill("solid", fgColor="F2F2F2")
RESULT = PatternFill("solid", fgColor="FCE9DA")

_LINE = Side(style="thin", color="8C8C8C")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

LOCKED = Protection(locked=True)
OPEN = Protection(locked=False)

LINE_HEIGHT = 14.5
"""Points that a line of body text takes."""


@cache
def aligned(horizontal: Align, *, wrap: bool = True) -> Alignment:
    """Text in the middle of its row's height, wrapped unless told otherwise."""
    return Alignment(horizontal=horizontal, vertical="center", wrap_text=wrap)


_Look = tuple[Font, PatternFill | None, Border | None, Alignment, Protection | None, str]
_KNOWN: WeakKeyDictionary[Workbook, dict[tuple[object, ...], tuple[StyleArray, _Look]]] = WeakKeyDictionary()
"""By workbook the looks that its cells have; each is kept beside its parts, whose identity is its key."""


def dress(
    cell: Cell,
    font: Font = BODY,
    *,
    fill: PatternFill | None = None,
    border: Border | None = None,
    alignment: Alignment | None = None,
    protection: Protection | None = None,
    number_format: str = "General",
) -> None:
    """Give a cell its whole look, after its value. Half of a workbook's time went into openpyxl's search for each part
    of a look at every cell; here it searches once for each look of a workbook.
    """
    look = (font, fill, border, alignment or aligned("left"), protection, number_format)
    key = (*(id(part) for part in look[:-1]), number_format)
    known = _KNOWN.setdefault(cell.parent.parent, {})
    quoted = cell.quotePrefix  # is part of the look, and says that a text beginning like a formula is none
    if key not in known:
        cell._style = StyleArray()
        cell.font, cell.alignment, cell.number_format = font, look[3], number_format
        for name, part in (("fill", fill), ("border", border), ("protection", protection)):
            if part is not None:
                setattr(cell, name, part)
        known[key] = copy(cell._style), look
    cell._style = copy(known[key][0])
    if quoted:
        cell.quotePrefix = True


def number_format(kind: str) -> str:
    """The format of a column by its kind: text for ids, so that 007 stays 007."""
    return {"id": "@", "text": "@", "word": "@", "date": "yyyy-mm-dd", "points": "0.00"}.get(kind, "General")


def text_width(text: str) -> float:
    """The width of a text in columns of a digit: Chinese characters and full-width signs take two, others a little
    more than one, as they do where the fonts are not Excel's.
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1.12 for sign in text)


def lines_needed(text: str, width: float) -> int:
    """The lines that a text takes in a column of this width, less the cell's margins."""
    room = max(2.0, width - 1)
    return sum(max(1, ceil(text_width(line) / room)) for line in text.split("\n")) if text else 1


def row_height(points: float) -> float:
    """A height that Excel accepts: it allows 409 points at most."""
    return min(points, 409.0)


def set_up_page(
    sheet: Worksheet, *, landscape: bool, last_column: str, last_row: int, header_row: int | None, pages_wide: int = 1
) -> None:
    """A4, as wide as one page (or so many), header rows on every page, page x of y, and a print area without blank
    columns.
    """
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = pages_wide
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.print_options.horizontalCentered = True
    sheet.print_area = f"A1:{last_column}{last_row}"
    if header_row is not None:
        sheet.print_title_rows = f"1:{header_row}"
    sheet.oddFooter.center.text = "第 &P 页　共 &N 页"
    sheet.oddFooter.center.size = 9
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.left.size = 9
