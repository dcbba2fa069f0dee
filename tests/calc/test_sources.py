"""Columns from other contests' results: by id, by pool, by a text column, over several periods."""

from decimal import Decimal
from typing import Any

import pytest

from calc import Result, evaluate
from calc.scheme.model import Scheme
from calc.sources import Earlier, EarlierRow, fill
from tests.calc.making import indicator, measure, messages, scheme, submit, totals


def contest(kind: str = "number", missing: str = "problem", period: str = "year", **source: object) -> Scheme:
    given = {"contest": "quarter", "value": "total", **source}
    points = [measure("points"), indicator("points", "given", of="measure:points")]
    if kind == "number":
        points = [indicator("points", "given", of="score")]
    return scheme(
        measure("score", kind, missing=missing, source=given), measure("unit", "text", missing="none"), *points,
        period=period, rule=9,
    )  # fmt: skip


def row(identity: str, total: object = None, pool: str = "", name: str = "", **values: object) -> EarlierRow:
    given: dict[str, Any] = {"total": total, **{key.replace("__", "."): value for key, value in values.items()}}
    exact = {key: Decimal(str(value)) if isinstance(value, int | float) else value for key, value in given.items()}
    return EarlierRow(identity, name or identity, pool, exact)


def earlier(period: str, *rows: EarlierRow, of: str = "bank/quarter", **state: bool) -> Earlier:
    return Earlier(of, period, f"{period}.json", rows, state.get("provisional", False), state.get("withheld", False))


def filled(of: Scheme, *results: Earlier, period: str = "2026", **columns: Any) -> tuple[list[object], Result]:
    """The column as it was filled in, and the result with all problems."""
    submission, problems = fill(of, submit(of, period=period, **columns), results)
    values = [entry.value for entry in submission.measures.get("score", ())]
    return values, evaluate(of, submission).with_problems(problems)


def test_a_row_takes_the_value_of_its_id() -> None:
    values, result = filled(contest(), earlier("2026Q1", row("b", 8), row("a", 7), row("z", 1)), ids=["a", "b"])
    assert values == [7, 8]
    assert (totals(result), messages(result)) == (["7.00", "8.00"], [])


@pytest.mark.parametrize(
    ("how", "value"),
    [("mean", "88.75"), ("sum", "177.5"), ("highest", "90"), ("lowest", "87.5"), ("count", "2")],
)
def test_the_year_from_its_quarters(how: str, value: str) -> None:
    quarters = [earlier("2026Q1", row("a", 90)), earlier("2026Q3", row("a", 87.5))]
    assert filled(contest(how=how), *quarters, ids=["a"])[0] == [Decimal(value)]


def test_several_values_where_there_may_be_one_are_an_error_of_the_row() -> None:
    quarters = [earlier("2026Q1", row("a", 90), row("b", 80)), earlier("2026Q3", row("a", 87))]
    values, result = filled(contest(), *quarters, ids=["a", "b"])
    assert values == [None, 80]
    assert messages(result) == ["a的「score」在来源中有 2 个数值，只能有一个"]
    assert result.quota[0].withheld


def test_a_team_has_the_mean_of_its_members_who_have_a_score() -> None:
    members = [row("1", 90, "一队"), row("2", 81, "一队"), row("3", None, "一队"), row("4", 70, "二队")]
    teams = contest(how="mean", by="pool")
    values, result = filled(teams, earlier("2026", *members), ids=["一队", "T2"], names=["一队", "二队"])
    assert values == [Decimal("85.5"), 70]
    assert messages(result) == ["「score」的来源中有 1 行没有这一数值（不参评等），不计入"]
    thirds = [row("1", 1, "一队"), row("2", 0, "一队"), row("3", 0, "一队")]
    assert str(filled(teams, earlier("2026", *thirds), ids=["一队"])[0][0]) == "0." + "3" * 40


def test_a_person_takes_what_the_unit_has() -> None:
    units = [row("U1", 5, name="一部", grade="A"), row("U2", 6, name="二部", grade="B")]
    by_unit = contest(by="unit")
    assert filled(by_unit, earlier("2026", *units), unit=["二部", "U1", "一部"])[0] == [6, 5, 5]
    grades = contest("text", by="unit", value="grade")
    assert filled(grades, earlier("2026", *units), unit=["二部", "一部"], points=[1, 1])[0] == ["B", "A"]


@pytest.mark.parametrize(
    ("value", "expected"), [("rank", 2), ("won", 1), ("points.quality", Decimal("4.5")), ("columns.n", 3)]
)
def test_ranks_wins_points_and_columns_can_be_taken(value: str, expected: object) -> None:
    given = row("a", 9, rank=2, won=1, points__quality=4.5, columns__n=3)
    assert filled(contest(value=value), earlier("2026", given), ids=["a"])[0] == [expected]


@pytest.mark.parametrize(
    ("missing", "total", "withheld"), [("problem", None, True), ("zero", "0.00", False), ("none", None, False)]
)
def test_a_row_without_a_value_follows_the_columns_policy(missing: str, total: str | None, withheld: bool) -> None:
    _, result = filled(contest(missing=missing), earlier("2026", row("a", 1)), ids=["a", "b"])
    assert totals(result) == ["1.00", total]
    assert result.quota[0].withheld is withheld


def test_results_decide_over_what_is_typed_which_holds_where_they_have_nothing() -> None:
    values, result = filled(contest(), earlier("2026", row("a", 7), row("b", 8)), score=[7, 9, 5])
    assert values == [7, 8, 5]
    assert [(p.severity, p.cell, p.message) for p in result.problems] == [
        ("warning", "score3", "b的「score」填 9，来源的结果为 8，以结果为准")
    ]


def test_without_results_what_is_typed_holds() -> None:
    values, result = filled(contest(), score=[7])
    assert (values, messages(result)) == ([7], [])
    assert (
        messages(filled(contest(missing="none"), ids=["a"])[1])[0] == "没有提供评选 quarter 的结果，「score」没有来源"
    )


@pytest.mark.parametrize(
    ("results", "words", "error"),
    [
        ([earlier("2026Q1", row("a", 1)), earlier("2026Q1", row("a", 1))], "有两份", True),
        ([earlier("2026Q1", row("a", 1), withheld=True)], "不能采用", True),
        ([earlier("2025Q4", row("a", 1))], "不在本期之内", True),
        ([earlier("", row("a", 1))], "不在本期之内", True),
        ([earlier("2026Q1", row("a", 1), provisional=True)], "暂定", False),
        ([earlier("2026Q1", row("a", 1)), earlier("2026Q2", of="other")], "用不到", False),
    ],
)
def test_results_that_cannot_be_meant(results: list[Earlier], words: str, error: bool) -> None:
    _, result = filled(contest(how="highest"), *results, ids=["a"])
    assert any(words in message for message in messages(result))
    assert result.has_errors is error
    assert result.quota[0].withheld is error


def test_an_earlier_periods_result_can_be_meant() -> None:
    base = contest(within="any", period="month")
    values, result = filled(base, earlier("2026-08", row("a", 5)), period="2026-09", ids=["a"])
    assert (values, messages(result)) == ([5], [])
