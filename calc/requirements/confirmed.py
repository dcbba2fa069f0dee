"""What is registered or confirmed: no such event, or a yes."""

from __future__ import annotations

from typing import Literal

import numpy as np

from calc.methods.base import Frame, Identifier, Reads, State, ready, show
from calc.period import Period
from calc.requirements.base import Label, Requirement, Verdict, verdict

__all__ = ["NoEvent", "Yes"]


class NoEvent(Requirement):
    """``kind = "no_event"``: no counted event of this kind; an unconfirmed one makes the answer pending."""

    kind: Literal["no_event"]
    event: Identifier

    def reads(self) -> Reads:
        return Reads(events=(self.event,))

    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        del period
        tally = frame.events[self.event]
        state = np.where((tally.count == 0) & (tally.pending > 0) & ready(tally.state), State.PENDING, tally.state)
        return verdict(np.asarray(tally.count == 0, dtype=np.bool_), state.astype(np.int8))

    def rule(self, label: Label) -> str:
        return f"没有计入的{label(self.event)}"

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
        return verdict(np.asarray(column.values == 1, dtype=np.bool_), column.state)

    def rule(self, label: Label) -> str:
        return f"{label(self.of)}填“是”"

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        del period
        return "是" if frame.measures[self.of].values[row] == 1 else "否"
