"""One method over each of several columns (every inspection, every race), and one figure out of what they give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Literal

import numpy as np
from pydantic import BeforeValidator, Field

from calc.methods.bands import Bands, Tiers
from calc.methods.base import OPEN, Column, Frame, Within, must_choose, show
from calc.methods.given import Share
from calc.methods.interpolate import Interpolate
from calc.methods.peer import Percentile, StandardScore, ToMean
from calc.methods.rank_points import RankPoints
from calc.methods.ratio import Ratio
from calc.methods.rescale import Factor, MinMax, Power
from calc.methods.steps import Steps
from calc.methods.summary import STATISTICS, Several, Statistic, figure_words, summarised
from calc.methods.table import Lookup
from calc.number import Array, clamp, missing, rounded

__all__ = ["Each", "Inner"]

_MEMBER = "(each)"
"""The name under which the method sees the column that it is at; no column can be called so."""
_OWN = frozenset({"id", "label", "clause", "of", "in_total", "group", "missing", "note"})
"""Keys that belong to the indicator as a whole."""


def _with_names(value: object) -> object:
    """The method's keys with what every indicator must have."""
    if not isinstance(value, dict):
        return value
    if unwanted := sorted(_OWN & set(value)):
        raise ValueError(f"by 里不写 {'、'.join(unwanted)}")
    return {"id": "each", "label": "每项", "clause": "", "of": _MEMBER, **value}


Inner = Annotated[
    Share
    | Factor
    | Ratio
    | MinMax
    | Power
    | Interpolate
    | Bands
    | Tiers
    | Steps
    | Lookup
    | RankPoints
    | ToMean
    | StandardScore
    | Percentile,
    Field(discriminator="method"),
]
"""The methods that read one column."""


class Each(Several):
    """``method = "each"``: each column ``of``, or of a ``family``, is put through the method ``by``; then the
    ``statistic`` of what that gives, after drops and keeps. ``floor``, ``cap`` and ``rounding`` in ``by`` hold for each
    of them.
    """

    method: Literal["each"]
    by: Annotated[Inner, BeforeValidator(_with_names)]
    statistic: Annotated[Statistic, must_choose(STATISTICS)] = OPEN

    @property
    def scopes(self) -> tuple[Within, ...]:
        return self.by.scopes

    def misfits(self) -> Iterator[tuple[str, str]]:
        yield from super().misfits()
        yield from ((f"by.{key}", message) for key, message in self.by.misfits())

    def _given(self, frame: Frame) -> list[tuple[Frame, Array]]:
        """Of each column the frame in which the method reads it, and what the method gives."""
        with np.errstate(invalid="ignore"):  # comparing with NaN, which is what a missing value is, is meant
            return frame.once(("each", self.id), lambda: [self._of(frame, member) for member in self.members(frame)])

    def _of(self, frame: Frame, member: Column) -> tuple[Frame, Array]:
        """Likewise of one, within the method's limits."""
        by, frame = self.by, replace(frame, measures={**frame.measures, _MEMBER: member}, known={})
        ends = (None if end is None else frame.number(end) for end in (by.floor, by.cap))
        values = clamp(by.reckon(frame), *ends)
        if by.rounding is None:
            return frame, values
        units, _ = rounded(values, by.rounding.digits, by.rounding.mode)
        return frame, np.asarray(units / frame.number(Decimal(10) ** by.rounding.digits))

    def reckon(self, frame: Frame) -> Array:
        columns = [given for _, given in self._given(frame)]
        if not columns:
            return np.full(frame.size, np.nan)
        figure = summarised(columns, self.statistic, self.trims(), self.keeps(), self.at_least)
        if self.absent == "skipped":
            return figure
        return np.where(np.any([missing(column) for column in columns], axis=0), np.nan, figure)

    def rule(self) -> str:
        of = "各列" if self.family else f"{len(self.of)}列"
        return f"{of}各自{self.by.rule()}；再取{STATISTICS[self.statistic]}，{self.counted()}"

    def arithmetic(self, frame: Frame, row: int) -> str:
        parts, values = [], []
        for n, (inner, given) in enumerate(self._given(frame), start=1):
            if not missing(given[row : row + 1])[0]:
                values.append(given[row])
                parts.append(f"第{n}项 {self.by.arithmetic(inner, row)} ＝ {show(given[row])}")
        return f"{'；'.join(parts)}；{figure_words(self, self.statistic, values)}"
