"""Seats of each pool of a contest: what is counted, pools without a rule, no seats with a reason."""

from decimal import Decimal

import pytest

from calc import Result, evaluate
from calc.scheme import SchemeError, SchemeFile, read_scheme
from calc.scheme.model import Scheme
from calc.submission import Entry
from tests.calc.making import (
    indicator,
    measure,
    messages,
    requirement,
    ruled,
    score,
    setting,
    statuses,
    submit,
    table,
    told,
    toml,
)

PARTS = (
    measure("team", "text"), measure("points"), measure("fit", "yes_no"), measure("outlet", "text", missing="none"),
    indicator("points", "given", of="points"),
    requirement("fit", "yes", of="fit"),
)  # fmt: skip


def contest(quota: dict[str, object], *blocks: str, **top: object) -> str:
    return toml(*PARTS, *blocks, **top).replace('[quota]\nrule = "1"\n', table("[quota]", quota).strip() + "\n")


def build(quota: dict[str, object], *blocks: str, **top: object) -> Scheme:
    return read_scheme(contest(quota, *blocks, **top).encode(), "small.toml").scheme


def seats(result: Result) -> dict[str, int]:
    return {pool.pool: pool.seats for pool in result.quota}


TEN = {"team": ["甲"] * 6 + ["乙"] * 4, "points": list(range(10)), "fit": [True] * 3 + [False] * 3 + [True] * 4}


def test_the_rows_the_eligible_or_a_number_are_counted() -> None:
    assert seats(score(build({"rule": "50% floor"}, pool="team"), **TEN)) == {"甲": 3, "乙": 2}
    assert seats(score(build({"rule": "50% floor", "count": "eligible"}, pool="team"), **TEN)) == {"甲": 1, "乙": 2}
    assert seats(score(build({"rule": "50% floor", "count": 13}, pool="team"), **TEN)) == {"甲": 6, "乙": 6}


def test_who_is_not_rated_is_not_counted_among_the_rated() -> None:
    gate = requirement("here", "compare", gate="rating", of="measure:points", op=">=", to=2)
    of = build({"rule": "100% floor", "count": "rated"}, gate, pool="team")
    assert seats(score(of, **TEN)) == {"甲": 4, "乙": 4}


def test_different_texts_are_counted_over_all_the_data() -> None:
    of = build({"rule": "5:1 +1:1", "count": {"distinct": "outlet"}, "times": 2})
    outlets = ["一", "二", "三", "四", "五", "六", "一", "二", None, None]
    assert seats(score(of, **{**TEN, "outlet": outlets})) == {"": 4}  # six outlets: two, twice


def counted(**keys: object) -> SchemeFile:
    """A contest whose seats go by a setting."""
    quota = {"rule": "50% floor", "count": {"setting": "headcount"}, "counted": "期末人数"}
    return read_scheme(
        contest(quota, setting("headcount", "number", min=0, **keys), pool="team").encode(), "small.toml"
    )


def test_a_count_that_is_not_given_is_the_rows_with_one_warning() -> None:
    file = counted(fallback="名额按数据中的人数计算")
    found = score(file.scheme, **TEN)
    assert seats(found) == {"甲": 3, "乙": 2}
    assert messages(found) == ["没有填「headcount」，名额按数据中的人数计算"]
    assert not found.has_errors
    bound = file.bind({"headcount": Decimal(20)})
    given = evaluate(bound, submit(bound, settings={"headcount": Entry(Decimal(20), "设置", "B2")}, **TEN))
    assert (seats(given), messages(given)) == ({"甲": 10, "乙": 10}, [])


def test_a_count_that_may_be_blank_must_say_what_stands_in() -> None:
    with pytest.raises(SchemeError, match=r"quota.count: “headcount”可以不填.*fallback"):
        counted()
    assert counted(required=True).scheme.quota.count is None


def test_a_pool_that_the_quota_does_not_name_is_withheld() -> None:
    of = build({"by_pool": {"甲": 2}}, pool="team")
    found = score(of, trace=True, **TEN)
    assert [(pool.seats, pool.withheld) for pool in found.quota] == [(2, False), (0, True)]
    assert messages(found) == ["方案没有规定「乙」的名额，名单暂缓"]
    assert statuses(found) == {"b": "winner", "c": "winner"}
    assert seats(score(build({"by_pool": {"甲": 2}, "otherwise": 1}, pool="team"), **TEN)) == {"甲": 2, "乙": 1}


def test_a_pool_of_the_quota_that_is_not_in_the_data_is_a_warning() -> None:
    found = score(build({"by_pool": {"甲": 2, "丁": 1}, "otherwise": 1}, pool="team"), **TEN)
    assert (messages(found), found.has_errors) == (["方案规定了「丁」的名额，数据中没有这一组"], False)


def test_no_seats_are_given_with_the_reason_unless_people_approve_some() -> None:
    of = build({"rule": "10% floor"})
    nine = {name: values[:9] for name, values in TEN.items()}
    found = score(of, trace=True, **nine)
    assert statuses(found) == {}
    assert messages(found) == ["按“人数的10%（舍去尾数）”算得 0 名（人数 9），本期没有名额"]
    outcome = next(line for line in found.trace[0] if line.kind == "outcome")
    assert outcome.rule == "人数的10%（舍去尾数）：人数 9，名额 0"
    approved = score(of, rulings=[ruled("seats", "1")], **nine)
    assert (messages(approved), statuses(approved)) == ([], {"i": "winner"})
    least = score(build({"rule": "10% floor", "minimum": 1}), **nine)
    assert (messages(least), statuses(least)) == ([], {"i": "winner"})


def test_seats_of_none_by_name_need_no_reason() -> None:
    assert messages(score(build({"by_pool": {"甲": 0}, "otherwise": 1}, pool="team"), **TEN)) == []


def test_a_required_setting_must_be_filled_in() -> None:
    file = read_scheme(contest({"rule": 1}, setting("outlets", "number", required=True)).encode(), "small.toml")
    found = score(file.scheme, **TEN)
    assert (messages(found), told(found)) == (["没有填写「outlets」，无法评选，名单暂缓"], [("error", "")])
    assert found.quota[0].withheld
    given = submit(file.scheme, settings={"outlets": Entry(Decimal(3))}, **TEN)
    assert given.settings and not score(file.scheme, settings=given.settings, **TEN).has_errors


def test_a_unit_has_no_more_winners_than_it_may() -> None:
    found = score(build({"rule": 3, "each": {"of": "team", "at_most": 1}}), trace=True, **TEN)
    assert statuses(found) == {"j": "winner", "c": "winner"}
    outcome = next(line for line in found.trace[8] if line.kind == "outcome")
    assert (outcome.rule, outcome.arithmetic) == ("名额：3名，同一单位最多1名", "同一单位的名额已满")
