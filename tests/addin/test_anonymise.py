"""The copy for those who help shows no person, and comes out as the workbook itself does."""

import datetime as dt
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from addin.anonymise import HIDDEN, anonymised
from addin.ranking import rank_file, write_result
from addin.workbook_file import read_workbook
from calc.result import Result
from tests.addin.command_line import run
from tests.addin.sealing.making import CRITICISM, filling, sealed, typed_in
from workbook_templates.filling import Filling, Typed

PEOPLE = (
    "高峰",
    "林美玲",
    "罗成",
    "梁思远",
    "K1301",
    "K1302",
    "K1303",
    "K1304",
    "支行行长",
    "意见簿第3页",
    "业务量较高",
)


def copy_of(path: Path) -> Path:
    copied = path.with_name("求助.xlsx")
    code, out, err = run("check", path, "--anonymise", copied)
    assert code in (0, 1), out + err
    return copied


def content(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def outcome(result: Result | None) -> list[object]:
    assert result is not None
    return [(row.pool, row.points, row.total, row.rank, row.status, row.eligible) for row in result.rows]


def test_nobody_is_in_it_and_the_outcome_is_the_same(tmp_path: Path) -> None:
    typed = typed_in(tmp_path)
    result = tmp_path / "结果.xlsx"
    write_result(rank_file(typed), result)
    for path in (typed, result, sealed(tmp_path)):
        text = content(copy_of(path))
        assert [person for person in PEOPLE if person in text] == []
        assert outcome(rank_file(copy_of(path)).result) == outcome(rank_file(typed).result)


def numbered(*ids: Typed) -> Filling:
    """The four people under other ids, the first of them with the criticism."""
    before = filling()
    old = [str(person["id"]) for person in before.roster]
    return replace(
        before,
        roster=[{**person, "id": identity} for person, identity in zip(before.roster, ids, strict=True)],
        measures={str(new): before.measures[was] for new, was in zip(ids, old, strict=True)},
        events=({**CRITICISM, "id": ids[0]},),
        rulings=({"id": ids[2], "kind": "tie", "decision": "seat", "date": dt.date(2026, 10, 9)},),
    )


def test_numbers_keep_their_length_zeros_and_likeness(tmp_path: Path) -> None:
    path = typed_in(tmp_path, numbered("007", "7", "410105199003077718", "0088"))
    grid = read_workbook(copy_of(path)).grids["名册"]
    first, second, third, fourth = (str(grid.at(row, 1).value) for row in range(5, 9))
    assert (first, second) == ("001", "1")
    assert (len(third), third != "410105199003077718") == (18, True)
    assert (len(fourth), fourth[:2], fourth != "0088") == (4, "00", True)
    assert outcome(rank_file(copy_of(path)).result) == outcome(rank_file(path).result)


def test_an_id_typed_as_a_number_stays_one_and_other_numbers_stay(tmp_path: Path) -> None:
    path = typed_in(tmp_path, numbered("900", "850", "1000", "450"))  # as their volumes are
    book = load_workbook(path)
    book["名册"]["A5"].value = 900
    book.save(path)
    grids = read_workbook(copy_of(path)).grids
    assert grids["名册"].at(5, 1).value == 100.0
    volumes = next(column for column, cell in grids["指标"].row(4) if cell.value == "业务量")
    assert [grids["指标"].at(row, volumes).value for row in range(5, 9)] == [900, 850, 1000, 450]


def test_names_in_sentences_and_notes_are_replaced(tmp_path: Path) -> None:
    path = typed_in(tmp_path)
    book = load_workbook(path)
    book["说明"]["A1"] = "由高峰（K1302）和罗成填写"
    book["设置"]["B15"] = "见高峰的邮件"
    book["登记"]["J5"].comment = Comment("高峰说的", "罗成")
    book["指标"]["G30"] = '="高峰"&"不在"'
    book.save(path)
    copied = copy_of(path)
    assert not any(person in content(copied) for person in ("罗成", "K1302"))
    assert read_workbook(copied).grids["说明"].at(1, 1).value == "由员工001（X0001）和员工003填写"


def test_signatures_and_remarks_are_taken_out_whole(tmp_path: Path) -> None:
    path = typed_in(tmp_path, replace(filling(), settings={"filled_by": "张三", "checked_by": "李四"}))
    grids = read_workbook(copy_of(path)).grids
    cells = [cell.value for grid in grids.values() for cell in grid.cells.values()]
    assert cells.count(HIDDEN) == 5  # two signatures, the remark, who ruled and why
    assert "张三" not in content(copy_of(path))


def test_what_openpyxl_cannot_load_is_copied_as_values(tmp_path: Path) -> None:
    path = typed_in(tmp_path)
    grids = read_workbook(path).grids
    book = anonymised(b"beyond openpyxl", grids, None)
    book.save(path.with_name("求助.xlsx"))
    assert not any(person in content(path.with_name("求助.xlsx")) for person in PEOPLE)
    assert book["指标"]["G5"].value == grids["指标"].at(5, 7).value


def test_the_copy_is_not_written_over_the_workbook(tmp_path: Path) -> None:
    path = typed_in(tmp_path)
    before = path.read_bytes()
    assert run("check", path, "--anonymise", path)[0] == 2
    assert path.read_bytes() == before


def test_a_remark_that_says_no_changes_no_other_cell(tmp_path: Path) -> None:
    path = typed_in(tmp_path, replace(filling(), events=({**CRITICISM, "note": "否"},)))
    assert outcome(rank_file(copy_of(path)).result) == outcome(rank_file(path).result)


@pytest.mark.parametrize("name", ["—", "、"])
def test_signs_are_no_names(name: str, tmp_path: Path) -> None:
    before = filling()
    path = typed_in(tmp_path, replace(before, roster=[{**before.roster[0], "name": name}, *before.roster[1:]]))
    assert read_workbook(copy_of(path)).grids["名册"].at(5, 2).value == name
