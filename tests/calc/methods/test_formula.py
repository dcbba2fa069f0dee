"""Indicators that are written as a formula."""

import time
from decimal import Decimal

import pytest

from calc.result import Result
from calc.scheme import read_scheme
from tests.calc.making import (
    arithmetic,
    by_id,
    eligible,
    event,
    happened,
    indicator,
    measure,
    points,
    ranks,
    requirement,
    scheme,
    score,
    setting,
    toml,
)
from tests.calc.scheme.refusing import faults

VOLUME = measure("volume")


def formula(text: str, name: str = "f", **keys: object) -> str:
    return indicator(name, "formula", formula=text, **keys)


@pytest.mark.parametrize("trace", [False, True])
def test_a_formula_scores_and_its_trace_has_the_values_filled_in(trace: bool) -> None:
    of = scheme(
        measure("team", "text"), VOLUME,
        formula("min(volume / mean(volume) * k, 12)", given={"k": 10}),
        pool="team",
    )  # fmt: skip
    result = score(of, trace=trace, team=["x", "y", "x"], volume=[80, 50, 160])
    assert points(result, "f") == ["6.67", "10.00", "12.00"]  # 80 / 120, 50 / 50, 160 / 120 held at 12
    assert of.indicator[0].rule() == "公式：min(volume / mean(volume) * k, 12)"
    if trace:
        assert arithmetic(result, "f")[0] == "最小（80 ÷ 本组平均 120 × 10，12） ＝ 6.6666…"


def test_a_formula_reads_measures_indicators_and_events() -> None:
    of = scheme(
        VOLUME, event("late", needs=["verified"]),
        formula("indicator:volume * 2 - late", "g"),
        formula("measure:volume / 4", "volume"),
    )  # fmt: skip
    late = [happened("a", "late", verified=True), happened("a", "late", verified=True), happened("b", "late")]
    assert points(score(of, volume=[8, 8], events=late), "g") == ["2.00", "4.00"]  # the open one does not count


def test_a_setting_is_taken_where_it_is_given_and_the_next_best_where_not() -> None:
    file = read_scheme(
        toml(
            VOLUME, setting("fixed", "number"),
            formula("volume / first(fixed, mean(volume)) * 10", given={"fixed": {"setting": "fixed"}}),
        ).encode(), "small.toml",
    )  # fmt: skip
    assert points(score(file.scheme, volume=[30, 10]), "f") == ["15.00", "5.00"]
    assert points(score(file.bind({"fixed": Decimal(50)}), volume=[30, 10]), "f") == ["6.00", "2.00"]


@pytest.mark.parametrize(
    ("keys", "shown"),
    [({}, None), ({"missing": "zero"}, "0.00"), ({"missing": "group_mean"}, "3.00"), ({"missing": "pending"}, None)],
)
def test_division_by_zero_is_no_value_and_the_policy_says_what_then(keys: dict[str, object], shown: str) -> None:
    of = scheme(VOLUME, measure("errors"), formula("errors / volume", **keys))
    result = score(of, volume=[2, 0], errors=[6, 5])
    assert points(result, "f") == ["3.00", shown]
    row = by_id(result)["b"]
    assert (row.total is None) is (shown is None)
    assert result.quota[0].provisional is (keys.get("missing") == "pending")
    if not keys:
        assert row.reasons == ("没有「f」的数值，不计总分",)


def test_a_blank_that_the_formula_does_not_need_is_no_matter() -> None:
    of = scheme(
        measure("manager", "yes_no"), measure("sales", missing="none"), measure("cases", missing="none"),
        formula("if(manager, cases * 2, sales)"),
    )  # fmt: skip
    result = score(of, trace=True, manager=[True, False, False], sales=[None, 7, None], cases=[4, None, 1])
    assert points(result, "f") == ["8.00", "7.00", None]
    assert arithmetic(result, "f") == ["是 成立，取 （4 × 2）", "否 不成立；取 7", "无此项数据，不计算"]


def test_in_thousands_of_rows_the_trace_is_as_quick_as_the_rows_are_many() -> None:
    of = scheme(VOLUME, formula("volume / mean(volume) + rank(volume, highest) + stdev(volume, sample)"))
    started = time.perf_counter()
    score(of, trace=True, volume=list(range(1, 2001)), ids=[str(n) for n in range(2000)])
    assert time.perf_counter() - started < 30


FAULTS = [
    (formula("volume +"), "indicator[0](f).formula", "第 9 个字符"),
    (formula("volum"), "indicator(f).formula", "第 1 个字符处：没有列 volum；是否应为 volume"),
    (formula("volume > 1"), "indicator(f).formula", "须为数"),
    (formula("1 + team"), "indicator(f).formula", "文字"),
    (formula("mean(volume, by=volume)"), "indicator(f).formula", "by="),
    (formula("volume * k", given={"k": 1, "n": 2}), "indicator(f).given.n", "没有用到"),
    (formula("volume", given={"volume": 2}), "indicator(f).given.volume", "已是一列"),
    (formula("volume * k", given={"k": {"setting": "s"}}), "indicator[0].given.k", "没有设置项 s"),
    (formula("f + 1"), "indicator", "成了圈"),
    (formula("volume", missing="floor"), "indicator(f).floor", "须写 floor"),
]


@pytest.mark.parametrize(("entry", "path", "said"), FAULTS)
def test_a_fault_names_the_indicator_and_the_place(entry: str, path: str, said: str) -> None:
    ((where, message),) = faults(VOLUME, measure("team", "text"), entry)
    assert where == path
    assert said in message


# Conditions, which are requirements written as a formula; beside the other requirements in test_requirements.py.


def condition(text: str, gate: str = "award", **keys: object) -> str:
    return requirement("c", "condition", gate, formula=text, **keys)


def test_a_condition_decides_who_may_win_and_says_by_what() -> None:
    of = scheme(VOLUME, indicator("points", "given", of="volume"),
                condition("not (volume < mean(volume) and points < limit)", given={"limit": 4}))  # fmt: skip
    result = score(of, trace=True, volume=[3, 9, 5])
    assert eligible(result) == [False, True, True]  # mean 5.67
    assert ranks(result) == [None, 1, 2]
    assert result.rows[0].reasons == ("不符合“c”（第c条）",)
    assert arithmetic(result, "c")[0] == "非（3 ＜ 本组平均 5.6666… 且 3 ＜ 4）"


def test_a_condition_of_the_rating_leaves_out_of_the_bests() -> None:
    of = scheme(VOLUME, formula("volume / best(volume, highest) * 10"), condition("volume <= 100", "rating"))
    result = score(of, volume=[50, 200, 100])
    assert points_of(result) == ["5.00", None, "10.00"]


def points_of(result: Result) -> list[str | None]:
    return [None if row.points is None else str(row.points["f"]) for row in result.rows]


def test_an_open_event_keeps_a_condition_open_and_the_pool_provisional() -> None:
    of = scheme(VOLUME, event("late", needs=["verified"]), indicator("points", "given", of="volume"),
                condition("volume > 1 and late <= 1"))  # fmt: skip
    late = [happened(who, "late", count=2, verified=verified) for who, verified in (("a", None), ("b", True))]
    result = score(of, trace=True, volume=[3, 2, 1], events=late)
    assert eligible(result) == [False, False, False]
    assert [row.reasons for row in result.rows] == [
        ("待核实：c（第c条）",), ("不符合“c”（第c条）",), ("不符合“c”（第c条）",),
    ]  # fmt: skip
    assert result.quota[0].provisional
    assert arithmetic(result, "c")[0] == "3 ＞ 1 且 0（另有 1 项待核实） ≤ 1"


def test_an_open_event_that_a_condition_reads_keeps_the_pool_provisional_whatever_the_answer() -> None:
    of = scheme(VOLUME, event("late", needs=["verified"]), indicator("points", "given", of="volume"),
                condition("late = 0"))  # fmt: skip
    late = [happened("b", "late", verified=True), happened("b", "late")]
    result = score(of, volume=[3, 2], events=late)
    assert eligible(result) == [True, False]
    assert result.quota[0].provisional


def test_a_condition_that_cannot_be_answered_is_not_met() -> None:
    of = scheme(VOLUME, measure("x", missing="none"), indicator("points", "given", of="volume"),
                condition("volume / x > 1"))  # fmt: skip
    result = score(of, trace=True, volume=[3, 3, 3], x=[2, 0, None])
    assert eligible(result) == [True, False, False]
    assert arithmetic(result, "c") == ["3 ÷ 2 ＞ 1", "3 ÷ 0 ＞ 1", "3 ÷ 无 ＞ 1"]


CONDITION_FAULTS = [
    (condition("volume"), "requirement(c).formula", "须为条件"),
    (condition("nothing > 1"), "requirement(c).formula", "没有列 nothing"),
    (condition("points > 1", "rating"), "requirement(c).formula", "参评之前没有得分"),
    (condition("volume > best(volume, highest)", "rating"), "requirement(c).formula", "不能用 best"),
    (condition("volume > k", given={"k": 1, "m": 1}), "requirement(c).given.m", "没有用到"),
]


@pytest.mark.parametrize(("entry", "path", "said"), CONDITION_FAULTS)
def test_a_fault_of_a_condition_names_the_place(entry: str, path: str, said: str) -> None:
    ((where, message),) = faults(VOLUME, indicator("points", "given", of="volume"), entry)
    assert where == path
    assert said in message
