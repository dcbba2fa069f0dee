"""Requirements: who is rated, and who may win. Each is a question with the answers yes, no, pending, unknown."""

from __future__ import annotations

import datetime as dt
import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator

from calc import groups
from calc.formula.shown import filled
from calc.formula.written import Written
from calc.methods.base import Amount, Frame, Held, Identifier, Reads, State, Strict, Within, show, whom
from calc.methods.honours import CountsHonours
from calc.number import Array, Mask, missing, near
from calc.period import Period, add_months
from calc.quota import parse_quota
from calc.seats import Rule

__all__ = ["OPERATORS", "Aggregate", "AnyRequirement", "Compare", "Condition", "HasGrade", "HonoursHeld", "NoEvent",
           "Nominated", "Outcome", "Requirement", "Tenure", "Top", "Verdict", "Yes"]  # fmt: skip


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
    says_missing: ClassVar[bool] = False
    """Its facts tell of values that are not there."""

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
OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
}  # fmt: skip
"""What each sign of a comparison asks, of numbers and of arrays."""
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
        met = np.asarray(OPERATORS[self.op](column.values, threshold), dtype=np.bool_)
        return _verdict(met, column.state, near(column.values, threshold))

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        del period
        name = ""
        if isinstance(self.to, Aggregate):
            name = f"{whom(self.to.within)}{_AGGREGATES[self.to.aggregate]} "
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


class Condition(Written, Requirement):
    """``kind = "condition"``: a formula that is a condition holds (docs/formula.md).

    Pending while an open confirmation of an event could change the answer; not met where there can be no answer.
    """

    fast: ClassVar[bool] = False
    says_missing: ClassVar[bool] = True

    kind: Literal["condition"]

    def reads(self) -> Reads:
        return Reads(columns=self.columns)

    @property
    def scopes(self) -> tuple[Within, ...]:
        return self.groupings

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        del period
        column = self.evaluation(frame, waits=True).truth(self.tree)
        return _verdict(column.values, column.state)

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        del period
        return filled(self.tree, self.evaluation(frame, row, waits=True), condition=True)


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

    def _places(self, frame: Frame) -> tuple[npt.NDArray[np.intp], ...]:
        """Of each row how many of its group are better, how many are equal to it (itself too), how many go on."""
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
        inside = better + equal <= seats
        at_cut = ~inside & (better < seats)
        goes_on = at_cut & (self.ties == "include")
        if self.ties == "ask":
            goes_on, is_open = self._ruled(frame, at_cut, seats - better, equal)
            state = np.where(is_open & (state == State.OK), np.int8(State.PENDING), state)
        return _verdict(inside | goes_on, state)

    def at_cut(self, frame: Frame) -> Mask:
        """Who is equal at the cut, so that people have to decide."""
        better, equal, seats = self._places(frame)
        return np.asarray((better + equal > seats) & (better < seats), dtype=np.bool_)

    def _ruled(
        self, frame: Frame, at_cut: Mask, left: npt.NDArray[np.intp], equal: npt.NDArray[np.intp]
    ) -> tuple[Mask, Mask]:
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

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        del period
        better, equal, seats = (int(column[row]) for column in self._places(frame))
        shared = f"（并列 {equal} 人）" if equal > 1 else ""
        whom = {"pool": "本组", "all": "全体"}.get(self.within, "同组")
        return f"{show(frame.column(self.of).values[row])}，{whom}第 {better + 1}{shared}，取前 {seats}"


class Nominated(Requirement):
    """``kind = "nominated"``: a unit put the row forward, in time, and no more than it may.

    Nominated is who has a text in ``by``, the unit. A nomination outside ``opens`` to ``closes`` counts as waived, with
    a warning.
    """

    kind: Literal["nominated"]
    by: Identifier
    """The text measure with the unit; blank: nobody put the row forward."""
    most: int | None = Field(default=None, ge=1)
    """How many each unit may put forward."""
    over: Literal["problem", "void"] | None = None
    """What it is where a unit puts more forward: an error, or none of them counts."""
    on: Identifier | None = None
    """The date measure with the day."""
    opens: int | str | None = None
    """The first day: a date (``"2026-09-24"``), or so many days after the period's last (``-6``)."""
    closes: int | str | None = None
    """The last day, likewise: ``0`` is the period's last."""

    @model_validator(mode="after")
    def _stated(self) -> Self:
        if (self.most is None) != (self.over is None):
            raise ValueError("most 与 over 须同写")
        if self.on is None and (self.opens is not None or self.closes is not None):
            raise ValueError("写了 opens、closes 就须写 on（推荐日期的列）")
        for day in (self.opens, self.closes):
            if isinstance(day, str):
                try:
                    dt.date.fromisoformat(day)
                except ValueError as error:
                    raise ValueError(f"「{day}」不是日期，例 2026-09-24") from error
        return self

    def window(self, period: Period | None) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day; None where there is no such end, or no period to count from."""

        def day(stated: int | str | None) -> dt.date | None:
            if isinstance(stated, int):
                return None if period is None else period.end + dt.timedelta(days=stated)
            return None if stated is None else dt.date.fromisoformat(stated)

        return day(self.opens), day(self.closes)

    def reads(self) -> Reads:
        return Reads()

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        del period
        return Verdict(frame.nominated[self.id], np.zeros(frame.size, dtype=np.bool_))

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        opens, closes = self.window(period)
        days = f"，期限 {opens or ''} 至 {closes or ''}" if opens or closes else ""
        most = "" if self.most is None else f"，每单位至多 {self.most} 人"
        on = "" if self.on is None else f"，推荐日期 {frame.dates[self.on][row]}"
        return f"推荐{on}{days}{most}".replace("NaT", "无")


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


AnyRequirement = Annotated[
    Tenure | NoEvent | Yes | Compare | HonoursHeld | HasGrade | Condition | Top | Nominated, Field(discriminator="kind")
]
