"""``--results`` and ``--honours``: contests that build on others, from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from addin.earlier_results import read_earlier
from calc.problem import Problem
from calc.sources import Earlier
from tests.addin.command_line import run
from tests.calc.making import indicator, measure, requirement, toml
from tests.cases import reading

MONTH = toml(
    measure("team", "text"), measure("points"), indicator("points", "given", of="points"),
    requirement("fit", "compare", gate="rating", of="measure:points", op=">=", to=0),
    id="bank/month", pool="team",
)  # fmt: skip
TEAMS = toml(
    measure("score", source={"contest": "month", "value": "total", "by": "pool", "how": "mean"}),
    indicator("score", "given", of="score"), id="bank/teams",
)  # fmt: skip
QUARTER = toml(
    measure("wins", missing="zero", source={"contest": "month", "value": "won", "how": "sum"}),
    indicator("wins", "given", of="wins"),
    requirement("once", "honours", contest="month", within="period", at_least=1),
    id="bank/quarter", period="quarter", rule=9,
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("month", MONTH), ("teams", TEAMS), ("quarter", QUARTER)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    for month, first in (("2026-07", 90), ("2026-08", 70)):
        data = tmp_path / f"{month}.csv"
        data.write_text(f"id,name,team,points\n01,甲,一队,{first}\n02,乙,一队,80.5\n03,丙,二队,60\n", encoding="utf-8")
        out = scored("month", data, "--set", f"period={month}")
        (tmp_path / f"{month}.json").write_text(json.dumps(out), encoding="utf-8")
    return tmp_path


def scored(scheme: str, data: Path, *more: object) -> dict[str, Any]:
    _, out, _ = run("score", data.parent / f"{scheme}.toml", "--data", data, *more, "--json")
    content = json.loads(out)
    assert isinstance(content, dict)
    return content


def table(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_team_has_the_mean_of_its_members(folder: Path) -> None:
    teams = table(folder, "teams.csv", "id,name\nT1,一队\nT2,二队\n")
    found = scored("teams", teams, "--set", "period=2026-07", "--results", f"month={folder / '2026-07.json'}")
    assert [row["total"] for row in found["rows"]] == [85.25, 60]
    assert found["problems"] == []


def test_a_quarter_takes_its_months_and_its_honours(folder: Path) -> None:
    staff = table(folder, "staff.csv", "id,name\n01,甲\n02,乙\n03,丙\n04,丁\n")
    months = [word for m in ("2026-07", "2026-08") for word in ("--results", f"bank/month={folder / f'{m}.json'}")]
    lines = ("01,month,2026-07,90,won", "02,month,2026-08,80.5,withdrawn", "03,month,2026-08,60,won")
    ledger = table(folder, "honours.csv", "\n".join(["id,contest,period,score,status", *lines]))
    found = scored("quarter", staff, "--set", "period=2026Q3", *months, "--honours", ledger)
    assert [row["total"] for row in found["rows"]] == [1, 1, 2, 0]
    assert [row["eligible"] for row in found["rows"]] == [True, False, True, False]


def test_a_result_in_utf_16_as_a_windows_shell_writes_it_is_read(folder: Path) -> None:
    path = folder / "wide.json"
    path.write_text((folder / "2026-07.json").read_text(encoding="utf-8"), encoding="utf-16")
    assert isinstance(read_earlier("month", path), Earlier)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"scheme": "month", "period": "", "quota": [], "rows": [{"id": "1"}]}', "[" * 10_000],
)
def test_what_is_no_result_is_a_problem(tmp_path: Path, content: str) -> None:
    found = read_earlier("month", table(tmp_path, "r.json", content))
    assert isinstance(found, Problem)
    assert found.sheet == "r.json"


def test_a_result_of_another_contest_withholds_everybody(folder: Path) -> None:
    teams = table(folder, "teams.csv", "id,name,score\nT1,一队,5\n")
    found = scored("teams", teams, "--set", "period=2026-07", "--results", f"year={folder / '2026-07.json'}")
    assert [problem["message"] for problem in found["problems"]] == ["是评选 bank/month 的结果，不是 year 的"]
    assert found["quota"][0]["withheld"]


@pytest.mark.parametrize("word", ["month", "=r.json", "month=", "month=gone.json"])
def test_wrong_use_of_the_option(folder: Path, word: str) -> None:
    teams = table(folder, "teams.csv", "id,name\nT1,一队\n")
    code, _, err = run("score", folder / "teams.toml", "--data", teams, "--results", word)
    assert (code, bool(err)) == (2, True)


BANK = "cib-zhengzhou-2010"
STARS = reading.ROOT / BANK / "quarterly-teller" / "two-of-twenty"


def month(folder: Path, period: str, *winners: str, of: str = "monthly-teller", **pool: object) -> Path:
    """A result with some winners and one who is none; one pool."""
    rows = [{"id": who, "name": "", "pool": "", "status": "winner", "total": 95, "rank": 1} for who in winners]
    loser = {"id": "Q9", "name": "", "pool": "", "status": "", "total": 90, "rank": 2}
    line = {"pool": "东风路支行", "tied": [], "provisional": False, "withheld": False} | pool
    content = {"scheme": f"{BANK}/{of}", "period": period, "quota": [line], "rows": [*rows, loser]}
    return table(folder, f"{of}-{period}.json", json.dumps(content))


def quarter(*results: Path, more: tuple[object, ...] = ()) -> dict[str, Any]:
    words = [word for path in results for word in ("--results", f"monthly-teller={path}")]
    _, out, _ = run("score", f"{BANK}/quarterly-teller", "--data", STARS / "data.csv", "--set", "period=2026Q3",
                    "--set", "headcount=20", "--json", *words, *more)  # fmt: skip
    content = json.loads(out)
    assert isinstance(content, dict)
    return content


def test_the_months_decide_who_is_a_candidate_of_the_quarter(tmp_path: Path) -> None:
    """Q3 won in July and Q4 in September, Q1 in June: the column monthly_honours says otherwise, and warns."""
    won = (("2026-06", "Q1"), ("2026-07", "Q3"), ("2026-09", "Q4"))
    found = quarter(*(month(tmp_path, period, who) for period, who in won))
    assert {row["id"]: row["status"] for row in found["rows"] if row["rated"]} == {"Q3": "winner"}
    assert {problem["cell"] for problem in found["problems"] if problem["sheet"] == "data.csv"} == {
        "E2", "E3", "E4", "E5",
    }  # fmt: skip


def test_a_star_that_the_ledger_calls_withdrawn_is_none(tmp_path: Path) -> None:
    ledger = table(tmp_path, "荣誉.csv", "id,contest,period,score,status\nQ1,monthly-teller,2026-07,95,withdrawn\n")
    found = quarter(month(tmp_path, "2026-07", "Q1", "Q2"), more=("--honours", ledger))
    assert [row["id"] for row in found["rows"] if row["rated"]] == ["Q2"]


@pytest.mark.parametrize(
    ("pool", "severity", "withheld"),
    [
        ({"withheld": True}, "error", True),
        ({"tied": ["Q1"]}, "warning", False),
        ({"provisional": True}, "warning", False),
    ],
)
def test_honours_that_may_still_change_are_said(
    pool: dict[str, object], severity: str, withheld: bool, tmp_path: Path
) -> None:
    path = month(tmp_path, "2026-07", "Q1", **pool)
    found = quarter(path)
    said = [problem for problem in found["problems"] if problem["sheet"] == path.name]
    assert ([problem["severity"] for problem in said], found["quota"][0]["withheld"]) == ([severity], withheld)
