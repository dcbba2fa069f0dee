"""The general form: a formula, where no other method fits."""

from __future__ import annotations

from typing import ClassVar, Literal

from calc.formula.shown import filled
from calc.formula.written import Written
from calc.methods.base import Column, Frame, Indicator, Reads, Within
from calc.number import Array

__all__ = ["Formula"]


class Formula(Written, Indicator):
    """``method = "formula"``: what the formula comes to.

    Formula: as written (docs/formula.md). Shape (n,). A value that is missing matters only where the formula needs
    it; division by zero, or anything else that cannot be reckoned, gives no value, and ``missing`` says what then.
    """

    can_be_undefined: ClassVar[bool] = True

    method: Literal["formula"]

    def reads(self) -> Reads:
        return Reads(columns=self.columns)

    @property
    def scopes(self) -> tuple[Within, ...]:
        return self.groupings

    def reckoned(self, frame: Frame) -> Column:
        return self.evaluation(frame).value(self.tree)

    def reckon(self, frame: Frame) -> Array:
        return self.reckoned(frame).values

    def rule(self) -> str:
        return f"公式：{self.written}"

    def arithmetic(self, frame: Frame, row: int) -> str:
        return filled(self.tree, self.evaluation(frame, row))
