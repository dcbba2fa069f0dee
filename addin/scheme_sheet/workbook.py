"""Workbooks with a sheet 方案: the one that an author fills in, and a contest's that carries its own scheme."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from openpyxl import Workbook

from addin.parsing.table import Log
from addin.protected import AskPassword, open_workbook
from addin.scheme_sheet.reading import read_scheme_sheet
from addin.scheme_sheet.usage import USAGE, write_usage
from addin.scheme_sheet.writing import Content, range_of, write_scheme
from calc.scheme import Scheme, SchemeError, SchemeFile, load_scheme, read_scheme, shipped
from workbook_templates.build import build_template
from workbook_templates.filling import Filling
from workbook_templates.layout import SHEET

__all__ = ["contest_workbook", "new_scheme_workbook", "open_scheme_workbook", "scheme_workbook"]

_STARTER = "starter.toml"


def scheme_workbook(content: Content) -> Workbook:
    """A workbook with nothing but a scheme, and how to write one."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = SHEET.scheme
    write_scheme(first, content)
    write_usage(book.create_sheet(USAGE))
    return book


def new_scheme_workbook() -> Workbook:
    """A workbook to begin a scheme of one's own from: a small example to write over."""
    name = files("addin.scheme_sheet") / _STARTER
    content = dict(read_scheme(name.read_bytes(), _STARTER).content)
    del content["id"], content["version"]  # each scheme has its own
    return scheme_workbook(content)


def open_scheme_workbook(path: Path, ask_password: AskPassword = lambda: None) -> SchemeFile:
    """The scheme on sheet 方案 of a workbook. Raises SchemeError."""
    found, _ = open_workbook(path, ask_password)
    grid = next((grid for name, grid in found.grids.items() if name.strip() == SHEET.scheme), None)
    if grid is None:
        log = Log()
        if found.grids:
            log.error(path.name, "", "no_scheme_sheet", sheet=SHEET.scheme)
        raise SchemeError.of([*found.problems, *log.problems])
    return read_scheme_sheet(grid)


def contest_workbook(file: SchemeFile, filling: Filling | None = None, bound: Scheme | None = None) -> Workbook:
    """The workbook of a contest; it carries the scheme where that is not a shipped one. ``bound``: with settings."""
    scheme = bound or file.scheme
    if scheme.id in shipped() and load_scheme(scheme.id).scheme == file.scheme:
        return build_template(scheme, filling)
    book = build_template(scheme, filling, range_of(file.content))
    write_scheme(book.create_sheet(SHEET.scheme, book.sheetnames.index(SHEET.settings) + 1), file.content)
    return book
