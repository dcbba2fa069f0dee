"""What the menu's actions write in a real LibreOffice looks as a result file does that LibreOffice has saved."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator
from pathlib import Path

import pytest
import xlwings
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from addin.libreoffice.office import Office
from addin.live.texts import SAID
from addin.ranking import rank_file, write_result
from tests.addin.clerk.book import CLEAN
from tests.addin.office.documents import opened, press, type_in
from tests.libreoffice import LibreOffice
from workbook_templates.layout import SHEET

pytestmark = pytest.mark.libreoffice
RESULTS = ("检查", "排名", "入选", "奖励与考察", "核算", "图表", "公告")


@pytest.fixture
def book(office: Office, tmp_path: Path) -> Generator[xlwings.Book]:
    path = tmp_path / "九月 填报.xlsx"
    path.write_bytes(CLEAN)
    made = opened(office, path)
    yield made
    made.close()


def look(cell: Cell) -> tuple[object, ...]:
    font, align = cell.font, cell.alignment
    fill = cell.fill.fgColor.rgb if cell.fill.patternType else None
    return (cell.value, font.name, font.sz, font.b, fill, cell.number_format, align.horizontal, align.wrap_text,
            cell.border.left.style, cell.protection.locked)  # fmt: skip


def page(sheet: Worksheet) -> tuple[object, ...]:
    set_up = sheet.page_setup
    merged = {str(area) for area in sheet.merged_cells.ranges}
    heights = {row: line.height for row, line in sheet.row_dimensions.items()}
    fit = set_up.fitToWidth, set_up.fitToHeight
    return (merged, heights, sheet.print_area, sheet.print_title_rows, set_up.orientation, fit,
            sheet.page_margins.left, sheet.oddFooter.center.text, sheet.protection.sheet)  # fmt: skip


def charted(path: Path) -> list[set[str]]:
    """The cells that each chart shows."""
    with zipfile.ZipFile(path) as package:
        charts = sorted(name for name in package.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name))
        found = [set(re.findall(r"<c:f>([^<]*)</c:f>", package.read(name).decode())) for name in charts]
    return sorted(({_plain(cells) for cells in each} for each in found), key=sorted)


def _plain(cells: str) -> str:
    """Without signs for fixed places; one cell is no range."""
    return re.sub(r"(\w+):\1$", r"\1", cells.replace("$", ""))


def test_the_sheets_look_as_those_of_a_result_file(
    office: Office, book: xlwings.Book, soffice: LibreOffice, tmp_path: Path
) -> None:
    path = tmp_path / "九月 填报.xlsx"
    assert press(office, book, "compute").startswith("计算完成：0 条错误、1 条提醒。入选 2 名。")
    assert press(office, book, "compute").startswith("计算完成")  # over the sheets that are there now
    assert path.read_bytes() == CLEAN
    book.save(str(tmp_path / "保存.xlsx"))
    write_result(rank_file(path), tmp_path / "结果.xlsx")
    expected = soffice.convert(tmp_path / "结果.xlsx", "xlsx", tmp_path / "office")
    ours, theirs = load_workbook(tmp_path / "保存.xlsx"), load_workbook(expected)
    assert ours.sheetnames == theirs.sheetnames
    for name in RESULTS:
        cells = [cell.coordinate for row in theirs[name].iter_rows() for cell in row]
        differing = [place for place in cells if look(ours[name][place]) != look(theirs[name][place])]
        assert differing == [], name
        assert page(ours[name]) == page(theirs[name]), name
    assert charted(tmp_path / "保存.xlsx") == charted(expected)
    assert charted(expected)


def test_a_chart_follows_what_it_shows(office: Office, book: xlwings.Book, tmp_path: Path) -> None:
    """With one person more in an outlet the chart's range is longer, and the figures below it stand lower."""
    press(office, book, "compute")
    book.save(str(tmp_path / "前.xlsx"))
    for sheet, row, values in ((SHEET.roster, 10, ("0600", "新人", "郑东支行")), (SHEET.measures, 10, ("0600",))):
        for column, value in enumerate(values, start=1):
            type_in(book, sheet, row, column, value)
    type_in(book, SHEET.roster, 10, 4, 45000)
    measures = book.sheets[SHEET.measures]
    for column in range(2, measures.used_range.shape[1] + 1):  # as 王静 has it
        value = measures.range((5, column)).value
        if value is not None and not measures.range((10, column)).formula.startswith("="):
            type_in(book, SHEET.measures, 10, column, value)
    press(office, book, "compute")
    book.save(str(tmp_path / "后.xlsx"))
    assert charted(tmp_path / "前.xlsx") != charted(tmp_path / "后.xlsx")
    names = {cells for chart in charted(tmp_path / "后.xlsx") for cells in chart if cells.startswith("图表!A")}
    assert names == {"图表!A6:A9", "图表!A31:A32"}


def test_other_sheets_and_the_copy_of_the_file(office: Office, book: xlwings.Book, tmp_path: Path) -> None:
    press(office, book, "compute")
    own = book.sheets.add("我的", after=book.sheets[0])
    own.range("A1").formula = "=排名!B6"
    before = own.range("A1").value
    assert before == "007"
    said = press(office, book, "compute")
    assert own.range("A1").value == before
    copies = [path for path in tmp_path.iterdir() if "备份" in path.name]
    assert said.split("\n")[1] in {SAID["backup"].format(name=copy.name) for copy in copies}
    assert all(rank_file(copy).result is not None for copy in copies)


def test_a_workbook_that_was_never_saved(office: Office) -> None:
    new = opened(office)
    try:
        assert press(office, new, "compute") == SAID["not_ours"]
        assert press(office, new, "seal") == SAID["not_saved"].format(action="定稿")
    finally:
        new.close()


def test_a_password_keeps_a_sheet_as_it_is(office: Office, book: xlwings.Book) -> None:
    press(office, book, "compute")
    ranking = book.sheets[SHEET.ranking]
    ranking.api.unprotect("")
    ranking.range("A60").value = "别人的"
    ranking.api.protect("secret")
    said = press(office, book, "compute")
    assert SAID["locked_sheets"].format(sheets=SHEET.ranking) in said.split("\n")
    assert book.sheets[SHEET.ranking].range("A60").value == "别人的"
    assert ranking.api.isProtected()
