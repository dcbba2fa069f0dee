"""A roster from a file with whatever column names, and how it differs from the last period's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from addin.csv_file import read_csv
from addin.home import home
from addin.parsing.messages import HINTS, MESSAGES
from addin.parsing.table import HEADER_SEARCH, Log, find_header, find_table
from addin.parsing.values import plain_text
from addin.workbook_file import read_workbook
from addin.workbook_input import WorkbookInput, parse_workbook
from calc.problem import Problem, Severity
from calc.scheme import Scheme
from workbook_templates.filling import Filling, Typed, as_typed
from workbook_templates.grid import Grid, Kind
from workbook_templates.layout import SHEET, Column, roster_columns
from workbook_templates.save import save_bytes

__all__ = ["Ask", "Changes", "Person", "Roster", "carried", "carry_over", "compare", "memory_path", "read_roster"]

Person = Mapping[str, Typed]
Ask = Callable[[Column, Sequence[str]], str | None]
"""Asks a person which of the file's columns is meant; None where nobody can answer."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a file, and what is wrong with it."""

    people: tuple[Person, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """A roster against the last period's: the people with their change marked, and who is no longer there."""

    people: tuple[Person, ...]
    joined: tuple[str, ...]
    moved: tuple[str, ...]
    left: tuple[str, ...]
    """Names with ids, in the order of the rosters."""


def memory_path() -> Path:
    """Where the meaning of column names is remembered: the user's own settings folder."""
    return home() / "roster-columns.json"


def read_roster(
    path: Path, scheme: Scheme, given: Mapping[str, str] | None = None, ask: Ask = lambda *_: None
) -> Roster:
    """The people of a .csv, or of an .xlsx (its sheet 名册, else the first sheet with anything on it).

    Columns are known by id, label or one of the scheme's aliases; else by ``given`` (the file's name → id), by
    what was answered for a file with the same columns before, or by asking. Answers are remembered.
    """
    log = Log()
    grid = _grid(path, log)
    if grid is None:
        return Roster((), tuple(log.problems))
    columns = [column for column in roster_columns(scheme) if column.typed]
    header = _header(grid, columns)
    names = [plain_text(str(cell.value)) for _, cell in grid.row(header) if cell.kind is Kind.TEXT]
    memory = _Memory(names)
    meaning = {**memory.recall(), **{plain_text(name): key for name, key in (given or {}).items()}}
    answered = dict(_missing_answers(columns, names, meaning, ask))
    meaning |= answered
    if given or answered:
        memory.keep({name: key for name, key in meaning.items() if name in names})
    by_id = {key: name for name, key in meaning.items() if name in names}
    named = [replace(column, label=by_id.get(column.id, column.label)) for column in columns]
    table = find_table(grid, [_as_in(column, names) for column in named], log, header_row=header)
    if table is None:
        return Roster((), tuple(log.problems))
    problems = [problem for problem in log.problems if problem.is_error]  # other columns of the file are not ours
    for column in columns:
        if column.required and not table.has(column.id):
            problems.append(_unknown_column(path, column, names))
    people: list[Person] = []
    read = Log()
    quiet = replace(table, log=read)
    for row in table.rows:
        entries = {column.id: quiet.entry(row, column.id).value for column in columns}
        people.append({name: float(v) if isinstance(v, Decimal) else v for name, v in entries.items()})
    if not people:
        problems.append(Problem(Severity.ERROR, path.name, "", "名册中没有人", "核对文件"))
    return Roster(tuple(people), (*problems, *read.problems))


def _grid(path: Path, log: Log) -> Grid | None:
    if path.suffix.lower() in {".csv", ".txt"}:
        grid = read_csv(path)
        if isinstance(grid, Problem):
            log.problems.append(grid)
            return None
        return grid
    book = read_workbook(path)
    log.problems += book.problems
    filled = [grid for grid in book.grids.values() if grid.cells]
    return next((grid for grid in filled if grid.name == SHEET.roster), filled[0] if filled else None)


def _header(grid: Grid, columns: Sequence[Column]) -> int:
    """The header's row: the first that has a name for the id, else the first with two texts or more."""
    for name in (columns[0].id, columns[0].label, *columns[0].aliases):
        row = find_header(grid, replace(columns[0], label=name))
        if row is not None:
            return row
    rows = sorted({row for row, _ in grid.cells})
    texts = {row: sum(1 for _, cell in grid.row(row) if cell.kind is Kind.TEXT) for row in rows[:HEADER_SEARCH]}
    return next((row for row, n in texts.items() if n >= 2), rows[0])


def _as_in(column: Column, names: Sequence[str]) -> Column:
    """The column under the first of its names that the file has."""
    known = (column.label, column.id, *column.aliases)
    return replace(column, label=next((name for name in known if plain_text(name) in names), column.label))


def _missing_answers(
    columns: Sequence[Column], names: Sequence[str], meaning: Mapping[str, str], ask: Ask
) -> Iterator[tuple[str, str]]:
    """Ask for each column that is needed and not known; what is known already is not offered."""
    taken = {plain_text(name) for column in columns for name in (column.id, column.label, *column.aliases)}
    taken |= set(meaning)
    for column in columns:
        known = {plain_text(name) for name in (column.id, column.label, *column.aliases)} & set(names)
        if not column.required or known or column.id in {k for n, k in meaning.items() if n in names}:
            continue
        free = [name for name in names if name not in taken]
        answer = ask(column, free) if free else None
        if answer is not None:
            taken.add(answer)
            yield answer, column.id


def _unknown_column(path: Path, column: Column, names: Sequence[str]) -> Problem:
    message = MESSAGES["roster_column"].format(label=column.label, names="、".join(names))
    return Problem(Severity.ERROR, path.name, "", message, HINTS["roster_column"].format(id=column.id))


class _Memory:
    """What the columns of files with these very names were said to mean."""

    def __init__(self, names: Sequence[str]) -> None:
        self.key = "\t".join(names)

    @staticmethod
    def _all() -> dict[str, dict[str, str]]:
        try:
            content = json.loads(memory_path().read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def recall(self) -> dict[str, str]:
        """The file's names with the ids they stand for; empty where nothing was said."""
        found = self._all().get(self.key)
        return dict(found) if isinstance(found, dict) else {}

    def keep(self, meaning: Mapping[str, str]) -> None:
        """Remember; a folder that cannot be written only means being asked again."""
        try:
            memory_path().parent.mkdir(parents=True, exist_ok=True)
            content = json.dumps({**self._all(), self.key: dict(meaning)}, ensure_ascii=False, indent=1)
            save_bytes(content.encode(), memory_path())
        except OSError:
            return


def carry_over(path: Path, scheme: Scheme, filling: Filling) -> tuple[Filling, tuple[Problem, ...]]:
    """A filling with the roster, unit and decisions of the last period's workbook, for the period after it.

    What ``filling`` already says (period, unit, columns, rows) holds. Moves of the last period are over, and so are its
    figures: settings without a default (averages, head counts, dates, the seed of a lot) are asked for anew.
    """
    book = read_workbook(path)
    if not book.grids:
        return filling, book.problems
    return carried(parse_workbook(book.grids), path.name, scheme, filling)


def carried(read: WorkbookInput, book: str, scheme: Scheme, filling: Filling) -> tuple[Filling, tuple[Problem, ...]]:
    """As :func:`carry_over`, of a workbook called ``book`` that has been read."""
    submission = read.submission
    if submission is None or read.scheme is None or read.scheme.id != scheme.id:
        text = MESSAGES["other_scheme"].format(id=scheme.id)
        found = [p for p in read.problems if p.is_error] or [Problem(Severity.ERROR, book, "", text)]
        return filling, tuple(found)
    over = {scheme.moves.origin, scheme.moves.day} if scheme.moves is not None else set()
    people: list[Person] = []
    for row, (identity, name) in enumerate(zip(submission.ids, submission.names, strict=True)):
        person: dict[str, Typed] = {"id": as_typed(identity.value), "name": as_typed(name.value)}
        for measure in scheme.measure:
            if measure.sheet == "roster" and measure.id not in over and measure.id in submission.measures:
                person[measure.id] = as_typed(submission.measures[measure.id][row].value)
        people.append(person)
    period = filling.period or (submission.period.next if submission.period is not None else None)
    decisions = [s.id for s in scheme.setting if s.default not in (None, "") and s.id in submission.settings]
    settings = {name: as_typed(submission.settings[name].value) for name in decisions}
    unit = filling.unit or read.unit
    return replace(filling, period=period, unit=unit, roster=tuple(people), settings=settings), ()


def compare(scheme: Scheme, last: Sequence[Person], now: Sequence[Person]) -> Changes:
    """Mark who joined and who moved since ``last``; movers carry where they were before."""
    before = {str(person.get("id")): person for person in last}
    people: list[Person] = []
    joined, moved = [], []
    for person in now:
        old = before.pop(str(person.get("id")), None)
        if old is None:
            joined.append(_named(person))
            people.append({**person, "change": "新增"})
        elif scheme.pool and plain_text(str(old.get(scheme.pool))) != plain_text(str(person.get(scheme.pool))):
            moved.append(_named(person))
            came_from = old.get(scheme.pool)
            origin = {scheme.moves.origin: came_from} if scheme.moves is not None else {}
            people.append({**person, **origin, "change": f"由{came_from}调入"})
        else:
            people.append(person)
    return Changes(tuple(people), tuple(joined), tuple(moved), tuple(_named(person) for person in before.values()))


def _named(person: Person) -> str:
    return f"{person.get('name') or ''}（{person.get('id')}）"
