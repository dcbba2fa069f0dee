"""Ranges with open or closed ends, as a scheme states them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from pydantic import Field

from calc.methods.bands import Interval
from calc.methods.base import Amount, Strict, show
from calc.number import Array, Mask, missing
from calc.words import BOUNDS, ask

__all__ = ["Bounds"]

_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "from": np.greater_equal,
    "above": np.greater,
    "to": np.less_equal,
    "below": np.less,
}


class Bounds(Strict):
    """Ends of a range, each open or closed as its name says; against unrounded values, but for the total as shown."""

    from_: Amount | None = Field(default=None, alias="from")
    """``x >= from``"""
    above: Amount | None = None
    """``x > above``"""
    to: Amount | None = None
    """``x <= to``"""
    below: Amount | None = None
    """``x < below``"""

    @property
    def ends(self) -> tuple[tuple[str, Amount], ...]:
        """The ends that are stated."""
        named = (("from", self.from_), ("above", self.above), ("to", self.to), ("below", self.below))
        return tuple((name, end) for name, end in named if end is not None)

    def interval(self) -> Interval:
        """The numbers between the ends."""
        return Interval.stated(self.from_, self.above, self.to, self.below)

    def met(self, values: Array) -> Mask:
        """Where exact ``values`` lie within; nowhere for NaN."""
        inside = ~missing(values)
        for name, end in self.ends:
            inside[inside] = np.asarray(_COMPARE[name](values[inside], Fraction(end)), dtype=np.bool_)
        return inside

    def words(self) -> str:
        """不低于 90、低于 95; empty without ends."""
        return "、".join(ask(BOUNDS, name, end=show(end)) for name, end in self.ends)
