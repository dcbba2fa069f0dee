"""Countback: who has more firsts comes first, then who has more seconds, and so on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal

import numpy as np

from calc.groups import Groups
from calc.methods.base import OPEN, Among, Frame, Scope, Within, show, whom
from calc.methods.summary import Keep, Several, Trim, kept, listed
from calc.number import Array, Mask, Number, missing

__all__ = ["Countback", "countback", "record"]

Best = Literal["highest", "lowest"]


def record(
    columns: Sequence[Array], best: Best, trims: Sequence[Trim] = (), keeps: Sequence[Keep] = ()
) -> list[tuple[Number, ...]]:
    """The values of each row that count, the best first.

    ``trims`` and ``keeps`` as :func:`calc.methods.summary.summarised`. Shapes: columns of (n,) in one unit, to n
    tuples. A missing value is left out.
    """
    table = [[value for value in row if not missing(np.array([value]))[0]] for row in zip(*columns, strict=True)]
    first, last = kept(np.array([len(row) for row in table], dtype=np.intp), trims, keeps)
    within = (sorted(row)[start:end] for row, start, end in zip(table, first, last, strict=True))
    return [tuple(reversed(row)) if best == "highest" else tuple(row) for row in within]


def countback(records: Sequence[tuple[Number, ...]], best: Best, of: Groups, use: Mask) -> list[int]:
    """The place of each row in its group by its record, the best being 1, equals sharing it (1, 2, 2, 4).

    Records are compared value by value from the best on: whoever has more of the best value comes first, then whoever
    has more of the next. Where one record ends, the longer comes first. Only rows in ``use`` take places.
    """
    sign = -1 if best == "highest" else 1
    keys = [(*((0, sign * value) for value in row), (1, 0)) for row in records]
    orders = {int(group): sorted(keys[row] for row in np.flatnonzero((of == group) & use)) for group in np.unique(of)}
    return [bisect_left(orders[int(group)], key) + 1 for key, group in zip(keys, of, strict=True)]


class Countback(Several):
    """``method = "countback"``: the row's place in its group by how often it came first, then second, … in the columns
    ``of`` or of a ``family``: a tie-break for ``rank_by`` or ``ties.order``, the lowest best.
    """

    method: Literal["countback"]
    best: Best
    within: Scope = OPEN
    among: Among = OPEN

    @property
    def scopes(self) -> tuple[Within, ...]:
        return (self.within,)

    def _records(self, frame: Frame) -> list[tuple[Number, ...]]:
        columns = [column.values for column in self.members(frame)]
        if not columns:
            return [()] * frame.size
        return frame.once(("record", self.id), lambda: record(columns, self.best, self.trims(), self.keeps()))

    def _counted(self, frame: Frame) -> Mask:
        """The rows that take a place: among those asked for, with enough values."""
        columns = [~missing(column.values) for column in self.members(frame)]
        number = np.sum(columns, axis=0) if columns else np.zeros(frame.size)
        enough = number >= max(len(columns) if self.absent == "needed" else 0, self.at_least)
        among = frame.those(self.among)
        return np.asarray(enough if among is None else enough & among, dtype=np.bool_)

    def reckon(self, frame: Frame) -> Array:
        use = self._counted(frame)
        places = countback(self._records(frame), self.best, frame.groups(self.within), use)
        return np.where(use, np.array([frame.number(n) for n in places], dtype=frame.arithmetic.dtype), np.nan)

    def rule(self) -> str:
        group = whom(self.within) + ("参评者" if self.among == "rated" else "")
        better = "高" if self.best == "highest" else "低"
        return f"在{group}中先比最{better}的有几个，再比次{better}的，依次比下去，得名次；{self.counted()}"

    def arithmetic(self, frame: Frame, row: int) -> str:
        return f"由好到差 {listed(self._records(frame)[row])}，列第 {show(frame.indicators[self.id].values[row])}"
