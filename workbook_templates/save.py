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
from contextlib import suppress
from pathlib import Path

from openpyxl import Workbook

__all__ = ["free_name", "save_bytes", "save_workbook", "unused_name", "workbook_bytes"]

_STAMP = dt.datetime(2010, 7, 1)
_ABANDONED = 3600  # seconds
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def workbook_bytes(book: Workbook) -> bytes:
    """The .xlsx bytes, without the time of saving in the parts and in the zip."""
    book.properties.creator = "StarScore"
    book.properties.lastModifiedBy = None
    book.properties.created = _STAMP
    raw, clean = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + f"{_STAMP.isoformat()}Z".encode() + rb"\3", content)
            part = zipfile.ZipInfo(name, date_time=_STAMP.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            target.writestr(part, content)
    return clean.getvalue()


def save_workbook(book: Workbook, path: Path) -> None:
    """Save a workbook as :func:`save_bytes` does. Raises OSError where that cannot be done."""
    save_bytes(workbook_bytes(book), path)


def save_bytes(content: bytes, path: Path) -> None:
    """Write beside the target, flush, then rename onto it. Raises OSError where that cannot be done.

    Whenever the process ends, the target holds the old contents or the new. What killed processes left behind an
    hour or more ago is cleared away.
    """
    prefix = f".{path.stem[:40]}."
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
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
