"""The calculation on plain tables: csv files of all that is typed, and results of other contests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from addin.csv_file import read_csv
from addin.earlier_results import read_earlier
from addin.parsing.submission import Tables, assemble, chosen
from addin.parsing.table import Log, Table, family_of, find_table
from addin.parsing.values import plain_text, read_cell
from calc.period import Period
from calc.problem import Problem
from calc.scheme import Scheme, SchemeFile, SettingError
from calc.sources import Earlier, fill
from calc.submission import Entry, Submission
from workbook_templates.grid import Cell, Kind
from workbook_templates.layout import (
    BALLOT_FIELDS,
    EVENT_FIELDS,
    HONOUR_FIELDS,
    PERIOD_KEY,
    RATER_FIELDS,
    RULING_FIELDS,
    Column,
    item_columns,
    person_columns,
)

__all__ = ["Paths", "SetOptionError", "read_settings", "read_tables"]


class SetOptionError(ValueError):
    """A ``--set`` that cannot be taken; ``str()`` of it says why."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one contest; only ``data`` must be there."""

    data: Path
    events: Path | None = None
    honours: Path | None = None
    rulings: Path | None = None
    ballots: Path | None = None
    raters: Path | None = None
    results: tuple[tuple[str, Path], ...] = ()
    """Results of other contests, each with the contest that it must be of."""


def read_settings(file: SchemeFile, given: Sequence[str]) -> tuple[Scheme, dict[str, Entry]]:
    """``key=value`` words as settings, and the scheme with them. Raises SetOptionError."""
    entries: dict[str, Entry] = {}
    taken: dict[str, Decimal | dt.date | str | None] = {}
    settings = {setting.id: setting for setting in file.scheme.setting}
    for word in given:
        key, equals, text = word.partition("=")
        key, text = key.strip(), plain_text(text)
        if not equals:
            raise SetOptionError(f"--set {word}：须写成 名称=值")
        if key == PERIOD_KEY:
            if Period.parse(text) is None:
                raise SetOptionError(f"--set {word}：期间看不懂，例 2026-09、2026Q3、2026")
        elif key not in settings:
            known = "、".join([PERIOD_KEY, *settings])
            raise SetOptionError(f"--set {word}：没有设置项 {key}；可用：{known}")
        elif settings[key].kind == "number":
            value = read_cell(Cell(text, Kind.TEXT), "number").value
            if not isinstance(value, Decimal):
                raise SetOptionError(f"--set {word}：须为数字")
            taken[key] = value
        elif settings[key].kind == "date":
            day = read_cell(Cell(text, Kind.TEXT), "date").value
            if not isinstance(day, dt.date):
                raise SetOptionError(f"--set {word}：须为日期，例 2026-10-12")
            taken[key] = day
        else:
            taken[key] = chosen(settings[key], text)
        entries[key] = Entry(taken.get(key, text))
    try:
        return file.bind(taken), entries
    except SettingError as error:
        raise SetOptionError(f"--set {error.setting}：{error}") from error


def read_tables(scheme: Scheme, paths: Paths, settings: Mapping[str, Entry]) -> tuple[Submission, tuple[Problem, ...]]:
    """The submission in some csv files, and what is wrong with them."""
    log = Log()
    people_columns = [
        *person_columns(scheme),
        *(
            Column(name, label, measure.kind, measure=measure)
            for measure in scheme.measure
            for name, label in measure.headers()
        ),
    ]

    def table(path: Path | None, columns: Sequence[Column], key: str = "id") -> Table | None:
        if path is None:
            return None
        grid = read_csv(path)
        if isinstance(grid, Problem):
            log.problems.append(grid)
            log.unattributed = True
            return None
        return find_table(grid, columns, log, key=key, header_row=1, family=family_of(scheme))

    tables = Tables(
        people=table(paths.data, people_columns),
        events=table(paths.events, EVENT_FIELDS, "event"),
        raters=table(paths.raters, RATER_FIELDS, "rater"),
        ballots=table(paths.ballots, [*BALLOT_FIELDS, *item_columns(scheme)], "rater"),
        honours=table(paths.honours, HONOUR_FIELDS, "contest"),
        rulings=table(paths.rulings, RULING_FIELDS, "kind"),
    )
    submission, found = fill(scheme, assemble(scheme, tables, settings, log), _results(paths, log))
    return replace(submission, unattributed=submission.unattributed or log.unattributed), (*log.problems, *found)


def _results(paths: Paths, log: Log) -> list[Earlier]:
    """The results that could be read; of others it is not known whom they concern."""
    found = []
    for contest, path in paths.results:
        result = read_earlier(contest, path)
        if isinstance(result, Problem):
            log.problems.append(result)
            log.unattributed = True
        else:
            found.append(result)
    return found
