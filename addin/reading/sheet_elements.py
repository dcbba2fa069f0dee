"""Any sheet's XML, element by element, with expat."""

from __future__ import annotations

from addin.reading.cells import EMPTY_TEXT, CellMaker
from addin.reading.guarded_xml import MAIN, feed, guarded_parser
from addin.reading.refusal import FileMessage, Unreadable
from addin.reading.sheet_content import LAST_COLUMN, LAST_ROW, SheetContent, require_worksheet
from workbook_templates.grid import Cell

__all__ = ["read_elements"]

_ROW, _CELL, _VALUE, _FORMULA = (MAIN + name for name in ("row", "c", "v", "f"))
_INLINE, _TEXT, _RUN = (MAIN + name for name in ("is", "t", "r"))
_BATCH = 4096


def read_elements(xml: bytes, maker: CellMaker, content: SheetContent) -> None:
    """Fill ``content`` from the sheet; raises ExpatError where it is not well-formed."""
    handler = _Handler(maker, content)
    parser = guarded_parser()
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    feed(parser, xml)
    handler.flush()


class _Handler:
    """Follows the elements of a sheet; a cell is made when its element ends."""

    def __init__(self, maker: CellMaker, content: SheetContent) -> None:
        self._maker = maker
        self._content = content
        self._open: list[str] = []
        self._row = self._column = 0
        self._attributes: dict[str, str] = {}
        self._formula = False
        self._texts: list[str] | None = None
        self._listening = False
        self._positions: list[tuple[int, int]] = []
        self._cells: list[Cell] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        parent = self._open[-1] if self._open else ""
        self._open.append(tag)
        if tag == _CELL and parent == _ROW:
            self._start_cell(attributes)
        elif (tag == _VALUE and parent == _CELL) or (tag == _TEXT and parent in (_INLINE, _RUN)):
            self._listening = True
            if self._texts is None:
                self._texts = []
        elif tag == _FORMULA and parent == _CELL:
            self._formula = True
            self._content.add_formula(attributes)
        elif tag == _ROW:
            self._start_row(attributes)
        elif not parent:
            require_worksheet(tag)
        else:
            self._content.add_element(tag, attributes)

    def text(self, data: str) -> None:
        if self._listening and self._texts is not None:
            self._texts.append(data)

    def end(self, tag: str) -> None:
        self._open.pop()
        self._listening = False
        if tag == _CELL and self._open[-1] == _ROW:
            self._end_cell()

    def flush(self) -> None:
        self._content.add(self._positions, self._cells)
        self._positions, self._cells = [], []

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = _number(attributes.get("r"), self._row + 1, LAST_ROW)
        self._column = 0
        self._content.add_row(self._row, attributes)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        if address is None:  # it follows the one before
            self._column = _number(None, self._column + 1, LAST_COLUMN)
        else:
            self._row, self._column = self._content.positions[address]
        self._attributes = attributes
        self._formula = False
        self._texts = None

    def _end_cell(self) -> None:
        cell_type = self._maker.cell_type(self._attributes.get("t"), self._attributes.get("s"))
        text = None if self._texts is None else "".join(self._texts)
        cell = self._maker.make(cell_type, text, self._formula)
        if cell is not None:
            if cell is EMPTY_TEXT:
                self._content.empty_texts.append((self._row, self._column))
            self._positions.append((self._row, self._column))
            self._cells.append(cell)
            if len(self._cells) >= _BATCH:
                self.flush()


def _number(text: str | None, following: int, last: int) -> int:
    number = following if text is None else int(text) if text.isdecimal() else 0
    if not 1 <= number <= last:
        raise Unreadable(FileMessage.DAMAGED)
    return number
