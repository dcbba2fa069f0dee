"""What panels have handed in, checked: marks with their raters, whose ballots are missing, and all of it as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from calc.groups import Groups
from calc.methods.base import Ballots, Marks
from calc.number import Arithmetic, Mask
from calc.problem import Problem
from calc.scheme.panel import Panel
from calc.submission import Entry

__all__ = ["Given", "Heard", "Missed", "People"]

Ints = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class People:
    """Those who are judged: their ids, what to call them, the cells of their ids, and how they are grouped."""

    ids: tuple[str, ...]
    names: Sequence[str]
    entries: tuple[Entry, ...]
    pools: Sequence[str]
    texts: Mapping[str, Sequence[str]]

    def groups(self, within: str) -> Groups:
        """The group of each row as a code; see :data:`calc.methods.base.Within`."""
        if within == "all":
            return np.zeros(len(self.ids), dtype=np.intp)
        texts = self.pools if within == "pool" else self.texts[within]
        return np.asarray(np.unique(texts, return_inverse=True)[1], dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Missed:
    """A ballot that is not there, or too few of them: an error for the row only if the panel has to judge it."""

    row: int
    panel: Panel
    problem: Problem


@dataclass(frozen=True, slots=True)
class Given:
    """One mark as it was handed in; ``points`` None for a blank or for what the item does not take."""

    entry: Entry
    points: Decimal | None
    option: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one panel has handed in, checked."""

    marks: Mapping[str, tuple[tuple[int, str, Given], ...]]
    """Of each item the marks that count: row, rater, mark."""
    weights: Mapping[str, Decimal]
    """Of each rater."""
    present: Ints
    valid: Ints
    expected: tuple[Decimal | None, ...]
    state: npt.NDArray[np.int8]
    missed: tuple[Missed, ...]

    def columns(self, arithmetic: Arithmetic, rows: Mask) -> Ballots:
        """The same as arrays of one kind of number, of some of the rows."""
        place = np.cumsum(rows) - 1
        codes = {rater: code for code, rater in enumerate(sorted(self.weights))}
        items = {}
        for item, marks in self.marks.items():
            here = [(int(place[row]), rater, mark) for row, rater, mark in marks if rows[row]]
            items[item] = Marks(
                row=np.array([row for row, _, _ in here], dtype=np.intp),
                rater=np.array([codes[rater] for _, rater, _ in here], dtype=np.intp),
                points=arithmetic.column([mark.points for _, _, mark in here]),
                option=np.array([mark.option for _, _, mark in here], dtype=object),
                weight=arithmetic.column([self.weights[rater] for _, rater, _ in here]),
            )

        def counted(numbers: Ints) -> list[Decimal]:
            return [Decimal(int(number)) for number in numbers[rows]]

        expected = [number for number, here in zip(self.expected, rows, strict=True) if here]
        return Ballots(
            items=items,
            present=arithmetic.column(counted(self.present)),
            valid=arithmetic.column(counted(self.valid)),
            expected=arithmetic.column(expected),
            state=self.state[rows],
        )
