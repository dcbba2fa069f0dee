"""Whatever is changed in a sealed workbook is found, with its cell; honest saving is not."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill

from addin.sealing.meaning import grid_of, meanings
from addin.sealing.record import Record, digest_of
from addin.sealing.seal import seal
from addin.sealing.seal_sheet import Seal, with_seal
from addin.sealing.verify import Verification, sealed_before, verify, verify_grids
from addin.workbook_file import read_workbook
from tests.addin.sealing.making import DAY, SCHEME, cells_of, changed, filling, sealed
from tests.libreoffice import LibreOffice
from workbook_templates.grid import Cell, Grid, Kind, a1

INPUTS = ("设置", "名册", "指标", "登记", "裁定")
RESULTS = ("得分", "排名", "入选", "公告")


@pytest.fixture(scope="module")
def record(good: Path) -> Record:
    found = sealed_before(read_workbook(good).grids)
    assert found is not None
    return found[0]


def _other(cell: Cell) -> Cell:
    """A cell that says something else of the same kind, as little different as can be."""
    if isinstance(cell.value, float):
        return cell._replace(value=cell.value + 0.01)
    if cell.kind is Kind.TEXT:
        return cell._replace(value=f"{cell.value}。")
    return Cell("改", Kind.TEXT)


# What is as it was sealed.


def test_untouched_it_passes(good: Path) -> None:
    found = verify(good)
    assert found.passed
    assert [problem.message for problem in found.problems] == ["未签名：只能发现误改"]
    assert found.result is not None
    assert [row.id for row in found.result.rows if row.status == "winner"] == ["K1301"]


def test_it_has_values_only_and_names_nobody(good: Path) -> None:
    book = load_workbook(good)
    assert not any(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    assert not book.defined_names
    assert not any(sheet.data_validations.dataValidation for sheet in book.worksheets)
    assert (book.properties.creator, book.properties.lastModifiedBy) == ("StarScore", None)


def test_saved_by_openpyxl_it_passes(good: Path) -> None:
    assert changed(good, lambda _: None).passed


def test_looks_do_not_count(good: Path) -> None:
    def paint(book: Workbook) -> None:
        for row in book["得分"].iter_rows():
            for cell in row:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFFF00")
                cell.number_format = "0.0"
        book["得分"].column_dimensions["C"].width = 40
        book["名册"]["D5"].number_format = "General"  # 45352, which is still the same day

    assert changed(good, paint).passed


@pytest.mark.parametrize("ways", [["xlsx"], ["ods", "xlsx"], ["xls", "xlsx"]])
def test_saved_by_libreoffice_it_passes(good: Path, ways: list[str], soffice: LibreOffice, tmp_path: Path) -> None:
    path = good
    for n, way in enumerate(ways):
        path = soffice.convert(path, way, tmp_path / str(n))
    found = verify(path)
    assert found.passed, found.problems


# What was changed.


@pytest.mark.parametrize("sheet", [*INPUTS, *RESULTS])
def test_each_cell_changed_once_is_named(good: Path, sheet: str) -> None:
    grids = read_workbook(good).grids
    for at in [at for at, cell in grids[sheet].cells.items() if cell.value is not None]:
        cells = {**grids[sheet].cells, at: _other(grids[sheet].cells[at])}
        assert cells_of(verify_grids({**grids, sheet: Grid(sheet, cells)})) == {(sheet, a1(*at))}


@pytest.mark.parametrize("sheet", ["说明", "核算", "图表", "检查"])
def test_all_cells_changed_are_all_named(good: Path, sheet: str) -> None:
    grids = read_workbook(good).grids
    filled = {at: cell for at, cell in grids[sheet].cells.items() if cell.value is not None}
    spoilt = Grid(sheet, {at: _other(cell) for at, cell in filled.items()})
    assert cells_of(verify_grids({**grids, sheet: spoilt})) == {(sheet, a1(*at)) for at in filled}


def test_each_cell_of_the_seal_changed_once_is_named(good: Path) -> None:
    grids = read_workbook(good).grids
    for at, cell in grids["定稿"].cells.items():
        if cell.value is None:
            continue
        text = str(cell.value)
        middle = len(text) // 2
        other = text[:middle] + ("8" if text[middle] != "8" else "9") + text[middle + 1 :]
        cells = {**grids["定稿"].cells, at: cell._replace(value=other)}
        found = verify_grids({**grids, "定稿": Grid("定稿", cells)})
        assert not found.passed
        assert ("定稿", a1(*at)) in cells_of(found)


def _swap_rows(book: Workbook) -> None:
    sheet = book["指标"]
    for first, second in zip(sheet[5], sheet[6], strict=True):
        first.value, second.value = second.value, first.value


def _exchange(book: Workbook) -> None:
    book["得分"].title, book["排名"].title = "丁", "得分"
    book["丁"].title = "排名"


CHANGES: dict[str, Callable[[Workbook], object]] = {
    "row added": lambda book: book["指标"].insert_rows(6),
    "row added below": lambda book: book["登记"].append(["2026-09-04", "K1303"]),
    "row removed": lambda book: book["名册"].delete_rows(7),
    "rows swapped": _swap_rows,
    "column added": lambda book: book["指标"].insert_cols(4),
    "sheet renamed": lambda book: setattr(book["裁定"], "title", "裁定1"),
    "sheets exchanged": _exchange,
    "sheet removed": lambda book: book.remove(book["登记"]),
    "sheet added": lambda book: book.create_sheet("补充"),
    "sheet moved": lambda book: book.move_sheet("入选", -2),
    "number to its text": lambda book: setattr(book["指标"]["K5"], "value", str(book["指标"]["K5"].value)),
    "id without its letter": lambda book: setattr(book["名册"]["A5"], "value", 1302),
    "number shown in percent": lambda book: setattr(book["指标"]["L5"], "number_format", "0.00%"),
    "formula of the same value": lambda book: setattr(book["得分"]["D5"], "value", "=40+5"),
    "seal removed": lambda book: book.remove(book["定稿"]),
    "seal's last piece removed": lambda book: book["定稿"].delete_rows(book["定稿"].max_row),
    "seal's piece twice": lambda book: book["定稿"].append([c.value for c in book["定稿"][book["定稿"].max_row]]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_found(good: Path, change: Callable[[Workbook], object]) -> None:
    assert not changed(good, change).passed


def test_a_formula_of_the_same_value_is_named(good: Path) -> None:
    grids = read_workbook(good).grids
    cells = {**grids["得分"].cells, (5, 4): grids["得分"].at(5, 4)._replace(formula=True)}
    found = verify_grids({**grids, "得分": Grid("得分", cells)})
    assert [(p.cell, p.message) for p in found.problems if p.is_error] == [("D5", "定稿中没有公式，这一格现在是公式")]


def test_another_digest_is_told(good: Path) -> None:
    found = changed(good, lambda book: setattr(book["定稿"]["B11"], "value", "0" * 64))
    assert "校验码与封存内容不符：封存内容或校验码被改动" in [problem.message for problem in found.problems]


def test_a_renamed_sheet_and_a_swapped_row_are_told(good: Path) -> None:
    renamed = changed(good, CHANGES["sheet renamed"])
    assert {problem.message for problem in renamed.problems if problem.is_error} == {
        "定稿时有工作表“裁定”，现在没有", "定稿时没有工作表“裁定1”",
    }  # fmt: skip
    swapped = changed(good, _swap_rows)
    told = {problem.cell: problem.message for problem in swapped.problems if problem.is_error}
    assert told["A5"] == "定稿时为“K1302”，现在为“K1303”"
    assert all(problem.sheet == "指标" for problem in swapped.problems if problem.is_error)


def test_the_seal_of_another_workbook_pasted_in_is_found(good: Path, tmp_path: Path) -> None:
    other = filling()
    first = str(other.roster[0]["id"])
    other = replace(other, measures={**other.measures, first: {**other.measures[first], "quality": 44.0}})
    theirs = load_workbook(sealed(tmp_path, other))["定稿"]

    def paste(book: Workbook) -> None:
        for row in theirs.iter_rows():
            for cell in row:
                book["定稿"][cell.coordinate].value = cell.value

    found = changed(good, paste)
    assert ("指标", "G5") in cells_of(found)
    assert not any(sheet == "定稿" for sheet, _ in cells_of(found))


def test_what_is_put_out_of_sight_is_told(good: Path) -> None:
    def hide(book: Workbook) -> None:
        book["裁定"].sheet_state = "hidden"
        book["排名"].row_dimensions[6].hidden = True
        book["入选"].column_dimensions["B"].hidden = True

    found = changed(good, hide)
    assert found.passed
    assert [p.sheet for p in found.problems if p.message.startswith("有隐藏的")] == ["裁定", "排名", "入选"]


# A forger without a key makes a seal that is whole in itself.


def forged(record: Record, sheet: str, cell: str, meaning: str) -> Verification:
    cells = {**record.sheets[sheet], cell: meaning}
    return resealed(record.model_copy(update={"sheets": {**record.sheets, sheet: cells}}))


def resealed(record: Record) -> Verification:
    text = record.text()
    sheets = with_seal(Seal(record, text, digest_of(text), None))
    return verify_grids({name: grid_of(name, cells) for name, cells in sheets.items()})


def _figures(record: Record) -> list[tuple[str, str]]:
    """Every point, total, rank, outcome and winner of the result sheets."""
    labels = {*(indicator.label for indicator in SCHEME.scored), "总分", "名次", "结果", "得数", "奖金（元）", "工号",
              "姓名", "网点"}  # fmt: skip
    found = []
    for sheet in ("得分", "排名", "入选", "核算"):
        columns = {re.sub(r"\d", "", at) for at, text in record.sheets[sheet].items()
                   if re.fullmatch("[A-Z]+4", at) and text.partition(" ")[2] in labels}  # fmt: skip
        for at in record.sheets[sheet]:
            column, row = re.sub(r"\d", "", at), int(re.sub(r"\D", "", at))
            if column in columns and row > 4:
                found.append((sheet, at))
    return found


def test_a_forged_result_is_recomputed_and_named(record: Record) -> None:
    figures = _figures(record)
    assert len(figures) > 90
    missed = []
    for sheet, at in figures:
        was = record.sheets[sheet][at]
        new = f"number {float(was.split()[1]) + 1:g}" if was.startswith("number") else f"{was}。"
        if (sheet, at) not in cells_of(forged(record, sheet, at, new)):
            missed.append((sheet, at, was))
    signatures = [at for sheet, at, was in missed if "填表人" in was]
    groups = [at for sheet, at, was in missed if "　" in was and "填表人" not in was]
    assert len(missed) == len(signatures) + len(groups), missed  # lines of words only


def test_a_forged_winner_on_the_notice_is_named(record: Record) -> None:
    at = next(at for at, text in record.sheets["公告"].items() if text == "text 罗成")
    assert cells_of(forged(record, "公告", at, "text 高峰")) == {("公告", at)}


def test_a_winner_added_to_the_list_is_named(record: Record) -> None:
    row = 6
    assert f"B{row}" not in record.sheets["入选"]
    assert ("入选", f"B{row}") in cells_of(forged(record, "入选", f"B{row}", "text K1302"))


def test_a_forged_input_shows_in_the_results(record: Record) -> None:
    found = forged(record, "指标", "G5", "number 49")
    assert {("得分", "D5"), ("排名", "D6"), ("入选", "B5")} <= cells_of(found)


def test_a_forged_ruling_shows_in_the_winners(record: Record) -> None:
    at = next(at for at, text in record.sheets["裁定"].items() if text == "text 当选")
    assert ("入选", "B5") in cells_of(forged(record, "裁定", at, "text 不当选"))


def test_a_ruling_taken_out_leaves_a_tie(record: Record) -> None:
    cells = {at: text for at, text in record.sheets["裁定"].items() if not at.endswith("5")}
    found = resealed(record.model_copy(update={"sheets": {**record.sheets, "裁定": cells}}))
    assert any(problem.message.endswith("并列待定，尚未裁定") for problem in found.problems)


def test_a_forged_setting_shows_in_the_points(record: Record) -> None:
    at = next(at for at, text in record.sheets["设置"].items() if text == "number 0.5")
    assert any(sheet == "得分" for sheet, _ in cells_of(forged(record, "设置", at, "number 0.9")))


def test_a_forged_scheme_is_not_ours(record: Record) -> None:
    altered = record.scheme_text.replace("complaint_withdrawn = 5", "complaint_withdrawn = 1")
    assert altered != record.scheme_text
    found = resealed(record.model_copy(update={"scheme_text": altered}))
    (problem,) = (problem for problem in found.problems if problem.is_error)
    assert "与本机同版本的方案" in problem.message


def test_comments_of_the_scheme_do_not_count(record: Record) -> None:
    assert resealed(record.model_copy(update={"scheme_text": f"# 注\n{record.scheme_text}"})).passed


def test_a_scheme_that_is_not_here_is_recomputed_by_its_sealed_text(record: Record) -> None:
    name = "cib-zhengzhou-2010/monthly-teller-2"
    settings = {at: text.replace(record.scheme, name) for at, text in record.sheets["设置"].items()}
    text = record.scheme_text.replace(record.scheme, name)
    sheets = {**record.sheets, "设置": settings}
    found = resealed(record.model_copy(update={"scheme": name, "scheme_text": text, "sheets": sheets}))
    assert found.passed
    assert any("本机没有方案" in problem.message for problem in found.problems)


@pytest.mark.parametrize("text", ["id = ", 'id = "x"', ""])
def test_a_broken_scheme_is_said(record: Record, text: str) -> None:
    assert not resealed(record.model_copy(update={"scheme_text": text})).passed


# Files that are no seal of ours.


def test_no_seal_is_said(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = 1
    book.save(tmp_path / "甲.xlsx")
    found = verify(tmp_path / "甲.xlsx")
    assert [problem.message for problem in found.problems] == ["这个工作簿没有定稿"]
    assert not found.passed


def test_no_workbook_is_said(tmp_path: Path) -> None:
    (tmp_path / "甲.xlsx").write_bytes(b"PK\x03\x04")
    assert not verify(tmp_path / "甲.xlsx").passed


def test_a_newer_format_is_said(good: Path) -> None:
    found = changed(good, lambda book: setattr(book["定稿"]["B4"], "value", "starscore-seal 2"))
    assert [problem.cell for problem in found.problems] == ["B4"]
    assert "更新版本" in found.problems[0].message


@pytest.mark.parametrize("text", ["", "{}", "[" * 100_000, '{"format":"starscore-seal 1"}', "null"])
def test_a_record_that_is_none_is_said(good: Path, text: str) -> None:
    grids = read_workbook(good).grids
    cells = {at: cell for at, cell in grids["定稿"].cells.items() if at[0] < 15}
    cells |= {(15, 1): Cell("封存内容", Kind.TEXT), (15, 2): Cell(f"00001 00000000|{text}|", Kind.TEXT)}
    found = verify_grids({**grids, "定稿": Grid("定稿", cells)})
    assert not found.passed
    assert "封存内容残缺，读不出来" in [problem.message for problem in found.problems]


# Texts that programs like to alter.


def test_odd_texts_come_through(tmp_path: Path) -> None:
    odd = ["=1+1", "+86", "@x", "-3", "_x0041_", "a\tb", "两\n行", "  空格  ", "\u00a0", "é", "e\u0301", "𠮷" * 40,
           "'单", "</v>&amp;", "[外]|!A1", "0123"]  # fmt: skip
    notes = [{"id": "K1302", "event": "criticism", "verified": False, "note": text} for text in odd]
    path = sealed(tmp_path, replace(filling(), events=tuple(notes)))
    assert verify(path).passed
    assert changed(path, lambda _: None).passed
    written = meanings(read_workbook(path).grids["登记"])
    assert "text =1+1" in written.values()


def test_a_seal_of_many_pieces_comes_through(tmp_path: Path) -> None:
    long = "𠮷甲" * 16_000
    notes = [{"id": "K1302", "event": "criticism", "verified": False, "note": long} for _ in range(3)]
    path = sealed(tmp_path, replace(filling(), events=tuple(notes)))
    assert verify(path).passed
    longest = max(len(str(row[1].value or "").encode("utf-16-le")) // 2 for row in load_workbook(path)["定稿"].rows)
    assert 16_000 < longest <= 32_767

    def exchange(book: Workbook) -> None:
        first, second = book["定稿"]["B15"], book["定稿"]["B16"]
        first.value, second.value = second.value, first.value

    assert {("定稿", "B15"), ("定稿", "B16")} <= cells_of(changed(path, exchange))


def test_a_sealed_workbook_sealed_again_names_the_seal_before(good: Path, tmp_path: Path) -> None:
    first = verify(good).seal
    done = seal(good, tmp_path / "第二版.xlsx", DAY)
    found = verify(tmp_path / "第二版.xlsx")
    assert first is not None
    assert found.passed
    assert done.seal is not None
    assert (done.seal.record.revision, done.seal.record.replaces) == (2, first.digest)
