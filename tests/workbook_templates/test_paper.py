"""What is printed: no text wider or higher than its cell, the expected pages, nothing cut."""

import math
import unicodedata
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from addin.demo import run_demo
from calc.scheme import load_scheme, shipped
from tests.libreoffice import LibreOffice, pdf_pages
from workbook_templates.build import build_template
from workbook_templates.save import save_workbook


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return [report.result for report in run_demo(tmp_path_factory.mktemp("演示"))]


def _em(text: str) -> float:
    """The width of a text in ems: a Chinese sign is one, a Latin one or a digit a little over half."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.56 for sign in text)


def _room(sheet: Worksheet, row: int, column: int) -> tuple[float, float]:
    """Width and height in points of a cell or of the merged area that it begins."""
    area = next((a for a in sheet.merged_cells.ranges if (a.min_row, a.min_col) == (row, column)), None)
    columns = range(column, column + 1) if area is None else range(area.min_col, area.max_col + 1)
    rows = range(row, row + 1) if area is None else range(area.min_row, area.max_row + 1)
    width = sum((sheet.column_dimensions[get_column_letter(n)].width or 8.43) * 5.25 for n in columns)
    return width, sum(sheet.row_dimensions[n].height or 14.5 for n in rows)


def _cut(sheet: Worksheet) -> list[str]:
    """Texts that do not fit, as place and text."""
    found = []
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell, MergedCell) or not isinstance(cell.value, str) or cell.data_type == "f":
                continue
            width, height = _room(sheet, cell.row, cell.column)
            size = cell.font.size or 11
            lines = sum(max(1, math.ceil(_em(part) * size / (width - 2))) for part in cell.value.split("\n"))
            fits = (lines == 1 or cell.alignment.wrap_text) and lines * size * 1.22 <= height + 0.5
            if not fits:
                found.append(f"{sheet.title}!{cell.coordinate} {cell.value[:30]}")
    return found


@pytest.mark.parametrize("name", shipped())
def test_every_text_of_a_template_fits_its_cell(name: str) -> None:
    book = build_template(load_scheme(name).scheme)
    assert [text for sheet in book.worksheets for text in _cut(sheet)] == []


def test_every_text_of_a_result_fits_its_cell(results: list[Path]) -> None:
    for path in results:
        book = load_workbook(path)
        assert [text for sheet in book.worksheets for text in _cut(sheet)] == [], path.name


def test_every_sheet_prints_on_a4_with_page_numbers_and_repeated_headers(results: list[Path]) -> None:
    book = load_workbook(results[0])
    for sheet in book.worksheets:
        assert int(sheet.page_setup.paperSize) == 9, sheet.title
        assert sheet.page_setup.fitToWidth == 1, sheet.title
        assert "&P" in sheet.oddFooter.center.text, sheet.title
        assert sheet.print_area, sheet.title
        if sheet.title not in {"说明", "图表", "公告"}:
            assert sheet.print_title_rows == "$1:$4", sheet.title


@pytest.mark.libreoffice
def test_a_result_prints_the_expected_pages(soffice: LibreOffice, results: list[Path], tmp_path: Path) -> None:
    pages = pdf_pages(soffice.convert(results[-1], "pdf", tmp_path))
    assert not any("###" in page for page in pages)
    assert all(len(page.split()) > 5 for page in pages)  # no page with nothing but a footer or a lone column
    titles = [next((t for t in ("评选得分表", "评选数据检查", "评选排名表", "入选名单", "评选图表", "公告")
                    if t in page), "") for page in pages]  # fmt: skip
    for title in ("评选得分表", "评选数据检查", "评选排名表", "入选名单", "评选图表"):
        assert titles.count(title) == 1, title
    assert "公告" in pages[-1]


@pytest.mark.libreoffice
def test_charts_and_notice_survive_it(soffice: LibreOffice, results: list[Path], tmp_path: Path) -> None:
    saved = load_workbook(soffice.convert(results[-1], "xlsx", tmp_path / "office"))
    (chart,) = saved["图表"]._charts
    assert len(chart.series) == len(load_scheme(shipped()[0]).scheme.scored)
    assert chart.grouping == "stacked"


def test_an_empty_template_is_as_long_as_it_was_asked_to_be(tmp_path: Path) -> None:
    save_workbook(build_template(load_scheme(shipped()[0]).scheme), tmp_path / "t.xlsx")
    book = load_workbook(tmp_path / "t.xlsx")
    assert book["名册"].max_row == book["指标"].max_row == 4 + 40
