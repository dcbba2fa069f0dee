"""The short way knows what is as it was sealed, and leaves all else to the comparison of every cell."""

import re
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import addin.merging.receive as receiving
from addin.merging.folder import Found
from addin.merging.receive import Trust, receive
from addin.reading.as_written import NotPlain, cells_as_written, rows_as_written
from addin.reading.guarded_xml import MAIN
from addin.reading.limits import LIMITS
from addin.sealing.record import digest_of
from addin.sealing.seal_sheet import Seal, seal_grid
from addin.sealing.signature import sign
from addin.sealing.text_sheet import text_sheet
from addin.sealing.untouched import Untouched, untouched
from addin.sealing.verify import sealed_before, verify, verify_untouched
from addin.workbook_file import read_workbook
from tests.addin.sealing.making import filling, sealed
from workbook_templates.grid import Cell, Grid

Parts = dict[str, str]
CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)>(<v>|<is><t[^>]*>)([^<]+)<')


@pytest.fixture(scope="module")
def parts(good: Path) -> Parts:
    with zipfile.ZipFile(good) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def packed(parts: Parts) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def part_of(parts: Parts, sheet: str) -> str:
    """The part of a sheet; ours are numbered in the order of the tabs."""
    names = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"])
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def whole(found: Untouched) -> dict[str, Grid]:
    """All sheets cell by cell."""
    return found.grids | {name: sheet.grid(name) for name, sheet in found.texts.items()}


def test_what_is_as_it_was_sealed_is_known_with_all_its_cells(good: Path) -> None:
    found, before = untouched(good.read_bytes()), sealed_before(read_workbook(good).grids)
    assert found is not None
    assert before is not None
    record, digest = before
    assert found.seal.digest == digest
    assert found.seal.record == record.model_copy(update={"sheets": {}})
    assert {name: dict(grid.cells) for name, grid in whole(found).items()} == {
        name: dict(grid.cells) for name, grid in record.grids().items()
    }
    assert [*found.texts] == ["核算"]


def test_both_ways_say_the_same(good: Path) -> None:
    found = untouched(good.read_bytes())
    assert found is not None
    short, long = verify_untouched(found), verify(good)
    assert (short.problems, short.state, short.result, short.scheme, short.occasion) == (
        long.problems, long.state, long.result, long.scheme, long.occasion,
    )  # fmt: skip


def test_both_ways_judge_the_signature(tmp_path: Path) -> None:
    private = Ed25519PrivateKey.generate()
    path = sealed(tmp_path, sign=lambda digest: sign(private, "东风路支行", digest))
    found = untouched(path.read_bytes())
    assert found is not None
    for required in (True, False):
        short, long = verify_untouched(found, require_signature=required), verify(path, require_signature=required)
        assert (short.problems, short.state, short.signer) == (long.problems, long.state, long.signer)


def test_both_ways_send_the_same_to_the_merged_workbook(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Found("定稿.xlsx", str(good), good.stat().st_size, good.stat().st_mtime_ns)
    short = receive(found, Trust())
    monkeypatch.setattr(receiving, "untouched", lambda _: None)
    assert short == receive(found, Trust())
    assert short.arrival.is_sound
    assert short.persons


def _each_cell_changed(parts: Parts, every: int) -> Iterator[tuple[str, str, Parts]]:
    """The workbook with one cell's last sign changed, and where."""
    places = [
        (name, found) for name, xml in parts.items() if "/worksheets/sheet" in name for found in CELL.finditer(xml)
    ]
    for name, found in places[::every]:
        last = found.end(4) - 1
        xml = parts[name]
        other = "8" if xml[last] != "8" else "9"
        if xml[last] != ";":  # the end of an entity
            yield name, found[1], {**parts, name: f"{xml[:last]}{other}{xml[last + 1 :]}"}


def test_a_changed_cell_is_never_taken_for_the_sealed_one(parts: Parts) -> None:
    assert untouched(packed(parts)) is not None
    changed = list(_each_cell_changed(parts, 7))
    assert len({name for name, _, _ in changed}) == len([name for name in parts if "/worksheets/sheet" in name])
    missed = [(name, cell) for name, cell, other in changed if untouched(packed(other)) is not None]
    assert not missed


def _first_number(xml: str) -> re.Match[str]:
    found = next(found for found in CELL.finditer(xml) if found[3] == "<v>")
    return found


def _in_cell(change: Callable[[str], str]) -> Callable[[str], str]:
    """A change of the sheet's first number, from ``<c`` on."""

    def changed(xml: str) -> str:
        start = _first_number(xml).start()
        end = xml.index("</c>", start) + 4
        return xml[:start] + change(xml[start:end]) + xml[end:]

    return changed


SIZE = '<dimension ref="A1:B2" />'
ALTERED: dict[str, Callable[[str], str]] = {
    "formula of the same value": _in_cell(lambda cell: cell.replace("<v>", "<f>1+1</f><v>")),
    "number to its text": _in_cell(
        lambda cell: re.sub(r' t="n"><v>(.*)</v>', r' t="inlineStr"><is><t>\1</t></is>', cell)
    ),
    "error": _in_cell(lambda cell: cell.replace('t="n"', 't="e"')),
    "number's beginning": _in_cell(lambda cell: cell.replace("<v>", "<v>1")),
    "cell gone": _in_cell(lambda _: ""),
    "cell twice": _in_cell(lambda cell: cell + cell),
    "blank cell twice": _in_cell(lambda cell: cell + re.sub("<v>.*</v>", "<v>7</v>", cell)),
    "cell in a comment": _in_cell(lambda cell: f"<!--{cell}-->"),
    "text after a cell": _in_cell(lambda cell: f"{cell}7"),
    "cell over two rows": _in_cell(lambda cell: cell.replace("</v>", '</row><row r="99"></v>')),
    "row in a cell": _in_cell(lambda cell: cell.replace("</v>", '</v><row r="99" />')),
    "text before a cell": _in_cell(lambda cell: f"7{cell}"),
    "no such address": _in_cell(lambda cell: re.sub('r="[A-Z]+', 'r="AAAA', cell)),
    "other address": _in_cell(lambda cell: re.sub('r="[A-Z]+', 'r="ZZ', cell)),
    "hidden row": lambda xml: xml.replace('<row r="5"', '<row r="5" hidden="1"'),
    "row of no height": lambda xml: re.sub(' ht="[^"]*"', ' ht="0"', xml, count=1),
    "column of no width": lambda xml: re.sub('<col width="[^"]*"', '<col width="0"', xml, count=1),
    "hidden column": lambda xml: xml.replace("<col ", '<col hidden="1" ', 1),
    "merged badly": lambda xml: xml.replace('<mergeCell ref="', '<mergeCell ref="0', 1),
    "size in a closing tag": lambda xml: xml.replace("</worksheet>", f"</work{SIZE}sheet>"),
    "size in a tag": lambda xml: xml.replace("<col ", f"<col {SIZE}", 1),
    "size before all": lambda xml: SIZE + xml,
    "size after all": lambda xml: xml + SIZE,
    "ends early": lambda xml: xml.replace("</worksheet>", ""),
    "document type": lambda xml: "<!DOCTYPE worksheet>" + xml,
    "rows twice": lambda xml: xml.replace("</sheetData>", "</sheetData><sheetData></sheetData>"),
    "text before a row's cells": lambda xml: xml.replace("><c ", ">7<c ", 1),
    "text between rows": lambda xml: xml.replace("</row><row ", "</row>7<row ", 1),
    "row closed twice": lambda xml: xml.replace("</row></sheetData>", "</row></row></sheetData>"),
    "row left open": lambda xml: xml.replace("</row></sheetData>", "</sheetData>"),
}


def _in_row_6(old: str, new: str) -> Callable[[str], str]:
    """A change of the first line that explains something."""

    def changed(xml: str) -> str:
        start = xml.index('<row r="6"')
        end = xml.index("</row>", start) + len("</row>")
        return xml[:start] + re.sub(old, new, xml[start:end], count=1) + xml[end:]

    return changed


TEXTS_ALTERED: dict[str, Callable[[str], str]] = {
    "two cells in one": _in_row_6(
        r'<c r="D6"([^>]*)><is><t>(.*?)</t></is></c><c r="E6"([^>]*)><is><t>(.*?)</t></is></c>',
        r'<c r="D6"\1><is><t>\2","E6":"text \4</t></is></c><c r="E6"\3 />',
    ),
    "cell twice": _in_row_6(r'<c r="D6".*?</c>', r"\g<0>\g<0>"),
    "cell in a comment": _in_row_6(r'<c r="D6".*?</c>', r"<!--\g<0>-->"),
    "text after a cell": _in_row_6(r'(<c r="D6".*?</c>)', r"\g<1>7"),
    "other address": _in_row_6('r="D6"', 'r="D7"'),
    "addresses swapped": _in_row_6('r="C6"(.*)r="D6"', r'r="D6"\1r="C6"'),
    "formula": _in_row_6(r'(<c r="E6"[^>]*>)<is>', r"\1<f>1+1</f><is>"),
    "number": _in_row_6(r't="inlineStr"><is><t>([0-9.]+)</t></is>', r't="n"><v>\1</v>'),
    "hidden row": _in_row_6('<row r="6"', '<row r="6" hidden="1"'),
    "row of no height": _in_row_6('ht="[^"]*"', 'ht="0"'),
    "row twice": _in_row_6(".*", r"\g<0>\g<0>"),
    "row gone": _in_row_6(".+", ""),
    "rows in each other's place": lambda xml: re.sub(
        r'(<row r=")6(".*?</row><row r=")7(".*?</row>)',
        lambda two: two[1] + "7" + two[2].replace('6" s=', '7" s=') + "6" + two[3].replace('7" s=', '6" s='),
        xml,
    ),
    "text between rows": _in_row_6("$", "7"),
    "hidden column": lambda xml: xml.replace("<col ", '<col hidden="1" ', 1),
    "rows twice": lambda xml: xml.replace("</sheetData>", "</sheetData><sheetData></sheetData>"),
    "sign that is no letter": _in_row_6("</t>", "\x07</t>"),
    "end of a section": _in_row_6("</t>", "]]></t>"),
}


@pytest.mark.parametrize(
    ("sheet", "change"),
    [
        pytest.param(sheet, change, id=f"{sheet}, {what}")
        for sheet, changes in (("指标", ALTERED), ("核算", TEXTS_ALTERED))
        for what, change in changes.items()
    ],
)
def test_an_altered_sheet_goes_the_long_way(parts: Parts, sheet: str, change: Callable[[str], str]) -> None:
    name = part_of(parts, sheet)
    altered = change(parts[name])
    assert altered != parts[name]
    assert untouched(packed({**parts, name: altered})) is None


@pytest.mark.parametrize(
    ("sign", "record"),
    [(sign, sign) for sign in ("&lt;", "_x0041_", "\\u0041", "e\u0301", "\x07", "]]>")] + [("\x07", "\\u0007")],
)
@pytest.mark.parametrize("sheet", ["指标", "核算"])
def test_a_text_that_is_read_otherwise_than_it_stands_there_goes_the_long_way(
    parts: Parts, sheet: str, sign: str, record: str
) -> None:
    """Where the record has it just as the sheet has it, and so means something else; or XML cannot have it."""
    name = part_of(parts, sheet)
    altered = resealed(
        parts, lambda text: re.sub(f'("{sheet}":{{.*?"A5":"text )', lambda found: found[1] + record, text)
    )
    altered[name] = re.sub('(<c r="A5"[^>]*><is><t>)', lambda found: found[1] + sign, parts[name])
    assert altered[name] != parts[name]
    assert untouched(packed(altered)) is None


@pytest.mark.parametrize("unit", ["A&B支行", '“"东风路"支行', "a\ufffd支行", "<支行>"])
def test_signs_that_are_written_otherwise_are_read_cell_by_cell(tmp_path: Path, unit: str) -> None:
    path = sealed(tmp_path, replace(filling(), unit=unit))
    found, before = untouched(path.read_bytes()), sealed_before(read_workbook(path).grids)
    assert found is not None
    assert before is not None
    assert not found.texts
    assert {name: dict(grid.cells) for name, grid in found.grids.items()} == {
        name: dict(grid.cells) for name, grid in before[0].grids().items()
    }


SEALED_OTHERWISE: dict[str, tuple[Callable[[str], str], Callable[[str], str], set[str]]] = {
    "points": (
        _in_row_6(r'(<c r="E6"[^>]*><is><t>)[^<]+', r"\g<1>1.00"),
        lambda record: re.sub('"E6":"[^"]*"', '"E6":"text 1.00"', record, count=1),
        {"E6"},
    ),
    "label": (
        _in_row_6(r'(<c r="A6"[^>]*><is><t>)[^<]+', r"\g<1>别的"),
        lambda record: re.sub('"A6":"[^"]*"', '"A6":"text 别的"', record, count=1),
        {"A6"},
    ),
    "wording": (
        _in_row_6(r'(<c r="C6"[^>]*><is><t>)[^<]+', r"\g<1>别的"),
        lambda record: re.sub('"C6":"[^"]*"', '"C6":"text 别的"', record, count=1),
        set(),
    ),
    "points gone": (
        _in_row_6(r'<c r="E6" s="([^"]*)" t="inlineStr">.*?</c>', r'<c r="E6" s="\1" t="n" />'),
        lambda record: re.sub(',"E6":"[^"]*"', "", record, count=1),
        {"E6"},
    ),
    "heading twice": (
        lambda xml: re.sub(r'(<c r="B4"[^>]*><is><t>)[^<]+', r"\g<1>项目", xml),
        lambda record: re.sub('"B4":"[^"]*"', '"B4":"text 项目"', record, count=1),
        {f"B{row}" for row in range(6, 71)} - {"B21", "B37", "B55"},  # these head the other people
    ),
    "line more": (
        lambda xml: re.sub(
            r'(<row r=")70(" .*?<c r="A)70(".*?)<c.*</row>',
            r"\g<0>\g<1>71\g<2>71\g<3></row>",
            xml,
        ),
        lambda record: re.sub('"E70":"[^"]*"', r'\g<0>,"A71":"text 结果"', record, count=1),
        set(),
    ),
}


@pytest.mark.parametrize(("sheet", "record", "cells"), SEALED_OTHERWISE.values(), ids=SEALED_OTHERWISE.keys())
def test_both_ways_find_the_same_in_a_sheet_of_texts(
    parts: Parts, tmp_path: Path, sheet: Callable[[str], str], record: Callable[[str], str], cells: set[str]
) -> None:
    def in_record(text: str) -> str:
        before, mark, after = text.partition('"核算":{')
        return before + mark + record(after)

    name = part_of(parts, "核算")
    altered = {**resealed(parts, in_record), name: sheet(parts[name])}
    path = tmp_path / "定稿.xlsx"
    path.write_bytes(packed(altered))
    found = untouched(path.read_bytes())
    assert found is not None
    assert [*found.texts] == ["核算"]
    short, long = verify_untouched(found), verify(path)
    assert short.problems == long.problems
    assert {problem.cell for problem in short.problems if problem.sheet == "核算"} == cells


def test_both_ways_find_a_sheet_that_is_there_twice(parts: Parts, tmp_path: Path) -> None:
    altered = resealed(parts, lambda text: text.replace('"公告":{', '"核算 ":{', 1))
    altered["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('name="公告"', 'name="核算 "')
    path = tmp_path / "定稿.xlsx"
    path.write_bytes(packed(altered))
    found = untouched(path.read_bytes())
    assert found is not None
    assert verify_untouched(found).problems == verify(path).problems
    assert any(problem.is_error and "核算" in problem.message for problem in verify_untouched(found).problems)


@pytest.mark.parametrize("rows", [5_000, 5_001])
def test_a_sheet_of_texts_that_is_too_long_is_read_cell_by_cell(rows: int) -> None:
    """So that a worker does not keep what stands before the cells of a million rows."""
    lines = "".join(
        f'<row r="{n}"><c r="A{n}" s="1" t="inlineStr"><is><t>甲</t></is></c></row>' for n in range(1, rows + 1)
    )
    xml = f'<worksheet xmlns="{MAIN.strip()}"><sheetData>{lines}</sheetData></worksheet>'.encode()
    if rows <= 5_000:
        assert text_sheet(xml).size == rows
    else:
        with pytest.raises(NotPlain):
            text_sheet(xml)


def test_a_sheet_that_is_merged_more_often_than_it_may_have_cells_goes_the_long_way() -> None:
    merged = '<mergeCell ref="A1:B1" />'
    for times in (1_000, LIMITS.cells + 1):
        area = f'<mergeCells count="{times % 10_000}">{merged * times}</mergeCells>'
        xml = f'<worksheet xmlns="{MAIN.strip()}"><sheetData></sheetData>{area}</worksheet>'.encode()
        if times <= LIMITS.cells:
            assert rows_as_written(xml) == ""
        else:
            with pytest.raises(NotPlain):
                rows_as_written(xml)


def test_many_empty_rows_take_time_in_proportion() -> None:
    rows = '<row r="1" />' * 200_000
    xml = f'<worksheet xmlns="{MAIN.strip()}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    begun = time.perf_counter()
    assert list(cells_as_written(xml, {})) == []
    assert time.perf_counter() - begun < 3


def test_another_number_format_goes_the_long_way(parts: Parts) -> None:
    name = "xl/styles.xml"
    percent = re.sub(r'numFmtId="\d+"', 'numFmtId="9"', parts[name])
    assert untouched(packed({**parts, name: percent})) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<sheet name="指标"', '<sheet name="指标1"'),
        ('<sheet name="指标" sheetId="4" state="visible"', '<sheet name="指标" sheetId="4" state="hidden"'),
        ('<sheet name="名册"', '<sheet name="指标"'),
        ('name="定稿"', 'name="定稿1"'),
        ("<workbookPr />", '<workbookPr date1904="1" />'),
    ],
)
def test_another_list_of_sheets_goes_the_long_way(parts: Parts, old: str, new: str) -> None:
    name = "xl/workbook.xml"
    assert old in parts[name]
    assert untouched(packed({**parts, name: parts[name].replace(old, new)})) is None


def test_sheets_in_another_order_go_the_long_way(parts: Parts) -> None:
    name = "xl/workbook.xml"
    moved = re.sub(r'(<sheet name="得分"[^>]*>)(<sheet [^>]*>)', r"\2\1", parts[name])
    assert moved != parts[name]
    assert untouched(packed({**parts, name: moved})) is None


def test_a_workbook_with_more_than_sheets_goes_the_long_way(parts: Parts) -> None:
    name = "xl/_rels/workbook.xml.rels"
    link = '<Relationship Id="rId99" Type="http://x/relationships/externalLink" Target="links/1.xml" />'
    assert (
        untouched(packed({**parts, name: parts[name].replace("</Relationships>", f"{link}</Relationships>")})) is None
    )


def resealed(parts: Parts, change: Callable[[str], str]) -> Parts:
    """The workbook with another text of the record, sealed as it should be."""
    found = untouched(packed(parts))
    assert found is not None
    was = found.seal
    text = change(was.text)
    assert text != was.text
    new = Seal(was.record, text, digest_of(text), None)
    pairs = zip(seal_grid(was).cells.values(), seal_grid(new).cells.values(), strict=True)
    changed = [(_in_xml(old), _in_xml(other)) for old, other in pairs if old != other]
    done = dict(parts)
    for name in (part_of(parts, "定稿"), part_of(parts, "说明")):
        for old, other in changed:
            done[name] = done[name].replace(old, other)
    return done


def _in_xml(cell: Cell) -> str:
    return escape(str(cell.value)).replace("_x", "_x005F_x").replace("\x07", "_x0007_")


def test_a_record_that_is_spelled_otherwise_goes_the_long_way(parts: Parts) -> None:
    remark = '"scheme_text":"# 注'
    remarked = resealed(parts, lambda text: text.replace('"scheme_text":"', f"{remark}\\n", 1))
    assert untouched(packed(remarked)) is not None
    assert untouched(packed(resealed(parts, lambda text: text.replace('"format":', '"format": ', 1)))) is None


def test_a_cell_twice_goes_the_long_way_even_where_the_record_has_it_twice(parts: Parts) -> None:
    name = part_of(parts, "指标")
    found = _first_number(parts[name])
    cell = parts[name][found.start() : parts[name].index("</c>", found.start()) + 4]

    def twice(text: str) -> str:
        before, mark, after = text.partition('"指标":{')
        return before + mark + re.sub(f'"{found[1]}":"[^"]*"', r"\g<0>,\g<0>", after, count=1)

    altered = resealed(parts, twice)
    assert untouched(packed({**altered, name: altered[name].replace(cell, cell + cell)})) is None


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no workbook"])
def test_what_is_no_workbook_goes_the_long_way(data: bytes) -> None:
    assert untouched(data) is None
