"""Results in JSON as honours: the month's stars are the quarter's candidates, the quarter's stars the year's."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from addin.result_json import read_result_json
from tests.addin.test_cli import run
from tests.cases import reading

BANK = "cib-zhengzhou-2010"
QUARTER = reading.ROOT / BANK / "quarterly-teller" / "two-of-twenty"


def written(folder: Path, name: str, period: str, winners: Sequence[tuple[str, float]], **pool: object) -> Path:
    """A result with some winners and one who is none; one pool."""
    rows = [{"id": who, "status": "winner", "total": total} for who, total in winners]
    line = {"pool": "东风路支行", "tied": [], "provisional": False, "withheld": False} | pool
    content = {"scheme": f"{BANK}/{name}", "period": period, "quota": [line]}
    path = folder / f"{name}-{period}.json"
    path.write_text(json.dumps(content | {"rows": [*rows, {"id": "Q9", "status": "", "total": 90}]}), "utf-8")
    return path


def test_winners_are_honours_with_their_scores(tmp_path: Path) -> None:
    honours, problems = read_result_json(
        "monthly-teller", written(tmp_path, "monthly-teller", "2026-07", [("007", 96.15)])
    )
    (honour,) = honours
    assert problems == ()
    assert [entry.value for entry in (honour.id, honour.contest, honour.period, honour.score, honour.status)] == [
        "007", f"{BANK}/monthly-teller", "2026-07", Decimal("96.15"), "won",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pool", "severity"),
    [({"withheld": True}, "error"), ({"tied": ["Q1"]}, "warning"), ({"provisional": True}, "warning")],
)
def test_what_may_still_change_is_said(pool: dict[str, object], severity: str, tmp_path: Path) -> None:
    _, (problem,) = read_result_json("monthly-teller", written(tmp_path, "monthly-teller", "2026-07", [], **pool))
    assert (problem.severity, problem.sheet) == (severity, "monthly-teller-2026-07.json")
    assert "东风路支行" in problem.message


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"scheme": 1, "period": 2, "rows": [3], "quota": []}', "[" * 9999])
def test_a_file_of_something_else_is_an_error(text: str, tmp_path: Path) -> None:
    path = tmp_path / "某.json"
    path.write_text(text, "utf-8")
    honours, (problem,) = read_result_json("monthly-teller", path)
    assert (honours, problem.is_error, problem.sheet) == ((), True, "某.json")


def score(*more: str) -> tuple[int, dict]:
    code, out, _ = run("score", f"{BANK}/quarterly-teller", "--data", QUARTER / "data.csv", "--set", "period=2026Q3",
                       "--set", "headcount=20", "--json", *more)  # fmt: skip
    return code, json.loads(out)


def test_the_months_decide_who_is_a_candidate_of_the_quarter(tmp_path: Path) -> None:
    """Q3 won in July and Q4 in September, Q1 in June: the column monthly_honours says otherwise, and warns."""
    months = [("2026-06", "Q1"), ("2026-07", "Q3"), ("2026-09", "Q4")]
    files = [written(tmp_path, "monthly-teller", month, [(who, 95)]) for month, who in months]
    code, found = score(*(word for file in files for word in ("--results", f"monthly-teller={file}")))
    assert code == 0
    assert {row["id"]: row["status"] for row in found["rows"] if row["rated"]} == {"Q3": "winner"}
    warned = {problem["cell"] for problem in found["problems"] if problem["sheet"] == "data.csv"}
    assert warned == {"E2", "E3", "E4", "E5"}


def test_a_star_that_the_ledger_calls_withdrawn_is_none(tmp_path: Path) -> None:
    file = written(tmp_path, "monthly-teller", "2026-07", [("Q1", 95), ("Q2", 94)])
    ledger = tmp_path / "荣誉.csv"
    ledger.write_text("id,contest,period,score,status\nQ1,monthly-teller,2026-07,95,withdrawn\n", "utf-8")
    code, found = score("--results", f"monthly-teller={file}", "--honours", str(ledger))
    assert (code, [row["id"] for row in found["rows"] if row["rated"]]) == (0, ["Q2"])


def test_a_wrong_file_withholds_the_winners(tmp_path: Path) -> None:
    file = written(tmp_path, "quarterly-teller", "2026Q2", [("Q1", 95)])
    code, found = score("--results", f"monthly-teller={file}")
    assert (code, found["quota"][0]["withheld"]) == (1, True)


@pytest.mark.parametrize(("word", "said"), [("R.json", "须写成"), ("monthly-teller=nowhere.json", "没有文件")])
def test_wrong_use(word: str, said: str) -> None:
    code, _, err = run("score", f"{BANK}/quarterly-teller", "--data", QUARTER / "data.csv", "--results", word)
    assert code == 2
    assert said in err
