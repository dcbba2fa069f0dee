"""The committed template in a real LibreOffice: typed into cell by cell, reckoned, saved, and ranked again."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import xlwings
from openpyxl import Workbook, load_workbook

from addin.libreoffice.office import Office
from addin.ranking import rank_file, write_result
from addin.scheme_sheet.workbook import contest_workbook
from addin.workbook_file import read_workbook
from calc.scheme import load_scheme, read_scheme
from tests.addin.as_seen import seen_in
from tests.addin.office.documents import opened, press, type_in
from tests.addin.test_workbook_path import CASES, MONTHLY, ranked
from tests.addin.typing_in import filling_of
from tests.addin.xlam.test_saved_by_excel import LINKS, as_saved_by_excel
from workbook_templates.__main__ import FOLDER
from workbook_templates.build import build_template
from workbook_templates.layout import FIRST_ROW, HEADER_ROW, SHEET
from workbook_templates.save import save_workbook

pytestmark = pytest.mark.libreoffice

CASE = next(case for case in CASES if case.name == "plain-month-of-one-outlet")
SCHEME = load_scheme(MONTHLY).scheme


def typed_cells(template: Workbook) -> Iterator[tuple[str, int, int, object]]:
    """What a clerk types for the case: sheet, row, column, value."""
    period = json.loads((CASE / "case.json").read_text("utf-8"))["settings"]["period"]
    filling = filling_of(SCHEME, CASE, period)
    filling = replace(filling, unit="东风路支行", columns={})  # as many columns as the template has
    filled = build_template(SCHEME, filling)
    for sheet in filled:
        for row in sheet.iter_rows():
            for cell in row:
                known = template[sheet.title].cell(cell.row, cell.column).value
                is_formula = cell.data_type == "f"
                if cell.value is not None and cell.value != known and not is_formula:
                    value = cell.value.date() if isinstance(cell.value, dt.datetime) else cell.value
                    yield sheet.title, cell.row, cell.column, value


@pytest.fixture(scope="module")
def typed(office: Office, tmp_path_factory: pytest.TempPathFactory) -> tuple[xlwings.Book, Path]:
    path = tmp_path_factory.mktemp("行员 甲") / "填报.xlsx"
    shutil.copy(FOLDER / f"{MONTHLY}.xlsx", path)
    book = opened(office, path)
    for place in typed_cells(load_workbook(path)):
        type_in(book, *place)
    return book, path


def expected_totals() -> list[float]:
    """Worked out by hand (expected.json of the case)."""
    rows = json.loads((CASE / "expected.json").read_text("utf-8"))["rows"]
    return [row["total"] for row in rows]


def totals(book: xlwings.Book) -> list[object]:
    """What 得分 shows as 总分, row by row."""
    sheet = book.sheets[SHEET.scores]
    header = sheet.range((HEADER_ROW, 1), (HEADER_ROW, 40)).value
    place = header.index("总分") + 1
    return [value for value in sheet.range((FIRST_ROW, place), (FIRST_ROW + 39, place)).value if value is not None]


def place_of(book: xlwings.Book, label: str) -> tuple[str, int, int]:
    """The first person's cell of a column of 指标."""
    header = book.sheets[SHEET.measures].range((HEADER_ROW, 1), (HEADER_ROW, 40)).value
    return SHEET.measures, FIRST_ROW, header.index(label) + 1


def test_points_follow_what_is_typed(typed: tuple[xlwings.Book, Path]) -> None:
    book, _ = typed
    assert totals(book) == expected_totals()
    quality = place_of(book, "服务质量")
    type_in(book, *quality, 40)
    assert totals(book) == [pytest.approx(expected_totals()[0] - 6), *expected_totals()[1:]]
    type_in(book, *quality, 60)
    assert str(totals(book)[0]).startswith("#王丽娟的「服务质量」为 60")
    assert totals(book)[1:] == expected_totals()[1:]
    type_in(book, *quality, 46)
    assert totals(book) == expected_totals()


def test_the_menu_reckons_and_rank_of_the_saved_file_says_the_same(
    office: Office, typed: tuple[xlwings.Book, Path], tmp_path: Path
) -> None:
    book, path = typed
    before = path.read_bytes()
    said = press(office, book, "compute")  # the template has a third skill, which nobody took
    assert said.startswith("计算完成：0 条错误、1 条提醒。入选 1 名。\n备份：填报 备份 ")
    assert path.read_bytes() == before, "the file is the clerk's to save"
    ranking = book.sheets[SHEET.ranking].used_range.value
    assert [row[1] for row in ranking if row[0] in (1, 2, 3)] == ["K1003", "K1001", "K1002"]
    assert press(office, book, "compute").startswith("计算完成")  # once more, over the sheets that are there now

    book.save(str(tmp_path / "保存.xlsx"))
    saved = Path(shutil.copy(tmp_path / "保存.xlsx", tmp_path / "副本.xlsx"))  # rank says that the other is open
    again = rank_file(saved, trace=True)
    assert again.result is not None
    assert [float(row.total or 0) for row in again.result.rows] == expected_totals()
    write_result(again, tmp_path / "结果.xlsx")
    theirs, ours = read_workbook(saved).grids, read_workbook(tmp_path / "结果.xlsx").grids
    for name in (SHEET.ranking, SHEET.winners, SHEET.trace, SHEET.check, SHEET.rewards):
        assert seen_in(theirs[name]) == seen_in(ours[name]), name


def test_what_libreoffice_saves_has_excels_names(typed: tuple[xlwings.Book, Path], tmp_path: Path) -> None:
    book, _ = typed
    sheet = book.sheets.add("自己的表").api
    sheet.getCellByPosition(0, 0).setFormula("=STARVERSION()")  # as if typed: bound to the extension
    sheet.getCellRangeByName("A2:A3").setArrayFormula("=STARRANK(B2:B3)")
    saved = tmp_path / "保存.xlsx"
    book.save(str(saved))
    with zipfile.ZipFile(saved) as package:
        text = "".join(package.read(name).decode() for name in package.namelist() if name.startswith("xl/worksheets/"))
    assert set(re.findall(r"[\w.!\]]*STAR[A-Z]+(?=\()", text)) == {
        "STARSCORE", "STARELIGIBLE", "STARVERSION", "STARRANK",
    }  # fmt: skip


@pytest.mark.parametrize("link", LINKS)
def test_a_workbook_saved_by_excel_is_live_again(office: Office, tmp_path: Path, link: str) -> None:
    plain, _ = ranked(CASE, tmp_path)
    book = opened(office, as_saved_by_excel(plain, tmp_path / "来自 Excel.xlsx", link))
    book.app.calculate()
    assert totals(book) == expected_totals()
    assert not book.api.isModified()
    book.close()


def test_points_follow_a_scheme_that_the_workbook_carries(office: Office, tmp_path: Path) -> None:
    """The bank's month under an id of somebody's own: the formulas read sheet 方案."""
    shipped = load_scheme(MONTHLY)
    own = read_scheme(shipped.text.replace(MONTHLY, "own/month").encode(), "month.toml")
    path = tmp_path / "自己的办法.xlsx"
    save_workbook(contest_workbook(own, filling_of(own.scheme, CASE, "2026-09")), path)
    book = opened(office, path)
    book.app.calculate()
    assert totals(book) == expected_totals()
    labels = book.sheets[SHEET.scheme].range("A1:A40").value
    type_in(book, SHEET.scheme, labels.index("满分") + 1, 2, 90)
    assert all(str(total).startswith("#") for total in totals(book))  # the points no longer add up to it
    type_in(book, SHEET.scheme, labels.index("满分") + 1, 2, 100)
    assert totals(book) == expected_totals()
    book.close()


def test_questions_are_given_up_where_nobody_can_see_them(office: Office, typed: tuple[xlwings.Book, Path]) -> None:
    assert press(office, typed[0], "new") == "已取消，没有改动。"


def test_why_is_about_the_selected_person(office: Office, typed: tuple[xlwings.Book, Path]) -> None:
    book, _ = typed
    book.sheets[SHEET.measures].range((FIRST_ROW + 2, 1)).select()
    assert press(office, book, "why").startswith("K1003 张晓敏 东风路支行\n")
