"""A scheme on sheet 方案 in a file, and the sheet read again."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook

from addin.scheme_sheet.reading import read_scheme_sheet
from addin.scheme_sheet.writing import write_scheme
from addin.workbook_file import read_contents
from calc.scheme import SchemeFile
from workbook_templates.grid import Grid
from workbook_templates.save import workbook_bytes

CASES = Path(__file__).parents[2] / "cases"


def workbook(content: dict[str, Any]) -> Workbook:
    book = Workbook()
    book.active.title = "方案"
    write_scheme(book.active, content)
    return book


def grid_of(book: Workbook) -> Grid:
    return read_contents(workbook_bytes(book), "方案.xlsx").grids["方案"]


def read_again(content: dict[str, Any]) -> SchemeFile:
    return read_scheme_sheet(grid_of(workbook(content)))


def cell_of(book: Workbook, text: str, *, below: str = "", column: int = 1) -> tuple[int, int]:
    """Where ``text`` stands in a column, below the heading whose text ends with ``below``."""
    sheet, from_row = book.active, 1
    if below:
        from_row = next(r for r in range(1, sheet.max_row + 1) if str(sheet.cell(r, 1).value).endswith(f"、{below}"))
    rows = range(from_row, sheet.max_row + 1)
    return next(row for row in rows if sheet.cell(row, column).value == text), column
