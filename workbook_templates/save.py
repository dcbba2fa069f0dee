"""Saving: the same workbook gives the same bytes, and a target holds the old file or the new one."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import os
import re
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from openpyxl import Workbook

__all__ = [
    "STAMP",
    "append_line",
    "free_name",
    "save_bytes",
    "save_workbook",
    "unused_name",
    "workbook_bytes",
    "written_beside",
]

STAMP = dt.datetime(2010, 7, 1)
"""When every workbook was written, as its parts say."""
_ABANDONED = 3600  # seconds
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def workbook_bytes(book: Workbook) -> bytes:
    """The .xlsx bytes, the same on every system, without the time of saving in the parts and in the zip."""
    book.properties.creator = "StarScore"
    book.properties.lastModifiedBy = None
    book.properties.created = STAMP
    raw, clean = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith((".xml", ".rels")):
                content = content.replace(b"\r\n", b"\n")  # what a line break in a text becomes on Windows
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + f"{STAMP.isoformat()}Z".encode() + rb"\3", content)
            part = zipfile.ZipInfo(name, date_time=STAMP.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            target.writestr(part, content)
    return clean.getvalue()


def save_workbook(book: Workbook, path: Path) -> None:
    """Save a workbook as :func:`save_bytes` does. Raises OSError where that cannot be done."""
    save_bytes(workbook_bytes(book), path)


def save_bytes(content: bytes, path: Path) -> None:
    """Save bytes as :func:`written_beside` does. Raises OSError where that cannot be done."""
    with written_beside(path) as temporary, temporary.open("wb") as file:
        file.write(content)


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """A file beside the target to write to; then it is flushed and renamed onto the target, or gone after a failure.

    Whenever the process ends, the target holds the old contents or the new. What killed processes left behind an
    hour or more ago is cleared away. Raises OSError where the target cannot be written.
    """
    prefix = f".{path.stem[:40]}."
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("r+b") as file:
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    for left in path.parent.iterdir():
        if left.name.startswith(prefix) and left.suffix == ".tmp":
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _ABANDONED:
                    left.unlink()


def append_line(line: str, path: Path) -> None:
    """Append a line to a file of lines, in one piece; it is on disk when this returns. Raises OSError.

    What a power failure left of a line before stays a line of its own.
    """
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    try:
        size = os.lseek(handle, 0, os.SEEK_END)
        os.lseek(handle, max(0, size - 1), os.SEEK_SET)
        cut_off = size > 0 and os.read(handle, 1) != b"\n"
        os.write(handle, (("\n" if cut_off else "") + line + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def free_name(path: Path) -> Path:
    """The path with the first number behind it under which there is no file: 结果 (2).xlsx."""
    names = (path.with_name(f"{path.stem} ({n}){path.suffix}") for n in itertools.count(2))
    return next(name for name in names if not name.exists())


def unused_name(path: Path) -> Path:
    """The path itself where there is no such file, else as :func:`free_name`."""
    return free_name(path) if path.exists() else path


def _umask() -> int:
    """The permissions that new files of this user do not get (a temporary file has none but the user's)."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
