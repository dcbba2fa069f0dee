"""The first few of a group go on: the stage before let them on."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt

from calc.methods.base import Frame, Reads, State, Within, ready, show, whom
from calc.number import Mask, missing
from calc.period import Period
from calc.quota import parse_quota
from calc.requirements.base import Label, Requirement, Verdict, verdict
from calc.seats import Rule
from calc.words import TRACE

__all__ = ["Top"]

Ints = npt.NDArray[np.intp]

_TIES = {"ask": "名额处相等的待裁定", "include": "名额处相等的都进", "exclude": "名额处相等的都不进"}


class Top(Requirement):
    """``kind = "top"``: among the first ``n`` of the group by the value ``of``: the stage before let them on.

    Only the rated with a value are counted. Those who are equal at the cut all go on (``include``), none of them does
    (``exclude``), or it stays open until people have decided (``ask``): a ruling on a tie that names the requirement
    as its contest. Once as many go on as there are places the others do not; people may let on more.
    """

    fast: ClassVar[bool] = False

    kind: Literal["top"]
    of: str
    n: Rule
    """A number, or a share with its rounding: ``"50% ceil"`` of those counted."""
    best: Literal["highest", "lowest"]
    within: Within
    ties: Literal["ask", "include", "exclude"]

    def reads(self) -> Reads:
        return Reads(columns=(self.of,))

    @property
    def scopes(self) -> tuple[Within, ...]:
        return (self.within,)

    def _places(self, frame: Frame) -> tuple[Ints, Ints, Ints]:
        """Of each row how many of its group are better, how many are equal to it (itself too), how many go on."""
        return frame.once(("top", self.id), lambda: self._counted(frame))

    def _counted(self, frame: Frame) -> tuple[Ints, Ints, Ints]:
        values, of = frame.column(self.of).values, frame.groups(self.within)
        counted = frame.rated & ~missing(values)
        better, equal, seats = (np.zeros(frame.size, dtype=np.intp) for _ in range(3))
        for group in np.unique(of[counted]):
            rows = np.flatnonzero(counted & (of == group))
            _, level, number = np.unique(values[rows], return_inverse=True, return_counts=True)
            below = np.cumsum(number) - number
            before = len(rows) - below - number if self.best == "highest" else below
            better[rows], equal[rows] = before[level.reshape(-1)], number[level.reshape(-1)]
            seats[rows] = parse_quota(self.n).seats(len(rows))
        return better, equal, seats

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        del period
        better, equal, seats = self._places(frame)
        state = frame.column(self.of).state
        inside, at_cut = better + equal <= seats, self.at_cut(frame)
        goes_on = at_cut & (self.ties == "include")
        if self.ties == "ask":
            goes_on, is_open = self._ruled(frame, at_cut, seats - better, equal)
            state = np.where(is_open & ready(state), np.int8(State.PENDING), state)
        return verdict(inside | goes_on, state)

    def at_cut(self, frame: Frame) -> Mask:
        """Who is equal at the cut, so that people have to decide."""
        better, equal, seats = self._places(frame)
        return np.asarray((better + equal > seats) & (better < seats), dtype=np.bool_)

    def _ruled(self, frame: Frame, at_cut: Mask, left: Ints, equal: Ints) -> tuple[Mask, Mask]:
        """Of those equal at the cut who goes on by what people have ruled, and who still waits; ``left`` places are
        there for the ``equal``.
        """
        decided = frame.decided.get(self.id, np.full(frame.size, -1, dtype=np.int8))
        of, level = frame.groups(self.within), frame.column(self.of).values
        goes_on, is_open = np.zeros(frame.size, dtype=np.bool_), np.zeros(frame.size, dtype=np.bool_)
        for row in np.flatnonzero(at_cut):
            same = at_cut & (of == of[row]) & (level == level[row])
            still = left[row] - np.count_nonzero(decided[same] == 1)
            waiting = equal[row] - np.count_nonzero(decided[same] >= 0)
            goes_on[row] = decided[row] == 1 or (decided[row] < 0 and waiting <= still)
            is_open[row] = decided[row] < 0 and 0 < still < waiting
        return goes_on, is_open

    def rule(self, label: Label) -> str:
        first = f"{whom(self.within)}取前{parse_quota(self.n).words()}"
        return f"按{label(self.of)}{TRACE[self.best]}，{first}，{_TIES[self.ties]}"

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        del period
        better, equal, seats = (int(column[row]) for column in self._places(frame))
        shared = f"（并列 {equal} 人）" if equal > 1 else ""
        return f"{show(frame.column(self.of).values[row])}，{whom(self.within)}第 {better + 1}{shared}，取前 {seats}"
