"""The catalogue of scoring methods; a scheme names one with ``method`` for each of its indicators."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from calc.methods.bands import Bands, Tiers, banded, tiered
from calc.methods.base import Indicator
from calc.methods.countback import Countback, countback
from calc.methods.each import Each
from calc.methods.events import Bonus, BusiestMonth, Deduction, bonus, busiest, deduct
from calc.methods.formula import Formula
from calc.methods.given import Given, Share, given_points, share_of_maximum
from calc.methods.growth import Growth, grown
from calc.methods.honours import Honours
from calc.methods.interpolate import Interpolate, interpolated
from calc.methods.marks import RaterMarks
from calc.methods.mean import Tests, WeightedMean, mean_of_tests, weighted_mean
from calc.methods.peer import (
    GroupCoefficient,
    GroupFigure,
    Percentile,
    StandardScore,
    ToMean,
    percentile,
    standard_score,
)
from calc.methods.product import Product, multiplied
from calc.methods.rank_points import RankPoints, rank_points
from calc.methods.ratio import Ratio, ratio_to_highest, ratio_to_lowest
from calc.methods.rescale import Factor, MinMax, Power, min_max, powered, rescaled
from calc.methods.steps import Steps, stepped
from calc.methods.summary import Summary, mean_of_present, summarised
from calc.methods.table import Lookup, looked_up
from calc.methods.votes import Votes

__all__ = [
    "AnyIndicator",
    "Given",
    "Indicator",
    "banded",
    "bonus",
    "busiest",
    "countback",
    "deduct",
    "given_points",
    "grown",
    "interpolated",
    "looked_up",
    "mean_of_present",
    "mean_of_tests",
    "min_max",
    "multiplied",
    "percentile",
    "powered",
    "rank_points",
    "ratio_to_highest",
    "ratio_to_lowest",
    "rescaled",
    "share_of_maximum",
    "standard_score",
    "stepped",
    "summarised",
    "tiered",
    "weighted_mean",
]

AnyIndicator = Annotated[
    Given
    | Share
    | Factor
    | Ratio
    | MinMax
    | Power
    | Interpolate
    | Bands
    | Tiers
    | Lookup
    | Steps
    | Growth
    | Deduction
    | Bonus
    | BusiestMonth
    | WeightedMean
    | Tests
    | Summary
    | Each
    | Countback
    | Product
    | RankPoints
    | GroupFigure
    | ToMean
    | StandardScore
    | Percentile
    | GroupCoefficient
    | Honours
    | RaterMarks
    | Votes
    | Formula,
    Field(discriminator="method"),
]
