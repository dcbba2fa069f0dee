"""The live cells of a filled template, computed with the ranges that their formulas name."""

import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from addin.functions import FUNCTIONS
from addin.ranking import rank_file, write_result
from addin.workbook_file import read_workbook
from calc.scheme import load_scheme
from tests.addin.test_workbook_path import CASES, MONTHLY, ranked
from workbook_templates.grid import Grid
from workbook_templates.layout import FIRST_ROW, SHEET

NAMES = ("plain-month-of-one-outlet", "outlets-interleaved", "criticism-verified-open-or-not", "skill-test-not-taken",
         "points-from-other-channels", "zero-rule-linear", "negative-volume")  # fmt: skip
CHOSEN = [case for case in CASES if case.name in NAMES]


def argument(text: str, grids: dict[str, Grid]) -> object:
    """What Excel hands over for a range of the formula, a text, or nothing."""
    if not text:
        return None
    if text.startswith('"'):
        return text.strip('"')
    sheet, _, reference = text.partition("!")
    left, top, right, bottom = range_boundaries(reference.replace("$", ""))
    rows = [[grids[sheet].at(row, column).value for column in range(left, right + 1)] for row in range(top, bottom + 1)]
    return rows if len(rows) > 1 or len(rows[0]) > 1 else rows[0][0]


def live_cells(path: Path, grids: dict[str, Grid]) -> dict[str, object]:
    """Of each live block of 得分 what its call gives, by the block's first cell."""
    found = {}
    sheet = openpyxl.load_workbook(path)[SHEET.scores]
    for cell in sheet.array_formulae:
        name, arguments = re.search(r"(STAR[A-Z]+)\(([^()]*)\)", sheet[cell].value.text).groups()
        found[cell] = FUNCTIONS[name](*(argument(text, grids) for text in arguments.split(",")))
    return found


def test_enough_cases_are_chosen() -> None:
    assert len(CHOSEN) >= 5


@pytest.mark.parametrize("case", CHOSEN, ids=lambda case: case.name)
def test_the_live_cells_show_what_the_result_says(case: Path, tmp_path: Path) -> None:
    path, result = ranked(case, tmp_path)
    write_result(rank_file(path), tmp_path / "结果.xlsx")  # 指标 with its formulas' values
    parts, total, reasons = live_cells(path, read_workbook(tmp_path / "结果.xlsx").grids).values()
    scored = [indicator.id for indicator in load_scheme(MONTHLY).scheme.scored]
    assert len(parts) == len(total) == len(reasons) >= 40
    for n, row in enumerate(result.rows):
        numbers = [None if row.points is None else row.points[name] for name in scored]
        for shown, number in zip([*parts[n], *total[n]], [*numbers, row.total], strict=True):
            assert shown == float(number) if number is not None else isinstance(shown, str)
        open_events = any("待核实" in reason for reason in row.reasons)
        assert (reasons[n] == [""]) == row.eligible or open_events or "待核实" in reasons[n][0]
    assert parts[len(result.rows) :] == [[""] * len(scored)] * (len(parts) - len(result.rows))
    assert FIRST_ROW == 5
