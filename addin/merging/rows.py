"""Rows of a sheet written as XML, by a form for each kind of row.

A national ranking has millions of cells; asked for each of them, XlsxWriter takes longer than everything else that the
main process does with a workbook. The sheet around the rows is XlsxWriter's, and the rows are as it writes them, but
for texts that it takes for something else: rich text, or the second of two escapes in a row.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal
from xml.sax.saxutils import escape

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

__all__ = ["Content", "Formats", "Row", "RowSheet"]

Content = str | int | Decimal | None
Row = Sequence[Content]
Formats = Sequence[tuple[Format, Format]]
"""For each column the format of its texts and that of its numbers."""

_Kind = Literal["blank", "text", "number"]

_LONGEST = 32_767
"""Signs that a cell holds, in UTF-16."""
_REMEMBERED, _SHORT = 10_000, 100
"""Texts that are kept as they are written: units, outcomes, short names."""
_UNUSUAL = re.compile(r"[&<>_\x00-\x20\x7f-\xa0\u1680\u2000-\u3000\ufffe\uffff]")
"""What may have to be written otherwise: most texts have none of these."""
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_AT_AN_END = re.compile(r"^\s|\s$")
_NUMBER_OF_ROW = "#"


class RowSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A sheet of a workbook in constant memory that takes whole rows below what was written cell by cell."""

    def write_rows(self, first: int, rows: Iterable[Row], formats: Formats) -> None:
        """Write rows from row ``first`` on (from 0), each as wide as ``formats``; nothing can be written above them
        afterwards.

        A blank cell (None or an empty text) has the format of its column's texts; so has a number that no cell holds,
        beyond 1.8E+308, which is written as a text. Raises ValueError where the rows go beyond the sheet's last.
        """
        self._write_single_row(first)  # the row above is still in memory
        forms = _Forms(formats)
        at = first - 1
        for at, row in enumerate(rows, start=first):
            if at == self.xls_rowmax:
                raise ValueError(at)
            self.row_data_fh.write(forms.filled(at, row))
        if at >= first:
            self._check_dimensions(first, 0)
            self._check_dimensions(at, len(formats) - 1)
            self._write_single_row(at + 1)


class _Forms(dict[tuple[_Kind, ...], str]):
    """By the kinds of a row's cells: its XML with a place for each content."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._columns = [(xl_col_to_name(column), *both) for column, both in enumerate(formats)]

    def filled(self, at: int, row: Row) -> str:
        """A row as XML."""
        kinds: list[_Kind] = []
        contents: list[str | float] = []
        for value in row:
            if value is None or isinstance(value, str):
                text = value
            elif math.isfinite(number := float(value)):
                kinds.append("number")
                contents.append(number)
                continue
            else:
                text = str(value)
            kinds.append("text" if text else "blank")
            if text:
                contents.append(_text_element(text))
        return self[tuple(kinds)].replace(_NUMBER_OF_ROW, str(at + 1)) % tuple(contents)

    def __missing__(self, kinds: tuple[_Kind, ...]) -> str:
        cells = [self._cell(*column, kind) for column, kind in zip(self._columns, kinds, strict=True)]
        form = self[kinds] = f'<row r="{_NUMBER_OF_ROW}">{"".join(cells)}</row>'
        return form

    @staticmethod
    def _cell(name: str, text: Format, number: Format, kind: _Kind) -> str:
        # A format gets its number when it is first asked for it, so only those are asked that are used.
        form = number if kind == "number" else text
        cell = f'<c r="{name}{_NUMBER_OF_ROW}" s="{form._get_xf_index()}"'
        if kind == "blank":
            return f"{cell}/>"
        return f'{cell} t="inlineStr"><is>%s</is></c>' if kind == "text" else f"{cell}><v>%.16G</v></c>"


def _text_element(text: str) -> str:
    """A text as XML, with everything escaped that XML or Excel reads as something else."""
    return _short_element(text) if len(text) <= _SHORT else _element(text)


def _element(text: str) -> str:
    if len(text) > _LONGEST // 2:
        text = text.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore")
    if _UNUSUAL.search(text) is None:
        return f"<t>{text}</t>"
    text = _LIKE_AN_ESCAPE.sub("_x005F_", text)
    text = escape(_NOT_IN_XML.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text))
    return f'<t xml:space="preserve">{text}</t>' if _AT_AN_END.search(text) else f"<t>{text}</t>"


_short_element = lru_cache(_REMEMBERED)(_element)
