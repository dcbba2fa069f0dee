"""Who gets a reward: winners, the eligible, the rated, holders of titles; sums wait for what is open."""

from typing import Any

import pytest

from calc import Result
from calc.scheme import SchemeError
from calc.scheme.model import Scheme
from tests.calc.making import BAD, grade, indicator, measure, messages, requirement, reward, scheme, score, title


def contest(*blocks: str, **top: Any) -> Scheme:
    return scheme(
        measure("points"), measure("unit", "text", missing="none"), measure("care", missing="none"),
        indicator("points", "given", of="measure:points"),
        requirement("fit", "compare", of="measure:points", op=">=", to=5), *blocks, **top,
    )  # fmt: skip


def gets(result: Result) -> list[dict[str, str]]:
    return [{name: str(value) for name, value in row.rewards.items()} for row in result.rows]


POOLED = {"by": "share", "within": "unit", "amount": 100, "digits": 2, "zero": "equal"}


def test_winners_the_eligible_and_the_rated_get_what_is_for_them() -> None:
    of = contest(reward("a", 1), reward("b", 2, to="eligible"), reward("c", 3, to="rated"))
    assert gets(score(of, points=[9, 6, 1])) == [{"a": "1", "b": "2", "c": "3"}, {"b": "2", "c": "3"}, {"c": "3"}]


def test_a_reward_may_be_for_some_pools_only() -> None:
    of = contest(reward("a", 1), reward("b", 2, pools=["甲"]), pool="unit")
    assert gets(score(of, points=[9, 6], unit=["甲", "乙"])) == [{"a": "1", "b": "2"}, {"a": "1"}]
    assert [each.words() for each in of.reward] == ["1", "限甲，2"]


def test_a_reward_for_some_pools_needs_pools() -> None:
    with pytest.raises(SchemeError, match="没有 pool"):
        contest(reward("b", 2, pools=["甲"]))


def test_a_title_has_its_own_reward() -> None:
    of = contest(title("gold", of="care"), reward("medal", "金牌", to="gold"))
    assert gets(score(of, points=[9, 6], care=[1, 2])) == [{}, {"medal": "金牌"}]


def test_a_reward_goes_by_the_grade() -> None:
    grades = (grade("a", "优秀", **{"from": 8}), grade("b", "合格"))
    money = {"by": "grade", "table": {"a": 10, "b": 5}, "otherwise": ""}
    assert gets(score(contest(*grades, reward("m", money, to="rated")), points=[9, 6])) == [{"m": "10"}, {"m": "5"}]


def test_columns_are_taken_as_shown() -> None:
    by_points = {"by": "score", "each": 100, "rounding": {"digits": 2, "mode": "half_up"}, "of": "indicator:points"}
    by_measure = {**by_points, "of": "care"}
    of = contest(reward("m", by_points), reward("n", by_measure))
    assert gets(score(of, points=["9.125"], care=["1.125"])) == [{"m": "913.00", "n": "112.50"}]


def test_a_sum_is_shared_by_those_who_are_left_in_a_group() -> None:
    of = contest(reward("m", POOLED, to="eligible", unit="元", clause="第九条"))
    found = score(of, trace=True, points=[6, 12, 5, 1], unit=["东", "东", "西", "西"])
    assert gets(found) == [{"m": "33.33"}, {"m": "66.67"}, {"m": "100.00"}, {}]
    (line,) = (line for line in found.trace[0] if line.kind == "reward")
    assert (line.clause, line.rule, line.arithmetic, line.value) == (
        "第九条", "共 100，按得分分配，尾差归余数最大者", "100 × 6 ÷ 18", "33.33元",
    )  # fmt: skip


def test_a_withheld_pool_gets_nothing_and_its_groups_sum_waits() -> None:
    of = contest(reward("f", 1, to="rated"), reward("m", {**POOLED, "within": "all"}, to="rated"), pool="unit")
    found = score(of, points=[6, BAD, 5], unit=["东", "东", "西"])
    assert gets(found) == [{}, {}, {"f": "1"}]
    assert messages(found) == ["「m」须等全体的名单确定后才能分配"]


def test_a_sum_waits_for_a_tie() -> None:
    found = score(contest(reward("m", {**POOLED, "within": "all"}), rule=2), points=[9, 6, 6])
    assert gets(found) == [{}, {}, {}]
    assert not found.has_errors


def test_a_negative_value_is_an_error_where_a_sum_is_shared() -> None:
    found = score(contest(reward("m", POOLED, to="rated")), points=[9, -1, 3], unit=["东", "东", "西"])
    assert gets(found) == [{}, {}, {"m": "100.00"}]
    assert messages(found) == ["「m」按得分分配，东有人的数值为负，不能分配"]
    assert found.has_errors
