"""What a quota gives each pool of this contest: what is counted, the seats that follow, and what there is to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from calc.check import Checked
from calc.findings import problem_at
from calc.problem import Problem, Severity
from calc.quota import Fixed
from calc.reckon import Reckoned
from calc.seats import Distinct, Quota
from calc.submission import Entry
from calc.winners import Limit

__all__ = ["Allotment", "allot"]


@dataclass(frozen=True, slots=True)
class Allotment:
    """The seats of one pool."""

    seats: int | None
    """None: the quota has no rule for the pool."""
    count: int
    """What the rule was asked with."""
    limit: Limit | None = None
    """How many of one unit may win."""
    problems: tuple[Problem, ...] = ()


def allot(
    quota: Quota, pool: str, rows: Sequence[int], checked: Checked, reckoned: Reckoned, *, approved: bool = False
) -> Allotment:
    """The seats of the pool with these rows.

    A pool that the quota does not name is an error; no seat at all though the rule would give some to a larger pool is
    a warning, but not where people have ``approved`` seats.
    """
    problems = []
    count = _count(quota, rows, checked, reckoned)
    seats = quota.seats(pool, count)
    if seats is None:
        problems.append(problem_at(Severity.ERROR, Entry(), "quota_pool", {"pool": pool}))
    elif seats == 0 and not approved and rows and not isinstance(quota.rule_of(pool), Fixed):
        words = quota.words_of(pool)
        problems.append(_warn("quota_zero", pool=pool, words=words, counted=quota.counted, n=count))
    limit = None if quota.each is None else Limit(checked.texts[quota.each.of], quota.each.at_most)
    return Allotment(seats, count, limit, tuple(problems))


def _count(quota: Quota, rows: Sequence[int], checked: Checked, reckoned: Reckoned) -> int:
    chosen = list(rows)
    if isinstance(quota.count, Decimal):
        return int(quota.count)
    if isinstance(quota.count, Distinct):
        return len({text for text in checked.texts[quota.count.distinct] if text})
    if quota.count == "rated":
        return int(reckoned.rated[chosen].sum())
    return int(reckoned.eligible[chosen].sum()) if quota.count == "eligible" else len(chosen)


def _warn(key: str, **values: object) -> Problem:
    return problem_at(Severity.WARNING, Entry(), key, values)
