"""A log of our own faults, without anybody's data: where in the code it happened, never the values."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from addin.function_texts import MESSAGES

__all__ = ["data_folder", "log_file", "log_files", "told_fault"]

_MOST_BYTES = 200_000


def data_folder() -> Path:
    """Where this program keeps what is its own, for this user."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "StarScore"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "starscore"


def log_file() -> Path:
    """The log; it is there once something has been logged."""
    return data_folder() / "starscore.log"


def log_files() -> tuple[Path, Path]:
    """The log and the one before it; either may not be there."""
    log = log_file()
    return log, log.with_name(f"{log.name}.1")


def told_fault(fault: BaseException, doing: str) -> str:
    """Log an exception that is our fault, and give the sentence that tells of it and of the log."""
    with suppress(OSError):  # a log that cannot be written must not hide the fault
        _log(fault, doing)
    return MESSAGES["internal"].format(kind=type(fault).__name__, log=log_file())


def _log(fault: BaseException, doing: str) -> None:
    """Write down its type and the lines of code that it passed. Raises OSError.

    Its message and the values on the way may hold names or points, so they stay out.
    """
    lines = [f"{type(fault).__name__} in {doing}"]
    lines += [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(fault.__traceback__)
    ]
    path = log_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=_MOST_BYTES, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    try:
        handler.emit(logging.makeLogRecord({"msg": "%s", "args": ("\n".join(lines),)}))
    finally:
        handler.close()
