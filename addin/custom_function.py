"""What every custom function shares: its name in the sheet, the shape of its answer, and that it never raises."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping

import numpy as np

from addin.bad_argument import BadArgument
from addin.fault_log import told_fault
from addin.host_values import Answer, area_of, is_blank, spread

__all__ = ["FUNCTIONS", "Answers", "Given", "custom"]

Given = object
"""What a host hands over: a value, or rows of values."""
Answers = list[list[Answer]]
Function = Callable[..., Answers | Answer]
Arguments = Mapping[str, Given]

FUNCTIONS: dict[str, Function] = {}
"""Every custom function by its name in the sheet."""


def custom(
    line: str = "", rows: str = "", width: Callable[[Arguments], int] = lambda _: 1
) -> Callable[[Callable[..., Answers]], Function]:
    """A custom function whose answer lies as its argument ``line``, or has a row for each row of argument ``rows``.

    The answer to ``rows`` is ``width`` columns wide. An argument that is left out is a blank one.
    """

    def register(function: Callable[..., Answers]) -> Function:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def answer(*given: Given, **named: Given) -> Answers | Answer:
            left_out: dict[str, Given] = dict.fromkeys(signature.parameters)
            arguments = left_out | signature.bind_partial(*given, **named).arguments
            try:
                with np.errstate(invalid="ignore"):  # comparing with NaN, which is what a missing value is, is meant
                    return spread(function(**arguments))
            except BadArgument as fault:
                text = f"#{fault}"
            except Exception as fault:
                text = "#" + told_fault(fault, function.__name__)
            if line:
                return spread(_along(text, arguments[line]))
            return spread(_beside(text, arguments[rows], width(arguments)) if rows else [[text]])

        FUNCTIONS[function.__name__] = answer
        return answer

    return register


def _along(text: str, given: Given) -> Answers:
    """The text in every place of a line but the blank ones, so that nobody overlooks it."""
    area = area_of(given)
    if all(map(is_blank, area.cells)):
        return [[text]]
    rows = area.rows if area.height == 1 else [row[:1] for row in area.rows]
    return [["" if is_blank(cell) else text for cell in row] for row in rows]


def _beside(text: str, given: Given, width: int) -> Answers:
    """The text beside every row that is not blank."""
    area = area_of(given)
    if all(map(is_blank, area.cells)):
        return [[text]]
    return [["" if all(map(is_blank, row)) else text] * width for row in area.rows]
