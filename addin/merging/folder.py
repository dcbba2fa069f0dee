"""The workbooks in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Found", "workbooks_in"]

_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ods", ".zip", ".rar", ".7z")
"""What somebody may have sent: the last ones cannot be read, and it is said."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file, and what tells whether it has changed since."""

    name: str
    """Its path below the folder, with forward slashes."""
    path: str
    size: int
    modified: int


def workbooks_in(folder: Path, besides: Path) -> Iterator[Found]:
    """The workbooks in a folder and the folders within, by name; not ``besides``, nor what programs leave behind."""
    ours = besides.resolve()
    for entry in _entries(folder):
        path = Path(entry.path)
        if path.suffix.lower() in _SUFFIXES and path.resolve() != ours:
            known = entry.stat()
            yield Found(path.relative_to(folder).as_posix(), entry.path, known.st_size, known.st_mtime_ns)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as listed:
        entries = sorted(listed, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(Path(entry.path))
        elif entry.is_file():
            yield entry
