"""A formula that holds or does not."""

from __future__ import annotations

from typing import ClassVar, Literal

from calc.formula.shown import filled
from calc.formula.written import Written
from calc.methods.base import Frame, Reads, Within
from calc.period import Period
from calc.requirements.base import Label, Requirement, Verdict, verdict

__all__ = ["Condition"]


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
        return verdict(column.values, column.state)

    def rule(self, label: Label) -> str:
        del label
        return f"公式：{self.written}"

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        del period
        return filled(self.tree, self.evaluation(frame, row, waits=True), condition=True)
