"""核算, half the cells of a workbook: nothing but rows of texts, taken apart row by row rather than cell by cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import is_normalized

from addin.reading.as_written import NotPlain, rows_as_written
from workbook_templates.grid import Cell, Grid, Kind

__all__ = ["TextSheet", "text_sheet"]

_COLUMNS = "ABCDE"


def _cell(column: str) -> str:
    """A cell as openpyxl writes it, with a text or blank."""
    text = r"<is><t>([^<]+)</t></is></c>"
    return rf'<c r="{column}\1" s="[0-9]{{1,6}}" t="(?:inlineStr"(?: />|>{text})|n" />)'


_ROW = re.compile(
    r'<row r="([1-9][0-9]{0,5})"(?: ht="[1-9][0-9.]{0,8}" customHeight="1")?>'
    rf"{_cell('A')}(?:{''.join(map(_cell, _COLUMNS[1:]))})?</row>"
)
_GROUPS = 1 + len(_COLUMNS)
_MOST_ROWS, _STEP = 5_000, 1_000
"""Longer sheets are read cell by cell; what stands before the texts is kept for so many rows more at a time."""
_MARKS = 4
"""Quotation marks that the record has for a cell."""
_READ_OTHERWISE = ("&", "]]>", "\\", "_x", "\ufffc", "\ufffd")
"""What XML, the record or Excel does not read as it stands there: of what the record escapes the signs that count as
printable.
"""
_WIDE_SPACE, _IN_RECORD = "\u3000", "\\u3000"


class TextSheet(NamedTuple):
    """A sheet of nothing but texts."""

    columns: Sequence[Sequence[str | None]]
    """The texts of the columns A to E, by row from the first on."""
    size: int
    """How many cells are filled."""
    record: str
    """The sheet as the record has it: ``"A4":"text 项目","B4":"text 依据"``."""

    def grid(self, name: str) -> Grid:
        """The sheet cell by cell."""
        return Grid(name, {
            (row, column): Cell(text, Kind.TEXT)
            for column, texts in enumerate(self.columns, start=1)
            for row, text in enumerate(texts, start=1)
            if text is not None
        })  # fmt: skip


def text_sheet(xml: bytes) -> TextSheet:
    """The texts of a sheet as StarScore wrote it. Raises NotPlain where it is another, or has a sign in it that is
    written in another way in XML or in the record: then it is read cell by cell.
    """
    rows = rows_as_written(xml)
    if rows.count("</row>") > _MOST_ROWS:
        raise NotPlain
    parts = _ROW.split(rows)  # before each row what is between, its number and its texts
    between = parts[:: _GROUPS + 1]
    del parts[:: _GROUPS + 1]
    numbers = parts[::_GROUPS]
    del parts[::_GROUPS]
    if any(between) or numbers != [str(row) for row in range(1, len(numbers) + 1)]:
        raise NotPlain
    words = [lead + text for lead, text in zip(_leads(-(-len(numbers) // _STEP)), parts, strict=False) if text]
    record = '",'.join(words) + '"'
    escaped = record.replace(_WIDE_SPACE, _IN_RECORD)
    if record.count('"') != _MARKS * len(words) or any(sign in record for sign in _READ_OTHERWISE):
        raise NotPlain
    if not escaped.isprintable() or not is_normalized("NFC", record):
        raise NotPlain
    columns = [parts[at :: len(_COLUMNS)] for at in range(len(_COLUMNS))]
    return TextSheet(columns, len(words), escaped)


@lru_cache(_MOST_ROWS // _STEP)
def _leads(steps: int) -> list[str]:
    """What stands before the text of each cell in the record, row by row."""
    return [f'"{column}{row}":"text ' for row in range(1, steps * _STEP + 1) for column in _COLUMNS]
