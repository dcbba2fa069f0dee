"""A scheme in sentences: each rule is said, with its clause and its limits."""

from decimal import Decimal

import pytest

from calc.scheme import load_scheme, read_scheme
from calc.scheme.sentences import flaw_words, rank_words, sentences, total_words
from tests.calc.making import event, indicator, item, measure, panel, requirement, scheme, setting, table, toml

SHARES = toml(measure("team", "text"), measure("x"), indicator("a", "given", of="x"), pool="team").replace(
    'rule = "1"', 'by_pool = { "甲组" = 2 }\notherwise = 1'
)


def said(*blocks: str, **top: object) -> list[str]:
    return list(sentences(scheme(measure("x"), indicator("a", "given", of="x"), *blocks, **top)))


def deadline(**keys: object) -> str:
    return table("[[deadline]]", {"id": "d", "label": "上报", "clause": "第d条", **keys})


TITLE = table("[[titles]]", {
    "id": "t", "label": "能手", "of": "a", "best": "highest", "among": "rated", "without": ["award"],
    "quota": {"rule": 1, "clause": "一"}, "ties": {"policy": "ask"}, "clause": "第t条",
})  # fmt: skip


def test_a_document_without_a_day_of_coming_into_force_is_said_to_have_none() -> None:
    text = toml(measure("x"), indicator("a", "given", of="x")).replace("in_force_from = 2026-01-01\n", "")
    assert next(sentences(read_scheme(text.encode(), "small.toml").scheme)).endswith("文件未写施行日期。")


def test_a_condition_of_the_grade_says_what_it_does() -> None:
    grades = "".join(table("[[grade]]", {"id": i, "label": i, **ends}) for i, ends in (("a", {"from": 9}), ("b", {})))
    assert "条件：r（第r条）；不符合者等级下调 1 级。" in said(
        grades, requirement("r", "compare", gate="grade", of="x", op=">", to=5, down=1), table("[grading]", {"of": "a"})
    )


def test_a_flaw_says_where_it_is_and_what_settles_it() -> None:
    choices = [{"value": "go", "label": "照办"}, {"value": "ask", "label": "请示"}]
    of = scheme(
        measure("x"), indicator("a", "given", of="x"), setting("s", "choice", default="go", choices=choices),
        table("[[flaw]]", {"id": "f", "text": "合计110%", "clause": "三"}),
        table("[[flaw]]", {"id": "g", "text": "没有比重", "clause": "四", "setting": "s"}),
    )  # fmt: skip
    assert [flaw_words(of, flaw) for flaw in of.flaw] == [
        "合计110%（三）",
        "没有比重（四）；见设置“s”，默认“照办”，可选“照办”“请示”",
    ]


def test_the_head_says_whose_contest_it_is() -> None:
    assert said()[0] == "某行“小方案”，依据某文件，自2026-01-01起施行。"
    assert said()[1] == "每月评选一次，对象是柜员，不分组；当选者称“服务明星”。"
    assert "按team分组，各组单独评选" in said(measure("team", "text"), pool="team")[1]


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        (measure("m", min=0, max=Decimal("10.50"), unit="分"), "填报：m（分），0 至 10.5，空白是错误。"),
        (measure("m", min=0, missing="zero"), "填报：m，0 至 无上限，空白当 0。"),
        (measure("m", many=True, missing="pending"), "填报：m，可有多列，空白为待定。"),
        (event("e", needs=["verified", "at_fault"]), "登记：e，查实后、认定本人有责任后才计（第e条）。"),
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
        (
            requirement("r", "compare", of="a", op=">", to=5),
            "条件：r（第r条）；不符合者有得分，不排名，不能当选。",
        ),
        (requirement("r", "compare", gate="rating", of="x", op=">", to=5), "条件：r（第r条）；不符合者不参评。"),
        (
            setting("s", "choice", default="p", choices=[{"value": "p", "label": "甲"}, {"value": "q", "label": "乙"}]),
            "可改的设置：s，默认“甲”，可选“甲”“乙”。",
        ),
        (setting("s", "number", fallback="按各行平均"), "可改的设置：s，未填时按各行平均。"),
        (setting("s", "number", required=True), "可改的设置：s，必填。"),
        (
            table("[[reward]]", {"id": "money", "label": "奖金", "value": 300, "unit": "元", "clause": "第r条"}),
            "奖励：奖金300元（第r条）。",
        ),
        (
            table("[[reward]]", {"id": "money", "label": "奖金", "value": 0, "unit": "元", "clause": "第r条"}),
            "奖励：奖金未定（第r条）。",
        ),
        (
            table("[[reward]]", {"id": "cup", "label": "奖杯", "value": "一座"}),
            "奖励：奖杯，一座。",
        ),
        (measure("m", "yes_no", missing="zero"), "填报：m，空白为否。"),
        (deadline(day=5), "期限：上报，次月 5 日以前（第d条）。"),
        (deadline(working_day=3), "期限：上报，期末后第 3 个工作日以前（第d条）。"),
        (deadline(day=20, month="last", opens=True), "期限：上报，期末当月 20 日起（第d条）。"),
        (
            table("[[grade]]", {"id": "good", "label": "优", "from": 90})
            + table("[[grade]]", {"id": "b", "label": "良"}),
            "等级：在参评者中评定，总分不低于 90 为优，其余为良。",
        ),
        (TITLE, "称号：能手，按a由高到低，在参评者中，最多1名，不兼得“服务明星”（第t条）。"),
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
            "评分：p（2 人），评i，缺一份评分是错误，自评不算（第p条）。",
        ),
        ({"within": "pool"}, "评分：p，只评team相同的，评i，没有评的不计，不得自评（第p条）。"),
        (
            {"expected": 9, "turnout": ">= 2/3", "below_turnout": "void"},
            "评分：p（9 人），评i，没有评的不计，不得自评，到会（收回）须至少2/3，否则评分不计（第p条）。",
        ),
        (
            {"limit": [{"item": "i", "options": ["优"], "most": "30% floor", "of": "marked", "over": "problem"}],
             "void": "sheet"},
            "评分：p，评i，没有评的不计，不得自评，每人评i为优的最多所评人数的30%（舍去尾数）（第p条）。",
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


def test_numbers_of_winners_and_ties() -> None:
    assert "名额：人数的10%（舍去尾数）（第十三条）。" in said(rule="10% floor")
    shared = said(measure("team", "text"), pool="team")
    assert "名额：每组1名（第十三条）。" in shared
    named = read_scheme(SHARES.encode(), "small.toml").scheme
    assert "名额：甲组2名，其余1名（第十三条）。" in sentences(named)
    assert "并列：名额处并列时，并列者都标为“并列待定”，由人裁定。" in said()
    order = {"policy": "exclude", "order": [{"of": "x", "best": "lowest"}]}
    assert "并列：名额处并列时，先比x，低者优先；仍相同的，都不当选。" in said(ties=order)


def test_the_total_and_the_rank_in_words() -> None:
    limited = scheme(
        table("[[group]]", {"id": "g", "label": "组", "cap": 5}),
        measure("x"), indicator("a", "given", of="x", group="g"),
        total={"cap": 100, "floor": 0, "lowest_first": True},
        rank_by=[{"of": "x", "best": "highest"}, {"of": "total", "best": "highest"}],
    )  # fmt: skip
    assert total_words(limited) == "各项得分之和，组合计最高 5，总分最高 100，总分最低 0"
    assert rank_words(limited) == "x由高到低、总分由低到高"
    assert total_words(scheme(measure("x"), indicator("a", "given", of="x"), total={"of": "a"})) == "即a"


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
