"""An Excel for the tests: pyOpenVBA's model of Excel's objects, with the members that it lacks.

``Played`` shows its objects as COM shows Excel's: arrays as tuples of rows, errors as their numbers, dates as datetimes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pyopenvba.apps.excel import _model as model
from pyopenvba.interpreter._objects import MemberSpec, VBAObject
from pyopenvba.interpreter._values import EMPTY, MISSING, NOTHING, NULL, VBAArray, VBADate, VBAErrorValue, VBAInt

__all__ = ["Played", "excel"]

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
    return int(value) if isinstance(value, VBAInt) else value


def modelled(value: object) -> object:
    """A value as COM hands it over, as the model takes it."""
    if isinstance(value, Played):
        return value.object
    if isinstance(value, tuple | list):
        rows = [row if isinstance(row, tuple | list) else [row] for row in value]
        items = [modelled(row[c]) for c in range(len(rows[0])) for row in rows]
        return VBAArray([(1, len(rows)), (1, len(rows[0]))], items=items)
    if isinstance(value, dt.date | dt.time):
        return VBADate.from_datetime(value)
    return EMPTY if value is None else value


_WITH_ARGUMENTS = frozenset({"Range", "Address"})
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
        return plain(self.object.vba_get(name, [modelled(each) for each in arguments], given))

    def set(self, name: str, value: object) -> None:
        self.object.vba_set(name, modelled(value))

    def __getattr__(self, name: str) -> Any:
        found = self.spec(name)
        if found is not None and (found.kind == "method" or name in _WITH_ARGUMENTS):
            return lambda *arguments, **named: self.get(name, arguments, named)
        return self.get(name)

    def __setattr__(self, name: str, value: object) -> None:
        self.set(name, value)

    def __call__(self, *arguments: object) -> Any:
        return self.get("Item", arguments)

    def __iter__(self) -> Iterator[Any]:
        return map(plain, self.object.vba_iterate())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Played) and self.object is other.object

    def __hash__(self) -> int:
        return id(self.object)


# ── what the model lacks ─────────────────────────────────────────


def _open(books: Any, Filename: object, UpdateLinks: object = MISSING, ReadOnly: object = MISSING, *_: object) -> object:
    book = _opened(books, Filename)
    book.read_only = ReadOnly is True
    return book


_opened = model.Workbooks.Open


def _save_copy(book: Any, Filename: object) -> object:
    before = Path(book.path), book.name, book.saved
    book.SaveAs(Filename)
    book.path, book.name, book.saved = str(before[0]), *before[1:]
    return EMPTY


def _export(book: Any, kind: object, path: object, *_: object) -> object:
    names = [sheet.name for sheet in book.sheets_ if sheet.Visible() == -1]
    Path(str(path)).write_text("\n".join(names), "utf-8")
    return EMPTY


def _answer(application: Any, dialogue: str) -> object:
    return modelled(application.answers.get(dialogue, False))


def _lacking(cls: type[VBAObject], name: str, kind: str, getter: Callable[..., Any],
             setter: Callable[..., Any] | None = None) -> None:  # fmt: skip
    parameters = getter.__code__.co_varnames[1 : getter.__code__.co_argcount]
    varargs = bool(getter.__code__.co_flags & 4)
    cls._vba_members[name.lower()] = MemberSpec(name, kind, getter, setter, parameters=parameters, varargs=varargs)


def _set_interactive(application: Any, value: object) -> None:
    application.interactive = value


_lacking(model.Application, "Interactive", "property", lambda app: app.interactive, _set_interactive)
_lacking(model.Application, "Hwnd", "property", lambda _: 0)
_lacking(model.Application, "InputBox", "method", lambda app, *_: _answer(app, "InputBox"))
_lacking(model.Application, "GetOpenFilename", "method", lambda app, *_: _answer(app, "GetOpenFilename"))
_lacking(model.Workbooks, "Open", "method", _open)
_lacking(model.Workbook, "ReadOnly", "property", lambda book: getattr(book, "read_only", False))
_lacking(model.Workbook, "Date1904", "property", lambda _: False)
_lacking(model.Workbook, "FileFormat", "property", lambda _: 51)
_lacking(model.Workbook, "SaveCopyAs", "method", _save_copy)
_lacking(model.Workbook, "ExportAsFixedFormat", "method", _export)
