"""Products: points multiplied by coefficients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from calc.methods.base import OPEN, Frame, Indicator, Reads, Source, columns_of, must_choose, show
from calc.number import Array, Number, missing

__all__ = ["Product", "multiplied"]

_ABSENT = {"needed": "缺一项就没有数值", "skipped": "缺的系数按 1 计"}


def multiplied(columns: Sequence[Array], times: Array | Number) -> Array:
    """The product of the present values of each row.

    Formula: ``times * x_1 * x_2 * …``, a missing x counting as 1. Shapes: columns of (n,), times one number or (n,),
    to (n,). NaN where ``times`` is missing, or all columns are. 0 gives 0.
    """
    product = times
    for column in columns:
        product = product * np.where(missing(column), 1, column)
    return np.where(np.all([missing(column) for column in columns], axis=0), np.nan, product)


class Product(Indicator):
    """``method = "product"``: the columns ``of`` multiplied with each other, and with ``times`` points."""

    can_be_undefined: ClassVar[bool] = True

    method: Literal["product"]
    of: tuple[str, ...] = Field(min_length=1, strict=False)
    times: Source | None = None
    """Points that the coefficients multiply: a number or a column; None: the columns alone are multiplied."""
    absent: Annotated[Literal["needed", "skipped"], must_choose(_ABSENT)] = OPEN

    def reads(self) -> Reads:
        return Reads(columns=(*self.of, *columns_of(self.times)))

    @property
    def skips_missing(self) -> bool:
        return self.absent == "skipped"

    def reckon(self, frame: Frame) -> Array:
        times = frame.number(1) if self.times is None else frame.figure(self.times)
        return multiplied([frame.column(name).values for name in self.of], times)

    def rule(self) -> str:
        parts = [f"{len(self.of)}项"] if len(self.of) > 1 else ["系数"]
        if self.times is not None:
            parts.append("基数" if isinstance(self.times, str) else show(self.times))
        return f"{'与'.join(parts)}相乘，{_ABSENT[self.absent]}"

    def arithmetic(self, frame: Frame, row: int) -> str:
        values = [] if self.times is None else [frame.figure_of(self.times, row)]
        values += [frame.column(name).values[row] for name in self.of]
        return " × ".join("（缺，按 1）" if missing(np.asarray(value)) else show(value) for value in values)
