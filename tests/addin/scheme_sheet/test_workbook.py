"""A workbook that carries its own scheme: made, ranked, sealed, verified and computed live by its sheet 方案."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.anonymise import anonymised
from addin.functions import FUNCTIONS
from addin.ranking import Ranked, rank_file, write_result
from addin.scheme_sheet.reading import read_scheme_sheet
from addin.scheme_sheet.usage import USAGE
from addin.scheme_sheet.workbook import contest_workbook, new_scheme_workbook, open_scheme_workbook, scheme_workbook
from addin.sealing.recompute import recompute
from addin.sealing.seal import seal
from addin.sealing.verify import verify
from addin.workbook_file import read_workbook
from calc.scheme import SchemeError, load_scheme
from tests.addin.functions.test_live_cells import live_cells
from tests.addin.scheme_sheet.sheets import cell_of, grid_of
from tests.addin.scheme_sheet.supermarket import EVENTS, TOTALS, WINNERS, scheme, scheme_book, september
from tests.addin.sealing.making import DAY
from workbook_templates.save import save_workbook

MONTHLY = "cib-zhengzhou-2010/monthly-teller"


def outcome(ranked: Ranked) -> tuple[dict[str, str], list[str]]:
    assert ranked.result is not None
    rows = ranked.result.rows
    return {row.id: str(row.total) for row in rows}, [row.id for row in rows if row.status == "winner"]


def altered(path: Path, target: Path, sheet: str, at: str, value: object) -> Path:
    book = load_workbook(path)
    book[sheet][at].value = value
    book.save(target)
    return target


def test_from_an_own_scheme_to_a_ranked_month(tmp_path: Path) -> None:
    ranked = rank_file(september(tmp_path))
    assert [problem for problem in ranked.problems if problem.is_error] == []
    assert outcome(ranked) == ({i: str(Decimal(total)) for i, total in TOTALS.items()}, WINNERS)
    late = next(row for row in ranked.result.rows if row.id == "003")
    assert late.reasons == ("不符合“入职满三个月”",)  # no clause, no empty brackets


def test_the_result_workbook_carries_the_scheme_and_ranks_again(tmp_path: Path) -> None:
    result = tmp_path / "结果.xlsx"
    write_result(rank_file(september(tmp_path)), result)
    assert outcome(rank_file(result))[1] == WINNERS
    assert open_scheme_workbook(result).scheme == scheme().scheme


def test_where_the_clerks_file_cannot_be_loaded_the_fresh_one_carries_it_too(tmp_path: Path) -> None:
    result = tmp_path / "结果.xlsx"
    write_result(replace(rank_file(september(tmp_path)), sprawls=True), result)
    assert open_scheme_workbook(result).scheme == scheme().scheme


def test_live_cells_take_the_range_of_the_sheet(tmp_path: Path) -> None:
    path = september(tmp_path)
    write_result(rank_file(path), tmp_path / "结果.xlsx")  # 指标 with its formulas' values
    parts, total, reasons = live_cells(path, read_workbook(tmp_path / "结果.xlsx").grids).values()
    assert [row[0] for row in total[:7]] == [float(number) for number in TOTALS.values()]
    assert parts[0] == [36.0, 27.33, 20.0, 10.0, 4.0, 0.0, 0.0]
    assert [row[0] for row in reasons[:7]] == ["", "", "不符合“入职满三个月”", "", "", "", ""]


def block() -> list[list[object]]:
    grid = grid_of(scheme_book())
    return [[grid.at(row, column).value for column in range(1, 10)] for row in range(1, grid.last_row + 1)]


HEADERS = [["工号", "姓名", "岗位", "服务评分", "扫码件数", "收银差错"]]
ROWS = [["001", "张敏", "收银员", 90.0, 820.0, 0.0], ["002", "李娜", "收银员", 88.0, 870.0, 1.0]]


def test_functions_take_a_scheme_that_is_typed_in_the_sheet() -> None:
    rules = block()
    assert FUNCTIONS["STARSCORE"](rules, HEADERS, ROWS, "收银速度") == [[28.28], [30.0]]
    assert FUNCTIONS["STARSCORE"](rules, HEADERS, ROWS, "出勤纪律") == [[10.0], [9.0]]
    assert "820 ÷ 最高 870 × 30" in FUNCTIONS["STARWHY"](rules, HEADERS, ROWS, 1.0, "收银速度")


def test_a_mistake_in_the_sheet_is_told_by_the_functions() -> None:
    rules = block()
    row = next(row for row in rules if row[0] == "收银速度")
    row[3] = "比一比"
    said = FUNCTIONS["STARSCORE"](rules, HEADERS, ROWS)
    assert said[0][0].startswith("#")
    assert f"方案!D{rules.index(row) + 1}" in said[0][0]
    assert "“比一比”看不懂" in said[0][0]


def test_the_seal_covers_the_scheme(tmp_path: Path) -> None:
    sealed = tmp_path / "定稿.xlsx"
    made = seal(september(tmp_path), sealed, DAY)
    assert made.seal is not None
    assert "门店月度之星" in made.seal.record.scheme_text
    found = verify(sealed)
    assert found.passed
    row = cell_of_sheet(sealed, "收银速度")
    forged = altered(sealed, tmp_path / "改.xlsx", "方案", f"C{row}", 31)
    assert not verify(forged).passed
    assert ("方案", f"C{row}") in [(problem.sheet, problem.cell) for problem in verify(forged).problems]


def test_a_seal_whose_text_is_another_scheme_than_its_sheet(tmp_path: Path) -> None:
    sealed = tmp_path / "定稿.xlsx"
    made = seal(september(tmp_path), sealed, DAY)
    assert made.seal is not None
    record = made.seal.record
    other = record.scheme_text.replace("base = 30", "base = 31")
    assert other != record.scheme_text
    found = recompute(record.model_copy(update={"scheme_text": other}), record.grids())
    assert [p.message for p in found.problems if p.is_error] == ["表“方案”与封存的方案全文不同"]


def cell_of_sheet(path: Path, label: str) -> int:
    sheet = load_workbook(path)["方案"]
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == label)


def test_a_change_of_the_scheme_in_the_workbook_counts(tmp_path: Path) -> None:
    path = september(tmp_path)
    row = cell_of_sheet(path, "陈列")
    found = rank_file(altered(path, tmp_path / "改.xlsx", "方案", f"C{row}", 20))
    assert outcome(found)[0]["102"] == "83.60"  # 36 + 17.6 + 20 + 10


def test_a_mistake_in_the_workbooks_scheme_is_its_error(tmp_path: Path) -> None:
    path = september(tmp_path)
    row = cell_of_sheet(path, "陈列")
    found = rank_file(altered(path, tmp_path / "改.xlsx", "方案", f"D{row}", "比一比"))
    assert found.result is None
    assert [(p.sheet, p.cell) for p in found.problems] == [("方案", f"D{row}")]


def test_the_settings_are_for_another_scheme(tmp_path: Path) -> None:
    path = september(tmp_path)
    row = next(r for r in range(1, 20) if load_workbook(path)["设置"].cell(r, 1).value == "方案")
    found = rank_file(altered(path, tmp_path / "改.xlsx", "设置", f"B{row}", MONTHLY))
    assert found.result is None
    assert any("“设置”写的方案是" in problem.message for problem in found.problems)


def test_a_shipped_scheme_that_was_changed_is_carried_and_told(tmp_path: Path) -> None:
    exported, path = scheme_workbook(load_scheme(MONTHLY).content), tmp_path / "月.xlsx"
    exported["方案"].cell(cell_of(exported, "业务量", below="评分指标")[0], 3).value = 5
    exported["方案"].cell(cell_of(exported, "满分")[0], 2).value = None
    exported["方案"].cell(cell_of(exported, "工作效率", below="分组")[0], 3).value = None
    save_workbook(contest_workbook(read_scheme_sheet(grid_of(exported))), path)
    assert "方案" in load_workbook(path).sheetnames
    assert any("与 StarScore 中的" in problem.message for problem in rank_file(path).problems)


def test_a_shipped_scheme_as_it_is_needs_no_sheet() -> None:
    same = read_scheme_sheet(grid_of(scheme_workbook(load_scheme(MONTHLY).content)))
    assert "方案" not in contest_workbook(same).sheetnames
    assert "方案" not in contest_workbook(load_scheme(MONTHLY)).sheetnames


def test_a_copy_without_persons_keeps_the_scheme(tmp_path: Path) -> None:
    path = september(tmp_path)
    ranked = rank_file(path)
    hidden = tmp_path / "隐.xlsx"
    save_workbook(anonymised(ranked.contents, ranked.grids, scheme().scheme), hidden)
    assert open_scheme_workbook(hidden).scheme == scheme().scheme
    assert sorted(outcome(rank_file(hidden))[0].values()) == sorted(TOTALS.values())


def test_a_new_workbook_has_the_scheme_and_its_usage() -> None:
    book = new_scheme_workbook()
    assert book.sheetnames == ["方案", USAGE]
    used = {cell.value for row in book[USAGE].iter_rows() for cell in row}
    assert {"与最优者成比例", "评委评分", "满几个月"} <= used
    assert "优者：最高、最低" in used
    assert max(len(str(text or "")) for text in used) < 700
    assert read_scheme_sheet(grid_of(book)).scheme.title == "月度服务之星"


def test_a_workbook_without_a_scheme_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "月.xlsx"
    save_workbook(contest_workbook(load_scheme(MONTHLY)), path)
    with pytest.raises(SchemeError) as error:
        open_scheme_workbook(path)
    assert [problem.message for problem in error.value.problems] == ["没有工作表“方案”"]


def test_a_scheme_alone_is_nothing_to_rank(tmp_path: Path) -> None:
    path = tmp_path / "方案.xlsx"
    save_workbook(new_scheme_workbook(), path)
    found = rank_file(path)
    assert found.result is None
    assert [problem.message for problem in found.problems] == ["工作簿只有方案，没有填报的表"]


def test_the_month_has_the_events_it_says() -> None:
    assert {event[1] for event in EVENTS} <= {event.label for event in scheme().scheme.event}
