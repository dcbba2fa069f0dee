"""Who wins, and what, in sentences."""

import pytest

from calc.scheme import read_scheme
from calc.scheme.award_sentences import award_sentences
from tests.calc.making import event, grade, indicator, measure, requirement, reward, scheme, table, title, toml


def said(*blocks: str, **top: object) -> list[str]:
    return list(award_sentences(scheme(measure("x"), indicator("a", "given", of="x"), *blocks, **top)))


def grades(*names: str, **last: object) -> str:
    better = [grade(name, **{"from": 90 - n}) for n, name in enumerate(names[:-1])]
    return "".join([*better, grade(names[-1], **last)])


def money(value: object, **keys: object) -> str:
    return reward("money", value, label="奖金", unit="元", clause="第r条", **keys)


def deadline(**keys: object) -> str:
    return table("[[deadline]]", {"id": "d", "label": "上报", "clause": "第d条", **keys})


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        (reward("cup", "一座", label="奖杯"), "奖励：奖杯，一座。"),
        (deadline(day=5), "期限：上报，次月 5 日以前（第d条）。"),
        (deadline(working_day=3), "期限：上报，期末后第 3 个工作日以前（第d条）。"),
        (deadline(day=20, month="last", opens=True), "期限：上报，期末当月 20 日起（第d条）。"),
        (
            requirement("r", "compare", of="a", op=">", to=5),
            "条件：r，即a高于 5（第r条）；不符合者有得分，不排名，不能当选。",
        ),
        (
            requirement("r", "compare", gate="rating", of="x", op=">", to=5),
            "条件：r，即x高于 5（第r条）；不符合者不参评。",
        ),
        (
            requirement("r", "condition", formula="x > 5"),
            "条件：r，即公式：x > 5，取自x（第r条）；不符合者有得分，不排名，不能当选。",
        ),
        (
            event("e") + grades("best", "fair")
            + requirement("r", "no_event", gate="grade", event="e", down=1),
            "条件：r，即没有计入的e（第r条）；不符合者等级下调 1 级。",
        ),
        (money(300), "奖励：奖金300元（第r条）。"),
        (money(0), "奖励：奖金未定（第r条）。"),
        (money(300, to="rated"), "奖励：参评者得奖金300元（第r条）。"),
        (title("t") + money(300, to="t"), "奖励：得“t能手”者得奖金300元（第r条）。"),
        (
            money({"by": "rank", "table": {"1": 500}, "otherwise": "", "ties": "same"}),
            "奖励：奖金，第 1 名500，其余无（单位：元）（第r条）。",
        ),
        (
            grades("best", "fair") + money({"by": "grade", "table": {"best": 200}, "otherwise": 100}),
            "奖励：奖金，按等级，best200，其余100（单位：元）（第r条）。",
        ),
        (
            money({"by": "score", "of": "a", "each": 10, "rounding": 2}),
            "奖励：奖金，按a，每分 10（单位：元）（第r条）。",
        ),
        (
            money({"by": "share", "amount": 1000, "within": "all", "digits": 2, "zero": "equal"}),
            "奖励：奖金，按总分，全体共 1000，按得分分配，尾差归余数最大者（单位：元）（第r条）。",
        ),
        (
            title("t"),
            "称号：“t能手”，按总分由高到低，在参评者中，最多1名；"
            "名额处并列时，并列者都标为“并列待定”，由人裁定（第t条）。",
        ),
        (
            title("t", of="a", above=5, without=["award"], among="eligible"),
            "称号：“t能手”，按a（高于 5）由高到低，在符合当选条件者中，最多1名，不兼得“服务明星”；"
            "名额处并列时，并列者都标为“并列待定”，由人裁定（第t条）。",
        ),
        (
            table("[[form]]", {"sheet": "附件一", "title": "推荐表", "kind": "recommendation", "clause": "第f条",
                               "opinions": ["网点意见", "分行意见"]}),
            "附表：附件一“推荐表”（推荐表），每名当选者一页，依次签署网点意见、分行意见（第f条）。",
        ),
        (
            table("[[deadline]]", {"id": "d", "label": "报送", "day": 5, "clause": "第d条"})
            + table("[notice]", {"kind": "public", "text": "公示", "working_days": 5, "before": "d",
                                  "clause": "第n条"}),
            "公示：5 个工作日，在“报送”之前结束（第n条）。",
        ),
        (table("[notice]", {"kind": "announcement", "text": "公告", "clause": "第n条"}), "公告：结果公布（第n条）。"),
    ],
)  # fmt: skip
def test_each_part_is_said(block: str, sentence: str) -> None:
    assert sentence in said(block)


def test_grades_with_shares_are_said() -> None:
    blocks = (
        table("[grading]", {"within": "all", "count": "rows", "ties": "worse", "clause": "第g条",
                            "order": [{"of": "x", "best": "lowest"}]}),
        grade("best", "优", at_most="15% floor", **{"from": 90}), grade("fair", "中"),
    )  # fmt: skip
    assert (
        "等级：参评者评等级，总分不低于 90 为优，其余为中；优最多人数的15%（舍去尾数）；"
        "比例按全体全部人数计，总分由高到低，再比x（由低到高）；界限上仍相同的都得较差的一级（第g条）。"
    ) in said(*blocks)


def test_who_changed_pools_is_said() -> None:
    blocks = (
        measure("team", "text"), measure("origin", "text", missing="none"), measure("day", "date", missing="none"),
        table("[moves]", {"origin": "origin", "day": "day", "rule": "most"}),
    )  # fmt: skip
    assert "调动：期内换了team的，算期内天数较多的team。" in said(*blocks, pool="team")


def test_numbers_of_winners_and_ties() -> None:
    assert "名额：人数的10%（舍去尾数）（第十三条）。" in said(rule="10% floor")
    assert "名额：每组1名（第十三条）。" in said(measure("team", "text"), pool="team")
    named = toml(measure("team", "text"), measure("x"), indicator("a", "given", of="x"), pool="team")
    named = named.replace('rule = "1"', 'by_pool = { "甲组" = 2 }\notherwise = 1')
    assert "名额：甲组2名，其余1名（第十三条）。" in award_sentences(read_scheme(named.encode(), "small.toml").scheme)
    assert "并列：名额处并列时，并列者都标为“并列待定”，由人裁定。" in said()
    order = {"policy": "exclude", "order": [{"of": "x", "best": "lowest"}]}
    assert "并列：名额处并列时，先比x，低者优先；仍相同的，都不当选。" in said(ties=order)
