"""Where an action works: the open workbook, the program it is in, the person who clicked; and what all actions share:
reading and reckoning it, writing sheets into it, saying what became of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import xlwings
from openpyxl import Workbook

from addin.live.asking import Ask
from addin.live.backup import Backup, NoBackup, back_up, file_of
from addin.live.host import Host
from addin.live.reading import formulas_of, read_grids
from addin.live.texts import PROGRESS, QUESTIONS, SAID
from addin.live.writing import quiet, replace_sheets, show
from addin.parsing.values import plain_text
from addin.ranking import write_pages
from addin.scheme_sheet.reading import read_scheme_sheet
from addin.workbook_input import WorkbookInput, parse_workbook
from calc.evaluate import evaluate
from calc.problem import Problem
from calc.result import Result
from calc.scheme import Scheme, SchemeFile
from workbook_templates.grid import Grid
from workbook_templates.layout import SHEET
from workbook_templates.page import Page, paint
from workbook_templates.results import problems_page

__all__ = ["Desk", "Reckoned", "Refusal", "first_words", "found_words", "problem_words"]

_OURS = frozenset({SHEET.settings, SHEET.roster, SHEET.measures, SHEET.events})
_TOO_OLD = frozenset({".xls", ".et"})
"""Workbooks with fewer rows than ours: none of our sheets can be copied there."""
_ADD_IN_CALL = "STARSCORE("


class Refusal(Exception):  # noqa: N818
    """An action ends here, with nothing changed; the message is the sentence to say."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The open workbook, read and reckoned. Without a result there is nothing but problems."""

    read: WorkbookInput
    result: Result | None
    problems: tuple[Problem, ...]

    @property
    def scheme(self) -> Scheme | None:
        """The scheme of a workbook that has a result."""
        return None if self.result is None else self.read.scheme


@dataclass(frozen=True, slots=True)
class Desk:
    """The workbook, its program and its user."""

    book: xlwings.Book
    host: Host
    ask: Ask
    remarks: list[str] = field(default_factory=list)
    """What is to be said after the closing sentence: the backup, and what could not be done."""

    @contextmanager
    def telling(self, step: str, **values: str) -> Iterator[None]:
        """Say in the status bar what is being done."""
        self.book.app.status_bar = PROGRESS[step].format(**values)
        try:
            yield
        finally:
            self.book.app.status_bar = False

    @contextmanager
    def writing(self, name: str = "") -> Iterator[None]:
        """Say that a file is being written. Raises Refusal where it cannot be, by ``name`` or as the error names it."""
        with self.telling("file"):
            try:
                yield
            except OSError as error:
                told = SAID["not_written"].format(name=name or error.filename, reason=error.strerror)
                raise Refusal(told) from error

    def read(self) -> WorkbookInput:
        """The workbook's contents. Raises Refusal for a workbook that is none of ours."""
        grids = self._grids()
        if _OURS.isdisjoint(map(plain_text, grids)):
            raise Refusal(SAID["not_ours"])
        return parse_workbook(grids)

    def scheme_alone(self) -> SchemeFile | None:
        """The scheme in a workbook that has sheet 方案; None where there is none. Raises SchemeError."""
        grid = next((grid for name, grid in self._grids().items() if plain_text(name) == SHEET.scheme), None)
        return None if grid is None else read_scheme_sheet(grid)

    def _grids(self) -> dict[str, Grid]:
        with self.telling("read"):
            if self.book.app.calculation == "manual":
                self.book.app.calculate()
            return read_grids(self.book, self.host.date1904(self.book))

    def reckon(self) -> Reckoned:
        """The workbook's contents with what comes of them. Raises Refusal."""
        read = self.read()
        if read.scheme is None or read.submission is None:
            return Reckoned(read, None, read.problems)
        with self.telling("reckon"):
            result = evaluate(read.scheme, read.submission, trace=True).with_problems(read.problems)
        return Reckoned(read, result, result.problems)

    def write_result(self, reckoned: Reckoned, shown: str) -> None:
        """Write the result's sheets and show one. Raises Refusal."""
        if reckoned.result is None:
            self.write_problems(reckoned.problems)
            return
        made = Workbook()
        del made[made.sheetnames[0]]
        write_pages(made, reckoned.read, reckoned.result)
        names = [name for name in made.sheetnames if name != SHEET.scores or not self._has_live_scores()]
        self.put(made, names, shown)

    def write_problems(self, problems: Sequence[Problem]) -> None:
        """Write 检查 alone, and show it. Raises Refusal."""
        self.write_page(problems_page(problems))

    def write_page(self, page: Page) -> None:
        """Write one page and show it. Raises Refusal."""
        made = Workbook()
        sheet = made[made.sheetnames[0]]
        sheet.title = page.name
        paint(sheet, page)
        self.put(made, [page.name], page.name)

    def put(self, made: Workbook, names: Sequence[str], shown: str) -> None:
        """Put sheets into the workbook, after a backup. Raises Refusal."""
        self.prepare()
        with self.telling("write", sheets="、".join(names)), quiet(self.book.app, self.host):
            locked = replace_sheets(self.book, self.host, made, names)
            show(self.book, self.host, shown)
        if locked:
            self.remarks.insert(0, SAID["locked_sheets"].format(sheets="、".join(locked)))

    def prepare(self) -> None:
        """See that the workbook may be written into, and that there is a way back. Raises Refusal."""
        if Path(self.book.name).suffix.lower() in _TOO_OLD:
            raise Refusal(SAID["old_format"])
        if self.host.is_structure_locked(self.book):
            raise Refusal(SAID["structure"])
        try:
            self.remarks.extend(_told(back_up(self.book, self.host, dt.datetime.now())))
        except NoBackup as error:
            raise Refusal(SAID["no_backup"].format(reason=error)) from error

    def saved_file(self, label: str) -> Path:
        """The workbook's file, saved as the workbook is now; ``label`` is the button's. Raises Refusal."""
        path = file_of(self.book)
        if path is None:
            raise Refusal(SAID["not_saved"].format(action=label))
        if self.host.is_changed(self.book):
            if self.host.is_read_only(self.book):
                raise Refusal(SAID["read_only"])
            if not self.ask.confirm(QUESTIONS["save_first"].format(action=label)):
                raise Refusal(SAID["not_saved"].format(action=label))
            self.book.save()
        return path

    def ask_password(self) -> str | None:
        """The password of a file that is opened."""
        return self.ask.password(QUESTIONS["file_password"])

    def ask_folder(self, question: str) -> Path:
        """A folder that is there. Raises Refusal where the person gives up."""
        folder = self.ask.folder(QUESTIONS[question])
        if folder is None:
            raise Refusal(SAID["cancelled"])
        return folder

    def open(self, path: Path) -> None:
        """Open a file that was made. Raises Refusal where another of this name is open."""
        try:
            self.book.app.books.open(str(path))
        except ValueError as error:  # xlwings' own: no program opens two of a name
            raise Refusal(SAID["same_name"].format(path=path)) from error

    def _has_live_scores(self) -> bool:
        """True where 得分 shows the points by the add-in's functions: it follows by itself."""
        if SHEET.scores not in self.book.sheet_names:
            return False
        formulas = formulas_of(self.book.sheets[SHEET.scores].used_range)
        return any(_ADD_IN_CALL in formula.upper() for _, formula in formulas)


def _told(backup: Backup) -> Iterator[str]:
    if backup.copy is not None:
        yield SAID["backup"].format(name=backup.copy.name)
    if backup.unsaved:
        yield SAID["unsaved"]
    if backup.read_only:
        yield SAID["read_only"]


def found_words(problems: Sequence[Problem]) -> str:
    """How many errors and warnings there are, in words."""
    if not problems:
        return SAID["found_nothing"]
    errors = sum(1 for problem in problems if problem.is_error)
    return SAID["found"].format(errors=errors, warnings=len(problems) - errors)


def first_words(problems: Sequence[Problem]) -> str:
    """The first problem, an error where there is one, with how many there are."""
    errors = [problem for problem in problems if problem.is_error] or list(problems)
    text = problem_words(errors[0])
    return text if len(errors) == 1 else SAID["more_problems"].format(problem=text, n=len(errors))


def problem_words(problem: Problem) -> str:
    """Where it is and what is wrong."""
    return f"{problem.place} {problem.message}".strip()
