"""The workbook that Excel's VBA hands over as xlwings' book, and Excel's own dialogues."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import xlwings

__all__ = ["AskInExcel", "book_of"]

_ATTEMPTS = 200
"""How often xlwings calls again where Excel takes no call; left alone it never gives up."""
_TITLE = "服务明星"
_MORE = "0. 更多…"
_LONGEST_PROMPT = 250  # Excel takes 255 characters
_FOLDERS = 4  # Application.FileDialog
_YES_NO, _IN_FRONT, _YES = 0x4, 0x10000, 6  # MessageBoxW


def book_of(workbook: Any) -> xlwings.Book:
    """An Excel workbook as COM hands it over, whichever Excel it is open in."""
    windows: Any = import_module("xlwings._xlwindows")  # there is none elsewhere
    windows.N_COM_ATTEMPTS = _ATTEMPTS
    return xlwings.Book(impl=windows.Book(xl=windows.COMRetryObjectWrapper(workbook)))


class AskInExcel:
    """See :class:`addin.live.asking.Ask`."""

    def __init__(self, app: xlwings.App) -> None:
        self._app = app

    def choice(self, question: str, choices: Sequence[str]) -> int | None:
        """The choices are listed with numbers, as many at a time as Excel shows; the number is typed, 0 for more."""
        listed = [f"{n}. {text}" for n, text in enumerate(choices, start=1)]
        start = 0
        while listed:
            end = start + 1
            while end < len(listed) and len("\n".join([question, *listed[start : end + 1], _MORE])) <= _LONGEST_PROMPT:
                end += 1
            shown = listed[start:end] if end - start == len(listed) else [*listed[start:end], _MORE]
            answer = (self.text("\n".join([question, *shown]), str(start + 1)) or "").strip()
            number = int(answer) if answer.isdecimal() else -1
            if number != 0:
                return number - 1 if 1 <= number <= len(choices) else None
            start = end % len(listed)
        return None

    def text(self, question: str, default: str = "") -> str | None:
        """A line of text."""
        answer = self._app.api.InputBox(question[:_LONGEST_PROMPT], _TITLE, default)
        return None if answer is False else str(answer)

    def password(self, question: str) -> str | None:
        """In Windows' own dialogue for passwords."""
        win32cred: Any = import_module("win32cred")  # there is none elsewhere
        flags = (
            win32cred.CREDUI_FLAGS_GENERIC_CREDENTIALS
            | win32cred.CREDUI_FLAGS_ALWAYS_SHOW_UI
            | win32cred.CREDUI_FLAGS_DO_NOT_PERSIST
            | win32cred.CREDUI_FLAGS_KEEP_USERNAME
        )
        shown = {"Parent": int(self._app.api.Hwnd), "MessageText": question, "CaptionText": _TITLE}
        try:
            _, password, _ = win32cred.CredUIPromptForCredentials(_TITLE, 0, _TITLE, "", False, flags, shown)
        except win32cred.error:  # given up
            return None
        return str(password)

    def confirm(self, question: str) -> bool:
        """Yes or no."""
        if sys.platform != "win32":
            return False
        window = int(self._app.api.Hwnd)
        return bool(ctypes.windll.user32.MessageBoxW(window, question, _TITLE, _YES_NO | _IN_FRONT) == _YES)

    def file(self, question: str, endings: Sequence[str]) -> Path | None:
        """A file that is there."""
        patterns = ";".join(f"*{ending}" for ending in endings)
        answer = self._app.api.GetOpenFilename(f"{patterns},{patterns}", 1, question)
        return Path(answer) if isinstance(answer, str) else None

    def folder(self, question: str) -> Path | None:
        """A folder that is there."""
        dialogue = self._app.api.FileDialog(_FOLDERS)
        dialogue.Title = question
        return Path(str(dialogue.SelectedItems(1))) if dialogue.Show() else None
