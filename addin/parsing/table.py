"""A table within a grid: its header row, its columns wherever they were moved to, its rows, its entries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from addin.parsing.messages import HINTS, MESSAGES
from addin.parsing.values import Reading, plain_text, read_cell, says_nothing, visible
from calc.problem import Problem, Severity
from calc.scheme import Scheme
from calc.submission import Entry
from workbook_templates.grid import Cell, Grid, Kind, a1
from workbook_templates.layout import FOOTER, WORDS, Column

__all__ = ["Log", "Table", "family_of", "find_header", "find_table", "prepared_end"]

HEADER_SEARCH = 20
"""The header is looked for in so many rows: a clerk may have put lines above it."""


@dataclass
class Log:
    """The problems found while parsing, in the order of finding. The parser's one piece of state."""

    problems: list[Problem] = field(default_factory=list)
    unattributed: bool = False
    """An error that belongs to no one row: it might touch anybody."""
    _remarks: dict[tuple[str, int, str], tuple[int, int, str]] = field(default_factory=dict)
    """By sheet, column and key: where in ``problems`` the remark stands, how often it holds, what it said at first."""

    def error(self, sheet: str, cell: str, key: str, /, **values: object) -> None:
        """Note an error of the messages' table that might touch anybody."""
        self.unattributed = True
        self._add(Severity.ERROR, (sheet, cell), key, values)

    def entry_error(self, sheet: str, cell: str, key: str, /, **values: object) -> None:
        """Note an error whose entry is marked bad, so that it touches only who the entry is about."""
        self._add(Severity.ERROR, (sheet, cell), key, values)

    def warn(self, sheet: str, cell: str, key: str, /, **values: object) -> None:
        """Note a warning of the messages' table."""
        self._add(Severity.WARNING, (sheet, cell), key, values)

    def _add(self, severity: Severity, place: tuple[str, str], key: str, values: Mapping[str, object]) -> None:
        self.problems.append(Problem.of(severity, place, (MESSAGES[key], HINTS.get(key, "")), dict(values)))

    def remark(self, sheet: str, row: int, column: int, key: str, /, **values: object) -> None:
        """Note a warning that may hold for a whole column: once, at its first cell, with how many there are."""
        at = (sheet, column, key)
        if at not in self._remarks:
            self.warn(sheet, a1(row, column), key, **values)
            self._remarks[at] = len(self.problems) - 1, 1, self.problems[-1].message
            return
        index, n, message = self._remarks[at]
        self._remarks[at] = index, n + 1, message
        said = MESSAGES["in_column"].format(message=message, n=n + 1)
        self.problems[index] = replace(self.problems[index], message=said)


@dataclass(frozen=True)
class Table:
    """Rows under a header. ``places`` says in which column of the sheet each column stands."""

    grid: Grid
    header_row: int
    columns: Mapping[str, Column]
    places: Mapping[str, int]
    rows: tuple[int, ...]
    log: Log
    has_strangers: bool = False
    """Something stands in a column whose header is not known: it may be one of ours under another name."""

    def has(self, name: str) -> bool:
        """True where the sheet has this column."""
        return name in self.places

    def place(self, row: int, name: str) -> str:
        """The A1 address of an entry; empty where the sheet has no such column."""
        return a1(row, self.places[name]) if name in self.places else ""

    def entry(self, row: int, name: str) -> Entry:
        """The value of a column in a row, with where it stands. What cannot be read is bad, and noted."""
        if name not in self.places:
            return Entry(sheet=self.grid.name)
        column, place = self.columns[name], self.places[name]
        cell = self.grid.at(row, place)
        reading = self._read(cell, column)
        where = a1(row, place)
        if reading.fault:
            choices = "、".join(WORDS.get(column.id, ()))
            say = self.log.warn if column.remark else self.log.entry_error
            say(self.grid.name, where, reading.fault, label=column.label, value=_shown(cell), choices=choices)
            return Entry(None, self.grid.name, where, bad=not column.remark)
        if reading.remark:
            self.log.remark(
                self.grid.name, row, place, reading.remark, label=column.label, value=_shown(cell), read=reading.value
            )
        if cell.hidden and reading.value is not None:
            self.log.remark(self.grid.name, row, place, "hidden", label=column.label)
        if cell.formula and reading.value is not None:
            self.log.remark(self.grid.name, row, place, "formula", label=column.label, value=_shown(cell))
        return Entry(reading.value, self.grid.name, where)

    def _read(self, cell: Cell, column: Column) -> Reading:
        if cell.merged and cell.kind is Kind.BLANK and not column.remark:
            return Reading(fault="merged")
        if column.measure is not None and says_nothing(cell):
            return Reading()
        if column.kind != "word":
            return read_cell(cell, column.kind, date1904=self.grid.date1904)
        reading = read_cell(cell, "word")
        words = WORDS.get(column.id)
        if words is None or reading.value is None:
            return reading
        text = str(reading.value)
        if text in words or text in words.values() or (column.id == "decision" and text.isdigit()):
            return reading._replace(value=words.get(text, text))
        return Reading(fault="not_a_word")


def _shown(cell: Cell) -> str:
    """A cell's content for a message, not too long."""
    if cell.kind is Kind.NUMBER and isinstance(cell.value, float):
        return f"{cell.value * 100:.15g}%" if cell.percent else f"{cell.value:.15g}"
    text = visible(str(cell.value))
    return text if len(text) <= 40 else f"{text[:40]}…"


def find_table(
    grid: Grid,
    columns: Sequence[Column],
    log: Log,
    *,
    key: str = "id",
    header_row: int | None = None,
    last_row: int | None = None,
    family: Callable[[str], Column | None] = lambda _: None,
) -> Table | None:
    """The table of a sheet by its header, or None (with an error noted) where there is no header.

    Columns are known by id or label, wherever they stand. ``key`` is the column that marks the header row;
    ``header_row`` fixes it (1 in a csv). ``family`` recognises further columns (skill_4). ``last_row`` is the
    end of the prepared rows, where the sheet's own formulas do not tell: data below is an error.
    """
    by_name = {_header(name): column for column in columns for name in _names(column)}
    wanted = next(column for column in columns if column.id == key)
    header = header_row or find_header(grid, wanted)
    if header is None:
        log.error(grid.name, "", "no_header", label=wanted.label, n=HEADER_SEARCH)
        return None
    places: dict[str, int] = {}
    found: dict[str, Column] = {}
    strangers: list[int] = []
    for place, cell in grid.row(header):
        name = _header(str(cell.value)) if cell.kind is Kind.TEXT else ""
        column = by_name.get(name) or family(name)
        if column is None:
            if name:
                strangers.append(place)
                log.warn(grid.name, a1(header, place), "column_unknown", label=name)
        elif column.id in places:
            log.error(grid.name, a1(header, place), "column_twice", label=column.label)
        else:
            places[column.id] = place
            found[column.id] = column
    if key not in places:
        log.error(grid.name, a1(header, 1), "no_header", label=wanted.label, n=header)
        return None
    typed = [places[name] for name, column in found.items() if column.typed]
    rows = [row for row in _filled_rows(grid, header, typed) if not _is_footer(grid, row, places, log)]
    end = last_row or prepared_end(grid, [places[name] for name, column in found.items() if not column.typed])
    for row in rows:
        if end is not None and row > end:
            log.error(grid.name, a1(row, places[key]), "below_block", row=row)
    _note_overtyped(grid, header, {places[name]: column for name, column in found.items() if not column.typed}, log)
    return Table(grid, header, found, places, tuple(rows), log, bool(_filled_rows(grid, header, strangers)))


def _is_footer(grid: Grid, row: int, places: Mapping[str, int], log: Log) -> bool:
    """True, and noted, for a line of sums or signatures below the people."""
    if "id" not in places:
        return False
    cell = grid.at(row, places["id"])
    found = cell.kind is Kind.TEXT and FOOTER.match(plain_text(str(cell.value))) is not None
    if found:
        log.warn(grid.name, a1(row, places["id"]), "footer", text=_shown(cell))
    return found


def _note_overtyped(grid: Grid, header: int, computed: Mapping[int, Column], log: Log) -> None:
    """Remark on what was typed over a formula of ours: it is not read. A sheet of values only has no formulas."""
    below = sorted((at, cell) for at, cell in grid.cells.items() if at[0] > header and at[1] in computed)
    with_formulas = {column: row for (row, column), cell in below if cell.formula}
    for (row, column), cell in below:
        if not cell.formula and row <= with_formulas.get(column, 0) and _is_filled(cell):
            log.remark(grid.name, row, column, "overtyped", label=computed[column].label, value=_shown(cell))


def _header(text: str) -> str:
    """A header without any spaces."""
    return plain_text(text).replace(" ", "")


def _names(column: Column) -> Iterator[str]:
    """What a column may be called: its id, its label, its label with the unit behind it."""
    yield from (column.id, column.label)
    if column.measure is not None and column.measure.unit:
        yield f"{column.label}({column.measure.unit})"


def prepared_end(grid: Grid, computed: Collection[int]) -> int | None:
    """The last row whose computed columns still hold their formulas; None where none does (values only)."""
    return max((row for (row, column), cell in grid.cells.items() if cell.formula and column in computed), default=None)


def family_of(scheme: Scheme) -> Callable[[str], Column | None]:
    """Recognises the columns of a measure with many beyond those that a template offers: skill_4 or 技能4."""

    def member(name: str) -> Column | None:
        for measure in scheme.measure:
            number = name.removeprefix(f"{measure.id}_").removeprefix(measure.label)
            if measure.many and number.isdecimal() and measure.matches(f"{measure.id}_{int(number)}"):
                return Column(f"{measure.id}_{int(number)}", f"{measure.label}{int(number)}", measure.kind)
        return None

    return member


def find_header(grid: Grid, wanted: Column) -> int | None:
    """The first row with a column of this id or label; None where the first rows have none."""
    names = {_header(name) for name in _names(wanted)}
    rows = (
        row
        for (row, _), cell in sorted(grid.cells.items())
        if row <= HEADER_SEARCH and cell.kind is Kind.TEXT and _header(str(cell.value)) in names
    )
    return next(rows, None)


def _filled_rows(grid: Grid, header: int, places: Iterable[int]) -> list[int]:
    """The rows below the header in which somebody filled in one of these columns."""
    columns = set(places)
    filled = {
        row for (row, column), cell in grid.cells.items() if row > header and column in columns and _is_filled(cell)
    }
    return sorted(filled)


def _is_filled(cell: Cell) -> bool:
    if cell.kind is Kind.TEXT:
        return bool(plain_text(str(cell.value)))
    return cell.kind is not Kind.BLANK or cell.formula
