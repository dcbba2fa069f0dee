"""Checking a submission as a whole: each problem names its cell, says enough, and withholds no more than it must."""

from decimal import Decimal

import pytest

from calc.scheme import read_scheme
from calc.submission import Entry
from tests.calc.checking.branch import GOOD, SCHEME, checked, withheld
from tests.calc.making import (
    BAD,
    indicator,
    measure,
    points_scheme,
    problem_at,
    requirement,
    score,
    setting,
    statuses,
    table,
    told,
    toml,
)


def test_good_data_have_no_problems() -> None:
    result = checked()
    assert result.problems == ()
    assert statuses(result) == {"a": "winner", "c": "winner"}


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


def test_a_flaw_of_a_document_without_clauses_has_no_empty_brackets() -> None:
    found = score(points_scheme(table("[[flaw]]", FLAW | {"clause": ""})), points=[1])
    assert [p.message for p in found.problems] == ["原文有误：权重合计110%"]


def test_nobody_wins_while_a_flaw_is_to_be_decided() -> None:
    text = toml(measure("points"), indicator("points", "given", of="points"), ASKED,
                table("[[flaw]]", {**FLAW, "setting": "s", "open": OPEN}))  # fmt: skip
    file = read_scheme(text.encode(), "small.toml")
    for answer, severity, winners in (("go", "warning", {"a": "winner"}), ("ask", "error", {})):
        found = score(file.bind({"s": answer}), points=[1])
        assert ([p.severity for p in found.problems], statuses(found)) == ([severity], winners)


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
