"""Honours of earlier periods: which count, in which time, in a row, and what their ledger or a column says."""

import pytest

from calc.honours import longest_run, recent
from calc.period import Period
from calc.scheme.model import Scheme
from calc.submission import Honour
from tests.calc.making import (
    by_id,
    honoured,
    indicator,
    measure,
    messages,
    ranks,
    requirement,
    scheme,
    score,
    told,
    totals,
)

MONTHLY = {"contest": "month-star", "within": "period"}


def of(text: str) -> Period:
    found = Period.parse(text)
    assert found is not None
    return found


def won(who: str, *periods: str, contest: str = "month-star", status: str = "won") -> list[Honour]:
    return [honoured(who, period, status, contest) for period in periods]


@pytest.mark.parametrize(
    ("periods", "run"),
    [
        ([], 0),
        (["2026-07"], 1),
        (["2026-07", "2026-09"], 1),
        (["2026-09", "2026-07", "2026-08"], 3),
        (["2025-12", "2026-01", "2026-03", "2026-04", "2026-05"], 3),
        (["2025Q4", "2026Q1", "2026-01", "2026-02", "2026-03", "2026-04"], 4),
    ],
)
def test_the_longest_run_of_consecutive_periods(periods: list[str], run: int) -> None:
    assert longest_run([of(period) for period in periods]) == run


@pytest.mark.parametrize(
    ("kind", "end", "n", "expected"),
    [
        ("month", "2026Q1", 3, {"2026-01", "2026-02", "2026-03"}),
        ("month", "2026-01", 2, {"2026-01", "2025-12"}),
        ("quarter", "2026-08", 2, {"2026Q2", "2026Q1"}),  # the third quarter is not over in August
        ("quarter", "2026-09", 1, {"2026Q3"}),
        ("year", "2026Q3", 1, {"2025"}),
        ("year", "2026", 2, {"2026", "2025"}),
    ],
)
def test_the_last_periods_of_a_kind(kind: str, end: str, n: int, expected: set[str]) -> None:
    assert {str(period) for period in recent(kind, of(end), n)} == expected  # type: ignore[arg-type]


def contest(period: str = "quarter", **keys: object) -> Scheme:
    return scheme(
        measure("x"), measure("stars", missing="none"),
        indicator("held", "honours", in_total=False, **{"value": "count", **MONTHLY, **keys}),
        indicator("x", "given", of="measure:x"),
        period=period,
    )  # fmt: skip


def counted(of: Scheme, period: str, honours: list[Honour], n: int = 1, **columns: object) -> list[str | None]:
    found = score(of, period=period, honours=honours, x=[1] * n, **columns)
    assert not found.has_errors
    return [None if row.columns is None else str(row.columns["held"]) for row in found.rows]


@pytest.mark.parametrize(
    ("keys", "period", "honours", "count"),
    [
        ({}, "2026Q3", won("a", "2026-07", "2026-09"), 2),
        ({}, "2026Q3", won("a", "2026-06", "2026-10"), 0),
        ({}, "2026Q3", won("a", "2026-07", "2026-07"), 1),  # the same one listed twice
        ({}, "2026Q3", won("a", "2026-07") + won("a", "2026-07", status="withdrawn"), 0),
        ({}, "2026Q3", won("a", "2026-07", status="cancelled") + won("a", "2026-08"), 1),
        ({}, "2026Q3", won("a", "2026-07", contest="bank/month-star"), 1),
        ({"contest": "bank/month-star"}, "2026Q3", won("a", "2026-07"), 1),
        ({}, "2026Q3", won("a", "2026-07", contest="other/my-month-star"), 0),
        ({"contest": ["month-star", "lobby-star"]}, "2026Q3", won("a", "2026-07", contest="lobby-star"), 1),
        ({}, "2026Q3", won("b", "2026-07"), 0),
        ({"within": "year"}, "2026Q3", won("a", "2025-12", "2026-01", "2026-09", "2026-10"), 2),
        ({"within": "last", "periods": 2}, "2026Q3", won("a", "2026-07", "2026-08", "2026-09"), 2),
    ],
)
def test_what_counts_in_which_time(keys: dict[str, object], period: str, honours: list[Honour], count: int) -> None:
    assert counted(contest(**keys), period, honours) == [f"{count}.0000"]


def test_the_last_periods_of_the_contest_itself_leave_out_its_own() -> None:
    own = contest("month", contest="small", within="last", periods=2)
    assert counted(own, "2026-09", won("a", "2026-06", "2026-07", "2026-08", contest="small")) == ["2.0000"]
    assert counted(own, "2026-09", won("a", "2026-09", contest="small")) == ["0.0000"]
    other = contest("month", within="last", periods=2)
    assert counted(other, "2026-09", won("a", "2026-07", "2026-08", "2026-09")) == ["2.0000"]


def test_a_column_holds_where_no_honours_of_the_contest_are_given() -> None:
    of = contest(column="stars")
    assert counted(of, "2026Q3", [], 2, stars=[2, 0]) == ["2.0000", "0.0000"]
    assert counted(of, "2026Q3", won("a", "2026-07", contest="small"), 2, stars=[2, 0]) == ["2.0000", "0.0000"]


def test_the_ledger_decides_and_a_column_that_disagrees_is_a_warning() -> None:
    found = score(
        contest(column="stars"), period="2026Q3", honours=won("a", "2026-07"), x=[1, 1, 1], stars=[2, 0, None]
    )
    assert [str(row.columns and row.columns["held"]) for row in found.rows] == ["1.0000", "0.0000", "0.0000"]
    assert told(found) == [("warning", "stars2")]
    assert found.problems[0].message == "a的「stars」填 2，荣誉记录为 1，以荣誉记录为准"


def test_neither_honours_nor_a_number_is_an_error_of_the_row() -> None:
    found = score(contest(column="stars"), period="2026Q3", x=[1, 1], stars=[1, None])
    assert told(found) == [("error", "stars3")]
    assert by_id(found)["b"].reasons == ("数据有误：stars，改正后再评",)
    assert found.quota[0].withheld


def test_without_honours_and_without_a_column_there_is_a_warning() -> None:
    found = score(contest(), period="2026Q3", x=[1])
    assert messages(found) == ["没有任何荣誉记录，「held」按没有荣誉计"]


@pytest.mark.parametrize(("status", "cell"), [("", "status2"), ("perhaps", "status2")])
def test_an_honour_that_cannot_be_read_withholds_everybody(status: str, cell: str) -> None:
    found = score(contest(), period="2026Q3", honours=won("a", "2026-07", status=status), x=[1])
    assert told(found) == [("error", cell)]
    assert found.quota[0].withheld


# requirements


def gate(**keys: object) -> Scheme:
    held = requirement("held", "honours", **keys)
    return scheme(measure("x"), indicator("x", "given", of="measure:x"), held, period="month", rule="9")


@pytest.mark.parametrize(
    ("keys", "periods", "met"),
    [
        ({"at_least": 2}, ("2026-07", "2026-08"), True),
        ({"at_least": 3}, ("2026-07", "2026-08"), False),
        ({"at_least": 3, "consecutive": True}, ("2026-05", "2026-06", "2026-07"), True),
        ({"at_least": 3, "consecutive": True}, ("2026-05", "2026-06", "2026-08"), False),
        ({"at_most": 0}, (), True),
        ({"at_most": 0}, ("2026-08",), False),
    ],
)
def test_honours_are_required_or_exclude(keys: dict[str, object], periods: tuple[str, ...], met: bool) -> None:
    of = gate(contest="other-star", within="year", **keys)
    others = won("z", "2026-01", contest="other-star")
    found = score(of, period="2026-09", honours=won("a", *periods, contest="other-star") + others, x=[1])
    assert by_id(found)["a"].eligible is met
    assert by_id(found)["a"].reasons == (() if met else ("不符合“held”（第held条）",))


def test_the_trace_names_the_periods() -> None:
    of = gate(contest="month-star", within="year", at_least=2, consecutive=True)
    found = score(of, trace=True, period="2026-09", honours=won("a", "2026-07", "2026-05"), x=[1])
    facts = next(line.arithmetic for line in found.trace[0] if line.kind == "requirement")
    assert facts == "2 次（2026-05、2026-07），最长连续 1 期，须至少 2 期"


# the year from its quarters


def scored(who: str, period: str, score: object, status: str = "won") -> Honour:
    return honoured(who, period, status, "quarter-star", score)


QUARTERS = {"contest": "quarter-star", "within": "year"}
ANNUAL = scheme(
    measure("unit", "text"),
    indicator("honours", "honours", in_total=False, value="count", **QUARTERS),
    indicator("mean_score", "honours", value="mean_score", **QUARTERS),
    requirement("twice", "honours", at_least=2, **QUARTERS),
    period="year", rule=2, rank_by=[{"of": "honours", "best": "highest"}, {"of": "total", "best": "highest"}],
)  # fmt: skip


def test_the_year_goes_by_the_number_of_honours_then_by_their_mean_score() -> None:
    honours = [
        scored("a", "2026Q1", 90), scored("a", "2026Q3", 95),
        scored("b", "2026Q1", "90.5"), scored("b", "2026Q2", 80), scored("b", "2026Q4", 81),
        scored("c", "2026Q1", 99), scored("c", "2026Q2", 99, "withdrawn"),
        scored("d", "2026Q1", 92), scored("d", "2026Q2", 94),
        scored("e", "2025Q4", 92),
    ]  # fmt: skip
    found = score(ANNUAL, trace=True, period="2026", honours=honours, unit=["x"] * 5)
    # a (90 + 95) / 2, b (90.5 + 80 + 81) / 3 = 83.833…, c one of two is withdrawn, d 93, e none this year
    assert totals(found) == ["92.50", "83.83", "99.00", "93.00", None]
    assert ranks(found) == [3, 1, None, 2, None]
    assert not found.has_errors
    words = {line.item: line.arithmetic for line in found.trace[0] if line.kind == "indicator"}
    assert words == {"honours": "2 次（2026Q1、2026Q3）", "mean_score": "（90 ＋ 95） ÷ 2"}


def test_a_score_that_the_ledger_lacks_is_an_error_of_the_row() -> None:
    honours = [scored("a", "2026Q1", 90), honoured("a", "2026Q2", "won", "quarter-star")]
    found = score(ANNUAL, period="2026", honours=honours, unit=["x"])
    assert messages(found) == ["a在2026年第二季度的荣誉没有得分"]
    assert found.quota[0].withheld
