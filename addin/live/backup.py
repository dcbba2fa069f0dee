"""A copy beside the file before anything is written into the workbook."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import xlwings

from addin.live.host import Host
from workbook_templates.save import save_bytes, unused_name

__all__ = ["Backup", "NoBackup", "back_up", "file_of"]

_WORD = "备份"


class NoBackup(Exception):  # noqa: N818
    """The copy cannot be written; the message says why."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What became of it: the copy, or none, as the workbook has no file yet or one that cannot be changed."""

    copy: Path | None = None
    unsaved: bool = False
    read_only: bool = False


def file_of(book: xlwings.Book) -> Path | None:
    """The file on this machine that the workbook was opened from or saved to; None for one that was never saved or
    that lies on a server.
    """
    try:
        path = Path(book.fullname)
    except (OSError, ValueError):
        return None
    except Exception as error:
        if type(error).__module__.startswith("xlwings"):  # a file of OneDrive or SharePoint that is not on this machine
            return None
        raise
    return path if path.is_absolute() and path.is_file() else None


def back_up(book: xlwings.Book, host: Host, now: dt.datetime) -> Backup:
    """Copy the workbook as it is now: the file's very bytes where nothing was changed since it was saved.

    A copy that is there already is not made again. Raises NoBackup.
    """
    path = file_of(book)
    if path is None:
        return Backup(unsaved=True)
    if host.is_read_only(book):
        return Backup(read_only=True)
    copy = unused_name(path.with_name(f"{path.stem} {_WORD} {now:%Y%m%d-%H%M%S}{path.suffix}"))
    try:
        if host.is_changed(book):
            _save_copy(book, host, copy)
            return Backup(copy)
        content = path.read_bytes()
        for other in path.parent.glob(f"*{_WORD}*{path.suffix}"):
            if other.name.startswith(f"{path.stem} {_WORD}") and _holds(other, content):
                return Backup(other)
        save_bytes(content, copy)
    except OSError as error:
        raise NoBackup(error.strerror or str(error)) from error
    return Backup(copy)


def _holds(path: Path, content: bytes) -> bool:
    return path.stat().st_size == len(content) and path.read_bytes() == content


def _save_copy(book: xlwings.Book, host: Host, copy: Path) -> None:
    try:
        host.save_copy(book, copy)
    except Exception as error:  # each program has its own error
        if host.is_busy(error):
            raise
        raise NoBackup(type(error).__name__) from error
    if not copy.is_file():
        raise NoBackup(copy.name)
