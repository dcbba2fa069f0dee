"""The examples of docs/schemes.md: parts of schemes, each with its data and the outcome reckoned by hand.

``docs/examples/SECTION/NAME.toml`` is what is put into the common head; its first comment says what it shows.
``NAME.csv`` has the data, and in columns that begin with → the outcome; ``NAME.events.csv`` and the like what else
there is.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["OUTCOME", "Example", "examples", "head"]

OUTCOME = "→"
_PERIODS = {"month": "2026-09", "quarter": "2026Q3", "year": "2026"}
"""Of which period the examples are."""
_ROOT = Path(__file__).parents[2] / "docs" / "examples"
_OTHERS = ("events", "honours", "ballots", "raters", "rulings")

Grid = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Example:
    """One example."""

    section: str
    name: str
    shows: str
    """What it shows, in Chinese."""
    part: str
    """The part of a scheme file that it is about."""
    data: Grid
    """Headers and rows; the columns that begin with → are the outcome."""
    others: Mapping[str, Grid]
    """By kind the other tables."""

    @property
    def _content(self) -> Mapping[str, Any]:
        return tomllib.loads(self.part)

    @property
    def scheme(self) -> str:
        """The whole scheme file: the lines of the head that the part does not replace, and the part."""
        own = self._content
        return "\n".join([*(line for line in head().splitlines() if line.partition(" =")[0] not in own), "", self.part])

    @property
    def period(self) -> str:
        """The period of its contest."""
        return _PERIODS[tomllib.loads(self.scheme)["period"]]


def head() -> str:
    """The lines that all examples begin with, a key each."""
    return (_ROOT / "head.toml").read_text("utf-8")


def examples() -> Iterator[Example]:
    """All examples, by section and name."""
    for path in sorted(_ROOT.glob("*/*.toml")):
        shows, _, part = path.read_text("utf-8").partition("\n")
        others = {kind: path.with_name(f"{path.stem}.{kind}.csv") for kind in _OTHERS}
        yield Example(
            path.parent.name,
            path.stem,
            shows.removeprefix("# "),
            part.strip() + "\n",
            _grid(path.with_suffix(".csv")),
            {kind: _grid(file) for kind, file in others.items() if file.exists()},
        )


def _grid(path: Path) -> Grid:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(tuple(row) for row in csv.reader(file))
