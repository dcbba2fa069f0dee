"""Requirements: who is rated, and who may win. Each is a question with the answers yes, no, pending, unknown."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator

from calc import groups
from calc.methods.base import Amount, Frame, Held, Identifier, Reads, State, Strict, Within, show
from calc.methods.honours import CountsHonours
from calc.number import Array, Mask, near
from calc.period import Period, add_months

__all__ = [
    "Aggregate",
    "AnyRequirement",
    "Compare",
    "HonoursHeld",
    "NoEvent",
    "Outcome",
    "Requirement",
    "Tenure",
    "Verdict",
    "Yes",
]


class Outcome(IntEnum):
    """The answer for one row."""

    MET = 0
    FAILED = 1
    PENDING = 2
    UNKNOWN = 3
    """An input is missing or unreadable; a Problem says so."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcomes of one requirement, and the rows where floats could not decide."""

    outcome: npt.NDArray[np.int8]
    doubt: Mask


_UNREADY = {State.UNDEFINED: Outcome.FAILED, State.PENDING: Outcome.PENDING, State.BAD: Outcome.UNKNOWN}


def _verdict(met: Mask, state: npt.NDArray[np.int8], doubt: Mask | None = None) -> Verdict:
    """Met or failed where the input is there; else what its state says."""
    outcome = np.where(met, Outcome.MET, Outcome.FAILED).astype(np.int8)
    for given, answer in _UNREADY.items():
        outcome[state == given] = answer
    here = np.zeros(len(met), dtype=np.bool_) if doubt is None else doubt & (state == State.OK)
    return Verdict(outcome, here)


class Requirement(Strict, ABC):
    """One requirement of a scheme; ``kind`` picks the class."""

    fast: ClassVar[bool] = True
    """Its float errors are understood; else the scheme is reckoned in fractions."""

    id: Identifier
    label: str = Field(min_length=1)
    """The condition in a phrase that reads as met: 从事本岗位满三个月."""
    clause: str
    gate: Literal["rating", "award", "grade"]
    """``rating``: who fails takes no part and sets no best. ``award``: points are shown, no rank, no seat. ``grade``:
    the grade is lowered.
    """
    down: int | None = Field(default=None, ge=1, le=20)
    """With ``gate = "grade"``: by so many grades."""
    not_above: Identifier | None = None
    """With ``gate = "grade"``: to no better grade than this."""
    note: str = ""

    @abstractmethod
    def reads(self) -> Reads:
        """The columns and events that the answer depends on."""

    @abstractmethod
    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        """The answer for every row."""

    @abstractmethod
    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        """What the answer of one row rests on, in Chinese. The frame is exact."""

    @property
    def scopes(self) -> tuple[Within, ...]:
        """Whom the aggregates that it uses are taken over."""
        return ()


class Tenure(Requirement):
    """``kind = "tenure"``: at least ``months`` full months since the date ``of`` at the period's end.

    Full when the date plus the months is not after the day after the period's last day (``end =
    "inclusive"``: the last day counts) or not after the last day (``"exclusive"``).
    """

    kind: Literal["tenure"]
    of: str
    months: int = Field(ge=1, le=600)
    end: Literal["inclusive", "exclusive"]

    def reads(self) -> Reads:
        return Reads(columns=(self.of,))

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        state = frame.measures[self.of].state
        if period is None:
            return _verdict(np.zeros(frame.size, dtype=np.bool_), np.full(frame.size, State.BAD, dtype=np.int8))
        limit = np.datetime64(period.end, "D") + (1 if self.end == "inclusive" else 0)
        return _verdict(add_months(frame.dates[self.of], self.months) <= limit, state)

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        start = frame.dates[self.of][row : row + 1]
        full = add_months(start, self.months)[0]
        end = "" if period is None else f"，考核期末 {period.end}"
        return f"起 {start[0]}，满 {self.months} 个月为 {full}{end}"


class NoEvent(Requirement):
    """``kind = "no_event"``: no counted event of this kind; an unconfirmed one makes the answer pending."""

    kind: Literal["no_event"]
    event: Identifier

    def reads(self) -> Reads:
        return Reads(events=(self.event,))

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        del period
        tally = frame.events[self.event]
        state = np.where(
            (tally.count == 0) & (tally.pending > 0) & (tally.state == State.OK), State.PENDING, tally.state
        )
        return _verdict(np.asarray(tally.count == 0, dtype=np.bool_), state.astype(np.int8))

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        del period
        tally = frame.events[self.event]
        text = f"{show(tally.count[row])} 次"
        return text + (f"，另有 {tally.pending[row]} 项待核实" if tally.pending[row] else "")


class Yes(Requirement):
    """``kind = "yes"``: the yes/no measure ``of`` is yes."""

    kind: Literal["yes"]
    of: str

    def reads(self) -> Reads:
        return Reads(columns=(self.of,))

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        del period
        column = frame.measures[self.of]
        return _verdict(np.asarray(column.values == 1, dtype=np.bool_), column.state)

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        del period
        return "是" if frame.measures[self.of].values[row] == 1 else "否"


class Aggregate(Strict):
    """A figure over the pool or everybody: over all rows that have the value, whether rated or not."""

    aggregate: Literal["mean", "median", "highest", "lowest"]
    of: str
    within: Within

    def of_rows(self, frame: Frame) -> Array:
        """The figure for each row, of its group; NaN where nobody has a value."""
        return frame.aggregate(getattr(groups, self.aggregate), self.of, self.within)


_AGGREGATES = {"mean": "平均", "median": "中位数", "highest": "最高", "lowest": "最低"}
_OPERATORS = {">": np.greater, ">=": np.greater_equal, "<": np.less, "<=": np.less_equal}
_OPERATOR_WORDS = {">": "高于", ">=": "不低于", "<": "低于", "<=": "不高于"}


class Compare(Requirement):
    """``kind = "compare"``: the value ``of`` against a number or an aggregate, both unrounded."""

    kind: Literal["compare"]
    of: str
    op: Literal[">", ">=", "<", "<="]
    to: Amount | Aggregate

    def reads(self) -> Reads:
        return Reads(columns=(self.of, self.to.of) if isinstance(self.to, Aggregate) else (self.of,))

    @property
    def scopes(self) -> tuple[Within, ...]:
        return (self.to.within,) if isinstance(self.to, Aggregate) else ()

    def _threshold(self, frame: Frame) -> Array:
        if isinstance(self.to, Aggregate):
            return self.to.of_rows(frame)
        return np.full(frame.size, frame.number(self.to), dtype=frame.arithmetic.dtype)

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        del period
        column, threshold = frame.column(self.of), self._threshold(frame)
        met = np.asarray(_OPERATORS[self.op](column.values, threshold), dtype=np.bool_)
        return _verdict(met, column.state, near(column.values, threshold))

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        del period
        name = ""
        if isinstance(self.to, Aggregate):
            whom = {"pool": "本组", "all": "全体"}.get(self.to.within, "同组")
            name = f"{whom}{_AGGREGATES[self.to.aggregate]} "
        own = frame.column(self.of).values[row]
        threshold = self.to.of_rows(frame)[row] if isinstance(self.to, Aggregate) else self.to
        return f"本人 {show(own)}，须{_OPERATOR_WORDS[self.op]}{name or ' '}{show(threshold)}"


class HonoursHeld(CountsHonours, Requirement):
    """``kind = "honours"``: at least, or at most, so many honours of earlier periods; with ``consecutive`` in
    consecutive periods. ``at_most = 0`` keeps the holder of one title from another.
    """

    kind: Literal["honours"]
    at_least: int | None = Field(default=None, ge=1)
    at_most: int | None = Field(default=None, ge=0)
    consecutive: bool = False

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError("须写 at_least 或 at_most")
        return self

    @property
    def held(self) -> Held:
        return replace(super().held, what="run" if self.consecutive else "count")

    def reads(self) -> Reads:
        return Reads(honours=(self.held,))

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        del period
        tally = frame.honours[self.held]
        met = np.ones(frame.size, dtype=np.bool_)
        if self.at_least is not None:
            met &= np.asarray(tally.values >= self.at_least, dtype=np.bool_)
        if self.at_most is not None:
            met &= np.asarray(tally.values <= self.at_most, dtype=np.bool_)
        return _verdict(met, tally.state)

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        del period
        tally = frame.honours[self.held]
        ends = (("至少", self.at_least), ("至多", self.at_most))
        wanted = "、".join(f"{word} {n}" for word, n in ends if n is not None)
        if self.consecutive:
            return f"{tally.words[row]}，最长连续 {show(tally.values[row])} 期，须{wanted} 期"
        return f"{tally.words[row]}，须{wanted} 次"


class HasGrade(Requirement):
    """``kind = "grade"``: the grade ``at_least`` or a better one."""

    kind: Literal["grade"]
    at_least: Identifier

    def reads(self) -> Reads:
        return Reads()

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        del period
        reached = frame.grades[self.at_least]
        return _verdict(np.asarray(reached.values == 1, dtype=np.bool_), reached.state)

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        del frame, period, row
        return "按评定的等级"


AnyRequirement = Annotated[Tenure | NoEvent | Yes | Compare | HonoursHeld | HasGrade, Field(discriminator="kind")]
