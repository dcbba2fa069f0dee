"""A real LibreOffice opens what we write, counts what we count, and prints it whole."""

from pathlib import Path

import pytest

from addin.demo.branch import MONTHS, OUTLETS
from addin.demo.year import run_month
from addin.ranking import rank_file, write_result
from addin.workbook_file import read_workbook
from calc.scheme import load_scheme
from tests.addin.as_seen import seen, seen_in
from tests.addin.test_workbook_path import CASES, MONTHLY, ranked, scheme_of
from tests.cases import reading
from tests.libreoffice import LibreOffice, pdf_pages
from workbook_templates.build import build_template
from workbook_templates.grid import Grid
from workbook_templates.layout import FIRST_ROW, HEADER_ROW, SHEET
from workbook_templates.save import save_workbook

pytestmark = pytest.mark.libreoffice

BUSY = ("event-counts-blank-and-three", "events-outside-the-period", "criticism-verified-open-or-not",
        "points-from-other-channels", "ids-of-eighteen-digits", "id-007-beside-id-7")  # fmt: skip
YEAR = reading.ROOT / "customer-service-centre-2014" / "committee-vote" / "what-bars-over-the-year"
COUNTED = [*(case for case in CASES if case.name in BUSY), YEAR]


def _column(grid: Grid, label: str) -> list[object]:
    place = next(c for (row, c), cell in grid.cells.items() if row == HEADER_ROW and cell.value == label)
    return [seen(grid.at(row, place)) for row in range(FIRST_ROW, grid.last_row + 1)]


@pytest.mark.parametrize("case", COUNTED, ids=lambda case: case.name)
def test_its_formulas_count_and_look_up_what_we_do(case: Path, soffice: LibreOffice, tmp_path: Path) -> None:
    scheme = load_scheme(scheme_of(case)).scheme
    roster = [measure.label for measure in scheme.measure if measure.sheet == "roster"]
    path, result = ranked(case, tmp_path)
    saved = soffice.convert(path, "xlsx", tmp_path / "office")
    write_result(rank_file(path), tmp_path / "结果.xlsx")
    theirs, ours = read_workbook(saved).grids, read_workbook(tmp_path / "结果.xlsx").grids
    for label in ("姓名", *roster, *(event.label for event in scheme.event), "待核实"):
        got, expected = (_column(grids[SHEET.measures], label)[: len(result.rows)] for grids in (theirs, ours))
        assert got == expected, label
    again = rank_file(saved)
    assert again.result is not None
    assert again.result.rows == result.rows
    assert again.result.quota == result.quota


def test_a_result_keeps_every_value_through_it(soffice: LibreOffice, tmp_path: Path) -> None:
    (report,) = run_month(tmp_path, MONTHS[-1], outlets=(OUTLETS[0][0],))
    saved = soffice.convert(report.result, "xlsx", tmp_path / "office")
    ours, theirs = read_workbook(report.result).grids, read_workbook(saved).grids
    assert list(ours) == list(theirs)
    for name, grid in ours.items():
        assert seen_in(theirs[name]) == seen_in(grid), name


def test_without_the_add_in_the_live_cells_say_so(soffice: LibreOffice, tmp_path: Path) -> None:
    path, result = ranked(CASES[0], tmp_path)
    grid = read_workbook(soffice.convert(path, "xlsx", tmp_path / "office")).grids[SHEET.scores]
    total = _column(grid, "总分")
    assert total[: len(result.rows)] == ["未装加载项"] * len(result.rows)
    assert not any(total[len(result.rows) :])


def test_the_empty_template_prints_without_cut_numbers(soffice: LibreOffice, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    save_workbook(build_template(load_scheme(MONTHLY).scheme), path)
    pages = pdf_pages(soffice.convert(path, "pdf", tmp_path))
    assert len(pages) == 11
    assert not any("###" in page for page in pages)
    assert all(page.strip() for page in pages)
