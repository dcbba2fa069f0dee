"""Result workbooks of every scheme, for the tests of what is on their sheets and how they print."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from addin.demo.branch import MONTHS, QUARTERS
from addin.demo.year import run_annual, run_month, run_quarter
from addin.past_results import read_past_result
from addin.ranking import rank_file, write_result
from calc.scheme import load_scheme, shipped
from tests.addin.typing_in import filling_of
from tests.cases import reading
from workbook_templates.build import build_template
from workbook_templates.save import save_workbook

__all__ = ["every_result"]

SECOND = QUARTERS[1]


def every_result(folder: Path) -> dict[str, Path]:
    """By short id a result of each scheme.

    The month is one outlet's with a tie that was ruled on, the quarter the second with a withdrawal among the tellers;
    for the year its winners win in all four. Of other organisations it is the worked example.
    """
    months = run_month(folder / "月", MONTHS[-1], outlets=("嵩山路支行",))
    quarters = run_quarter(folder / "季", SECOND)
    past = [found for report in quarters if (found := read_past_result(report.result)) is not None]
    annual = run_annual(folder / "年", [replace(each, period=quarter) for quarter in QUARTERS for each in past])
    made = {report.contest: report.result for report in (*months, *quarters, *annual)}
    others = [name for name in shipped() if name.rpartition("/")[2] not in made]
    return made | {name.rpartition("/")[2]: _worked_example(name, folder) for name in others}


def _worked_example(name: str, folder: Path) -> Path:
    """The result of a scheme's worked example, typed into its template."""
    scheme, case = load_scheme(name).scheme, reading.ROOT / name / "worked-example"
    settings = reading.about(case)["settings"]
    filling = replace(filling_of(scheme, case, settings.pop("period")), settings=settings)
    filled, result = (folder / f"{scheme.short_id}-{what}.xlsx" for what in ("填报", "结果"))
    save_workbook(build_template(scheme, filling), filled)
    write_result(rank_file(filled), result)
    return result
