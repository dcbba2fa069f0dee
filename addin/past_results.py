"""Result workbooks of earlier contests: who won, with how many points, and whether it still stands.

A result workbook holds its inputs and the rulings, so it is reckoned again: a withdrawal that was recorded in it after
the award counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from pathlib import Path

from addin.parsing.messages import HINTS, MESSAGES
from addin.ranking import Ranked, rank_file
from calc.period import Period
from calc.problem import Problem, Severity
from calc.result import PoolResult
from calc.scheme import Scheme
from calc.scheme.contests import honour_contests
from calc.submission import Submission
from workbook_templates.filling import Typed, as_typed
from workbook_templates.layout import SHEET
from workbook_templates.results import pool_name

__all__ = ["PastResult", "Winner", "holders", "honours_for", "read_past_result", "read_past_results"]

_STATUS = {"": "won", "withdraw": "withdrawn", "cancel": "cancelled", "objection": "cancelled"}
"""By the kind of the ruling that took the seat away, what became of the honour."""


@dataclass(frozen=True, slots=True)
class Winner:
    """A winner, or who was one until a ruling: ``status`` won, withdrawn or cancelled."""

    person: Mapping[str, Typed]
    """What 名册 says: id, name and the measures there."""
    score: Decimal | None
    status: str


@dataclass(frozen=True, slots=True)
class PastResult:
    """One result workbook."""

    file: str
    scheme: Scheme
    period: Period
    pools: tuple[str, ...]
    winners: tuple[Winner, ...]
    problems: tuple[Problem, ...] = ()
    """What is not settled, and the errors that withhold winners."""


def read_past_results(folder: Path) -> tuple[tuple[PastResult, ...], tuple[Problem, ...]]:
    """The result workbooks in a folder and the folders within, by period and contest, and what is wrong with them.

    Other workbooks are left alone. A file that cannot be read might be a result: its problems are told. Two results of
    one contest, period and pool are an error: either might hold.
    """
    files = sorted(path for path in folder.rglob("*.xlsx") if not path.name.startswith(("~$", ".")))
    found: list[PastResult] = []
    problems: list[Problem] = []
    for path in files:
        ranked = rank_file(path, trace=False)
        past = _past(ranked)
        if past is not None:
            found.append(past)
            problems += past.problems
        elif not ranked.grids or SHEET.winners in ranked.grids:
            problems += [replace(problem, sheet=f"{path.name} {problem.sheet}".strip()) for problem in ranked.problems]
    found.sort(key=lambda past: (past.period.end, past.period.start, past.scheme.id, past.file))
    for one, other in combinations(found, 2):
        shared = set(one.pools) & set(other.pools)
        if (one.scheme.id, one.period) == (other.scheme.id, other.period) and shared:
            said = {"title": one.scheme.title, "period": one.period.label, "other": one.file}
            problems.append(_problem(Severity.ERROR, other.file, "past_twice", **said))
    return tuple(found), tuple(problems)


def read_past_result(path: Path) -> PastResult | None:
    """One result workbook; None for a file that is none (an empty template, another workbook)."""
    return _past(rank_file(path, trace=False))


def _past(ranked: Ranked) -> PastResult | None:
    read, result, file = ranked.read, ranked.result, ranked.source.name
    if SHEET.winners not in ranked.grids or read is None or read.scheme is None or read.submission is None:
        return None
    period = read.submission.period
    if result is None or period is None:
        return None
    entries = {str(entry.value): row for row, entry in enumerate(read.submission.ids)}
    winners = [
        Winner(_person(read.scheme, read.submission, entries[row.id]), row.total, _STATUS[row.removed])
        for row in result.rows
        if row.status == "winner" or row.removed
    ]
    unsettled = [p for pool in result.quota for p in _unsettled(file, read.scheme, pool)]
    return PastResult(
        file, read.scheme, period, tuple(pool.pool for pool in result.quota), tuple(winners), tuple(unsettled)
    )


def _unsettled(file: str, scheme: Scheme, pool: PoolResult) -> Iterator[Problem]:
    for key, severity, holds in (
        ("past_withheld", Severity.ERROR, pool.withheld),
        ("past_tied", Severity.WARNING, pool.tied and not pool.withheld),
        ("past_provisional", Severity.WARNING, pool.provisional and pool.filled),
    ):
        if holds:
            yield _problem(severity, file, key, pool=pool_name(scheme, pool))


def _problem(severity: Severity, file: str, key: str, **values: object) -> Problem:
    return Problem.of(severity, (file, ""), (MESSAGES[key], HINTS.get(key, "")), values)


def _person(scheme: Scheme, submission: Submission, row: int) -> dict[str, Typed]:
    person: dict[str, Typed] = {
        "id": as_typed(submission.ids[row].value),
        "name": as_typed(submission.names[row].value),
    }
    for measure in scheme.measure:
        if measure.sheet == "roster" and measure.id in submission.measures:
            person[measure.id] = as_typed(submission.measures[measure.id][row].value)
    return person


def honours_for(scheme: Scheme, period: Period | None, past: Iterable[PastResult]) -> list[dict[str, Typed]]:
    """The rows of 荣誉 for a contest of ``period``: of the contests that it looks at, what was won up to its end."""
    return [
        {
            **winner.person,
            "contest": result.scheme.id,
            "period": str(result.period),
            "score": winner.score,
            "status": winner.status,
        }
        for result in past
        if result.scheme.id in honour_contests(scheme) and _is_before(scheme, period, result)
        for winner in result.winners
    ]


def _is_before(scheme: Scheme, period: Period | None, past: PastResult) -> bool:
    """True for a result that a contest of ``period`` may look at: not later, and not this very contest's."""
    if period is None:
        return True
    return past.period.end <= period.end and (past.scheme.id, past.period) != (scheme.id, period)


def holders(honours: Sequence[Mapping[str, Typed]]) -> list[Mapping[str, Typed]]:
    """Each who holds any of the honours, once, as last known, in the order of the ids."""
    return [person for _, person in sorted({str(honour["id"]): honour for honour in honours}.items())]
