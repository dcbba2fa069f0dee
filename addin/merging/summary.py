"""The branches of a contest in short."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from addin.merging.arrival import TOTAL, Arrival, Figure
from addin.merging.verdicts import Judgement, Verdict

__all__ = ["Summary", "counted_of", "mean_of", "shown", "summaries"]


@dataclass(frozen=True, slots=True)
class Summary:
    """One branch in one contest."""

    branch: str
    missing: int
    """Units of the list of which nothing counts."""
    counted: int
    """Workbooks that count."""
    people: int
    winners: int
    figures: Mapping[str, Figure]
    """By column; a column without any value is missing."""


def counted_of(arrivals: Iterable[Arrival], judgement: Judgement, contest: str) -> list[Arrival]:
    """The arrivals of a contest that count, in the order given."""
    return [
        arrival for arrival in arrivals
        if arrival.contest is not None and arrival.contest.id == contest
        and judgement.verdicts[arrival.file] is Verdict.COUNTED
    ]  # fmt: skip


def summaries(counted: Iterable[Arrival], judgement: Judgement, contest: str) -> tuple[Summary, ...]:
    """The branches of a contest, the highest mean total first, those without one last."""
    groups: dict[str, list[Arrival]] = defaultdict(list)
    for arrival in counted:
        groups[judgement.branches[arrival.file]].append(arrival)
    missing = Counter(entry.branch or entry.unit for entry in judgement.missing if entry.contest == contest)
    found = [_summary(name, groups.get(name, []), missing[name]) for name in {**groups, **missing}]
    return tuple(sorted(found, key=_order))


def _order(summary: Summary) -> tuple[bool, Fraction, str]:
    mean = mean_of(summary.figures.get(TOTAL))
    return mean is None, -(mean or Fraction(0)), summary.branch


def _summary(name: str, arrivals: Sequence[Arrival], missing: int) -> Summary:
    columns: dict[str, list[Figure]] = defaultdict(list)
    for arrival in arrivals:
        for figure in arrival.figures:
            columns[figure.column].append(figure)
    figures = {column: _together(column, parts) for column, parts in columns.items()}
    people, winners = sum(a.people for a in arrivals), sum(a.winners for a in arrivals)
    return Summary(name, missing, len(arrivals), people, winners, figures)


def _together(column: str, parts: Sequence[Figure]) -> Figure:
    if len(parts) == 1:  # where each unit stands for itself, nothing is kept twice
        return parts[0]
    return Figure(
        column,
        sum(part.count for part in parts),
        sum((part.total for part in parts), Decimal(0)),
        min(part.low for part in parts),
        max(part.high for part in parts),
        sum(part.undiminished for part in parts),
    )


def mean_of(figure: Figure | None) -> Fraction | None:
    """The exact mean; None where there is no value."""
    return None if figure is None else Fraction(figure.total) / figure.count


def shown(value: Fraction | None) -> Decimal | None:
    """A number with two decimals, 四舍五入."""
    if value is None:
        return None
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
