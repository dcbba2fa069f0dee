"""LibreOffice as the program that a workbook is open in: what xlwings has no words for, asked of LibreOffice itself."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import xlwings
from openpyxl.utils.cell import coordinate_to_tuple

from addin.libreoffice.engine import FILTERS, only_visible_printed
from addin.libreoffice.office import properties
from addin.libreoffice.starscore_office.wire import Fault

__all__ = ["HOST", "LibreOffice"]


class LibreOffice:
    """See :class:`addin.live.host.Host`. An action runs while LibreOffice waits for it, so it is never busy."""

    def is_changed(self, book: xlwings.Book) -> bool:
        return bool(book.api.isModified())

    def is_read_only(self, book: xlwings.Book) -> bool:
        return bool(book.api.isReadonly())

    def is_structure_locked(self, book: xlwings.Book) -> bool:
        return bool(book.api.isProtected())

    def date1904(self, book: xlwings.Book) -> bool:
        return bool(book.api.NullDate.Year == 1904)

    def save_copy(self, book: xlwings.Book, path: Path) -> None:
        book.api.storeToURL(path.resolve().as_uri(), properties(FilterName=FILTERS[path.suffix.lower()]))

    def protection(self, sheet: xlwings.Sheet) -> bool | None:
        """True or None: LibreOffice keeps the flags of a protection that is taken away, for the next."""
        return True if sheet.api.isProtected() else None

    def unprotect(self, sheet: xlwings.Sheet) -> bool:
        with suppress(Fault):  # how LibreOffice refuses a wrong password
            sheet.api.unprotect("")
        return not sheet.api.isProtected()

    def protect(self, sheet: xlwings.Sheet, protection: bool) -> None:  # noqa: ARG002 (of one kind only)
        sheet.api.protect("")

    def allow_input(self, app: xlwings.App, allowed: bool) -> None:
        """Nothing: LibreOffice takes no input while an action runs."""

    def show(self, sheet: xlwings.Sheet) -> None:
        sheet.book.api.CurrentController.ActiveSheet = sheet.api
        sheet.book.api.CurrentController.Frame.activate()

    def freeze(self, sheet: xlwings.Sheet, cell: str) -> None:
        """What stays in sight belongs to the window, and LibreOffice leaves it behind when it copies a sheet."""
        row, column = coordinate_to_tuple(cell)
        view = sheet.book.api.CurrentController
        shown, view.ActiveSheet = view.ActiveSheet, sheet.api
        view.freezeAtPosition(column - 1, row - 1)
        view.ActiveSheet = shown

    def print_out(self, book: xlwings.Book, sheets: Sequence[str]) -> None:
        """Print; sheets that are not wanted are hidden meanwhile."""
        hidden = [sheet for sheet in book.sheets if sheet.name not in sheets and sheet.visible]
        for sheet in hidden:
            sheet.visible = False
        try:
            with only_visible_printed(book.api):
                book.api.print(properties(Wait=True))
        finally:
            for sheet in hidden:
                sheet.visible = True

    def is_busy(self, error: BaseException) -> bool:  # noqa: ARG002 (as for Excel)
        return False

    def diagnose(self) -> Sequence[str]:
        """Nothing: whoever sees the answer has an extension that works."""
        return ()


HOST = LibreOffice()
