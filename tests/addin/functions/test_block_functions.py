"""STARSCORE, STARELIGIBLE and STARWHY: what clerks hand over besides clean numbers, and what they are told."""

import datetime as dt
import tomllib

import pytest

from addin import block_functions
from addin.functions import FUNCTIONS
from addin.host_values import area_of
from calc.scheme import load_scheme
from tests.addin.functions.blocks import MONTHLY
from tests.addin.scheme_sheet.sheets import grid_of, workbook
from tests.calc.making import event, indicator, measure, toml

STARSCORE, STARELIGIBLE, STARWHY = (FUNCTIONS[name] for name in ("STARSCORE", "STARELIGIBLE", "STARWHY"))
SCHEME = load_scheme(MONTHLY).scheme
HEADERS = ["工号", "姓名", "网点", "上岗日期", "服务质量", "服务效率", "服务态度", "服务规范执行",
           "业务量", "差错率", "理论成绩", "技能1", "品行确认", "意见簿批评（须核实）", "待核实"]  # fmt: skip
SINCE = dt.datetime(2020, 1, 1)
BEST = ["007", "张三", "东街", SINCE, 48.0, 9.0, 9.0, 9.0, 1000.0, 0.1, 80.0, 90.0, "是", 0.0, 0.0]
NEXT = ["008", "李四", "东街", SINCE, 46.0, 9.0, 9.0, 6.0, 900.0, 0.2, 70.0, 66.0, "是", 1.0, 0.0]
EMPTY = [None] * len(BEST)
SETTINGS = [["考核期间", "2026-09"], ["理论成绩所占比重", 0.5]]
# By hand. 张三: 48 + 10 + 9 + 10 + 10 + 10. 李四: 46 + (10 - 3) + 8 + 900/1000*10 + 0.1/0.2*10 + 68/85*10.
TOTALS = [[97.0], [83.0]]
PARTS = [[48.0, 10.0, 9.0, 10.0, 10.0, 10.0], [46.0, 7.0, 8.0, 9.0, 5.0, 8.0]]


def changed(row: list, **cells: object) -> list:
    return [cells.get(name, cell) for name, cell in zip(HEADERS, row, strict=True)]


def score(*rows: list, part: object = None, headers: object = None, settings: object = SETTINGS) -> object:
    return STARSCORE(MONTHLY, headers or [HEADERS], list(rows), part, settings)


def test_totals_and_parts() -> None:
    assert score(BEST, NEXT) == TOTALS
    assert STARSCORE("monthly-teller", [HEADERS], [BEST, NEXT], None, SETTINGS) == TOTALS
    assert score(BEST, NEXT, part="*") == PARTS
    assert score(BEST, NEXT, part="volume") == score(BEST, NEXT, part="业务量") == [[10.0], [9.0]]
    assert score(BEST, NEXT, part="composite") == [[85.0], [68.0]]
    assert score(BEST, NEXT, part="总分") == TOTALS


def test_ids_do_as_well_as_labels_in_any_order() -> None:
    names = {measure.label: measure.id for measure in SCHEME.measure} | {
        "工号": "id", "姓名": "name", "技能1": "skill_1", "意见簿批评（须核实）": "criticism", "待核实": "pending"
    }  # fmt: skip
    assert score(BEST, NEXT, headers=[[names[label] for label in HEADERS]]) == TOTALS
    assert score(BEST[::-1], NEXT[::-1], headers=[HEADERS[::-1]]) == TOTALS
    assert score(BEST, NEXT, headers=[[label] for label in HEADERS]) == TOTALS


def test_other_columns_are_left_alone() -> None:
    rows = [[*row, "备注"] for row in (BEST, NEXT)]
    assert score(*rows, headers=[[*HEADERS, "意见"]]) == TOTALS
    assert score(*rows, headers=[[*HEADERS, None]]) == TOTALS


def test_a_single_row_and_a_flat_one_give_a_single_value() -> None:
    assert score(BEST) == 97.0
    assert STARSCORE(MONTHLY, HEADERS, BEST) == 97.0
    assert STARELIGIBLE(MONTHLY, HEADERS, BEST, None, SETTINGS) == "不符合“业务量超过本网点平均”（第六条(一)4）"


@pytest.mark.parametrize("blank", [None, "", " "])
def test_blank_rows_stay_blank(blank: object) -> None:
    row = [blank] * len(HEADERS)
    assert score(row, BEST, row, NEXT, row) == [[""], *TOTALS[:1], [""], *TOTALS[1:], [""]]
    assert score(BEST, row, part="*") == [PARTS[0], [""] * 6]
    assert STARELIGIBLE(MONTHLY, [HEADERS], [BEST, row, NEXT], None, SETTINGS)[1] == [""]


def test_a_block_of_blank_rows_is_blank() -> None:
    assert score(EMPTY, EMPTY) == [[""], [""]]


def test_a_whole_column_of_cells() -> None:
    answer = score(BEST, NEXT, *([EMPTY] * 100_000))
    assert len(answer) == 100_002
    assert answer[:3] == [*TOTALS, [""]]


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("服务质量", "48"),
        ("服务质量", "４８"),
        ("业务量", "1,000"),
        ("差错率", "0.1%"),
        ("上岗日期", 43831.0),
        ("上岗日期", "2020-01-01"),
        ("上岗日期", "2020年1月1日"),
        ("品行确认", True),
        ("品行确认", 1.0),
        ("品行确认", "yes"),
        ("工号", 7.0),
        ("意见簿批评（须核实）", None),
        ("意见簿批评（须核实）", ""),
        ("待核实", None),
    ],
)
def test_other_ways_to_write_the_same(label: str, value: object) -> None:
    row = changed(BEST, **{label: value})
    assert score(row, NEXT) == TOTALS
    assert STARELIGIBLE(MONTHLY, [HEADERS], [row, NEXT], None, SETTINGS)[0] == [""]


@pytest.mark.parametrize(
    ("label", "value", "says"),
    [
        ("业务量", "很多", "#「业务量」填的“很多”不是数字"),
        ("业务量", None, "#李四没有填「业务量」"),
        ("业务量", -2146826246, "#「业务量」是错误值 #N/A"),
        ("业务量", "#N/A", "#「业务量」是错误值 #N/A"),
        ("服务质量", 51.0, "#李四的「服务质量」为 51，超出 0 至 50"),
        ("服务质量", "50%", "#「服务质量」不应是百分数"),
        ("上岗日期", "去年", "#「上岗日期」填的“去年”不是日期"),
        ("品行确认", "大概", "#「品行确认」填的“大概”看不懂"),
        ("工号", None, "#没有工号"),
        ("意见簿批评（须核实）", "一次", "#「意见簿批评（须核实）」填的“一次”不是数字"),
        ("意见簿批评（须核实）", 1.5, "#次数 1.5 不对"),
        ("意见簿批评（须核实）", -1.0, "#次数 -1 不对"),
    ],
)
def test_a_bad_cell_is_told_in_its_own_row_only(label: str, value: object, says: str) -> None:
    third = changed(BEST, 工号="009", 姓名="王五", 业务量=800.0)
    bad = changed(NEXT, **{label: value})
    (first,), (own,), (last,) = score(third, bad, BEST)
    assert (first, last) == (95.0, 97.0)
    assert own.startswith(says)
    assert STARELIGIBLE(MONTHLY, [HEADERS], [third, bad, BEST], None, SETTINGS)[1] == [own]


def test_an_id_that_is_there_twice_is_told_in_both_rows() -> None:
    twice = changed(NEXT, 工号="007")
    third = changed(BEST, 工号="009")
    assert score(BEST, twice, third) == [["#工号「007」重复出现"], ["#工号「007」重复出现"], [97.0]]
    assert score(BEST, twice, third, part="*")[1] == ["#工号「007」重复出现"] * 6


def test_an_unreadable_number_of_open_events_spoils_eligibility_only() -> None:
    rows = [changed(BEST, 待核实="有"), NEXT]
    assert score(*rows) == TOTALS
    assert STARELIGIBLE(MONTHLY, [HEADERS], rows, None, SETTINGS)[0] == ["#「待核实」填的“有”不是数字"]


def test_parts_that_do_not_need_the_bad_cell_are_given() -> None:
    shown = score(BEST, changed(NEXT, 业务量="很多"), part="*")[1]
    assert shown[:3] + shown[5:] == [46.0, 7.0, 8.0, 8.0]
    assert shown[3] == shown[4] == "#「业务量」填的“很多”不是数字"


def test_each_part_names_the_bad_cells_that_it_needs() -> None:
    shown = score(BEST, changed(NEXT, 业务量="很多", 理论成绩="缺"), part="*")[1]
    assert shown[3] == "#「业务量」填的“很多”不是数字"
    assert shown[5] == "#「理论成绩」填的“缺”不是数字"
    (total,) = score(BEST, changed(NEXT, 业务量="很多", 理论成绩="缺"))[1]
    assert total == "#「业务量」填的“很多”不是数字；「理论成绩」填的“缺”不是数字"


def test_what_is_not_known_yet_is_no_error() -> None:
    waiting = changed(NEXT, 技能1=None)
    assert score(BEST, waiting)[1] == ["—待考：技能1"]
    assert score(BEST, waiting, part="*")[1] == [46.0, 7.0, 8.0, 9.0, 5.0, "—待考：技能1"]
    idle = changed(NEXT, 业务量=0.0, 差错率=None, 技能1=None)
    assert score(BEST, idle, part="error_rate")[1] == ["—无差错率（业务量为零或空白）"]


def test_open_events_are_told_by_eligibility_only() -> None:
    rows = [changed(BEST, 待核实=2.0), NEXT]
    assert score(*rows) == TOTALS
    assert STARELIGIBLE(MONTHLY, [HEADERS], rows, None, SETTINGS)[0] == ["登记中有 2 项待核实"]


def test_a_missing_column_spoils_only_what_needs_it() -> None:
    place = HEADERS.index("业务量")
    headers = [HEADERS[:place] + HEADERS[place + 1 :]]
    rows = [row[:place] + row[place + 1 :] for row in (BEST, NEXT)]
    assert score(*rows, headers=headers, part="quality") == [[48.0], [46.0]]
    for part in (None, "volume"):
        assert score(*rows, headers=headers, part=part) == [["#没有「业务量」列（volume）"]] * 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"scheme": "no-such/contest"}, "#没有方案「no-such/contest」；可用："),
        ({"scheme": "month-teller"}, "#没有方案「month-teller」；可用：cib-zhengzhou-2010/monthly-teller"),
        ({"scheme": "committee-vote"}, "#「季度服务之星（评委会投票）」由评委评分"),
        ({"scheme": None}, "#没有给出方案编号"),
        ({"scheme": "/etc/passwd.toml"}, "#没有方案"),
        ({"headers": [HEADERS[:-1]]}, "#表头有 14 列，数据有 15 列"),
        ({"headers": [EMPTY]}, "#表头是空的"),
        ({"headers": [HEADERS, HEADERS]}, "#表头须为一行"),
        ({"headers": [["编码", *HEADERS[1:]]]}, "#找不到表头"),
        ({"headers": [[*HEADERS[:-1], "业务量"]]}, "#「业务量」列出现了两次"),
        ({"part": "颜值"}, "#方案没有项目「颜值」；可用：服务质量（quality）"),
        ({"part": [["volume", "quality"]]}, "#「项目」须为一个值"),
        ({"part": -2146826246}, "#「项目」是错误值 #N/A"),
        ({"settings": [["考核期间"]]}, "#设置须为两列"),
        ({"settings": [["考核期间", "九月"]]}, "#考核期间「九月」看不懂"),
        ({"settings": [["考核期间", "2026Q3"]]}, "#考核期间「2026Q3」不对"),
        ({"settings": [["考核期间", None]]}, "#没有填写考核期间"),
        ({"settings": [["差错率折算方法", "随便"]]}, "#差错率折算方法「随便」不在可选之列"),
        ({"settings": [["理论成绩所占比重", 2.0]]}, "#理论成绩所占比重 2 超出范围"),
        ({"settings": [["方案版本", "1999"]]}, "#工作簿按方案版本 1999 制作"),
    ],
)
def test_a_bad_argument_is_told_in_the_whole_column(arguments: dict, says: str) -> None:
    given = {"scheme": MONTHLY, "headers": [HEADERS], "rows": [BEST, EMPTY, NEXT], "settings": SETTINGS} | arguments
    for name in ("STARSCORE", "STARELIGIBLE"):
        first, blank, last = FUNCTIONS[name](**given)
        assert first == last
        assert first[0].startswith(says)
        assert blank == [""]
    assert FUNCTIONS["STARWHY"](**given, row=1.0).startswith(says)


def test_all_parts_of_a_bad_call_are_as_wide_as_of_a_good_one() -> None:
    assert score(BEST, NEXT, part="*", settings=[["期间"]]) == [["#设置须为两列：项目、填写"] * 6] * 2


def test_the_scheme_from_a_cell_and_settings_as_the_sheet_has_them() -> None:
    sheet = [
        ["方案", MONTHLY, "不要改动"],
        ["填报单位", "东街支行", None],
        ["考核期间", "2026年9月", None],
        ["理论成绩所占比重", "50%", None],
        ["差错率折算方法", "超出最低部分÷最高", None],
        [None, None, None],
        ["填表人", "张三", None],
    ]
    # excess: (1 - (0.2 - 0.1) / 0.2) * 10 = 5, as by the default; 张三 alone has the lowest.
    assert STARSCORE([[MONTHLY]], [HEADERS], [BEST, NEXT], None, sheet) == TOTALS
    # linear: (0.2 - 0.2) / (0.2 - 0.1) * 10 = 0
    linear = [["zero_rule", "linear"], ["period", "2026-09"]]
    assert STARSCORE(MONTHLY, [HEADERS], [BEST, NEXT], "error_rate", linear) == [[10.0], [0.0]]
    # theory alone: 70 / 80 * 10
    assert score(BEST, NEXT, part="skill", settings=[["theory_weight", 1.0]]) == [[10.0], [8.75]]


def test_points_need_no_period_but_a_move_does() -> None:
    assert score(BEST, NEXT, settings=None) == TOTALS
    assert STARELIGIBLE(MONTHLY, [HEADERS], [BEST, NEXT])[0] == ["#没有填写考核期间"]
    headers = [[*HEADERS, "原网点", "调动日期"]]
    rows = [[*BEST, None, None], [*NEXT, "西街", dt.datetime(2026, 9, 28)]]
    assert score(*rows, headers=headers, settings=None)[0][0].startswith("#没有考核期间，谁参评")
    # Most of September she was in the other outlet, where she is the best of all: 46 + 7 + 8 + 10 + 10 + 10.
    assert score(*rows, headers=headers) == [[97.0], [91.0]]


def test_why_gives_every_step_or_one() -> None:
    whole = STARWHY(MONTHLY, [HEADERS], [EMPTY, BEST, NEXT], 3.0, None, SETTINGS)
    assert whole == STARWHY(MONTHLY, [HEADERS], [EMPTY, BEST, NEXT], "008", None, SETTINGS)
    lines = whole.split("\n")
    assert [line.split("（")[0] for line in lines[:4]] == ["服务质量", "客户评价", "内部评价", "业务量"]
    assert "业务量（第九条(三)）；本组最高者得10分，其余按比例（本人÷最高×10）；900 ÷ 最高 1000 × 10；9.00" in lines
    assert any(line.startswith("总分") and line.endswith("83.00") for line in lines)
    one = STARWHY(MONTHLY, [HEADERS], [EMPTY, BEST, NEXT], 3.0, "业务量", SETTINGS)
    assert one == next(line for line in lines if line.startswith("业务量（第九条"))
    assert STARWHY(MONTHLY, [HEADERS], [BEST, NEXT], 2.0, "总分", SETTINGS).endswith("83.00")
    assert STARWHY(MONTHLY, [HEADERS], [changed(BEST, 业务量="x"), NEXT], 1.0).startswith("#「业务量」")


@pytest.mark.parametrize("row", [0.0, 4.0, 1.5, "099", None, True, [[1.0, 2.0]]])
def test_why_of_a_row_that_is_not_there(row: object) -> None:
    assert STARWHY(MONTHLY, [HEADERS], [EMPTY, BEST, NEXT], row).startswith("#行须为 1 至 3 的整数")
    assert STARWHY(MONTHLY, [HEADERS], [EMPTY, BEST, NEXT], 1.0) == "#第 1 行是空的"


@pytest.mark.parametrize("column", ["complaint", "event:complaint"])
def test_a_part_that_is_reckoned_from_a_count_of_events_tells_of_that_column_alone(column: str) -> None:
    parts = indicator("speed", "given", of="volume"), indicator("calm", "given", of=column)
    grid = grid_of(workbook(tomllib.loads(toml(measure("volume"), event("complaint"), *parts))))
    places = range(1, grid.last_column + 1)
    rules = [[grid.at(row, place).value for place in places] for row in range(1, grid.last_row + 1)]
    rows = [["001", "x", "y"], ["002", 2.0, 1.0]]
    assert STARSCORE(rules, ["工号", "volume", "complaint"], rows, "calm") == [["#「complaint」填的“y”不是数字"], [1.0]]


def test_our_own_fault_is_logged_without_anybodys_data(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("张三 97.0")

    monkeypatch.setattr(block_functions, "score_block", broken)
    shown = score(BEST, NEXT)
    assert shown[0] == shown[1]
    assert shown[0][0].startswith("#内部错误 ZeroDivisionError")
    (log,) = tmp_path.rglob("*.log")
    assert str(log) in shown[0][0]
    text = log.read_text("utf-8")
    assert "ZeroDivisionError in STARSCORE" in text
    assert "block_functions.py" in text
    assert "张三" not in text
    assert "97.0" not in text  # as the time of day may have a 97


def test_a_block_that_several_functions_ask_for_is_scored_once() -> None:
    block_functions.score_block.cache_clear()
    for part in (None, "*", "volume"):
        score(BEST, NEXT, part=part)
    STARELIGIBLE(MONTHLY, [HEADERS], [BEST, NEXT], None, SETTINGS)
    assert block_functions.score_block.cache_info().misses == 1
    assert area_of([BEST]) == area_of((tuple(BEST),))
