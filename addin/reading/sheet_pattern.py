"""The plain way in which nearly every program writes a sheet, read with one pattern.

Between ``<sheetData>`` and ``</sheetData>`` the matches must lie side by side without a gap. Then nothing is
there that the pattern does not know (no comment, CDATA, entity or prefix), a ``<`` always begins a tag, and the
matches are exactly the elements that a parser would report. Anything else is left to :mod:`sheet_elements`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from addin.reading.cells import CellMaker, CellType
from addin.reading.guarded_xml import feed, guarded_parser
from addin.reading.sheet_content import Position, SheetContent, require_worksheet
from workbook_templates.grid import Cell, Kind

__all__ = ["NotPlain", "PlainTypes", "read_plain"]

_OPEN, _CLOSE, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_PIECE = 1 << 20

_ATTRIBUTE = r' ([\w:]+)="([^"<>&]*)"'
_ATTRIBUTES = r'(?: [\w:]+="[^"<>&]*")*'
_ADDRESS = r"[A-Z]{1,3}[1-9][0-9]{0,6}"
# Every part ends at the next "<" or ">", so a search takes time in proportion to the text. The numbers are those
# that float() takes without overflow; longer ones are rare and left to expat, as are "&" and line ends in a text.
_TOKEN = re.compile(
    rf'(?:</row>|<row{_ATTRIBUTES} ?/?>|<c r="{_ADDRESS}"[^<>/]*/>)+'
    rf'|<c r="({_ADDRESS})"([^<>/]*)>'
    r"(?:<f([ /][^<>]*|)>(?:[^<]*</f>)?)?"
    r"(?:<v>(-?[0-9]{1,20}(?:\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?)</v>"
    r'|(?:<v>|<is><t(?: xml:space="preserve")?>)([^<&\r]*)(?:</v>|</t></is>)'
    r"|<v ?/>)?</c>"
)
_GROUPS = 6  # the five of the pattern and the gap before each match, as re.split gives them
_ROW = re.compile(rf"<row({_ATTRIBUTES})")
_ALL_ATTRIBUTES = re.compile(rf"{_ATTRIBUTES} ?")
_EACH_ATTRIBUTE = re.compile(_ATTRIBUTE)

_NUMBER, _SHARED, _TEXT, _OTHER = range(4)
_TEXT_TYPES = ("str", "inlineStr")


class NotPlain(Exception):  # noqa: N818 - not an error
    """The sheet is not written in the plain way; what was read of it does not count."""


class PlainTypes(dict[str, tuple[int, bool, CellType]]):
    """How to make a cell from its attributes (after the address, as written): each spelling is parsed once."""

    def __init__(self, maker: CellMaker) -> None:
        super().__init__()
        self.maker = maker

    def __missing__(self, attributes: str) -> tuple[int, bool, CellType]:
        if not _ALL_ATTRIBUTES.fullmatch(attributes):
            raise NotPlain
        named = dict(_EACH_ATTRIBUTE.findall(attributes))
        cell_type = self.maker.cell_type(named.get("t"), named.get("s"))
        type_, (percent, date) = cell_type
        if type_ == "n" and not date:
            way = _NUMBER
        elif type_ == "s" and not percent:
            way = _SHARED
        else:
            way = _TEXT if type_ in _TEXT_TYPES else _OTHER
        plain = self[attributes] = way, percent, cell_type
        return plain


def read_plain(xml: bytes, plain_types: PlainTypes, content: SheetContent) -> None:
    """Fill ``content`` from the sheet, or raise :class:`NotPlain`."""
    start, end = xml.find(_OPEN), xml.rfind(_CLOSE)
    if start < 0 or end < 0:
        raise NotPlain
    start += len(_OPEN)
    _read_frame(xml[:start] + xml[end:], content)
    for piece in _pieces(xml, start, end):
        _read_cells(piece, plain_types, content)
        if 'hidden="' in piece:
            _read_rows(piece, content)


def _read_frame(frame: bytes, content: SheetContent) -> None:
    """Everything around the rows, as a document with an empty ``<sheetData>``."""
    if b"<!" in frame or frame.count(b"<?") > 1:
        raise NotPlain  # "<sheetData>" might be something else inside
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        if depth:
            content.add_element(tag, attributes)
        else:
            require_worksheet(tag)
        depth += 1

    parser = guarded_parser()
    parser.StartElementHandler = start
    try:
        feed(parser, frame)
    except expat.ExpatError as error:
        raise NotPlain from error
    if content.data_elements != 1:
        raise NotPlain


def _pieces(xml: bytes, start: int, end: int) -> Iterator[str]:
    """The rows, some at a time: the matches of a large sheet would take much memory all at once."""
    while start < end:
        cut = end
        if end - start > _PIECE:
            cut = xml.rfind(_ROW_END, start, start + _PIECE) + len(_ROW_END)
            if cut <= start:
                raise NotPlain
        try:
            yield xml[start:cut].decode()
        except UnicodeDecodeError as error:
            raise NotPlain from error
        start = cut


def _read_cells(rows: str, plain_types: PlainTypes, content: SheetContent) -> None:
    parts = _TOKEN.split(rows)
    if any(parts[::_GROUPS]):
        raise NotPlain
    positions: list[Position] = []
    cells: list[Cell] = []
    position_of = content.positions
    make, shared = plain_types.maker.make, plain_types.maker.shared
    new, number_kind, text_kind = tuple.__new__, Kind.NUMBER, Kind.TEXT
    columns = (parts[group::_GROUPS] for group in range(1, _GROUPS))
    for address, attributes, formula, number, text in zip(*columns, strict=True):
        if address is None:
            continue
        way, percent, cell_type = plain_types[attributes]
        cell: Cell | None
        if number is not None:
            if way == _NUMBER:
                cell = new(Cell, (float(number), number_kind, formula is not None, percent, False, False))
            elif way == _SHARED and formula is None:
                cell = shared[number]
            else:
                cell = make(cell_type, number, formula is not None)
        elif way == _TEXT and text and "_x" not in text:
            cell = new(Cell, (text, text_kind, formula is not None, percent, False, False))
        elif way == _TEXT and text is None and formula is not None:
            raise NotPlain  # no <v> and an empty one differ, and the pattern does not tell
        else:
            cell = make(cell_type, text, formula is not None)
        if cell is not None:
            positions.append(position_of[address])
            cells.append(cell)
        if formula and "ref=" in formula:
            content.add_formula(dict(_EACH_ATTRIBUTE.findall(formula)))
    content.add(positions, cells)


def _read_rows(rows: str, content: SheetContent) -> None:
    for row in _ROW.finditer(rows):
        attributes = dict(_EACH_ATTRIBUTE.findall(row[1]))
        if not attributes.get("r", "").isdecimal():
            raise NotPlain
        content.add_row(int(attributes["r"]), attributes)
