"""A value against a number, or against a figure of its group."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Literal

import numpy as np

from calc import groups
from calc.methods.base import Amount, Frame, Reads, Strict, Within, show, whom
from calc.number import Array, near
from calc.period import Period
from calc.requirements.base import Label, Requirement, Verdict, verdict

__all__ = ["OPERATORS", "Aggregate", "Compare"]


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
        return verdict(met, column.state, near(column.values, threshold))

    def rule(self, label: Label) -> str:
        other = (
            show(self.to)
            if not isinstance(self.to, Aggregate)
            else whom(self.to.within) + _AGGREGATES[self.to.aggregate]
        )
        if isinstance(self.to, Aggregate) and self.to.of != self.of:
            other = f"{label(self.to.of)}的{other}"
        return f"{label(self.of)}{_OPERATOR_WORDS[self.op]}{other if isinstance(self.to, Aggregate) else f' {other}'}"

    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        del period
        name = ""
        if isinstance(self.to, Aggregate):
            name = f"{whom(self.to.within)}{_AGGREGATES[self.to.aggregate]} "
        own = frame.column(self.of).values[row]
        threshold = self.to.of_rows(frame)[row] if isinstance(self.to, Aggregate) else self.to
        return f"本人 {show(own)}，须{_OPERATOR_WORDS[self.op]}{name or ' '}{show(threshold)}"
