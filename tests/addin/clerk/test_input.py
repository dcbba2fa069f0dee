"""What a tired clerk, Excel or WPS does to a filled template: understood, or a Problem with the exact cell.

One outlet of three people and one of two are typed into a real template, whose result is known (``CLEAN``). Each
line of the tables below spoils one thing, saves, and says what must come of it: the same result as of the clean
file, or an error at exactly this cell, the row without a total and the pool's list withheld. Never an exception,
never a silent zero, never a value dropped without a word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from calc.result import Result
from tests.addin.clerk.book import (
    CANCEL,
    CHEN,
    CLEAN_TOTALS,
    CLEAN_WINNERS,
    CONDUCT,
    EAST,
    GARDEN,
    INPUT_SHEETS,
    LI,
    MOVED_FROM,
    MOVED_ON,
    NAME,
    OUTLET,
    OWN_ID,
    PERIOD,
    PROGRESS,
    QUALITY,
    RATE,
    ROSTER_ID,
    SCHEME_ID,
    SCHEME_VERSION,
    SINCE,
    SKILL,
    SKILL_2,
    TIES,
    UNIT,
    VOLUME,
    WANG,
    WEIGHT,
    ZERO_RULE,
    ZHANG,
    Formatted,
    Raw,
    Spoil,
    _steps,
    at,
    below,
    cleared_row,
    copied_sheet,
    date_system_of_1904,
    down,
    event,
    filtered,
    formula,
    header,
    hidden_column,
    hidden_sheet,
    inserted_column,
    inserted_row,
    merged,
    merged_down,
    moved_rows,
    renamed_sheet,
    ruling,
    spoiled,
    swapped_columns,
    without_column,
    without_sheet,
)
from tests.addin.clerk.outcome import (
    EVERYBODY,
    MISSING,
    NOT_HELD,
    SAME,
    Outcome,
    assert_outcome,
    assert_problems,
    changed,
    either,
    place_of,
    ranked,
    same,
    withheld,
    wrong,
)


def test_the_clean_file_has_the_known_result(clean: Result) -> None:
    assert {row.id: str(row.total) for row in clean.rows} == CLEAN_TOTALS
    assert {row.pool: row.id for row in clean.rows if row.status == "winner"} == CLEAN_WINNERS
    assert [NOT_HELD in problem.message for problem in clean.problems] == [True]


Case = tuple[str, Spoil, Outcome | tuple[Outcome, ...]]


def _cases(cases: Sequence[Case]) -> Any:
    assert len({what for what, *_ in cases}) == len(cases), "two cases of one name"
    return pytest.mark.parametrize(("spoil", "expected"), [pytest.param(*case[1:], id=case[0]) for case in cases])


def _typed(spoil: Spoil) -> str:
    return " ".join(str(value) for step in _steps(spoil) if not callable(step) for value in step.values())


NOT_A_NUMBER = wrong({QUALITY: "不是数字"})
RANGE = wrong({QUALITY: "超出 0 至 50"})

NUMBERS: list[Case] = [
    ("full-width digits and point", {QUALITY: "４８．５"}, SAME),
    ("full-width point only", {QUALITY: "48．5"}, SAME),
    ("number as text", {QUALITY: "48.5"}, SAME),
    ("spaces around it", {QUALITY: "  48.5 "}, SAME),
    ("ideographic spaces", {QUALITY: "　48.5　"}, SAME),
    ("no-break spaces", {QUALITY: "\u00a048.5\u00a0"}, SAME),
    ("tab and newline", {QUALITY: "\t48.5\n"}, SAME),
    ("plus sign", {QUALITY: "+48.5"}, SAME),
    ("scientific text", {QUALITY: "4.85E1"}, SAME),
    ("more digits than a float has", {QUALITY: Raw("<v>48.499999999999993</v>")}, SAME),
    ("typed apostrophe", {QUALITY: "'48.5"}, either(SAME, NOT_A_NUMBER)),
    ("Chinese full stop for the point", {QUALITY: "48。5"}, SAME),
    ("middle dot for the point", {QUALITY: "48·5"}, either(SAME, NOT_A_NUMBER)),
    ("comma for the point", {QUALITY: "48,5"}, NOT_A_NUMBER),
    ("a sign that nobody sees", {QUALITY: "48.5\u200b"}, either(SAME, NOT_A_NUMBER)),
    ("space inside", {QUALITY: "4 8.5"}, NOT_A_NUMBER),
    ("unit behind it", {QUALITY: "48.5分"}, either(SAME, NOT_A_NUMBER)),
    ("Chinese numeral", {QUALITY: "四十八"}, NOT_A_NUMBER),
    *((f"nothing as {value!r}", {QUALITY: value}, wrong({QUALITY: "没有填"})) for value in ("/", "—", "－", " 无　")),
    ("nothing where there may be nothing", {PROGRESS: "/"}, SAME),
    ("nothing for a count, which is blank for once", {event("次数"): "无"}, wrong({event("次数"): "不是数字"}, LI)),
    ("a tick", {QUALITY: True}, NOT_A_NUMBER),
    ("a date (Excel made one of 2-1)", {QUALITY: Formatted(dt.datetime(2026, 2, 1), "m-d")}, NOT_A_NUMBER),
    ("48 in a cell that Excel made a date", {QUALITY: Formatted(48, "yyyy-mm-dd")}, NOT_A_NUMBER),
    ("a time", {QUALITY: Formatted(dt.time(9, 30), "h:mm")}, NOT_A_NUMBER),
    ("text NaN", {QUALITY: "NaN"}, NOT_A_NUMBER),
    ("text inf", {QUALITY: "inf"}, NOT_A_NUMBER),
    ("text 1e300", {QUALITY: "1e300"}, NOT_A_NUMBER),
    ("NaN in the file", {QUALITY: Raw("<v>NaN</v>")}, NOT_A_NUMBER),
    ("infinity in the file", {QUALITY: Raw("<v>INF</v>")}, NOT_A_NUMBER),
    ("1E+400 in the file", {QUALITY: Raw("<v>1E+400</v>")}, NOT_A_NUMBER),
    ("negative", {QUALITY: -3}, RANGE),
    ("negative text, full-width", {QUALITY: "－３"}, RANGE),
    ("minus sign of the mathematicians", {QUALITY: "−3"}, RANGE),
    ("above the range", {QUALITY: 50.01}, RANGE),
    ("huge", {QUALITY: 1e300}, wrong({QUALITY: "数值过大"})),
    ("huge where there is no range", {VOLUME: 1e300}, wrong({VOLUME: "数值过大"})),
    ("blank", {QUALITY: None}, wrong({QUALITY: "没有填"})),
    ("a space only", {QUALITY: "　 "}, wrong({QUALITY: "没有填"})),
    ("an empty text", {QUALITY: Raw("<v></v>", "str")}, wrong({QUALITY: "没有填"})),
    ("full-width thousands", {VOLUME: "１，２００"}, SAME),
    ("Chinese comma", {VOLUME: "1，200"}, SAME),
    ("thousands", {VOLUME: "1,200"}, SAME),
    ("scientific thousands", {VOLUME: "1.2E3"}, SAME),
    ("leading zeros", {VOLUME: "0001200"}, SAME),
    ("commas in the wrong place", {VOLUME: "12,00"}, wrong({VOLUME: "不是数字"})),
    ("enumeration comma", {VOLUME: "1、200"}, wrong({VOLUME: "不是数字"})),
    ("笔 behind it", {VOLUME: "1200笔"}, either(SAME, wrong({VOLUME: "不是数字"}))),
    ("currency", {VOLUME: "￥1200"}, wrong({VOLUME: "不是数字"})),
    ("full stop behind it", {VOLUME: "1200。"}, either(SAME, wrong({VOLUME: "不是数字"}))),
    ("skill out of range", {SKILL: 101}, wrong({SKILL: "超出 0 至 100"})),
    ("progress score with unit", {below(PROGRESS, 2): "1分"}, wrong({below(PROGRESS, 2): "不是数字"}, ZHANG)),
]  # fmt: skip

PERCENT = "不应是百分数"
RATES: list[Case] = [
    ("percent text", {RATE: "0.5%"}, SAME),
    ("full-width percent text", {RATE: "０．５％"}, SAME),
    ("small percent sign", {RATE: "0.5﹪"}, SAME),
    ("percent sign after a space", {RATE: "0.5 %"}, SAME),
    ("percent cell", {RATE: Formatted(0.005, "0.00%")}, SAME),
    ("percent cell without decimals", {RATE: Formatted(0.005, "0%")}, SAME),
    ("percent cells for all but one", {f"{RATE[:-1]}{r}": Formatted(v, "0.0%")
                                       for r, v in zip((5, 6, 7, 8), (0.005, 0.008, 0.01, 0.004), strict=True)}, SAME),
    ("text in a percent cell", {RATE: Formatted("0.5", "0.00%")}, SAME),
    ("percent cell beyond 100%", {RATE: Formatted(1.2, "0%")}, wrong({RATE: "超出 0 至 100"})),
    ("per mille", {RATE: "5‰"}, wrong({RATE: "不是数字"})),
    ("ten-thousandths in words", {RATE: "万分之五十"}, wrong({RATE: "不是数字"})),
    ("negative rate", {RATE: "-0.5%"}, wrong({RATE: "超出 0 至 100"})),
    ("percent cell for points", {QUALITY: Formatted(0.485, "0.0%")}, wrong({QUALITY: PERCENT})),
    ("percent text for points", {QUALITY: "48.5％"}, wrong({QUALITY: PERCENT})),
    ("percent cell for a number of transactions", {VOLUME: Formatted(12, "0%")}, wrong({VOLUME: PERCENT})),
    ("percent cell for an exam", {SKILL: Formatted(0.9, "0%")}, wrong({SKILL: PERCENT})),
]  # fmt: skip

NOT_A_DATE = wrong({SINCE: "不是日期"})
UNLIKELY_DATE = wrong({SINCE: ""})
DATES: list[Case] = [
    *((f"text {text}", {SINCE: text}, SAME) for text in (
        "2024.3.1", "2024-03-01", "2024/3/1", "2024年3月1日", "2024年03月01日", "2024年3月1号", "20240301",
        "２０２４．３．１", "２０２４年３月１日", " 2024-3-1　", "2024-03-01 00:00:00", "2024-3.1",
    )),
    ("number 20240301 in the date cell", {SINCE: 20240301}, SAME),
    ("number 20240301 in a plain cell", {SINCE: Formatted(20240301, "General")}, SAME),
    ("date with a time", {SINCE: dt.datetime(2024, 3, 1, 14, 30)}, SAME),
    ("date in Chinese format", {SINCE: Formatted(dt.datetime(2024, 3, 1), 'yyyy"年"m"月"d"日"')}, SAME),
    ("serial in the date cell", {SINCE: 45352}, SAME),
    ("serial in a plain cell", {SINCE: Formatted(45352, "General")}, same({SINCE: "2024-03-01"})),
    ("1904 date system", date_system_of_1904, SAME),
    ("1904 date system, text", (date_system_of_1904, {SINCE: "2024年3月1日"}), SAME),
    ("1904 date system, serial in a plain cell", (date_system_of_1904, {SINCE: Formatted(43890, "General")}),
     same({SINCE: "2024-03-01"})),
    *((f"text {text}", {SINCE: text}, NOT_A_DATE) for text in (
        "1/3/2024", "2024.3", "2024年3月", "3月1日", "不详",
    )),
    *((f"text {text}", {SINCE: text}, wrong({SINCE: "年份不全"})) for text in (
        "24.3.1", "24-03-01", "24年3月1日", "03/01/24",
    )),
    *((f"text {text}", {SINCE: text}, wrong({SINCE: "没有这一天"})) for text in (
        "2024-02-30", "20240230", "2024年2月30日", "2024-13-01", "2023-2-29",
    )),
    ("text 2024。3。1", {SINCE: "2024。3。1"}, SAME),
    *((f"text {text}", {SINCE: text}, either(SAME, NOT_A_DATE)) for text in (
        "二〇二四年三月一日", "1-Mar-24", "45352", "2024-03-01 14:30", "2024-03-01\u200b",
    )),
    ("a time only", {SINCE: dt.time(12, 0)}, NOT_A_DATE),
    ("negative in the date cell", {SINCE: -5}, NOT_A_DATE),
    ("yes", {SINCE: True}, NOT_A_DATE),
    ("year 2024 in a plain cell", {SINCE: Formatted(2024, "General")}, NOT_A_DATE),
    ("date missing", {SINCE: None}, wrong({SINCE: "没有填"})),
    # Excel shows 1905-07-16 for these two; nobody means that.
    ("number 2024.3 in the date cell", {SINCE: 2024.3}, UNLIKELY_DATE),
    ("number 2024 in the date cell", {SINCE: 2024}, UNLIKELY_DATE),
    ("a hundred years ahead", {SINCE: dt.datetime(2124, 3, 1)}, UNLIKELY_DATE),
    ("the end of time", {SINCE: dt.datetime(9999, 12, 31)}, UNLIKELY_DATE),
]  # fmt: skip

DENIED = changed({WANG: ("97.50", "")})
YES_NO: list[Case] = [
    *((f"yes as {value!r}", {CONDUCT: value}, SAME) for value in (
        "是", " 是　", "对", "yes", "Yes", "y", "Ｙ", "true", "TRUE", True, 1, "1", "１", "√", "✓", "✔", "✔️", "☑",
    )),
    *((f"no as {value!r}", {CONDUCT: value}, DENIED) for value in (
        "否", "no", "No", "N", "ｎ", "false", False, 0, "0", "０", "×", "✗", "✘", "错", "不实",
    )),
    *((f"nonsense {value!r}", {CONDUCT: value}, wrong({CONDUCT: "须填“是”或“否”"})) for value in (
        "不", "有", "符合", "待定", "OK", 2, -1, "是/否", "?", "？",
    )),
    *((f"almost yes {value!r}", {CONDUCT: value}, either(SAME, wrong({CONDUCT: "须填“是”或“否”"})))
      for value in ("是的", "是。", "1.0", "是\u200b")),
    ("confirmation missing", {CONDUCT: None}, wrong({CONDUCT: "没有填"})),
]  # fmt: skip

AS_NUMBER = {OWN_ID: "是数字格式"}
NOT_THERE = wrong({OWN_ID: "是否应为「007」", ROSTER_ID: "“指标”没有这个人"}, also_withheld=(GARDEN,))
NO_ID = wrong({OWN_ID: "不能作编号", ROSTER_ID: "“指标”没有这个人"})
OWN_ROW_LOST = {OWN_ID: "是否应为「007」", ROSTER_ID: "“指标”没有这个人"}
IDS: list[Case] = [
    ("trailing space", {OWN_ID: "007 "}, SAME),
    ("ideographic and no-break space", {OWN_ID: "　007\u00a0"}, SAME),
    ("full-width digits", {OWN_ID: "００７"}, SAME),
    ("full-width letter", {at("指标", "工号", 7): "Ａ０３"}, SAME),
    ("full-width in 登记", {event("工号"): "００１２ "}, SAME),
    ("zeros lost in 指标", {OWN_ID: "7"}, NOT_THERE),
    ("number in 指标", {OWN_ID: 7}, withheld(OWN_ROW_LOST, WANG, warnings=AS_NUMBER)),
    ("number that shows its zeros", {OWN_ID: Formatted(7, "000")}, withheld(OWN_ROW_LOST, WANG, warnings=AS_NUMBER)),
    ("number in 名册 and in 指标", {OWN_ID: 7, ROSTER_ID: 7}, same(AS_NUMBER | {ROSTER_ID: "是数字格式"})),
    ("zeros lost in 登记", {event("工号"): "12"}, withheld({event("工号"): "是否应为「0012」"})),
    ("number in 登记", {event("工号"): 12},
     withheld({event("工号"): "是否应为「0012」"}, warnings={event("工号"): "是数字格式"})),
    ("another case of letters", {below(OWN_ID, 2): "a03"},
     either(SAME, withheld({below(OWN_ID, 2): "不在“名册”中", below(ROSTER_ID, 2): "“指标”没有这个人"}, ZHANG))),
    ("apostrophe typed", {OWN_ID: "'007"}, SAME),
    ("a sign that nobody sees", {OWN_ID: "007\u200b"}, either(SAME, NOT_THERE)),
    ("18 digits as a number in 指标", {OWN_ID: 410105199001011234}, NO_ID),
    ("18 digits as a number in both", {OWN_ID: 410105199001011234, ROSTER_ID: 410105199001011234},
     wrong({OWN_ID: "不能作编号", ROSTER_ID: "不能作编号"})),
    ("18 digits as a number in 登记", {event("工号"): 410105199001011234}, withheld({event("工号"): "不能作编号"})),
    ("18 digits as text", {OWN_ID: "410105199001011234", ROSTER_ID: "410105199001011234"},
     changed({WANG: ("97.50", "winner")})),
    ("fraction", {OWN_ID: 7.5}, NO_ID),
    ("date", {OWN_ID: Formatted(dt.datetime(2026, 3, 1), "m-d")}, NO_ID),
    ("yes in the id", {OWN_ID: True}, NO_ID),
    ("#N/A in 指标", {OWN_ID: "#N/A"}, wrong({OWN_ID: "错误值", ROSTER_ID: "“指标”没有这个人"})),
    ("#REF! in 名册", {ROSTER_ID: "#REF!"}, withheld({ROSTER_ID: "错误值", OWN_ID: "不在“名册”中"}, WANG)),
    ("#REF! in 登记", {event("工号"): "#REF!"}, withheld({event("工号"): "错误值"})),
    ("blank in 名册", {ROSTER_ID: None}, withheld({ROSTER_ID: "没有工号", OWN_ID: "不在“名册”中"}, WANG)),
    ("blank in 指标", {OWN_ID: None}, withheld({OWN_ID: "没有工号", ROSTER_ID: "“指标”没有这个人"}, WANG)),
    ("blank in 登记", {event("工号"): None}, withheld({event("工号"): "没有写工号"})),
    ("twice in 名册 and in 指标", {below(ROSTER_ID): "007", below(OWN_ID): "007"},
     withheld({ROSTER_ID: "重复", below(ROSTER_ID): "重复", below(OWN_ID): "重复", event("工号"): "不在名册中"},
              WANG, LI)),
    ("twice in 指标", {below(OWN_ID): "007"},
     wrong({below(OWN_ID): "重复", below(ROSTER_ID): "“指标”没有这个人"}, WANG, LI)),
    ("in 名册, not in 指标", cleared_row("指标", 5), wrong({ROSTER_ID: "“指标”没有这个人"})),
    ("in 指标, not in 名册", {at("指标", "工号", 10): "0999", at("指标", "服务质量", 10): 40},
     withheld({at("指标", "工号", 10): "不在“名册”中"})),
    ("in 登记, not in 名册", {event("工号"): "0999"}, withheld({event("工号"): "不在名册中"})),
    ("a name for the id in 登记", {event("工号"): "李敏"}, withheld({event("工号"): "不在名册中"})),
    ("in 裁定, not in 名册", {ruling("工号"): "0999", ruling("种类"): "取消", ruling("决定"): "取消"},
     withheld({ruling("工号"): "不在名册中"})),
]  # fmt: skip

ERROR_CELLS: list[Case] = [
    *((f"{error} in points", {QUALITY: error}, wrong({QUALITY: error}))
      for error in ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")),
    ("#SPILL! in points", {QUALITY: Raw("<v>#SPILL!</v>", "e")}, wrong({QUALITY: "#SPILL!"})),
    ("#N/A in an exam", {SKILL: "#N/A"}, wrong({SKILL: "错误值"})),
    ("#N/A in the score that may be blank", {PROGRESS: "#N/A"}, wrong({PROGRESS: "错误值"})),
    ("#N/A in a date", {SINCE: "#N/A"}, wrong({SINCE: "错误值"})),
    ("#N/A in a name", {NAME: "#N/A"}, wrong({NAME: "错误值"})),
    ("#N/A in an outlet", {OUTLET: "#N/A"}, wrong({OUTLET: "错误值"}, also_withheld=(GARDEN,))),
    ("#N/A in a count", {event("次数"): "#N/A"}, wrong({event("次数"): "错误值"}, LI)),
    ("#N/A in a setting", {WEIGHT: "#N/A"}, withheld({WEIGHT: "错误值"})),
    ("#REF! in the period", {PERIOD: "#REF!"}, withheld({PERIOD: "错误值"})),
]  # fmt: skip

SAID_FORMULA = "填的是公式"
FORMULAS: list[Case] = [
    ("with its value", {QUALITY: formula("40+8.5", "48.5")}, same({QUALITY: SAID_FORMULA})),
    ("without a value", {QUALITY: formula("40+8.5", None)}, wrong({QUALITY: "没有算出的值"})),
    ("with an empty value", {QUALITY: formula("40+8.5", "")}, wrong({QUALITY: "没有算出的值"})),
    ("with an error", {QUALITY: formula("1/0", "#DIV/0!", "e")}, wrong({QUALITY: "#DIV/0!"})),
    ("with a number as text", {QUALITY: formula("T(1)", "48.5", "str")}, same({QUALITY: SAID_FORMULA})),
    ("with an empty text", {QUALITY: formula("T(1)", "", "str")}, wrong({QUALITY: "没有填"})),
    ("of an id", {OWN_ID: formula("名册!A5", "007", "str")}, same({OWN_ID: SAID_FORMULA})),
    ("of an id without a value", {OWN_ID: formula("名册!A5", None)},
     wrong({OWN_ID: "没有算出的值", ROSTER_ID: "“指标”没有这个人"})),
    ("of a date", {SINCE: formula("DATE(2024,3,1)", "45352")}, same({SINCE: SAID_FORMULA})),
    ("of yes", {CONDUCT: formula("T(1)", "是", "str")}, same({CONDUCT: SAID_FORMULA})),
    ("of the period", {PERIOD: formula("T(1)", "2026-09", "str")}, same({PERIOD: SAID_FORMULA})),
    ("of the period without a value", {PERIOD: formula("T(1)", None)}, withheld({PERIOD: "没有算出的值"})),
    ("array formula over two rows",
     {QUALITY: Raw(f'<f t="array" ref="{down(QUALITY).partition("!")[2]}">1</f><v>48.5</v>')},
     same({QUALITY: "此列共 2 处"})),
    ("two names that look like our own count", {NAME: formula("T(1)", "（此列共 王静", "str"),
                                                below(NAME): formula("T(1)", "李敏", "str")},
     same({NAME: SAID_FORMULA})),
    ("where nothing is to be typed: no value", {at("指标", "待核实", 5): formula("1/0", "#DIV/0!", "e")}, SAME),
]  # fmt: skip

UNKNOWN = "不认识的列"


def lost(place: str, words: str, *people: int, renamed: bool = True, tolerated: str = "") -> Outcome:
    """A column of the template is not there under its name: an error on its own sheet, and nobody wins."""
    warnings = {header(place): UNKNOWN} if renamed else {}
    return replace(withheld({f"{place.partition('!')[0]}!*": words}, *people, warnings=warnings), tolerated=tolerated)


def _renamed(sheet: str, label: str, name: str, *people: int) -> Case:
    place = at(sheet, label, 5)
    return f"renamed: {label} of {sheet}", {header(place): name}, lost(place, label, *people)


def _deleted(sheet: str, label: str, *people: int) -> Case:
    place = at(sheet, label, 5)
    return f"deleted: {label} of {sheet}", without_column(place), lost(place, label, *people, renamed=False)


COLUMNS: list[Case] = [
    _renamed("指标", "服务质量", "质量得分", *EVERYBODY),
    ("its unit in the header", {header(QUALITY): "服务质量（分）"}, SAME),
    ("its unit in half-width brackets", {header(QUALITY): "服务质量 (分)"}, SAME),
    _renamed("指标", "品行确认", "品行", *EVERYBODY),
    _renamed("指标", "进步分", "进步加分"),
    ("renamed: 姓名 of 名册", {header(NAME): "名字"},
     either(lost(NAME, "姓名"), same({header(NAME): UNKNOWN, "名册!*": "姓名"}))),
    _renamed("名册", "上岗日期", "入行时间", *EVERYBODY),
    _renamed("登记", "日期", "时间"),
    _renamed("登记", "次数", "笔数"),
    ("renamed: 是否核实 of 登记", {header(event("是否核实")): "核实"},
     lost(event("是否核实"), "是否核实", tolerated="核实未填")),
    ("renamed: 技能1, with 技能2 filled in", {header(SKILL): "点钞", **{below(SKILL_2, n): 80 for n in range(5)}},
     lost(SKILL, "技能")),
    ("renamed: 工号 of 指标", {header(OWN_ID): "员工号"}, withheld({"指标!*": "工号"}, *EVERYBODY)),
    ("renamed: 工号 of 登记", {header(event("工号")): "员工号"},
     withheld({"登记!*": "工号"}, warnings={header(event("工号")): UNKNOWN})),
    ("renamed: 事项 of 登记", {header(event("事项")): "事件"}, withheld({"登记!*": "事项"})),
    ("renamed: both columns of a move", {header(MOVED_FROM): "调出网点", header(MOVED_ON): "调动时间",
                                         MOVED_FROM: GARDEN, MOVED_ON: dt.datetime(2026, 9, 20)},
     withheld({"名册!*": ""}, warnings={header(MOVED_FROM): UNKNOWN, header(MOVED_ON): UNKNOWN})),
    ("renamed: a column that is only looked up", {header(at("指标", "待核实", 5)): "待查"},
     same({header(at("指标", "待核实", 5)): UNKNOWN})),
    _deleted("指标", "服务质量", *EVERYBODY),
    ("deleted: 技能1 of 指标", without_column(SKILL), lost(SKILL, "技能", *EVERYBODY, renamed=False)),
    ("deleted: 进步分 of 指标", without_column(PROGRESS),
     either(lost(PROGRESS, "进步分", renamed=False), changed({ZHANG: ("82.32", "")}, {"指标!*": "进步分"}))),
    ("deleted: 姓名 of 名册", without_column(NAME),
     either(lost(NAME, "姓名", renamed=False), same({"名册!*": "姓名"}))),
    _deleted("名册", "上岗日期", *EVERYBODY),
    _deleted("登记", "次数"),
    _deleted("登记", "日期"),
    _deleted("登记", "工号"),
    ("deleted: 工号 of 指标", without_column(OWN_ID), withheld({"指标!*": "工号"}, *EVERYBODY)),
    ("deleted: an exam that was not held", without_column(SKILL_2), SAME),
    ("deleted: a column that is only looked up", without_column(at("指标", "姓名", 5)), SAME),
    ("duplicated: 服务质量", {header(SKILL_2): "服务质量"}, withheld({header(SKILL_2): "出现了两次"})),
    ("duplicated: 工号", {header(SKILL_2): "工号"}, withheld({header(SKILL_2): "出现了两次"})),
    ("duplicated: 网点", {"名册!K4": "网点"}, withheld({"名册!K4": "出现了两次"})),
    ("moved: 服务质量", swapped_columns(header(QUALITY), header(SKILL)), SAME),
    ("moved: 工号 of 指标", swapped_columns(header(OWN_ID), header(SKILL)), SAME),
    ("moved: 网点 of 名册", swapped_columns(header(OUTLET), header(MOVED_ON)), SAME),
    ("hidden: 服务质量", hidden_column(QUALITY), same({QUALITY: "此列共 5 处"})),
    ("hidden: a blank column", hidden_column(SKILL_2), SAME),
    ("a new column at the right", {"指标!Z4": "备注", "指标!Z5": "好"},
     same({"指标!Z4": UNKNOWN})),
    ("a remark beside the table", {"指标!AB7": "已核"}, SAME),
    ("header with spaces around it", {header(QUALITY): " 服务质量　"}, SAME),
    *((f"column A inserted in {sheet}", inserted_column(sheet), SAME) for sheet in INPUT_SHEETS),
]  # fmt: skip

HIDDEN_ROWS = {at("名册", label, 6): "此列共 2 处" for label in ("工号", "姓名", "网点", "上岗日期")}
ROWS: list[Case] = [
    *((f"title row inserted in {sheet}", inserted_row(sheet, 1, "本月数据"), SAME) for sheet in INPUT_SHEETS),
    *((f"row inserted above the header of {sheet}", inserted_row(sheet, 4, "请先看：工号不能错"), SAME)
      for sheet in INPUT_SHEETS),
    *((f"blank row below the header of {sheet}", inserted_row(sheet, 5, None), SAME) for sheet in INPUT_SHEETS),
    ("blank rows between", (moved_rows("名册", {7: 8, 8: 11, 9: 14}), moved_rows("指标", {6: 7, 7: 10, 9: 13})), SAME),
    ("指标 in another order", moved_rows("指标", {5: 9, 6: 8, 7: 5, 8: 7, 9: 6}), SAME),
    ("登记 in another order", moved_rows("登记", {5: 7, 6: 5, 7: 6}), SAME),
    ("a row with spaces only", {below(OWN_ID, 8): " ", below(QUALITY, 8): "　", below(ROSTER_ID, 8): " "}, SAME),
    ("filtered rows of 名册", filtered("名册", 6, 8), same(HIDDEN_ROWS)),
    *((f"{text!r} below 指标", {below(OWN_ID, 5): text, below(VOLUME, 5): 5000}, same({below(OWN_ID, 5): "不是人员"}))
      for text in ("合计", "合　计", "平均值", "填表人：王静", "复核人")),
    ("sum below 名册", {below(ROSTER_ID, 5): "合计", below(NAME, 5): "5人"}, same({below(ROSTER_ID, 5): "“合计”"})),
    ("remark below 指标, merged", ({below(OWN_ID, 7): "以上数据已核对"}, merged("指标!A12:Q12")),
     withheld({below(OWN_ID, 7): "「以上数据已核对」不在“名册”中"})),
    ("units in a row below the header", (inserted_row("指标", 5, None), {QUALITY: "分", VOLUME: "笔"}),
     withheld({OWN_ID: "没有工号"})),
    ("below the block of 指标", {"指标!A40": "0999", QUALITY[:-1] + "40": 40},
     withheld({"指标!A40": ""})),
    ("only points below the block of 指标", {QUALITY[:-1] + "40": 40}, withheld({"指标!A40": ""})),
    ("王静 below the blocks", (moved_rows("名册", {5: 40}), moved_rows("指标", {5: 40})),
     withheld({"名册!A40": "预留的表格之外", "指标!A40": "预留的表格之外"})),
    ("below the block of 登记", moved_rows("登记", {5: 90}), withheld({"登记!*": "预留的表格之外"})),
    ("below the block of 裁定", {ruling("种类", 60): "取消", ruling("决定", 60): "取消", ruling("工号", 60): "007"},
     withheld({"裁定!*": "预留的表格之外"})),
]  # fmt: skip

MERGED = "合并单元格"
SECOND = {event("工号", 6): "A03", event("事项", 6): "总行转投诉（已撤诉）", event("是否核实", 6): None}
MERGES: list[Case] = [
    ("points of two people", merged_down(QUALITY), wrong({below(QUALITY): MERGED}, LI)),
    ("exam of two people", merged_down(SKILL), wrong({below(SKILL): MERGED}, LI)),
    ("score that may be blank, of two people", ({PROGRESS: 3}, merged_down(PROGRESS)),
     wrong({below(PROGRESS): MERGED}, LI)),
    ("confirmation of three people", merged(f"{CONDUCT}:{CONDUCT.split('!')[1][:-1]}7"),
     wrong({below(CONDUCT): MERGED, below(CONDUCT, 2): MERGED}, LI, ZHANG)),
    ("points and points beside them", merged(f"{QUALITY}:{at('指标', '服务效率', 5).split('!')[1]}"),
     wrong({at("指标", "服务效率", 5): MERGED})),
    ("outlet of its people", merged("名册!C5:C7"),
     wrong({below(OUTLET): MERGED, below(OUTLET, 2): MERGED}, LI, ZHANG, also_withheld=(GARDEN,))),
    ("name of two people", merged_down(NAME), wrong({below(NAME): MERGED}, LI)),
    ("id in 指标", merged_down(OWN_ID), wrong({below(OWN_ID): MERGED, below(ROSTER_ID): "“指标”没有这个人"}, LI)),
    ("move of two people",
     ({MOVED_FROM: GARDEN, MOVED_ON: dt.datetime(2026, 9, 3)}, merged_down(MOVED_FROM), merged_down(MOVED_ON)),
     wrong({below(MOVED_FROM): MERGED, below(MOVED_ON): MERGED}, LI, also_withheld=(GARDEN,))),
    ("id of two events", (SECOND, merged_down(event("工号"))), withheld({event("工号", 6): MERGED})),
    ("item of two events", (SECOND, merged_down(event("事项"))), withheld({event("事项", 6): MERGED})),
    ("count of two events", (SECOND, merged_down(event("次数"))), wrong({event("次数", 6): MERGED}, ZHANG)),
    ("date of two events", (SECOND, merged_down(event("日期"))), wrong({event("日期", 6): MERGED}, ZHANG)),
    ("a blank row", merged("指标!A12:Q12"), SAME),
    ("cells of 说明", merged("说明!A30:A31"), SAME),
]  # fmt: skip

SHEETS: list[Case] = [
    *((f"{state} {sheet}", hidden_sheet(sheet, state), same({sheet: "被隐藏"}))
      for sheet in INPUT_SHEETS for state in ("hidden", "veryHidden")),
    *((f"{sheet} with a space behind its name", renamed_sheet(sheet, f"{sheet} "), SAME) for sheet in INPUT_SHEETS),
    *((f"{sheet} deleted", without_sheet(sheet), SAME) for sheet in ("说明", "得分", "检查")),
    *((f"{what} 登记", step, withheld({"登记": MISSING}))
      for what, step in (("deleted", without_sheet("登记")), ("renamed", renamed_sheet("登记", "登记9月")))),
    ("deleted 裁定", without_sheet("裁定"), withheld({"裁定": MISSING})),
    ("deleted 指标", without_sheet("指标"), withheld({"指标": MISSING}, *EVERYBODY)),
    ("renamed 指标", renamed_sheet("指标", "指标9月"), withheld({"指标": MISSING}, *EVERYBODY)),
    ("a copy of 指标 with other figures", copied_sheet("指标", "指标 (2)"),
     either(same({"指标 (2)!*": ""}), withheld({"指标 (2)!*": ""}))),
    ("a copy of 登记", copied_sheet("登记", "登记 (2)"),
     either(same({"登记 (2)!*": ""}), withheld({"登记 (2)!*": ""}))),
    ("a second 指标 with a space behind its name", copied_sheet("指标", "指标 "), withheld({"指标!*": ""})),
]  # fmt: skip

SETTINGS: list[Case] = [
    *((f"period {value!r}", {PERIOD: value}, SAME) for value in (
        "2026年9月", "2026年09月", "２０２６－０９", "２０２６年９月", "2026-9", "2026.09", "2026/9", " 2026-09　",
    )),
    *((f"period {value!r}", {PERIOD: value}, withheld({PERIOD: "看不懂"})) for value in (
        "9月", "26年9月", "2026-13", "2026-00", "2026年9月上旬", "2026-09至2026-10", True,
    )),
    ("period as the date that Excel makes of it", {PERIOD: Formatted(dt.datetime(2026, 9, 1), "yyyy-mm")}, SAME),
    ("period as some day", {PERIOD: Formatted(dt.datetime(2026, 9, 2), "yyyy-mm-dd")}, withheld({PERIOD: "看不懂"})),
    *((f"period {what}", {PERIOD: value}, either(SAME, withheld({PERIOD: ""}))) for what, value in (
        ("202609", "202609"),
        ("number 202609", 202609), ("number 2026.09", Formatted(2026.09, "General")), ("2026年9月份", "2026年9月份"),
        ("2026。9", "2026。9"),
    )),
    ("period a serial", {PERIOD: 46266}, withheld({PERIOD: ""})),
    # The number that Excel keeps of 2026.10; January is not meant.
    ("period 2026.10 as a number", {PERIOD: Formatted(2026.1, "General")}, withheld({PERIOD: ""})),
    ("period blank", {PERIOD: None}, withheld({PERIOD: "没有填写考核期间"})),
    ("period of a quarter", {PERIOD: "2026Q3"}, withheld({PERIOD: "按月评选"})),
    ("period of a year", {PERIOD: "2026"}, withheld({PERIOD: "按月评选"})),
    ("period of a year, a number", {PERIOD: 2026}, withheld({PERIOD: ""})),
    ("period, its label renamed", {PERIOD.replace("B", "A"): "期间"}, withheld({"设置!*": ""})),
    *((f"choice {value!r}", {ZERO_RULE: value}, SAME) for value in ("最低÷本人", "inverse", " 最低÷本人　", None)),
    *((f"choice {value!r}", {ZERO_RULE: value}, withheld({ZERO_RULE: "不在可选之列"})) for value in ("随便", 1)),
    ("choice almost", {ZERO_RULE: "最低/本人"}, either(SAME, withheld({ZERO_RULE: "不在可选之列"}))),
    ("tie policy nonsense", {TIES: "看着办"}, withheld({TIES: "不在可选之列"})),
    *((f"weight {value!r}", {WEIGHT: value}, SAME) for value in ("0.5", "０．５", " 0.50 ", None)),
    ("weight 50% as text", {WEIGHT: "50%"}, either(SAME, withheld({WEIGHT: "“50%”"}))),
    ("weight 50% in a percent cell", {WEIGHT: Formatted(0.5, "0%")}, either(SAME, withheld({WEIGHT: "“50%”"}))),
    ("weight 50 in a percent cell", {WEIGHT: Formatted(50, "0%")}, withheld({WEIGHT: ""})),
    *((f"weight {value!r}", {WEIGHT: value}, withheld({WEIGHT: "超出范围"})) for value in (50, "50", -0.1, 1.5)),
    *((f"weight {value!r}", {WEIGHT: value}, withheld({WEIGHT: "不是数字"})) for value in ("一半", "5:5", True)),
    ("weight, its label renamed", {WEIGHT: 0.6, WEIGHT.replace("B", "A"): "理论比重"}, withheld({"设置!*": ""})),
    ("weight, its row twice", {"设置!A25": "理论成绩所占比重", "设置!B25": 0.9}, withheld({"设置!*": ""})),
    ("another version of the scheme", {SCHEME_VERSION: "1999-01-01"},
     either(same({SCHEME_VERSION: "版本"}), withheld({SCHEME_VERSION: "版本"}))),
    ("row inserted between", inserted_row("设置", 8, None), SAME),
]  # fmt: skip

REGISTER: list[Case] = [
    ("item with half-width brackets", {event("事项"): "总行转投诉(已撤诉) "}, SAME),
    ("item by its id", {event("事项"): "complaint_withdrawn"}, SAME),
    ("item unknown", {event("事项"): "投诉"}, withheld({event("事项"): "方案没有事项「投诉」"})),
    ("item a part of its name", {event("事项"): "总行转投诉"},
     either(SAME, withheld({event("事项"): "方案没有事项「总行转投诉」"}))),
    ("item blank", {event("事项"): None}, withheld({event("事项"): "没有写事项"})),
    ("item #N/A", {event("事项"): "#N/A"}, withheld({event("事项"): "错误值"})),
    ("count ２", {event("次数"): "２"}, SAME),
    *((f"count {value!r}", {event("次数"): value}, wrong({event("次数"): "须为不小于 0 的整数"}, LI))
      for value in (1.5, -1, "0.5", 10**7)),
    *((f"count {value!r}", {event("次数"): value}, wrong({event("次数"): "不是数字"}, LI))
      for value in ("两次", "2次")),
    ("count blank is once", {event("次数"): None}, changed({LI: ("82.26", "")})),
    ("points negative", {event("分值", 7): -2}, wrong({event("分值", 7): "不小于 0"}, CHEN)),
    ("points with a unit", {event("分值", 7): "2分"}, wrong({event("分值", 7): "不是数字"}, CHEN)),
    ("points missing", {event("分值", 7): None}, wrong({event("分值", 7): "没有写分值"}, CHEN)),
    ("points where they are not asked for", {event("分值"): 3}, same({event("分值"): "不起作用"})),
    ("date before the period", {event("日期"): dt.datetime(2026, 8, 31)},
     changed({LI: ("87.26", "")}, {event("日期"): "不在2026年9月内"})),
    ("date after the period", {event("日期"): "2026.10.1"},
     changed({LI: ("87.26", "")}, {event("日期"): "不在2026年9月内"})),
    ("date in the last minute", {event("日期"): dt.datetime(2026, 9, 30, 23, 59)}, SAME),
    ("date blank", {event("日期"): None}, SAME),
    ("date without its year", {event("日期"): "9月3日"}, wrong({event("日期"): "不是日期"}, LI)),
    ("date that is none", {event("日期"): "2026-09-31"}, wrong({event("日期"): "不是日期"}, LI)),
    ("confirmed in other words", {event("是否核实", 6): "属实"},
     SAME),
    # The clerk says that it was not so, and it counts all the same: at least it must be said.
    ("not confirmed where no confirmation is asked for", {event("是否核实"): "否"},
     either(same({event("是否核实"): ""}), wrong({event("是否核实"): ""}, LI))),
    ("only a remark", {event("依据、备注", 10): "见通报"},
     withheld({event("工号", 10): "没有写工号", event("事项", 10): "没有写事项"})),
    ("typed into a column that is counted", {at("指标", "意见簿批评（须核实）", 5): 2},
     either(same({at("指标", "意见簿批评（须核实）", 5): ""}), wrong({at("指标", "意见簿批评（须核实）", 5): ""}))),
    ("ruling: cancelled", CANCEL, changed({WANG: ("97.50", "")})),
    ("ruling: nonsense kind", CANCEL | {ruling("种类"): "随便"}, withheld({ruling("种类"): "“随便”看不懂"})),
    ("ruling: nonsense decision", CANCEL | {ruling("决定"): "再议"}, withheld({ruling("决定"): "“再议”看不懂"})),
    ("ruling: decision of another kind", CANCEL | {ruling("决定"): "当选"}, withheld({ruling("决定"): "看不懂"})),
    ("ruling: no kind", CANCEL | {ruling("种类"): None}, withheld({ruling("种类"): ""})),
    ("ruling: no decision", CANCEL | {ruling("决定"): None}, withheld({ruling("决定"): ""})),
    ("ruling: nobody", CANCEL | {ruling("工号"): None}, withheld({ruling("工号"): ""})),
    ("ruling: zeros lost", CANCEL | {ruling("工号"): 7},
     withheld({ruling("工号"): "不在名册中"}, warnings={ruling("工号"): "是数字格式"})),
    ("ruling: date that is none", CANCEL | {ruling("日期"): "昨天"},
     either(withheld({ruling("日期"): "不是日期"}), changed({WANG: ("97.50", "")}, {ruling("日期"): "不是日期"}))),
    ("ruling: seats in words",
     {ruling("网点"): EAST, ruling("种类"): "名额", ruling("决定"): "两名"}, withheld({ruling("决定"): "看不懂"})),
    ("ruling: seats of an unknown outlet",
     {ruling("网点"): "郑东", ruling("种类"): "名额", ruling("决定"): 2}, withheld({ruling("网点"): "「郑东」"})),
]  # fmt: skip

MOVES: list[Case] = [
    ("arrived in time", {MOVED_FROM: GARDEN, MOVED_ON: dt.datetime(2026, 9, 3)}, SAME),
    ("no day", {MOVED_FROM: GARDEN}, wrong({MOVED_ON: "没有填调动日期"}, also_withheld=(GARDEN,))),
    ("no origin", {MOVED_ON: dt.datetime(2026, 9, 3)}, wrong({MOVED_FROM: "没有填原单位"}, also_withheld=(GARDEN,))),
    ("nothing in both", {MOVED_FROM: "无", MOVED_ON: "/"}, SAME),
    # Nobody knows in which of the two outlets she counts: both wait.
    ("a day that is none", {MOVED_FROM: GARDEN, MOVED_ON: "9月中旬"},
     wrong({MOVED_ON: "不是日期"}, also_withheld=(GARDEN,))),
    ("an origin that is none", {MOVED_FROM: "#N/A", MOVED_ON: dt.datetime(2026, 9, 20)},
     wrong({MOVED_FROM: "错误值"}, also_withheld=(GARDEN,))),
]  # fmt: skip

NAMES: list[Case] = [
    *((f"{what}", {NAME: value}, SAME) for what, value in (
        ("begins with =", "=1+1"), ("begins with +", "+86王静"), ("begins with @", "@王静"),
        ("looks like a formula", "=SUM(A1:A9)"), ("line break", "王\n静"), ("tab", "王\t静"),
        ("a sign outside the first plane", "𠮷静"), ("emoji", "王静😀"), ("tags", "<b>王&amp;静</b>"),
        ("markup of the console", "[red]王静[/red][/]"), ("braces", "{name}{0}{"), ("percent", "%s%(x)d"),
        ("quotes", "王'\"静"), ("direction marks", "\u202e静王\u202c"), ("very long", "王" * 300),
        ("as long as a cell can be", "静" * 32767), ("number", 12345), ("combining signs", "e\u0301"),
    )),
    ("control characters", {NAME: Raw("<is><t>王_x0007_静_x001B_[31m</t></is>", "inlineStr")}, SAME),
    ("carriage return", {NAME: Raw("<is><t>王_x000D_静</t></is>", "inlineStr")}, SAME),
    ("half of a pair", {NAME: Raw("<is><t>王_xD83D_静</t></is>", "inlineStr")}, SAME),
    ("rich text with its pronunciation",
     {NAME: Raw("<is><r><t>王</t></r><r><rPr><b/></rPr><t>静</t></r><rPh sb='0' eb='1'><t>wang</t></rPh></is>",
                "inlineStr")}, SAME),
    ("name missing", {NAME: None}, either(same({NAME: "姓名"}), wrong({NAME: "姓名"}))),
    ("unit very long", {UNIT: "单" * 3000}, SAME),
    ("remark like a formula", {event("依据、备注"): "=1+1"}, SAME),
    ("remark very long", {event("依据、备注"): "长" * 32767}, SAME),
    ("outlet in full-width signs", {OUTLET: "　郑东支行 "}, SAME),
]  # fmt: skip

ALL: Mapping[str, list[Case]] = {
    "number": NUMBERS, "rate": RATES, "date": DATES, "yes or no": YES_NO, "id": IDS, "error cell": ERROR_CELLS,
    "formula": FORMULAS, "column": COLUMNS, "row": ROWS, "merge": MERGES, "sheet": SHEETS, "setting": SETTINGS,
    "register": REGISTER, "move": MOVES, "text": NAMES,
}  # fmt: skip


@_cases([(f"{group}: {what}", spoil, expected) for group, cases in ALL.items() for what, spoil, expected in cases])
def test_it_is_understood_or_the_cell_is_named(
    spoil: Spoil, expected: Outcome | tuple[Outcome, ...], clean: Result, tmp_path: Path
) -> None:
    done = ranked(spoiled(spoil), tmp_path)
    *others, last = expected if isinstance(expected, tuple) else (expected,)
    for outcome in others:
        with suppress(AssertionError):
            assert_outcome(done, clean, outcome, _typed(spoil))
            return
    assert_outcome(done, clean, last, _typed(spoil))


@pytest.mark.parametrize("outlet", ["郑东 支行", "郑东　支行", "郑东支行\u200b", "\ufeff郑东支行"], ids=ascii)
def test_an_outlet_is_not_split_by_a_blank_that_nobody_sees(outlet: str, tmp_path: Path) -> None:
    """One outlet it is; or else the cell is named. A pool of its own would have a winner of its own."""
    place = below(OUTLET, 2)
    done = ranked(spoiled({place: outlet}), tmp_path)
    assert done.result is not None
    assert len(done.result.quota) == 2 or place in [place_of(p) for p in done.problems if p.is_error]


def test_brackets_are_shown_as_they_were_typed_and_make_no_other_outlet(tmp_path: Path) -> None:
    done = ranked(spoiled({NAME: "王静（实习）", OUTLET: "郑东支行(总)", **dict.fromkeys(
        (below(OUTLET), below(OUTLET, 2)), "郑东支行（总）")}), tmp_path)  # fmt: skip
    assert done.result is not None
    assert [(row.name, row.pool) for row in done.result.rows[:2]] == [
        ("王静（实习）", "郑东支行（总）"), ("李敏", "郑东支行（总）"),
    ]  # fmt: skip
    assert len(done.result.quota) == 2


def test_the_hint_shows_a_period_of_this_scheme(tmp_path: Path) -> None:
    (found,) = (p for p in ranked(spoiled({PERIOD: "9月"}), tmp_path).problems if p.is_error)
    assert found.hint == "例：2026-09"


def test_an_exam_that_was_not_held_is_told_of_at_its_first_cell(tmp_path: Path) -> None:
    """王静 has no line in 指标, so no cell."""
    done = ranked(spoiled(cleared_row("指标", 5)), tmp_path)
    assert [place_of(problem) for problem in done.problems if NOT_HELD in problem.message] == [below(SKILL_2)]


REFUSED: list[tuple[str, Spoil, str, str]] = [
    ("deleted 设置", without_sheet("设置"), "设置", MISSING),
    ("renamed 设置", renamed_sheet("设置", "参数"), "设置", MISSING),
    ("scheme blank", {SCHEME_ID: None}, SCHEME_ID, ""),
    ("scheme unknown", {SCHEME_ID: "别的方案"}, SCHEME_ID, "没有方案「别的方案」"),
    ("scheme a path", {SCHEME_ID: "../../x.toml"}, SCHEME_ID, "没有方案"),
    ("scheme #REF!", {SCHEME_ID: "#REF!"}, SCHEME_ID, "错误值"),
]


@pytest.mark.parametrize(("spoil", "place", "words"), [pytest.param(*case[1:], id=case[0]) for case in REFUSED])
def test_without_a_scheme_there_is_no_result_but_a_reason(spoil: Spoil, place: str, words: str, tmp_path: Path) -> None:
    done = ranked(spoiled(spoil), tmp_path)
    assert done.result is None
    assert_problems(done.problems, {place: words}, {})


def test_without_a_roster_there_is_one_reason(tmp_path: Path) -> None:
    """Not a list of everything else that cannot be found then."""
    done = ranked(spoiled(without_sheet("名册")), tmp_path)
    assert done.result is None
    assert_problems(done.problems, {"名册": MISSING}, {})
