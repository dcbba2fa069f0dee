"""A workbook file in openpyxl's hands, to be written again with changes."""

from __future__ import annotations

import io
import warnings

from openpyxl import Workbook, load_workbook

from addin.reading.limits import LIMITS
from addin.reading.package import Package
from addin.reading.refusal import Unreadable

__all__ = ["load_safely"]


def load_safely(content: bytes) -> Workbook | None:
    """The workbook without links to others; None where its formats are beyond openpyxl, as some of WPS are, or where a
    part would swell in memory.
    """
    try:
        copy = io.BytesIO(Package(content, LIMITS).plain_copy())
        with warnings.catch_warnings(action="ignore"):  # what openpyxl leaves out is not the clerk's affair
            return load_workbook(copy, keep_links=False)
    except (Unreadable, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return None
