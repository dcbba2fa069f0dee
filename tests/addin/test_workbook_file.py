"""Reading workbook files: values and flags, other files under the name, and files made to do harm."""

from __future__ import annotations

import datetime as dt
import io
import os
import struct
import subprocess
import sys
import textwrap
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font
from python_calamine import CalamineWorkbook

from addin.reading import sheet, sheet_pattern
from addin.reading.limits import Limits
from addin.reading.number_format import date_of, number_format
from addin.reading.refusal import FileMessage
from addin.workbook_file import WorkbookFile, read_contents, read_workbook
from calc.problem import Severity
from workbook_templates.grid import BLANK, Cell, Grid, Kind, a1

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMES = f'xmlns="{MAIN}" xmlns:r="{OFFICE}"'


# Workbooks by hand.


def relationships(*links: tuple[str, str, str]) -> str:
    """A .rels part of (id, type's last word, target)."""
    rows = ""
    for name, kind, target in links:
        mode = ' TargetMode="External"' if kind == "externalLinkPath" else ""
        rows += f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def workbook_parts(
    rows: str = "", *, styles: str = "", strings: str = "", properties: str = "", before: str = "", after: str = ""
) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet, S."""
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {NAMES}>{properties}<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "styles", "styles.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": f"<styleSheet {NAMES}>{styles}</styleSheet>",
        "xl/sharedStrings.xml": f"<sst {NAMES}>{strings}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {NAMES}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>",
    }


def zipped(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def read(data: bytes, **limits: int) -> WorkbookFile:
    return read_contents(data, "甲.xlsx", Limits(**limits))


def grid(data: bytes) -> Grid:
    found = read(data)
    assert found.problems == ()
    return found.grids["S"]


def refusal(found: WorkbookFile) -> FileMessage:
    """The one error of a file that was not read."""
    assert found.grids == {}
    (problem,) = found.problems
    assert (problem.sheet, problem.cell, problem.severity) == ("甲.xlsx", "", Severity.ERROR)
    assert problem.hint
    return next(each for each in FileMessage if problem.message.startswith(each.value[1].split("{")[0]))


def refused(data: bytes, **limits: int) -> FileMessage:
    return refusal(read(data, **limits))


def cell_styles(*formats: str | int) -> str:
    """Cell styles 0, 1, 2 … by built-in number or by code."""
    codes, styles = "", ""
    for index, each in enumerate(formats):
        number = each if isinstance(each, int) else 164 + index
        styles += f'<xf numFmtId="{number}"/>'
        if isinstance(each, str):
            codes += f'<numFmt numFmtId="{number}" formatCode="{each.replace(chr(34), "&quot;")}"/>'
    return f"<numFmts>{codes}</numFmts><cellStyleXfs><xf numFmtId='9'/></cellStyleXfs><cellXfs>{styles}</cellXfs>"


@pytest.fixture(params=["plain", "by elements"])
def cells(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Grid]:
    """The grid of a sheet with these rows, once for each of the two ways to read one.

    The plain way is made to fail where it gives up, so that a test of it cannot pass by the other way.
    """

    def plainly(rows: str, **parts: str) -> Grid:
        monkeypatch.setattr(sheet, "read_elements", lambda *_: pytest.fail("not read in the plain way"))
        return grid(zipped(workbook_parts(rows, **parts)))

    def by_elements(rows: str, **parts: str) -> Grid:
        return grid(zipped(workbook_parts("<!-- no plain sheet -->" + rows, **parts)))

    return plainly if request.param == "plain" else by_elements


def row(*cell_elements: str, number: int = 1, more: str = "") -> str:
    return f'<row r="{number}"{more}>{"".join(cell_elements)}</row>'


# What openpyxl writes.


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def clerks_workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "指标"
    sheet["C3"] = "工号"
    sheet["C4"] = "007"
    sheet["D4"] = 98.5
    sheet["E4"] = 12
    sheet["F4"] = True
    sheet["G4"] = dt.date(2026, 3, 5)
    sheet["H4"] = dt.datetime(2026, 3, 5, 14, 30)
    sheet["I4"] = dt.time(8, 15)
    sheet["J4"] = 0.0012
    sheet["J4"].number_format = "0.00%"
    sheet["K4"] = "=D4+E4"
    sheet["L4"].font = Font(bold=True)
    sheet["A9"] = "  两端有空格 "
    sheet["A10"] = "第一行\n第二行 & <b>"
    sheet.merge_cells("A12:C13")
    sheet["A12"] = "合并"
    sheet["F13"] = 1
    sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["E"].hidden = True
    book.create_sheet("空表")
    book.create_sheet("藏").sheet_state = "veryHidden"
    book["藏"]["B2"] = 1
    book.create_chartsheet("图")
    book.move_sheet("藏", -2)
    return book


def test_values_kinds_and_flags_stand_at_their_true_positions() -> None:
    found = read(saved(clerks_workbook()))
    assert found.problems == ()
    assert [(name, each.hidden) for name, each in found.grids.items()] == [
        ("藏", True),
        ("指标", False),
        ("空表", False),
    ]
    merged = {(r, c): Cell(merged=True) for r in (12, 13) for c in (1, 2, 3)}
    assert found.grids["指标"].cells == merged | {
        (3, 3): Cell("工号", Kind.TEXT),
        (4, 3): Cell("007", Kind.TEXT),
        (4, 4): Cell(98.5, Kind.NUMBER),
        (4, 5): Cell(12.0, Kind.NUMBER, hidden=True),
        (4, 6): Cell(True, Kind.BOOL),
        (4, 7): Cell(dt.date(2026, 3, 5), Kind.DATE),
        (4, 8): Cell(dt.datetime(2026, 3, 5, 14, 30), Kind.DATE),
        (4, 9): Cell(dt.time(8, 15), Kind.DATE),
        (4, 10): Cell(0.0012, Kind.NUMBER, percent=True),
        (4, 11): Cell(formula=True),
        (9, 1): Cell("  两端有空格 ", Kind.TEXT, hidden=True),
        (10, 1): Cell("第一行\n第二行 & <b>", Kind.TEXT),
        (12, 1): Cell("合并", Kind.TEXT, merged=True),
        (13, 6): Cell(1.0, Kind.NUMBER),
    }
    assert type(found.grids["指标"].at(4, 5).value) is float
    assert found.grids["空表"].cells == {}


def test_values_are_those_that_calamine_reads() -> None:
    """An independent reader; it knows no errors, trims texts, and dates that do not exist are clamped."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "S"
    moment = dt.datetime(1999, 12, 31, 23, 59, 59)
    formats = ("General", "0.00", "0%", "yyyy/m/d", 'yyyy"年"m"月"d"日"', "yyyy-mm-dd hh:mm:ss", "@", "#,##0.00")
    for index in range(400):
        cell = sheet.cell(index // 20 + 3, index % 20 + 2)
        cell.value = (index * 0.37, index - 7, f"文本{index}", moment + dt.timedelta(index, index), index % 2 == 0)[
            index % 5
        ]
        if index % 5 < 2 and index > 7:
            cell.number_format = formats[index % 8]
    data = saved(book)
    theirs = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    ours = grid(data)
    assert {at: cell.value for at, cell in ours.cells.items()} == {
        (r, c): value for r, line in enumerate(theirs, 1) for c, value in enumerate(line, 1) if value != ""
    }
    assert len(ours.cells) == 400


# Cells, in both ways of reading.


def test_types(cells: Callable[..., Grid]) -> None:
    found = cells(
        row(
            '<c r="A1" t="s"><v>1</v></c>',
            '<c r="B1" t="inlineStr"><is><t>行内</t></is></c>',
            '<c r="C1" t="str"><f>A1</f><v>式 </v></c>',
            '<c r="D1" t="b"><v>0</v></c>',
            '<c r="E1" t="e"><v>#N/A</v></c>',
            '<c r="F1" t="e"><f>VLOOKUP(1,A:A,1)</f><v>#REF!</v></c>',
            '<c r="G1" t="n"><v>-1.5E-3</v></c>',
            '<c r="H1" t="d"><v>2026-03-05T00:00:00</v></c>',
            '<c r="I1" t="d"><v>2026-03-05T08:00:00Z</v></c>',
            '<c r="J1" s="9"><v>1</v></c>',
            '<c r="K1" t="inlineStr"><is><t xml:space="preserve"> 行内 </t></is></c>',
        ),
        strings="<si><t>零</t></si><si><t>007</t></si>",
    )
    assert [cell for _, cell in found.row(1)] == [
        Cell("007", Kind.TEXT),
        Cell("行内", Kind.TEXT),
        Cell("式 ", Kind.TEXT, formula=True),
        Cell(False, Kind.BOOL),
        Cell("#N/A", Kind.ERROR),
        Cell("#REF!", Kind.ERROR, formula=True),
        Cell(-0.0015, Kind.NUMBER),
        Cell(dt.date(2026, 3, 5), Kind.DATE),
        Cell(dt.datetime(2026, 3, 5, 8), Kind.DATE),
        Cell(1.0, Kind.NUMBER),
        Cell(" 行内 ", Kind.TEXT),
    ]


def test_formulas_with_and_without_a_cached_value(cells: Callable[..., Grid]) -> None:
    found = cells(
        row(
            '<c r="A1"><f>B1</f><v>3</v></c>',
            '<c r="B1"><f>C1</f></c>',
            '<c r="C1" s="1"><f>C1</f><v></v></c>',
            '<c r="D1"><f t="shared" si="0"/><v>4</v></c>',
            '<c r="E1" t="str"><f>""</f><v></v></c>',
            '<c r="F1" s="1"><f aca="false">F2</f><v>0.5</v></c>',
            '<c r="G1" s="2"><f>G2</f><v>46086</v></c>',
            '<c r="H1" t="s"><f>G2</f><v>0</v></c>',
            '<c r="I1"><f>G2</f><v/></c>',
        ),
        styles=cell_styles(0, 9, 14),
        strings="<si><t>x</t></si>",
    )
    assert [cell for _, cell in found.row(1)] == [
        Cell(3.0, Kind.NUMBER, formula=True),
        Cell(formula=True),
        Cell(formula=True, percent=True),
        Cell(4.0, Kind.NUMBER, formula=True),
        Cell("", Kind.TEXT, formula=True),
        Cell(0.5, Kind.NUMBER, formula=True, percent=True),
        Cell(dt.date(2026, 3, 5), Kind.DATE, formula=True),
        Cell("x", Kind.TEXT, formula=True),
        Cell(formula=True),
    ]


def test_an_absent_and_an_empty_value_of_a_text_formula_differ() -> None:
    found = grid(zipped(workbook_parts(row('<c r="A1" t="str"><f>B1</f></c>', '<c r="B1" t="str"><f>C1</f><v/></c>'))))
    assert found.cells == {(1, 1): Cell(formula=True), (1, 2): Cell("", Kind.TEXT, formula=True)}


def test_every_cell_of_an_array_formula_is_a_formula(cells: Callable[..., Grid]) -> None:
    found = cells(
        row('<c r="A1"><v>1</v></c>', '<c r="B1"><f t="array" ref="B1:B4">STARSCORE()</f><v>90</v></c>')
        + row('<c r="A2"><v>2</v></c>', '<c r="B2"><v>80</v></c>', number=2)
        + row('<c r="A3"><v>3</v></c>', '<c r="B3" t="str"><v></v></c>', number=3)
        + row('<c r="A4"><v>4</v></c>', number=4)
        + row('<c r="A5"><v>5</v></c>', '<c r="B5"><v>1</v></c>', number=5)
    )
    assert [found.at(r, 2) for r in range(1, 6)] == [
        Cell(90.0, Kind.NUMBER, formula=True),
        Cell(80.0, Kind.NUMBER, formula=True),
        Cell("", Kind.TEXT, formula=True),
        Cell(formula=True),
        Cell(1.0, Kind.NUMBER),
    ]
    assert not any(found.at(r, 1).formula for r in range(1, 6))


def test_a_shared_formula_marks_only_the_cells_that_have_it(cells: Callable[..., Grid]) -> None:
    found = cells(
        row('<c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c>') + row('<c r="A2"><v>7</v></c>', number=2)
    )
    assert (found.at(1, 1).formula, found.at(2, 1).formula) == (True, False)


def test_blank_cells_are_not_there(cells: Callable[..., Grid]) -> None:
    found = cells(
        row('<c r="A1" s="1"/>', '<c r="B1" t="s"><v>0</v></c>', '<c r="C1" s="1"></c>', '<c r="D1"><v></v></c>')
        + row('<c r="B7" t="inlineStr"><is><t></t></is></c>', number=7)
        + row(number=8)
        + '<row r="9" ht="15"/>'
        + row('<c r="XFD1048576" s="1"/>', number=1_048_576),
        strings="<si><t></t></si>",
    )
    assert found.cells == {}
    assert (found.last_row, found.at(7, 2)) == (0, BLANK)


def test_rows_and_columns_of_no_size_are_hidden(cells: Callable[..., Grid]) -> None:
    found = cells(
        "".join(
            f'<row r="{r}"{more}><c r="A{r}"><v>1</v></c><c r="B{r}"><v>1</v></c></row>'
            for r, more in (
                (1, ' ht="0.75"'),
                (2, ' ht="0" customHeight="1"'),
                (3, ' ht="0.0"'),
                (4, ' ht=".0"'),
                (5, ""),
            )
        ),
        before='<cols><col min="1" max="1" width="0.5"/><col min="2" max="2" width="0" customWidth="1"/></cols>',
    )
    assert {at for at, cell in found.cells.items() if not cell.hidden} == {(1, 1), (5, 1)}


def test_hidden_rows_and_columns(cells: Callable[..., Grid]) -> None:
    found = cells(
        "".join(
            row(f'<c r="A{r}"><v>{r}</v></c>', f'<c r="D{r}"><v>{r}</v></c>', number=r, more=more)
            for r, more in ((1, ""), (2, ' spans="1:4" hidden="1"'), (3, ' hidden="true" ht="0"'), (4, ' hidden="0"'))
        ),
        before='<cols><col min="1" max="2" width="9"/><col min="3" max="16384" hidden="1"/></cols>',
    )
    assert {at for at, cell in found.cells.items() if not cell.hidden} == {(1, 1), (4, 1)}


def test_merged_areas_end_where_the_sheet_does(cells: Callable[..., Grid]) -> None:
    found = cells(
        row('<c r="B2"><v>1</v></c>', '<c r="C2" t="str"><v></v></c>', number=2)
        + row('<c r="D4"><v>1</v></c>', number=4),
        after='<mergeCells count="2"><mergeCell ref="B2:C2"/><mergeCell ref="A4:XFD1048576"/></mergeCells>',
    )
    assert found.cells == {
        (2, 2): Cell(1.0, Kind.NUMBER, merged=True),
        (2, 3): Cell(merged=True),
        (4, 1): Cell(merged=True),
        (4, 2): Cell(merged=True),
        (4, 3): Cell(merged=True),
        (4, 4): Cell(1.0, Kind.NUMBER, merged=True),
    }


def test_what_is_no_number_is_shown_as_text(cells: Callable[..., Grid]) -> None:
    texts = ("abc", "1e999", "nan", "1_000", "５", "0x10", "inf", "1.7976931348623157E+308", "12345678901234567890123")
    found = cells(row(*(f'<c r="{a1(1, i)}"><v>{text}</v></c>' for i, text in enumerate(texts, 1))))
    assert [cell.value for _, cell in found.row(1)] == [*texts[:7], 1.7976931348623157e308, 12345678901234567890123.0]
    assert [cell.kind for _, cell in found.row(1)] == [Kind.TEXT] * 7 + [Kind.NUMBER] * 2


def test_escaped_characters(cells: Callable[..., Grid]) -> None:
    found = cells(
        row('<c r="A1" t="s"><v>0</v></c>', '<c r="B1" t="str"><v>a_x000D_b_x005F_x000D_</v></c>'),
        strings="<si><t>_xD83D__xDE00_ _xD83D_ _x00zz_</t></si>",
    )
    assert [cell.value for _, cell in found.row(1)] == ["😀 \ufffd _x00zz_", "a\rb_x000D_"]


def test_rich_text_without_its_phonetic_guide() -> None:
    rich = "<r><t>张</t></r><rPh sb='0' eb='1'><t>zhang</t></rPh><r><rPr/><t> 三</t></r>"
    inline = f'<c r="B1" t="inlineStr"><is>{rich}</is></c>'
    found = grid(zipped(workbook_parts(row('<c r="A1" t="s"><v>0</v></c>', inline), strings=f"<si>{rich}</si>")))
    assert [cell.value for _, cell in found.row(1)] == ["张 三", "张 三"]


def test_cells_and_rows_without_addresses_follow_each_other() -> None:
    found = grid(
        zipped(
            workbook_parts(
                "<row><c><v>1</v></c><c/><c><v>3</v></c></row>"
                '<row r="4" hidden="1"><c r="C4"><v>4</v></c><c><v>5</v></c></row>'
                "<row><c><v>6</v></c></row>"
            )
        )
    )
    assert {at: (cell.value, cell.hidden) for at, cell in found.cells.items()} == {
        (1, 1): (1.0, False),
        (1, 3): (3.0, False),
        (4, 3): (4.0, True),
        (4, 4): (5.0, True),
        (5, 1): (6.0, False),
    }


def test_other_spellings_of_the_same_sheet() -> None:
    """Prefixes, single quotes, white space, CDATA, entities: what calamine partly drops in silence."""
    spelled = f"""<?xml version='1.0' encoding='UTF-8'?>
        <x:worksheet xmlns:x='{MAIN}'><x:sheetData>
          <x:row r='1' hidden='1'>
            <x:c r='A1' t='str'><x:v><![CDATA[a<b]]>&amp;c<!-- , -->&#10;d</x:v><x:extLst><x:v>9</x:v></x:extLst></x:c>
            <x:c t='n' r='B1'>
              <x:v> 5 </x:v>
            </x:c>
          </x:row></x:sheetData>
          <sheetData xmlns='urn:other'><row r='2'><c r='A2'><v>1</v></c></row></sheetData></x:worksheet>"""
    parts = workbook_parts() | {"xl/worksheets/sheet1.xml": spelled}
    assert grid(zipped(parts)).cells == {
        (1, 1): Cell("a<b&c\nd", Kind.TEXT, hidden=True),
        (1, 2): Cell(5.0, Kind.NUMBER, hidden=True),
    }


def test_elements_of_another_vocabulary_are_no_cells() -> None:
    other = f'<x:worksheet xmlns:x="{MAIN}" xmlns="urn:other"><sheetData>'
    other += row('<c r="A1"><v>1</v></c>') + "</sheetData>"
    assert grid(with_parts(sheet=other + "</x:worksheet>")).cells == {}


@pytest.mark.parametrize(
    "around",
    [
        "<!-- <sheetData> --><sheetData>{}</sheetData>",
        "<sheetData>{}</sheetData><!-- </sheetData> -->",
        "<?x <sheetData>?><sheetData>{}</sheetData>",
        "<sheetData>{}<!-- </row><row r='9'> --></sheetData>",
        '<!-- <sheetData><row r="1"><c r="A1"><v>9</v></c></row></sheetData> --><x:sheetData xmlns:x="{main}">'
        '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData>',
    ],
)
def test_a_decoy_is_not_taken_for_the_data(around: str) -> None:
    data = around.replace("{main}", MAIN).replace("{}", row('<c r="A1"><v>1</v></c>'))
    parts = workbook_parts() | {"xl/worksheets/sheet1.xml": f"<worksheet {NAMES}>{data}</worksheet>"}
    assert grid(zipped(parts)).cells == {(1, 1): Cell(1.0, Kind.NUMBER)}


WRITTEN_VALUES = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(lambda x: f"<v>{x!r}</v>"),
    st.integers(-5, 70_000).map(lambda x: f"<v>{x}</v>"),
    st.text("ab& <_x0041中\n'\"", max_size=8).map(lambda x: f"<v>{x.replace('&', '&amp;').replace('<', '&lt;')}</v>"),
    st.sampled_from(["", "<v/>", "<v></v>", "<v />", "<v>0</v>", "<v>1</v>", "<is><t>中</t></is>", "<is><t/></is>"]),
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", ' t="n"', ' t="s"', ' t="str"', ' t="b"', ' t="e"', ' t="d"', ' t="inlineStr"']),
            st.sampled_from(["", ' s="1"', ' s="2"', ' s="3"', " s='1'", ' cm="1"']),
            st.sampled_from(
                ["", "<f>A1&amp;B2</f>", "<f/>", '<f t="shared" si="0"/>', '<f t="array" ref="A1:B9">X</f>']
            ),
            WRITTEN_VALUES,
        ),
        max_size=6,
    ),
    st.sampled_from(["", ' hidden="1"', ' hidden="0"', ' spans="1:9" x14ac:dyDescent="0.25"']),
)
def test_both_ways_read_the_same(written: list[tuple[str, str, str, str]], row_attributes: str) -> None:
    elements = (f'<c r="{a1(2, i)}"{style}{kind}>{f}{v}</c>' for i, (kind, style, f, v) in enumerate(written, 2))
    rows = f'<row r="2"{row_attributes}>{"".join(elements)}</row>'
    parts = workbook_parts(rows, styles=cell_styles(0, 9, 14, "[h]:mm"), strings="<si><t>a</t></si><si><t></t></si>")
    xml = str(parts["xl/worksheets/sheet1.xml"]).replace("<worksheet ", '<worksheet xmlns:x14ac="urn:x" ')
    found = read(zipped(parts | {"xl/worksheets/sheet1.xml": xml}))
    slowly = read(zipped(parts | {"xl/worksheets/sheet1.xml": xml.replace("<sheetData>", "<sheetData><!---->")}))
    assert found == slowly


def test_a_large_sheet_is_read_in_pieces(cells: Callable[..., Grid], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_pattern, "_PIECE", 5_000)
    rows = "".join(
        row(*(f'<c r="{a1(r, c)}"><v>{r * 100 + c}</v></c>' for c in range(1, 21)), number=r) for r in range(1, 301)
    )
    found = cells(rows)
    assert {at: cell.value for at, cell in found.cells.items()} == {
        (r, c): float(r * 100 + c) for r in range(1, 301) for c in range(1, 21)
    }


# Number formats and dates.


@pytest.mark.parametrize(
    ("code", "percent", "date"),
    [
        ("General", False, False),
        ("G/通用格式", False, False),
        ("0.00%", True, False),
        ("0.00%;[Red]-0.00%", True, False),
        ('0.00"%"', False, False),
        (r"0.00\%", False, False),
        ("0_%", False, False),
        ("[$%-804]0.00", False, False),
        ("yyyy/m/d", False, True),
        ('yyyy"年"m"月"d"日";@', False, True),
        ("[DBNum1][$-804]yyyy年m月", False, True),
        ("[$-804]aaaa", False, True),
        ("e年", False, True),
        ("[h]:mm", False, True),
        ("mm:ss.0", False, True),
        ("上午/下午h时", False, True),
        ("0.00E+00", False, False),
        ("##0.0E-0", False, False),
        ("[Red]0.00", False, False),
        ('0.00"day"', False, False),
        (r"0\d", False, False),
        ("#,##0_d", False, False),
        ("0*y", False, False),
        ('_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', False, False),
        ('0"未完', False, False),
    ],
)
def test_number_formats(code: str, percent: bool, date: bool) -> None:
    assert number_format(code) == (percent, date)


def test_formats_of_conditional_styles_are_not_the_cells() -> None:
    styles = cell_styles("0.00") + '<dxfs><dxf><numFmt numFmtId="164" formatCode="0%"/></dxf></dxfs>'
    assert grid(zipped(workbook_parts(row('<c r="A1"><v>1</v></c>'), styles=styles))).at(1, 1).percent is False


def test_formats_reach_the_cells(cells: Callable[..., Grid]) -> None:
    formats = (0, 9, 10, 14, 22, 31, 57, 49, "0.0%", 'yyyy"年"m"月"', '0"%"')
    found = cells(
        row(*(f'<c r="{a1(1, i + 1)}" s="{i}"><v>46086</v></c>' for i in range(len(formats)))),
        styles=cell_styles(*formats),
    )
    kinds = "".join("%" if c.percent else "d" if c.kind is Kind.DATE else "n" for _, c in found.row(1))
    assert kinds == "n%%ddddn%dn"


def test_texts_and_shared_texts_keep_the_percent_flag(cells: Callable[..., Grid]) -> None:
    found = cells(
        row('<c r="A1" s="1" t="s"><v>0</v></c>', '<c r="B1" s="1" t="str"><v>5</v></c>'),
        styles=cell_styles(0, 9),
        strings="<si><t>0.5</t></si>",
    )
    assert [(c.value, c.percent) for _, c in found.row(1)] == [("0.5", True), ("5", True)]


@pytest.mark.parametrize(
    ("serial", "date1904", "expected"),
    [
        (1, False, dt.date(1900, 1, 1)),
        (59, False, dt.date(1900, 2, 28)),
        (60, False, dt.date(1900, 2, 28)),
        (61, False, dt.date(1900, 3, 1)),
        (46086, False, dt.date(2026, 3, 5)),
        (46086.5, False, dt.datetime(2026, 3, 5, 12)),
        (46086.999999999, False, dt.date(2026, 3, 6)),
        (0.5, False, dt.time(12)),
        (0, False, dt.time(0)),
        (1.5625, False, dt.datetime(1900, 1, 1, 13, 30)),
        (2_958_465, False, dt.date(9999, 12, 31)),
        (2_958_466, False, None),
        (-1, False, None),
        (44624, True, dt.date(2026, 3, 5)),
        (1, True, dt.date(1904, 1, 2)),
        (2_958_465, True, None),
    ],
)
def test_serials(serial: float, date1904: bool, expected: object) -> None:
    found = date_of(serial, date1904)
    assert (type(found), found) == (type(expected), expected)


@pytest.mark.parametrize("flag", ["1", "true"])
def test_the_1904_date_system(cells: Callable[..., Grid], flag: str) -> None:
    found = cells(
        row('<c r="A1" s="1"><v>44624</v></c>', '<c r="B1"><v>44624</v></c>'),
        styles=cell_styles(0, 14),
        properties=f'<workbookPr date1904="{flag}"/>',
    )
    assert [c.value for _, c in found.row(1)] == [dt.date(2026, 3, 5), 44624.0]


def test_a_negative_number_in_a_date_format_stays_a_number(cells: Callable[..., Grid]) -> None:
    found = cells(row('<c r="A1" s="1"><v>-3</v></c>'), styles=cell_styles(0, 14))
    assert found.at(1, 1) == Cell(-3.0, Kind.NUMBER)


# The package.


def moved(names: dict[str, str], **replace: str) -> bytes:
    parts = workbook_parts(row('<c r="A1" t="s"><v>0</v></c>'), strings="<si><t>到</t></si>")
    for name, content in replace.items():
        parts[{"links": "xl/_rels/workbook.xml.rels", "root": "_rels/.rels"}[name]] = content
    return zipped({names.get(name, name): content for name, content in parts.items()})


@pytest.mark.parametrize(
    "data",
    [
        moved({}),
        moved(
            {},
            root=relationships(("a", "officeDocument", "/xl/workbook.xml")),
            links=relationships(
                ("rId1", "worksheet", "/xl/worksheets/sheet1.xml"),
                ("rId3", "sharedStrings", "./../xl/sharedStrings.xml"),
            ),
        ),
        moved({"xl/worksheets/sheet1.xml": "XL/Worksheets/SHEET1.XML", "xl/sharedStrings.xml": "xl/SharedStrings.xml"}),
        moved({"xl/worksheets/sheet1.xml": "xl\\worksheets\\sheet1.xml", "xl/workbook.xml": "/xl/workbook.xml"}),
        moved(
            {"xl/worksheets/sheet1.xml": "xl/worksheets/表%201.xml"},
            links=relationships(
                ("rId1", "worksheet", "worksheets/%E8%A1%A8 1.xml"), ("3", "sharedStrings", "sharedstrings.xml")
            ),
        ),
        moved(
            {"xl/workbook.xml": "book/main.xml", "xl/_rels/workbook.xml.rels": "book/_rels/main.xml.rels"},
            root=relationships(("a", "officeDocument", "book/main.xml")),
            links=relationships(
                ("rId1", "worksheet", "..\\xl\\worksheets\\sheet1.xml"), ("3", "sharedStrings", "/xl/sharedStrings.xml")
            ),
        ),
    ],
    ids=["usual", "absolute", "case", "backslash", "escaped", "elsewhere"],
)
def test_part_names(data: bytes) -> None:
    assert grid(data).at(1, 1).value == "到"


def test_stored_parts_and_missing_styles_and_strings() -> None:
    parts = workbook_parts(row('<c r="A1" s="3"><v>1</v></c>'))
    del parts["xl/styles.xml"], parts["xl/sharedStrings.xml"]
    assert grid(zipped(parts, zipfile.ZIP_STORED)).at(1, 1) == Cell(1.0, Kind.NUMBER)


def test_macros_are_ignored() -> None:
    parts = workbook_parts(row('<c r="A1"><v>1</v></c>')) | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros"}
    assert grid(zipped(parts)).at(1, 1).value == 1


def without(*names: str) -> bytes:
    return zipped({name: content for name, content in workbook_parts().items() if name not in names})


def with_parts(method: int = zipfile.ZIP_DEFLATED, **parts: str | bytes) -> bytes:
    paths = {"sheet": "xl/worksheets/sheet1.xml", "strings": "xl/sharedStrings.xml", "book": "xl/workbook.xml"}
    paths |= {"links": "xl/_rels/workbook.xml.rels", "styles": "xl/styles.xml", "root": "_rels/.rels"}
    return zipped(workbook_parts() | {paths[name]: content for name, content in parts.items()}, method)


def twice(name: str) -> bytes:
    buffer = io.BytesIO(zipped(workbook_parts()))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, "<other/>")
    return buffer.getvalue()


def sheets(*entries: str) -> str:
    return f"<workbook {NAMES}><sheets>{''.join(entries)}</sheets></workbook>"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (without("xl/worksheets/sheet1.xml"), FileMessage.DAMAGED),
        (without("xl/workbook.xml"), FileMessage.DAMAGED),
        (twice("XL/workbook.XML"), FileMessage.DAMAGED),
        (with_parts(book=sheets()), FileMessage.NO_SHEETS),
        (with_parts(book=sheets('<sheet name="S" r:id="rId9"/>')), FileMessage.DAMAGED),
        (with_parts(book=sheets(*['<sheet name="S" r:id="rId1"/>'] * 2)), FileMessage.DAMAGED),
        (with_parts(book="<workbook"), FileMessage.DAMAGED),
        (with_parts(book="<workbook/>"), FileMessage.UNKNOWN),
        (with_parts(styles="<x>"), FileMessage.DAMAGED),
        (with_parts(strings="<x>"), FileMessage.DAMAGED),
        (with_parts(sheet="<worksheet>"), FileMessage.DAMAGED_SHEET),
        (with_parts(sheet="<chartsheet/>"), FileMessage.DAMAGED_SHEET),
        (with_parts(sheet=b"\xff\xfe" + f"<worksheet {NAMES}/>".encode("utf-16-le")), FileMessage.DAMAGED_SHEET),
        (with_parts(sheet=f'<?xml version="1.0" encoding="GBK"?><worksheet {NAMES}/>'), FileMessage.DAMAGED_SHEET),
        (
            with_parts(sheet=f"<worksheet {NAMES}><sheetData>\xff</sheetData></worksheet>".encode("latin-1")),
            FileMessage.DAMAGED_SHEET,
        ),
        (zipped(workbook_parts(row('<c r="A1" t="s"><v>0</v></c>'))), FileMessage.DAMAGED_SHEET),
        (
            zipped(workbook_parts(row('<c r="A1" t="s"><v>-1</v></c>'), strings="<si><t>a</t></si>")),
            FileMessage.DAMAGED_SHEET,
        ),
        (zipped(workbook_parts(row('<c r="A1"><v>1</v></c>', '<c r="A1"><v>2</v></c>'))), FileMessage.DAMAGED_SHEET),
        (zipped(workbook_parts(row('<c r="XFE1"><v>1</v></c>'))), FileMessage.DAMAGED_SHEET),
        (zipped(workbook_parts(row('<c r="A1048577"><v>1</v></c>'))), FileMessage.DAMAGED_SHEET),
        (zipped(workbook_parts(row('<c r="A0"><v>1</v></c>'))), FileMessage.DAMAGED_SHEET),
        (
            zipped(workbook_parts("", before='<cols><col min="1" max="99999" hidden="1"/></cols>')),
            FileMessage.DAMAGED_SHEET,
        ),
        (zipped(workbook_parts("", after='<mergeCells><mergeCell ref="x"/></mergeCells>')), FileMessage.DAMAGED_SHEET),
    ],
)
def test_damage_is_said(data: bytes, expected: FileMessage) -> None:
    assert refused(data) is expected


def test_a_damaged_sheet_is_named() -> None:
    (problem,) = read(with_parts(sheet="<worksheet>")).problems
    assert "“S”" in problem.message


def test_a_broken_checksum_is_damage() -> None:
    data = bytearray(zipped(workbook_parts(row('<c r="A1"><v>12345</v></c>')), zipfile.ZIP_STORED))
    at = data.index(b"12345")
    data[at : at + 5] = b"99999"
    assert refused(bytes(data)) is FileMessage.DAMAGED


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_the_packing_that_excel_knows(method: int) -> None:
    assert refused(zipped(workbook_parts(), method)) is FileMessage.DAMAGED


def test_an_encrypted_zip() -> None:
    data = bytearray(zipped(workbook_parts()))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            struct.pack_into("<H", data, at + offset, 1)
            at = data.find(signature, at + 4)
    assert refused(bytes(data)) is FileMessage.DAMAGED


# Other files under the name of a workbook.


def ole(*streams: str) -> bytes:
    """The head of a compound file and a directory with these streams, as far as a reader of names needs it."""
    directory = b""
    for name in ("Root Entry", *streams):
        encoded = (name + "\0").encode("utf-16-le")
        directory += encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded)) + bytes(62)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + directory


def archive(*names: str) -> bytes:
    return zipped(dict.fromkeys(names, "<x/>"))


def strict() -> bytes:
    purl = "http://purl.oclc.org/ooxml"
    parts = {
        name: str(content).replace(MAIN, f"{purl}/spreadsheetml/main") for name, content in workbook_parts().items()
    }
    parts = {name: content.replace(OFFICE, f"{purl}/officeDocument/relationships") for name, content in parts.items()}
    return zipped(dict(parts))


OTHER_FILES: dict[str, tuple[bytes, FileMessage]] = {
    "empty": (b"", FileMessage.EMPTY),
    "protected": (ole("\x06DataSpaces", "EncryptionInfo", "EncryptedPackage"), FileMessage.PASSWORD),
    "xls": (ole("Workbook", "\x05SummaryInformation"), FileMessage.XLS),
    "xls 95": (ole("Book"), FileMessage.XLS),
    "xls that names the other": (ole("Workbook") + "EncryptedPackage\0".encode("utf-16-le"), FileMessage.XLS),
    "bare biff": (b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(20), FileMessage.XLS),
    "doc": (ole("WordDocument"), FileMessage.WORD),
    "ppt": (ole("PowerPoint Document"), FileMessage.POWERPOINT),
    "other ole": (ole("Whatever"), FileMessage.UNKNOWN),
    "csv": ("工号,姓名\n007,张三\n".encode(), FileMessage.TEXT),
    "csv with mark": ("\ufeff工号,姓名\n".encode(), FileMessage.TEXT),
    "csv gbk": ("工号,姓名\n007,张三\n".encode("gbk"), FileMessage.TEXT),
    "long csv gbk, cut in a character": (("x" + "张" * 3000).encode("gbk"), FileMessage.TEXT),
    "csv utf-16": ("工号\t姓名\n".encode("utf-16"), FileMessage.TEXT),
    "long csv, cut in a character": (("xx" + "张" * 3000).encode(), FileMessage.TEXT),
    "html": (b"\r\n <HTML><body><table><tr><td>1</table>", FileMessage.HTML),
    "doctype": (b"<!DOCTYPE html>\n<p>", FileMessage.HTML),
    "bare table": (b"<table border=1><tr><td>1</td></tr></table>", FileMessage.HTML),
    "xhtml": (b'<?xml version="1.0"?>\n<!-- x --><html xmlns="x"/>', FileMessage.HTML),
    "mht": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", FileMessage.HTML),
    "xml 2003": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        FileMessage.SPREADSHEET_2003,
    ),
    "other xml": (b'<?xml version="1.0"?><invoice/>', FileMessage.UNKNOWN),
    "pdf": (b"%PDF-1.7\n", FileMessage.PDF),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(20), FileMessage.PICTURE),
    "rar": (b"Rar!\x1a\x07\x00", FileMessage.ARCHIVE),
    "7z": (b"7z\xbc\xaf\x27\x1c", FileMessage.ARCHIVE),
    "zeros": (bytes(4096), FileMessage.UNKNOWN),
    "zip": (archive("甲.xlsx", "乙.xlsx"), FileMessage.ARCHIVE),
    "empty zip": (zipped({}), FileMessage.ARCHIVE),
    "ods": (archive("mimetype", "content.xml", "META-INF/manifest.xml"), FileMessage.ODS),
    "docx": (archive("[Content_Types].xml", "word/document.xml"), FileMessage.WORD),
    "docx, whole": (
        zipped(
            {
                "_rels/.rels": relationships(("r", "officeDocument", "word/document.xml")),
                "word/document.xml": "<document/>",
            }
        ),
        FileMessage.WORD,
    ),
    "pptx": (
        zipped(
            {
                "_rels/.rels": relationships(("r", "officeDocument", "ppt/presentation.xml")),
                "ppt/presentation.xml": "<p/>",
            }
        ),
        FileMessage.POWERPOINT,
    ),
    "xlsb": (
        zipped(
            {"_rels/.rels": relationships(("r", "officeDocument", "xl/workbook.bin")), "xl/workbook.bin": b"\x83\x01"}
        ),
        FileMessage.XLSB,
    ),
    "strict": (strict(), FileMessage.STRICT),
    "truncated": (zipped(workbook_parts())[:-200], FileMessage.TRUNCATED),
    "half a directory": (zipped(workbook_parts())[:-10], FileMessage.DAMAGED),
    "only the magic": (b"PK\x03\x04", FileMessage.TRUNCATED),
}


@pytest.mark.parametrize("name", OTHER_FILES)
def test_other_files_are_told_by_their_content(name: str) -> None:
    data, expected = OTHER_FILES[name]
    found = read(data)
    assert refusal(found) is expected
    assert found.needs_password == (expected is FileMessage.PASSWORD)


def test_each_message_is_whole() -> None:
    for message in FileMessage:
        problem = message.problem("甲.xlsx", "乙")
        assert problem.message.endswith("。") and problem.hint.endswith("。"), message
        assert "{" not in problem.message + problem.hint


# The file itself.


def test_a_file_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "星级 员工.xlsx"
    path.write_bytes(zipped(workbook_parts(row('<c r="A1"><v>1</v></c>'))))
    found = read_workbook(path)
    assert (found.problems, found.grids["S"].at(1, 1).value) == ((), 1.0)


def file_refusal(path: Path, **limits: int) -> FileMessage:
    found = read_workbook(path, Limits(**limits))
    assert found.grids == {}
    (problem,) = found.problems
    assert (problem.sheet, problem.is_error) == (path.name, True)
    return next(each for each in FileMessage if problem.message.startswith(each.value[1].split("{")[0]))


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    assert file_refusal(tmp_path / "没有.xlsx") is FileMessage.MISSING
    assert file_refusal(tmp_path) is FileMessage.FOLDER
    assert file_refusal(tmp_path / "~$甲.xlsx") is FileMessage.OWNER_FILE
    assert file_refusal(tmp_path / ("长" * 300 + ".xlsx")) is FileMessage.UNREACHABLE
    assert file_refusal(tmp_path / "a\0b.xlsx") is FileMessage.UNREACHABLE


def test_a_file_under_another_file_is_missing_or_unreachable(tmp_path: Path) -> None:
    (tmp_path / "甲.xlsx").write_bytes(b"x")
    assert file_refusal(tmp_path / "甲.xlsx" / "乙.xlsx") in (FileMessage.MISSING, FileMessage.UNREACHABLE)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows says it for a file that another program keeps to itself; root may open anything here."""

    def open_denied(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "甲.xlsx"
    path.write_bytes(zipped(workbook_parts()))
    monkeypatch.setattr(Path, "open", open_denied)
    assert file_refusal(path) is FileMessage.NO_PERMISSION


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "甲.xlsx")
    assert file_refusal(tmp_path / "甲.xlsx") is FileMessage.NOT_A_FILE


def test_a_large_file_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    path.write_bytes(zipped(workbook_parts()))
    size = path.stat().st_size
    assert file_refusal(path, file=size - 1) is FileMessage.TOO_LARGE
    assert read_workbook(path, Limits(file=size)).problems == ()


@pytest.mark.parametrize("owner", ["~$甲.xlsx", ".~lock.甲.xlsx#"])
def test_a_file_open_elsewhere_is_read_with_a_warning(tmp_path: Path, owner: str) -> None:
    (tmp_path / "甲.xlsx").write_bytes(zipped(workbook_parts(row('<c r="A1"><v>1</v></c>'))))
    (tmp_path / owner).write_bytes(b"x")
    found = read_workbook(tmp_path / "甲.xlsx")
    assert found.grids["S"].at(1, 1).value == 1
    assert [(p.severity, p.message) for p in found.problems] == [FileMessage.OPEN_ELSEWHERE.value[:2]]


# Links and embedded objects.


def linked(target: str, link: str = '<externalBook r:id="rId1"/>', count: int = 1) -> bytes:
    parts = workbook_parts(row('<c r="A1"><f>[1]S!A1</f><v>1</v></c>'))
    links = [("rId1", "worksheet", "worksheets/sheet1.xml")]
    for i in range(count):
        links.append((f"rId{i + 5}", "externalLink", f"externalLinks/externalLink{i}.xml"))
        parts[f"xl/externalLinks/externalLink{i}.xml"] = f"<externalLink {NAMES}>{link}</externalLink>"
        parts[f"xl/externalLinks/_rels/externalLink{i}.xml.rels"] = relationships(
            ("rId1", "externalLinkPath", target.format(i))
        )
    return zipped(parts | {"xl/_rels/workbook.xml.rels": relationships(*links)})


def warnings(data: bytes) -> list[str]:
    found = read(data)
    assert found.grids["S"].cells
    assert all(each.severity is Severity.WARNING and each.sheet == "甲.xlsx" for each in found.problems)
    return [each.message for each in found.problems]


@pytest.mark.parametrize(
    "target",
    [
        "StarScore.xlam",
        "file:///C:\\Users\\zhang\\AppData\\Roaming\\Microsoft\\AddIns\\StarScore.xlam",
        "file:///C:/Program%20Files/StarScore/starscore.XLAM",
        "\\\\server\\share\\StarScore.xlam",
        "/home/zhang/StarScore.xlam",
    ],
)
def test_the_link_to_our_own_add_in_is_fine(target: str) -> None:
    assert warnings(linked(target)) == []


def test_other_links_are_named() -> None:
    assert warnings(linked("file:///C:/x/%E4%B8%8A%E6%9C%88.xlsx")) == [
        "文件里有指向其他文件的链接（上月.xlsx），已忽略。"
    ]
    assert warnings(linked("NotStarScore.xlam", count=2)) == [
        "文件里有指向其他文件的链接（NotStarScore.xlam），已忽略。"
    ]
    assert warnings(linked("{}.xlsx", count=5)) == ["文件里有指向其他文件的链接（0.xlsx、1.xlsx、2.xlsx 等），已忽略。"]


@pytest.mark.parametrize(
    "link", ['<ddeLink ddeService="cmd" ddeTopic="/c calc"/>', '<oleLink r:id="rId1" progId="x"/>']
)
def test_live_links(link: str) -> None:
    assert warnings(linked("StarScore.xlam", link)) == [FileMessage.DDE.value[1]]


def test_embedded_objects_and_connections() -> None:
    rows = row('<c r="A1"><v>1</v></c>')
    objects = workbook_parts(rows, after='<oleObjects><oleObject progId="Package"/></oleObjects>')
    assert warnings(zipped(objects)) == [FileMessage.EMBEDDED.value[1]]
    unused = workbook_parts(rows) | {"xl/embeddings/oleObject1.bin": b"x"}
    assert warnings(zipped(unused)) == [FileMessage.EMBEDDED.value[1]]
    links = relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("c", "connections", "connections.xml"))
    connected = workbook_parts(rows) | {"xl/_rels/workbook.xml.rels": links}
    assert warnings(zipped(connected)) == [FileMessage.CONNECTIONS.value[1]]


# Files made to do harm.


def lying(data: bytes, size: int, name: str = "xl/worksheets/sheet1.xml", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The package with another unpacked size for one part, in its directory and before the part itself."""
    changed = bytearray(data)
    for signature, method_at, size_at, name_at in ((b"PK\x03\x04", 8, 22, 30), (b"PK\x01\x02", 10, 24, 46)):
        at = changed.find(signature)
        while changed[at + name_at : at + name_at + len(name)] != name.encode():
            at = changed.index(signature, at + 4)
        struct.pack_into("<H", changed, at + method_at, method)
        struct.pack_into("<I", changed, at + size_at, size)
    return bytes(changed)


def hidden_gigabyte() -> bytes:
    """A sheet of one gigabyte that its directory gives as 1,000 bytes."""
    packer = zlib.compressobj(wbits=-15)
    block = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    parts = workbook_parts() | {"xl/worksheets/sheet1.xml": block * 64 + packer.flush()}
    return lying(zipped(parts, zipfile.ZIP_STORED), 1000)


def bomb_sheet(size: int, filling: bytes = b" ") -> bytes:
    """A workbook whose sheet unpacks to that size."""
    head, tail = f"<worksheet {NAMES}><sheetData>".encode(), b"</sheetData></worksheet>"
    return head + filling * ((size - len(head) - len(tail)) // len(filling)) + tail


def test_sizes_are_bounded_before_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    data = with_parts(sheet=bomb_sheet(300_000))
    sizes = [info.file_size for info in zipfile.ZipFile(io.BytesIO(data)).infolist()]
    assert read(data).problems == ()
    assert read(data, part=max(sizes), unpacked=sum(sizes), declared=sum(sizes), parts=len(sizes)).problems == ()
    assert refused(data, part=max(sizes) - 1) is FileMessage.UNPACKS_TOO_LARGE
    assert refused(data, declared=sum(sizes) - 1) is FileMessage.UNPACKS_TOO_LARGE
    assert refused(data, unpacked=max(sizes)) is FileMessage.UNPACKS_TOO_LARGE
    assert refused(data, parts=len(sizes) - 1) is FileMessage.TOO_MANY_PARTS
    assert refused(data, ratio_from=100_000) is FileMessage.UNPACKS_TOO_LARGE
    assert read(data, ratio_from=100_000, ratio=1_100).problems == ()
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("unpacked"))
    assert refused(data, declared=sum(sizes) - 1) is FileMessage.UNPACKS_TOO_LARGE


def test_one_part_read_as_many_sheets_counts_each_time() -> None:
    entries = [f'<sheet name="S{i}" r:id="rId1"/>' for i in range(50)]
    data = zipped(workbook_parts(row('<c r="A1"><v>1</v></c>')) | {"xl/workbook.xml": sheets(*entries)})
    assert len(read(data).grids) == 50
    assert refused(data, unpacked=5_000) is FileMessage.UNPACKS_TOO_LARGE
    assert refused(data, cells=49) is FileMessage.TOO_MANY_CELLS
    assert read(data, cells=50).problems == ()
    assert refused(data, sheets=49) is FileMessage.TOO_MANY_PARTS


@pytest.mark.parametrize("comment", ["", "<!---->"])
def test_the_number_of_cells_is_bounded(comment: str) -> None:
    rows = "".join(row(f'<c r="A{r}"><v>1</v></c>', number=r) for r in range(1, 101))
    data = zipped(workbook_parts(comment + rows))
    assert len(read(data, cells=100).grids["S"].cells) == 100
    assert refused(data, cells=99) is FileMessage.TOO_MANY_CELLS
    merged = zipped(workbook_parts(comment + rows, after='<mergeCell ref="A1:A100"/>' * 3))
    assert refused(merged, cells=250) is FileMessage.TOO_MANY_CELLS
    strings = zipped(workbook_parts(comment, strings="<si><t>a</t></si>" * 101))
    assert refused(strings, cells=100) is FileMessage.TOO_MANY_CELLS


DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["sheet", "strings", "styles", "book", "links", "root"])
def test_document_types_are_refused_in_every_part(part: str) -> None:
    assert refused(with_parts(**{part: DOCTYPE + f"<worksheet {NAMES}>&b;</worksheet>"})) is FileMessage.UNSAFE_XML
    assert refused(with_parts(**{part: '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'})) is FileMessage.UNSAFE_XML


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (100, FileMessage.DAMAGED),
        (2_999_999, FileMessage.DAMAGED),
        (3_000_001, FileMessage.DAMAGED),
        (0xFFFFFFFE, FileMessage.UNPACKS_TOO_LARGE),
    ],
)
def test_a_lying_directory(size: int, expected: FileMessage) -> None:
    assert refused(lying(with_parts(sheet=bomb_sheet(3_000_000)), size)) is expected


def test_a_far_cell_costs_no_more_than_a_near_one() -> None:
    far = row('<c r="A1"><v>1</v></c>') + row('<c r="XFD1048576"><v>2</v></c>', number=1_048_576)
    assert grid(zipped(workbook_parts(far))).cells == {
        (1, 1): Cell(1.0, Kind.NUMBER),
        (1_048_576, 16_384): Cell(2.0, Kind.NUMBER),
    }


def plain_sheet(rows: bytes, before: bytes = b"") -> bytes:
    return f"<worksheet {NAMES}>".encode() + before + b"<sheetData>" + rows + b"</sheetData></worksheet>"


def counted(pattern: bytes, count: int) -> bytes:
    return b"".join(pattern % i for i in range(count))


def many_cells(count: int, cell: str) -> str:
    return "".join(row(cell.format(r), number=r) for r in range(1, count + 1))


# Stored, not packed: a part that shrinks too well is refused for that alone, before what is meant here is met.
HARMFUL: dict[str, Callable[[], dict[str, str | bytes]]] = {
    "blank cells": lambda: {"sheet": plain_sheet(b'<c r="A1"/>' * 5_000_000)},
    "blank cells, then something else": lambda: {"sheet": plain_sheet(b'<c r="A1"/>' * 5_000_000 + b"<d/>")},
    "unclosed tags": lambda: {"sheet": plain_sheet((b'<c r="A1" ' * 100_000 + b"</row>") * 50)},
    "unclosed values": lambda: {"sheet": plain_sheet((b'<c r="A1"><v>' * 80_000 + b"</row>") * 50)},
    "nested elements": lambda: {"sheet": b"<a>" * 20_000_000},
    "one tag": lambda: {"sheet": b"<a" + counted(b' b%d=""', 4_500_000) + b"/>"},
    "names of elements": lambda: {"sheet": b"<a>" + counted(b"<b%d/>", 5_500_000) + b"</a>"},
    "names of attributes": lambda: {"sheet": b"<a>" + counted(b'<a b%d=""/>', 3_900_000) + b"</a>"},
    "prefixes": lambda: {"sheet": b"<a>" + counted(b'<b xmlns:c%d="d"/>', 2_700_000) + b"</a>"},
    "small cells": lambda: {"sheet": plain_sheet(b"<row><c><v>1</v></c><c><v>2</v></c></row>" * 1_500_000)},
    "plain cells": lambda: {"sheet": plain_sheet(many_cells(999_999, '<c r="A{}"><v>123</v></c>').encode())},
    "cells in one row": lambda: {
        "sheet": plain_sheet(b'<row r="1">' + b'<c r="A1"><v>1</v></c>' * 2_800_000 + b"</row>")
    },
    "shared texts": lambda: {"strings": f"<sst {NAMES}>".encode() + b"<si><t>ab</t></si>" * 3_500_000 + b"</sst>"},
    "hidden columns": lambda: {"sheet": plain_sheet(b"", b'<col min="1" max="16384" hidden="1"/>' * 1_500_000)},
    "merged areas": lambda: {"sheet": plain_sheet(b"", b'<mergeCell ref="A1:B1"/>' * 2_500_000)},
    "a merge over everything": lambda: {
        "sheet": plain_sheet(b'<row r="1"><c r="XFD1048576"><v>2</v></c></row>', b'<mergeCell ref="A1:XFD1048576"/>')
    },
    "styles": lambda: {"styles": f"<styleSheet {NAMES}><cellXfs>".encode() + b'<xf numFmtId="12345"/>' * 2_500_000},
    "links": lambda: {
        "links": f'<Relationships xmlns="{PACKAGE}">'.encode() + counted(b'<Relationship Target="%d"/>', 1_800_000)
    },
}


def in_a_measured_process(path: Path) -> str:
    """The numbers of grids and Problems that a child process finds, within 400 MB and 20 seconds of its own.

    The limit set on it is higher: where memory ends, expat reports bad XML, and that would pass for a refusal.
    """
    program = textwrap.dedent("""
        import re, resource, sys
        from pathlib import Path
        from addin.workbook_file import read_workbook
        resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        found = read_workbook(Path(sys.argv[1]))
        peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) >> 10
        print(peak, len(found.grids), len(found.problems))
    """)
    command = [sys.executable, "-c", program, str(path)]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    peak, _, counts = done.stdout.strip().partition(" ")
    assert int(peak) < 400
    return counts


needs_limits = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the memory used")


@needs_limits
@pytest.mark.parametrize("name", HARMFUL)
def test_millions_of_anything_are_refused_or_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    path.write_bytes(with_parts(zipfile.ZIP_STORED, **HARMFUL[name]()))
    assert path.stat().st_size < Limits().file
    assert in_a_measured_process(path) == ("1 0" if name.startswith("blank") else "0 1")
    path.unlink()  # pytest keeps the folders of three runs


@needs_limits
def test_a_gigabyte_that_the_directory_hides_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    path.write_bytes(hidden_gigabyte())
    assert in_a_measured_process(path) == "0 1"


@needs_limits
def test_as_many_cells_as_allowed_fit(tmp_path: Path) -> None:
    """Each with the longest text that Excel allows, which is kept once."""
    count = Limits().cells
    parts = {
        "sheet": plain_sheet(many_cells(count, '<c r="A{}" t="s"><v>0</v></c>').encode()),
        "strings": f"<sst {NAMES}><si><t>{'长' * 32_767}</t></si></sst>",
    }
    (tmp_path / "甲.xlsx").write_bytes(with_parts(**parts))
    assert in_a_measured_process(tmp_path / "甲.xlsx") == "1 0"


# Any bytes.

WHOLE = saved(clerks_workbook())
SHEET_XML = zipfile.ZipFile(io.BytesIO(WHOLE)).read("xl/worksheets/sheet1.xml")


def check_any(data: bytes) -> None:
    found = read_contents(data, "甲.xlsx")
    assert bool(found.grids) != any(problem.is_error for problem in found.problems)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_changed_bytes_never_raise(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for at, byte in changes:
        data[at] = byte
    check_any(bytes(data))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WHOLE)))
def test_a_cut_file_never_raises(length: int) -> None:
    check_any(WHOLE[:length])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>"]))
def test_any_bytes_never_raise(data: bytes, start: bytes) -> None:
    check_any(start + data)


@settings(max_examples=400, deadline=None)
@given(
    st.integers(0, len(SHEET_XML) - 1),
    st.integers(0, 40),
    st.sampled_from(
        [b"", b"<", b">", b'"', b"&", b"<c>", b"</row>", b"\xff", b"<v>9</v>", b"t='s'", b"]]>", b"99999999999"]
    ),
)
def test_changed_xml_never_raises(at: int, length: int, new: bytes) -> None:
    check_any(with_parts(sheet=SHEET_XML[:at] + new + SHEET_XML[at + length :]))


def test_the_checksum_of_a_lying_part_is_the_true_one() -> None:
    """The helper above makes what it says: only the size differs."""
    data = lying(with_parts(sheet=bomb_sheet(5_000)), 1000)
    info = zipfile.ZipFile(io.BytesIO(data)).getinfo("xl/worksheets/sheet1.xml")
    assert (info.file_size, info.CRC) == (1000, zlib.crc32(bomb_sheet(5_000)))
