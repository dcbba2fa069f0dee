"""The sheets of the merged workbook: what people type cannot make formulas of them, and long tables go on."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.merging import sheets
from addin.merging.sheets import Book, Heading
from tests.addin.merging.making import table

HEADINGS = (Heading("甲", 10), Heading("乙", 10, points=True))


def written(folder: Path, *names: str, rows: int = 1) -> Path:
    path = folder / "汇总.xlsx"
    book = Book(str(path))
    for name in names:
        book.table(name, ["题目", "说明"], HEADINGS, ([f"={n}+1", Decimal("2.5")] for n in range(rows)))
    book.close()
    return path


def test_what_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    [sheet] = load_workbook(written(tmp_path, "表")).worksheets
    cell = sheet["A4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=0+1", "s", True)
    assert (sheet["B4"].value, sheet["B4"].number_format) == (2.5, "0.00")


def test_links_and_signs_that_xml_cannot_hold_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    book = Book(str(path))
    book.table("表", ["题目"], HEADINGS, [["http://a.example/", "a\x07b_x000D_"]])
    book.close()
    sheet = load_workbook(path).active
    assert sheet is not None
    assert sheet["A3"].hyperlink is None
    assert sheet["A3"].value == "http://a.example/"


def test_names_of_sheets_are_ones_that_excel_takes_and_differ(tmp_path: Path) -> None:
    names = load_workbook(written(tmp_path, "a/b:c", "ABC", "很长" * 20, "很长" * 20, "'")).sheetnames
    assert names == ["abc", "ABC 2", ("很长" * 16)[:31], ("很长" * 16)[:27] + " 2", "1"]


def test_a_table_too_long_for_one_sheet_goes_on_on_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 10)
    path = written(tmp_path, "表", rows=16)
    assert load_workbook(path).sheetnames == ["表", "表 2", "表 3"]
    rows = [row["甲"] for name in ("表", "表 2", "表 3") for row in table(path, name, "甲")]
    assert rows == [f"={n}+1" for n in range(16)]
