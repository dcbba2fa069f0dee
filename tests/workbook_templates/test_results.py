"""The sheets of a result: what a reader needs beside the numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from calc.result import Result
from calc.scheme import Scheme, load_scheme
from tests.cases import reading
from workbook_templates.notice import write_notice
from workbook_templates.results import Occasion, ranking_page, winners_page


def rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.parametrize("sheet", ["得分", "排名", "入选", "公示"])
def test_a_contest_of_the_whole_branch_says_where_everybody_belongs(sheet: str, results: dict[str, Path]) -> None:
    book = load_workbook(results["quarterly-teller"])
    roster = {str(row[1]): row[2] for row in rows(book["名册"])[4:] if row[0]}
    table = rows(book[sheet])
    heads = next(n for n, row in enumerate(table) if "网点" in row and "姓名" in row)
    home, name = table[heads].index("网点"), table[heads].index("姓名")
    shown = {str(row[name]): row[home] for row in table[heads + 1 :] if row[name] in roster}
    assert shown
    assert shown == {person: roster[person] for person in shown}


def worked_example(scheme: str) -> tuple[Scheme, Result]:
    (case,) = reading.ROOT.glob(f"*/{scheme}/worked-example")
    return load_scheme(scheme).scheme, reading.run(scheme, case)


def test_what_decides_the_rank_stands_beside_the_total() -> None:
    scheme, result = worked_example("power-hall-monthly")
    page = ranking_page(scheme, result, Occasion("某供电所", {}))
    place = [heading.label for heading in page.headings].index("得票")
    votes = {row.values[2]: row.values[place] for row in page.rows if not row.group}
    assert (votes["何静"], votes["尤佳"], votes["施展"]) == (3, 2, 0)


def test_titles_beside_the_award_are_listed_and_announced() -> None:
    scheme, result = worked_example("hall-monthly-titles")
    listed = [row.values for row in winners_page(scheme, result, Occasion("西张营业厅", {})).rows]
    assert [row[1] for row in listed if len(row) > 1] == ["张琳", "顾盼", "陆遥", "张琳"]
    assert [row[0] for row in listed if len(row) == 1] == ["放装达人", "新业务能手", "手机能手"]
    sheet = Workbook().create_sheet()
    write_notice(sheet, scheme, result, Occasion("西张营业厅", {}))
    told = [(row[1], row[2]) for row in rows(sheet) if row[2]][1:]
    assert told == [("张琳", "张闻明之星"), ("顾盼", "放装达人"), ("陆遥", "新业务能手"), ("张琳", "手机能手")]


def test_numbers_have_the_decimals_of_their_indicators(results: dict[str, Path]) -> None:
    """Honours of the year are counted, their mean score has two decimals."""
    sheet = load_workbook(results["annual-teller"])["排名"]
    heads = {str(cell.value): cell.column for cell in sheet[4]}
    formats = {name: sheet.cell(6, heads[name]).number_format for name in ("季度荣誉次数", "季度平均得分", "总分")}
    assert formats == {"季度荣誉次数": "0", "季度平均得分": "0.00", "总分": "0.00"}
