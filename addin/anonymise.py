"""A copy of a workbook for those who help: what matters to the calculation, and no person in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.worksheet.formula import ArrayFormula

from addin.loading import load_safely
from addin.parsing.table import HEADER_SEARCH
from addin.parsing.values import plain_text
from addin.stripping import cells_of, cut_off, impersonal
from calc.scheme import Scheme, load_scheme, shipped
from workbook_templates.grid import Cell, Grid, Kind
from workbook_templates.layout import EVENT_FIELDS, RULING_FIELDS, SHEET, SIGNATURES, person_columns
from workbook_templates.page import set_text

__all__ = ["HIDDEN", "anonymised"]

HIDDEN = "（已隐去）"
_NAME = "员工{n:03}"
_ID = "X{n:04}"
_SHORTEST_ID, _SHORTEST_NAME = 4, 2
"""Shorter ones are replaced where they are all that a cell says, not within a longer text."""

Place = tuple[str, int, int]


def anonymised(content: bytes, grids: Mapping[str, Grid], scheme: Scheme | None) -> Workbook:
    """The workbook of these bytes, which reads as ``grids``, with other ids and names wherever they stand.

    ``scheme``: by which to tell the columns with ids and names; where it is not known, all shipped ones.
    Remarks, reasons, signatures, notes, pictures and a seal are taken out whole. Formulas become the values that they
    had, as a formula may name anybody's folder; those without a value stay.
    """
    labels = _labels(scheme)
    found = {kind: dict(_below(grids, names)) for kind, names in labels._asdict().items() if kind != "signatures"}
    ids = _aliases_of_ids([_text(cell) for cell in found["ids"].values()])
    names = dict.fromkeys(text for cell in found["names"].values() if re.search(r"\w", text := _text(cell)))
    hidden = {*found["remarks"], *_signatures(grids, labels.signatures)}
    aliases = ids | {name: _NAME.format(n=n) for n, name in enumerate(names, start=1)}
    inside = [text for text in aliases if len(text) >= (_SHORTEST_ID if text in ids else _SHORTEST_NAME)]
    substitute = _substitution(aliases, inside)
    remarks = {text: HIDDEN for sheet, *at in hidden if (text := _text(grids[sheet].at(*at)))}
    quoting = _substitution(aliases | remarks, [*inside, *remarks])
    book = load_safely(content) or _values(grids)
    for name in {SHEET.seal, SHEET.charts}.intersection(book.sheetnames):
        del book[name]
    impersonal(book)
    for sheet in book.worksheets:
        grid = grids.get(sheet.title, Grid(sheet.title))
        say = quoting if sheet.title == SHEET.trace else substitute  # 核算 quotes the rulings
        for cell in cells_of(sheet):
            place = (sheet.title, cell.row, cell.column)
            _without_formula(cell, grid.at(cell.row, cell.column))
            _hide(cell, say, place in hidden, place in found["ids"])
    cut_off(book)
    return book


class _Labels(NamedTuple):
    """The headers over ids, names and remarks, and what stands left of a signature on 设置."""

    ids: Collection[str]
    names: Collection[str]
    remarks: Collection[str]
    signatures: Collection[str]


def _labels(scheme: Scheme | None) -> _Labels:
    schemes = [load_scheme(name).scheme for name in shipped()] if scheme is None else [scheme]
    people = [person_columns(each) for each in schemes]
    ids, names = (
        frozenset(plain_text(name) for column in columns for name in (column.id, column.label, *column.aliases))
        for columns in zip(*people, strict=True)
    )
    remarks = frozenset(column.label for column in (*EVENT_FIELDS, *RULING_FIELDS) if column.remark)
    return _Labels(ids, names, remarks, frozenset(label for _, label in SIGNATURES))


def _below(grids: Mapping[str, Grid], labels: Collection[str]) -> Iterator[tuple[Place, Cell]]:
    """The filled cells below a header of these labels, on every sheet."""
    for grid in (grid for name, grid in grids.items() if name != SHEET.scheme):  # its ids are those of columns
        headers = {
            column: row
            for (row, column), cell in sorted(grid.cells.items(), reverse=True)
            if row <= HEADER_SEARCH and cell.kind is Kind.TEXT and plain_text(str(cell.value)) in labels
        }
        for (row, column), cell in sorted(grid.cells.items()):
            if row > headers.get(column, grid.last_row) and _text(cell):
                yield (grid.name, row, column), cell


def _signatures(grids: Mapping[str, Grid], labels: Collection[str]) -> Iterator[Place]:
    """The cells right of 填表人 and its like."""
    for (row, column), cell in grids.get(SHEET.settings, Grid("")).cells.items():
        if cell.kind is Kind.TEXT and plain_text(str(cell.value)) in labels:
            yield SHEET.settings, row, column + 1


def _text(cell: Cell) -> str:
    return f"{cell.value:.15g}" if isinstance(cell.value, float) else plain_text(str(cell.value or ""))


def _aliases_of_ids(ids: list[str]) -> dict[str, str]:
    """For each number another of the same length, with as many zeros before it: 007 and 7 stay as alike as before."""
    numbers: dict[str, str] = {}
    used: dict[int, int] = {}
    aliases: dict[str, str] = {}
    for text in dict.fromkeys(ids):
        core = text.lstrip("0")
        if core.isascii() and core.isdigit():
            if core not in numbers:
                numbers[core] = str(10 ** (len(core) - 1) + used.get(len(core), 0))
                used[len(core)] = used.get(len(core), 0) + 1
            aliases[text] = "0" * (len(text) - len(core)) + numbers[core]
        elif re.search(r"\w", core):
            aliases[text] = _ID.format(n=len(aliases) + 1)
    return aliases


def _substitution(aliases: Mapping[str, str], inside: list[str]) -> Callable[[str], str]:
    """What puts aliases into a text: for the whole of it, else for those of ``inside`` that stand in it."""
    longest_first = sorted(inside, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def substitute(text: str) -> str:
        whole = plain_text(text)
        if whole in aliases:
            return text.replace(whole, aliases[whole]) if whole in text else aliases[whole]
        return pattern.sub(lambda found: aliases[found[0]], text)

    return substitute


def _without_formula(cell: SheetCell, read: Cell) -> None:
    if (cell.data_type == "f" or isinstance(cell.value, ArrayFormula)) and read.value is not None:
        keep = cell.number_format
        cell.value = read.value
        cell.number_format = keep


def _hide(cell: SheetCell, substitute: Callable[[str], str], remark: bool, identity: bool) -> None:
    """Replace what a cell says of persons."""
    if cell.value is None or cell.data_type == "f":
        return
    if remark:
        cell.value = HIDDEN
    elif isinstance(cell.value, str):
        set_text(cell, substitute(cell.value))
    elif identity and isinstance(cell.value, int | float):
        cell.value = float(substitute(f"{cell.value:.15g}"))


def _values(grids: Mapping[str, Grid]) -> Workbook:
    """A plain workbook with what the grids show."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, grid in grids.items():
        sheet = book.create_sheet(name)
        for (row, column), cell in grid.cells.items():
            if isinstance(cell.value, str):
                set_text(sheet.cell(row, column), cell.value)
            else:
                sheet.cell(row, column).value = cell.value
    return book
