"""The JSON of a result: the keys of the contract, in numbers that JSON has."""

import json
from decimal import Decimal

from calc.problem import Problem, Severity
from calc.result import Result, TraceLine
from tests.calc.making import event, happened, honoured, indicator, points_scheme, reward, score

ROW = {"id", "name", "pool", "rated", "points", "total", "rank", "eligible", "reasons", "status"}

SCHEME = points_scheme(
    event("complaint"),
    indicator("step", "given", of="points", in_total=False),
    reward("money", 300, label="奖金"),
    reward("medal", "金", label="奖牌"),
    pool="team",
    barring={"clause": "第二十三条"},
)


def result(*, trace: bool = False) -> Result:
    """a wins team A, b is barred, c is tied with d in team B; the event is outside the month."""
    return score(
        SCHEME,
        team=["A", "A", "B", "B"],
        points=["9.5", 8, "7.125", "7.125"],
        events=[happened("a", "complaint", date="2026-08-31")],
        honours=[honoured("b", "2026-08")],
        trace=trace,
    )


def test_the_object_has_the_keys_of_the_contract() -> None:
    whole = result().as_json()
    assert set(whole) == {"scheme", "version", "period", "rows", "quota", "problems"}
    assert (whole["scheme"], whole["version"], whole["period"]) == ("test/small", "1", "2026-09")
    assert set(whole["problems"][0]) == {"severity", "sheet", "cell", "message", "hint"}
    assert whole["problems"][0]["severity"] == "warning"


def test_quota_has_seats_filled_and_tied_of_each_pool() -> None:
    first, second = result().as_json()["quota"]
    assert first == {"pool": "A", "seats": 1, "filled": 1, "tied": [], "provisional": False, "withheld": False}
    assert second == {
        "pool": "B", "seats": 1, "filled": 0, "tied": ["c", "d"], "provisional": False, "withheld": False,
    }  # fmt: skip


def test_a_row_has_the_keys_of_the_contract_and_columns_and_rewards_where_there_are_any() -> None:
    winner, barred, tied, _ = result().as_json()["rows"]
    assert winner == {
        "id": "a",
        "name": "a",
        "pool": "A",
        "rated": True,
        "points": {"points": 9.5},
        "total": 9.5,
        "rank": 1,
        "eligible": True,
        "reasons": [],
        "status": "winner",
        "columns": {"step": 9.5},
        "rewards": {"money": 300, "medal": "金"},
    }
    assert set(tied) == ROW | {"columns"}
    assert (tied["points"], tied["columns"], tied["status"]) == ({"points": 7.13}, {"step": 7.125}, "tied")
    assert set(barred) == ROW
    assert [barred[key] for key in ("rated", "points", "total", "rank", "eligible", "status")] == [
        False, None, None, None, False, "",
    ]  # fmt: skip
    assert len(barred["reasons"]) == 1


def test_whole_numbers_are_written_whole_and_all_can_be_dumped() -> None:
    (row,) = score(points_scheme(), points=[7]).as_json()["rows"]
    assert (type(row["total"]), type(row["points"]["points"])) == (int, int)
    text = json.dumps(result(trace=True).as_json())
    assert '"total": 9.5' in text
    assert '"money": 300' in text


def test_a_scheme_without_columns_or_rewards_has_no_such_keys() -> None:
    of = points_scheme()
    assert [set(row) for row in score(of, points=[2, 1]).as_json()["rows"]] == [ROW, ROW]


def test_a_trace_is_in_the_json_only_where_it_was_asked_for() -> None:
    whole = result(trace=True).as_json()
    assert len(whole["trace"]) == sum(len(lines) for lines in result(trace=True).trace) > 0
    assert set(whole["trace"][0]) == {"id", "kind", "item", "label", "clause", "rule", "arithmetic", "value"}
    assert {key: value for key, value in whole.items() if key != "trace"} == result().as_json()


def test_the_readers_problems_come_first() -> None:
    found = Problem(Severity.ERROR, "data.csv", "C7", "x")
    more = result().with_problems([found])
    assert more.problems == (found, *result().problems)
    assert (more.has_errors, result().has_errors) == (True, False)


def test_without_a_period_its_text_is_empty() -> None:
    assert score(points_scheme(), points=[1], period=None).as_json()["period"] == ""


def test_points_are_exact_decimals_with_the_schemes_places() -> None:
    row = result().rows[0]
    assert (str(row.total), row.points) == ("9.50", {"points": Decimal("9.5")})


def test_the_winners_stand_by_rank() -> None:
    scheme = points_scheme(pool="team", rule="2")
    found = score(scheme, team=["A", "B", "A", "B"], points=[7, 9, 8, 6])
    assert [row.id for row in found.winners()] == ["b", "c", "a", "d"]
    assert [row.id for row in found.winners("A")] == ["c", "a"]


def test_a_step_is_told_in_one_line_without_what_it_lacks() -> None:
    step = TraceLine("007", "indicator", "volume", "业务量", "第九条", "本组最高者得10分", "900 ÷ 1000 × 10", "9.00")
    assert step.sentence == "业务量（第九条）；本组最高者得10分；900 ÷ 1000 × 10；9.00"
    assert TraceLine("007", "total", "", "总分", "", "", "", "83.00").sentence == "总分；83.00"
