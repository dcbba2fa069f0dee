"""Values in words and back, as an author writes them: brackets, quotes, signs of either width."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.scheme_sheet.reading_text import read, read_pairs
from addin.scheme_sheet.references import Names
from addin.scheme_sheet.shapes import Part, Shape, Text, keys_of
from addin.scheme_sheet.signs import TextError
from addin.scheme_sheet.writing_text import write
from calc.grades import Grade
from calc.methods import Bands, Deduction, Formula, Interpolate, Ratio, Summary
from calc.methods.given import Given
from calc.scheme.model import Measure, Setting
from calc.scheme.panel import Panel
from calc.seats import Quota
from calc.winners import Ties

NAMES = Names({
    "setting": (("zero", "折算方法"),),
    "measure": (("volume", "业务量"), ("outlet", "网点"), ("error", "差错率"), ("speed", "扫码件数")),
    "indicator": (("volume", "业务量"), ("speed", "收银速度"), ("error", "差错率"), ("skill", "业务水平")),
    "event": (("complaint", "投诉（查实）"), ("praise", "表扬")),
    "item": (("attitude", "态度"),),
})  # fmt: skip


def shape(model: Any, key: str) -> Shape:
    return keys_of(model)[key].shape


BOTH_WAYS = [
    (shape(Ratio, "best"), "highest", "最高"),
    (shape(Ratio, "zero_rule"), {"setting": "zero"}, "【折算方法】"),
    (shape(Ratio, "base"), Decimal("12.5"), "12.5"),
    (shape(Given, "in_total"), False, "否"),
    (shape(Given, "rounding"), 1, "1"),
    (shape(Given, "rounding"), {"digits": 0, "mode": "ceil"}, "（小数位：0；取舍方式：向上）"),
    (shape(Given, "of"), "volume", "业务量"),
    (shape(Given, "of"), "indicator:volume", "计分·业务量"),
    (shape(Given, "of"), "measure:error", "填报·差错率"),
    (shape(Given, "of"), "skill", "业务水平"),
    (shape(Ratio, "within"), "pool", "本组"),
    (shape(Ratio, "within"), "outlet", "网点"),
    (shape(Deduction, "each"), {"complaint": 5, "praise": "points"}, "投诉（查实）：5；表扬：逐行定分"),
    (shape(Summary, "of"), ["volume", "skill"], "业务量、业务水平"),
    (shape(Interpolate, "points"), [[0, 0], [Decimal("0.5"), 30]], "0＝0、0.5＝30"),
    (shape(Bands, "bands"), [{"from": 90, "points": 10}, {"below": 90, "points": 0}],
     "（不低于：90；得分：10）、（低于：90；得分：0）"),
    (shape(Ties, "order"), [{"of": "volume", "best": "highest"}], "业务量＝最高"),
    (shape(Panel, "raters"), [{"id": "行长", "weight": 2}, {"id": "甲、乙"}], "行长＝2、「甲、乙」"),
    (shape(Panel, "turnout"), ">= 2/3", ">= 2/3"),
    (shape(Quota, "rule"), "10% floor", "10% 去尾"),
    (shape(Quota, "rule"), "5:1 9:2 +5:1", "5:1 9:2 +5:1"),
    (shape(Quota, "count"), {"distinct": "outlet"}, "（不同值的个数：网点）"),
    (shape(Quota, "count"), "rated", "参评者"),
    (shape(Quota, "count"), 40, "40"),
    (shape(Grade, "at_most"), {"by": "outlet", "table": {"优": "30% ceil"}},
     "（随等级列：网点；对照表：（优：30% 进一））"),
    (shape(Setting, "default"), dt.date(2026, 3, 5), "2026-03-05"),
    (shape(Setting, "default"), "2026-03-05", "「2026-03-05」"),
    (shape(Setting, "default"), "100", "「100」"),
    (shape(Setting, "default"), Decimal("0.5"), "0.5"),
    (shape(Setting, "choices"), [{"value": "a", "label": "甲；乙"}], "a＝「甲；乙」"),
    (shape(Formula, "formula"), "volume / mean(volume) * 10", "业务量 / mean(业务量) * 10"),
    (shape(Measure, "aliases"), [], "「」"),
    (Text(), "【不是设置】", "「【不是设置】」"),
    (Text(), "说「这样」", "说「这样」"),
]  # fmt: skip


@pytest.mark.parametrize(("of", "value", "text"), BOTH_WAYS, ids=lambda each: each if isinstance(each, str) else "")
def test_a_value_and_its_text(of: Shape, value: Any, text: str) -> None:
    assert write(of, value, NAMES, cell=True) == text
    assert read(of, text, NAMES, cell=True) == value


ALSO_READ = [
    (shape(Deduction, "each"), "投诉（查实）:5;表扬 : 2", {"complaint": 5, "praise": 2}),
    (shape(Deduction, "each"), "（complaint：5；）", {"complaint": 5}),
    (shape(Ties, "order"), "业务量=最高", [{"of": "volume", "best": "highest"}]),
    (shape(Ties, "order"), "（取自：业务量；优者：最低）", [{"of": "volume", "best": "lowest"}]),
    (shape(Ratio, "base"), "１２．５", Decimal("12.5")),
    (shape(Setting, "default"), "50%", Decimal("0.5")),
    (shape(Quota, "rule"), "5：1 9：2", "5:1 9:2"),
    (shape(Quota, "rule"), "10%去尾", "10% floor"),
    (shape(Ratio, "best"), "highest", "highest"),
    (shape(Given, "of"), "收银速度", "indicator:speed"),  # a measure bears its id
    (shape(Given, "of"), "扫码件数", "speed"),
    (shape(Formula, "formula"), "填报·业务量 × 2", "measure:volume × 2"),
]


@pytest.mark.parametrize(("of", "text", "value"), ALSO_READ, ids=lambda each: each if isinstance(each, str) else "")
def test_other_ways_to_write_it(of: Shape, text: str, value: Any) -> None:
    assert read(of, text, NAMES, cell=True) == value


MISTAKES = [
    (shape(Ratio, "best"), "中等", "“中等”看不懂；可填：最高、最低"),
    (shape(Ratio, "base"), "十", "“十”不是数字"),
    (shape(Given, "in_total"), "对", "“对”看不懂，须填“是”或“否”"),
    (shape(Given, "of"), "业务了", "没有叫“业务了”的填报列、评分指标、事项"),
    (shape(Deduction, "each"), "表扬：1；表扬：2", "“表扬”写了两次"),
    (shape(Deduction, "each"), "表扬：（1", "括号或引号不成对"),
    (shape(Deduction, "each"), "表扬：五", "“表扬”：“五”看不懂；可填：一个数、逐行定分"),
    (shape(Deduction, "each"), "表扬", "“表扬”缺冒号"),
    (shape(Formula, "formula"), "业务量 / 均值", "没有叫“均值”的"),
    (shape(Ties, "order"), "业务量", "“业务量”须写成 取自＝优者 的样子"),
    (shape(Quota, "each"), "网点", "“网点”缺冒号"),
    (shape(Given, "rounding"), "（小数位：1；方法：去尾）", "不认识“方法”；可写：小数位、取舍方式"),
    (shape(Ratio, "zero_rule"), "【不存在】", "没有叫“不存在”的设置项；现有：折算方法"),
]


@pytest.mark.parametrize(("of", "text", "message"), MISTAKES, ids=lambda each: each if isinstance(each, str) else "")
def test_a_mistake_is_told(of: Shape, text: str, message: str) -> None:
    with pytest.raises(TextError) as error:
        read(of, text, NAMES, cell=True)
    assert message in str(error.value)


def test_a_key_that_stands_twice_in_a_table() -> None:
    with pytest.raises(TextError, match="“优者”写了两次"):
        read_pairs(Ratio, "优者：最高；优者：最低", NAMES)


TEXTS = st.text(st.sampled_from("甲乙1 5-.%；;：:、，＝=（）()「」【】\n业务量是否最高"), max_size=12)


@given(TEXTS)
def test_any_text_comes_back(text: str) -> None:
    for of in (Text(), shape(Setting, "default")):
        assert read(of, write(of, text, NAMES, cell=True), NAMES, cell=True) == text


@given(st.lists(TEXTS.filter(bool), max_size=4), TEXTS)
def test_any_texts_within_others_come_back(aliases: list[str], label: str) -> None:
    value = {"id": "x", "label": label, "kind": "text", "aliases": aliases, "hint": label}
    assert read(Part(Measure), write(Part(Measure), value, NAMES, cell=True), NAMES, cell=True) == value
