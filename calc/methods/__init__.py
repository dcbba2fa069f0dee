"""The catalogue of scoring methods; a scheme names one with ``method`` for each of its indicators."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from calc.methods.ballots import RaterMarks, Votes
from calc.methods.base import Indicator
from calc.methods.events import Bonus, Deduction, bonus, deduct
from calc.methods.formula import Formula
from calc.methods.given import Given, Share, given_points, share_of_maximum
from calc.methods.honours import Honours
from calc.methods.mean import Tests, WeightedMean, mean_of_tests, weighted_mean
from calc.methods.ratio import Ratio, ratio_to_highest, ratio_to_lowest

__all__ = [
    "AnyIndicator",
    "Given",
    "Indicator",
    "bonus",
    "deduct",
    "given_points",
    "mean_of_tests",
    "ratio_to_highest",
    "ratio_to_lowest",
    "share_of_maximum",
    "weighted_mean",
]

AnyIndicator = Annotated[
    Given | Share | Ratio | Deduction | Bonus | WeightedMean | Tests | Honours | RaterMarks | Votes | Formula,
    Field(discriminator="method"),
]
