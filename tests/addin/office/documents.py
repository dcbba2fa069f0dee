"""Documents in a running LibreOffice: opened, typed into cell by cell, their menu pressed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import xlwings

from addin.libreoffice.engine import book_of
from addin.libreoffice.office import Office, properties

__all__ = ["opened", "press", "type_in"]


def opened(office: Office, path: Path | None = None, *, hidden: bool = True) -> xlwings.Book:
    """Open a file, or a new document, as xlwings' book."""
    url = path.resolve().as_uri() if path else "private:factory/scalc"
    return book_of(office, office.desktop.loadComponentFromURL(url, "_blank", 0, properties(Hidden=hidden)))


def type_in(book: xlwings.Book, sheet: str, row: int, column: int, value: object) -> None:
    """Type one cell; LibreOffice reckons what depends on it."""
    cell: Any = book.api.Sheets.getByName(sheet).getCellByPosition(column - 1, row - 1)
    if isinstance(value, dt.date):
        cell.setValue(float((value - dt.date(1899, 12, 30)).days))
    elif isinstance(value, str):
        cell.setString(value)
    else:
        cell.setFormula(f"{value}")


def press(office: Office, book: xlwings.Book, action: str) -> str:
    """Press an entry of the menu 服务明星 and give its closing sentence."""
    dispatcher = office.service("com.sun.star.frame.DispatchHelper")
    frame = book.api.CurrentController.Frame
    return str(dispatcher.executeDispatch(frame, f"org.starscore:{action}", "", 0, []).Result)
