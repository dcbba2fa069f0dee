"""The sheets of a result: what a reader needs beside the numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet


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


def test_numbers_have_the_decimals_of_their_indicators(results: dict[str, Path]) -> None:
    """Honours of the year are counted, their mean score has two decimals."""
    sheet = load_workbook(results["annual-teller"])["排名"]
    heads = {str(cell.value): cell.column for cell in sheet[4]}
    formats = {name: sheet.cell(6, heads[name]).number_format for name in ("季度荣誉次数", "季度平均得分", "总分")}
    assert formats == {"季度荣誉次数": "0", "季度平均得分": "0.00", "总分": "0.00"}
