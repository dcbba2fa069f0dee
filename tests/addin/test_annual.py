"""``annual`` and ``new --results``: the year's and the quarter's workbooks, filled from results."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.annual import annual_fillings, years_of
from addin.demo.branch import QUARTERS
from addin.demo.year import run_quarter
from addin.past_results import PastResult, Winner
from addin.ranking import rank_file
from calc.period import Period
from calc.scheme import load_scheme
from tests.addin.command_line import run
from tests.addin.test_past_results import result_file, ruling

BANK = "cib-zhengzhou-2010"


def past(contest: str, year: int, quarter: int, *ids: str) -> PastResult:
    winners = tuple(Winner({"id": i, "name": f"某{i}", "outlet": "东"}, Decimal(90), "won") for i in ids)
    period = Period(year, "year", 1) if contest.startswith("annual") else Period(year, "quarter", quarter)
    return PastResult("结果.xlsx", load_scheme(f"{BANK}/{contest}").scheme, period, ("",), winners)


def test_each_annual_contest_gets_the_honours_of_its_own_quarters_and_year() -> None:
    results = [
        past("quarterly-teller", 2025, 4, "9"), past("quarterly-teller", 2026, 1, "2", "1"),
        past("quarterly-teller", 2026, 3, "1"), past("quarterly-outlet", 2026, 2, "4101"),
        past("annual-teller", 2025, 1, "1"),
    ]  # fmt: skip
    assert years_of(results) == [2025, 2026]
    fillings = {scheme.short_id: filling for scheme, filling in annual_fillings(results, 2026, "某行")}
    assert set(fillings) == {"annual-outlet", "annual-teller"}
    teller = fillings["annual-teller"]
    assert [person["id"] for person in teller.roster] == ["1", "2"]
    assert sorted((str(h["id"]), str(h["period"])) for h in teller.honours) == [
        ("1", "2025"), ("1", "2026Q1"), ("1", "2026Q3"), ("2", "2026Q1"),
    ]  # fmt: skip
    assert (str(teller.period), teller.unit) == ("2026", "某行")


def test_annual_says_what_is_missing(tmp_path: Path) -> None:
    assert run("annual", tmp_path / "没有", "--out", tmp_path)[0] == 2
    code, _, err = run("annual", tmp_path, "--out", tmp_path)
    assert (code, "没有结果工作簿" in err) == (2, True)
    result_file(tmp_path)
    code, _, err = run("annual", tmp_path, "--out", tmp_path)
    assert (code, "没有年度评选要用的季度结果" in err) == (2, True)


@pytest.fixture
def months(tmp_path: Path) -> Path:
    folder = tmp_path / "三季度 结果"
    result_file(folder)
    result_file(folder, "9月.xlsx", period=Period(2026, "month", 9), rulings=[ruling("009", "withdraw", "withdrawn")])
    return folder


def test_new_fills_the_quarters_honours_from_the_months(months: Path, tmp_path: Path) -> None:
    target = tmp_path / "三季度.xlsx"
    words = ("new", f"{BANK}/quarterly-teller", "--out", target, "--period", "2026Q3", "--results", months)
    code, out, _ = run(*words)
    assert (code, "带出 4 条荣誉" in out) == (0, True)
    rows = load_workbook(target)["荣誉"].iter_rows(min_row=5, max_row=8, values_only=True)
    assert [(row[0], row[3], row[4], row[6]) for row in rows] == [
        ("007", "月度服务明星（柜员）", "2026-08", "有效"),
        ("009", "月度服务明星（柜员）", "2026-08", "有效"),
        ("007", "月度服务明星（柜员）", "2026-09", "有效"),
        ("009", "月度服务明星（柜员）", "2026-09", "撤销"),
    ]


def test_annual_fills_three_workbooks_from_the_quarters(tmp_path: Path) -> None:
    """Among the second quarter's tellers one was withdrawn: in the ledger and the roster, but it does not count."""
    reports = run_quarter(tmp_path / "二季度", QUARTERS[1])
    code, out, err = run("annual", tmp_path / "二季度", "--out", tmp_path / "年度 评选", "--unit", "某行")
    assert code == 0, out + err
    for report in reports:
        result = rank_file(report.result, trace=False).result
        assert result is not None
        honoured = sorted(row.id for row in result.rows if row.status == "winner" or row.removed)
        contest = load_scheme(f"{BANK}/{report.contest.replace('quarterly', 'annual')}").scheme
        path = tmp_path / "年度 评选" / f"{contest.title}-2025.xlsx"
        read = rank_file(path, trace=False).read
        assert read is not None
        assert read.submission is not None
        assert [str(entry.value) for entry in read.submission.ids] == honoured
        assert sorted(str(honour.id.value) for honour in read.submission.honours) == honoured
        statuses = {str(h.id.value): h.status.value for h in read.submission.honours}
        assert {i for i, status in statuses.items() if status == "withdrawn"} == {
            row.id for row in result.rows if row.removed
        }
        assert read.unit == "某行"
