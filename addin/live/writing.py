"""Result sheets into the open workbook.

The sheets are painted into a file, as ``rank`` paints them, and copied from there by the program itself: formats,
charts, links and print set-up come along. A sheet of the same name is replaced only when its successor is there;
formulas elsewhere that look at it are entered again, and its protection holds for the successor.
"""

from __future__ import annotations

import re
import secrets
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import xlwings
from openpyxl import Workbook

from addin.live.host import Host
from addin.live.reading import formulas_of
from workbook_templates.save import save_workbook

__all__ = ["lifted", "quiet", "replace_sheets", "show"]

_QUIET: dict[str, Any] = {"screen_updating": False, "enable_events": False, "display_alerts": False,
                          "calculation": "manual"}  # fmt: skip


@contextmanager
def quiet(app: xlwings.App, host: Host) -> Iterator[None]:
    """While something is written: no drawing, calculating, asking, nor typing of the user; then all as it was."""
    was: dict[str, Any] = {}
    host.allow_input(app, False)
    try:
        for name, value in _QUIET.items():
            was[name] = getattr(app, name)
            setattr(app, name, value)
        yield
    finally:
        for name, value in reversed(was.items()):
            with suppress(Exception):  # the others are to be restored all the same
                setattr(app, name, value)
        host.allow_input(app, True)


@contextmanager
def lifted(host: Host, sheet: xlwings.Sheet) -> Iterator[bool]:
    """A sheet whose protection holds again afterwards: True where it can be written, False where somebody's password
    protects it.
    """
    protection = host.protection(sheet)
    writable = protection is None or host.unprotect(sheet)
    try:
        yield writable
    finally:
        if writable and protection is not None:
            host.protect(sheet, protection)


def replace_sheets(book: xlwings.Book, host: Host, made: Workbook, names: Sequence[str]) -> list[str]:
    """Put the sheets of these names from a workbook that we made into the open one.

    Returns those that were left as they are, as somebody's password protects them.
    """
    present = {sheet.name: sheet for sheet in book.sheets}
    locked = [name for name in names if name in present and not _is_ours(host, present[name])]
    wanted = [name for name in names if name not in locked]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / f"StarScore-{secrets.token_hex(4)}.xlsx"  # no two open workbooks may bear one name
        save_workbook(made, path)
        source = book.app.books.open(str(path), read_only=True)
        copies: dict[str, xlwings.Sheet] = {}
        try:
            for name in wanted:
                copies[name] = _copied(source.sheets[name], book, present.get(name))
        except Exception:
            for copy in copies.values():
                copy.delete()
            raise
        finally:
            source.close()
    looking = list(_looking_at(book, {name for name in wanted if name in present}))
    for name, copy in copies.items():
        _succeed(host, present.get(name), copy, name)
        if made[name].freeze_panes:
            host.freeze(copy, made[name].freeze_panes)
    for cell in looking:
        _enter_again(book, host, cell)
    for name in wanted:
        if name in present:
            present[name].delete()
    return locked


def _is_ours(host: Host, sheet: xlwings.Sheet) -> bool:
    """True for a sheet without a password; it stays protected."""
    with lifted(host, sheet) as writable:
        return writable


def _copied(sheet: xlwings.Sheet, book: xlwings.Book, old: xlwings.Sheet | None) -> xlwings.Sheet:
    """A copy of the sheet in the open workbook, under whatever name: behind the old one, or as the last."""
    return sheet.copy(after=old or book.sheets[len(book.sheets) - 1])


def _succeed(host: Host, old: xlwings.Sheet | None, new: xlwings.Sheet, name: str) -> None:
    """Let the new sheet bear the old one's name, protection and visibility."""
    if old is None:
        new.name = name
        return
    old.name = f"~{secrets.token_hex(4)}"
    new.name = name
    if not old.visible:
        new.visible = False
    protection = host.protection(old)
    if protection != host.protection(new) and host.unprotect(new) and protection is not None:
        host.protect(new, protection)


class _Looking(NamedTuple):
    """A formula that looks at a sheet."""

    sheet: str
    row: int
    column: int
    formula: str


def _looking_at(book: xlwings.Book, names: Collection[str]) -> Iterator[_Looking]:
    """The formulas on other sheets that look at one of these."""
    if not names:
        return
    mentions = re.compile(f"(?:{'|'.join(map(re.escape, names))})'?!")
    for sheet in book.sheets:
        if sheet.name in names:
            continue
        for (row, column), formula in formulas_of(sheet.used_range):
            if mentions.search(formula):
                yield _Looking(sheet.name, row, column, formula)


def _enter_again(book: xlwings.Book, host: Host, cell: _Looking) -> None:
    """Let a formula look at the sheet that bears the name now: meanwhile it has followed the old one."""
    sheet = book.sheets[cell.sheet]
    with lifted(host, sheet) as writable:
        if writable:
            sheet.range((cell.row, cell.column)).formula = cell.formula


def show(book: xlwings.Book, host: Host, name: str) -> None:
    """Bring a sheet before the user's eyes."""
    sheet = book.sheets[name]
    if not sheet.visible:
        sheet.visible = True
    host.show(sheet)
