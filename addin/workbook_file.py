"""A closed workbook file (.xlsx, .xlsm) as grids, and what is wrong with the file as Problems.

Nothing in a file raises: whatever cannot be read gives no grids and one error. Nothing in a file runs or is
fetched: macros, links and embedded objects are left where they are. Every size is bounded before it is unpacked.

A number is a float; a number in a date or time format is a date, a datetime or (below one day) a time, whatever
the file's date system, and an elapsed time such as ``[h]:mm`` counts as such a format. What no format can show as
a date (a negative number) stays a number, and what is no number in a number's cell stays a text. A cell of an array
formula has the formula flag although the file keeps the formula in the first cell only.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from addin.reading.book import Book
from addin.reading.limits import LIMITS, Limits
from addin.reading.refusal import FileMessage, Unreadable
from calc.problem import Problem
from workbook_templates.grid import Grid

__all__ = ["WorkbookFile", "file_contents", "read_contents", "read_workbook"]


@dataclass(frozen=True, slots=True)
class WorkbookFile:
    """What a file holds: its worksheets in their order, and what to tell the user about the file."""

    grids: dict[str, Grid] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    sprawls: bool = False
    """So many blank cells are merged, linked or styled that nobody should make them all; the grids do not."""
    needs_password: bool = False
    """It opens with a password only; the file's contents without it can go to :func:`read_contents`."""


def read_workbook(path: Path, limits: Limits = LIMITS) -> WorkbookFile:
    """Read a workbook file; a file that cannot be read gives no grids and one error."""
    try:
        data = file_contents(path, limits)
    except Unreadable as error:
        return _refused(path.name, error)
    found = read_contents(data, path.name, limits)
    if found.grids and _open_elsewhere(path):
        warning = FileMessage.OPEN_ELSEWHERE.problem(path.name)
        found = replace(found, problems=(*found.problems, warning))
    return found


def read_contents(data: bytes, name: str, limits: Limits = LIMITS) -> WorkbookFile:
    """Read a workbook from its bytes; ``name`` is the file's name in the Problems."""
    try:
        book = Book(data, limits)
        grids = book.grids()
        return WorkbookFile(grids, tuple(why.problem(name, said) for why, said in book.warnings()), book.sprawls)
    except Unreadable as error:
        return _refused(name, error)


def _refused(name: str, error: Unreadable) -> WorkbookFile:
    needs_password = error.why is FileMessage.PASSWORD
    return WorkbookFile(problems=(error.why.problem(name, error.detail),), needs_password=needs_password)


def file_contents(path: Path, limits: Limits = LIMITS) -> bytes:
    """The bytes of a file that can be a workbook; raises Unreadable."""
    if path.name.startswith("~$"):
        raise Unreadable(FileMessage.OWNER_FILE)
    try:
        if path.is_dir():
            raise Unreadable(FileMessage.FOLDER)
        if path.exists() and not path.is_file():  # a pipe or a device would be read without end
            raise Unreadable(FileMessage.NOT_A_FILE)
        with path.open("rb") as file:
            data = file.read(limits.file + 1)
    except FileNotFoundError as error:
        raise Unreadable(FileMessage.MISSING) from error
    except PermissionError as error:
        raise Unreadable(FileMessage.NO_PERMISSION) from error
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise Unreadable(FileMessage.UNREACHABLE, getattr(error, "strerror", None) or str(error)) from error
    if len(data) > limits.file:
        raise Unreadable(FileMessage.TOO_LARGE, f"{limits.file >> 20} MB")
    return data


def _open_elsewhere(path: Path) -> bool:
    """Excel and LibreOffice leave a file beside the one they have open; only a hint, it stays after a crash."""
    with suppress(OSError):
        return path.with_name("~$" + path.name).exists() or path.with_name(f".~lock.{path.name}#").exists()
    return False
