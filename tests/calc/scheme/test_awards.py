"""The checks of who wins and what: quotas, grades, titles, honours, rewards."""

import pytest

from calc.scheme import SchemeError, read_scheme
from tests.calc.making import indicator, measure, requirement, setting, table, toml

PLAIN = (measure("points"), measure("unit", "text"), indicator("points", "given", of="points"))


def faults(*blocks: str, quota: dict[str, object] | None = None, **top: object) -> list[tuple[str, str]]:
    text = toml(*PLAIN, *blocks, **top)
    if quota is not None:
        text = text.replace('[quota]\nrule = "1"\n', table("[quota]", quota).strip() + "\n")
    with pytest.raises(SchemeError) as caught:
        read_scheme(text.encode(), "small.toml")
    return [(problem.cell, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("quota", "path", "words"),
    [
        ({}, "quota.rule", "缺少"),
        ({"rule": 1, "by_pool": {"甲": 1}}, "quota.rule", "by_pool"),
        ({"rule": 1, "otherwise": 1}, "quota.otherwise", "by_pool"),
        ({"rule": 1, "minimum": 3, "maximum": 2}, "quota.minimum", "多于"),
        ({"rule": "10% floor", "count": {"distinct": "points"}}, "quota.count", "没有文字列"),
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
