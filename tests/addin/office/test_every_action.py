"""The actions before, beside and after the reckoning in a real LibreOffice, each as the menu runs it."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from collections.abc import Callable, Generator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest
import xlwings
from openpyxl import Workbook, load_workbook

from addin.demo.branch import QUARTERS
from addin.demo.year import run_quarter
from addin.excel.texts import DOCTOR
from addin.libreoffice.office import Office
from addin.live.actions import run
from addin.live.texts import SAID
from addin.ranking import rank_file, write_result
from calc.scheme import load_scheme
from tests.addin.clerk.book import CLEAN
from tests.addin.office.documents import opened, press
from tests.addin.office.person import Person
from tests.addin.typing_in import filling_of
from tests.cases import reading
from tests.libreoffice import pdf_pages
from workbook_templates.build import build_template
from workbook_templates.layout import FIRST_ROW, SHEET
from workbook_templates.save import save_workbook, workbook_bytes

pytestmark = pytest.mark.libreoffice
CONTEST = "兴业银行郑州分行 月度服务明星（柜员）"
TEMPLATE = ["说明", "设置", "名册", "指标", "登记", "荣誉", "裁定", "得分", "检查"]
HEADINGS = "工号,姓名,网点,上岗日期\n"
PRINTED = ["排名", "入选", "奖励与考察", "图表", "公告"]
RESULTS = ["排名", "入选", "奖励与考察", "日程", "核算", "图表", "公告"]


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The clerk's clean workbook of a month."""
    path = tmp_path / "九月 填报.xlsx"
    path.write_bytes(CLEAN)
    return path


@pytest.fixture(autouse=True)
def closed(office: Office) -> Generator[None]:
    """Nothing stays open, so that the next test may open a file of the same name."""
    yield
    for book in opened(office).app.books:
        book.close()


def changed(path: Path, change: Callable[[Workbook], None]) -> Path:
    book = load_workbook(io.BytesIO(path.read_bytes()))
    change(book)
    path.write_bytes(workbook_bytes(book))
    return path


def column(book: xlwings.Book, sheet: str, place: int, rows: int) -> list[object]:
    found: list[object] = book.sheets[sheet].range((FIRST_ROW, place), (FIRST_ROW + rows - 1, place)).value
    return found


def first(said: str) -> str:
    return said.split("\n", maxsplit=1)[0]


# ── 检查, 月度评选, 季度排名, 入选名单, 公告, 推荐表 ────────────────────


def test_checking_writes_its_sheet_and_no_other(office: Office, filled: Path) -> None:
    changed(filled, lambda book: book["指标"].cell(6, 1, "不在名册"))
    book = opened(office, filled)
    assert first(press(office, book, "check")).startswith("检查完成：2 条错误")
    assert book.sheet_names == TEMPLATE
    assert book.sheets.active.name == SHEET.check


@pytest.mark.parametrize(
    ("action", "shown"), [("monthly", SHEET.winners), ("winners", SHEET.winners), ("notice", "公告")]
)
def test_a_months_buttons_reckon_and_show_their_sheet(office: Office, filled: Path, action: str, shown: str) -> None:
    book = opened(office, filled)
    assert first(press(office, book, action)) == "计算完成：0 条错误、1 条提醒。入选 2 名。"
    assert book.sheet_names == TEMPLATE + RESULTS
    assert book.sheets.active.name == shown


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("quarterly", SAID["other_kind"].format(title="月度评选", wanted="季度评选")),
        ("forms", SAID["no_forms"].format(title="月度服务明星（柜员）")),
    ],
)
def test_a_button_of_another_contest_says_so(office: Office, filled: Path, action: str, said: str) -> None:
    book = opened(office, filled)
    assert press(office, book, action) == said
    assert book.sheet_names == TEMPLATE


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the results of a quarter's three contests."""
    reports = run_quarter(tmp_path_factory.mktemp("一季度 的"), QUARTERS[0])
    return reports[0].result.parent


def test_a_quarters_ranking_is_shown(office: Office, quarter: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(quarter / "季度服务明星（大堂经理）-2025Q1.xlsx", tmp_path))
    book = opened(office, path)
    said = press(office, book, "quarterly")
    assert first(said) == "计算完成：0 条错误、1 条提醒。入选 2 名。"
    assert book.sheets.active.name == SHEET.ranking
    names = load_workbook(path)[SHEET.ranking]
    expected = [names.cell(row, 3).value for row in range(FIRST_ROW, FIRST_ROW + 8)]
    assert column(book, SHEET.ranking, 3, 8) == expected
    assert first(press(office, book, "monthly")) == SAID["other_kind"].format(title="季度评选", wanted="月度评选")


def test_the_years_workbooks_come_from_its_results(office: Office, filled: Path, quarter: Path, tmp_path: Path) -> None:
    book = opened(office, filled)
    empty = tmp_path / "空 的"
    empty.mkdir()
    assert run("annual", book, Person(empty)) == SAID["no_past"].format(problem="")
    results = Path(shutil.copytree(quarter, tmp_path / "结果"))
    said = run("annual", book, Person(results))
    made = sorted(path.name for path in results.glob("年度*.xlsx"))
    assert len(made) == 3
    assert all(name in said for name in made)
    assert {each.name for each in book.app.books} == {filled.name, *made}
    outlets = next(each for each in book.app.books if "支行" in each.name)
    assert column(outlets, "荣誉", 2, 2) == ["花园路支行", "黄河路支行"]
    assert first(press(office, outlets, "annual")).startswith("计算完成：")
    assert outlets.sheets.active.name in (SHEET.winners, SHEET.check)


def test_the_forms_of_those_who_won_are_shown(office: Office, tmp_path: Path) -> None:
    scheme = load_scheme("east-china-itsm/itsm-quarterly-two").scheme
    case = reading.ROOT / scheme.id / "worked-example"
    settings = {"recommend_by": dt.date(2026, 9, 30), "reward_money": 500}
    path = tmp_path / "季度 之星.xlsx"
    save_workbook(build_template(scheme, replace(filling_of(scheme, case, "2026Q3"), settings=settings)), path)
    book = opened(office, path)
    assert first(press(office, book, "forms")) == "计算完成：0 条错误、1 条提醒。入选 2 名。"
    assert book.sheets.active.name == scheme.form[0].sheet
    written = str(book.sheets[scheme.form[0].sheet].used_range.value)
    assert {name for name in ("王静", "李敏", "赵强", "孙磊", "郑凯") if name in written} == {"王静", "郑凯"}


# ── 导入名册, 新建 ────────────────────────────────────────────────


def _without_people(book: Workbook) -> None:
    """Nobody in 名册, and in 指标 one id above the figures of four others."""
    for row in range(FIRST_ROW, FIRST_ROW + 5):
        for place in range(1, 8):
            book[SHEET.roster].cell(row, place).value = None
        book[SHEET.measures].cell(row, 1).value = "0012" if row == FIRST_ROW else None


def test_a_roster_is_filled_in_and_nobodys_row_moves(office: Office, filled: Path, tmp_path: Path) -> None:
    listed = tmp_path / "新 名册.csv"
    listed.write_text(f"{HEADINGS}0012,李敏,郑东支行,2024-03-01\n0600,新人,花园支行,2026-01-05\n", "utf-8")
    book = opened(office, changed(filled, _without_people))
    assert first(run("import_roster", book, Person(listed))) == "已导入 2 人。"
    assert column(book, SHEET.roster, 1, 3) == ["0012", "0600", None]
    assert column(book, SHEET.roster, 2, 3) == ["李敏", "新人", None]
    assert column(book, SHEET.roster, 4, 3) == [dt.datetime(2024, 3, 1), dt.datetime(2026, 1, 5), None]
    assert column(book, SHEET.measures, 1, 7) == ["0012", None, None, None, None, "0600", None]
    assert book.sheets[SHEET.roster].api.isProtected()


def test_another_roster_replaces_it_only_when_asked(office: Office, filled: Path, tmp_path: Path) -> None:
    listed = tmp_path / "新 名册.csv"
    listed.write_text(f"{HEADINGS}007,王静,花园支行,2024-03-01\n0600,新人,花园支行,2026-01-05\n", "utf-8")
    book = opened(office, filled)
    person = Person(listed, False)
    assert run("import_roster", book, person) == SAID["cancelled"]
    for told in ("已有 5 人。用文件中的 2 人替换？", "新增 1 人：新人（0600）；调入 1 人：王静（007）；离岗 4 人："):
        assert told in person.asked[-1]
    assert column(book, SHEET.roster, 1, 5) == ["007", "0012", "A03", "0400", "0500"]
    assert first(run("import_roster", book, Person(listed, True))).startswith("已导入 2 人。新增 1 人：新人（0600）；")
    assert column(book, SHEET.roster, 1, 5) == ["007", "0600", None, None, None]


def test_a_roster_in_error_is_not_filled_in(office: Office, filled: Path, tmp_path: Path) -> None:
    listed = tmp_path / "名册.csv"
    listed.write_text("工号,姓名\n=1+1,某人\n", "utf-8")
    book = opened(office, changed(filled, _without_people))
    assert first(run("import_roster", book, Person(listed))).startswith("名册没有导入：")
    assert SAID["roster_formula"].format(text="=1+1") in column(book, SHEET.check, 4, 3)
    assert column(book, SHEET.roster, 1, 1) in ("", None)


def test_a_new_workbook_takes_the_people_and_their_honours_along(office: Office, filled: Path, tmp_path: Path) -> None:
    results = tmp_path / "结果"
    results.mkdir()
    write_result(rank_file(filled), results / "九月.xlsx")
    book = opened(office, filled)
    made = "月度服务明星（柜员）-2026-11.xlsx"
    said = run("new", book, Person(CONTEST, "2026-11", results))
    assert said == SAID["new_carried"].format(name=made, n=5)
    new = next(each for each in book.app.books if each.name == made)
    assert column(new, SHEET.roster, 1, 6) == ["007", "0012", "A03", "0400", "0500", None]
    assert column(new, "荣誉", 1, 3) == ["007", "0400", None]
    assert run("new", book, Person(CONTEST, "2026Q3")).startswith("考核期间“2026Q3”不对")


# ── 全部打印, 定稿, 复核, 诊断 ──────────────────────────────────────


def print_areas(book: xlwings.Book) -> dict[str, list[str]]:
    return {
        sheet.name: [
            sheet.range((a.StartRow + 1, a.StartColumn + 1), (a.EndRow + 1, a.EndColumn + 1)).get_address(False, False)
            for a in sheet.api.getPrintAreas()
        ]
        for sheet in book.sheets
    }


def test_what_is_posted_and_filed_becomes_one_pdf(office: Office, filled: Path) -> None:
    book = opened(office, filled)
    assert press(office, book, "print_all") == SAID["nothing_to_print"]
    press(office, book, "compute")
    shown, areas = book.sheets.active.name, print_areas(book)
    said = press(office, book, "print_all").split("\n")
    assert said[0] == SAID["pdf"].format(name="九月 填报.pdf")
    footers = [page.split()[0] for page in pdf_pages(filled.with_suffix(".pdf"))]
    assert footers == PRINTED
    assert book.sheets.active.name == shown
    assert all(sheet.visible for sheet in book.sheets)
    assert print_areas(book) == areas
    assert areas[SHEET.roster] == ["A1:G16"]


def test_sealed_and_verified(office: Office, filled: Path) -> None:
    book = opened(office, filled)
    assert first(run("seal", book, Person())) == "已定稿：九月 填报 定稿.xlsx，第 1 版，未签名：只能发现误改。"
    sealed = opened(office, filled.with_name("九月 填报 定稿.xlsx"))
    assert press(office, sealed, "verify").startswith("复核通过：兴业银行郑州分行 2026-09")
    assert press(office, book, "verify").startswith("复核不通过：")
    assert book.sheet_names == TEMPLATE


def test_nothing_keeps_the_add_in_from_working(office: Office, filled: Path) -> None:
    assert press(office, opened(office, filled), "diagnose") == DOCTOR["fine"].format(
        version=f"StarScore {version('starscore')}"
    )
