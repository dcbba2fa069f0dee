"""A filled workbook as a submission: which scheme it is for, its settings, and its tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from addin.parsing.submission import Tables, assemble, bind_settings
from addin.parsing.table import Log, Table, family_of, find_header, find_table, prepared_end
from addin.parsing.values import Reading, plain_text, read_cell
from addin.scheme_sheet.reading import read_scheme_sheet
from calc.period import Period
from calc.problem import Problem
from calc.scheme import Measure, Scheme, SchemeError, SchemeFile, load_scheme, shipped
from calc.scheme.contests import honour_contests
from calc.submission import Entry, Submission
from calc.words import PERIODS
from workbook_templates.grid import BLANK, Cell, Grid, Kind, a1
from workbook_templates.layout import (
    PERIOD_KEY,
    SCHEME_KEY,
    SHEET,
    UNIT_KEY,
    VERSION_KEY,
    Column,
    ballot_columns,
    event_fields,
    honour_fields,
    measure_columns,
    rater_columns,
    roster_columns,
    ruling_fields,
    settings_rows,
)

__all__ = ["WorkbookInput", "parse_workbook", "read_settings"]


@dataclass(frozen=True, slots=True)
class WorkbookInput:
    """What a workbook holds; without a scheme there is nothing but problems, without a roster no submission."""

    file: SchemeFile | None
    scheme: Scheme | None
    submission: Submission | None
    unit: str
    tables: Tables
    problems: tuple[Problem, ...]


_TYPED = (SHEET.roster, SHEET.measures, SHEET.events, SHEET.raters, SHEET.ballots, SHEET.honours, SHEET.rulings)
"""The sheets that people fill in, besides 设置."""


def parse_workbook(grids: Mapping[str, Grid], load: Callable[[str], SchemeFile] = load_scheme) -> WorkbookInput:
    """The submission in a workbook's grids, and everything that is wrong with them. Never raises for input.

    ``load`` gives the scheme of an id, as :func:`load_scheme` does; a sealed workbook brings its own.
    """
    log = Log()
    by_name: dict[str, Grid] = {}
    for name, grid in grids.items():
        if plain_text(name) in by_name:
            log.error(name, "", "sheet_twice", sheet=plain_text(name))
        by_name.setdefault(plain_text(name), grid)
    _copies(by_name, log)
    file = _scheme_of(by_name, load, log)
    if file is None:
        return WorkbookInput(None, None, None, "", Tables(None), tuple(log.problems))
    settings = read_settings(file.scheme, by_name.get(SHEET.settings, Grid(SHEET.settings, {})), log)
    scheme = bind_settings(file, settings, log)
    if honour_contests(scheme) and SHEET.honours not in by_name:
        log.warn(SHEET.honours, "", "honours_gone", sheet=SHEET.honours)
    for name in (SHEET.settings, *_TYPED):
        if name in by_name and by_name[name].hidden:
            log.warn(name, "", "sheet_hidden", sheet=name)

    def table(
        sheet: str, columns: Sequence[Column], key: str = "id", *, required: bool = True, last_row: int | None = None
    ) -> Table | None:
        grid = by_name.get(sheet)
        if grid is None:
            if required:
                log.error(sheet, "", "sheet_missing", sheet=sheet)
            return None
        found = find_table(grid, columns, log, key=key, family=family_of(scheme), last_row=last_row)
        if found is not None:
            _missing_columns(found, columns, log)
        return found

    measures = table(SHEET.measures, measure_columns(scheme))
    tables = Tables(
        people=table(SHEET.roster, roster_columns(scheme), last_row=_roster_end(by_name.get(SHEET.roster), measures)),
        measures=measures,
        events=table(SHEET.events, event_fields(scheme), "event") if scheme.event else None,
        raters=table(SHEET.raters, rater_columns(scheme), "rater") if rater_columns(scheme) else None,
        ballots=table(SHEET.ballots, ballot_columns(scheme), "rater") if scheme.panel else None,
        honours=table(SHEET.honours, honour_fields(scheme), "contest", required=False),
        rulings=table(SHEET.rulings, ruling_fields(scheme), "kind"),
        apart=True,
    )
    submission = None if tables.people is None else assemble(scheme, tables, settings, log)
    unit = settings.get(UNIT_KEY, Entry()).value
    name = "" if unit is None else str(unit)
    return WorkbookInput(file, scheme, submission, name, tables, tuple(log.problems))


def _copies(by_name: Mapping[str, Grid], log: Log) -> None:
    """A copy of an input sheet, 指标 (2), is not read; the clerk may think that it is."""
    for name in by_name:
        original = name.partition("(")[0].strip()
        if original != name and original in _TYPED:
            log.warn(name, "", "sheet_copy", sheet=original)


def _missing_columns(table: Table, columns: Sequence[Column], log: Log) -> None:
    """Columns of the template that are no longer there: what stood in them would be dropped silently.

    One that may be blank was perhaps not needed, unless a column of another name has something in it.
    """
    sheet, header = table.grid.name, a1(table.header_row, 1)
    for column in columns:
        if not column.typed or column.remark or table.has(column.id) or _is_last_of_many(table, column):
            continue
        if column.measure is not None and column.measure.many and not _has_any(table, column.measure):
            continue  # the check misses the measure as a whole
        may_be_blank = column.measure is not None and (column.measure.missing != "problem" or column.measure.many)
        if (may_be_blank or column.id == "name") and not table.has_strangers:
            log.warn(sheet, header, "column_gone", label=column.label)
        else:
            log.error(sheet, header, "column_missing", label=column.label)


def _is_last_of_many(table: Table, column: Column) -> bool:
    """技能3 where there are but 技能1 and 技能2: the workbook was made with two. A gap before 技能3 is a deletion."""
    family = "" if column.measure is None or not column.measure.many else column.measure.id
    if not family:
        return False
    there = [int(name.rpartition("_")[2]) for name in table.places if name.startswith(f"{family}_")]
    return int(column.id.rpartition("_")[2]) > max(there, default=0)


def _has_any(table: Table, measure: Measure) -> bool:
    """True where any column of a measure with many has something in it."""
    places = {place for name, place in table.places.items() if measure.matches(name)}
    return any(table.grid.at(row, place).kind is not Kind.BLANK for row in table.rows for place in places)


def _roster_end(roster: Grid | None, measures: Table | None) -> int | None:
    """The last prepared row of 名册, which has no formulas of its own: it has as many rows as 指标."""
    if roster is None or measures is None:
        return None
    computed = [measures.places[name] for name, column in measures.columns.items() if not column.typed]
    end = prepared_end(measures.grid, computed)
    header = find_header(roster, measures.columns["id"])
    return None if end is None or header is None else end - measures.header_row + header


def _scheme_of(by_name: Mapping[str, Grid], load: Callable[[str], SchemeFile], log: Log) -> SchemeFile | None:
    """The scheme on sheet 方案, else the one that 设置 names."""
    own = None
    if SHEET.scheme in by_name:
        try:
            own = read_scheme_sheet(by_name[SHEET.scheme])
        except SchemeError as error:
            log.problems += error.problems
            return None
    grid = by_name.get(SHEET.settings)
    if grid is None:
        if own is not None:
            log.error(SHEET.settings, "", "scheme_only")
            return None
        is_ours = not {SHEET.roster, SHEET.measures, SHEET.events}.isdisjoint(by_name)
        log.error(SHEET.settings, "", "sheet_missing" if is_ours else "other_workbook", sheet=SHEET.settings)
        return None
    found = _rows_labelled(grid, dict.fromkeys((SCHEME_KEY, "方案"), SCHEME_KEY))
    row = next((rows[0] for rows in found.values()), None)
    place = "" if row is None else a1(row[0], row[1] + 1)
    cell = BLANK if row is None else grid.at(row[0], row[1] + 1)
    name = plain_text(str(cell.value or ""))
    if cell.kind is Kind.ERROR:
        log.error(grid.name, place, "error_value", label="方案", value=name)
        return None
    if not name:
        log.error(grid.name, place, "no_scheme")
        return None
    if own is not None:
        return _own(own, name, place, log)
    if name.endswith(".toml"):  # a workbook must not make us open a file of its choice
        log.error(grid.name, place, "scheme_unknown", id=name, known="、".join(shipped()))
        return None
    try:
        return load(name)
    except SchemeError as error:
        log.problems += error.problems
    except KeyError:
        log.error(grid.name, place, "scheme_unknown", id=name, known="、".join(shipped()))
    return None


def _own(own: SchemeFile, name: str, place: str, log: Log) -> SchemeFile | None:
    """The workbook's own scheme, where 设置 is for it; one that bears a shipped scheme's id and differs is told."""
    if own.scheme.id != name:
        log.error(SHEET.settings, place, "other_own_scheme", id=name, own=own.scheme.id)
        return None
    if name in shipped() and load_scheme(name).scheme != own.scheme:
        log.warn(SHEET.scheme, "", "own_differs", id=name)
    return own


def _rows_labelled(grid: Grid, labels: Mapping[str, str]) -> dict[str, list[tuple[int, int]]]:
    """Where each label of 设置 stands, as key → (row, column) from above; the first holds."""
    found: dict[str, list[tuple[int, int]]] = {}
    for (row, column), cell in sorted(grid.cells.items()):
        key = labels.get(plain_text(str(cell.value))) if cell.kind is Kind.TEXT else None
        if key is not None and column <= 3:
            found.setdefault(key, []).append((row, column))
    return found


def read_settings(scheme: Scheme, grid: Grid, log: Log, *, whole: bool = True) -> dict[str, Entry]:
    """The settings by key; the value stands right of its label. ``whole``: one that is not there is an error."""
    labels = dict(settings_rows(scheme))
    names = {plain_text(name): key for key, label in labels.items() for name in (key, label)}
    kinds = {setting.id: setting.kind for setting in scheme.setting}
    found = _rows_labelled(grid, names)
    _, example = PERIODS[scheme.period]
    entries: dict[str, Entry] = {}
    for key, label in labels.items() if whole else ():
        if key not in found and key in {PERIOD_KEY, VERSION_KEY, *kinds}:
            log.error(grid.name, "", "setting_missing", label=label)
            entries[key] = Entry(None, grid.name, bad=True)
    for key, ((row, column), *others) in found.items():
        place = a1(row, column + 1)
        for again, beside in others:
            if grid.at(again, beside + 1).value not in (None, grid.at(row, column + 1).value):
                log.error(grid.name, a1(again, beside + 1), "setting_twice", label=labels[key], place=place)
        cell = grid.at(row, column + 1)
        kind = {"number": "rate", "date": "date"}.get(kinds.get(key, ""), "text")
        reading = read_cell(cell, kind)
        if isinstance(reading.value, Decimal) and (cell.percent or str(cell.value).strip().endswith(("%", "％"))):
            reading = Reading(reading.value / 100)  # 50% of a setting that is a plain number is 0.5
        if key == PERIOD_KEY:
            reading = _period(cell, reading, scheme)
        if reading.fault:
            log.error(grid.name, place, reading.fault, label=labels[key], value=cell.value, example=example)
        elif cell.formula and reading.value is not None:
            log.warn(grid.name, place, "formula", label=labels[key], value=cell.value)
        entries[key] = Entry(reading.value, grid.name, place, bad=bool(reading.fault))
    version = entries.get(VERSION_KEY, Entry())
    if version.value is not None and str(version.value) != scheme.version:
        log.error(grid.name, version.cell, "other_version", value=version.value, version=scheme.version)
    return entries


def _period(cell: Cell, reading: Reading, scheme: Scheme) -> Reading:
    """The period as its id; Excel makes the first day of the month of what is typed as 2026-9."""
    if cell.kind is Kind.NUMBER:
        return Reading(fault="period_number")
    if scheme.period == "month" and isinstance(cell.value, dt.date) and cell.value.day == 1:
        return Reading(f"{cell.value:%Y-%m}")
    if isinstance(reading.value, str) and Period.parse(reading.value) is None:
        return Reading(fault="period")
    return reading
