"""Grades: by boundaries, held to shares of a group, and lowered where a condition is not met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from calc.bounds import Bounds
from calc.distribution import Cut, Member, Share, distribute, unmet
from calc.methods.base import Column, Frame, Identifier, State, Strict, Within
from calc.number import Array, Mask, missing
from calc.quota import parse_quota
from calc.requirements import Outcome, Requirement
from calc.seats import Rule
from calc.winners import Order
from calc.words import GRADES, ask

__all__ = ["Bound", "Grade", "Graded", "Grading", "Nested", "effect", "grade_rows"]

Ints = npt.NDArray[np.intp]


class Bound(Bounds):
    """Ends for another column."""

    of: str


class Nested(Strict):
    """A share that depends on the group's own grade."""

    by: Identifier
    """The text measure with the group's grade, the same in all rows of the group."""
    table: Mapping[str, Rule] = Field(min_length=1)
    otherwise: Rule | None = None
    """For a grade that the table does not name; without it that is an error in the data."""


class Grade(Bounds):
    """One grade; the ends are those of the column that :class:`Grading` names."""

    id: Identifier
    label: str = Field(min_length=1)
    also: tuple[Bound, ...] = Field(default=(), strict=False)
    """What other columns must be for this grade."""
    at_most: Rule | Nested | None = None
    """How many of a group may have it, as a quota is written: ``15% floor``, ``3``."""
    at_least: Rule | Nested | None = None
    """How many of a group must have it."""
    filled_by: Literal["better", "worse"] | None = None
    """Who must move where too few have it: the last of the better grades, or the first of the worse, even those who do
    not reach its ends.
    """
    clause: str = ""


class Grading(Strict):
    """What the grades go by."""

    of: str = "total"
    best: Literal["highest", "lowest"] = "highest"
    """Who comes first where shares are given out."""
    among: Literal["rated", "eligible"] = "rated"
    """``eligible``: of those rated who meet the requirements of the award."""
    within: Within | None = None
    """The group that shares are of; must be chosen where there are any."""
    count: Literal["graded", "rows"] | None = None
    """What percentages are of: those who are graded, or all rows of the group."""
    ties: Cut | None = None
    """What those get who are still equal where a share ends."""
    order: tuple[Order, ...] = Field(default=(), strict=False)
    """Tie-breaks."""
    demote: Literal["before", "after"] | None = None
    """Whether conditions lower a grade before shares are given out, so that nobody stays in a place that they have no
    right to, or after, so that no place becomes free.
    """
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Graded:
    """The grades of all rows."""

    grade: Ints
    """Its place in the scheme's list, the best 0; -1 for none."""
    column: Mapping[str, Column]
    """Of each grade 1 where the row has it or a better one, else 0."""
    unclear: Mask
    """Rows of groups whose shares are not known, because of an error that a Problem tells of."""
    notes: Mapping[int, tuple[str, ...]]
    """How each row came to its grade."""
    faults: tuple[tuple[str, dict[str, object]], ...]
    """What there is to say: key of the table of problems and its values."""


def grade_rows(
    grades: Sequence[Grade],
    grading: Grading,
    frame: Frame,
    value: Array,
    candidates: Mask,
    bad: Mask,
    texts: Mapping[str, Sequence[str]],
    conditions: Sequence[tuple[Requirement, npt.NDArray[np.int8]]],
) -> Graded:
    """Grade the ``candidates``, by the exact ``value`` of each row, and best first.

    Each has the best grade whose ends it reaches; then the shares of its group hold (:mod:`calc.distribution`).
    ``conditions`` are the requirements with ``gate = "grade"`` and their outcomes: who fails one goes ``down`` so many
    grades, and gets none above ``not_above``. A ``bad`` row makes its group's shares unclear.
    """
    candidates = candidates & ~missing(value)
    fits = np.stack([grade.met(value) & _also(grade, frame) for grade in grades], axis=1)
    down, limit = _lowered(grades, conditions, frame.size)
    first = np.where(fits.any(axis=1), fits.argmax(axis=1), -1)
    if grading.demote == "before":
        floor = np.maximum(np.where(first >= 0, first + down, 0), limit)
        fits &= np.arange(len(grades)) >= np.minimum(floor, len(grades) - 1)[:, None]
        fits[np.arange(frame.size), np.minimum(floor, len(grades) - 1)] |= (first >= 0) & (floor > first)
    groups = np.zeros(frame.size, dtype=np.intp) if grading.within is None else frame.groups(grading.within)
    keys = _keys(grading, frame, value)
    given = np.full(frame.size, -1, dtype=np.intp)
    unclear = np.zeros(frame.size, dtype=np.bool_)
    notes: dict[int, list[str]] = {}
    faults: list[tuple[str, dict[str, object]]] = []
    for group in np.unique(groups):
        here = groups == group
        members = [Member(int(r), keys[r], tuple(map(bool, fits[r]))) for r in np.flatnonzero(here & candidates)]
        size = len(members) if grading.count == "graded" else int(here.sum())
        shares, found = _shares(grades, np.flatnonzero(here).tolist(), texts, size)
        faults += found
        if found or (grading.ties is not None and (bad & here).any()):
            unclear |= here
            continue
        result = distribute(members, shares, grading.ties or "worse")
        for grade, n in unmet(result, shares):
            faults.append(("grade_share", {"label": grades[grade].label, "n": n, "share": _share_words(shares[grade])}))
        for member in members:
            got = result[member.row]
            given[member.row] = -1 if got is None else got
            notes[member.row] = _notes(grades, int(first[member.row]), member.best, got, shares)
    if grading.demote != "before":
        lowered = np.minimum(np.maximum(given + down, limit), len(grades) - 1)
        given = np.where(given >= 0, lowered, given)
    for requirement, outcome in conditions:
        for row in np.flatnonzero((outcome == int(Outcome.FAILED)) & (given >= 0)):
            notes[int(row)].append(f"{ask(GRADES, 'failed', label=requirement.label)}，{effect(requirement, grades)}")
    state = np.where(unclear, np.int8(State.BAD), np.int8(State.OK))
    reached = {
        grade.id: Column(((given >= 0) & (given <= place)).astype(object), state) for place, grade in enumerate(grades)
    }
    return Graded(given, reached, unclear, {row: tuple(said) for row, said in notes.items()}, tuple(faults))


def _also(grade: Grade, frame: Frame) -> Mask:
    met = np.ones(frame.size, dtype=np.bool_)
    for bound in grade.also:
        met &= bound.met(frame.column(bound.of).values)
    return met


def _lowered(
    grades: Sequence[Grade], conditions: Sequence[tuple[Requirement, npt.NDArray[np.int8]]], size: int
) -> tuple[Ints, Ints]:
    """By how many grades each row goes down, and the best place that it may have."""
    places = {grade.id: place for place, grade in enumerate(grades)}
    down, limit = np.zeros(size, dtype=np.intp), np.zeros(size, dtype=np.intp)
    for requirement, outcome in conditions:
        failed = outcome == int(Outcome.FAILED)
        down += np.where(failed, requirement.down or 0, 0)
        if requirement.not_above is not None:
            limit = np.maximum(limit, np.where(failed, places[requirement.not_above], 0))
    return down, limit


def _keys(grading: Grading, frame: Frame, value: Array) -> list[tuple[tuple[bool, Fraction], ...]]:
    """What each row is ordered by, less is better, no value last."""
    columns = [(value, grading.best), *((frame.column(order.of).values, order.best) for order in grading.order)]
    turned = [-column if best == "highest" else column for column, best in columns]
    gone = [missing(column) for column in turned]
    return [
        tuple(
            (bool(no[row]), Fraction(0) if no[row] else Fraction(column[row]))
            for column, no in zip(turned, gone, strict=True)
        )
        for row in range(frame.size)
    ]


def _shares(
    grades: Sequence[Grade], rows: Sequence[int], texts: Mapping[str, Sequence[str]], size: int
) -> tuple[list[Share], list[tuple[str, dict[str, object]]]]:
    """The shares of one group, and what makes them unknown."""
    faults: list[tuple[str, dict[str, object]]] = []

    def number(share: Rule | Nested | None) -> int | None:
        if isinstance(share, Nested):
            given = sorted({texts[share.by][row] for row in rows})
            if len(given) != 1:
                faults.append(("grade_group", {"given": "、".join(text or "（空）" for text in given)}))
                return None
            rule = share.table.get(given[0], share.otherwise)
            if rule is None:
                faults.append(("grade_table", {"given": given[0] or "（空）"}))
                return None
            share = rule
        return None if share is None else parse_quota(share).seats(size)

    shares = [Share(number(g.at_most), number(g.at_least), g.filled_by) for g in grades]
    return shares, [fault for n, fault in enumerate(faults) if fault not in faults[:n]]


def _notes(
    grades: Sequence[Grade], first: int, best: int | None, got: int | None, shares: Sequence[Share]
) -> list[str]:
    """From the grade that was reached ``first``, by way of the ``best`` that could be had, to the one that was got."""
    if first < 0:
        return [GRADES["none"]]
    said = [ask(GRADES, "reached", label=grades[first].label)]
    if best is None or got == best:
        return said
    full = got is None or got > best
    told = best if full and shares[best].at_most is not None else got
    if told is not None:
        word = "pushed" if full else "raised"
        said.append(ask(GRADES, word, label=grades[told].label, share=_share_words(shares[told])))
    return said


def _share_words(share: Share) -> str:
    ends = (("at_most", share.at_most), ("at_least", share.at_least))
    return "、".join(ask(GRADES, key, n=n) for key, n in ends if n is not None)


def effect(requirement: Requirement, grades: Sequence[Grade]) -> str:
    """What happens to the grade of who fails a requirement, in Chinese."""
    labels = {grade.id: grade.label for grade in grades}
    parts = [ask(GRADES, "down", n=requirement.down)] if requirement.down else []
    parts += [ask(GRADES, "not_above", label=labels[requirement.not_above])] if requirement.not_above else []
    return "，".join(parts)
