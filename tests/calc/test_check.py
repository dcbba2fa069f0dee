"""Checking a submission: each problem names its cell, says enough, and withholds no more than it must."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from calc.result import Result
from calc.scheme import SchemeError, read_scheme
from calc.submission import Entry, Event
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
    problem_at,
    requirement,
    scheme,
    score,
    setting,
    statuses,
    table,
    told,
    toml,
)

SCHEME = scheme(
    measure("team", "text"),
    measure("volume", min=0, max=5000, unit="笔"),
    measure("rate", "rate", min=0, max=100, only_with="volume"),
    measure("theory"),
    measure("skill", many=True, missing="pending"),
    measure("progress", missing="zero"),
    measure("ok", "yes_no"),
    event("complaint", needs=["verified", "at_fault"]),
    event("praise"),
    event("other", discretionary=True),
    indicator("volume", "ratio", of="volume", best="highest", base=10),
    indicator("rate", "ratio", of="rate", best="lowest", zero_rule="inverse", base=10),
    indicator("skill", "tests", theory="theory", skills="skill", theory_weight=Decimal("0.5"), plus="progress"),
    indicator("customer", "deduction", base=10, each={"praise": 1, "other": "points", "complaint": 5}),
    requirement("ok", "yes", of="ok"),
    pool="team",
)
GOOD: dict[str, Sequence[object]] = {
    "team": ["A", "A", "B"],
    "volume": [100, 50, 80],
    "rate": ["0.1", "0.2", "0.3"],
    "theory": [80, 70, 60],
    "skill_1": [90, 90, 90],
    "progress": [0, 0, 0],
    "ok": [True, True, True],
}


def checked(columns: Mapping[str, Sequence[object] | None] | None = None, **keys: object) -> Result:
    """The good data with some columns replaced, or left out where None."""
    changed = {**GOOD, **(columns or {})}
    return score(SCHEME, **{name: values for name, values in changed.items() if values is not None}, **keys)


def withheld(result: Result) -> set[str]:
    return {pool.pool for pool in result.quota if pool.withheld}


def test_good_data_have_no_problems() -> None:
    result = checked()
    assert result.problems == ()
    assert statuses(result) == {"a": "winner", "c": "winner"}


# values


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
    assert ([row.eligible for row in found.rows], told(found)) == ([False, True, False], [])


FLAW = {"id": "f", "text": "权重合计110%", "clause": "第三条"}
ASKED = setting(
    "s", "choice", default="go", choices=[{"value": "go", "label": "照办"}, {"value": "ask", "label": "请示"}]
)
OPEN = {"setting": "s", "when": {"go": False, "ask": True}}


def test_a_flaw_of_the_document_is_told_with_every_result() -> None:
    plain, settled = (points_scheme(ASKED, table("[[flaw]]", FLAW | more)) for more in ({}, {"setting": "s"}))
    for of, hint in ((plain, "见“说明”"), (settled, "见设置“s”")):
        found = score(of, points=[1])
        assert [(p.severity, p.message) for p in found.problems] == [("warning", "原文有误：权重合计110%（第三条）")]
        assert hint in found.problems[0].hint
        assert statuses(found) == {"a": "winner"}


def test_nobody_wins_while_a_flaw_is_to_be_decided() -> None:
    text = toml(measure("points"), indicator("points", "given", of="points"), ASKED,
                table("[[flaw]]", {**FLAW, "setting": "s", "open": OPEN}))  # fmt: skip
    file = read_scheme(text.encode(), "small.toml")
    for answer, severity, winners in (("go", "warning", {"a": "winner"}), ("ask", "error", {})):
        found = score(file.bind({"s": answer}), points=[1])
        assert ([p.severity for p in found.problems], statuses(found)) == ([severity], winners)


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


# a value that is there only with another


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


def test_several_columns_that_are_there_only_with_another_work_or_are_refused_with_the_scheme() -> None:
    blocks = (
        measure("volume"),
        measure("rate", "rate", many=True, only_with="volume"),
        measure("theory"),
        indicator("x", "tests", theory="theory", skills="rate", theory_weight=Decimal("0.5")),
    )
    try:
        of = scheme(*blocks)
    except SchemeError:
        return
    assert points(score(of, volume=[5, 0], rate_1=["0.5", None], theory=[1, 1]), "x") == ["0.75", None]


def test_a_blank_that_counts_as_zero_is_not_called_typed() -> None:
    of = scheme(
        measure("volume"),
        measure("mark", missing="zero", only_with="volume"),
        indicator("x", "given", of="mark"),
    )
    assert "所填" not in problem_at(score(of, volume=[0], mark=[None]), "mark2").message


# ids, period, rows


def test_an_id_that_is_missing_or_there_twice_spoils_its_rows() -> None:
    result = checked(ids=["a", None, "c"])
    assert (told(result), withheld(result)) == ([("error", "id3")], {"A"})
    result = checked(ids=["7", "c", "c"])
    assert (told(result), withheld(result)) == ([("error", "id3"), ("error", "id4")], {"A", "B"})
    assert checked(ids=["7", "007", "０07"]).problems == ()
    assert told(checked(ids=["a", BAD, "c"])) == []
    assert withheld(checked(ids=["a", BAD, "c"])) == {"A"}


def test_a_missing_name_warns_and_an_unreadable_one_spoils_its_row() -> None:
    result = checked(names=["王芳", None, "李强"])
    assert (told(result), statuses(result)) == ([("warning", "name3")], {"a": "winner", "c": "winner"})
    result = checked(names=["王芳", BAD, "李强"])
    assert (told(result), withheld(result)) == ([], {"A"})


@pytest.mark.parametrize("period", [None, "2026Q3", "2026"])
def test_a_period_that_is_missing_or_of_another_kind_withholds_everybody(period: str | None) -> None:
    result = checked(period=period)
    assert [str(problem.severity) for problem in result.problems] == ["error"]
    assert "2026-09" in result.problems[0].hint
    assert withheld(result) == {"A", "B"}
    assert all(row.total is not None for row in result.rows)


def test_the_problem_of_a_period_names_the_cell_of_the_settings() -> None:
    cell = Entry("2026Q3", "设置", "B2")
    assert told(checked(period="2026Q3", settings={"period": cell})) == [("error", "B2")]
    assert told(checked(period=None, settings={"period": Entry(None, "设置", "B2", bad=True)})) == []


def test_no_rows_are_an_error() -> None:
    for trace in (False, True):
        result = score(SCHEME, trace=trace, ids=[], **dict.fromkeys(GOOD, ()))
        assert (told(result), result.rows, result.quota) == ([("error", "")], (), ())


def test_an_error_of_the_reader_that_belongs_to_no_row_withholds_everybody() -> None:
    result = checked(unattributed=True)
    assert (withheld(result), statuses(result)) == ({"A", "B"}, {})


# events


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        (happened("z", "praise"), "id2"),
        (happened(None, "praise"), "id2"),
        (happened("a", "nonsense"), "kind2"),
        (happened("a", None), "kind2"),
    ],
)
def test_an_event_of_nobody_or_of_no_kind_withholds_everybody(line: Event, cell: str) -> None:
    result = checked(events=[line])
    assert (told(result), withheld(result)) == ([("error", cell)], {"A", "B"})


@pytest.mark.parametrize(
    ("ids", "typed", "alike"),
    [
        (["007", "b", "c"], "7", "「007」"),
        (["7", "b", "c"], "007", "「7」"),
        (["007", "07", "c"], "7", ""),
        (["70", "b", "c"], "7", ""),
    ],
)
def test_an_event_whose_id_lost_its_zeros_is_told_who_may_be_meant(ids: list[object], typed: str, alike: str) -> None:
    message = problem_at(checked(ids=ids, events=[happened(typed, "praise")]), "id2").message
    assert (("是否应为" + alike) in message) if alike else ("是否应为" not in message)


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        (happened("a", "praise", count="1.5"), "count2"),
        (happened("a", "praise", count=-1), "count2"),
        (happened("a", "praise", count=1_000_001), "count2"),
        (happened("a", "other", points=None), "points2"),
        (happened("a", "other", points=-1), "points2"),
        (happened("a", "other", points="1e13"), "points2"),
        (happened("a", "praise", count=BAD), ""),
        (happened("a", "other", points=BAD), ""),
        (happened("a", "praise", date=BAD), ""),
        (happened("a", "complaint", verified=BAD, at_fault=True), ""),
    ],
)
def test_an_event_with_a_wrong_amount_spoils_its_person(line: Event, cell: str) -> None:
    result = checked(events=[line])
    assert told(result) == ([("error", cell)] if cell else [])
    assert withheld(result) == {"A"}
    assert by_id(result)["a"].points["customer"] is None  # type: ignore[index]
    assert by_id(result)["b"].points["customer"] == 10  # type: ignore[index]


@pytest.mark.parametrize(
    ("line", "customer"),
    [
        (happened("a", "praise"), "9.00"),
        (happened("a", "praise", count=3), "7.00"),
        (happened("a", "praise", count=0), "10.00"),
        (happened("a", "praise", date="2026-09-01"), "9.00"),
        (happened("a", "praise", date="2026-09-30"), "9.00"),
        (happened("a", "complaint", verified=True, at_fault=True), "5.00"),
        (happened("a", "complaint", verified=False), "10.00"),
        (happened("a", "other", points="2.5", count=4), "7.50"),
    ],
)
def test_an_event_counts_once_all_it_needs_is_confirmed(line: Event, customer: str) -> None:
    result = checked(events=[line])
    assert told(result) == []
    assert points(result, "customer") == [customer, "10.00", "10.00"]


@pytest.mark.parametrize(
    ("line", "cells", "customer"),
    [
        (happened("a", "praise", date="2026-08-31"), ["date2"], "10.00"),
        (happened("a", "praise", date="2026-10-01"), ["date2"], "10.00"),
        (happened("a", "praise", points=4), ["points2"], "9.00"),
        (happened("a", "praise", verified=False), ["verified2"], "9.00"),
        (happened("a", "complaint", verified=True, at_fault=None), ["at_fault2"], "10.00"),
        (happened("a", "complaint", verified=None, at_fault=None), ["verified2", "at_fault2"], "10.00"),
    ],
)
def test_an_event_that_does_not_count_or_not_yet_warns(line: Event, cells: list[str], customer: str) -> None:
    result = checked(events=[line])
    assert told(result) == [("warning", cell) for cell in cells]
    assert points(result, "customer")[0] == customer
    assert withheld(result) == set()


def test_an_event_of_an_id_that_is_there_twice_counts_for_both() -> None:
    result = checked(ids=["a", "a", "c"], events=[happened("a", "praise")])
    assert points(result, "customer") == ["9.00", "9.00", "10.00"]


# honours


@pytest.mark.parametrize(
    ("period", "problems"), [("last month", [("error", "period2")]), (None, [("error", "period2")]), (BAD, [])]
)
def test_an_honour_whose_period_cannot_be_read_withholds_everybody(
    period: object, problems: list[tuple[str, str]]
) -> None:
    of = points_scheme(barring={"clause": "第二十三条"})
    result = score(of, points=[1], honours=[honoured("a", period)])
    assert (told(result), withheld(result)) == (problems, {""})


def test_without_barring_the_honours_do_not_matter() -> None:
    assert score(points_scheme(), points=[1], honours=[honoured("a", "?")]).problems == ()


def test_a_pool_of_one_that_must_beat_its_own_mean_is_told_so() -> None:
    to = {"aggregate": "mean", "of": "points", "within": "pool"}
    of = points_scheme(requirement("r", "compare", of="points", op=">", to=to), pool="team")
    result = score(of, team=["A", "B", "B"], points=[9, 1, 2])
    assert [problem.message[:5] for problem in result.problems] == ["A只有一人"]
    assert statuses(result) == {"c": "winner"}
    assert told(score(of, team=["A", BAD, "B"], points=[9, 1, 2])) == []


def test_a_figure_without_the_other_that_it_goes_with_is_an_error() -> None:
    of = points_scheme(
        setting("errors", "number", together=["transactions"]), setting("transactions", "number", together=["errors"])
    )
    given = {name: Entry(Decimal(5), "设置", cell) for name, cell in (("errors", "B4"), ("transactions", "B5"))}
    both = score(of, points=[1], settings=given)
    assert (both.problems, both.quota[0].withheld) == ((), False)
    for name, entry in given.items():
        alone = score(of, points=[1], settings={name: entry})
        assert problem_at(alone, entry.cell).is_error
        assert alone.quota[0].withheld
    assert score(of, points=[1]).problems == ()
