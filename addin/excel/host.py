"""Excel as the program that a workbook is open in: what xlwings has no words for, asked of Excel's own objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlwings

__all__ = ["HOST", "Excel"]

_BUSY = frozenset({-2147418111, -2147417846, -2146777998})
"""RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, and what Excel says while a cell is being edited."""
_ALLOWED = (
    "AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns",
    "AllowInsertingRows", "AllowInsertingHyperlinks", "AllowDeletingColumns", "AllowDeletingRows", "AllowSorting",
    "AllowFiltering", "AllowUsingPivotTables",
)  # fmt: skip
"""The flags of a protection, in the order of Worksheet.Protect's arguments."""


@dataclass(frozen=True, slots=True)
class Protection:
    """What a protection guards, what it allows, and which cells may be selected."""

    drawings: bool
    contents: bool
    scenarios: bool
    allowed: tuple[bool, ...]
    selection: int


class Excel:
    """See :class:`addin.live.host.Host`."""

    def is_changed(self, book: xlwings.Book) -> bool:
        return not book.api.Saved

    def is_read_only(self, book: xlwings.Book) -> bool:
        return bool(book.api.ReadOnly)

    def is_structure_locked(self, book: xlwings.Book) -> bool:
        return bool(book.api.ProtectStructure)

    def date1904(self, book: xlwings.Book) -> bool:
        return bool(book.api.Date1904)

    def save_copy(self, book: xlwings.Book, path: Path) -> None:
        book.api.SaveCopyAs(str(path))

    def protection(self, sheet: xlwings.Sheet) -> Protection | None:
        api = sheet.api
        if not (api.ProtectContents or api.ProtectDrawingObjects or api.ProtectScenarios):
            return None
        allowed = tuple(bool(getattr(api.Protection, name)) for name in _ALLOWED)
        drawings, contents, scenarios = map(
            bool, (api.ProtectDrawingObjects, api.ProtectContents, api.ProtectScenarios)
        )
        return Protection(drawings, contents, scenarios, allowed, int(api.EnableSelection))

    def unprotect(self, sheet: xlwings.Sheet) -> bool:
        try:
            sheet.api.Unprotect("")
        except Exception as error:  # Excel refuses a wrong password with an error that has no type of its own
            if self.is_busy(error):
                raise
        return self.protection(sheet) is None

    def protect(self, sheet: xlwings.Sheet, protection: Protection) -> None:
        guards = (protection.drawings, protection.contents, protection.scenarios)
        user_interface_only = False
        sheet.api.Protect("", *guards, user_interface_only, *protection.allowed)
        sheet.api.EnableSelection = protection.selection

    def allow_input(self, app: xlwings.App, allowed: bool) -> None:
        app.interactive = allowed

    def show(self, sheet: xlwings.Sheet) -> None:
        sheet.book.api.Activate()
        sheet.api.Activate()

    def freeze(self, sheet: xlwings.Sheet, cell: str) -> None:
        """Nothing: Excel's copy has it."""

    def print_out(self, book: xlwings.Book, sheets: Sequence[str]) -> None:
        book.api.Worksheets(list(sheets)).PrintOut()

    def is_busy(self, error: BaseException) -> bool:
        details = getattr(error, "excepinfo", None) or ()
        numbers = {getattr(error, "hresult", None), *(part for part in details if isinstance(part, int))}
        return bool(numbers & _BUSY) or type(error).__name__ == "ExcelBusyError"

    def diagnose(self) -> Sequence[str]:
        from addin.excel.doctor import diagnose  # noqa: PLC0415 (slow to import, and seldom needed)
        from addin.excel.machine import look  # noqa: PLC0415

        return [finding.text for finding in diagnose(look())]


HOST = Excel()
