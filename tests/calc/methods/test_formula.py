"""Indicators that are written as a formula."""

import time
from decimal import Decimal

import pytest

from calc.scheme import read_scheme
from tests.calc.making import (
    arithmetic,
    by_id,
    event,
    happened,
    indicator,
    measure,
    points,
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


@pytest.mark.parametrize("trace", [False, True])
@pytest.mark.parametrize("text", ["10 ^ (volume + 99)", "10 ^ 98 * 10 ^ (volume + 1)", "min(10 ^ (volume + 99), 5)"])
def test_what_is_too_large_is_no_value(text: str, trace: bool) -> None:
    assert points(score(scheme(VOLUME, formula(text)), trace=trace, volume=[2]), "f") == [None]


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
