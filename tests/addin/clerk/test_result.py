"""The result workbook of a spoiled one: rank writes it even where there are errors, with all of them in 检查."""

from __future__ import annotations

import datetime as dt
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries

from addin import ranking
from addin.ranking import rank_file, write_result
from addin.workbook_file import read_contents
from calc.period import Period
from calc.result import Result
from tests.addin.clerk.book import (
    EAST,
    INPUT_SHEETS,
    MANY_ERRORS,
    NAME,
    OUTLET,
    OWN_ID,
    PEOPLE,
    QUALITY,
    RATE,
    SCHEME,
    SINCE,
    UNIT,
    Formatted,
    Raw,
    Spoil,
    below,
    date_system_of_1904,
    event,
    filtered,
    formula,
    hidden_column,
    hidden_sheet,
    inserted_column,
    inserted_row,
    merged_down,
    renamed_sheet,
    rewritten,
    spoiled,
    without_sheet,
)
from tests.addin.clerk.outcome import SAME, assert_outcome, place_of, ranked
from tests.addin.command_line import run
from workbook_templates.build import build_template
from workbook_templates.filling import Filling
from workbook_templates.save import workbook_bytes

CARRIED: list[tuple[str, Spoil]] = [
    ("clean", {}),
    ("many errors", MANY_ERRORS),
    ("20240301 in the date cell", {SINCE: 20240301}),
    ("negative in the date cell", {SINCE: -5}),
    ("1e300 in the date cell", {SINCE: 1e300}),
    ("date with a time", {SINCE: dt.datetime(2024, 3, 1, 14, 30)}),
    ("1904 date system", date_system_of_1904),
    ("percent cell", {RATE: Formatted(0.005, "0.00%")}),
    ("error cells", {QUALITY: "#N/A", OWN_ID: "#REF!"}),
    ("text like a formula", {NAME: "=1+1", event("依据、备注"): "-"}),
    ("control characters", {NAME: Raw("<is><t>王_x0007_静_x000D_</t></is>", "inlineStr")}),
    ("spaces and signs", {NAME: " 王静　", QUALITY: "４８．５", below(NAME): "𠮷😀", OUTLET: "（总）\n支行"}),
    ("very long", {NAME: "王" * 32767, event("依据、备注"): "长" * 5000}),
    ("title row", inserted_row("指标", 1, "本月数据")),
    ("column A", inserted_column("名册")),
    ("hidden", (hidden_column(QUALITY), filtered("名册", 6), hidden_sheet("登记"))),
    ("merged", merged_down(QUALITY)),
    ("below the block", {"指标!A40": "0999", QUALITY[:-1] + "40": 40}),
    ("formula with its value", {QUALITY: formula("40+8.5", "48.5")}),
    ("no 登记", without_sheet("登记")),
    ("another 指标", renamed_sheet("指标", "指标9月")),
]


@pytest.mark.parametrize("spoil", [pytest.param(case[1], id=case[0]) for case in CARRIED])
def test_the_result_carries_what_was_typed_unchanged(spoil: Spoil, tmp_path: Path) -> None:
    content = spoiled(spoil)
    write_result(ranked(content, tmp_path), tmp_path / "结果.xlsx")
    before, after = (read_contents(c, "x").grids for c in (content, (tmp_path / "结果.xlsx").read_bytes()))
    for name in INPUT_SHEETS:
        if name not in before:
            continue
        typed = {at: cell for at, cell in before[name].cells.items() if not cell.formula and cell.value is not None}
        now = {position: after[name].at(*position) for position in typed}
        assert {p: (c.value, c.kind, c.percent) for p, c in now.items()} == {
            p: (c.value, c.kind, c.percent) for p, c in typed.items()
        }
        assert not any(cell.formula for cell in after[name].cells.values())


@pytest.mark.parametrize(
    ("part", "pattern", "replacement"),
    [
        # What other programs write and Excel opens without a word.
        ("xl/styles.xml", r"<b val=\"1\" ?/>", '<b val="1"/><u val="1"/>'),
        ("xl/styles.xml", r"<fill>.*?</fill>", "<fill/>"),
        ("xl/styles.xml", r'<family val="2" ?/>', '<family val="134"/>'),
        (
            "xl/worksheets/sheet4.xml",
            r"<dataValidation [^>]*type=\"decimal\"",
            '<dataValidation type="none" errorStyle="x"',
        ),
        (
            "xl/worksheets/sheet4.xml",
            r'(<c r="Z99".*?)?<c r="G5"( s="\d+")?[^>]*>.*?</c>',
            r'<c r="G5"\2><v>NaN</v></c>',
        ),
        ("docProps/core.xml", r"(<dcterms:created[^>]*>)[^<]*", r"\1"),
    ],
    ids=["underline", "empty fill", "font family", "validation", "NaN", "no date of creation"],
)
def test_whatever_could_be_read_can_be_ranked(part: str, pattern: str, replacement: str, tmp_path: Path) -> None:
    """check reads the file; then rank writes a result, or says in Chinese why not."""
    path = tmp_path / "填报.xlsx"
    path.write_bytes(rewritten(part, pattern, replacement))
    assert rank_file(path).result is not None
    assert run("rank", path, "--out", tmp_path / "结果.xlsx")[0] in (0, 1)


def test_a_stray_cell_far_below_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A space in the last row of Excel must not make a million rows of cells."""
    kept: list[Workbook] = []
    monkeypatch.setattr(ranking, "save_workbook", lambda book, _path: kept.append(book))
    write_result(ranked(spoiled({"指标!AB1048576": "备注"}), tmp_path), tmp_path / "结果.xlsx")
    assert len(kept[0]["指标"]._cells) < 2000


SPRAWLING = {
    "merged area": (r"<mergeCell ", '<mergeCell ref="A20:Q1048576"/><mergeCell '),
    "link": (r"<pageMargins", '<hyperlinks><hyperlink ref="A20:Q1048576" location="A1"/></hyperlinks><pageMargins'),
    "styled cells": (
        r"</sheetData>",
        "".join(f'<row r="{r}">' + '<c s="1"/>' * 50 + "</row>" for r in range(100, 20_200)) + "</sheetData>",
    ),
}


@pytest.mark.parametrize(("pattern", "replacement"), SPRAWLING.values(), ids=SPRAWLING)
def test_a_million_blank_cells_are_not_made(pattern: str, replacement: str, clean: Result, tmp_path: Path) -> None:
    done = ranked(rewritten("xl/worksheets/sheet4.xml", pattern, replacement), tmp_path)
    assert_outcome(done, clean, SAME)
    started = time.process_time()
    write_result(done, tmp_path / "结果.xlsx")
    assert time.process_time() - started < 5
    assert load_workbook(tmp_path / "结果.xlsx")["指标"][QUALITY.split("!")[1]].value == 48.5


def test_in_a_fresh_template_everybody_has_her_own_figures(tmp_path: Path) -> None:
    """Of a workbook that cannot be loaded; its rows stood one lower than the template's."""
    done = ranked(spoiled(inserted_row("指标", 1, "本月数据")), tmp_path)
    write_result(replace(done, sprawls=True), tmp_path / "结果.xlsx")
    rows = load_workbook(tmp_path / "结果.xlsx")["指标"].iter_rows(min_row=5, max_row=9, max_col=3, values_only=True)
    assert list(rows) == list(PEOPLE)


def test_no_row_of_the_result_is_higher_than_excel_allows(tmp_path: Path) -> None:
    long = {NAME: "王" * 300, OUTLET: "长" * 1000, UNIT: "单" * 3000, event("工号"): "9" * 5000}
    write_result(ranked(spoiled(long), tmp_path), tmp_path / "结果.xlsx")
    book = load_workbook(tmp_path / "结果.xlsx")
    assert {s.title for s in book for row in s.row_dimensions.values() if (row.height or 0) > 409.5} == set()


def _ranking(path: Path) -> list[list[str]]:
    rows = load_workbook(path)["排名"].iter_rows(min_row=4, values_only=True)
    return [[str(value) for value in row if value is not None] for row in rows]


def test_a_rival_of_somebody_in_error_is_shown_to_wait(tmp_path: Path) -> None:
    """王静 has her rank; 张伟's points might change it."""
    write_result(ranked(spoiled({below(QUALITY, 2): "x"}), tmp_path), tmp_path / "结果.xlsx")
    rows = _ranking(tmp_path / "结果.xlsx")
    assert ["暂缓" in row for row in rows if "007" in row] == [True]
    assert ["当选" in row for row in rows if "0400" in row] == [True]


def test_people_whose_outlet_cannot_be_read_stand_under_a_heading_of_their_own(tmp_path: Path) -> None:
    write_result(ranked(spoiled({OUTLET: "#N/A"}), tmp_path), tmp_path / "结果.xlsx")
    assert [row for row in _ranking(tmp_path / "结果.xlsx") if row and row[0].startswith("网点不明")]


# 检查.


def _listed(path: Path) -> list[list[Any]]:
    sheet = load_workbook(path)["检查"]
    return [list(row) for row in sheet.iter_rows(min_row=5, max_col=5) if any(cell.value for cell in row)]


def test_the_check_sheet_lists_every_problem_with_a_link_to_its_cell(tmp_path: Path) -> None:
    done = ranked(spoiled(MANY_ERRORS), tmp_path)
    write_result(done, tmp_path / "结果.xlsx")
    book = load_workbook(tmp_path / "结果.xlsx")
    lines = _listed(tmp_path / "结果.xlsx")
    ordered = sorted(done.problems, key=lambda problem: not problem.is_error)
    assert [(line[1].value, line[3].value) for line in lines] == [
        ("错误" if p.is_error else "提醒", p.message) for p in ordered
    ]
    assert [line[0].value for line in lines] == list(range(1, len(ordered) + 1))
    assert {p.sheet for p in ordered} == set(INPUT_SHEETS)
    for line, problem in zip(lines, ordered, strict=True):
        assert line[2].value == place_of(problem)
        assert problem.cell
        sheet, _, cell = line[2].hyperlink.location.partition("!")
        assert sheet.strip("'") in book.sheetnames
        assert (sheet.strip("'"), cell) == (problem.sheet, problem.cell)
        assert range_boundaries(cell)


def test_a_sheet_with_a_space_behind_its_name_has_its_links_too(tmp_path: Path) -> None:
    done = ranked(spoiled(({QUALITY: "x"}, renamed_sheet("指标", "指标 "))), tmp_path)
    write_result(done, tmp_path / "结果.xlsx")
    link = _listed(tmp_path / "结果.xlsx")[0][2].hyperlink
    assert link is not None
    assert link.location == f"'指标 '!{QUALITY.split('!')[1]}"


def _crowd() -> bytes:
    """60 people of whom nothing is filled in."""
    roster = [{"id": f"{n:04}", "name": f"员工{n}", "outlet": EAST, "post_since": "2024-03-01"} for n in range(60)]
    return workbook_bytes(build_template(SCHEME, Filling(Period.parse("2026-09"), "分行", roster)))


def test_beyond_200_problems_are_counted_by_kind(tmp_path: Path) -> None:
    done = ranked(_crowd(), tmp_path)
    write_result(done, tmp_path / "结果.xlsx")
    lines = [[cell.value for cell in line] for line in _listed(tmp_path / "结果.xlsx")]
    assert len(done.problems) > 400
    assert [line[0] for line in lines[:200]] == list(range(1, 201))
    assert all(line[2] for line in lines[:200])
    rest = lines[200:]
    assert 0 < len(rest) < 10
    counts = [int(found[1]) for line in rest if (found := re.search(r"另有 (\d+) 条未列出", line[3]))]
    assert len(counts) == len(rest)
    assert sum(counts) == len(done.problems) - 200
    code, out, _ = run("check", tmp_path / "填报.xlsx")
    assert code == 1
    assert f"另有 {counts[0]} 条未列出" in out
