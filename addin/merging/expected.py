"""Who should send: the list that head office keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from addin.csv_file import read_csv
from addin.merging.messages import error, warning
from addin.parsing.values import plain_text
from calc.problem import Problem
from calc.scheme import load_scheme, shipped
from workbook_templates.grid import Grid, a1

__all__ = ["Expected", "read_expected", "wanted_of"]

_UNIT, _BRANCH, _CONTEST = (
    ("填报单位", "单位", "unit"),
    ("分行", "上级行", "branch"),
    ("评选", "方案", "contest"),
)


@dataclass(frozen=True, slots=True)
class Expected:
    """A unit that should send."""

    unit: str
    branch: str = ""
    contest: str = ""
    """The contest's id; empty: every contest that anybody sent."""


def read_expected(path: Path) -> tuple[tuple[Expected, ...], tuple[Problem, ...]]:
    """The list in a csv with a column 填报单位 and, if wanted, 分行 and 评选 (a scheme's id or title)."""
    grid = read_csv(path)
    if not isinstance(grid, Grid):
        return (), (grid,)
    header = {plain_text(str(cell.value)).lower(): column for column, cell in grid.row(1)}
    unit, branch, contest = (next((header[n] for n in names if n in header), 0) for names in (_UNIT, _BRANCH, _CONTEST))
    if not unit:
        return (), (error(path.name, "list_no_unit", cell="A1"),)
    titles = (
        {plain_text(scheme.title): scheme.id for scheme in (load_scheme(name).scheme for name in shipped())}
        if contest
        else {}
    )
    found: dict[Expected, None] = {}
    problems: list[Problem] = []
    for row in range(2, grid.last_row + 1):
        words = [plain_text(str(grid.at(row, place).value or "")) for place in (unit, branch, contest)]
        if not words[0]:
            continue
        wanted = titles.get(words[2], words[2])
        if wanted and wanted not in titles.values():
            problems.append(error(path.name, "list_contest", cell=a1(row, contest), name=words[2]))
        entry = Expected(words[0], words[1], wanted)
        if entry in found:
            problems.append(warning(path.name, "list_twice", unit=entry.unit))
        found[entry] = None
    return tuple(found), tuple(problems)


def wanted_of(expected: Sequence[Expected], contests: Sequence[str]) -> Iterator[tuple[Expected, str]]:
    """Each unit of the list with each contest that it should send."""
    for entry in expected:
        for contest in [entry.contest] if entry.contest else contests:
            yield entry, contest
