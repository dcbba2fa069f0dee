"""Ballots in csv files of either form and typed into 选票: the same results, and mistakes with their cells."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from addin.plain_tables import Paths, read_settings, read_tables
from addin.ranking import Ranked, write_result
from addin.workbook_file import read_workbook
from addin.workbook_input import parse_workbook
from calc.evaluate import evaluate
from calc.result import Result
from calc.scheme import load_scheme
from tests.addin.typing_in import filling_of
from tests.cases import reading
from workbook_templates.build import build_template
from workbook_templates.layout import SHEET
from workbook_templates.save import save_workbook

CASES = reading.cases("judging")
JURY = next(case for case in CASES if case.name == "jury-of-three-criteria")
ELECTION = next(case for case in CASES if case.name == "election-then-leaders-and-self")


def template(case: Path) -> Workbook:
    """The case typed into the template of its scheme."""
    file = load_scheme(str(case / "scheme.toml"))
    settings = json.loads((case / "case.json").read_text("utf-8"))["settings"]
    filling = filling_of(file.scheme, case, settings.pop("period"))
    return build_template(file.scheme, replace(filling, settings=settings))


def ranked(case: Path, path: Path) -> Ranked:
    """A workbook read and reckoned; its scheme is not a shipped one."""
    book = read_workbook(path)
    read = parse_workbook(book.grids, lambda _: load_scheme(str(case / "scheme.toml")))
    assert read.scheme is not None
    assert read.submission is not None
    result = evaluate(read.scheme, read.submission, trace=True).with_problems((*book.problems, *read.problems))
    return Ranked(path, book.grids, read, result, result.problems)


def of_interest(result: Result | None) -> dict[str, object]:
    assert result is not None
    whole = result.as_json()
    return {key: whole[key] for key in ("rows", "quota")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_typed_into_the_template_it_is_the_same(case: Path, tmp_path: Path) -> None:
    save_workbook(template(case), tmp_path / "填报.xlsx")
    found = ranked(case, tmp_path / "填报.xlsx")
    wanted = reading.run(str(case / "scheme.toml"), case)
    assert of_interest(found.result) == of_interest(wanted)
    assert found.has_errors == wanted.has_errors


def test_ranking_a_result_workbook_again_changes_nothing(tmp_path: Path) -> None:
    save_workbook(template(ELECTION), tmp_path / "填报.xlsx")
    first = ranked(ELECTION, tmp_path / "填报.xlsx")
    write_result(first, tmp_path / "结果.xlsx")
    again = ranked(ELECTION, tmp_path / "结果.xlsx")
    assert of_interest(again.result) == of_interest(first.result)
    names = {cell.value for cell in again.grids[SHEET.ballots].cells.values()}
    assert {"王静", "主管评分"} <= names  # looked-up names are there as values


def csv(tmp_path: Path, text: str) -> Result:
    path = tmp_path / "B.csv"
    path.write_text(text, encoding="utf-8")
    scheme, settings = read_settings(load_scheme(str(JURY / "scheme.toml")), ["period=2026Q3"])
    submission, problems = read_tables(scheme, Paths(JURY / "data.csv", ballots=path), settings)
    return evaluate(scheme, submission).with_problems(problems)


def lines() -> list[list[str]]:
    return [line.split(",") for line in (JURY / "ballots.csv").read_text("utf-8").splitlines()[1:]]


def test_a_csv_may_have_a_column_for_each_item(tmp_path: Path) -> None:
    sheets: dict[tuple[str, str], list[str]] = {}
    for rater, identity, _, mark in lines():
        sheets.setdefault((rater, identity), []).append(mark)
    rows = [",".join([*who, *marks]) for who, marks in sheets.items()]
    found = csv(tmp_path, "\n".join(["评委,工号,服务态度,服务质量,feedback", *rows]))
    assert of_interest(found) == of_interest(reading.run(str(JURY / "scheme.toml"), JURY))


@pytest.mark.parametrize(
    ("header", "said"),
    [("rater,id,项目", "评分"), ("rater,id,score", "项目"), ("rater,id", "项目"), ("rater,item,score", "工号")],
)
def test_a_csv_without_a_column_that_it_needs_says_so(header: str, said: str, tmp_path: Path) -> None:
    found = csv(tmp_path, f"{header}\nJ1,s1,9\n")
    assert any(f"没有「{said}」列" in problem.message for problem in found.problems)
    assert all(pool.withheld for pool in found.quota)


def test_a_mark_that_is_a_percentage_or_an_error_value_is_told(tmp_path: Path) -> None:
    body = [",".join(line) for line in lines()]
    body[0] = "J1,s1,服务态度,90%"
    found = csv(tmp_path, "\n".join(["rater,id,item,score", *body]))
    assert [(p.cell, "百分数" in p.message) for p in found.problems] == [("D2", True)]
    assert found.rows[0].total is None


def spoil_mark(sheet: Worksheet) -> None:
    sheet["D5"] = 11  # 服务态度 of the first line


def spoil_person(sheet: Worksheet) -> None:
    sheet["B5"] = "nobody"


def spoil_rater(sheet: Worksheet) -> None:
    sheet["A5"] = None


def spoil_header(sheet: Worksheet) -> None:
    sheet["F4"] = "反馈"


@pytest.mark.parametrize(
    ("spoil", "cells"),
    [
        (spoil_mark, {"D5": 1}),
        (spoil_person, {"B5": 1}),
        (spoil_rater, {"A5": 1}),
        (spoil_header, {"A4": 1, "F4": 1}),
    ],
)
def test_a_mistake_on_the_sheet_is_told_once_at_its_cell(
    spoil: Callable[[Worksheet], None], cells: dict[str, int], tmp_path: Path
) -> None:
    book = template(JURY)
    spoil(book[SHEET.ballots])
    save_workbook(book, tmp_path / "填报.xlsx")
    found = [p for p in ranked(JURY, tmp_path / "填报.xlsx").problems if p.sheet == SHEET.ballots]
    assert {cell: sum(p.cell == cell for p in found) for cell in cells} == cells


def test_an_unknown_panel_is_one_error_and_a_line_without_any_mark_is_not_dropped(tmp_path: Path) -> None:
    book = template(ELECTION)
    sheet = book[SHEET.ballots]
    row = next(row for row in range(5, 60) if sheet.cell(row, 1).value == "主管评分")
    sheet.cell(row, 1).value = "主席"
    end = next(row for row in range(5, 60) if sheet.cell(row, 2).value is None)
    for column, text in ((2, "某人"), (3, "k1")):
        sheet.cell(end, column).value = text
    save_workbook(book, tmp_path / "填报.xlsx")
    found = [p for p in ranked(ELECTION, tmp_path / "填报.xlsx").problems if p.sheet == SHEET.ballots]
    assert [p.cell for p in found if p.cell in {f"A{row}", f"B{row}"}] == [f"A{row}"]
    assert ("error", f"B{end}") in [(str(p.severity), p.cell) for p in found]


def test_the_sheet_says_what_each_item_takes() -> None:
    sheet = template(ELECTION)[SHEET.ballots]
    headers = [cell.value for cell in sheet[4]]
    assert headers == ["身份", "评委", "工号", "姓名", "选举", "工作业绩", "服务态度", "自我评价"]
    assert "范围：0 至 100" in sheet["F4"].comment.text
    lists = {rule.formula1: str(rule.sqref) for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert lists['"员工选举,主管评分,自评"'].startswith("A5:")
    assert lists['"1"'].startswith("E5:")
