"""The add-in into Excel's start folder, with a configuration that names this interpreter; and both away again."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from addin.excel.places import MissingFolder, Places
from addin.excel.texts import INSTALL
from addin.excel.xlam import build_xlam
from addin.fault_log import data_folder, log_files
from addin.source import source_folder
from workbook_templates.save import save_bytes

__all__ = ["InstallError", "install", "uninstall"]


class InstallError(Exception):
    """What stands in the way on this machine; ``str()`` says it in Chinese, with the remedy."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(INSTALL[key].format(**values))


def install() -> Path:
    """Write the add-in and its configuration; return where the add-in lies. Raises InstallError."""
    places = _places()
    settings = _config(Path(sys.executable), source_folder())
    try:
        for path, content in ((places.add_in, build_xlam()), (places.config, settings)):
            path.parent.mkdir(parents=True, exist_ok=True)
            save_bytes(content, path)
    except OSError as error:
        raise InstallError("in_use", path=error.filename) from error
    return places.add_in


def uninstall() -> bool:
    """Remove all that :func:`install` and the functions have written; False where there was nothing."""
    places = _places()
    there = [path for path in (places.add_in, places.config, *log_files()) if path.exists()]
    try:
        for path in there:
            path.unlink()
    except OSError as error:
        raise InstallError("in_use", path=error.filename) from error
    for folder in (places.config.parent, data_folder()):
        with suppress(OSError):  # not there, or somebody else's files are in it
            folder.rmdir()
    return bool(there)


def _places() -> Places:
    if sys.platform != "win32":
        raise InstallError("not_windows")
    try:
        return Places.of(os.environ)
    except MissingFolder as error:
        raise InstallError("no_folder", name=error) from error


def _config(interpreter: Path, source: Path | None) -> bytes:
    """The settings as VBA reads them: quoted pairs in the system's own code page."""
    values = {"INTERPRETER_WIN": _readable(interpreter)}
    if source is not None:
        values["PYTHONPATH"] = _readable(source)
    lines = "".join(f'"{key}","{value}"\r\n' for key, value in values.items())
    return lines.encode(_code_page())


def _readable(path: Path) -> str:
    """The path, or its short form where the code page lacks a sign of it."""
    for text in (str(path), _short(path)):
        with suppress(UnicodeEncodeError):
            text.encode(_code_page())
            return text
    raise InstallError("code_page", path=path)


def _code_page() -> str:
    return "mbcs" if sys.platform == "win32" else "gbk"


def _short(path: Path) -> str:
    """The 8.3 name that Windows keeps of a path, where it keeps one."""
    if sys.platform != "win32":
        return str(path)
    import ctypes  # noqa: PLC0415 (Windows only)

    buffer = ctypes.create_unicode_buffer(1024)
    return buffer.value if ctypes.windll.kernel32.GetShortPathNameW(str(path), buffer, 1024) else str(path)
