"""``check`` and ``rank``: a filled workbook in, its problems or a result workbook out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from addin.loading import load_safely
from addin.parsing.submission import Tables
from addin.parsing.table import Table
from addin.parsing.values import read_cell
from addin.protected import AskPassword, open_workbook
from addin.scheme_sheet.workbook import contest_workbook
from addin.stripping import cells_of, cut_off
from addin.workbook_file import read_contents
from addin.workbook_input import WorkbookInput, parse_workbook
from calc.check import check
from calc.evaluate import evaluate
from calc.problem import Problem
from calc.result import Result
from calc.scheme import Scheme
from calc.submission import Entry, Submission
from workbook_templates.charts import write_charts
from workbook_templates.entry_table import comment_size
from workbook_templates.filling import Filling, Typed
from workbook_templates.forms import Case, write_form
from workbook_templates.formulas import ABSENT_PERSON, unit_and_period
from workbook_templates.grid import Cell, Grid, Kind
from workbook_templates.layout import SHEET
from workbook_templates.notice import notice_name, write_notice
from workbook_templates.occasion import Occasion
from workbook_templates.page import paint, set_text
from workbook_templates.results import pages
from workbook_templates.save import save_workbook, workbook_bytes

__all__ = ["Ranked", "rank_file", "result_book", "write_pages", "write_result"]

Value = str | float | dt.date | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A workbook that has been read and reckoned. Without a result there is nothing but problems."""

    source: Path
    grids: Mapping[str, Grid]
    read: WorkbookInput | None
    result: Result | None
    problems: tuple[Problem, ...]
    decrypted: bytes | None = None
    """The file's contents, where it opened with a password."""
    sprawls: bool = False
    """See :class:`WorkbookFile`."""

    @property
    def contents(self) -> bytes:
        """The file's contents, opened where it had a password. Raises OSError where it is gone."""
        return self.source.read_bytes() if self.decrypted is None else self.decrypted

    @property
    def has_errors(self) -> bool:
        """True where any problem is an error."""
        return any(problem.is_error for problem in self.problems)


def rank_file(path: Path, *, trace: bool = True, ask_password: AskPassword = lambda: None) -> Ranked:
    """Read a workbook and reckon it. Never raises for what is in the file."""
    book, decrypted = open_workbook(path, ask_password)
    if not book.grids:
        return Ranked(path, {}, None, None, book.problems)
    read = parse_workbook(book.grids)
    problems = (*book.problems, *read.problems)
    if read.scheme is None or read.submission is None:
        return Ranked(path, book.grids, read, None, problems, decrypted)
    result = evaluate(read.scheme, read.submission, trace=trace).with_problems(problems)
    return Ranked(path, book.grids, read, result, result.problems, decrypted, book.sprawls)


def write_result(ranked: Ranked, target: Path) -> None:
    """Write the result workbook. Raises OSError where the target cannot be written, else as :func:`result_book`."""
    save_workbook(result_book(ranked), target)


def result_book(ranked: Ranked) -> Workbook:
    """The result workbook: the inputs as they are, every formula as its value, and the result sheets.

    Where the clerk's workbook cannot be loaded, the inputs stand in a fresh template.
    Raises ValueError where there is no result.
    """
    read, result = ranked.read, ranked.result
    if read is None or result is None or read.file is None or read.scheme is None or read.submission is None:
        raise ValueError("there is no result to write")
    book = _loaded(ranked)
    grids, shown = ranked.grids, read
    if book is None:
        book = contest_workbook(read.file, _typed_again(read), read.scheme)
        grids = read_contents(workbook_bytes(book), ranked.source.name).grids  # its tables may stand elsewhere
        shown = parse_workbook(grids)
    _freeze(book, grids, _recomputed(read.scheme, shown.submission or read.submission, shown.tables, read.unit))
    write_pages(book, read, result)
    cut_off(book)
    book.calculation.fullCalcOnLoad = False
    book.active = book.sheetnames.index(SHEET.winners)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == SHEET.winners
    return book


def write_pages(book: Workbook, read: WorkbookInput, result: Result) -> None:
    """Write every sheet of a result into a workbook, each where its old one stood.

    Raises ValueError where nothing was read.
    """
    scheme, submission = read.scheme, read.submission
    if scheme is None or submission is None:
        raise ValueError("there is no result to write")
    occasion = Occasion.of(scheme, submission, read.unit)
    for page in pages(scheme, result, occasion):
        paint(_anew(book, page.name), page)
    write_charts(_anew(book, SHEET.charts), scheme, result, occasion.subtitle(scheme, result))
    if (name := notice_name(scheme)) is not None:
        write_notice(_anew(book, name), scheme, result, occasion)
    for form in scheme.form:
        reports = _reports(read.tables.measures, form.report)
        write_form(_anew(book, form.sheet), form, Case(scheme, submission, result, read.unit, reports))


def _reports(table: Table | None, measure: str | None) -> dict[str, str]:
    """By id a text as it was typed, with its lines."""
    if table is None or measure is None or not table.has(measure):
        return {}
    texts = {}
    for row in table.rows:
        identity = read_cell(table.grid.at(row, table.places["id"]), "id").value
        cell = table.grid.at(row, table.places[measure])
        if identity is not None and cell.kind is Kind.TEXT:
            texts[str(identity)] = str(cell.value)
    return texts


def _loaded(ranked: Ranked) -> Workbook | None:
    """The clerk's workbook; None where its formats are beyond openpyxl (as some of WPS are), where parts that hold no
    cells are too large to load, or where it would make millions of blank cells.
    """
    return None if ranked.sprawls else load_safely(ranked.contents)


def _typed_again(read: WorkbookInput) -> Filling:
    """What stands in the tables, cell by cell."""
    tables = read.tables
    measures = {} if tables.measures is None else {str(row.get("id")): row for row in _rows(tables.measures)}
    columns = Counter(name.rpartition("_")[0] for name in (tables.measures.places if tables.measures else ()))
    many = {m.id: columns[m.id] for m in (read.scheme.measure if read.scheme else ()) if m.many and columns[m.id]}
    settings = {} if read.submission is None else {key: _plain(e) for key, e in read.submission.settings.items()}
    return Filling(
        period=None if read.submission is None else read.submission.period,
        unit=read.unit,
        roster=_rows(tables.people),
        measures=measures,
        events=_rows(tables.events),
        raters=_rows(tables.raters),
        ballots=_rows(tables.ballots),
        honours=_rows(tables.honours),
        rulings=_rows(tables.rulings),
        settings=settings,
        columns=many,
    )


def _rows(table: Table | None) -> list[dict[str, Typed]]:
    """The filled rows of a table as they stand, by column id."""
    if table is None:
        return []
    typed = {name: place for name, place in table.places.items() if table.columns[name].typed}
    return [{name: _as_typed(table.grid.at(row, place)) for name, place in typed.items()} for row in table.rows]


def _as_typed(cell: Cell) -> Typed:
    if cell.kind is Kind.NUMBER and cell.percent and isinstance(cell.value, float):
        return f"{cell.value * 100:.15g}%"
    return cell.value if not isinstance(cell.value, dt.time) else str(cell.value)


def _anew(book: Workbook, name: str) -> Worksheet:
    """An empty sheet of this name, where the old one stood."""
    place = len(book.sheetnames)
    if name in book.sheetnames:
        place = book.sheetnames.index(name)
        del book[name]
    return book.create_sheet(name, place)


def _freeze(book: Workbook, grids: Mapping[str, Grid], known: Mapping[tuple[str, int, int], Value]) -> None:
    """Replace every formula by its value: ours recomputed, anybody else's as it was last calculated."""
    for sheet in book.worksheets:
        grid = grids.get(sheet.title, Grid(sheet.title))
        for cell in cells_of(sheet):
            if cell.comment is not None:
                cell.comment.width, cell.comment.height = comment_size(cell.comment.text)
            was = grid.at(cell.row, cell.column)
            if cell.data_type == "f" or isinstance(cell.value, ArrayFormula):
                at = (sheet.title, cell.row, cell.column)
                _put(cell, known.get(at, was.value))
            elif cell.data_type == "e" and was.kind is Kind.NUMBER:  # openpyxl could make no date of the number
                _put(cell, was.value)


def _put(cell: SheetCell, value: object) -> None:
    keep = cell.number_format
    if isinstance(value, str):
        set_text(cell, value)
    else:
        cell.value = float(value) if isinstance(value, Decimal) else value
    cell.number_format = keep


def _recomputed(scheme: Scheme, submission: Submission, tables: Tables, unit: str) -> dict[tuple[str, int, int], Value]:
    """What the template's own formulas come to, by sheet, row and column; blank rows are blank."""
    known: dict[tuple[str, int, int], Value] = {}
    subtitle = unit_and_period(unit, "" if submission.period is None else str(submission.period))
    people = _people(scheme, submission)
    for table in (tables.measures, tables.events, tables.ballots, tables.rulings):
        if table is not None and table.has("id"):
            known |= _looked_up(table, people)
    typed = (tables.people, tables.measures, tables.events, tables.raters, tables.ballots, tables.honours)
    for table in (*typed, tables.rulings):
        if table is not None:
            known[table.grid.name, 2, 1] = subtitle
    return known | dict(_period_days(submission))


def _period_days(submission: Submission) -> Iterator[tuple[tuple[str, int, int], Value]]:
    """期间起 and 期间止 on 设置: they stand in the two rows below the last setting."""
    places = [e.cell for key, e in submission.settings.items() if e.cell]
    if not places or submission.period is None:
        return
    column = column_index_from_string("".join(c for c in places[0] if c.isalpha()))
    last = max(int("".join(c for c in place if c.isdigit())) for place in places)
    for n, day in enumerate((submission.period.start, submission.period.end), start=1):
        yield (SHEET.settings, last + n, column), day


def _people(scheme: Scheme, submission: Submission) -> dict[str, dict[str, Value]]:
    """By id what a formula would show of a person: the roster's entries and the counts of events."""
    checked = check(scheme, submission)
    people: dict[str, dict[str, Value]] = {}
    for row, identity in enumerate(checked.ids):
        shown: dict[str, Value] = {"name": checked.names[row]}
        for measure in scheme.measure:
            if measure.sheet == "roster" and measure.id in submission.measures:
                shown[measure.id] = _plain(submission.measures[measure.id][row])
        for kind in scheme.event:
            tally = checked.events[kind.id]
            shown[kind.id] = float(tally.points[row] if kind.discretionary else tally.count[row])
        shown["pending"] = float(sum(int(tally.pending[row]) for tally in checked.events.values()))
        people[identity] = shown
    return people


def _plain(entry: Entry) -> Value:
    if isinstance(entry.value, bool):
        return "是" if entry.value else "否"
    return float(entry.value) if isinstance(entry.value, Decimal) else entry.value


def _looked_up(table: Table, people: Mapping[str, Mapping[str, Value]]) -> Iterator[tuple[tuple[str, int, int], Value]]:
    """What the formulas of a table's looked-up and counted columns come to."""
    computed = {place: name for name, place in table.places.items() if not table.columns[name].typed}
    filled = set(table.rows)
    for (row, place), cell in table.grid.cells.items():
        if not cell.formula or place not in computed or row <= table.header_row:
            continue
        typed = read_cell(table.grid.at(row, table.places["id"]), "id").value if row in filled else None
        identity = "" if typed is None else str(typed)
        person = people.get(identity)
        value = None if not identity else ABSENT_PERSON if person is None else person.get(computed[place])
        yield (table.grid.name, row, place), value
