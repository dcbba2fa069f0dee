"""The checks of who wins and what: quotas, grades, titles, honours, rewards."""

from decimal import Decimal

import pytest

from tests.calc.making import grade, indicator, measure, requirement, reward, setting, table, title, toml
from tests.calc.scheme.refusing import faults_of

PLAIN = (measure("points"), measure("unit", "text"), indicator("points", "given", of="points"))


def faults(*blocks: str, quota: dict[str, object] | None = None, **top: object) -> list[tuple[str, str]]:
    text = toml(*PLAIN, *blocks, **top)
    if quota is not None:
        text = text.replace('[quota]\nrule = "1"\n', table("[quota]", quota).strip() + "\n")
    return faults_of(text)


@pytest.mark.parametrize(
    ("quota", "path", "words"),
    [
        ({}, "quota.rule", "缺少"),
        ({"rule": 1, "by_pool": {"甲": 1}}, "quota.rule", "by_pool"),
        ({"rule": 1, "otherwise": 1}, "quota.otherwise", "by_pool"),
        ({"rule": 1, "minimum": 3, "maximum": 2}, "quota.minimum", "多于"),
        ({"rule": "10% floor", "count": {"distinct": "points"}}, "quota.count", "没有文字列"),
        ({"rule": 1, "each": {"of": "points", "at_most": 1}}, "quota.each.of", "没有文字列"),
        ({"by_pool": {"甲": "10%"}}, "quota.by_pool.甲", "取整方式"),
        ({"rule": 1, "times": 0}, "quota.times", "不得小于"),
    ],
)
def test_a_quota_without_gaps(quota: dict[str, object], path: str, words: str) -> None:
    ((cell, message),) = faults(quota=quota)
    assert cell == path
    assert words in message


def test_a_required_setting_has_no_default() -> None:
    assert [cell for cell, _ in faults(setting("n", "number", required=True, default=1))] == ["setting(n).default"]


@pytest.mark.parametrize(
    ("keys", "path", "words"),
    [
        ({"within": "last"}, "requirement(h).periods", "几期"),
        ({"within": "year", "periods": 2}, "requirement(h).periods", "几期"),
        ({"within": "year", "column": "points"}, "requirement(h).column", "可空白"),
        ({"within": "year", "column": "unit"}, "requirement(h).column", "可空白"),
        ({"within": "year", "at_least": None}, "requirement[0](h)", "at_least"),
        ({"within": "year", "contest": []}, "requirement[0](h).contest", "至少"),
    ],
)
def test_a_count_of_honours_without_gaps(keys: dict[str, object], path: str, words: str) -> None:
    given = {"contest": "star", "at_least": 1, **keys}
    held = requirement("h", "honours", **{key: value for key, value in given.items() if value is not None})
    ((cell, message),) = faults(held)
    assert cell == path
    assert words in message


def test_a_column_cannot_stand_for_a_mean_score() -> None:
    held = indicator("h", "honours", contest="star", within="year", value="mean_score", column="n")
    assert [cell for cell, _ in faults(measure("n", missing="none"), held)] == ["indicator(h).column"]


SHARED = {"within": "all", "count": "graded", "ties": "worse"}
LAST = grade("z")
LOWERS = requirement("r", "compare", "grade", of="measure:points", op=">", to=1, down=1)


@pytest.mark.parametrize(
    ("blocks", "grading", "path", "words"),
    [
        ((), SHARED, "grading", "没有 grade"),
        ((grade("a", **{"from": 1}), grade("a")), {}, "grade(a)", "2 次"),
        ((grade("a"), LAST), {}, "grade(a)", "界限"),
        ((LAST,), {"of": "unit"}, "grading.of", "不是数值"),
        ((grade("a", at_most="1"), LAST), {**SHARED, "order": [{"of": "gone", "best": "highest"}]},
         "grading.order[0].of", "没有列"),
        ((grade("a", also=[{"of": "gone", "from": 1}]), LAST), {}, "grade(a).also[0].of", "没有列"),
        ((grade("a", at_most="1"), LAST), {"count": "graded", "ties": "worse"}, "grading.within", "选定"),
        ((grade("a", at_most="1"), LAST), {"within": "all", "ties": "worse"}, "grading.count", "选定"),
        ((grade("a", at_most="1"), LAST), {"within": "all", "count": "rows"}, "grading.ties", "选定"),
        ((grade("a", at_most="1"), LAST), {**SHARED, "within": "points"}, "grading.within", "没有分组"),
        ((grade("a", at_most="15%"), LAST), SHARED, "grade[0](a).at_most", "取整"),
        ((grade("a", **{"from": 1}, at_least="1"), LAST), SHARED, "grade(a).filled_by", "同时"),
        ((grade("a", **{"from": 1}, at_least="1", filled_by="better"), LAST), SHARED, "grade(a).filled_by", "没有这样"),
        ((grade("a", **{"from": 1}), grade("z", at_least="1", filled_by="worse")), SHARED, "grade(z).filled_by",
         "没有这样"),
        ((grade("a", at_most={"by": "points", "table": {"A": "1"}}), LAST), SHARED, "grade(a).at_most.by", "文字列"),
        ((grade("a", at_most="1"), LAST, LOWERS), SHARED, "grading.demote", "选定"),
        ((LOWERS,), None, "requirement(r).gate", "没有 grade"),
        ((LAST, requirement("r", "compare", of="measure:points", op=">", to=1, down=1)), None, "requirement(r).gate",
         "其他不写"),
        ((LAST, requirement("r", "compare", "grade", of="measure:points", op=">", to=1)), None, "requirement(r).gate",
         "须写"),
        ((LAST, requirement("r", "compare", "grade", of="measure:points", op=">", to=1, not_above="q")), None,
         "requirement(r).not_above", "没有等级 q"),
        ((LAST, requirement("r", "grade", at_least="q")), None, "requirement(r).at_least", "没有等级 q"),
        ((LAST, requirement("r", "grade", "rating", at_least="z")), None, "requirement(r).gate", "当选条件"),
    ],
)  # fmt: skip
def test_grades_without_gaps(blocks: tuple[str, ...], grading: dict[str, object] | None, path: str, words: str) -> None:
    found = faults(*blocks, **({"grading": grading} if grading else {}))
    assert any(cell == path and words in message for cell, message in found), found


@pytest.mark.parametrize(
    ("blocks", "path", "words"),
    [
        ((title("t"), title("t")), "titles(t)", "重复"),
        ((title("award"),), "titles(award)", "他用"),
        ((title("t", of="unit"),), "titles(t).of", "不是数值"),
        ((title("t", within="points"),), "titles(t).within", "没有分组"),
        ((title("t", without=["u"]), title("u")), "titles(t).without", "排在前面"),
        ((title("t", quota={"clause": "一"}),), "titles(t).quota.rule", "缺少"),
        ((title("t", ties={"policy": "ask", "order": [{"of": "gone", "best": "highest"}]}),),
         "titles(t).ties.order[0].of", "没有列"),
    ],
)  # fmt: skip
def test_titles_without_gaps(blocks: tuple[str, ...], path: str, words: str) -> None:
    assert any(cell == path and words in message for cell, message in faults(*blocks))


RANKS = {"by": "rank", "table": {"1": 5}, "otherwise": 0, "ties": "same"}
SHARE = {"by": "share", "within": "all", "amount": 5, "digits": 2, "zero": "equal"}


@pytest.mark.parametrize(
    ("value", "to", "path", "words"),
    [
        (1, "gold", "reward(r).to", "没有称号"),
        ({**RANKS, "table": {"1-3": 5, "2": 4}}, "winner", "reward(r).value.table", "第 2 名写了 2 次"),
        ({**RANKS, "ties": "mean"}, "winner", "reward(r).value.rounding", "须写 rounding"),
        ({**RANKS, "otherwise": None}, "winner", "reward[0](r).value.otherwise", "缺少"),
        ({**RANKS, "ties": None}, "winner", "reward[0](r).value.ties", "缺少"),
        ({"by": "grade", "table": {"a": 1}, "otherwise": 0}, "winner", "reward(r).value.table", "没有等级 a"),
        ({"by": "score", "each": 1}, "winner", "reward[0](r).value.rounding", "缺少"),
        ({**SHARE, "of": "unit"}, "winner", "reward(r).value.of", "不是数值"),
        ({**SHARE, "within": "points"}, "winner", "reward(r).value.within", "没有分组"),
        ({**SHARE, "per_head": 5}, "winner", "reward(r).value", "只写一个"),
        ({**SHARE, "amount": None}, "winner", "reward(r).value", "只写一个"),
        ({**SHARE, "amount": "0.005"}, "winner", "reward(r).value.digits", "分不尽"),
        ({**SHARE, "zero": None}, "winner", "reward[0](r).value.zero", "缺少"),
    ],
)
def test_rewards_without_gaps(value: object, to: str, path: str, words: str) -> None:
    if isinstance(value, dict):
        value = {
            key: Decimal(inner) if inner == "0.005" else inner for key, inner in value.items() if inner is not None
        }
    found = faults(reward("r", value, to=to))
    assert any(cell == path and words in message for cell, message in found), found


@pytest.mark.parametrize(
    ("kind", "source", "path", "words"),
    [
        ("text", {"value": "total"}, "measure(m).source", "数值"),
        ("number", {"value": "grade"}, "measure(m).source", "文字"),
        ("number", {"value": "total", "by": "points"}, "measure(m).source.by", "没有文字列"),
        ("text", {"value": "grade", "how": "mean"}, "measure(m).source.how", "等级"),
        ("number", {"value": "all"}, "measure[0](m).source.value", ""),
    ],
)
def test_columns_from_other_contests_without_gaps(kind: str, source: dict[str, object], path: str, words: str) -> None:
    found = faults(measure("m", kind, source={"contest": "c", **source}))
    assert any(cell.endswith(path[-12:]) and words in message for cell, message in found), found


FORM = {"sheet": "附件一", "title": "推荐表", "kind": "recommendation", "clause": "第一条"}


@pytest.mark.parametrize(
    ("forms", "path", "words"),
    [
        ([{**FORM, "report": "unit"}], "form(附件一).report", "没有可空白"),
        ([{**FORM, "report": "points"}], "form(附件一).report", "没有可空白"),
        ([{**FORM, "report": "nothing"}], "form(附件一).report", "没有可空白"),
        ([FORM, FORM], "form(附件一).sheet", "不能同名"),
        ([{**FORM, "sheet": "附件/一"}], "form(附件/一).sheet", "不能含"),
    ],
)
def test_a_form_stands_on_its_own_sheet_and_its_report_in_a_text(
    forms: list[dict[str, str]], path: str, words: str
) -> None:
    ((cell, message),) = faults(*(table("[[form]]", form) for form in forms))
    assert cell == path
    assert words in message
