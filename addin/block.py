"""A block of cells as one contest: headers over rows, as the custom functions take them, scored by ``calc``.

The block is sheet 指标 in small: id, name, what 名册 says, the measures, and counted events under the event's id or
label (how often, or its points where they are given by judgement), with ``pending`` for what is not confirmed yet.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache

from addin.bad_argument import BadArgument
from addin.host_values import Area, is_blank
from addin.parsing.submission import Tables, assemble, bind_settings
from addin.parsing.table import Log, Table, family_of, find_table
from addin.parsing.values import plain_text
from addin.scheme_sheet.reading import read_scheme_sheet
from addin.workbook_input import read_settings
from calc.evaluate import evaluate
from calc.problem import Problem
from calc.requirements import InPeriod, Tenure
from calc.result import Result, RowResult, TraceLine
from calc.scheme import Scheme, SchemeError, SchemeFile, load_scheme, shipped
from calc.submission import Entry, Event, Submission
from workbook_templates.grid import Grid
from workbook_templates.layout import SHEET, Column, person_columns

__all__ = ["ScoredBlock", "ScoredRow", "scheme_named", "score_block"]

_BLOCK, _SETTINGS = "数据", "设置"
"""What the grids of a call are called; they stand for no sheet."""
_PENDING = Column("pending", "待核实", "number")
_CONFIRMED = Entry(True)
_PLACE = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """One filled row: how it came out, and what is wrong with its cells."""

    result: RowResult
    trace: tuple[TraceLine, ...]
    errors: tuple[tuple[str, str], ...]
    """(column id, message) of each error."""
    pending: int
    """Events that are not confirmed yet."""


@dataclass(frozen=True, slots=True)
class ScoredBlock:
    """All rows of the range, None for a blank one, and what is wrong with the block as a whole."""

    scheme: Scheme
    rows: tuple[ScoredRow | None, ...]
    errors: tuple[str, ...]
    """Of no one row: a column or the period that is not there. Rows that do not need it are scored all the same."""


def scheme_named(area: Area) -> SchemeFile:
    """The scheme of an id in a cell, or of the range of a sheet 方案. Raises BadArgument."""
    if not area.is_line:
        return _scheme_on_sheet(area)
    name = plain_text("".join(str(cell.value) for cell in area.cells if not is_blank(cell)))
    if not name:
        raise BadArgument("scheme_blank")
    if name.endswith(".toml"):  # a workbook must not make us open a file of its choice
        raise _unknown(name)
    try:
        return load_scheme(name)
    except KeyError as error:
        raise _unknown(name) from error
    except SchemeError as error:
        raise BadArgument("scheme_bad", reason=error.problems[0].message) from error


def _unknown(name: str) -> BadArgument:
    """No such scheme, with those that look like it; all would not fit in a cell."""
    alike = get_close_matches(name, shipped(), cutoff=0.4)
    return BadArgument("scheme_unknown", name=name, known="、".join(alike) or "见 starscore schemes")


@lru_cache(maxsize=8)
def _scheme_on_sheet(area: Area) -> SchemeFile:
    """The scheme of a range from A1 on; the last few are remembered. Raises BadArgument."""
    cells = {(r, c): cell for r, row in enumerate(area.rows, start=1) for c, cell in enumerate(row, start=1)}
    try:
        return read_scheme_sheet(Grid(SHEET.scheme, {at: cell for at, cell in cells.items() if not is_blank(cell)}))
    except SchemeError as error:
        first = error.problems[0]
        raise BadArgument("scheme_bad", reason=f"{first.place} {first.message}") from error


@lru_cache(maxsize=8)
def score_block(scheme: Area, headers: Area, rows: Area, settings: Area | None, *, trace: bool = False) -> ScoredBlock:
    """Score the rows. One block feeds several functions (total, points, reasons): the last few are remembered.

    Raises BadArgument for what concerns all rows: an unknown scheme, headers that do not fit, a bad setting.
    """
    file = scheme_named(scheme)
    if file.scheme.panel:
        raise BadArgument("panels", title=file.scheme.title)
    log = Log()
    entries = _settings(file.scheme, settings, log)
    bound = bind_settings(file, entries, log)
    grid = _grid(headers, rows)
    table = find_table(grid, _columns(bound), log, header_row=1, family=family_of(bound))
    if table is None or log.unattributed:
        raise BadArgument("as_said", message=next(problem.message for problem in log.problems if problem.is_error))
    submission = assemble(bound, Tables(people=table), entries, log)
    submission = replace(submission, events=_events(bound, table))
    if submission.period is None and _needs_period(bound, submission):
        raise BadArgument("period_needed")
    pending = [_count(table.entry(row, _PENDING.id)) for row in table.rows]
    result = evaluate(bound, submission, trace=trace)
    for problem in result.problems:
        if problem.is_error and problem.sheet == _SETTINGS:
            raise BadArgument("as_said", message=problem.message)
    return _scored(bound, rows.height, table, pending, result.with_problems(log.problems))


def _settings(scheme: Scheme, settings: Area | None, log: Log) -> dict[str, Entry]:
    if settings is None or all(map(is_blank, settings.cells)):
        return {}
    if settings.width < 2:
        raise BadArgument("settings_width")
    cells = {(r, c): cell for r, row in enumerate(settings.rows, 1) for c, cell in enumerate(row[:2], 1)}
    return read_settings(scheme, Grid(_SETTINGS, cells), log, whole=False)


def _needs_period(scheme: Scheme, submission: Submission) -> bool:
    """True where who takes part, or in which pool, depends on the period; points alone do not."""
    by_date = any(isinstance(need, Tenure | InPeriod) and need.gate == "rating" for need in scheme.requirement)
    moved = submission.measures.get(scheme.moves.origin, ()) if scheme.moves is not None else ()
    return by_date or any(entry.value is not None for entry in moved)


def _grid(headers: Area, rows: Area) -> Grid:
    """Headers in row 1, the range's rows from row 2."""
    if all(map(is_blank, headers.cells)):
        raise BadArgument("headers_blank")
    if not headers.is_line:
        raise BadArgument("headers_line", height=headers.height, width=headers.width)
    if len(headers.cells) != rows.width:
        raise BadArgument("widths", headers=len(headers.cells), rows=rows.width)
    return Grid(
        _BLOCK,
        {
            (r, c): cell
            for r, row in enumerate((headers.cells, *rows.rows), start=1)
            for c, cell in enumerate(row, start=1)
            if not is_blank(cell)
        },
    )


def _columns(scheme: Scheme) -> list[Column]:
    return [
        *person_columns(scheme),
        *(
            Column(name, label, measure.kind, measure=measure)
            for measure in scheme.measure
            for name, label in measure.headers()
        ),
        *(Column(kind.id, kind.label, "number") for kind in scheme.event),
        _PENDING,
    ]


def _events(scheme: Scheme, table: Table) -> tuple[Event, ...]:
    """Each counted cell as one line of the register that has all the confirmations it needs."""
    events = []
    for kind in scheme.event:
        for row in table.rows if table.has(kind.id) else ():
            entry, identity = table.entry(row, kind.id), table.entry(row, "id")
            if identity.value is None or not (entry.value or entry.bad):
                continue
            event = Event(identity, Entry(kind.id), verified=_CONFIRMED, at_fault=_CONFIRMED)
            events.append(replace(event, **{"points" if kind.discretionary else "count": entry}))
    return tuple(events)


def _count(entry: Entry) -> int:
    return int(entry.value) if isinstance(entry.value, Decimal) else 0


def _scored(scheme: Scheme, height: int, table: Table, pending: Sequence[int], result: Result) -> ScoredBlock:
    at_row: Mapping[int, list[tuple[str, str]]] = defaultdict(list)
    names = {place: name for name, place in table.places.items()}
    errors = []
    for problem in result.problems:
        place = _place(problem) if problem.is_error else None
        if place is not None:
            entry = (names.get(place[1], ""), problem.message)
            if entry not in at_row[place[0]]:
                at_row[place[0]].append(entry)
        elif problem.is_error:
            errors.append(problem.message)
    times = Counter(row.id for row in result.rows)
    traces = result.trace or ((),) * len(result.rows)
    found: list[ScoredRow | None] = [None] * height
    for n, row in enumerate(table.rows):
        scored = result.rows[n]
        if times[scored.id] > 1:  # the events of an id that is there twice cannot be told apart
            scored = replace(scored, points=dict.fromkeys(scored.points or ()), columns={}, total=None)
        found[row - 2] = ScoredRow(scored, traces[n], tuple(at_row[row]), pending[n])
    return ScoredBlock(scheme, tuple(found), tuple(errors))


def _place(problem: Problem) -> tuple[int, int] | None:
    """Row and column of a problem in the block's rows; None for one of the headers, the settings or no cell."""
    found = _PLACE.fullmatch(problem.cell) if problem.sheet == _BLOCK else None
    if found is None or found[2] == "1":
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
