"""Runs on Windows: the actions in a played Excel (played_excel.py), through xlwings' own engine for Excel.

    python -m tests.addin.live.windows_actions CLEAN OUT RESULTS

CLEAN is a filled workbook without errors (tests/addin/clerk/book.py), RESULTS a folder with the result of a quarter
(two winners); OUT gets, by occasion, what was said and what the workbook looks like afterwards.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook

from addin.excel.live_book import AskInExcel, book_of
from addin.live import actions
from addin.ranking import rank_file, result_book, write_result
from tests.addin.live.played_excel import REJECTED, Played, excel
from workbook_templates.save import workbook_bytes

MANUAL, AUTOMATIC = -4135, -4105
STATE = ("ScreenUpdating", "EnableEvents", "DisplayAlerts", "Calculation", "Interactive", "StatusBar")
FLAGS = ("AllowSorting", "AllowFiltering", "AllowFormattingColumns", "AllowInsertingRows")
FACTS: dict[str, Callable[[Path], dict[str, Any]]] = {}


def fact(tell: Callable[[Path], dict[str, Any]]) -> Callable[[Path], dict[str, Any]]:
    FACTS[tell.__name__] = tell
    return tell


class Opened(NamedTuple):
    app: Played
    workbook: Played
    path: Path

    def run(self, action: str) -> str:
        book = book_of(self.workbook)
        return actions.run(action, book, AskInExcel(book.app))

    def sheet(self, name: str) -> Played:
        return self.workbook.Worksheets(name)

    @property
    def sheets(self) -> list[str]:
        return [sheet.Name for sheet in self.workbook.Worksheets]

    def state(self) -> list[Any]:
        return [self.app.get(name) for name in STATE]

    def files(self) -> list[str]:
        return sorted(each.name for each in self.path.parent.iterdir())


def opened(folder: Path, change: Callable[[Any], None] | None = None, **answers: object) -> Opened:
    """The clerk's clean workbook, changed, in a played Excel."""
    path = folder / "九月 填报.xlsx"
    content = Path(sys.argv[1]).read_bytes()
    if change is not None:
        book = load_workbook(io.BytesIO(content))
        change(book)
        content = workbook_bytes(book)
    path.write_bytes(content)
    app = excel(answers)
    workbook = app.Workbooks.Open(str(path))
    workbook.Saved = True
    return Opened(app, workbook, path)


def values(sheet: Played) -> list[list[Any]]:
    rows = sheet.UsedRange.Value
    return [[None if value == "" else value for value in row] for row in rows]


@fact
def compute(folder: Path) -> dict[str, Any]:
    """All sheets, as ``rank`` writes them into a file."""
    live = opened(folder)
    before = live.path.read_bytes()
    live.app.Calculation, live.app.EnableEvents = MANUAL, False
    state = live.state()
    said = live.run("compute")
    expected = result_book(rank_file(live.path))
    differing = [
        f"{name}!{cell.coordinate}"
        for name in live.sheets
        if name in expected.sheetnames and name not in ("说明", "设置", "名册", "指标", "登记", "荣誉", "裁定", "得分")
        for row in expected[name].iter_rows()
        for cell in row
        if _as_excel_has(cell.value) != (live.sheet(name).Range(cell.coordinate).Value or None)
    ]
    copies = [path for path in folder.iterdir() if "备份" in path.name]
    return {
        "said": said,
        "sheets": live.sheets,
        "expected": expected.sheetnames,
        "differing": differing,
        "state kept": live.state() == state,
        "file untouched": live.path.read_bytes() == before,
        "copies": [path.read_bytes() == before for path in copies],
        "active": live.workbook.ActiveSheet.Name,
        "protected": live.sheet("排名").ProtectContents,
        "scores live": live.sheet("得分").Range("D5").HasFormula,
    }


def _as_excel_has(value: object) -> object:
    """A day is a time there."""
    is_day = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return dt.datetime.combine(value, dt.time()) if is_day else value or None


@fact
def again(folder: Path) -> dict[str, Any]:
    """A second click, after the user has made the sheets his own."""
    live = opened(folder)
    live.run("compute")
    own = live.workbook.Worksheets.Add(After=live.sheet("说明"))
    own.Name = "我的"
    own.Range("A1").Formula = "=排名!B6"
    ranking = live.sheet("排名")
    ranking.Unprotect("")
    ranking.Protect("", True, True, True, False, AllowSorting=True, AllowFiltering=True)
    live.sheet("入选").Unprotect("")
    live.sheet("核算").Visible = 0
    before = live.sheets
    live.workbook.Saved = True
    said = live.run("compute")
    ranking = live.sheet("排名")
    return {
        "said": said,
        "same sheets": live.sheets == before,
        "flags": [ranking.Protection.get(name) for name in FLAGS],
        "ranking protected": ranking.ProtectContents,
        "winners protected": live.sheet("入选").ProtectContents,
        "trace visible": live.sheet("核算").Visible,
        "formula": live.sheet("我的").Range("A1").Formula,
        "copies": len([name for name in live.files() if "备份" in name]),
    }


@fact
def password(folder: Path) -> dict[str, Any]:
    """A sheet with somebody's password stays as it is; the others are written."""
    live = opened(folder)
    live.run("compute")
    ranking = live.sheet("排名")
    ranking.Unprotect("")
    ranking.Range("A60").Value = "别人的"
    ranking.Protect("secret")
    said = live.run("compute")
    return {
        "said": said,
        "kept": ranking.Range("A60").Value,
        "sheets": live.sheets,
        "protected": ranking.ProtectContents,
    }


@fact
def structure(folder: Path) -> dict[str, Any]:
    live = opened(folder)
    live.workbook.Protect("", True)
    return {"said": live.run("compute"), "sheets": live.sheets, "files": live.files()}


@fact
def unsaved(folder: Path) -> dict[str, Any]:
    """A workbook that has no file yet."""
    live = opened(folder)
    live.workbook.object.path = ""
    said = live.run("compute")
    return {"said": said, "files": live.files(), "sheets": live.sheets, "seal": live.run("seal")}


@fact
def read_only(folder: Path) -> dict[str, Any]:
    live = opened(folder)
    live.workbook.object.read_only = True
    return {"said": live.run("compute"), "files": live.files(), "sheets": live.sheets}


@fact
def no_place_for_a_copy(folder: Path) -> dict[str, Any]:
    """Nothing is written where nothing can be restored."""
    live = opened(folder)
    live.workbook.Saved = False
    live.workbook.object.application.answers["SaveCopyAs"] = "fails"
    return {"said": live.run("compute"), "sheets": live.sheets, "state": live.state()}


@fact
def changed(folder: Path) -> dict[str, Any]:
    """What was typed and not saved is in the copy, and the file is not."""
    live = opened(folder)
    before = live.path.read_bytes()
    live.sheet("设置").Range("B7").Value = "花园支行"
    live.run("check")
    (copy,) = (path for path in folder.iterdir() if "备份" in path.name)
    return {"copy": load_workbook(copy)["设置"]["B7"].value, "file untouched": live.path.read_bytes() == before}


@fact
def editing(folder: Path) -> dict[str, Any]:
    """Excel takes no calls while a cell is being edited."""
    live = opened(folder)
    state = live.state()
    facts: dict[str, Any] = {}
    for member in ("Worksheets", "ScreenUpdating"):
        REJECTED.add(member)
        facts[member] = live.run("check")
        REJECTED.clear()
        facts[f"{member} state kept"] = live.state() == state
    facts["afterwards"] = live.run("check")
    return facts


@fact
def other_active(folder: Path) -> dict[str, Any]:
    """Another workbook is in front."""
    live = opened(folder)
    other = live.app.Workbooks.Add()
    other.Activate()
    before = [sheet.Name for sheet in other.Worksheets]
    said = live.run("winners")
    return {"said": said, "other": [sheet.Name for sheet in other.Worksheets] == before, "sheets": live.sheets}


@fact
def two_clicks(folder: Path) -> dict[str, Any]:
    live = opened(folder)
    with actions._at_work:
        said = live.run("check")
    return {"said": said, "files": live.files()}


def computed_with(folder: Path, sheet: str, cell: str, value: str) -> dict[str, Any]:
    def change(book: Any) -> None:
        book[sheet][cell] = value

    live = opened(folder, change)
    checked = live.run("check")
    alone = {"checked": checked, "sheets": live.sheets, "alone": values(live.sheet("检查"))}
    said = live.run("compute")
    return {**alone, "said": said, "active": live.workbook.ActiveSheet.Name, "check": values(live.sheet("检查"))}


@fact
def bad_data(folder: Path) -> dict[str, Any]:
    return computed_with(folder, "指标", "A6", "不在名册")


@fact
def no_scheme(folder: Path) -> dict[str, Any]:
    """Not even the scheme can be read: 检查 says so."""
    return computed_with(folder, "设置", "B5", "没有这个方案")


@fact
def another_kind(folder: Path) -> dict[str, Any]:
    live = opened(folder)
    foreign = live.app.Workbooks.Add()
    said = {name: live.run(name) for name in ("quarterly", "forms", "monthly", "notice")}
    return {**said, "sheets": live.sheets, "foreign": actions.run("compute", book_of(foreign))}


@fact
def roster(folder: Path) -> dict[str, Any]:
    """A file of two people, one of them new: 指标 keeps its rows."""
    path = folder / "名册.csv"
    path.write_text("工号,姓名,网点,上岗日期\n0012,李敏,郑东支行,2024-03-01\n0600,新人,花园支行,2026-01-05\n", "utf-8")
    empty = folder / "空 名册.csv"
    empty.write_text("工号,姓名\n=1+1,某人\n", "utf-8")

    def change(book: Any) -> None:
        for row in range(5, 10):
            for column in range(1, 8):
                book["名册"].cell(row, column).value = None
                if column == 1:
                    book["指标"].cell(row, column).value = None
        book["指标"]["A5"] = "0012"

    live = opened(folder, change, GetOpenFilename=str(path))
    said = live.run("import_roster")
    other = opened(folder, change, GetOpenFilename=str(empty))
    return {
        "said": said,
        "people": values(live.sheet("名册"))[4:7],
        "ids": [live.sheet("指标").Range(f"A{row}").Value or None for row in range(5, 12)],
        "protected": live.sheet("名册").ProtectContents,
        "bad": other.run("import_roster"),
        "bad check": values(other.sheet("检查")),
    }


@fact
def new(folder: Path) -> dict[str, Any]:
    live = opened(folder, None, InputBox=["1", "2026-10"])
    said = live.run("new")
    books = [book.Name for book in live.app.Workbooks]
    live.app.object.answers |= {"InputBox": ["1", "2026-11"], "FileDialog": str(earlier_results(folder, live.path))}
    live.run("new")
    honours = load_workbook(folder / "月度服务明星（柜员）-2026-11.xlsx")["荣誉"]
    live.app.object.answers |= {"InputBox": ["1", "2026Q3"], "FileDialog": str(folder / "移走了")}
    return {
        "said": said,
        "books": books,
        "honours": [[cell.value for cell in row[:2]] for row in honours.iter_rows(min_row=5, max_row=7)],
        "wrong": live.run("new"),
        "unwritten": live.run("new_scheme"),
        "status": live.app.StatusBar,
    }


def earlier_results(folder: Path, filled: Path) -> Path:
    results = folder / "结果"
    results.mkdir()
    write_result(rank_file(filled), results / "九月.xlsx")
    return results


@fact
def year(folder: Path) -> dict[str, Any]:
    """From a year's results the annual workbooks; from no results none."""
    live = opened(folder, None, FileDialog=str(folder))
    nothing = live.run("annual")
    live.app.object.answers["FileDialog"] = str(shutil.copytree(sys.argv[3], folder / "结果"))
    said = live.run("annual")
    (made,) = (path for path in (folder / "结果").iterdir() if path.name in said)
    honours = load_workbook(made)["荣誉"]
    return {
        "nothing": nothing,
        "said": said,
        "files": live.files(),
        "books": [book.Name for book in live.app.Workbooks],
        "honours": sum(1 for row in range(5, honours.max_row + 1) if honours.cell(row, 1).value),
    }


@fact
def why(folder: Path) -> dict[str, Any]:
    live = opened(folder)
    live.sheet("指标").Activate()
    live.sheet("指标").Range("B6").Select()
    whole = live.run("why")
    live.sheet("指标").Range("A3").Select()
    return {"said": whole, "nobody": live.run("why"), "files": live.files()}


@fact
def sealing(folder: Path) -> dict[str, Any]:
    live = opened(folder)
    said = live.run("seal")
    sealed = folder / "九月 填报 定稿.xlsx"
    other = live.app.Workbooks.Open(str(sealed))
    other.Saved = True
    return {
        "said": said,
        "verified": actions.run("verify", book_of(other)),
        "unsealed": live.run("verify"),
        "sheets": live.sheets,
    }


@fact
def head_office(folder: Path) -> dict[str, Any]:
    """Sealed, drafted where there is no Outlook, and merged."""
    os.environ["STARSCORE_HOME"] = str(folder)
    live = opened(folder)
    live.run("seal")
    (folder / "收到").mkdir()
    sealed = (folder / "九月 填报 定稿.xlsx").rename(folder / "收到" / "九月.xlsx")
    other = Opened(live.app, live.app.Workbooks.Open(str(sealed)), sealed)
    other.workbook.Saved = True
    live.app.object.answers |= {"InputBox": ["hq@bank.cn"], "FileDialog": [str(folder / "收到"), str(folder)]}
    sent = other.run("send")
    merged = live.run("merge")
    live.app.object.answers["FileDialog"] = str(folder)
    return {
        "sent": sent,
        "draft": sealed.with_suffix(".eml").read_text("ascii").split("\n", 1)[0],
        "merged": merged,
        "scheme": live.run("new_scheme"),
        "books": [book.Name for book in live.app.Workbooks],
    }


@fact
def printing(folder: Path) -> dict[str, Any]:
    live = opened(folder)
    before = live.run("print_all")
    live.run("compute")
    said = live.run("print_all")
    (pdf,) = folder.glob("*.pdf")
    return {
        "before": before,
        "said": said,
        "printed": live.app.object.printed,
        "pdf": pdf.read_text("utf-8").split("\n"),
        "visible": [sheet.Visible for sheet in live.workbook.Worksheets],
    }


def main(out: str) -> None:
    told: dict[str, Any] = {}
    for name, tell in FACTS.items():
        with tempfile.TemporaryDirectory(prefix="打开 的") as folder:
            try:
                told[name] = tell(Path(folder))
            except Exception as error:
                told[name] = {"raised": repr(error)}
    Path(out).write_text(json.dumps(told, ensure_ascii=False, default=str, indent=1), "utf-8")


if __name__ == "__main__":
    main(sys.argv[2])
