"""Honours of earlier periods: which of them count, how many a row holds, in a row, and their mean score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from calc.methods.base import Held, State, show
from calc.methods.honours import CountsHonours
from calc.period import MONTHS, Kind, Period
from calc.submission import Entry, Honour

__all__ = [
    "Award",
    "CountsHonours",
    "HeldValues",
    "awards_in",
    "by_held",
    "longest_run",
    "recent",
    "same_contest",
    "tally",
]

Report = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Award:
    """An honour as it was read."""

    id: str
    contest: str
    period: Period
    stands: bool
    score: Decimal | None
    source: Honour


@dataclass(frozen=True, slots=True)
class HeldValues:
    """What every row holds; None where it is not known or there is no such value."""

    values: tuple[Fraction | None, ...]
    state: npt.NDArray[np.int8]
    words: tuple[str, ...]
    """Of each row what the value rests on."""


def awards_in(honours: Sequence[Honour], report: Report) -> tuple[Award, ...]:
    """The honours that could be read; ``report(entry, key, **values)`` is told of others, with an empty key of those
    that the reader has told of.
    """
    found = []
    for honour in honours:
        period = Period.parse(str(honour.period.value or ""))
        score = honour.score.value
        if any(entry.bad for entry in (honour.id, honour.contest, honour.period, honour.status, honour.score)):
            report(honour.period, "")
        elif period is None:
            report(honour.period, "honour_period", period=honour.period.value or "")
        elif honour.status.value not in {"won", "withdrawn", "cancelled"}:
            report(honour.status, "honour_status", status=honour.status.value or "")
        else:
            found.append(
                Award(
                    id=str(honour.id.value or ""),
                    contest=str(honour.contest.value or ""),
                    period=period,
                    stands=honour.status.value == "won",
                    score=score if isinstance(score, Decimal) else None,
                    source=honour,
                )
            )
    return tuple(found)


def same_contest(left: str, right: str) -> bool:
    """True for one contest, named with or without its organisation."""
    return left == right or left.endswith(f"/{right}") or right.endswith(f"/{left}")


def recent(kind: Kind, end: Period, n: int) -> frozenset[Period]:
    """The last ``n`` periods of a kind that are over when ``end`` is."""
    day = end.end
    last = Period(day.year, kind, (day.month - 1) // MONTHS[kind] + 1)
    if last.end > day:
        last = last.previous
    found = [last]
    while len(found) < n:
        found.append(found[-1].previous)
    return frozenset(found)


def tally(
    held: Held,
    awards: Sequence[Award],
    ids: Sequence[str],
    contest: tuple[str, Period],
    column: tuple[Sequence[Decimal | None], Callable[[int, object], None]] | None,
    report: Report,
) -> HeldValues:
    """What each of ``ids`` holds, for the ``contest`` (its id and period).

    ``count``: how many; ``run``: the most in consecutive periods of one kind; ``mean``: the mean of their scores, of
    each the unrounded number in the ledger, and None for who holds none. A score that is missing makes the row's value
    bad. Where no honour of these contests is given at all, the numbers of ``column`` hold; its function is told of
    each number that disagrees (row, what the honours say).
    """
    of_contest = [a for a in awards if any(same_contest(a.contest, name) for name in held.contests)]
    if not of_contest and column is not None:
        state = np.array([State.OK if value is not None else State.BAD for value in column[0]], dtype=np.int8)
        values = tuple(None if value is None else Fraction(value) for value in column[0])
        return HeldValues(values, state, tuple("" if v is None else f"{show(v)} 次（按填报）" for v in values))
    mine: dict[str, dict[tuple[str, Period], Award]] = defaultdict(dict)
    revoked = {(a.id, a.period, a.contest.rpartition("/")[2]) for a in of_contest if not a.stands}
    for award in of_contest:
        short = award.contest.rpartition("/")[2]
        if award.stands and (award.id, award.period, short) not in revoked and _counts(held, award, contest):
            mine[award.id].setdefault((short, award.period), award)
    found = [
        sorted(mine.get(identity, {}).values(), key=lambda a: (a.period.end, a.period.start, a.contest))
        for identity in ids
    ]
    if held.what == "mean":
        return _means(found, report)
    counts = [len(own) if held.what == "count" else longest_run([a.period for a in own]) for own in found]
    if column is not None:
        for row, (typed, count) in enumerate(zip(column[0], counts, strict=True)):
            if typed is not None and typed != count:
                column[1](row, count)
    return HeldValues(
        tuple(Fraction(count) for count in counts),
        np.zeros(len(ids), dtype=np.int8),
        tuple(_listed(own) for own in found),
    )


def _counts(held: Held, award: Award, contest: tuple[str, Period]) -> bool:
    """True for an honour within the time that the scheme looks at."""
    name, now = contest
    if award.period.end > now.end:
        return False
    if held.within == "period":
        return award.period.start >= now.start
    if held.within == "year":
        return award.period.start.year == now.year
    own = award.period.kind == now.kind and same_contest(award.contest, name)
    window = recent(award.period.kind, now.previous if own else now, held.periods or 1)
    return award.period in window


def longest_run(periods: Sequence[Period]) -> int:
    """The most consecutive periods among some of one kind; of several kinds the best run of one of them."""
    best = 0
    for kind in {period.kind for period in periods}:
        ordered = sorted({period for period in periods if period.kind == kind})
        run = 1
        best = max(best, run)
        for before, after in pairwise(ordered):
            run = run + 1 if before.next == after else 1
            best = max(best, run)
    return best


def _means(found: Sequence[Sequence[Award]], report: Report) -> HeldValues:
    values: list[Fraction | None] = []
    state = np.zeros(len(found), dtype=np.int8)
    words = []
    for row, own in enumerate(found):
        scores = [award.score for award in own]
        known = [score for score in scores if score is not None]
        if not own or len(known) < len(own):
            values.append(None)
            words.append("")
            state[row] = State.BAD if own else State.UNDEFINED
            for award in own:
                if award.score is None:
                    report(_place(award), "honour_score", row=row, period=award.period.label)
            continue
        values.append(sum((Fraction(score) for score in known), Fraction(0)) / len(known))
        terms = " ＋ ".join(show(score) for score in known)
        words.append(f"（{terms}） ÷ {len(known)}" if len(known) > 1 else terms)
    return HeldValues(tuple(values), state, tuple(words))


def _place(award: Award) -> Entry:
    """The cell of the score, or where there is no such column that of the period."""
    return award.source.score if award.source.score.cell else award.source.period


def _listed(own: Sequence[Award]) -> str:
    periods = "、".join(str(award.period) for award in own)
    return f"{len(own)} 次" + (f"（{periods}）" if periods else "")


def by_held(parts: Sequence[object]) -> Mapping[Held, CountsHonours]:
    """Of a scheme's indicators and requirements those that count honours, by what they count."""
    return {part.held: part for part in parts if isinstance(part, CountsHonours)}
