"""What an author may write wrong on sheet 方案, and what is said of it: the cell, in the sheet's own words."""

from collections.abc import Sequence

import pytest
from openpyxl import Workbook

from addin.scheme_sheet.reading import read_scheme_sheet
from addin.scheme_sheet.workbook import new_scheme_workbook
from addin.scheme_sheet.writing import write_scheme
from calc.problem import Severity
from calc.scheme import SchemeError
from calc.scheme.doubts import doubts
from tests.addin.scheme_sheet.sheets import cell_of, grid_of

Edit = tuple[str, str, str, object]
"""Block, the row's first cell, the column, and what is typed there."""
POINTS, SPEED = "评分指标", "工作业绩"

MISTAKES: list[tuple[str, Sequence[Edit], str, str]] = [
    # what, edits, the column of the cell (in the last edit's row), a part of the message
    ("an unknown method", [(POINTS, SPEED, "D", "比一比")], "D", "“比一比”看不懂；可填：直接取用、"),
    ("no method", [(POINTS, SPEED, "D", None)], "D", "没有填写“算法”"),
    ("no base", [(POINTS, SPEED, "C", None)], "C", "没有填写“基准分”"),
    ("a bad number", [(POINTS, SPEED, "C", "三十")], "C", "“三十”不是数字"),
    ("an unknown column", [(POINTS, SPEED, "E", "业务了")], "E", "没有叫“业务了”的填报列、评分指标、事项；现有："),
    ("an unknown event", [(POINTS, "顾客评价", "E", "投拆：5")], "E", "没有叫“投拆”的事项"),
    ("an unknown group", [(POINTS, SPEED, "B", "效率")], "B", "没有叫“效率”的分组；现有：（还没有）"),
    ("an id twice", [(POINTS, SPEED, "I", "service_points")], "I", "编号“service_points”用了两次"),
    ("a label twice", [("填报列", "工作量", "A", "服务评分")], "A", "“服务评分”用了两次"),
    ("a bad id", [("奖励", "奖金", "I", "Money")], "I", "写法不合规定"),
    ("no choice where one must be made", [(POINTS, SPEED, "F", "")], "F", "没有填写“优者”"),
    ("a wrong choice", [(POINTS, SPEED, "F", "优者：中等")], "F", "“优者”：“中等”看不懂；可填：最高、最低"),
    ("an unknown key", [(POINTS, SPEED, "F", "优者：最高；上界：3")], "F", "不认识“上界”；可写：编号、"),
    ("a key twice", [(POINTS, SPEED, "F", "优者：最高；基准分：3")], "F", "“基准分”写了两次"),
    ("no colon", [(POINTS, SPEED, "F", "优者最高")], "F", "“优者最高”缺冒号"),
    ("an open bracket", [(POINTS, SPEED, "F", "优者：最高；范围：（本组")], "F", "括号或引号不成对"),
    ("a setting that is not there", [(POINTS, SPEED, "F", "优者：【谁优】")], "F", "没有叫“谁优”的设置项"),
    ("a key of another method", [(POINTS, SPEED, "F", "优者：最高；满值：3")], "F", "不认识“满值”"),
    ("a formula with an unknown word", [(POINTS, SPEED, "F", ""), (POINTS, SPEED, "D", "公式"),
     (POINTS, SPEED, "E", "工作量 / 均值")], "E", "没有叫“均值”的"),
    ("a formula that is none", [(POINTS, SPEED, "F", ""), (POINTS, SPEED, "D", "公式"),
     (POINTS, SPEED, "E", "工作量 / ")], "E", "“公式”：公式第"),
    ("a text where numbers are needed", [(POINTS, SPEED, "E", "岗位")], "A", "列 岗位 不是数值"),
    ("a part of a table left out", [("奖励", "奖金", "E", "（方式：按名次；对照表：（1：300）；其余：0）")], "E",
     "没有填写“并列时”"),
    ("no gate", [("条件", "入职满三个月", "B", None)], "B", "没有填写“把关”"),
    ("a fraction of a month", [("条件", "入职满三个月", "F", "满几个月：3.5；期末当日：计入")], "F",
     "“满几个月”：须为整数"),
    ("a gate that needs more", [("条件", "入职满三个月", "B", "等级")], "B", "“把关：等级”"),
    ("no rule of the seats", [("名额", "规则", "B", None)], "B", "没有填写“规则”（或按组写 各组规则）"),
    ("a rule of no kind", [("名额", "规则", "B", "一名")], "B", "例：1、10% 去尾、5:1 9:2"),
    ("nothing said of ties", [("并列", "并列的处理", "B", None)], "B", "没有填写“并列的处理”"),
    ("no name", [("基本情况", "评选名称", "B", None)], "B", "没有填写“评选名称”"),
    ("no such day", [("基本情况", "施行日期", "B", "2026-13-01")], "B", "“2026-13-01”不是日期"),
    ("weights that do not add up", [("基本情况", "满分", "B", 90)], "B", "基准分合计 100，与所写满分 90 不符"),
    ("pools by a number", [("基本情况", "分组列", "B", "工作量")], "B", "没有文字列 工作量"),
    ("an unknown row", [("名额", "倍数", "A", "几倍")], "A", "“名额”中没有“几倍”一行"),
    ("a row twice", [("名额", "倍数", "A", "规则")], "A", "“规则”出现了两行"),
    ("a cell of no column", [("登记事项", "迟到早退", "B", "x")], "B", "这一格不属于任何一列"),
    ("a column that this row has no use for", [(POINTS, SPEED, "F", "科目：甲"), (POINTS, SPEED, "D", "多项统计"),
     (POINTS, SPEED, "E", "工作量")], "F", "不认识“科目”"),
]  # fmt: skip


def edited(edits: Sequence[Edit]) -> tuple[Workbook, int]:
    """The starter's sheet with these edits, and the row of the last."""
    book, row = new_scheme_workbook(), 0
    for block, label, column, value in edits:
        row, _ = cell_of(book, label, below=block)
        book["方案"][f"{column}{row}"].value = value
    return book, row


@pytest.mark.parametrize(("edits", "column", "message"), [each[1:] for each in MISTAKES],
                         ids=[each[0] for each in MISTAKES])  # fmt: skip
def test_a_mistake_is_named_by_its_cell(edits: Sequence[Edit], column: str, message: str) -> None:
    book, row = edited(edits)
    with pytest.raises(SchemeError) as error:
        read_scheme_sheet(grid_of(book))
    problems = error.value.problems
    assert {problem.severity for problem in problems} == {Severity.ERROR}
    told = [(problem.sheet, problem.cell, problem.message) for problem in problems]
    assert [found for found in told if found[:2] == ("方案", f"{column}{row}") and message in found[2]], told


@pytest.mark.parametrize("edits", [each[1] for each in MISTAKES], ids=[each[0] for each in MISTAKES])
def test_no_message_speaks_of_the_file(edits: Sequence[Edit]) -> None:
    """No key or choice of a scheme file is named to somebody who has never seen one."""
    book, _ = edited(edits)
    with pytest.raises(SchemeError) as error:
        read_scheme_sheet(grid_of(book))
    said = " ".join(problem.message for problem in error.value.problems)
    for word in ("measure", "indicator", "event", "kind", "gate", "missing", "base", "best", "half_up", "id"):
        assert f" {word} " not in said
        assert f"{word} =" not in said


def test_several_mistakes_are_told_at_once() -> None:
    book, _ = edited([(POINTS, SPEED, "C", "三十"), ("名额", "规则", "B", None), ("基本情况", "施行日期", "B", "去年")])
    with pytest.raises(SchemeError) as error:
        read_scheme_sheet(grid_of(book))
    assert len(error.value.problems) >= 2


def test_an_error_value_and_a_formula_without_a_value() -> None:
    book = new_scheme_workbook()
    row = cell_of(book, SPEED, below=POINTS)[0]
    book["方案"][f"C{row}"].value = "=1/0"
    with pytest.raises(SchemeError) as error:
        read_scheme_sheet(grid_of(book))
    assert [(p.cell, p.message) for p in error.value.problems] == [(f"C{row}", "“基准分”是公式，但没有算出的值")]


def test_a_block_twice_and_none_at_all() -> None:
    book = new_scheme_workbook()
    last = book["方案"].max_row + 2
    book["方案"].cell(last, 1).value = "三十、名额"
    with pytest.raises(SchemeError, match="“名额”一块出现了两次"):
        read_scheme_sheet(grid_of(book))
    empty = Workbook()
    empty.active.title = "方案"
    empty.active["A1"].value = "评选办法"
    with pytest.raises(SchemeError, match="没有“基本情况”一块"):
        read_scheme_sheet(grid_of(empty))


def test_doubts_stand_at_their_cells_too() -> None:
    book, _ = edited([("基本情况", "满分", "B", None), (POINTS, SPEED, "C", 20)])
    file = read_scheme_sheet(grid_of(book))
    said = [file.problem(Severity.WARNING, doubt) for doubt in doubts(file)]
    row = cell_of(book, "满分")[0]
    assert [(p.sheet, p.cell) for p in said] == [("方案", f"B{row}")]
    assert "“满分：90”" in said[0].message


def test_ids_are_given_from_the_order_of_the_rows() -> None:
    book = new_scheme_workbook()
    sheet = book["方案"]
    for label, block in (("服务评分", "填报列"), ("工作量", "填报列"), ("服务质量", POINTS)):
        sheet.cell(cell_of(book, label, below=block)[0], 9).value = None
    scheme = read_scheme_sheet(grid_of(book)).scheme
    assert [measure.id for measure in scheme.measure] == ["post", "joined_on", "m1", "m2"]
    assert scheme.indicator[0].id == "i1"
    assert scheme.indicator[0].reads().columns == ("m1",)
    assert scheme.id.startswith("own/")
    assert read_scheme_sheet(grid_of(book)).scheme == scheme


def test_a_given_id_is_not_given_again() -> None:
    book = new_scheme_workbook()
    sheet = book["方案"]
    sheet.cell(cell_of(book, "服务评分", below="填报列")[0], 9).value = "m1"
    sheet.cell(cell_of(book, "工作量", below="填报列")[0], 9).value = None
    assert [m.id for m in read_scheme_sheet(grid_of(book)).scheme.measure] == ["post", "joined_on", "m1", "m2"]


def test_columns_and_blocks_may_stand_in_another_order() -> None:
    book = new_scheme_workbook()
    was = read_scheme_sheet(grid_of(book)).scheme
    sheet = book["方案"]
    top = cell_of(book, "名称", below=POINTS)[0]
    for row in range(top, top + 7):
        sheet.cell(row, 3).value, sheet.cell(row, 5).value = sheet.cell(row, 5).value, sheet.cell(row, 3).value
    assert read_scheme_sheet(grid_of(book)).scheme == was


def test_the_content_is_not_changed_by_writing_it() -> None:
    content = {"title": "甲"}
    book = Workbook()
    write_scheme(book.active, content)
    assert content == {"title": "甲"}
