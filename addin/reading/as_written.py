"""The cells of a sheet that StarScore wrote itself and no other program since: taken apart, not searched.

A text is in the cell, not in a shared table, and nothing but rows and cells stands in ``<sheetData>``. Every sign there
belongs to a row's beginning, an address or the rest of a cell, and each of these has one of few forms; so nothing is
there that is not given back. Anything else is not as written, which says nothing against it: others read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from addin.reading.cells import CellMaker
from addin.reading.limits import LIMITS
from addin.reading.refusal import Unreadable
from addin.reading.sheet_content import Positions, SheetContent
from addin.reading.sheet_pattern import NotPlain, read_frame
from workbook_templates.grid import Cell

__all__ = ["NotPlain", "cell_as_written", "cells_as_written", "rows_as_written"]

Made = TypeVar("Made")

_OPEN, _CLOSE, _ROW_END = b"<sheetData>", b"</sheetData>", "</row>"
_CELL_START, _ONE_MORE_ROW = '<c r="', '<row r="1">'
_AREA = rb'"[A-Z]{1,2}[1-9][0-9]{0,5}:[A-Z]{1,2}[1-9][0-9]{0,5}"'
_OF_THE_SIZE = re.compile(
    rb'<dimension ref=%b ?/>|<mergeCells count="[0-9]{1,4}">(?:<mergeCell ref=%b ?/>){0,1000}+</mergeCells>'
    % (_AREA, _AREA)
)
"""What stands around the rows and differs with their number: without it the sheets of a contest have few frames."""
_IN_ITS_PLACE, _ONCE_EACH = b"<mergeCells/>", 2
"""An element for an element: where none may stand, the frame is as wrong as it was."""
_ROW = re.compile(r'<row r="[1-9][0-9]{0,6}"(?: (?!hidden|ht="[0.])[\w:]+="[^"<>&]*")* ?')
_EMPTY_ROWS = re.compile(rf"(?:{_ROW.pattern}/>)*+")
_CELL = re.compile(
    r'(?: s="([0-9]{1,6})")?(?: t="(n|inlineStr)")? ?'
    r"(?:/>|>(?:<v>([0-9.eE+-]{1,40})</v>|<v ?/>"
    r'|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_ENTITY = re.compile("&(?:(lt|gt|amp|quot|apos);)?")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_REMEMBERED = 20_000
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""None of these is printable."""


def cells_as_written(xml: bytes, made: Mapping[str, Made | None]) -> Iterator[tuple[str, Made]]:
    """Address of each filled cell, and what ``made`` has for the rest of it; raises NotPlain.

    What ``made`` has comes of :func:`cell_as_written`, None for a cell that is only styled.
    """
    for cell in _cells(rows_as_written(xml)):
        address, _, how = cell.partition('"')
        if (there := made[how]) is not None:
            yield address, there


def rows_as_written(xml: bytes) -> str:
    """What stands in ``<sheetData>``; raises NotPlain where something is hidden, or wrong around the rows."""
    start, end = xml.find(_OPEN), xml.rfind(_CLOSE)
    if start < 0 or end < 0:
        raise NotPlain
    start += len(_OPEN)
    _require_frame(_OF_THE_SIZE.sub(_IN_ITS_PLACE, xml[:start] + xml[end:], _ONCE_EACH))
    try:
        return xml[start:end].decode()
    except UnicodeDecodeError as error:
        raise NotPlain from error


def _cells(rows: str) -> list[str]:
    """The cells of all rows, each from its address on."""
    *closed, after = rows.split(_ROW_END)
    _, *cells = "".join([_inside(row) for row in closed]).split(_CELL_START)
    if after and _inside(f"{after}{_ONE_MORE_ROW}"):
        raise NotPlain
    return cells


def _inside(row: str) -> str:
    """What stands in a row, which may have rows without cells before it."""
    head, _, rest = row.partition(">")
    if head.endswith("/"):
        head, _, rest = row[_EMPTY_ROWS.match(row).end() :].partition(">")  # type: ignore[union-attr]  # always matches
    _require_row(head)
    if rest and not rest.startswith(_CELL_START):
        raise NotPlain
    return rest


@lru_cache(1000)
def _require_frame(frame: bytes) -> None:
    """Nothing is hidden, and nothing wrong around the rows. The workbooks of a contest have few different frames."""
    content = SheetContent(Positions(), LIMITS.cells)
    try:
        read_frame(frame, content)
    except Unreadable as error:
        raise NotPlain from error
    if content.hidden_columns:
        raise NotPlain


@lru_cache(_REMEMBERED)
def _require_row(head: str) -> None:
    if not _ROW.fullmatch(head):
        raise NotPlain


def cell_as_written(how: str, maker: CellMaker) -> Cell | None:
    """The cell of what stands behind an address; None for one that is only styled. Raises NotPlain."""
    found = _CELL.fullmatch(how)
    if found is None:
        raise NotPlain
    style, kind, number, text = found.groups()
    if (number is not None and kind == "inlineStr") or (text is not None and kind != "inlineStr"):
        raise NotPlain
    if text is not None and (">" in text or (not text.isprintable() and _NOT_IN_XML.search(text))):
        raise NotPlain
    content = number if text is None else _ENTITY.sub(_meant, text) if "&" in text else text
    cell = maker.make(maker.cell_type(kind, style), content, formula=False)
    return None if cell is None or cell.value == "" else cell


def _meant(entity: re.Match[str]) -> str:
    if entity[1] is None:
        raise NotPlain
    return _ENTITIES[entity[1]]
