"""Result workbooks of earlier contests: what they say of who won, and whether it still stands."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from addin.past_results import PastResult, Winner, holders, honours_for, read_past_result, read_past_results
from addin.ranking import rank_file, write_result
from calc.period import Period
from calc.scheme import load_scheme
from workbook_templates.build import build_template
from workbook_templates.filling import Filling, Typed
from workbook_templates.save import save_workbook

BANK = "cib-zhengzhou-2010"
MONTHLY, QUARTERLY = (load_scheme(f"{BANK}/{name}").scheme for name in ("monthly-teller", "quarterly-teller"))
AUGUST = Period(2026, "month", 8)
MARKS = {
    "quality": 45, "internal_efficiency": 9, "internal_attitude": 9, "internal_standard": 9, "error_rate": 0.1,
    "theory": 90, "skill_1": 90, "conduct": True,
}  # fmt: skip
PEOPLE = (
    ("007", "王静", "东", 900),
    ("008", "李敏", "东", 700),
    ("009", "赵强", "西", 900),
    ("010", "孙", "西", 600),
)
"""Id, name, outlet, volume: 007 wins 东, 009 wins 西."""


def result_file(folder: Path, name: str = "8月.xlsx", *, period: Period = AUGUST, **more: object) -> Path:
    """A month of two outlets as a result workbook."""
    since = dt.date(2024, 3, 1)
    filling = Filling(
        period,
        roster=[{"id": i, "name": n, "outlet": o, "post_since": since} for i, n, o, _ in PEOPLE],
        measures={i: {**MARKS, "volume": volume} for i, _, _, volume in PEOPLE},
        columns={"skill": 1},
        rows=6,
        **more,  # type: ignore[arg-type]
    )
    folder.mkdir(parents=True, exist_ok=True)
    save_workbook(build_template(MONTHLY, filling), folder / f"填报-{name}")
    write_result(rank_file(folder / f"填报-{name}"), folder / name)
    return folder / name


def ruling(who: str, kind: str, decision: str) -> dict[str, Typed]:
    return {"id": who, "kind": kind, "decision": decision}


def standing(past: PastResult | None) -> dict[str, str]:
    assert past is not None
    return {str(winner.person["id"]): winner.status for winner in past.winners}


@pytest.mark.parametrize(
    ("rulings", "expected"),
    [
        ([], {"007": "won", "009": "won"}),
        ([ruling("007", "withdraw", "withdrawn")], {"007": "withdrawn", "009": "won"}),
        ([ruling("009", "cancel", "cancelled")], {"007": "won", "009": "cancelled"}),
        ([ruling("009", "objection", "upheld")], {"007": "won", "009": "cancelled"}),
        ([ruling("008", "withdraw", "withdrawn")], {"007": "won", "009": "won"}),
    ],
)
def test_a_ruling_decides_what_became_of_an_honour(
    rulings: Sequence[dict[str, Typed]], expected: dict[str, str], tmp_path: Path
) -> None:
    assert standing(read_past_result(result_file(tmp_path, rulings=rulings))) == expected


def test_a_winner_comes_with_the_roster_and_the_score(tmp_path: Path) -> None:
    past = read_past_result(result_file(tmp_path))
    assert past is not None
    assert (past.scheme.id, past.period, past.pools) == (MONTHLY.id, AUGUST, ("东", "西"))
    winner = past.winners[0]
    assert {key: winner.person[key] for key in ("id", "name", "outlet", "post_since")} == {
        "id": "007", "name": "王静", "outlet": "东", "post_since": dt.date(2024, 3, 1),
    }  # fmt: skip
    # 45 + 10 (customer) + 9 + 10 (volume) + 10 (error rate) + 10 (skill)
    assert winner.score == 94


def test_only_results_are_read_and_two_of_one_contest_are_an_error(tmp_path: Path) -> None:
    path = result_file(tmp_path / "8月")
    (tmp_path / "说明.txt").write_text("不是工作簿", "utf-8")
    past, problems = read_past_results(tmp_path)
    assert ([each.file for each in past], problems) == (["8月.xlsx"], ())
    shutil.copy(path, tmp_path / "8月（旧1）.xlsx")
    _, (problem,) = read_past_results(tmp_path)
    assert problem.is_error
    assert "两份结果" in problem.message


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    """Nobody knows whether it was a result; a workbook of somebody else's is left alone."""
    (tmp_path / "坏的.xlsx").write_bytes(b"nothing")
    Workbook().save(tmp_path / "别的.xlsx")
    past, problems = read_past_results(tmp_path)
    assert past == ()
    assert [(problem.is_error, "坏的" in problem.sheet) for problem in problems] == [(True, True)]


def test_what_is_not_settled_is_said(tmp_path: Path) -> None:
    event = {"id": "008", "event": "complaint_verified", "date": dt.date(2026, 8, 3)}
    past = read_past_result(result_file(tmp_path, events=[event]))
    assert past is not None
    assert [(problem.is_error, "暂定" in problem.message) for problem in past.problems] == [(False, True)]


def of_august(status: str = "won", contest: str = "monthly-teller", period: Period = AUGUST) -> PastResult:
    person = {"id": "007", "name": "王静", "outlet": "东"}
    scheme = load_scheme(f"{BANK}/{contest}").scheme
    return PastResult("8月.xlsx", scheme, period, ("东",), (Winner(person, None, status),))


@pytest.mark.parametrize(
    ("past", "period", "counts"),
    [
        (of_august(), "2026Q3", True),
        (of_august(), "2026Q2", False),  # August comes after it
        (of_august(contest="quarterly-teller", period=Period(2026, "quarter", 2)), "2026Q3", True),
        (of_august(contest="quarterly-teller", period=Period(2026, "quarter", 3)), "2026Q3", False),  # this very one
        (of_august(contest="quarterly-outlet", period=Period(2026, "quarter", 2)), "2026Q3", False),
    ],
)
def test_a_contest_gets_the_honours_that_it_looks_at(past: PastResult, period: str, counts: bool) -> None:
    assert bool(honours_for(QUARTERLY, Period.parse(period), [past])) == counts


def test_who_holds_an_honour_is_there_once_as_last_known() -> None:
    rows: list[dict[str, Typed]] = [{"id": "2", "outlet": "东"}, {"id": "1"}, {"id": "2", "outlet": "西"}]
    assert holders(rows) == [{"id": "1"}, {"id": "2", "outlet": "西"}]


def test_a_withdrawn_star_is_barred_from_the_next_month_and_no_longer(tmp_path: Path) -> None:
    """007 won 东 in August and lost it again: not rated in September, rated again in October."""
    past = read_past_result(result_file(tmp_path, rulings=[ruling("007", "withdraw", "withdrawn")]))
    assert past is not None
    for month, rated in ((9, False), (10, True)):
        period = Period(2026, "month", month)
        honours = honours_for(MONTHLY, period, [past])
        result = rank_file(result_file(tmp_path, f"{month}月.xlsx", period=period, honours=honours)).result
        assert result is not None
        (row,) = (row for row in result.rows if row.id == "007")
        assert row.rated is rated, period
