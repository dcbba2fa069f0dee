"""Forced distributions: at most so many in a grade, at least so many, and who has to move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

__all__ = ["Cut", "Member", "Share", "distribute", "unmet"]

Cut = Literal["better", "worse"]
"""What all who are equal where a share ends get: the better grade, though they are more than it takes, or the worse."""


@dataclass(frozen=True, slots=True)
class Member:
    """One of those who are graded together."""

    row: int
    key: tuple[tuple[bool, Fraction], ...]
    """Less is better; (missing, value so turned that less is better) of each column to order by."""
    fits: tuple[bool, ...]
    """Of each grade, best first, whether the member may have it by its own merits."""

    @property
    def best(self) -> int | None:
        """The best grade that fits; None: none does."""
        return next((grade for grade, fits in enumerate(self.fits) if fits), None)


@dataclass(frozen=True, slots=True)
class Share:
    """How many may and must have a grade."""

    at_most: int | None = None
    at_least: int | None = None
    filled_by: Literal["better", "worse"] | None = None
    """Where too few have it: taken from the better grades, their last first, or from the worse, their first first."""


def distribute(members: Sequence[Member], shares: Sequence[Share], ties: Cut) -> dict[int, int | None]:
    """The grade of each member's row.

    Each has the best grade that fits; from the best down, the last of those who are too many in a grade move to the
    next that fits them; then, from the worst up, grades filled from the better ones take what they lack; then, from
    the best down, those filled from the worse ones, whatever else those fit. The order of ``members`` changes nothing.
    """
    grades = {member.row: member.best for member in members}

    def ordered(*of: int) -> list[Member]:
        here = [member for member in members if grades[member.row] in of]
        return sorted(here, key=lambda m: (grades[m.row], m.key))

    for grade, share in enumerate(shares):
        here = ordered(grade)
        if share.at_most is not None and len(here) > share.at_most:
            for member in here[_cut(here, grades, share.at_most, ties) :]:
                grades[member.row] = next((g for g in range(grade + 1, len(shares)) if member.fits[g]), None)
    for grade, share in reversed(list(enumerate(shares))):
        lack = (share.at_least or 0) - len(ordered(grade))
        if share.filled_by == "better" and lack > 0:
            donors = ordered(*range(grade))
            for member in donors[_cut(donors, grades, max(len(donors) - lack, 0), ties) :]:
                grades[member.row] = grade
    for grade, share in enumerate(shares):
        lack = (share.at_least or 0) - len(ordered(grade))
        if share.filled_by == "worse" and lack > 0:
            donors = ordered(*range(grade + 1, len(shares)))
            for member in donors[: _cut(donors, grades, min(lack, len(donors)), ties)]:
                grades[member.row] = grade
    return grades


def _cut(here: Sequence[Member], grades: Mapping[int, int | None], kept: int, ties: Cut) -> int:
    """How many of an ordered list stay on the better side, where about ``kept`` should: equals stay together."""

    def level(place: int) -> tuple[object, ...]:
        return (grades[here[place].row], here[place].key)

    step = 1 if ties == "better" else -1
    while 0 < kept < len(here) and level(kept - 1) == level(kept):
        kept += step
    return kept


def unmet(grades: Mapping[int, int | None], shares: Sequence[Share]) -> list[tuple[int, int]]:
    """The grades (with how many have them) that more or fewer have than they should."""
    found = []
    for grade, share in enumerate(shares):
        n = sum(1 for given in grades.values() if given == grade)
        if (share.at_most is not None and n > share.at_most) or (share.at_least is not None and n < share.at_least):
            found.append((grade, n))
    return found
