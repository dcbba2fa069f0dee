"""What a check has found so far: Problems, rows in error, and whether an error might touch anybody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from calc.problem import Problem, Severity
from calc.submission import Entry
from calc.words import HINTS, PROBLEMS

__all__ = ["Findings", "problem_at"]


@dataclass
class Findings:
    """Filled by what checks a submission (:mod:`calc.check`) or fills it in (:mod:`calc.sources`); not for others."""

    problems: list[Problem] = field(default_factory=list)
    bad: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    withhold_all: bool = False

    def error(self, entry: Entry, key: str, **values: object) -> None:
        """Note an error of the calculation's table of messages at the cell of an entry."""
        self._add(Severity.ERROR, entry, key, values)

    def warn(self, entry: Entry, key: str, **values: object) -> None:
        """Note a warning of the calculation's table of messages at the cell of an entry."""
        self._add(Severity.WARNING, entry, key, values)

    def _add(self, severity: Severity, entry: Entry, key: str, values: dict[str, object]) -> None:
        self.problems.append(problem_at(severity, entry, key, values))

    def spoil(self, row: int, label: str) -> None:
        """The row is in error because of what ``label`` names."""
        if label not in self.bad[row]:
            self.bad[row].append(label)


def problem_at(severity: Severity, entry: Entry, key: str, values: dict[str, object]) -> Problem:
    """A problem of the calculation's table of messages, at the cell of an entry."""
    return Problem.of(severity, (entry.sheet, entry.cell), (PROBLEMS[key], HINTS.get(key, "")), values)
