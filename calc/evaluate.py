"""The one door of the calculation: a scheme and a submission in, a result out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from calc.allotment import Allotment, allot
from calc.ballots import still_missed
from calc.check import Checked, check
from calc.findings import problem_at
from calc.granting import grants
from calc.groups import Groups
from calc.methods.base import Frame
from calc.number import Arithmetic, Mask, decimals_of
from calc.points import whole_pools
from calc.problem import Problem, Severity
from calc.reasons import open_rows, reasons
from calc.reckon import Reckoned, reckon
from calc.requirements import Compare, Outcome
from calc.result import PoolResult, Result, RowResult, Status, TraceLine
from calc.rulings import Ruled, decided, idle, idle_stages, rule
from calc.scheme.model import Scheme
from calc.submission import Entry, Submission
from calc.timeliness import untimely
from calc.titles import award_titles
from calc.trace import Standing, explain_rewards, explain_row, explain_titles
from calc.winners import Candidate, Seats, award_seats, tie_keys

__all__ = ["evaluate"]


@dataclass(frozen=True, slots=True)
class _Pool:
    """One pool: its name, its rows in input order, and how it came out."""

    name: str
    rows: tuple[int, ...]
    seats: Seats
    allotment: Allotment
    withheld: bool
    provisional: bool


class _Shown(NamedTuple):
    """What people see of all rows."""

    points: Mapping[str, Sequence[Decimal | None]]
    """By indicator."""
    total: Sequence[Decimal | None]
    reasons: Sequence[Sequence[str]]
    """Why the row is not eligible."""


def evaluate(scheme: Scheme, submission: Submission, *, trace: bool = False, words: bool = True) -> Result:
    """Score, rank and pick the winners; with ``trace`` also explain every row, without ``words`` by its values only.

    ``scheme`` has its settings filled in. Whatever people typed, the outcome is a Result: what is wrong with
    the input stands in its problems. The order of the input rows changes nothing but the order of the output.
    """
    checked = check(scheme, submission)
    ruled = rule(scheme, checked, submission.rulings)
    checked = replace(checked, decided=decided(ruled, len(checked.ids)))
    names = tuple(dict.fromkeys(checked.pools))
    codes = {name: code for code, name in enumerate(names)}
    groups: Groups = np.array([codes[name] for name in checked.pools], dtype=np.intp)
    everybody = np.ones(len(groups), dtype=np.bool_)
    frame = None
    if (trace and words) or not scheme.is_fast:
        reckoned, frame = reckon(scheme, checked, groups, everybody, Arithmetic.EXACT)
    else:
        reckoned = _decided(scheme, checked, groups, everybody)
    checked = _with_missed(checked, reckoned)
    heard = [ruling for about in ruled.sources.values() for ruling in about]
    problems = [*checked.problems, *ruled.problems, *untimely(scheme, submission.period, heard)]
    problems += [] if frame is None else idle_stages(scheme, checked, ruled, frame)
    still_open = open_rows(scheme, checked, reckoned)
    pools = []
    of_awards = dict.fromkeys([*_unheard_pools(scheme, names), *_of_grades(reckoned)])
    for code, name in enumerate(names):
        rows = tuple(int(row) for row in np.flatnonzero(groups == code))
        pool, found = _award(scheme, checked, reckoned, ruled, (name, rows, bool(still_open[groups == code].any())))
        pools.append(pool)
        of_awards |= dict.fromkeys(found)
    winners = {row for pool in pools if not pool.withheld for row in pool.seats.winners}
    titles = {} if frame is None else award_titles(scheme, frame, checked, reckoned, ruled, winners)
    for outcome in titles.values():
        of_awards |= dict.fromkeys(outcome.problems)
    shown = _Shown(
        {i.id: decimals_of(reckoned.units[i.id], scheme.digits(i)) for i in scheme.indicator},
        decimals_of(reckoned.total, scheme.total_digits),
        reasons(scheme, checked, reckoned),
    )
    results = {row: _row(scheme, checked, reckoned, ruled, pool, row, shown) for pool in pools for row in pool.rows}
    for row, result in results.items() if scheme.titles else ():
        has = tuple(title.label for title in scheme.titles if row in titles[title.id].holders)
        results[row] = replace(result, titles=has)
    ordered = [results[row] for row in range(len(groups))]
    unsettled = {row for pool in pools if pool.withheld for row in pool.rows}
    granted, found = grants(scheme, ordered, checked, reckoned.graded, titles, unsettled)
    for row, gifts in granted.items():
        ordered[row] = replace(ordered[row], rewards={name: gift.value for name, gift in gifts.items()})
    problems += [*of_awards, *found]
    lines: tuple[tuple[TraceLine, ...], ...] = ()
    if trace:
        told_by = frame if words else None
        lines = tuple(
            (*told, *explain_titles(scheme, titles, row, ordered[row]),
             *explain_rewards(scheme, granted.get(row, {}), ordered[row]))
            for row, told in enumerate(_trace(scheme, checked, told_by, reckoned, ruled, pools, ordered))
        )  # fmt: skip
    return Result(
        scheme=scheme.id,
        version=scheme.version,
        period="" if submission.period is None else str(submission.period),
        rows=tuple(ordered),
        quota=tuple(_pool_result(pool, checked) for pool in pools),
        problems=tuple(problems),
        trace=lines,
    )


def _decided(scheme: Scheme, checked: Checked, groups: Groups, everybody: Mask) -> Reckoned:
    """Reckon in floats, which the scheme's methods allow; reckon again in fractions the pools in which floats leave a
    doubt.
    """
    fast, _ = reckon(scheme, checked, groups, everybody, Arithmetic.FLOAT)
    if not fast.doubt.any():
        return fast
    again = whole_pools(scheme, groups, fast.doubt)
    exact, _ = reckon(scheme, checked, groups, again, Arithmetic.EXACT)
    return fast.replaced(again, exact)


def _with_missed(checked: Checked, reckoned: Reckoned) -> Checked:
    """With the ballots that are missing as errors: who has to be judged is known only now."""
    missed = still_missed(checked.ballots, reckoned.rated, reckoned.outcomes, Outcome.MET)
    labels = [list(found) for found in checked.bad]
    for miss in missed:
        if miss.panel.label not in labels[miss.row]:
            labels[miss.row].append(miss.panel.label)
    problems = dict.fromkeys(miss.problem for miss in missed)
    return replace(checked, bad=tuple(map(tuple, labels)), problems=(*checked.problems, *problems))


def _award(
    scheme: Scheme, checked: Checked, reckoned: Reckoned, ruled: Ruled, pool: tuple[str, tuple[int, ...], bool]
) -> tuple[_Pool, list[Problem]]:
    """The seats of one pool (its name, its rows, whether anything of it is open), and what there is to say of it."""
    name, rows, provisional = pool
    candidates = [
        Candidate(
            row=row,
            id=checked.ids[row],
            rank=int(reckoned.rank[row]),
            keys=tie_keys(reckoned.breaks, row),
        )
        for row in rows
        if reckoned.rank[row]
    ]
    decisions = ruled.of_pool(name, rows)
    allotment = allot(scheme.quota, name, rows, checked, reckoned, approved=bool(decisions.seats))
    seats = award_seats(
        scheme.ties, candidates, allotment.seats or 0, decisions, allotment.limit, scheme.quota.passes_on
    )
    withheld = checked.withhold_all or ruled.unclear or any(checked.bad[row] for row in rows)
    withheld |= allotment.seats is None
    withheld |= reckoned.graded is not None and bool(reckoned.graded.unclear[list(rows)].any())
    problems = [*allotment.problems, *([] if withheld else idle(checked, ruled, name, rows, seats))]
    if seats.needs_seed and not withheld:
        problems.append(problem_at(Severity.ERROR, Entry(), "lot_seed", {}))
    problems += [] if withheld else _alone(scheme, name, rows)
    return _Pool(name, rows, seats, allotment, withheld, provisional), problems


def _of_grades(reckoned: Reckoned) -> list[Problem]:
    """What there is to say of the grades: shares that are not known are errors, those not kept to are warnings."""
    return [
        problem_at(Severity.WARNING if key == "grade_share" else Severity.ERROR, Entry(), key, values)
        for key, values in (reckoned.graded.faults if reckoned.graded else ())
    ]


def _unheard_pools(scheme: Scheme, names: Sequence[str]) -> list[Problem]:
    """Pools for which the quota has seats and which are not in the data."""
    return [
        problem_at(Severity.WARNING, Entry(), "quota_named", {"pool": pool})
        for pool in scheme.quota.by_pool
        if pool not in names
    ]


def _alone(scheme: Scheme, name: str, rows: Sequence[int]) -> list[Problem]:
    """A pool of one cannot be above its own mean: nobody can win, and the clerk should know why."""
    return [
        problem_at(
            Severity.WARNING,
            Entry(),
            "pool_of_one",
            {"pool": name or scheme.subject.label, "label": requirement.label},
        )
        for requirement in scheme.requirement
        if len(rows) == 1
        and isinstance(requirement, Compare)
        and requirement.op in (">", "<")
        and not isinstance(requirement.to, Decimal)
        and requirement.to.of == requirement.of
        and requirement.to.within == "pool"
    ]


def _row(
    scheme: Scheme, checked: Checked, reckoned: Reckoned, ruled: Ruled, pool: _Pool, row: int, shown: _Shown
) -> RowResult:
    rated = bool(reckoned.rated[row])
    status: Status = ""
    if not pool.withheld and row in pool.seats.winners:
        status = "winner"
    elif not pool.withheld and row in pool.seats.tied:
        status = "tied"
    return RowResult(
        id=checked.ids[row],
        name=checked.names[row],
        pool=pool.name,
        rated=rated,
        points={i.id: shown.points[i.id][row] for i in scheme.indicator if i.in_total} if rated else None,
        columns={i.id: shown.points[i.id][row] for i in scheme.indicator if not i.in_total} if rated else None,
        total=shown.total[row] if rated else None,
        rank=int(reckoned.rank[row]) or None,
        eligible=bool(reckoned.eligible[row]),
        reasons=tuple(shown.reasons[row]),
        status=status,
        grade=_grade(scheme, checked, reckoned, row),
        rewards={},
        removed=ruled.removed[row] if not pool.withheld and pool.seats.notes.get(row) == "ruled_out" else "",
    )


def _grade(scheme: Scheme, checked: Checked, reckoned: Reckoned, row: int) -> str | None:
    """The label of the row's grade, empty where it has none; None where the scheme has no grades."""
    if reckoned.graded is None:
        return None
    place = int(reckoned.graded.grade[row])
    return "" if place < 0 or checked.withhold_all else scheme.grade[place].label


def _pool_result(pool: _Pool, checked: Checked) -> PoolResult:
    shown = pool.seats if not pool.withheld else Seats(pool.seats.seats)
    return PoolResult(
        pool=pool.name,
        seats=shown.seats,
        filled=len(shown.winners),
        tied=tuple(checked.ids[row] for row in shown.tied),
        provisional=pool.provisional,
        withheld=pool.withheld,
    )


def _trace(
    scheme: Scheme,
    checked: Checked,
    frame: Frame | None,
    reckoned: Reckoned,
    ruled: Ruled,
    pools: Sequence[_Pool],
    results: Sequence[RowResult],
) -> tuple[tuple[TraceLine, ...], ...]:
    """The lines of every row up to its outcome, rows in input order."""
    lines: dict[int, tuple[TraceLine, ...]] = {}
    for pool in pools:
        ranked = sum(1 for row in pool.rows if reckoned.rank[row])
        for row in pool.rows:
            standing = Standing(
                pool.name,
                pool.seats,
                pool.allotment,
                ranked,
                pool.withheld,
                pool.provisional,
                tuple(ruled.sources.get(row, ())),
                ruled.seats.get(pool.name),
            )
            lines[row] = tuple(explain_row(scheme, checked, frame, reckoned, row, results[row], standing))
    return tuple(lines[row] for row in range(len(results)))
