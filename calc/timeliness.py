"""Rulings held against the process: a cancellation belongs in the public notice, a withdrawal in the probation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from calc.deadlines import award_day, notice_days, probation_end
from calc.findings import problem_at
from calc.period import Period
from calc.problem import Problem, Severity
from calc.scheme.model import Scheme
from calc.submission import Ruling
from calc.words import RULING_KINDS

__all__ = ["untimely"]


def untimely(scheme: Scheme, period: Period | None, rulings: Sequence[Ruling]) -> Iterator[Problem]:
    """Warnings about rulings whose day is not known or does not fit their kind; they hold all the same.

    An objection comes no earlier than the notice begins, a cancellation in the notice, a withdrawal after it and until
    the probation ends (false data may come to light at any time). Where the scheme has no such days nothing is said.
    """
    if period is None or not rulings:
        return
    notice, award, end = notice_days(scheme, period), award_day(scheme, period), probation_end(scheme, period)
    ends: dict[str, tuple[dt.date | None, dt.date | None]] = {
        "objection": (None if notice is None else notice.first, None),
        "cancel": (None, None) if notice is None else (notice.first, notice.last),
        "withdraw": (None if award is None else award.day, None if end is None else end.day),
    }
    for ruling in rulings:
        kind, day = str(ruling.kind.value), ruling.date.value
        first, last = ends.get(kind, (None, None))
        if ruling.date.bad or (first is None and last is None):
            continue
        if not isinstance(day, dt.date):
            yield problem_at(Severity.WARNING, ruling.id, "ruling_undated", {"kind": RULING_KINDS[kind]})
        elif first is not None and day < first:
            yield problem_at(Severity.WARNING, ruling.date, f"{kind}_early", {"day": day, "first": first})
        elif last is not None and day > last:
            yield problem_at(Severity.WARNING, ruling.date, f"{kind}_late", {"day": day, "last": last})
