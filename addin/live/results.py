"""检查, 计算, and the buttons that reckon and open one of the results."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from addin.annual import annual_fillings, years_of
from addin.live.desk import Desk, Reckoned, Refusal, found_words
from addin.live.earlier import results_in
from addin.live.texts import QUESTIONS, SAID
from addin.past_results import PastResult
from calc.period import Kind
from calc.result import Result
from calc.scheme import Scheme
from workbook_templates.build import build_template
from workbook_templates.layout import SHEET
from workbook_templates.occasion import Occasion
from workbook_templates.results import check_page, pool_name
from workbook_templates.save import save_workbook, unused_name

__all__ = ["annual", "check", "compute", "compute_and_show", "monthly", "quarterly", "winners"]

_KINDS: dict[Kind, str] = {"month": "月度评选", "quarter": "季度评选", "year": "年度评选"}


def check(desk: Desk) -> str:
    """检查: the problems on their sheet."""
    reckoned = desk.reckon()
    read, result = reckoned.read, reckoned.result
    if result is None or read.scheme is None or read.submission is None:
        desk.write_problems(reckoned.problems)
    else:
        occasion = Occasion.of(read.scheme, read.submission, read.unit)
        desk.write_page(check_page(read.scheme, result, occasion))
    return SAID["checked"].format(found=found_words(reckoned.problems))


def compute(desk: Desk) -> str:
    """计算: all sheets of the result; where there are errors, they are shown."""
    reckoned = desk.reckon()
    has_errors = any(problem.is_error for problem in reckoned.problems)
    return compute_and_show(desk, reckoned, SHEET.check if has_errors else SHEET.winners)


def compute_and_show(desk: Desk, reckoned: Reckoned, shown: str) -> str:
    """Write all sheets of the result and show one; where there is no result, 检查."""
    desk.write_result(reckoned, shown)
    found = found_words(reckoned.problems)
    if reckoned.result is None or reckoned.scheme is None:
        return SAID["no_result"].format(found=found)
    outcome = "；".join(_outcome(reckoned.scheme, reckoned.result))
    return SAID["computed"].format(found=found, outcome=f"{outcome}。")


def _outcome(scheme: Scheme, result: Result) -> Iterator[str]:
    """What came out, in a few words."""
    seated = sum(1 for row in result.rows if row.status == "winner")
    yield SAID["seated"].format(n=seated)
    for key, pools in (
        ("tied", [pool for pool in result.quota if pool.tied]),
        ("withheld", [pool for pool in result.quota if pool.withheld]),
        ("provisional", [pool for pool in result.quota if pool.provisional]),
    ):
        if pools:
            yield SAID[key].format(pools="、".join(pool_name(scheme, pool) for pool in pools))


def monthly(desk: Desk) -> str:
    """月度评选: a month's contest, with its winners shown."""
    return compute_and_show(desk, _of_kind(desk, "month"), SHEET.winners)


def quarterly(desk: Desk) -> str:
    """季度排名: a quarter's contest, with its ranking shown."""
    return compute_and_show(desk, _of_kind(desk, "quarter"), SHEET.ranking)


def winners(desk: Desk) -> str:
    """入选名单: who won."""
    return compute_and_show(desk, desk.reckon(), SHEET.winners)


def _of_kind(desk: Desk, kind: Kind) -> Reckoned:
    """The workbook, if it is of such a period. Raises Refusal."""
    reckoned = desk.reckon()
    scheme = reckoned.read.scheme
    if scheme is not None and scheme.period != kind:
        raise Refusal(SAID["other_kind"].format(title=_KINDS[scheme.period], wanted=_KINDS[kind]))
    return reckoned


def annual(desk: Desk) -> str:
    """年度评选: a year's contest with its winners shown; in any other workbook, the year's workbooks are made from a
    folder of results.
    """
    try:
        reckoned = desk.reckon()
    except Refusal:
        return _make_annual(desk)
    if reckoned.read.scheme is None or reckoned.read.scheme.period == "year":
        return compute_and_show(desk, reckoned, SHEET.winners)
    return _make_annual(desk)


def _make_annual(desk: Desk) -> str:
    folder = desk.ask_folder("results")
    made = list(_annual_files(desk, folder, results_in(desk, folder)))
    if not made:
        raise Refusal(SAID["no_past"].format(problem=""))
    for path in made:
        desk.open(path)
    return SAID["annual_made"].format(names="、".join(path.name for path in made))


def _annual_files(desk: Desk, folder: Path, past: tuple[PastResult, ...]) -> Iterator[Path]:
    years = years_of(past)
    chosen = 0 if len(years) == 1 else desk.ask.choice(QUESTIONS["year"], [str(year) for year in years])
    if chosen is None:
        raise Refusal(SAID["cancelled"])
    for scheme, filling in annual_fillings(past, years[chosen]):
        path = unused_name(folder / f"{scheme.title}-{filling.period}.xlsx")
        with desk.writing(path.name):
            save_workbook(build_template(scheme, filling), path)
        yield path
