"""The measures and events of a contest as arrays of one kind of number, ready for its indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

import numpy as np

from calc.check import Checked
from calc.groups import Groups
from calc.methods.base import Column, Frame, HonourTally, Tally
from calc.number import Arithmetic, Mask

__all__ = ["frame_of"]

Made = TypeVar("Made")


def frame_of(checked: Checked, pools: Groups, rows: Mask, arithmetic: Arithmetic) -> Frame:
    """The measures and events of some of the rows as arrays; indicators still to come."""
    places: list[int] = np.flatnonzero(rows).tolist()

    def measure(name: str) -> Column:
        column = checked.measures[name]
        return Column(arithmetic.column([column.values[row] for row in places]), column.state[rows])

    def event(name: str) -> Tally:
        tally = checked.events[name]
        return Tally(
            count=arithmetic.column([tally.count[row] for row in places]),
            points=arithmetic.column([tally.points[row] for row in places]),
            pending=tally.pending[rows],
            state=tally.state[rows],
            monthly=tuple(arithmetic.column([month[row] for row in places]) for month in tally.monthly),
        )

    measures = _WhenAsked(checked.measures, measure)
    return Frame(
        arithmetic=arithmetic,
        size=len(places),
        pools=np.unique(pools[rows], return_inverse=True)[1],
        measures=measures,
        families={name: tuple(measures[n] for n in names) for name, names in checked.families.items()},
        dates={
            name: np.array([column.dates[row] for row in places], dtype="datetime64[D]")
            for name, column in checked.measures.items()
            if column.dates is not None
        },
        partitions={
            name: np.unique([texts[row] for row in places], return_inverse=True)[1]
            for name, texts in checked.texts.items()
        },
        texts={name: tuple(texts[row] for row in places) for name, texts in checked.texts.items()},
        events=_WhenAsked(checked.events, event),
        rated=~checked.barred[rows],
        honours={
            held: HonourTally(
                values=arithmetic.column([found.values[row] for row in places]),
                state=found.state[rows],
                words=tuple(found.words[row] for row in places),
            )
            for held, found in checked.honours.items()
        },
        ballots={name: heard.columns(arithmetic, rows) for name, heard in checked.ballots.items()},
        nominated={name: outcome[rows] for name, outcome in checked.nominated.items()},
        decided={name: decisions[rows] for name, decisions in checked.decided.items()},
    )


class _WhenAsked(Mapping[str, Made]):
    """Values that are made when they are first asked for: of one column in fractions few others are needed."""

    def __init__(self, names: Iterable[str], make: Callable[[str], Made]) -> None:
        self._names, self._make = dict.fromkeys(names), make
        self._made: dict[str, Made] = {}

    def __getitem__(self, name: str) -> Made:
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            self._made[name] = self._make(name)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
