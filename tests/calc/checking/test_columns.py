"""What is missing by its policy, out of range, or cannot be: each problem names its cell."""

from collections.abc import Sequence

import pytest

from tests.calc.checking.branch import checked, withheld
from tests.calc.making import (
    BAD,
    by_id,
    eligible,
    indicator,
    measure,
    messages,
    points,
    points_scheme,
    problem_at,
    requirement,
    scheme,
    score,
    statuses,
    told,
)


@pytest.mark.parametrize(
    ("columns", "cell", "said"),
    [
        ({"volume": [100, None, 80]}, "volume3", "b没有填「volume」"),
        ({"theory": [80, None, 60]}, "theory3", "b没有填「theory」"),
        ({"rate": ["0.1", None, "0.3"]}, "rate3", "b没有填「rate」"),
        ({"ok": [True, None, True]}, "ok3", "b没有填「ok」"),
        ({"volume": [100, -1, 80]}, "volume3", "b的「volume」为 -1，超出 0 至 5000"),
        ({"volume": [100, "5000.001", 80]}, "volume3", "5000.001，超出 0 至 5000"),
        ({"rate": ["0.1", "100.5", "0.3"]}, "rate3", "100.5"),
        ({"theory": [80, "1000000000000.01", 60]}, "theory3", "数值过大"),
        ({"theory": [80, "-1e13", 60]}, "theory3", "数值过大"),
        ({"progress": [0, "1e300", 0]}, "progress3", "数值过大"),
        ({"skill_1": [90, "1e13", 90]}, "skill_13", "「skill1」"),
    ],
)
def test_a_value_that_is_missing_or_out_of_range_spoils_its_row_and_withholds_its_pool(
    columns: dict[str, Sequence[object]], cell: str, said: str
) -> None:
    result = checked(columns)
    assert told(result) == [("error", cell)]
    assert problem_at(result, cell).sheet == "data"
    assert said in problem_at(result, cell).message
    assert problem_at(result, cell).hint
    row = by_id(result)["b"]
    assert (row.total, row.rank, row.eligible) == (None, None, False)
    assert "数据有误" in row.reasons[0]
    assert withheld(result) == {"A"}
    assert statuses(result) == {"c": "winner"}


def test_the_ends_of_a_range_and_the_largest_number_are_within_it() -> None:
    ends = {"volume": [5000, 5000, 5000], "rate": [0, 100, 100], "theory": ["1e12", "-1e12", 0]}
    assert checked(ends).problems == ()


def test_a_row_in_error_keeps_the_points_that_can_be_reckoned_and_counts_for_the_others() -> None:
    result = checked({"theory": [80, BAD, 60], "volume": [100, 200, 80]})
    row = by_id(result)["b"]
    assert row.points == {"volume": 10, "rate": 5, "skill": None, "customer": 10}
    assert by_id(result)["a"].points["volume"] == 5  # type: ignore[index]
    assert told(result) == []  # the reader has told of the cell
    assert withheld(result) == {"A"}


def test_a_blank_is_pending_or_zero_where_the_measure_says_so() -> None:
    result = checked({"skill_1": [90, None, 90], "progress": [None, None, 1]})
    assert told(result) == [("warning", "skill_13")]
    assert points(result, "skill") == ["85.00", None, "76.00"]
    row = by_id(result)["b"]
    assert (row.total, row.eligible, row.reasons) == (None, False, ("待考：skill1",))
    assert [(pool.provisional, pool.withheld) for pool in result.quota] == [(True, False), (False, False)]
    assert statuses(result) == {"a": "winner", "c": "winner"}


def test_a_blank_yes_or_no_is_no_where_the_measure_says_so() -> None:
    of = points_scheme(measure("member", "yes_no", missing="zero"), requirement("member", "yes", of="member"))
    found = score(of, points=[1, 1, 1], member=[None, True, False])
    assert (eligible(found), told(found)) == ([False, True, False], [])


def test_a_column_whose_blanks_are_zero_may_be_left_out() -> None:
    assert checked({"progress": None}) == checked()


@pytest.mark.parametrize("column", ["team", "volume", "ok", "theory", "skill_1"])
def test_a_column_that_is_not_there_is_one_error_and_spoils_every_row(column: str) -> None:
    result = checked({column: None})
    (found,) = (problem for problem in result.problems if problem.is_error)
    assert (found.sheet, found.cell) == ("data", "")
    assert column in found.message
    assert all(row.total is None and not row.eligible for row in result.rows)
    assert withheld(result) == {pool.pool for pool in result.quota}


def test_a_test_column_that_is_blank_throughout_was_not_held() -> None:
    result = checked({"skill_2": [None, None, None]})
    assert told(result) == [("warning", "skill_22")]
    assert points(result, "skill") == points(checked(), "skill")


def test_test_columns_that_are_all_blank_are_one_error() -> None:
    result = checked({"skill_1": [None, None, None], "skill_2": [None, None, None]})
    assert [(p.is_error, p.sheet, p.cell) for p in result.problems] == [(True, "data", "")]
    assert "「skill」各列都空白" in result.problems[0].message
    assert all(row.total is None for row in result.rows)


@pytest.mark.parametrize("column", ["volume", "skill_1"])
def test_a_column_that_the_reader_has_reported_as_missing_is_no_error_again(column: str) -> None:
    result = checked({column: [BAD, BAD, BAD]})
    assert told(result) == []
    assert all(row.total is None for row in result.rows)
    assert withheld(result) == {"A", "B"}


def test_an_unreadable_team_withholds_everybody_for_it_might_be_any_team() -> None:
    assert withheld(checked({"team": ["A", BAD, "B"]})) == {"A", "", "B"}
    assert statuses(checked({"team": ["A", None, "B"]})) == {}


def test_a_blank_may_be_nothing_at_all_and_its_column_left_out() -> None:
    of = points_scheme(measure("remark", "text", missing="none"), measure("day", "date", missing="none"))
    for columns in ({}, {"remark": [None], "day": [None]}, {"remark": ["x"], "day": ["2026-09-01"]}):
        result = score(of, points=[1], **columns)
        assert (result.problems, statuses(result)) == ((), {"a": "winner"})


@pytest.mark.parametrize(
    ("rate", "expected"), [(None, "没有volume，也就没有rate"), ("0.5", "没有volume，所填的rate 0.5 不起作用")]
)
def test_without_volume_there_is_no_rate_whatever_is_typed_and_no_total(rate: str | None, expected: str) -> None:
    result = checked({"volume": [100, 0, 80], "rate": ["0.8", rate, "0.3"]})
    assert told(result) == [("warning", "rate3")]
    assert problem_at(result, "rate3").message == f"b{expected}"
    row = by_id(result)["b"]
    assert (row.points["rate"], row.points["volume"], row.total) == (None, 0, None)  # type: ignore[index]
    assert row.reasons == ("无rate（volume为零或空白）",)
    assert by_id(result)["a"].points["rate"] == 10  # type: ignore[index]
    assert (withheld(result), result.quota[0].provisional) == (set(), False)


def test_where_the_volume_is_in_error_a_missing_rate_is_not_an_error_of_its_own() -> None:
    result = checked({"volume": [100, None, 80], "rate": ["0.1", None, "0.3"]})
    assert told(result) == [("error", "volume3")]
    assert by_id(result)["b"].reasons == ("数据有误：volume，改正后再评",)


def test_an_unreadable_rate_stays_an_error_even_without_volume() -> None:
    result = checked({"volume": [100, 0, 80], "rate": ["0.1", BAD, "0.3"]})
    assert by_id(result)["b"].reasons[0] == "数据有误：rate，改正后再评"
    assert withheld(result) == {"A"}


def test_a_blank_that_counts_as_zero_is_not_called_typed() -> None:
    of = scheme(
        measure("volume"),
        measure("mark", missing="zero", only_with="volume"),
        indicator("x", "given", of="mark"),
    )
    assert messages(score(of, volume=[0], mark=[None])) == ["a没有volume，也就没有mark"]
    assert messages(score(of, volume=[0], mark=[3])) == ["a没有volume，所填的mark 3 不起作用"]
