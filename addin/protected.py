"""Workbooks that open with a password only."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from addin.parsing.messages import HINTS, MESSAGES
from addin.reading.limits import LIMITS
from addin.workbook_file import WorkbookFile, read_contents, read_workbook
from calc.problem import Problem, Severity

__all__ = ["AskPassword", "encrypted", "open_workbook"]

AskPassword = Callable[[], str | None]
"""Asks the user for the password; None where nobody can answer or the user gives up."""

_TRIES = 3


def open_workbook(path: Path, ask: AskPassword = lambda: None) -> tuple[WorkbookFile, bytes | None]:
    """Read a workbook, asking for its password where it has one.

    Returns what was read, and the decrypted file where there was a password (nothing decrypted is written to disk).
    """
    found = read_workbook(path)
    if not found.needs_password:
        return found, None
    for _ in range(_TRIES):
        password = ask()
        if not password:
            return found, None
        content = _decrypted(path, password)
        if content is not None:
            return read_contents(content, path.name), content
    problem = Problem(Severity.ERROR, path.name, "", MESSAGES["password_wrong"], HINTS["password_wrong"])
    return WorkbookFile(problems=(problem,)), None


def encrypted(content: bytes, password: str) -> bytes:
    """The file as one that opens with this password only."""
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, out)
    return out.getvalue()


def _decrypted(path: Path, password: str) -> bytes | None:
    """The file's contents; None for a wrong password or an encryption that is not understood."""
    import msoffcrypto  # noqa: PLC0415 (slow to import, and seldom needed)
    from msoffcrypto.exceptions import FileFormatError, InvalidKeyError  # noqa: PLC0415

    out = io.BytesIO()
    try:
        with path.open("rb") as file:
            book = msoffcrypto.OfficeFile(io.BytesIO(file.read(LIMITS.file)))
        book.load_key(password=password, verify_password=True)
        book.decrypt(out)
    except (InvalidKeyError, FileFormatError, OSError, ValueError, KeyError):
        return None
    return out.getvalue()
