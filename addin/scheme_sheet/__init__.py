"""Sheet 方案: a scheme as a sheet that a clerk fills in, and the sheet as a scheme."""

from __future__ import annotations

from addin.scheme_sheet.reading import SchemeSheetError, read_scheme_sheet
from addin.scheme_sheet.writing import write_scheme

__all__ = ["SchemeSheetError", "read_scheme_sheet", "write_scheme"]
