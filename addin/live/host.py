"""What the actions need of a spreadsheet program beyond xlwings: one implementation for Excel, one for LibreOffice."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import xlwings

__all__ = ["Host", "host_of"]

_MODULES = {"excel": "addin.excel.host", "libreoffice": "addin.libreoffice.host"}
"""By the name of xlwings' engine the module whose ``HOST`` is it."""


class Host(Protocol):
    """The program that a workbook is open in."""

    def is_changed(self, book: xlwings.Book) -> bool:
        """True where the workbook differs from its file."""

    def is_read_only(self, book: xlwings.Book) -> bool:
        """True where the workbook cannot be saved under its name."""

    def is_structure_locked(self, book: xlwings.Book) -> bool:
        """True where no sheet can be added."""

    def date1904(self, book: xlwings.Book) -> bool:
        """True where days are counted from 1904."""

    def save_copy(self, book: xlwings.Book, path: Path) -> None:
        """Write the workbook as it is now to another file with the ending of its own; it stays as it is.

        Raises where that cannot be done.
        """

    def protection(self, sheet: xlwings.Sheet) -> Any:
        """A sheet's protection, to be given to :meth:`protect`; None where it has none."""

    def unprotect(self, sheet: xlwings.Sheet) -> bool:
        """Take away a protection that has no password; False where it has one."""

    def protect(self, sheet: xlwings.Sheet, protection: Any) -> None:
        """Protect a sheet, without a password, with the flags that :meth:`protection` gave."""

    def allow_input(self, app: xlwings.App, allowed: bool) -> None:
        """Let the user type and click, or not."""

    def show(self, sheet: xlwings.Sheet) -> None:
        """Bring a sheet and its workbook to the front, without taking the screen from another program."""

    def freeze(self, sheet: xlwings.Sheet, cell: str) -> None:
        """Keep what is above and left of the cell in sight, for a copy of a sheet on which that is so."""

    def print_out(self, book: xlwings.Book, sheets: Sequence[str]) -> None:
        """Send the sheets to the printer, in one job. Raises where that cannot be done."""

    def is_busy(self, error: BaseException) -> bool:
        """True for an error that says: the program takes no calls now, as a cell is being edited or a dialogue open."""

    def diagnose(self) -> Sequence[str]:
        """What keeps the add-in from working on this machine, in sentences; nothing where all is well."""


def host_of(book: xlwings.Book) -> Host:
    """The program that the workbook is open in."""
    host: Host = import_module(_MODULES[book.app.engine.name]).HOST
    return host
