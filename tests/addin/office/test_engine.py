"""xlwings over a real LibreOffice: what it gives and takes is what Excel's engine does."""

import datetime as dt
from collections.abc import Generator
from pathlib import Path

import pytest
import xlwings

from addin.libreoffice.host import HOST
from addin.libreoffice.office import Office
from tests.addin.office.documents import opened

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def book(office: Office) -> Generator[xlwings.Book]:
    made = opened(office)
    yield made
    made.close()


def test_values_come_back_as_excels(book: xlwings.Book) -> None:
    sheet = book.sheets[0]
    moment = dt.datetime(2026, 9, 1, 8, 30)
    sheet.range("B2").value = [["007", 1.5, moment], [None, "=1/0", "=B2&$C$2"]]
    sheet.range("D2").number_format = "yyyy-mm-dd hh:mm"
    assert sheet.range("B2:D3").value == [["007", 1.5, moment], [None, None, "0071.5"]]
    assert sheet.range("C3").options(err_to_str=True).value == "#DIV/0!"
    assert sheet.used_range.address == "$B$2:$D$3"
    assert sheet.range("C2").value == 1.5


def test_formulas_are_in_excels_notation(book: xlwings.Book) -> None:
    sheet = book.sheets[0]
    other = book.sheets.add("别 表", after=sheet)
    for formula in (
        '=IF(\'别 表\'!$A$1="","a;b,c",SUM(B1:B3,2))',
        "=INDEX({1,2;3,4},2,1)",
        "=STARRANK(B1:B3)",
    ):
        sheet.range("A1").formula = formula
        assert sheet.range("A1").formula == formula
    other.range("A1:B2").formula_array = "=TRANSPOSE({1,2;3,4})"
    assert other.range("A1:B2").value == [[1, 3], [2, 4]]
    assert other.range("A1:B2").formula_array == "=TRANSPOSE({1,2;3,4})"


def test_names_and_formats(book: xlwings.Book) -> None:
    sheet = book.sheets[0]
    book.names.add("总分", f"={sheet.name}!$A$1:$A$2")
    sheet.range("总分").value = [[1], [2]]
    assert book.names["总分"].refers_to == f"={sheet.name}!$A$1:$A$2"
    assert sheet.range("A1:A2").value == [1, 2]
    sheet.range("A1").number_format = "0.00%"
    assert sheet.range("A1").number_format == "0.00%"
    assert sheet.range("A1:A2").number_format is None, "they differ"
    sheet.range("B1").api.getSpreadsheet().getCellRangeByName("C5:D6").merge(True)
    fresh = book.sheets[0]
    cells = {name: fresh.range(name).merge_cells for name in ("A1:B9", "C5:D6", "D6", "B5:C5")}
    assert cells == {"A1:B9": False, "C5:D6": True, "D6": True, "B5:C5": None}
    fresh.range("A4").api.Rows.IsVisible = False
    assert (fresh.range("A4").row_height, fresh.range("A3:A4").row_height) == (0, None)


def test_a_protection_is_taken_away_and_given_back(book: xlwings.Book) -> None:
    sheet = book.sheets[0]
    assert HOST.protection(sheet) is None
    sheet.api.protect("")
    assert HOST.protection(sheet)
    assert HOST.unprotect(sheet)
    sheet.api.protect("别人的密码")
    assert not HOST.unprotect(sheet)
    assert HOST.protection(sheet)
    sheet.api.unprotect("别人的密码")


def test_a_copy_leaves_the_document_as_it_is(book: xlwings.Book, tmp_path: Path) -> None:
    book.sheets[0].range("A1").value = "甲"
    HOST.save_copy(book, tmp_path / "副 本.xlsx")
    assert HOST.is_changed(book)
    assert not Path(book.fullname).is_absolute(), "it was never saved"
    copy = book.app.books.open(str(tmp_path / "副 本.xlsx"), read_only=True)
    assert HOST.is_read_only(copy)
    assert Path(copy.fullname) == tmp_path / "副 本.xlsx"
    copy.sheets[0].copy(after=book.sheets[0])
    copy.close()
    assert len(book.sheets) == 2
    assert book.sheets[1].range("A1").value == "甲"
