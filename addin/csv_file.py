"""A csv file as a grid, and a table as a csv file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from addin.parsing.messages import HINTS, MESSAGES
from calc.problem import Problem, Severity
from workbook_templates.grid import Cell, Grid, Kind

__all__ = ["read_csv"]

MAX_BYTES = 200_000_000


def read_csv(path: Path) -> Grid | Problem:
    """The grid of a csv in UTF-8 (with or without a mark) or GBK, named after the file; every cell is text.

    A file that cannot be read gives a Problem.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            return _problem(path, "csv_too_large", limit=MAX_BYTES // 1_000_000)
        content = path.read_bytes()
    except OSError as error:
        return _problem(path, "file_unreadable", reason=error.strerror)
    text = _decoded(content)
    if text is None:
        return _problem(path, "csv_encoding")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return _problem(path, "file_unreadable", reason=error)
    cells = {
        (row, column): Cell(value, Kind.TEXT)
        for row, line in enumerate(rows, start=1)
        for column, value in enumerate(line, start=1)
        if value.strip()
    }
    return Grid(path.name, cells) if cells else _problem(path, "csv_empty")


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _problem(path: Path, key: str, **values: object) -> Problem:
    return Problem(Severity.ERROR, path.name, "", MESSAGES[key].format(**values), HINTS.get(key, ""))
