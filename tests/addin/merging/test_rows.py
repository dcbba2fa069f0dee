"""Rows written by forms are just what XlsxWriter writes cell by cell."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from xlsxwriter import Workbook
from xlsxwriter.format import Format

from addin.merging.rows import Content, RowSheet

TEXTS = [
    "张三", "=1+1", "a & b", "<b>", '"x"', "it's", " 前", "后 ", "\n行", "两\n行", "\u3000全角", "\xa0", "\u1680",
    "a\tb", "\x07", "\x7f", "_x000D_", "_X000D_", "_x00D_", "\r\n", "\ufffe\uffff", "\u2028", "😀", "", "0012",
    "1" * 32_768, "😀" * 16_385, "字" * 32_767, "&" * 20_000,
]  # fmt: skip
NUMBERS = [0, -3, 1_000_000, Decimal("0.10"), Decimal("-0.5"), Decimal("1E+20"), Decimal("12345678.123456789012"), 2.5]
ROWS: list[list[Content]] = [
    *([text, None, text] for text in TEXTS),
    *([None, number, "末"] for number in NUMBERS),
    *([number, number, ""] for number in NUMBERS),
    [None, None, None],
]


def written(path: Path, fill: Callable[[RowSheet, Sequence[tuple[Format, Format]]], None]) -> bytes:
    book = Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    title, text, number = (
        book.add_format({"bold": bold, "border": border}) for bold, border in ((1, 0), (0, 1), (1, 1))
    )
    sheet = book.add_worksheet(worksheet_class=RowSheet)
    sheet.write_string(0, 0, "题目", title)
    fill(sheet, [(text, number)] * 3)
    book.close()
    return path.read_bytes()


def cell_by_cell(sheet: RowSheet, formats: Sequence[tuple[Format, Format]]) -> None:
    for at, row in enumerate(ROWS, start=1):
        for column, value in enumerate(row):
            text, number = formats[column]
            if value is None or value == "":
                sheet.write_blank(at, column, None, text)
            elif isinstance(value, str):
                sheet.write_string(at, column, value, text)
            else:
                sheet.write_number(at, column, float(value), number)


def test_rows_are_what_xlsxwriter_writes_cell_by_cell(tmp_path: Path) -> None:
    by_forms = written(tmp_path / "a.xlsx", lambda sheet, formats: sheet.write_rows(1, ROWS, formats))
    assert by_forms == written(tmp_path / "b.xlsx", cell_by_cell)


def test_a_text_that_looks_like_rich_text_stays_what_it_is(tmp_path: Path) -> None:
    """XlsxWriter would take it for one."""
    path = tmp_path / "a.xlsx"
    written(path, lambda sheet, formats: sheet.write_rows(1, [["<r><t>x</t></r>", "<r></r>", 1]], formats))
    assert [cell.value for cell in load_workbook(path).worksheets[0][2]] == ["<r><t>x</t></r>", "<r></r>", 1]


def test_no_rows_leave_a_sheet_that_opens(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    written(path, lambda sheet, formats: sheet.write_rows(1, [], formats))
    assert [cell.value for cell in next(load_workbook(path).worksheets[0].rows)] == ["题目"]
