"""A log of our own faults, without anybody's data: where in the code it happened, never the values."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

__all__ = ["data_folder", "log_fault", "log_file"]

_MOST_BYTES = 200_000


def data_folder() -> Path:
    """Where this program keeps what is its own, for this user."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "StarScore"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "starscore"


def log_file() -> Path:
    """The log; it is there once something has been logged."""
    return data_folder() / "starscore.log"


def log_fault(error: BaseException, doing: str) -> Path | None:
    """Write down an exception that is our fault: its type and the lines of code that it passed.

    Its message and the values on the way may hold names or points, so they stay out. Returns the log's path, or
    None where it cannot be written.
    """
    lines = [f"{type(error).__name__} in {doing}"]
    lines += [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_MOST_BYTES, backupCount=1, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        try:
            handler.emit(logging.makeLogRecord({"msg": "%s", "args": ("\n".join(lines),)}))
        finally:
            handler.close()
    except OSError:
        return None
    return path if path.exists() else None
