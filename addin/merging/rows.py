"""Rows of a sheet written as XML, by a form for each kind of row.

A national ranking has millions of cells; asked for each of them, XlsxWriter takes longer than everything else that the
main process does with a workbook. The sheet around the rows is XlsxWriter's, and the rows are just as it writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

__all__ = ["Content", "Formats", "Row", "RowSheet"]

Content = str | int | Decimal | None
Row = Sequence[Content]
Formats = Sequence[tuple[Format, Format]]
"""For each column the format of its texts and that of its numbers."""

_LONGEST = 32_767
"""Signs that a cell holds, in UTF-16."""
_UNUSUAL = re.compile(r"[&<>_\x00-\x20\x7f-\xa0\u1680\u2000-\u3000\ufffe\uffff]")
"""What may have to be written otherwise: most texts have none of these."""
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_AT_AN_END = re.compile(r"^\s|\s$")
_NUMBER_OF_ROW = "#"


class RowSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A sheet of a workbook in constant memory that takes whole rows below what was written cell by cell."""

    def write_rows(self, first: int, rows: Iterable[Row], formats: Formats) -> None:
        """Write rows from row ``first`` on (from 0), each as wide as ``formats``. A blank cell (None or an empty text)
        has the format of its column's texts.
        """
        self._write_single_row(first)  # the row above is still in memory
        forms = _Forms(formats)
        at = first - 1
        for at, row in enumerate(rows, start=first):
            self.row_data_fh.write(forms.filled(at, row))
        self._check_dimensions(at, len(formats) - 1)


class _Forms(dict[tuple[bool | None, ...], str]):
    """By which of a row's cells are texts, which are numbers (False) and which blank (None): its XML with a place for
    each content.
    """

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._columns = [
            (xl_col_to_name(column), text._get_xf_index(), number._get_xf_index())
            for column, (text, number) in enumerate(formats)
        ]

    def filled(self, at: int, row: Row) -> str:
        """A row as XML."""
        kinds: list[bool | None] = []
        contents: list[Content] = []
        for value in row:
            if isinstance(value, str):
                kinds.append(True if value else None)
                if value:
                    contents.append(_text(value))
            elif value is None:
                kinds.append(None)
            else:
                kinds.append(False)
                contents.append(value)
        return self[tuple(kinds)].replace(_NUMBER_OF_ROW, str(at + 1)) % tuple(contents)

    def __missing__(self, kinds: tuple[bool | None, ...]) -> str:
        cells = [self._cell(column, is_text) for column, is_text in zip(self._columns, kinds, strict=True)]
        form = self[kinds] = f'<row r="{_NUMBER_OF_ROW}">{"".join(cells)}</row>'
        return form

    @staticmethod
    def _cell(column: tuple[str, int, int], is_text: bool | None) -> str:
        name, text, number = column
        address = f'<c r="{name}{_NUMBER_OF_ROW}" s="'
        if is_text is None:
            return f'{address}{text}"/>'
        if is_text:
            return f'{address}{text}" t="inlineStr"><is><t%s</t></is></c>'
        return f'{address}{number}"><v>%.16G</v></c>'


@lru_cache(10_000)
def _text(text: str) -> str:
    """The end of the opening tag, and the text with everything that XML or Excel reads as something else escaped."""
    if len(text) > _LONGEST // 2:
        text = text.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore")
    if _UNUSUAL.search(text) is None:
        return f">{text}"
    text = _LIKE_AN_ESCAPE.sub("_x005F_", text)
    text = _NOT_IN_XML.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f' xml:space="preserve">{text}' if _AT_AN_END.search(text) else f">{text}"
