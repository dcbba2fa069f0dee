"""The plain way in which nearly every program writes a sheet, read with one pattern.

Between ``<sheetData>`` and ``</sheetData>`` the matches must lie side by side without a gap. Then nothing is
there that the pattern does not know (no comment, CDATA, entity or prefix), a ``<`` always begins a tag, and the
matches are exactly the elements that a parser would report. Anything else is left to :mod:`sheet_elements`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from addin.reading.cells import EMPTY_TEXT, CellMaker, CellType
from addin.reading.guarded_xml import feed, guarded_parser
from addin.reading.sheet_content import Position, SheetContent, require_worksheet
from workbook_templates.grid import Cell, Kind

__all__ = ["NotPlain", "PlainTypes", "read_frame", "read_plain"]

_OPEN, _CLOSE, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_PIECE = 1 << 20
_OUT_OF_SIGHT = ('hidden="1"', 'hidden="true"', 'ht="0', 'ht=".')
"""What may hide a row; LibreOffice writes hidden="false" on each."""

_ATTRIBUTE = r' ([\w:]+)="([^"<>&]*)"'
_ATTRIBUTES = r'(?: [\w:]+="[^"<>&]*")*'
# No part reaches beyond the next "<", so that a search takes time in proportion to the text, whatever it is. What is
# only delimited here is checked later: addresses by Positions, the attributes of a cell by PlainTypes. A number is
# too short to overflow; exponents count as texts, "&" and line ends in a text are left to expat.
_TOKEN = re.compile(
    r'<c r="([^"<]*)"([^<>]*)>'
    rf"(?:<f({_ATTRIBUTES}) ?(?:/>|>[^<]*</f>))?"
    r"(?:<v>([0-9.-]{1,40})</v>"
    r'|(?:<v>|<is><t(?: xml:space="preserve")?>)([^<&\r]*)(?:</v>|</t></is>)'
    r"|<v ?/>)?</c>"
    rf'|(?:</row>|<row{_ATTRIBUTES} ?/?>|<c r="[A-Z]{{1,3}}[1-9][0-9]{{0,6}}"[^<>]*/>)+'
)
_GROUPS = 6  # the five of the pattern and the gap before each match, as re.split gives them
_ROW = re.compile(rf"<row({_ATTRIBUTES})")
_ALL_ATTRIBUTES = re.compile(rf"{_ATTRIBUTES} ?")
_EACH_ATTRIBUTE = re.compile(_ATTRIBUTE)

_TEXT_TYPES = ("str", "inlineStr")
_NO_VALUE = Cell(formula=True), Cell(formula=True, percent=True)


class NotPlain(Exception):  # noqa: N818 - not an error
    """The sheet is not written in the plain way; what was read of it does not count."""


class PlainType(NamedTuple):
    """How to make the cells with the same attributes."""

    number: bool
    """A number in no date format."""
    text: bool
    percent: bool
    ready: dict[str, Cell] | None
    """Finished cells without a formula, by what is in ``<v>``."""
    cell_type: CellType


class PlainTypes(dict[str, PlainType]):
    """How to make a cell from its attributes (after the address, as written): each spelling is parsed once."""

    def __init__(self, maker: CellMaker) -> None:
        super().__init__()
        self.maker = maker

    def __missing__(self, attributes: str) -> PlainType:
        if not _ALL_ATTRIBUTES.fullmatch(attributes):
            raise NotPlain
        named = dict(_EACH_ATTRIBUTE.findall(attributes))
        cell_type = self.maker.cell_type(named.get("t"), named.get("s"))
        type_, (percent, date) = cell_type
        ready: dict[str, Cell] | None = None
        if type_ == "n" and date:
            ready = self.maker.dated
        elif type_ == "s" and not percent:
            ready = self.maker.shared
        plain = PlainType(type_ == "n" and not date, type_ in _TEXT_TYPES, percent, ready, cell_type)
        self[attributes] = plain
        return plain


def read_plain(xml: bytes, plain_types: PlainTypes, content: SheetContent) -> None:
    """Fill ``content`` from the sheet, or raise :class:`NotPlain`."""
    start, end = xml.find(_OPEN), xml.rfind(_CLOSE)
    if start < 0 or end < 0:
        raise NotPlain
    start += len(_OPEN)
    read_frame(xml[:start] + xml[end:], content)
    for piece in _pieces(xml, start, end):
        try:
            _read_cells(piece, plain_types, content)
        except ValueError as error:  # from float()
            raise NotPlain from error
        if any(sign in piece for sign in _OUT_OF_SIGHT):
            _read_rows(piece, content)


def read_frame(frame: bytes, content: SheetContent) -> None:
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
    position_of, make = content.positions, plain_types.maker.make
    new, number_kind, text_kind = tuple.__new__, Kind.NUMBER, Kind.TEXT  # Cell(...) takes three times as long
    columns = (parts[group::_GROUPS] for group in range(1, _GROUPS))
    for address, attributes, formula, number, text in zip(*columns, strict=True):
        if address is None:
            continue
        is_number, is_text, percent, ready, cell_type = plain_types[attributes]
        cell: Cell | None
        if number is not None:
            if is_number:
                cell = new(Cell, (float(number), number_kind, formula is not None, percent, False, False))
            elif ready is not None and formula is None:
                cell = ready[number]
            else:
                cell = make(cell_type, number, formula is not None)
        elif text and is_text and "_x" not in text:
            cell = new(Cell, (text, text_kind, formula is not None, percent, False, False))
        elif text is not None:
            cell = make(cell_type, text, formula is not None)
        elif is_text:
            raise NotPlain  # no <v> and an empty one differ, and the pattern does not tell
        elif formula is None:
            continue
        else:
            cell = _NO_VALUE[percent]
        if cell is None:
            continue
        positions.append(position_of[address])
        cells.append(cell)
        if cell is EMPTY_TEXT:
            content.empty_texts.append(positions[-1])
        if formula and "ref=" in formula:
            content.add_formula(dict(_EACH_ATTRIBUTE.findall(formula)))
    content.add(positions, cells)


def _read_rows(rows: str, content: SheetContent) -> None:
    for row in _ROW.finditer(rows):
        attributes = dict(_EACH_ATTRIBUTE.findall(row[1]))
        if not attributes.get("r", "").isdecimal():
            raise NotPlain
        content.add_row(int(attributes["r"]), attributes)
