"""Changes of pool within the period: where somebody counts who moved from one outlet to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from calc.period import Period
from calc.scheme.model import Scheme
from calc.submission import Entry, Submission

__all__ = ["pools_of"]

Report = Callable[..., None]


def pools_of(scheme: Scheme, submission: Submission, spoil: Report) -> tuple[str, ...]:
    """The pool of each row.

    Who moved within the period counts, by the scheme's rule, in the pool of the last day, or in the one of most
    of its days (of equally many: the last day's). Before the move's day the old pool holds, from that day on the
    new one. ``spoil(row, entry, key)`` is told of a move without its day or without its origin, and, with an empty key,
    of one that could not be read, which the reader has reported.
    """
    now = submission.measures.get(scheme.pool or "", (Entry(),) * len(submission.ids))
    pools = [str(entry.value or "") for entry in now]
    if scheme.moves is None or submission.period is None:
        return tuple(pools)
    blank = (Entry(),) * len(pools)
    origins = submission.measures.get(scheme.moves.origin, blank)
    days = submission.measures.get(scheme.moves.day, blank)
    for row, (origin, day) in enumerate(zip(origins, days, strict=True)):
        if origin.bad or day.bad:
            spoil(row, day, "")
        elif origin.value is None and day.value is None:
            continue
        elif not isinstance(day.value, dt.date) or origin.value is None:
            spoil(row, day if origin.value is not None else origin, "move_day" if origin.value else "move_origin")
        elif not _has_arrived(submission.period, day.value, scheme.moves.rule):
            pools[row] = str(origin.value)
    return tuple(pools)


def _has_arrived(period: Period, day: dt.date, rule: str) -> bool:
    """True where the new pool is the one that counts."""
    if day > period.end:
        return False
    if rule == "last_day" or day <= period.start:
        return True
    return (day - period.start).days <= (period.end - day).days + 1
