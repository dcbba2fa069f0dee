"""Recomputing a sealed workbook: its points, ranks and winners against what its sealed inputs come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from addin.sealing.meaning import alike, meaning, shown
from addin.sealing.messages import WORDING, error, warning
from addin.sealing.record import Record
from addin.sealing.text_sheet import TextSheet
from addin.sealing.unsettled import unsettled
from addin.workbook_input import parse_workbook
from calc.evaluate import evaluate
from calc.problem import Problem
from calc.result import Result
from calc.scheme import Scheme, SchemeError, SchemeFile, load_scheme, read_scheme
from workbook_templates.grid import BLANK, Cell, Grid, Kind, a1
from workbook_templates.layout import FIRST_ROW, HEADER_ROW, SHEET
from workbook_templates.notice import notice_name, notice_names
from workbook_templates.occasion import Occasion
from workbook_templates.page import Content, Link, Page, Row, cell_of
from workbook_templates.results import pages

__all__ = ["Recomputed", "recompute"]

_CHECKED = (SHEET.scores, SHEET.ranking, SHEET.winners, SHEET.rewards, SHEET.trace)
_BLANK_LINE = Row(())
_NO_TEXTS: Mapping[str, TextSheet] = MappingProxyType({})
_NAMES = 2
"""The column of the notice that has the winners' names."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What the sealed inputs come to, and every point, rank and winner of the sealed sheets that differs from it."""

    problems: tuple[Problem, ...]
    result: Result | None = None
    scheme: Scheme | None = None
    occasion: Occasion | None = None


def recompute(record: Record, grids: Mapping[str, Grid], texts: Mapping[str, TextSheet] = _NO_TEXTS) -> Recomputed:
    """Reckon the sealed inputs by the sealed scheme, and compare. ``grids`` are the record's sheets, ``texts`` has what
    those say that are empty among them.
    """
    try:
        file = _scheme(record.scheme, record.scheme_text)
    except SchemeError as failed:
        return Recomputed((error(SHEET.seal, "", "scheme_broken", message=failed),))

    def sealed_scheme(name: str) -> SchemeFile:
        if name != file.scheme.id:
            raise KeyError(name)
        return file

    read = parse_workbook(grids, sealed_scheme)
    shipped = tuple(_against_shipped(record, file))
    if read.file is not None and read.file.content != file.content:  # its sheet 方案 says something else
        return Recomputed((*shipped, error(SHEET.scheme, "", "scheme_sheet")))
    if read.scheme is None or read.submission is None:
        return Recomputed((*shipped, *read.problems))
    result = evaluate(read.scheme, read.submission, trace=True, words=False).with_problems(read.problems)
    found = list(unsettled(read.submission, result))
    occasion = Occasion.of(read.scheme, read.submission, read.unit)
    for page in pages(read.scheme, result, occasion):
        if page.name not in _CHECKED:
            continue
        if (sheet := texts.get(page.name)) is None:
            found += _page(page, grids.get(page.name))
        elif not _told(page, sheet):
            found += _page(page, sheet.grid(page.name))
    found += _notice(read.scheme, result, occasion, grids)
    return Recomputed((*shipped, *found), result, read.scheme, occasion)


@lru_cache(maxsize=16)
def _scheme(name: str, text: str) -> SchemeFile:
    """The sealed scheme; the workbooks of a contest have the same. Raises SchemeError."""
    return read_scheme(text.encode(), f"{name}.toml")


def _against_shipped(record: Record, file: SchemeFile) -> Iterator[Problem]:
    """The sealed scheme against the one that is shipped under its id and version; comments do not count."""
    try:
        ours = load_scheme(record.scheme)
    except KeyError:
        ours = None
    if ours is None or ours.scheme.version != file.scheme.version:
        yield warning(SHEET.seal, "", "scheme_strange", id=record.scheme, version=record.version)
    elif ours.content != file.content:
        yield error(SHEET.seal, "", "scheme_altered", id=record.scheme, version=record.version)


def _told(page: Page, sealed: TextSheet) -> bool:
    """Whether a sheet of texts surely says what the page says: sooner known than which cell differs."""
    if [texts[HEADER_ROW - 1 : HEADER_ROW] for texts in sealed.columns] != [[h.label] for h in page.headings]:
        return False
    return all(
        list(texts[FIRST_ROW - 1 :]) == [None if (v := _content(line, column)) == "" else v for line in page.rows]
        for column, (texts, heading) in enumerate(zip(sealed.columns, page.headings, strict=True))
        if heading.label not in WORDING
    )


def _content(line: Row, column: int) -> Content | Link:
    """What a line has in a column."""
    return line.values[column] if column < len(line.values) else None


def _page(page: Page, sealed: Grid | None) -> Iterator[Problem]:
    """One result sheet against its page, column by column, wherever the columns stand."""
    if sealed is None:
        yield error(page.name, "", "result_missing", sheet=page.name)
        return
    places = {cell.value: column for column, cell in sealed.row(HEADER_ROW)}
    cells = sealed.cells
    lines = [(row, line) for row, line in enumerate(page.rows, start=FIRST_ROW) if not line.group]
    below = [(row, _BLANK_LINE) for row in range(FIRST_ROW + len(page.rows), sealed.last_row + 1)]
    for column, heading in enumerate(page.headings):
        place = places.get(heading.label)
        if heading.label in WORDING:
            continue
        if place is None:
            yield error(page.name, a1(HEADER_ROW, 1), "column_missing", label=heading.label)
            continue
        for row, line in chain(lines, below if column else ()):  # in the first column are the lines for signatures
            again = _content(line, column)
            if not _says(cells.get((row, place), BLANK), again):
                yield from _cell((page.name, row, place), heading.label, sealed, cell_of(again))


def _says(cell: Cell, value: Content | Link) -> bool:
    """Whether a cell surely says this: sooner known than what it means."""
    if value is None or value == "":
        return cell.value is None
    if isinstance(value, str):
        return cell.value == value and cell.kind is Kind.TEXT
    if not isinstance(value, (int, Decimal)):
        return False
    return cell.value == float(value) and cell.kind is Kind.NUMBER and not cell.percent


def _notice(scheme: Scheme, result: Result, occasion: Occasion, grids: Mapping[str, Grid]) -> Iterator[Problem]:
    """The names on the notice."""
    name = notice_name(scheme)
    if name is None:
        return
    sealed, names = grids.get(name), notice_names(scheme, result, occasion)
    if sealed is None:
        yield error(name, "", "result_missing", sheet=name)
        return
    for row in range(1, max(*names, sealed.last_row) + 1):
        yield from _cell((name, row, _NAMES), scheme.subject.name_label, sealed, cell_of(names.get(row)))


def _cell(place: tuple[str, int, int], label: str, sealed: Grid, again: Cell) -> Iterator[Problem]:
    sheet, row, column = place
    was, now = meaning(sealed.at(row, column)), meaning(again)
    if not alike(was, now):
        yield error(sheet, a1(row, column), "recomputed", label=label, sealed=shown(was), again=shown(now))
