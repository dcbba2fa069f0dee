"""The merged workbook of the period before: the mean total of each branch."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from contextlib import closing, suppress
from fractions import Fraction
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from addin.merging.messages import COLUMNS, error
from calc.problem import Problem

__all__ = ["Last", "read_last"]

Last = Mapping[str, Mapping[str, Fraction]]
"""By contest and branch, the mean total."""

_CONTEST = re.compile(r"方案：(\S+)")
_NAMES = {COLUMNS["branch"], COLUMNS["own_branch"]}
_PLACES = {COLUMNS["place"], COLUMNS["own_place"]}
_MOST_BRANCHES = 100_000
_NO_WORKBOOK = (InvalidFileException, zipfile.BadZipFile, OSError, KeyError, ValueError)


def read_last(path: Path) -> tuple[Last, tuple[Problem, ...]]:
    """By contest and branch the mean total, as a merged workbook says it: to two decimals.

    The sheets are read row by row: the rankings beside them may be long.
    """
    means: dict[str, dict[str, Fraction]] = {}
    with suppress(*_NO_WORKBOOK), closing(load_workbook(path, read_only=True)) as book:
        for sheet in book.worksheets:
            contest = ""
            places: dict[str, int] = {}
            for row in sheet.iter_rows(max_row=_MOST_BRANCHES, values_only=True):
                if not row:
                    continue
                if places:
                    name, mean = row[0], row[places[COLUMNS["mean"]]]
                    if isinstance(name, str) and isinstance(mean, int | float):
                        means.setdefault(contest, {})[name] = Fraction(str(mean))
                elif found := _CONTEST.match(str(row[0])):
                    contest = found[1]
                elif contest and row[0] in _NAMES and COLUMNS["mean"] in row:
                    places = {str(value): column for column, value in enumerate(row)}
                elif contest and row[0] in _PLACES:
                    break
    if not means:
        return {}, (error(path.name, "last_unreadable"),)
    return means, ()
