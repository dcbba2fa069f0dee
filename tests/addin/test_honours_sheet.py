"""Sheet 荣誉: contests by title or id, statuses from a list, and what a clerk may get wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.ranking import rank_file, write_result
from calc.period import Period
from calc.result import Result
from calc.scheme import load_scheme
from workbook_templates.build import build_template
from workbook_templates.filling import Filling
from workbook_templates.save import save_workbook

SCHEME = load_scheme("cib-zhengzhou-2010/annual-outlet").scheme
TITLE = "季度服务明星支行"


def annual(folder: Path, *lines: tuple[object, ...], drop: bool = False) -> Path:
    """An outlet 4101 with these lines of 荣誉: contest, period, score, status."""
    filling = Filling(
        Period(2026, "year", 1),
        roster=[{"id": "4101", "name": "郑东支行", "opened_on": dt.date(2010, 9, 1)}],
        measures={"4101": {"basic": True}},
        settings={"outlets": 12},
        rows=5,
    )
    book = build_template(SCHEME, filling)
    for row, (contest, period, score, status) in enumerate(lines, start=5):
        for column, value in enumerate(("4101", "郑东支行", contest, period, score, status), start=1):
            book["荣誉"].cell(row, column).value = value
    if drop:
        del book["荣誉"]
    path = folder / "年度.xlsx"
    save_workbook(book, path)
    return path


def outcome(path: Path) -> Result:
    result = rank_file(path).result
    assert result is not None
    return result


def won(contest: str, quarter: int, status: str = "有效") -> tuple[object, ...]:
    return contest, f"2026Q{quarter}", 90 + quarter, status


@pytest.mark.parametrize("name", [TITLE, "quarterly-outlet", "cib-zhengzhou-2010/quarterly-outlet", f" {TITLE} "])
def test_a_contest_goes_by_its_title_or_its_id(name: str, tmp_path: Path) -> None:
    result = outcome(annual(tmp_path, won(name, 1), won(TITLE, 2)))
    assert str(result.rows[0].total) == "91.50"  # (91 + 92) / 2
    assert result.rows[0].status == "winner"


@pytest.mark.parametrize("status", ["撤销", "取消"])
def test_what_no_longer_stands_does_not_count(status: str, tmp_path: Path) -> None:
    (row,) = outcome(annual(tmp_path, won(TITLE, 1), won(TITLE, 2, status))).rows
    assert (str(row.total), row.eligible) == ("91.00", False)
    assert "至少两次" in row.reasons[0]


@pytest.mark.parametrize(
    ("line", "severity", "cell"),
    [
        (won("季度明星", 2), "warning", "C6"),
        ((TITLE, "2026第5季度", 92, "有效"), "error", "D6"),
        ((TITLE, "2026Q2", "九十", "有效"), "error", "E6"),
        ((TITLE, "2026Q2", 92, "作废"), "error", "F6"),
    ],
)
def test_what_cannot_be_understood_is_said_at_its_cell(
    line: tuple[object, ...], severity: str, cell: str, tmp_path: Path
) -> None:
    problems = outcome(annual(tmp_path, won(TITLE, 1), line)).problems
    assert [(str(p.severity), p.cell) for p in problems if p.sheet == "荣誉"] == [(severity, cell)]


def test_without_the_sheet_there_are_no_honours_and_that_is_said(tmp_path: Path) -> None:
    problems = outcome(annual(tmp_path, drop=True)).problems
    assert [str(p.severity) for p in problems if p.sheet == "荣誉"] == ["warning"]


def test_the_result_carries_the_sheet_on(tmp_path: Path) -> None:
    path = annual(tmp_path, won(TITLE, 1), won(TITLE, 2))
    write_result(rank_file(path), tmp_path / "结果.xlsx")
    assert outcome(tmp_path / "结果.xlsx").rows == outcome(path).rows
    sheet = load_workbook(tmp_path / "结果.xlsx")["荣誉"]
    assert [cell.value for cell in sheet[6]] == ["4101", "郑东支行", TITLE, "2026Q2", 92, "有效"]
    assert sheet["A2"].value == "填报单位：　　　考核期间：2026"


def test_a_hidden_sheet_and_a_copy_of_it_are_told(tmp_path: Path) -> None:
    path = annual(tmp_path, won(TITLE, 1))
    book = load_workbook(path)
    book.copy_worksheet(book["荣誉"]).title = "荣誉 (2)"
    book["荣誉"].sheet_state = "hidden"
    book.save(path)
    told = {problem.sheet: problem.message for problem in rank_file(path).problems}
    assert "隐藏" in told["荣誉"]
    assert "荣誉 (2)" in told
