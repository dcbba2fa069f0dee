"""A sealed workbook that is just as it was sealed: known in a fraction of the time that it takes to compare its cells.

From the cells one writes the record anew; where that gives the sealed text, sign by sign, every cell is as it was
sealed, and the text is as the record writes it. Whoever gets None here knows nothing yet: :mod:`addin.sealing.verify`
then compares cell by cell and says what is wrong, if anything is.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from unicodedata import is_normalized

from addin.reading.as_written import NotPlain, cell_as_written, cells_as_written
from addin.reading.book import Book
from addin.reading.cells import CellMaker
from addin.reading.limits import LIMITS
from addin.reading.number_format import NumberFormat
from addin.reading.refusal import Unreadable
from addin.reading.sheet_content import Position, Positions
from addin.sealing.meaning import cell_of_meaning, meaning
from addin.sealing.record import UNSAFE, Record, digest_of, json_text
from addin.sealing.seal_sheet import Seal, guide_block, read_seal_sheet, seal_grid
from addin.sealing.text_sheet import TextSheet, text_sheet
from workbook_templates.grid import Cell, Grid, Kind
from workbook_templates.layout import SHEET

__all__ = ["Untouched", "untouched"]

_KINDS = {"worksheet", "styles", "theme"}
"""What a sealed workbook consists of."""
_SHEETS = ',"sheets":{'
"""What ends a record's particulars; within a text of JSON the quotes would be escaped."""
_POSITIONS = Positions()
_PLAIN = re.compile(rf' s="[0-9]{{1,6}}" t="inlineStr"><is><t>([^<>&"\\_{UNSAFE}]+)</t></is></c>')
"""A text in which neither XML nor the record has anything to escape."""
_REMEMBERED, _SHORT = 50_000, 100


@dataclass(frozen=True, slots=True)
class Untouched:
    """A seal, whose record is without its sheets, and the sheets as they were sealed."""

    seal: Seal
    grids: dict[str, Grid]
    """In the order of the tabs."""
    texts: dict[str, TextSheet]
    """What those say that are empty among the grids: 核算, as a rule."""


Word = tuple[str, Cell]
"""A cell's meaning as the record writes it, and the cell that has this meaning."""


class _Words(dict[str, Word | None]):
    """By how a cell is written."""

    def __init__(self, maker: CellMaker) -> None:
        super().__init__()
        self.maker = maker

    def __missing__(self, how: str) -> Word | None:
        found = self._word(how)
        if len(how) <= _SHORT:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[how] = found
        return found

    def _word(self, how: str) -> Word | None:
        plain = _PLAIN.fullmatch(how)
        if plain is not None and is_normalized("NFC", plain[1]):
            return f'"text {plain[1]}"', Cell(plain[1], Kind.TEXT)
        cell = cell_as_written(how, self.maker)
        word = "" if cell is None else meaning(cell)
        return (json_text(word), cell_of_meaning(word)) if word else None


class _SealCells(dict[str, Cell | None]):
    """The cells of sheet 定稿, which the record does not hold: large, and never the same."""

    def __init__(self, maker: CellMaker) -> None:
        super().__init__()
        self._maker = maker

    def __missing__(self, how: str) -> Cell | None:
        return cell_as_written(how, self._maker)


@lru_cache(8)
def _words(formats: tuple[NumberFormat, ...], date1904: bool) -> _Words:
    """The workbooks of a contest have the same styles, and most of their cells in common."""
    return _Words(CellMaker((), formats, date1904))


class _CellSheet(NamedTuple):
    words: list[str]
    """The filled cells as the record has them: ``"A5":"text 差错率"``."""
    cells: dict[Position, Cell]

    @property
    def size(self) -> int:
        """How many cells are filled."""
        return len(self.cells)

    @property
    def record(self) -> str:
        """The sheet as the record has it."""
        return ",".join(self.words)


_Sheet = _CellSheet | TextSheet


def untouched(data: bytes) -> Untouched | None:
    """The seal and the sheets of a workbook that is as it was sealed; None where that is not so, or not sure."""
    try:
        book = Book(data, LIMITS)
        if not book.sheets or book.sheets[-1].name != SHEET.seal or not book.kinds <= _KINDS:
            return None
        return _whole(*_read(book))
    except (NotPlain, Unreadable, ValueError):  # of these are what pydantic and codecs raise
        return None


def _read(book: Book) -> tuple[Grid, dict[str, _Sheet]]:
    """Sheet 定稿, and the others."""
    known = _words(book.formats(), book.date1904)
    if len(_POSITIONS) > _REMEMBERED:
        _POSITIONS.clear()
    room = LIMITS.cells
    seal = Grid(SHEET.seal)
    sheets: dict[str, _Sheet] = {}
    for entry, xml in book.worksheets():
        if entry.hidden:
            raise NotPlain
        if entry.name == SHEET.seal:
            seal = _seal_sheet(xml, known.maker)
            continue
        sheet = sheets[entry.name] = _sheet(entry.name, xml, known)
        room -= sheet.size
        if room < 0:
            raise NotPlain
    return seal, sheets


def _seal_sheet(xml: bytes, maker: CellMaker) -> Grid:
    cells = list(cells_as_written(xml, _SealCells(maker)))
    grid = Grid(SHEET.seal, {_POSITIONS[address]: cell for address, cell in cells})
    if len(grid.cells) != len(cells):
        raise NotPlain
    return grid


def _sheet(name: str, xml: bytes, known: _Words) -> _Sheet:
    if name == SHEET.trace:
        with suppress(NotPlain):
            return text_sheet(xml)
    words: list[str] = []
    cells: dict[Position, Cell] = {}
    for address, (word, cell) in cells_as_written(xml, known):
        words.append(f'"{address}":{word}')
        cells[_POSITIONS[address]] = cell
    if len(cells) != len(words):
        raise NotPlain
    return _CellSheet(words, cells)


def _whole(there: Grid, sheets: dict[str, _Sheet]) -> Untouched | None:
    text, signature = (read := read_seal_sheet(there)).text, read.signature
    particulars, mark, _ = text.partition(_SHEETS)
    bare = f"{particulars}{_SHEETS}}}}}"
    record = Record.model_validate_json(bare)
    seal = Seal(record, text, digest_of(text), signature)
    if not mark or record.text() != bare or there.cells != seal_grid(seal).cells:
        return None
    if isinstance(guide := sheets.get(SHEET.guide), _CellSheet):
        above = _without_block(guide, seal)
        if above is None:
            return None
        sheets = {**sheets, SHEET.guide: above}
    again = ",".join(f"{json_text(name)}:{{{sheet.record}}}" for name, sheet in sheets.items())
    if f"{particulars}{_SHEETS}{again}}}}}" != text:
        return None
    grids = {name: Grid(name, sheet.cells if isinstance(sheet, _CellSheet) else {}) for name, sheet in sheets.items()}
    return Untouched(seal, grids, {name: sheet for name, sheet in sheets.items() if isinstance(sheet, TextSheet)})


def _without_block(guide: _CellSheet, seal: Seal) -> _CellSheet | None:
    """说明 without the block on the seal, its last lines; None where the block is another."""
    end = Grid(SHEET.guide, guide.cells).last_row - 1 - len(guide_block(seal, 0))
    block = [f'"{address}":{json_text(text)}' for address, text in guide_block(seal, end).items()]
    above = {at: cell for at, cell in guide.cells.items() if at[0] <= end}
    if guide.words[len(above) :] != block or Grid(SHEET.guide, above).last_row != end:
        return None
    return _CellSheet(guide.words[: len(above)], above)
