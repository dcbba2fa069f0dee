"""Result workbooks of every scheme, for the tests of what is on their sheets and how they print."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from addin.demo.branch import MONTHS, QUARTERS
from addin.demo.year import run_annual, run_month, run_quarter
from addin.past_results import read_past_result
from addin.ranking import rank_file, write_result
from calc.scheme import shipped
from tests.addin.test_workbook_path import BANK, ranked
from tests.cases import reading

__all__ = ["every_result"]

SECOND = QUARTERS[1]


def every_result(folder: Path) -> dict[str, Path]:
    """By short id a result of each scheme.

    The month is one outlet's with a tie that was ruled on, the quarter the second with a withdrawal among the tellers;
    for the year its winners win in all four.
    """
    months = run_month(folder / "月", MONTHS[-1], outlets=("嵩山路支行",))
    quarters = run_quarter(folder / "季", SECOND)
    past = [found for report in quarters if (found := read_past_result(report.result)) is not None]
    annual = run_annual(folder / "年", [replace(each, period=quarter) for quarter in QUARTERS for each in past])
    return {report.contest: report.result for report in (*months, *quarters, *annual)} | _elsewhere(folder)


def _elsewhere(folder: Path) -> dict[str, Path]:
    """Of each scheme of another organisation the worked example, or its first case."""
    made = {}
    for name in shipped():
        if name.startswith(BANK):
            continue
        cases = reading.cases(name)
        case = next((case for case in cases if case.name == "worked-example"), cases[0])
        contest = name.rpartition("/")[2]
        made[contest] = folder / f"{contest}.xlsx"
        where = folder / "填报" / contest
        where.mkdir(parents=True)
        path, _ = ranked(case, where)
        write_result(rank_file(path), made[contest])
    return made
