"""Columns to reckon formulas over, made in a few words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np

from calc.formula.evaluate import Evaluation
from calc.formula.parser import parse
from calc.methods.base import Column, Frame, State, Tally
from calc.number import Arithmetic

UNDEFINED, PENDING, BAD = State.UNDEFINED, State.PENDING, State.BAD
Cell = str | int | State | None
"""A number, or the state of one that is not there; None: there can be none."""


def column(arithmetic: Arithmetic, cells: Sequence[Cell]) -> Column:
    states = [cell if isinstance(cell, State) else UNDEFINED if cell is None else State.OK for cell in cells]
    numbers = [None if state else Decimal(str(cell)) for cell, state in zip(cells, states, strict=True)]
    return Column(arithmetic.column(numbers), np.array(states, dtype=np.int8))


def frame(
    *,
    pools: str = "",
    teams: str = "",
    unrated: Sequence[int] = (),
    events: Mapping[str, Sequence[tuple[int, int]]] | None = None,
    arithmetic: Arithmetic = Arithmetic.EXACT,
    **columns: Sequence[Cell],
) -> Frame:
    """One argument a column. ``pools`` and ``teams``: a letter a row; of events (count, pending) a row."""
    size = len(next(iter([*columns.values(), *(events or {}).values()])))

    def codes(letters: str) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
        return np.unique(list(letters or "a" * size), return_inverse=True)[1].astype(np.intp)

    counted = {
        name: Tally(
            count=arithmetic.column([Decimal(count) for count, _ in tallies]),
            points=arithmetic.column([Decimal(0)] * size),
            pending=np.array([pending for _, pending in tallies], dtype=np.intp),
            state=np.zeros(size, dtype=np.int8),
        )
        for name, tallies in (events or {}).items()
    }
    return Frame(
        arithmetic=arithmetic,
        size=size,
        pools=codes(pools),
        measures={name: column(arithmetic, cells) for name, cells in columns.items()},
        families={},
        dates={},
        partitions={"team": codes(teams)},
        events=counted,
        rated=np.array([row not in unrated for row in range(size)], dtype=np.bool_),
    )


def outcome(found: Column) -> list[object]:
    """Of each row the number, the truth value, or why there is none."""
    states = [State(int(state)) for state in found.state]
    is_truth = found.values.dtype == np.bool_
    return [
        state if state is not State.OK else bool(value) if is_truth else Fraction(value)
        for value, state in zip(found.values, states, strict=True)
    ]


def reckoned(formula: str, of: Frame, given: Mapping[str, str | None] | None = None, **keys: bool) -> list[object]:
    values = {name: None if value is None else Decimal(value) for name, value in (given or {}).items()}
    return outcome(Evaluation(of, values, **keys).value(parse(formula)))  # type: ignore[arg-type]
