"""A roster from a file: who is put on 名册 of a new workbook."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from addin.csv_file import read_csv
from addin.parsing.table import Log, find_table
from addin.workbook_file import read_workbook
from calc.problem import Problem, Severity
from calc.scheme import Scheme
from workbook_templates.build import Typed
from workbook_templates.layout import SHEET, roster_columns

__all__ = ["read_roster"]


def read_roster(path: Path, scheme: Scheme) -> tuple[tuple[Mapping[str, Typed], ...], tuple[Problem, ...]]:
    """The people of a .csv, or of an .xlsx (its sheet 名册, else the first with a header that fits).

    Returns the rows as mappings from column id to value, and the problems.
    """
    log = Log()
    if path.suffix.lower() == ".csv":
        grid = read_csv(path)
        if isinstance(grid, Problem):
            return (), (grid,)
        grids = {grid.name: grid}
    else:
        book = read_workbook(path)
        log.problems += book.problems
        grids = dict(book.grids)
        if not grids:
            return (), tuple(log.problems)
    columns = roster_columns(scheme)
    chosen = grids.get(SHEET.roster) or next(iter(grids.values()))
    table = find_table(chosen, columns, log)
    if table is None:
        return (), tuple(log.problems)
    rows: list[Mapping[str, Typed]] = []
    for row in table.rows:
        entries = {column.id: table.entry(row, column.id).value for column in columns}
        rows.append({name: float(v) if isinstance(v, Decimal) else v for name, v in entries.items()})
    if not rows:
        log.problems.append(Problem(Severity.ERROR, chosen.name, "", "名册中没有人", "核对文件"))
    return tuple(rows), tuple(log.problems)
