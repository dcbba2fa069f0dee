"""What one sheet says, as both ways of reading it fill it in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from addin.reading.guarded_xml import MAIN, truthy
from addin.reading.refusal import FileMessage, Unreadable
from workbook_templates.grid import Cell

__all__ = ["LAST_COLUMN", "LAST_ROW", "Area", "Position", "Positions", "SheetContent", "require_worksheet"]

Position = tuple[int, int]

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_WORKSHEET, _SHEET_DATA = MAIN + "worksheet", MAIN + "sheetData"
_COLUMN, _MERGE, _LINK, _OBJECT = (MAIN + name for name in ("col", "mergeCell", "hyperlink", "oleObject"))
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NOTHING = re.compile(r"0+\.?0*|\.0+")
_AREA_FORMULAS = ("array", "dataTable")


class Area(NamedTuple):
    """A range such as A1:C7; the last row and column belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> int:
        """How many cells it has."""
        return max(0, self.bottom - self.top + 1) * max(0, self.right - self.left + 1)


class Positions(dict[str, Position]):
    """Row and column by address, each parsed once."""

    def __missing__(self, address: str) -> Position:
        match = _ADDRESS.fullmatch(address)
        if match is None:
            raise Unreadable(FileMessage.DAMAGED)
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        row = int(match[2])
        if row > LAST_ROW or column > LAST_COLUMN:
            raise Unreadable(FileMessage.DAMAGED)
        position = self[address] = row, column
        return position

    def area(self, reference: str) -> Area:
        """The area of ``A1:C7`` or of a single address."""
        first, _, last = reference.partition(":")
        top, left = self[first]
        bottom, right = self[last or first]
        return Area(top, left, bottom, right)


@dataclass(slots=True)
class SheetContent:
    """The cells, and apart from them what is yet to be marked on them: whole rows, columns and areas."""

    positions: Positions
    room: int
    """How many more cells the workbook may have."""
    cells: dict[Position, Cell] = field(default_factory=dict)
    empty_texts: list[Position] = field(default_factory=list)
    """Cells with an empty text and no formula of their own."""
    formula_areas: list[Area] = field(default_factory=list)
    """Array formulas and data tables: in the file only their first cell has a formula."""
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    embedded: bool = False
    """The sheet has an embedded object."""
    spread: int = 0
    """How many cells its merged areas and its links have together."""
    data_elements: int = 0
    """How many ``<sheetData>`` there are; one is right."""

    def add(self, positions: list[Position], cells: list[Cell]) -> None:
        """Add cells in the file's order; one position twice is damage: programs differ in which one they show."""
        before = len(self.cells)
        self.cells.update(zip(positions, cells, strict=True))
        if len(self.cells) != before + len(cells):
            raise Unreadable(FileMessage.DAMAGED)
        if len(self.cells) > self.room:
            raise Unreadable(FileMessage.TOO_MANY_CELLS)

    def add_formula(self, attributes: Mapping[str, str]) -> None:
        """Note the area of a formula that fills more cells than its own."""
        if attributes.get("t") in _AREA_FORMULAS and "ref" in attributes:
            self.formula_areas.append(self.positions.area(attributes["ref"]))

    def add_row(self, row: int, attributes: Mapping[str, str]) -> None:
        """Note a hidden row, and one without height: nobody sees it either."""
        if truthy(attributes, "hidden") or _is_nothing(attributes.get("ht")):
            self.hidden_rows.add(row)

    def add_element(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note an element around the cells."""
        if tag == _MERGE:
            self.merged.append(self.positions.area(attributes.get("ref", "")))
            self.spread += self.merged[-1].size
            if len(self.merged) > self.room:
                raise Unreadable(FileMessage.TOO_MANY_CELLS)
        elif tag == _COLUMN:
            if truthy(attributes, "hidden") or _is_nothing(attributes.get("width")):
                self._hide_columns(attributes.get("min", ""), attributes.get("max", ""))
        elif tag == _LINK:
            self.spread += self.positions.area(attributes.get("ref", "")).size
        elif tag == _OBJECT:
            self.embedded = True
        elif tag == _SHEET_DATA:
            self.data_elements += 1

    def _hide_columns(self, first: str, last: str) -> None:
        if not (first.isdecimal() and last.isdecimal() and 1 <= int(first) <= int(last) <= LAST_COLUMN):
            raise Unreadable(FileMessage.DAMAGED)
        columns = range(int(first), int(last) + 1)
        if not self.hidden_columns.isdisjoint(columns):  # so that the ranges together are bounded
            raise Unreadable(FileMessage.DAMAGED)
        self.hidden_columns.update(columns)


def _is_nothing(size: str | None) -> bool:
    return size is not None and _NOTHING.fullmatch(size) is not None


def require_worksheet(tag: str) -> None:
    """The root of a sheet's part; a chart or dialogue sheet under a worksheet's relationship is damage."""
    if tag != _WORKSHEET:
        raise Unreadable(FileMessage.DAMAGED)
