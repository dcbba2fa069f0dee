"""What is printed: no text wider or higher than its cell, the expected pages, nothing cut."""

import math
import unicodedata
from collections.abc import Collection
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from calc.scheme import load_scheme, shipped
from tests.libreoffice import LibreOffice, pdf_pages
from workbook_templates.build import build_template
from workbook_templates.save import save_workbook


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


def _cut(sheet: Worksheet, free: Collection[str] = ()) -> list[str]:
    """Texts that do not fit, as place and text; columns of these headers show the beginning of long ones."""
    found = []
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell, MergedCell) or not isinstance(cell.value, str) or cell.data_type == "f":
                continue
            if sheet.cell(4, cell.column).value in free:
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


def test_there_is_a_result_of_every_scheme(results: dict[str, Path]) -> None:
    assert set(results) == {name.rpartition("/")[2] for name in shipped()}


def test_every_text_of_a_result_fits_its_cell(results: dict[str, Path]) -> None:
    for contest, path in results.items():
        book = load_workbook(path)
        measures = load_scheme(contest).scheme.measure
        free = {each.label for each in measures if each.kind == "text" and each.sheet == "measures"}
        assert [text for sheet in book.worksheets for text in _cut(sheet, free)] == [], contest


def test_every_sheet_prints_on_a4_with_page_numbers_and_repeated_headers(results: dict[str, Path]) -> None:
    for contest, path in results.items():
        forms = {form.sheet for form in load_scheme(contest).scheme.form}
        for sheet in load_workbook(path).worksheets:
            where = f"{contest} {sheet.title}"
            assert int(sheet.page_setup.paperSize) == 9, where
            assert "&P" in sheet.oddFooter.center.text, where
            assert sheet.print_area, where
            if sheet.title in forms:  # fitted to the page, Excel would not heed the breaks between the forms
                assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.scale) == (False, 100), where
                continue
            assert sheet.page_setup.fitToWidth <= (2 if sheet.title == "指标" else 1), where
            if sheet.title not in {"说明", "图表", "公告", "公示"}:
                assert sheet.print_title_rows == "$1:$4", where
            if sheet.page_setup.fitToWidth > 1:
                assert sheet.print_title_cols == "$A:$B", where
                above = [area for area in sheet.merged_cells.ranges if area.max_row < 4]
                assert [area.min_col for area in above] == [3, 3, 3], where  # not in the columns of every page
                widths = [sheet.column_dimensions[get_column_letter(n + 1)].width for n in range(sheet.max_column)]
                assert all(sum(widths[: area.max_col]) < sum(widths) / 2 for area in above), where  # nor on two pages


def _titled(pages: list[str], *titles: str) -> list[int]:
    """On how many pages each title stands."""
    return [sum(title in page for page in pages) for title in titles]


@pytest.mark.libreoffice
def test_a_month_prints_the_expected_pages(soffice: LibreOffice, results: dict[str, Path], tmp_path: Path) -> None:
    pages = pdf_pages(soffice.convert(results["monthly-teller"], "pdf", tmp_path))
    assert not any("###" in page for page in pages)
    assert all(len(page.split()) > 5 for page in pages)  # no page with nothing but a footer or a lone column
    titles = ("评选得分表", "评选数据检查", "评选排名表", "入选名单", "奖励与考察", "评选图表")
    assert _titled(pages, *(f"服务明星（柜员）{title}" for title in titles[:3]), *titles[3:5], titles[5]) == [1] * 6
    assert "公告" in pages[-1]


@pytest.mark.libreoffice
def test_a_quarter_and_a_year_print_the_expected_pages(
    soffice: LibreOffice, results: dict[str, Path], tmp_path: Path
) -> None:
    quarter = pdf_pages(soffice.convert(results["quarterly-outlet"], "pdf", tmp_path))
    year = pdf_pages(soffice.convert(results["annual-outlet"], "pdf", tmp_path))
    for pages in (quarter, year):
        assert not any("###" in page for page in pages)
        assert _titled(pages, "评选排名表", "入选名单", "奖励与考察", "评选图表") == [1] * 4
    assert _titled(quarter, "评选指标") == [2]  # on two pages side by side, each with who it is and what
    # two outlets are recommended, each with a page of either form that has all of it
    assert _titled(year, "郑州分行服务明星支行推荐表", "郑州分行服务明星支行评选标准表", "第十四条(三)") == [2, 2, 4]
    people = pdf_pages(soffice.convert(results["annual-teller"], "pdf", tmp_path))
    forms = ("郑州分行服务明星推荐表", "郑州分行服务明星评选标准表")
    assert _titled(people, *forms, "第十四条(三)") == [4, 4, 8]  # twice as many tellers as outlets
    assert all(any(form in page for form in forms) for page in people if "第十四条(三)" in page)


@pytest.mark.libreoffice
def test_charts_and_notice_survive_it(soffice: LibreOffice, results: dict[str, Path], tmp_path: Path) -> None:
    saved = load_workbook(soffice.convert(results["monthly-teller"], "xlsx", tmp_path / "office"))
    (chart,) = saved["图表"]._charts
    assert len(chart.series) == len(load_scheme("cib-zhengzhou-2010/monthly-teller").scheme.scored)
    assert chart.grouping == "stacked"


def test_an_empty_template_is_as_long_as_it_was_asked_to_be(tmp_path: Path) -> None:
    save_workbook(build_template(load_scheme(shipped()[0]).scheme), tmp_path / "t.xlsx")
    book = load_workbook(tmp_path / "t.xlsx")
    assert book["名册"].max_row == book["指标"].max_row == 4 + 40
