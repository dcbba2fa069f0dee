"""Rows written by forms are just what XlsxWriter writes cell by cell."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from addin.merging.rows import Content, Formats, RowSheet
from addin.workbook_file import read_workbook
from workbook_templates.save import STAMP

TEXTS = [
    "张三", "=1+1", "a & b", "<b>", '"x"', "it's", " 前", "后 ", "\n行", "两\n行", "\u3000全角", "\xa0", "\u1680",
    "a\tb", "\x07", "\x7f", "_x000D_", "_X000D_", "_x00D_", "\r\n", "\ufffe\uffff", "\u2028", "😀", "", "0012",
    "字" * 32_767, "&" * 20_000,
]  # fmt: skip
NUMBERS = [0, -3, 1_000_000, Decimal("0.10"), Decimal("-0.5"), Decimal("1E+20"), Decimal("12345678.123456789012"), 2.5]
ROWS: list[list[Content]] = [
    *([text, None, text] for text in TEXTS),
    *([None, number, "末"] for number in NUMBERS),
    *([number, number, ""] for number in NUMBERS),
    [None, None, None],
]


Fill = Callable[[RowSheet, Formats], object]


def written(path: Path, fill: Fill, title: str = "题目") -> bytes:
    book = Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": STAMP})  # the same bytes whenever it is written
    bold, text, number = (book.add_format(look) for look in ({"bold": 1}, {"border": 1}, {"align": "center"}))
    sheet = book.add_worksheet(worksheet_class=RowSheet)
    if title:
        sheet.write_string(0, 0, title, bold)
    fill(sheet, [(text, number)] * 3)
    book.close()
    return path.read_bytes()


def cell_by_cell(sheet: RowSheet, rows: list[list[Content]], formats: Formats) -> None:
    for at, row in enumerate(rows, start=3):
        for column, value in enumerate(row):
            text, number = formats[column]
            if value is None or value == "":
                sheet.write_blank(at, column, None, text)
            elif isinstance(value, str):
                sheet.write_string(at, column, value, text)
            else:
                sheet.write_number(at, column, float(value), number)


@pytest.mark.parametrize("title", ["题目", ""])
@pytest.mark.parametrize("rows", [ROWS, [[1, 2, 3], ["甲", 2, None]], [["甲", None, "乙"]], [[1, 2, 3]], []])
def test_rows_are_what_xlsxwriter_writes_cell_by_cell(tmp_path: Path, rows: list[list[Content]], title: str) -> None:
    by_forms = written(tmp_path / "a.xlsx", lambda sheet, formats: sheet.write_rows(3, rows, formats), title)
    by_cells = written(tmp_path / "b.xlsx", lambda sheet, formats: cell_by_cell(sheet, rows, formats), title)
    assert by_forms == by_cells


@pytest.mark.parametrize("text", ["<r><t>x</t></r>", "_x0041_x0042_"])
def test_a_text_that_xlsxwriter_takes_for_another_stays_what_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    written(path, lambda sheet, formats: sheet.write_rows(1, [[text, None, 1]], formats))
    assert read_workbook(path).grids["Sheet1"].at(2, 1).value == text


@pytest.mark.parametrize(("text", "kept"), [("1" * 32_768, 32_767), ("😀" * 16_384, 16_383), ("字😀" * 10_922, 21_844)])
def test_a_text_is_cut_where_excel_would_refuse_it(tmp_path: Path, text: str, kept: int) -> None:
    """32,767 signs of UTF-16: of the last sign no half remains."""
    path = tmp_path / "a.xlsx"
    written(path, lambda sheet, formats: sheet.write_rows(1, [[text, None, 1]], formats))
    assert read_workbook(path).grids["Sheet1"].at(2, 1).value == text[:kept]


def test_a_number_that_no_cell_holds_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    written(path, lambda sheet, formats: sheet.write_rows(1, [[None, Decimal("1E+400"), 1]], formats))
    assert [cell.value for cell in load_workbook(path).worksheets[0][2]] == [None, "1E+400", 1]


def test_what_is_written_above_afterwards_is_refused_as_xlsxwriter_does(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    refused: list[int] = []

    def fill(sheet: RowSheet, formats: Formats) -> None:
        sheet.write_rows(1, [["甲", None, None]] * 3, formats)
        refused.append(sheet.write_string(2, 0, "乙"))
        sheet.write_string(4, 0, "丙")

    written(path, fill)
    assert refused == [-1]
    assert [cell.value for cell in load_workbook(path).worksheets[0]["A"]] == ["题目", "甲", "甲", "甲", "丙"]


def test_rows_beyond_the_sheets_last_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="1048576"):
        written(tmp_path / "a.xlsx", lambda sheet, formats: sheet.write_rows(1_048_575, [["甲", 1, 1]] * 2, formats))
