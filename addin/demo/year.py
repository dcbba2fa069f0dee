"""The branch's year as files: three months of all outlets, the contests of four quarters, the annual selection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from addin.annual import annual_fillings
from addin.demo.branch import MONTHS, OUTLETS, QUARTERS, UNIT, YEAR, month_of, quarter_of
from addin.demo.incidents import RULINGS, deeds, staged
from addin.demo.mistakes import MENDED, MISTAKES
from addin.past_results import PastResult, honours_for, read_past_result
from addin.ranking import Ranked, rank_file, write_result
from calc.period import Period
from calc.problem import Problem
from calc.scheme import Scheme, load_scheme
from workbook_templates.build import build_template
from workbook_templates.filling import Filling, Typed
from workbook_templates.results import pool_state
from workbook_templates.save import save_workbook

__all__ = ["Report", "Year", "run_annual", "run_demo", "run_month", "run_quarter"]

ORGANISATION = "cib-zhengzhou-2010"
_QUARTERLY = ("quarterly-teller", "quarterly-lobby-manager", "quarterly-outlet")
_FILLED, _MENDED, _RESULTS = "填报", "更正后", "结果"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one workbook."""

    name: str
    contest: str
    """The scheme's id without its organisation."""
    found: tuple[Problem, ...]
    """The problems of the workbook as it was filled in."""
    before: str
    """Its outcome as it was filled in."""
    outcome: str
    result: Path
    clean: bool
    """The mended workbook has no error."""


@dataclass(frozen=True, slots=True)
class Year:
    """What became of the year."""

    months: dict[Period, tuple[Report, ...]]
    quarters: dict[Period, tuple[Report, ...]]
    annual: tuple[Report, ...]

    @property
    def reports(self) -> list[Report]:
        """All of them, in order."""
        return [report for part in (*self.months.values(), *self.quarters.values(), self.annual) for report in part]


def run_demo(folder: Path, tell: Callable[[str], None] = lambda _: None) -> Year:
    """Write the year's workbooks and results under ``folder``; ``tell`` is told of each part that is done."""
    quarters: dict[Period, tuple[Report, ...]] = {}
    months: dict[Period, tuple[Report, ...]] = {}
    past: list[PastResult] = []
    for quarter in QUARTERS:
        place = folder / f"{YEAR}年第{quarter.part}季度"
        for month in MONTHS:
            if quarter.start <= month.start <= quarter.end:
                months[month] = run_month(place / f"{month.part}月", month)
                past += _results(months[month])
                tell(month.label)
        quarters[quarter] = run_quarter(place / "季度评选", quarter, past)
        past += _results(quarters[quarter])
        tell(quarter.label)
    return Year(months, quarters, run_annual(folder / f"{YEAR}年度评选", past))


def _results(reports: Sequence[Report]) -> list[PastResult]:
    return [past for report in reports if (past := read_past_result(report.result)) is not None]


def run_month(folder: Path, period: Period, outlets: Sequence[str] = ()) -> tuple[Report, ...]:
    """Each outlet's month; in the last one some clerks made mistakes, and mended copies are ranked.

    ``outlets``: only these, where not all are wanted.
    """
    scheme = load_scheme(f"{ORGANISATION}/monthly-teller").scheme
    reports = []
    for n, (outlet, _) in enumerate(OUTLETS, start=1):
        if outlets and outlet not in outlets:
            continue
        truth = month_of(outlet, period)
        spoil, mend = (table.get(outlet) if period == MONTHS[-1] else None for table in (MISTAKES, MENDED))
        filled, mended = (change(truth) if change else truth for change in (spoil, mend))
        reports.append(_ranked(folder, f"{n:02}-{outlet}-{period}", scheme, filled, mended))
    return tuple(reports)


def run_quarter(folder: Path, period: Period, past: Sequence[PastResult] = ()) -> tuple[Report, ...]:
    """The quarter's three contests, with the honours in ``past``."""
    reports = []
    for contest in _QUARTERLY:
        scheme = load_scheme(f"{ORGANISATION}/{contest}").scheme
        filling = replace(staged(contest, quarter_of(contest, period)), honours=honours_for(scheme, period, past))
        report = _ranked(folder, f"{scheme.title}-{period}", scheme, filling, filling)
        if ruling := RULINGS.get((contest, str(period))):
            result = rank_file(report.result, trace=False).result
            rows = () if result is None else sorted(result.rows, key=lambda row: row.rank or 0)
            winners, tied = ([row.id for row in rows if row.status == status] for status in ("winner", "tied"))
            ruled = replace(filling, rulings=ruling(winners, tied))
            report = _ranked(folder, f"{scheme.title}-{period}", scheme, ruled, ruled)
        reports.append(report)
    return tuple(reports)


def run_annual(folder: Path, past: Sequence[PastResult]) -> tuple[Report, ...]:
    """The annual selection: its workbooks as ``starscore annual`` makes them, confirmed by the branch."""
    reports = []
    for scheme, filling in annual_fillings(past, YEAR, UNIT):
        typed: dict[str, dict[str, Typed]] = {
            str(person["id"]): {"basic": True, "deeds": deeds(str(person["name"]))} for person in filling.roster
        }
        confirmed = replace(filling, measures=typed, settings={"outlets": len(OUTLETS)}, rows=len(typed) + 5)
        reports.append(_ranked(folder, f"{scheme.title}-{YEAR}", scheme, confirmed, confirmed))
    return tuple(reports)


def _ranked(folder: Path, name: str, scheme: Scheme, filled: Filling, mended: Filling) -> Report:
    """Save a workbook as it was filled in, mend it where that is needed, and write its result."""
    typed, again, result = (folder / place / f"{name}.xlsx" for place in (_FILLED, _MENDED, _RESULTS))
    for path in (typed, result) if mended == filled else (typed, again, result):
        path.parent.mkdir(parents=True, exist_ok=True)
    save_workbook(build_template(scheme, filled), typed)
    ranked = first = rank_file(typed)
    if mended != filled:
        save_workbook(build_template(scheme, mended), again)
        ranked = rank_file(again)
    write_result(ranked, result)
    return Report(
        name, scheme.short_id, first.problems, _outcome(first), _outcome(ranked), result, not ranked.has_errors
    )


def _outcome(ranked: Ranked) -> str:
    if ranked.result is None or ranked.read is None or ranked.read.scheme is None:
        return ""
    scheme, result = ranked.read.scheme, ranked.result
    return "；".join(pool_state(scheme, result, pool) for pool in result.quota)
