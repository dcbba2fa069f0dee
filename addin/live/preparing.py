"""新建, 新建方案 and 导入名册: the workbook before anything is reckoned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import xlwings

from addin.live.backup import file_of
from addin.live.desk import Desk, Refusal, first_words, problem_words
from addin.live.earlier import results_in
from addin.live.texts import QUESTIONS, SAID
from addin.live.writing import lifted, quiet, show
from addin.parsing.table import Table, prepared_end
from addin.past_results import honours_for
from addin.roster import Changes, Person, carried, compare, read_roster
from addin.scheme_sheet.workbook import contest_workbook, new_scheme_workbook
from addin.workbook_input import WorkbookInput
from calc.period import Period
from calc.problem import Problem, Severity
from calc.scheme import Scheme, SchemeError, SchemeFile, load_scheme, shipped
from calc.scheme.contests import honour_contests
from calc.words import PERIODS
from workbook_templates.filling import Filling, Typed, as_typed
from workbook_templates.layout import SHEET, Column
from workbook_templates.save import save_workbook, unused_name

__all__ = ["import_roster", "new", "new_scheme"]

_LIKE_FORMULA = ("=", "+", "-", "@")


def new(desk: Desk) -> str:
    """新建: a workbook to fill in, for the scheme and period that are asked for, opened.

    From a workbook of the same scheme it takes unit, roster and decisions, from earlier results the honours; from one
    that has nothing but sheet 方案 the scheme.
    """
    try:
        read = desk.read()
    except Refusal:
        read = None
    try:
        file = _chosen_scheme(desk, desk.scheme_alone() if read is None else read.file)
    except SchemeError as error:
        desk.write_problems(error.problems)
        return SAID["scheme_bad"].format(problem=first_words(error.problems))
    scheme = file.scheme
    before = read if read is not None and read.scheme is not None and read.scheme.id == scheme.id else None
    period = _chosen_period(desk, scheme, before)
    filling = Filling(period)
    if before is not None:
        filling, problems = carried(before, desk.book.name, scheme, filling)
        if problems:
            raise Refusal(problem_words(problems[0]))
    path = unused_name(_folder(desk) / f"{scheme.title}-{period}.xlsx")
    filling = replace(filling, honours=_honours(desk, scheme, period))
    with desk.writing(str(path)):
        save_workbook(contest_workbook(file, filling), path)
    desk.open(path)
    key = "new_carried" if filling.roster else "new"
    return SAID[key].format(name=path.name, n=len(filling.roster))


def new_scheme(desk: Desk) -> str:
    """新建方案: a workbook to write a scheme of one's own in, opened; it holds a small example."""
    path = unused_name(desk.ask_folder("new_scheme") / f"{SHEET.scheme}.xlsx")
    with desk.writing(str(path)):
        save_workbook(new_scheme_workbook(), path)
    desk.open(path)
    return SAID["new_scheme"].format(name=path.name)


def _chosen_scheme(desk: Desk, now: SchemeFile | None) -> SchemeFile:
    """The scheme that is asked for; the open workbook's (``now``) stands first, its organisation's next.

    Raises Refusal.
    """
    files = [load_scheme(name) for name in shipped() if now is None or name != now.scheme.id]
    if now is not None:
        files.sort(key=lambda file: file.scheme.organisation != now.scheme.organisation)
        files.insert(0, now)
    titles = [f"{file.scheme.organisation} {file.scheme.title}" for file in files]
    chosen = desk.ask.choice(QUESTIONS["scheme"], titles)
    if chosen is None:
        raise Refusal(SAID["cancelled"])
    return files[chosen]


def _chosen_period(desk: Desk, scheme: Scheme, before: WorkbookInput | None) -> Period:
    """The period that is asked for; offered is the one after the open workbook's. Raises Refusal."""
    kind, example = PERIODS[scheme.period]
    last = None if before is None or before.submission is None else before.submission.period
    text = desk.ask.text(QUESTIONS["period"].format(example=example), "" if last is None else str(last.next))
    if text is None:
        raise Refusal(SAID["cancelled"])
    period = Period.parse(text)
    if period is None or period.kind != scheme.period:
        raise Refusal(SAID["wrong_period"].format(period=text, title=scheme.title, kind=kind, example=example))
    return period


def _honours(desk: Desk, scheme: Scheme, period: Period) -> Sequence[Mapping[str, Typed]]:
    """The honours of earlier contests that this one looks at, from a folder of results. Raises Refusal."""
    folder = desk.ask.folder(QUESTIONS["earlier"]) if honour_contests(scheme) else None
    return () if folder is None else honours_for(scheme, period, results_in(desk, folder))


def _folder(desk: Desk) -> Path:
    """Where new files go: beside the open workbook, else to the user's documents."""
    path = file_of(desk.book)
    if path is not None:
        return path.parent
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()


def import_roster(desk: Desk) -> str:
    """导入名册: the people of a file into 名册, and their ids into 指标, whose rows keep what was typed there."""
    read = desk.read()
    roster = _prepared(read)
    if roster is None or read.scheme is None:
        desk.write_problems(read.problems)
        return SAID["roster_bad"].format(problem=next((p.message for p in read.problems), ""))
    path = desk.ask.file(QUESTIONS["roster"], (".xlsx", ".csv"))
    if path is None:
        raise Refusal(SAID["cancelled"])
    with desk.telling("file"):
        found = read_roster(path, read.scheme, ask=lambda column, names: _which(desk, column, names))
    problems = (*found.problems, *_formulas(path, found.people))
    if any(problem.is_error for problem in problems):
        desk.write_problems(problems)
        return SAID["roster_bad"].format(problem=next(p.message for p in problems if p.is_error))
    changes = compare(read.scheme, roster.people, found.people)
    people = changes.people if roster.people else found.people
    ids = roster.ids_with(people)
    for n in (len(people), len(ids)):
        if n > roster.size:
            raise Refusal(SAID["roster_long"].format(n=n, rows=roster.size))
    told = _told(changes) if roster.people else ""
    question = QUESTIONS["replace_roster"].format(n=len(roster.people), m=len(people), changes=told or "人员相同")
    if roster.people and not desk.ask.confirm(question):
        raise Refusal(SAID["cancelled"])
    _write(desk, roster, people, ids)
    return SAID["roster_done"].format(n=len(people), changes=f"{told}。" if told else "")


def _which(desk: Desk, column: Column, names: Sequence[str]) -> str | None:
    chosen = desk.ask.choice(QUESTIONS["column"].format(label=column.label), names)
    return None if chosen is None else names[chosen]


def _formulas(path: Path, people: Sequence[Person]) -> list[Problem]:
    """Texts that a cell would take for a formula: nobody is called so."""
    return [
        Problem(Severity.ERROR, path.name, "", SAID["roster_formula"].format(text=value))
        for person in people
        for value in person.values()
        if isinstance(value, str) and value.startswith(_LIKE_FORMULA) and len(value) > 1
    ]


def _told(changes: Changes) -> str:
    return "；".join(
        f"{word} {len(names)} 人：{'、'.join(names)}"
        for word, names in (("新增", changes.joined), ("调入", changes.moved), ("离岗", changes.left))
        if names
    )


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The rows of 名册 and 指标 that can be filled, and what stands in them."""

    roster: Table
    measures: Table
    size: int
    people: tuple[Person, ...]
    ids: tuple[str, ...]
    """The ids in 指标, from the first row to the last that is filled; "" for a blank."""

    def ids_with(self, people: Sequence[Person]) -> list[str]:
        """The ids of 指标 with those of new people below: nobody's row moves away from what was typed in it."""
        known = set(self.ids)
        return [*self.ids, *(str(p["id"]) for p in people if str(p["id"]) not in known)]


def _prepared(read: WorkbookInput) -> _Prepared | None:
    """None for a workbook whose tables cannot be found, or in which nothing more can be filled in."""
    roster, measures = read.tables.people, read.tables.measures
    if roster is None or measures is None or not measures.has("id") or not roster.has("id"):
        return None
    computed = [measures.places[name] for name, column in measures.columns.items() if not column.typed]
    end = prepared_end(measures.grid, computed)
    if end is None:
        return None
    typed = {name: place for name, place in roster.places.items() if roster.columns[name].typed}
    people = tuple({name: as_typed(roster.entry(row, name).value) for name in typed} for row in roster.rows)
    last = max(measures.rows, default=measures.header_row)
    ids = [measures.entry(row, "id").value for row in range(measures.header_row + 1, last + 1)]
    return _Prepared(roster, measures, end - measures.header_row, people,
                     tuple("" if each is None else str(each) for each in ids))  # fmt: skip


def _write(desk: Desk, prepared: _Prepared, people: Sequence[Person], ids: Sequence[str]) -> None:
    """Fill both tables, column by column; rows below the last become blank."""
    desk.prepare()
    roster, measures = desk.book.sheets[prepared.roster.grid.name], desk.book.sheets[prepared.measures.grid.name]
    with desk.telling("write", sheets=SHEET.roster), quiet(desk.book.app, desk.host):
        _fill(desk, roster, prepared.roster, prepared.size,
              {name: [person.get(name) for person in people] for name in _written(prepared.roster)})  # fmt: skip
        _fill(desk, measures, prepared.measures, prepared.size, {"id": [each or None for each in ids]})
        show(desk.book, desk.host, roster.name)


def _written(table: Table) -> list[str]:
    """The columns that people or we fill in."""
    return [name for name, column in table.columns.items() if table.has(name) and (column.typed or name == "change")]


def _fill(desk: Desk, sheet: xlwings.Sheet, table: Table, size: int, columns: dict[str, Sequence[Typed]]) -> None:
    """Write columns into a table of ``size`` rows, whose protection holds again afterwards. Raises Refusal."""
    with lifted(desk.host, sheet) as writable:
        if not writable:
            raise Refusal(SAID["roster_locked"].format(sheet=sheet.name))
        for name, values in columns.items():
            top, place = table.header_row + 1, table.places[name]
            cells = [[_typed(value)] for value in values] + [[None]] * (size - len(values))
            sheet.range((top, place), (top + size - 1, place)).value = cells


def _typed(value: Typed) -> Typed:
    """A value as a clerk would have typed it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return as_typed(value)
