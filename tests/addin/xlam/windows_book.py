"""A workbook of a played Excel, shown through COM: it has no sheets, and its user gives up every question.

With it a button's way is run up to where Excel's own objects would be needed.
"""

from __future__ import annotations

import pythoncom
import win32com.server.util
from win32com.server.exception import COMException
from win32com.server.policy import DynamicPolicy

_UNKNOWN_NAME, _METHOD, _PUT = -2147352573, 1, 4 | 8
_AUTOMATIC = -4105


class _Policy(DynamicPolicy):
    """With a description of its type, which xlwings asks for; whose does not matter."""

    def _GetTypeInfoCount_(self) -> int:
        return 1

    def _GetTypeInfo_(self, index: int, lcid: int) -> tuple[int, object]:
        return 0, pythoncom.LoadTypeLib("stdole2.tlb").GetTypeInfo(0)


class Shown:
    """An object with these members; a method is a function."""

    def __init__(self, **members: object) -> None:
        self.members = {name.lower(): value for name, value in members.items()}

    def _dynamic_(self, name: str, lcid: int, flags: int, arguments: tuple[object, ...]) -> object:
        if name.lower() not in self.members:
            raise COMException(desc=name, scode=_UNKNOWN_NAME)
        if flags & _PUT:
            self.members[name.lower()] = arguments[-1]
            return None
        found = self.members[name.lower()]
        if callable(found):
            if not flags & _METHOD:
                raise COMException(desc=name, scode=_UNKNOWN_NAME)
            return found(*arguments)
        return through_com(found) if isinstance(found, Shown) else found


def through_com(shown: Shown) -> object:
    return win32com.server.util.wrap(shown, usePolicy=_Policy)


def empty_book() -> object:
    dialogue = Shown(Title="", Show=lambda *_: 0)
    application = Shown(
        StatusBar=False,
        Calculation=_AUTOMATIC,
        Hwnd=0,
        InputBox=lambda *_: False,
        GetOpenFilename=lambda *_: False,
        FileDialog=lambda *_: through_com(dialogue),
    )
    return through_com(
        Shown(
            Application=application,
            Name="空.xlsx",
            FullName="空.xlsx",
            Worksheets=Shown(Count=0, _NewEnum=lambda *_: win32com.server.util.NewEnum([])),
            Date1904=False,
            Saved=True,
        )
    )
