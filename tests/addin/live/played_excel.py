"""An Excel for the tests: pyOpenVBA's model of Excel's objects, with the members that it lacks.

``Played`` shows its objects as COM shows Excel's: arrays as tuples of rows, errors as numbers, dates as datetimes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pywintypes
from openpyxl import Workbook
from pyopenvba.apps.excel import _model as model
from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter._objects import MemberSpec, VBAObject, member, method, setter
from pyopenvba.interpreter._values import EMPTY, MISSING, NOTHING, NULL, VBAArray, VBADate, VBAErrorValue, VBAInt, error

__all__ = ["REJECTED", "Played", "excel"]

_ERROR = -2146828288
"""An error's number as COM shows it is its number in VBA above this."""


def excel(answers: dict[str, object] | None = None) -> Played:
    """A new Excel without a workbook. ``answers``: by dialogue (``InputBox``) what its user answers."""
    application = model.Application()
    application.answers = answers or {}
    application.interactive, application.printed = True, []
    return Played(application)


def plain(value: object) -> Any:
    """A value of the model as COM shows it."""
    if isinstance(value, VBAObject):
        return Played(value)
    if isinstance(value, VBAArray):
        (_, rows), (_, columns) = value.bounds
        return tuple(tuple(plain(value.get([r, c])) for c in range(1, columns + 1)) for r in range(1, rows + 1))
    if isinstance(value, VBADate):
        return value.to_datetime()
    if isinstance(value, VBAErrorValue):
        return _ERROR + value.number
    if value in (EMPTY, NULL, NOTHING, MISSING):
        return None
    if isinstance(value, str):
        return value.replace("\r\n", "\n")  # openpyxl writes such lines on Windows; the model reads them unlike XML
    return int(value) if isinstance(value, VBAInt) else value


def modelled(value: object) -> object:
    """A value as COM hands it over, as the model takes it."""
    if isinstance(value, Played):
        return value.object
    if isinstance(value, tuple | list):
        rows = [row if isinstance(row, tuple | list) else [row] for row in value]
        items = [modelled(row[c]) for c in range(len(rows[0])) for row in rows]
        return VBAArray([(1, len(rows)), (1, len(rows[0]))], items=items)
    if isinstance(value, dt.datetime):
        return VBADate.from_datetime(value.replace(tzinfo=None))
    return EMPTY if value is None else value


REJECTED: set[str] = set()
"""Members that a test lets be rejected, as Excel rejects calls while a cell is being edited."""

_CALL_REJECTED, _EXCEPTION = -2147418111, -2147352567


@contextmanager
def _as_com(name: str) -> Iterator[None]:
    """Errors as COM shows them."""
    if name in REJECTED:
        raise pywintypes.com_error(_CALL_REJECTED, "Call was rejected by callee.", None, None)
    try:
        yield
    except VBARuntimeError as fault:
        raise pywintypes.com_error(_EXCEPTION, str(fault), (0, "Excel", str(fault), "", 0, 0), None) from fault


_WITH_ARGUMENTS = frozenset({"Range", "Address", "SelectedItems"})
"""Properties that are not asked for without arguments."""


class Played:
    """One of Excel's objects."""

    object: VBAObject

    def __init__(self, inner: VBAObject) -> None:
        self.__dict__["object"] = inner

    def spec(self, name: str) -> MemberSpec | None:
        return self.object.vba_member(name)

    def get(self, name: str, arguments: Any = (), named: dict[str, Any] | None = None) -> Any:
        given = {key: modelled(value) for key, value in (named or {}).items() if value is not None}
        with _as_com(name):
            return plain(self.object.vba_get(name, [modelled(each) for each in arguments], given))

    def set(self, name: str, value: object) -> None:
        with _as_com(name):
            self.object.vba_set(name, modelled(value))

    def __getattr__(self, name: str) -> Any:
        found = self.spec(name)
        if found is not None and (found.kind == "method" or name in _WITH_ARGUMENTS):
            return lambda *arguments, **named: self.get(name, arguments, named)
        return self.get(name)

    def __setattr__(self, name: str, value: object) -> None:
        self.set(name, value)

    def __call__(self, *arguments: object) -> Any:
        if isinstance(arguments[0], list):
            return Chosen(self.object.vba_get("Application"), arguments[0])
        return self.get("Item", arguments)

    def __iter__(self) -> Iterator[Any]:
        return map(plain, self.object.vba_iterate())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Played) and self.object is other.object

    def __hash__(self) -> int:
        return id(self.object)


# ── what the model lacks ─────────────────────────────────────────


def _open(
    books: Any, Filename: object, UpdateLinks: object = MISSING, ReadOnly: object = MISSING, *_: object
) -> object:
    book = _opened(books, Filename)
    book.read_only = ReadOnly is True
    return book


_opened = model.Workbooks.Open


def _save_copy(book: Any, path: Any) -> object:
    """A copy of the values: the model cannot save every format that it can copy."""
    if "SaveCopyAs" in book.application.answers:
        raise error(1004, "SaveCopyAs")
    copy = Workbook()
    del copy["Sheet"]
    for sheet in book.sheets_:
        written = copy.create_sheet(sheet.name)
        for (row, column), cell in sheet.cells_.items():
            if not isinstance(cell.value, VBAErrorValue) and cell.value is not EMPTY:
                written.cell(row, column, plain(cell.value))
    copy.save(path)
    return EMPTY


class Chosen(NamedTuple):
    """Several sheets together."""

    application: Any
    names: list[str]

    def PrintOut(self) -> None:
        self.application.printed.append(self.names)


def _export(
    book: Any,
    Type: object,
    Filename: object,
    Quality: object,
    IncludeDocProperties: object,
    IgnorePrintAreas: object,
    OpenAfterPublish: object,
) -> object:
    """The names of the sheets that Excel would print."""
    names = [sheet.name for sheet in book.sheets_ if sheet.Visible() == -1]
    Path(str(Filename)).write_text("\n".join(names), "utf-8")
    return EMPTY


class FileDialog(model.ExcelObject):
    """The dialogue for a folder; its user chooses the answer, or gives up."""

    def __init__(self, chosen: object) -> None:
        self.chosen = chosen

    @member
    def Title(self) -> object:
        return ""

    @setter("Title")
    def _set_title(self, value: object) -> None: ...

    @method
    def Show(self) -> object:
        return -1 if self.chosen else 0

    @member
    def SelectedItems(self, Index: object = MISSING) -> object:  # noqa: ARG002 (one is chosen)
        return self.chosen


def _answer(application: Any, dialogue: str) -> object:
    """The next answer to a dialogue of this kind, or the only one; False where the user gives up."""
    answer = application.answers.get(dialogue, False)
    return modelled(answer.pop(0) if isinstance(answer, list) else answer)


def _lacking(cls: type[VBAObject], name: str, kind: str, getter: Callable[..., Any],
             setter: Callable[..., Any] | None = None) -> None:  # fmt: skip
    parameters = getter.__code__.co_varnames[1 : getter.__code__.co_argcount]
    varargs = bool(getter.__code__.co_flags & 4)
    cls._vba_members[name.lower()] = MemberSpec(name, kind, getter, setter, parameters=parameters, varargs=varargs)


def _set_interactive(application: Any, value: object) -> None:
    application.interactive = value


_lacking(model.Application, "Interactive", "property", lambda app: app.interactive, _set_interactive)
_lacking(model.Application, "FileDialog", "method", lambda app, _: FileDialog(_answer(app, "FileDialog")))
_lacking(model.Application, "Hwnd", "property", lambda _: 0)
_lacking(model.Application, "InputBox", "method", lambda app, *_: _answer(app, "InputBox"))
_lacking(model.Application, "GetOpenFilename", "method", lambda app, *_: _answer(app, "GetOpenFilename"))
_lacking(model.Workbooks, "Open", "method", _open)
_lacking(model.Workbook, "ReadOnly", "property", lambda book: getattr(book, "read_only", False))
_lacking(model.Workbook, "Date1904", "property", lambda _: False)
_lacking(model.Workbook, "FileFormat", "property", lambda _: 51)
_lacking(model.Workbook, "SaveCopyAs", "method", _save_copy)
_lacking(model.Workbook, "ExportAsFixedFormat", "method", _export)
