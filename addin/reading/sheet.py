"""The cells of one sheet, with their flags."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from operator import itemgetter
from xml.parsers import expat

from addin.reading.cells import CellMaker
from addin.reading.refusal import FileMessage, Unreadable
from addin.reading.sheet_content import Area, Position, Positions, SheetContent
from addin.reading.sheet_elements import read_elements
from addin.reading.sheet_pattern import NotPlain, PlainTypes, read_plain
from workbook_templates.grid import BLANK, Cell, Kind

__all__ = ["SheetReader"]

_POSITIONS = Positions()  # of every workbook: they share most of their addresses
_MOST_REMEMBERED = 50_000


class SheetReader:
    """Reads the sheets of one workbook; ``most_cells`` counts those of all sheets."""

    def __init__(self, maker: CellMaker, most_cells: int) -> None:
        self._maker = maker
        self._plain_types = PlainTypes(maker)
        self._room = most_cells
        self.embedded = False
        """Some sheet has an embedded object."""
        self.spread = 0
        """How many blank cells of all sheets are merged, linked or only styled, about."""

    def read(self, name: str, xml: bytes) -> dict[Position, Cell]:
        """The cells of the sheet by position."""
        try:
            content = self._content(xml)
            _set_flags(content)
        except expat.ExpatError as error:
            raise Unreadable(FileMessage.DAMAGED_SHEET, name) from error
        except Unreadable as error:
            if error.why is FileMessage.DAMAGED:
                raise Unreadable(FileMessage.DAMAGED_SHEET, name) from error
            raise
        self._room -= len(content.cells)
        self.embedded |= content.embedded
        self.spread += content.spread + xml.count(b"<c ") + xml.count(b":c ") - len(content.cells)
        if len(_POSITIONS) > _MOST_REMEMBERED:
            _POSITIONS.clear()
        return content.cells

    def _content(self, xml: bytes) -> SheetContent:
        content = SheetContent(_POSITIONS, self._room)
        try:
            read_plain(xml, self._plain_types, content)
        except NotPlain:
            content = SheetContent(_POSITIONS, self._room)
            read_elements(xml, self._maker, content)
        return content


def _set_flags(content: SheetContent) -> None:
    cells = content.cells
    if cells and (content.formula_areas or content.merged):
        filled = Area(1, 1, max(cells)[0], max(map(itemgetter(1), cells)))
        for at in _positions(content.formula_areas, filled, content.room):
            cells[at] = cells.get(at, BLANK)._replace(formula=True)
        for at in _positions(content.merged, filled, content.room):
            cells[at] = cells.get(at, BLANK)._replace(merged=True)
    for at in content.empty_texts:
        if cells[at].merged:
            cells[at] = cells[at]._replace(value=None, kind=Kind.BLANK)
        elif not cells[at].formula:
            del cells[at]
    rows, columns = content.hidden_rows, content.hidden_columns
    if rows or columns:
        for at, cell in cells.items():
            if at[0] in rows or at[1] in columns:
                cells[at] = cell._replace(hidden=True)


def _positions(areas: list[Area], filled: Area, room: int) -> Iterator[Position]:
    """The positions of the areas, as far as the sheet is filled: a merge over whole columns has a million."""
    for area in areas:
        rows = range(area.top, min(area.bottom, filled.bottom) + 1)
        columns = range(area.left, min(area.right, filled.right) + 1)
        room -= len(rows) * len(columns)
        if room < 0:
            raise Unreadable(FileMessage.TOO_MANY_CELLS)
        yield from product(rows, columns)
