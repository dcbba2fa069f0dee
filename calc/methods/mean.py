"""Means: of several marks with weights, and of theory and skill tests."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from calc.methods.base import Amount, Column, Frame, Indicator, Reads, show
from calc.number import Array, Number, added

__all__ = ["Tests", "WeightedMean", "mean_of_tests", "weighted_mean"]


def weighted_mean(columns: Sequence[Array], weights: Sequence[Number]) -> Array:
    """The mean of several columns with weights.

    Formula: ``sum(w_i * x_i) / sum(w_i)``. Each column has shape (n,) in one unit; weights > 0 in any unit,
    one a column; the result has shape (n,) in the columns' unit. NaN in any column gives NaN: a missing mark
    is not left out of the mean silently.
    Source: 第九条(二)2 内部评价 (equal weights), 第十条(二)1.
    """
    parts = [column * weight for column, weight in zip(columns, weights, strict=True)]
    mean: Array = added(parts) / sum(weights[1:], start=weights[0])
    return mean


def mean_of_tests(theory: Array, skills: Sequence[Array], theory_weight: Number) -> Array:
    """The composite of a theory test and the mean of any number of skill tests, all on the same scale.

    Formula: ``theory * w + mean(skills) * (1 - w)``, w = ``theory_weight`` in 0..1. Each array has shape
    (n,), in marks. NaN in any of them gives NaN: a test not taken is neither 0 nor left out.
    Source: 第九条(四) 业务水平得分=理论成绩×50%+各项技能平均成绩×50%.
    """
    composite: Array = theory * theory_weight + added(skills) / len(skills) * (1 - theory_weight)
    return composite


class WeightedMean(Indicator):
    """``method = "mean"``: the mean of the columns ``of``; with ``maximum`` brought to ``base`` points."""

    fast: ClassVar[bool] = True

    method: Literal["mean"]
    of: tuple[str, ...] = Field(min_length=1, strict=False)
    weights: tuple[Annotated[Amount, Field(gt=0)], ...] = Field(default=(), strict=False)
    """One a column; none: all equal."""
    maximum: Amount | None = Field(default=None, gt=0)
    """Full marks of the columns, where they differ from ``base``."""

    @model_validator(mode="after")
    def _one_weight_a_column(self) -> Self:
        if self.weights and len(self.weights) != len(self.of):
            raise ValueError(f"weights 有 {len(self.weights)} 个，of 有 {len(self.of)} 列，须一一对应")
        if self.maximum is not None and self.base is None:
            raise ValueError("写了 maximum 就须写 base")
        return self

    def reads(self) -> Reads:
        return Reads(columns=self.of)

    def _weights(self) -> tuple[Decimal, ...]:
        return self.weights or (Decimal(1),) * len(self.of)

    def reckon(self, frame: Frame) -> Array:
        mean = weighted_mean(
            [frame.column(name).values for name in self.of], [frame.number(w) for w in self._weights()]
        )
        return mean if self.maximum is None else mean / frame.number(self.maximum) * frame.number(self.marks)

    def rule(self) -> str:
        how = f"{len(self.of)}项" + ("加权平均" if self.weights else "平均")
        return how if self.maximum is None else f"{how}，按满分{show(self.maximum)}折算为{show(self.marks)}分"

    def arithmetic(self, frame: Frame, row: int) -> str:
        values = [show(frame.column(name).values[row]) for name in self.of]
        if self.weights:
            terms = (f"{value} × {show(w)}" for value, w in zip(values, self.weights, strict=True))
            text = f"（{' ＋ '.join(terms)}） ÷ {show(sum(self.weights))}"
        else:
            text = f"（{' ＋ '.join(values)}） ÷ {len(values)}"
        return text if self.maximum is None else f"{text} ÷ {show(self.maximum)} × {show(self.marks)}"


class Tests(Indicator):
    """``method = "tests"``: theory and skill tests in one composite, with progress points if there are any."""

    __test__ = False  # not a test class for pytest

    fast: ClassVar[bool] = True

    method: Literal["tests"]
    theory: str
    skills: str
    """A measure with ``many = true``."""
    theory_weight: Amount = Field(ge=0, le=1)
    plus: str | None = None
    """A column that is added: progress points (进步、提高因素)."""

    def reads(self) -> Reads:
        return Reads(columns=(self.theory, *((self.plus,) if self.plus else ())), families=(self.skills,))

    def _skills(self, frame: Frame) -> tuple[Column, ...]:
        return frame.families[self.skills]

    def reckon(self, frame: Frame) -> Array:
        skills = [column.values for column in self._skills(frame)]
        theory = frame.column(self.theory).values
        if not skills:
            return theory * float("nan")
        composite = mean_of_tests(theory, skills, frame.number(self.theory_weight))
        return composite if self.plus is None else composite + frame.column(self.plus).values

    def rule(self) -> str:
        theory, skills = show(self.theory_weight * 100), show(100 - self.theory_weight * 100)
        return f"理论成绩×{theory}%＋各项技能平均成绩×{skills}%" + ("，另加进步分" if self.plus else "")

    def arithmetic(self, frame: Frame, row: int) -> str:
        theory = show(frame.column(self.theory).values[row])
        skills = [show(column.values[row]) for column in self._skills(frame)]
        mean = f"（{' ＋ '.join(skills)}） ÷ {len(skills)}" if len(skills) > 1 else skills[0]
        weight, rest = show(self.theory_weight * 100), show(100 - self.theory_weight * 100)
        text = f"{theory} × {weight}% ＋ {mean} × {rest}%"
        if self.plus is not None and (plus := frame.column(self.plus).values[row]):
            text += f" ＋ {show(plus)}" if plus > 0 else f" － {show(-plus)}"
        return text
