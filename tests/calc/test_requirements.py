"""Requirements: who is rated and who may win; yes, no, pending and unknown are four answers."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from calc.result import Result
from calc.scheme import SchemeError
from calc.scheme.model import Scheme
from tests.calc.making import (
    BAD,
    by_id,
    event,
    happened,
    honoured,
    indicator,
    measure,
    points,
    points_scheme,
    requirement,
    scheme,
    score,
    statuses,
)

TENURE = {
    end: points_scheme(measure("since", "date"), requirement("r", "tenure", of="since", months=3, end=end))
    for end in ("inclusive", "exclusive")
}


def eligible(result: Result) -> list[bool]:
    return [row.eligible for row in result.rows]


@pytest.mark.parametrize(
    ("period", "since", "inclusive", "exclusive"),
    [
        ("2026-09", "2026-06-30", True, True),
        ("2026-09", "2026-07-01", True, False),
        ("2026-09", "2026-07-02", False, False),
        ("2026-02", "2025-11-30", True, True),  # + 3 months is 28 February itself
        ("2026-02", "2025-12-01", True, False),
        ("2024-02", "2023-11-30", True, True),
        ("2024-02", "2023-12-01", True, False),
        ("2026-09", "2027-01-01", False, False),
        ("2026-09", "1980-01-01", True, True),
    ],
)
def test_full_months_end_with_the_last_day_of_the_period_or_before_it(
    period: str, since: str, inclusive: bool, exclusive: bool
) -> None:
    for end, expected in (("inclusive", inclusive), ("exclusive", exclusive)):
        assert eligible(score(TENURE[end], points=[1], since=[since], period=period)) == [expected], end


def test_a_missing_date_is_an_error_and_not_a_failure() -> None:
    (row,) = score(TENURE["inclusive"], points=[1], since=[None]).rows
    assert (row.eligible, row.total, len(row.reasons)) == (False, None, 1)
    assert "数据有误" in row.reasons[0]


JOINED = points_scheme(measure("since", "date"), requirement("r", "in_period", of="since"), period="year")


def test_a_date_in_the_period_is_one_from_its_first_day_to_its_last() -> None:
    days = ["2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"]
    result = score(JOINED, points=[1, 1, 1, 1], since=days, period="2026", trace=True)
    assert eligible(result) == [False, True, True, False]
    assert result.rows[0].reasons == ("不符合“r”（第r条）",)


def test_without_a_date_nobody_can_say_whether_it_lies_in_the_period() -> None:
    (row,) = score(JOINED, points=[1], since=[None], period="2026").rows
    assert (row.eligible, row.total) == (False, None)
    assert "数据有误" in row.reasons[0]


def test_a_date_in_the_period_must_be_a_date_of_the_data() -> None:
    with pytest.raises(SchemeError, match="没有日期列 points"):
        points_scheme(requirement("r", "in_period", of="points"))


@pytest.mark.parametrize(
    ("date", "eligible"),
    [("2025-12-31", True), ("2026-01-01", False), ("2026-09-30", False), ("2026-12-31", False), ("2027-01-01", True)],
)
def test_an_event_of_the_year_counts_outside_the_month_too(date: str, eligible: bool) -> None:
    of = points_scheme(event("fault", within="year"), requirement("r", "no_event", event="fault"))
    result = score(of, points=[1], events=[happened("a", "fault", date=date)])
    assert result.rows[0].eligible is eligible
    assert [problem.severity for problem in result.problems] == (["warning"] if eligible else [])


@pytest.mark.parametrize(
    ("events", "eligible", "provisional", "reason"),
    [
        ([], True, False, ""),
        ([{"verified": True, "at_fault": True}], False, False, "不符合“r”（第r条）"),
        ([{"verified": False, "at_fault": True}], True, False, ""),
        ([{"verified": True, "at_fault": False}], True, False, ""),
        ([{"verified": True, "at_fault": None}], False, True, "待核实：r（第r条）"),
        ([{"verified": None, "at_fault": None}], False, True, "待核实：r（第r条）"),
        ([{"verified": None, "at_fault": False}], True, False, ""),
        ([{"verified": True, "at_fault": True}, {"verified": None}], False, True, "不符合“r”（第r条）"),
        ([{"verified": True, "at_fault": True, "count": 0}], True, False, ""),
        ([{"verified": True, "at_fault": True, "date": "2026-10-01"}], True, False, ""),
        ([{"verified": True, "at_fault": True, "date": "2026-09-30"}], False, False, "不符合“r”（第r条）"),
    ],
)
def test_an_event_disqualifies_once_all_that_it_needs_is_confirmed(
    events: list[Mapping[str, object]], eligible: bool, provisional: bool, reason: str
) -> None:
    of = points_scheme(event("e", needs=["verified", "at_fault"]), requirement("r", "no_event", event="e"))
    result = score(of, points=[9, 1], events=[happened("a", "e", **keys) for keys in events])
    row = by_id(result)["a"]
    assert (row.eligible, row.rank) == (eligible, 1 if eligible else None)
    assert row.reasons == ((reason,) if reason else ())
    assert result.quota[0].provisional is provisional
    assert statuses(result) == ({"a": "winner"} if eligible else {"b": "winner"})


@pytest.mark.parametrize(("answer", "reasons"), [(True, ()), (False, ("不符合“r”（第r条）",))])
def test_a_condition_is_confirmed_by_yes(answer: bool, reasons: tuple[str, ...]) -> None:
    of = points_scheme(measure("ok", "yes_no"), requirement("r", "yes", of="ok"))
    assert score(of, points=[1], ok=[answer]).rows[0].reasons == reasons


def test_a_confirmation_not_given_yet_is_pending_where_the_measure_says_so() -> None:
    of = points_scheme(measure("ok", "yes_no", missing="pending"), requirement("r", "yes", of="ok"))
    result = score(of, points=[9, 1], ok=[None, True])
    assert result.rows[0].reasons == ("待考：ok", "待核实：r（第r条）")
    assert (result.quota[0].provisional, statuses(result)) == (True, {"b": "winner"})


@pytest.mark.parametrize(
    ("op", "expected"),
    [(">", "950.004"), (">=", "950 950.004"), ("<", "949.996"), ("<=", "949.996 950")],
)
def test_a_value_is_compared_with_a_number(op: str, expected: str) -> None:
    of = points_scheme(requirement("r", "compare", of="points", op=op, to=950))
    values = ["949.996", "950", "950.004"]
    assert eligible(score(of, points=values)) == [value in expected.split() for value in values]


@pytest.mark.parametrize(
    ("within", "expected"), [("pool", [False, True, False, True]), ("all", [False, False, True, True])]
)
def test_a_mean_is_of_the_pool_or_of_everybody(within: str, expected: list[bool]) -> None:
    to = {"aggregate": "mean", "of": "points", "within": within}
    of = points_scheme(requirement("r", "compare", of="points", op=">", to=to), pool="team")
    assert eligible(score(of, team=["A", "A", "B", "B"], points=[1, 2, 6, 7])) == expected


def test_a_mean_is_over_all_who_have_the_value_rated_eligible_or_not() -> None:
    """b is not rated, c is in error elsewhere, d has no value: the mean is (3 + 9 + 6 + 6) / 4 = 6."""
    of = scheme(
        measure("x"),
        measure("y"),
        measure("ok", "yes_no"),
        indicator("x", "given", of="x"),
        indicator("y", "given", of="y"),
        requirement("rated", "yes", gate="rating", of="ok"),
        requirement("r", "compare", of="x", op=">=", to={"aggregate": "mean", "of": "x", "within": "all"}),
    )
    result = score(of, x=[3, 9, 6, BAD, "6"], y=[1, 1, BAD, 1, 1], ok=[True, False, True, True, True])
    assert result.rows[0].reasons == ("不符合“r”（第r条）",)
    assert [row.eligible for row in result.rows] == [False, False, False, False, True]


def test_an_indicator_is_compared_unrounded() -> None:
    """9499.96 / 10 / 10 = 94.9996 prints as 95.00 and is below 95."""
    of = scheme(
        measure("x"),
        indicator("x", "share", of="x", maximum=1000, base=100),
        requirement("r", "compare", of="indicator:x", op=">=", to=95),
    )
    result = score(of, x=["949.996", 950])
    assert points(result, "x") == ["95.00", "95.00"]
    assert eligible(result) == [False, True]


def test_who_fails_the_rating_takes_no_part_and_sets_no_best() -> None:
    of = scheme(
        measure("x"),
        measure("ok", "yes_no"),
        indicator("x", "ratio", of="x", best="highest", base=10),
        requirement("r", "yes", gate="rating", of="ok"),
    )
    result = score(of, x=[8, 4, 2], ok=[False, True, True])
    out = result.rows[0]
    assert (out.rated, out.points, out.columns, out.total, out.rank) == (False, None, None, None, None)
    assert out.reasons == ("不符合“r”（第r条）",)
    assert [row.total for row in result.rows[1:]] == [10, 5]
    assert [row.rank for row in result.rows] == [None, 1, 2]


def test_who_fails_the_award_is_scored_and_sets_the_best_but_has_no_rank() -> None:
    of = scheme(
        measure("x"),
        measure("ok", "yes_no"),
        indicator("x", "ratio", of="x", best="highest", base=10),
        requirement("r", "yes", of="ok"),
    )
    result = score(of, x=[8, 4, 2], ok=[False, True, True])
    assert [row.total for row in result.rows] == [10, 5, Decimal("2.5")]
    assert [row.rank for row in result.rows] == [None, 1, 2]
    assert [row.rated for row in result.rows] == [True, True, True]


def test_a_rating_that_is_pending_leaves_the_row_rated_but_not_eligible() -> None:
    of = points_scheme(measure("ok", "yes_no", missing="pending"), requirement("r", "yes", gate="rating", of="ok"))
    (row,) = score(of, points=[5], ok=[None]).rows
    assert (row.rated, row.eligible, row.total) == (True, False, 5)


@pytest.mark.parametrize(
    ("period", "honour", "barred"),
    [
        ("2026-09", honoured("a", "2026-08"), True),
        ("2026-01", honoured("a", "2025-12"), True),
        ("2026-09", honoured("a", "2026-08", contest="test/small"), True),
        ("2026-09", honoured("a", "2026-07"), False),
        ("2026-09", honoured("a", "2026-09"), False),
        ("2026-09", honoured("a", "2026-08", "won"), False),
        ("2026-09", honoured("a", "2026-08", "cancelled"), False),
        ("2026-09", honoured("a", "2026-08", contest="other"), False),
        ("2026-09", honoured("b", "2026-08"), False),
        ("2026-09", honoured("a", "2026Q2"), False),
    ],
)
def test_who_had_the_title_withdrawn_in_the_period_before_is_not_rated(
    period: str, honour: object, barred: bool
) -> None:
    of = points_scheme(barring={"periods": 1, "clause": "第二十三条"})
    row = by_id(score(of, points=[9, 1], period=period, honours=[honour]))["a"]
    assert row.rated is not barred
    assert row.reasons == (("上一评选周期被取消资格，本期不得参评（第二十三条）",) if barred else ())


# Stages: who is among the first of a group goes on.


def stage(ties: str = "ask", n: object = 3, best: str = "highest", within: str = "all", gate: str = "award") -> Scheme:
    return points_scheme(
        measure("team", "text"), measure("votes"),
        requirement("r", "top", gate, of="votes", n=n, best=best, within=within, ties=ties), rule="9",
    )  # fmt: skip


def on(of: Scheme, votes: Sequence[object], team: str = "AAAAAA") -> Result:
    size = len(votes)
    return score(of, trace=True, points=[1] * size, team=list(team)[:size], votes=votes)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, "abc"),
        ({"n": 5}, "abcde"),
        ({"n": 9}, "abcdef"),
        ({"n": "50% floor"}, "abc"),
        ({"n": "60% ceil"}, "abcd"),  # 3.6
        ({"best": "lowest", "n": 2}, "ef"),
        ({"within": "team", "n": 1}, "ab"),
    ],
)
def test_the_first_of_each_group_go_on(keys: dict[str, object], expected: str) -> None:
    found = on(stage(**keys), [9, 8, 7, 6, 5, 4], "ABABAB")  # type: ignore[arg-type]
    assert "".join(row.id for row in found.rows if row.eligible) == expected


@pytest.mark.parametrize(("ties", "expected"), [("include", "abcd"), ("exclude", "ab"), ("ask", "ab")])
def test_a_tie_at_the_cut_is_settled_as_the_scheme_says(ties: str, expected: str) -> None:
    found = on(stage(ties), [9, 8, 7, 7, 5])
    assert "".join(row.id for row in found.rows if row.eligible) == expected
    assert found.quota[0].provisional is (ties == "ask")


def test_a_tie_inside_the_cut_is_none() -> None:
    assert [row.eligible for row in on(stage("ask"), [9, 8, 8, 7]).rows] == [True, True, True, False]


def test_of_those_kept_out_beforehand_nobody_takes_a_place() -> None:
    of = points_scheme(
        measure("ok", "yes_no"), measure("votes"), requirement("leader", "yes", "rating", of="ok"),
        requirement("r", "top", of="votes", n=1, best="highest", within="all", ties="ask"),
    )  # fmt: skip
    found = score(of, points=[1, 1], ok=[False, True], votes=[9, 5])
    assert statuses(found) == {"b": "winner"}


def test_the_trace_says_which_place_it_was() -> None:
    found = on(stage(), [9, 7, 7, 7, 5])
    facts = [next(line.arithmetic for line in lines if line.item == "r") for lines in found.trace]
    assert facts[0] == "9，全体第 1，取前 3"
    assert facts[2] == "7，全体第 2（并列 3 人），取前 3"
