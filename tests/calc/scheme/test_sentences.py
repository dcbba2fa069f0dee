"""A scheme in sentences: each rule is said, with its clause and its limits."""

from decimal import Decimal

import pytest

from calc.scheme import load_scheme, read_scheme
from calc.scheme.sentences import flaw_words, sentences
from tests.calc.making import event, group, indicator, item, measure, panel, scheme, setting, table, toml


def said(*blocks: str, **top: object) -> list[str]:
    return list(sentences(scheme(measure("x"), indicator("a", "given", of="x"), *blocks, **top)))


def test_a_document_without_a_day_of_coming_into_force_is_said_to_have_none() -> None:
    text = toml(measure("x"), indicator("a", "given", of="x")).replace("in_force_from = 2026-01-01\n", "")
    assert next(sentences(read_scheme(text.encode(), "small.toml").scheme)).endswith("文件未写施行日期。")


def test_a_flaw_says_where_it_is_and_what_settles_it() -> None:
    choices = [{"value": "go", "label": "照办"}, {"value": "ask", "label": "请示"}]
    of = scheme(
        measure("x"), indicator("a", "given", of="x"), setting("s", "choice", default="go", choices=choices),
        table("[[flaw]]", {"id": "f", "text": "合计110%", "clause": "三"}),
        table("[[flaw]]", {"id": "g", "text": "没有比重", "clause": "四", "setting": "s"}),
        table("[[flaw]]", {"id": "h", "text": "没有日期", "clause": ""}),
    )  # fmt: skip
    assert [flaw_words(of, flaw) for flaw in of.flaw] == [
        "合计110%（三）",
        "没有比重（四）；见设置“s”，默认“照办”，可选“照办”“请示”",
        "没有日期",
    ]


def test_the_head_says_whose_contest_it_is() -> None:
    assert said()[0] == "某行“小方案”，依据某文件，自2026-01-01起施行。"
    assert said()[1] == "每月评选一次，对象是柜员，不分组；当选者称“服务明星”。"
    assert "按team分组，各组单独评选" in said(measure("team", "text"), pool="team")[1]


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        (measure("m", min=0, max=Decimal("10.50"), unit="分"), "填报：m（分），0 至 10.5，空白是错误。"),
        (measure("m", "rate"), "填报：m（%），空白是错误。"),
        (measure("m", many=True, at_least=2, missing="none"), "填报：m，可有多列，至少 2 个，可以空白。"),
        (measure("m", only_with="x"), "填报：m，x为零或空白时没有此数，空白是错误。"),
        (
            measure("m", source={"contest": "annual-teller", "value": "points.late", "how": "mean", "by": "pool"}),
            "填报：m，取自“test/annual-teller”在本期之内的结果（late，取平均），按组对应，空白是错误。",
        ),
        (
            event("e", discretionary=True, honour=True),
            "登记：e，登记即计，每件自带分值，同一荣誉只计最高的一件（第e条）。",
        ),
        (
            event("e") + indicator("b", "deduction", base=10, each={"e": 2}),
            "计分：b（10分）：基准分10，逐次扣分，扣至0分为止，取自e（每次 2 分）（第b条）。",
        ),
        (
            group("g", label="组", cap=5, floor=1) + indicator("b", "given", of="x", group="g"),
            "分组：组包括b，最高 5 分，最低 1 分。",
        ),
        (measure("m", min=0, missing="zero"), "填报：m，0 至 无上限，空白当 0。"),
        (measure("m", many=True, missing="pending"), "填报：m，可有多列，空白为待定。"),
        (event("e", needs=["verified", "at_fault"]), "登记：e，查实后、认定本人有责任后才计（第e条）。"),
        (measure("m", "yes_no", missing="zero"), "填报：m，空白为否。"),
        (event("e"), "登记：e，登记即计（第e条）。"),
        (event("e", within="year"), "登记：e，登记即计，本年度内的都算（第e条）。"),
        (
            indicator("b", "given", of="a", base=10, cap=8, floor=1, rounding={"digits": 1, "mode": "floor"}),
            "计分：b（10分）：评定得分，满分10，取自a，最高 8，最低 1，向下取整到 1 位小数（第b条）。",
        ),
        (indicator("b", "given", of="a", in_total=False), "计分：b：直接取数，取自a，不直接计入总分（第b条）。"),
        (
            measure("n", missing="none") + indicator("b", "given", of="n", base=1, missing="zero"),
            "计分：b（1分）：评定得分，满分1，取自n，没有数据时得 0（第b条）。",
        ),
        (
            measure("n", label="笔数")
            + indicator("b", "formula", formula="if(not (n > 5 and mean(n) < k), n / K * 2, min(n,3))", given={"k": 4}),
            "计分：b：公式：if(非(笔数 > 5 且 平均(笔数) < 4), 笔数 ÷ 4 × 2, 最小(笔数,3))，取自笔数（第b条）。",
        ),
        (setting("s", "number", required=True), "可改的设置：s，必填。"),
        (
            setting("s", "choice", default="p", choices=[{"value": "p", "label": "甲"}, {"value": "q", "label": "乙"}]),
            "可改的设置：s，默认“甲”，可选“甲”“乙”。",
        ),
        (setting("s", "number", fallback="按各行平均"), "可改的设置：s，未填时按各行平均。"),
    ],
)
def test_each_part_is_said(block: str, sentence: str) -> None:
    assert sentence in said(block)


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({}, "评分：p，评i，没有评的不计，不得自评（第p条）。"),
        (
            {"raters": [{"id": "甲"}, {"id": "乙"}], "absent": "problem", "own": "left_out"},
            "评分：p（2 人），评i，缺一份评分是错误，自评不算，评委为甲、乙（第p条）。",
        ),
        ({"raters": [{"id": "甲", "weight": 2}, {"id": "乙"}]},
         "评分：p（2 人），评i，没有评的不计，不得自评，评委为甲（权重 2）、乙（权重 1）（第p条）。"),
        ({"listed": "weighted"}, "评分：p，评i，没有评的不计，不得自评，名单随数据填报，各有权重（第p条）。"),
        ({"within": "pool"}, "评分：p，只评team相同的，评i，没有评的不计，不得自评（第p条）。"),
        (
            {"expected": 9, "turnout": ">= 2/3", "below_turnout": "void"},
            "评分：p（9 人），评i，没有评的不计，不得自评，到会（收回）须至少2/3，否则评分不计（第p条）。",
        ),
        (
            {"limit": [{"item": "i", "options": ["优"], "most": "30% floor", "of": "marked", "over": "problem"}],
             "void": "sheet"},
            "评分：p，评i，没有评的不计，不得自评，每人评i为优的最多所评人数的30%（舍去尾数），作废的，给那个人的各项都不计（第p条）。",
        ),
    ],
)  # fmt: skip
def test_who_judges_is_said(keys: dict[str, object], sentence: str) -> None:
    judged = indicator("b", "marks", panel="p", items=["i"], how="mean")
    text = said(
        measure("team", "text"), panel("p", "i", **keys), item("i", ("优", 95), ("良", 80)), judged, pool="team"
    )
    assert sentence in text
    assert "评分项目：i，优得95分、良得80分，空白是错误。" in text
    assert "计分：b：评分取平均，取自p（第b条）。" in text


def test_an_item_with_a_range_is_said() -> None:
    judged = indicator("b", "marks", panel="p", items=["i"], how="mean")
    text = said(panel("p", "i"), item("i", min=1, max=10, blank="zero"), judged)
    assert "评分项目：i，1 至 10 分，空白当 0。" in text


def test_every_rule_of_a_shipped_scheme_is_said() -> None:
    monthly = load_scheme("cib-zhengzhou-2010/monthly-teller").scheme
    text = "\n".join(sentences(monthly))
    parts = (
        *monthly.measure,
        *monthly.event,
        *monthly.indicator,
        *monthly.requirement,
        *monthly.reward,
        *monthly.setting,
    )
    assert [part.label for part in parts if part.label not in text] == []
