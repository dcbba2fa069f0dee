"""A formula that holds or does not; what formulas can say stands in tests/calc/formula."""

import pytest

from tests.calc.making import (
    arithmetic,
    eligible,
    event,
    happened,
    indicator,
    measure,
    points_scheme,
    ranks,
    requirement,
    scheme,
    score,
    totals,
)
from tests.calc.requirements.asking import asked
from tests.calc.scheme.refusing import faults

VOLUME = measure("volume")
POINTS = indicator("points", "given", of="volume")


def condition(text: str, gate: str = "award", **keys: object) -> str:
    return requirement("c", "condition", gate, formula=text, **keys)


def test_what_is_asked_is_told() -> None:
    assert asked("condition", formula="x > 5  and\n y < 3") == "公式：x > 5 and y < 3"


def test_a_formula_decides_who_may_win() -> None:
    of = points_scheme(measure("late"), requirement("r", "condition", formula="points >= 5 and late = 0"))
    result = score(of, points=[5, 9, 4], late=[0, 1, 0])
    assert eligible(result) == [True, False, False]


def test_a_condition_decides_who_may_win_and_says_by_what() -> None:
    of = scheme(VOLUME, POINTS, condition("not (volume < mean(volume) and points < limit)", given={"limit": 4}))
    result = score(of, trace=True, volume=[3, 9, 5])
    assert eligible(result) == [False, True, True]  # mean 5.67
    assert ranks(result) == [None, 1, 2]
    assert result.rows[0].reasons == ("不符合“c”（第c条）",)
    assert arithmetic(result, "c")[0] == "非（3 ＜ 本组平均 5.6666… 且 3 ＜ 4）"


def test_a_condition_of_the_rating_leaves_out_of_the_bests() -> None:
    best = indicator("f", "formula", formula="volume / best(volume, highest) * 10")
    result = score(scheme(VOLUME, best, condition("volume <= 100", "rating")), volume=[50, 200, 100])
    assert [row.rated for row in result.rows] == [True, False, True]
    assert totals(result) == ["5.00", None, "10.00"]


def test_an_open_event_keeps_a_condition_open_and_the_pool_provisional() -> None:
    of = scheme(VOLUME, event("late", needs=["verified"]), POINTS, condition("volume > 1 and late <= 1"))
    late = [happened(who, "late", count=2, verified=verified) for who, verified in (("a", None), ("b", True))]
    result = score(of, trace=True, volume=[3, 2, 1], events=late)
    assert eligible(result) == [False, False, False]
    assert [row.reasons for row in result.rows] == [
        ("待核实：c（第c条）",), ("不符合“c”（第c条）",), ("不符合“c”（第c条）",),
    ]  # fmt: skip
    assert result.quota[0].provisional
    assert arithmetic(result, "c")[0] == "3 ＞ 1 且 0（另有 1 项待核实） ≤ 1"


def test_an_open_event_that_a_condition_reads_keeps_the_pool_provisional_whatever_the_answer() -> None:
    of = scheme(VOLUME, event("late", needs=["verified"]), POINTS, condition("late = 0"))
    late = [happened("b", "late", verified=True), happened("b", "late")]
    result = score(of, volume=[3, 2], events=late)
    assert eligible(result) == [True, False]
    assert result.quota[0].provisional


def test_a_condition_that_cannot_be_answered_is_not_met() -> None:
    of = scheme(VOLUME, measure("x", missing="none"), POINTS, condition("volume / x > 1"))
    result = score(of, trace=True, volume=[3, 3, 3], x=[2, 0, None])
    assert eligible(result) == [True, False, False]
    assert arithmetic(result, "c") == ["3 ÷ 2 ＞ 1", "3 ÷ 0 ＞ 1", "3 ÷ 无 ＞ 1"]


FAULTS = [
    (condition("volume"), "requirement(c).formula", "须为条件"),
    (condition("nothing > 1"), "requirement(c).formula", "没有列 nothing"),
    (condition("points > 1", "rating"), "requirement(c).formula", "参评之前没有得分"),
    (condition("volume > best(volume, highest)", "rating"), "requirement(c).formula", "不能用 best"),
    (condition("volume > k", given={"k": 1, "m": 1}), "requirement(c).given.m", "没有用到"),
]


@pytest.mark.parametrize(("entry", "path", "said"), FAULTS)
def test_a_fault_names_the_place(entry: str, path: str, said: str) -> None:
    ((where, message),) = faults(VOLUME, POINTS, entry)
    assert where == path
    assert said in message
