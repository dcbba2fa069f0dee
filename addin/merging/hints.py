"""What in a merging is worth a second look: hints, not judgements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from addin.merging.arrival import TOTAL, Arrival, Contest
from addin.merging.messages import HINTS
from addin.merging.summary import Summary, mean_of, shown

__all__ = ["Hint", "hints"]

_FEWEST_PEOPLE = 5
"""Of fewer, equal scores say nothing."""
_FEWEST_GROUPS = 5
"""With fewer to compare with, nobody stands out."""
_ALIKE = Fraction(1, 10)
"""Alike: the totals spread over less than this part of what is usual; a column has one value only, which no more than
this part of the units have.
"""
_CHANCE = 0.01
"""Deductions are missed where, were they spread evenly, the chance of any branch having none is smaller than this."""
_JUMP = Fraction(9, 2)
"""A jump: further from the middle change than so many times the middle distance (three deviations of a bell curve)."""
_LEAST_JUMP = Fraction(1, 100)
"""… and by more than this part of the middle mean."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Something worth a second look."""

    contest: str
    """Its title."""
    branch: str
    unit: str
    """Empty where it is about the whole branch."""
    kind: str
    text: str


def hints(
    contest: Contest,
    units: Sequence[tuple[str, Arrival]],
    branches: Sequence[Summary],
    last: Mapping[str, Fraction],
) -> tuple[Hint, ...]:
    """The hints of one contest.

    ``units`` are the workbooks that count with their branches; ``last`` has the mean total of each branch in the period
    before, where that is known.
    """
    return (*_alike(contest, units), *_undeducted(contest, branches), *_jumps(contest, branches, last))


def _alike(contest: Contest, units: Sequence[tuple[str, Arrival]]) -> Iterator[Hint]:
    """Units whose people all have nearly the same total, or the very same points of an indicator."""
    columns = [(TOTAL, "")] + [(i.id, i.label) for i in contest.indicators if i.deducted_from is None]
    for column, label in columns:
        spreads = [
            (branch, arrival.unit, figure, figure.high - figure.low)
            for branch, arrival in units
            for figure in arrival.figures
            if figure.column == column and figure.count >= _FEWEST_PEOPLE
        ]
        if len(spreads) < _FEWEST_GROUPS:
            continue
        usual = Fraction(median(spread for *_, spread in spreads))
        same = sum(1 for *_, spread in spreads if not spread)
        for branch, unit, figure, spread in spreads:
            values = {"n": figure.count, "low": figure.low, "high": figure.high, "usual": shown(usual), "label": label}
            if not label and usual > 0 and spread <= usual * _ALIKE:
                yield _hint(contest, branch, unit, "alike_totals", values)
            elif label and not spread and same <= len(spreads) * _ALIKE:
                yield _hint(contest, branch, unit, "alike_points", values)


def _undeducted(contest: Contest, branches: Sequence[Summary]) -> Iterator[Hint]:
    """Branches where nobody has a deduction, though elsewhere so many have that this can hardly be chance."""
    for indicator in contest.indicators:
        figures = {b.branch: b.figures[indicator.id] for b in branches if indicator.id in b.figures}
        if indicator.deducted_from is None or len(figures) < _FEWEST_GROUPS:
            continue
        people = sum(figure.count for figure in figures.values())
        clean = Fraction(sum(figure.undiminished for figure in figures.values()), people)
        for branch, figure in figures.items():
            by_chance = float(clean) ** figure.count * len(figures)
            if figure.undiminished == figure.count and by_chance < _CHANCE:
                values = {"n": figure.count, "label": indicator.label, "share": shown((1 - clean) * 100)}
                yield _hint(contest, branch, "", "undeducted", values)


def _jumps(contest: Contest, branches: Sequence[Summary], last: Mapping[str, Fraction]) -> Iterator[Hint]:
    """Branches whose mean total moved against the period before much more than the others'."""
    means = {b.branch: mean for b in branches if (mean := mean_of(b.figures.get(TOTAL))) is not None}
    changes = {branch: mean - last[branch] for branch, mean in means.items() if branch in last}
    if len(changes) < _FEWEST_GROUPS:
        return
    middle = median(changes.values())
    usual = median(abs(change - middle) for change in changes.values())
    least = median(means.values()) * _LEAST_JUMP
    for branch, change in changes.items():
        if abs(change - middle) > max(usual * _JUMP, least):
            values = {"last": shown(last[branch]), "now": shown(means[branch]), "middle": f"{shown(middle):+}"}
            yield _hint(contest, branch, "", "jump", values)


def _hint(contest: Contest, branch: str, unit: str, kind: str, values: Mapping[str, object]) -> Hint:
    return Hint(contest.title, branch, unit, HINTS[f"{kind}_name"], HINTS[kind].format(**values))
