"""Calls of our functions as an .xlsx wants them: ``STARSCORE(…)``, bound to the Basic function of that name.

Typed in LibreOffice a call is bound to the extension, and would be saved as ``ORG.STARSCORE.FUNCTIONS.STARSCORE``;
saved by Excel it may hang on a link to wherever the add-in lay, ``[1]!STARSCORE``, which nothing here answers to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from com.sun.star.lang import IllegalArgumentException
from com.sun.star.sheet.CellFlags import FORMULA
from com.sun.star.sheet.FormulaMapGroup import SPECIAL
from com.sun.star.sheet.FormulaMapGroupSpecialOffset import MACRO

__all__ = ["bind"]

_FOREIGN = re.compile(r"(?:!|ORG\.STARSCORE\.FUNCTIONS\.)STAR[A-Z]+\(", re.IGNORECASE)
_CALL = re.compile(r"(?:.*!|org\.starscore\.Functions\.)(STAR[A-Z]+)", re.IGNORECASE)
_ODFF = 0


def bind(document: Any) -> int:
    """Bind all such calls of a document anew; how many formulas that were."""
    mapper = document.createInstance("com.sun.star.sheet.FormulaOpCodeMapper")
    macro = mapper.getAvailableMappings(_ODFF, SPECIAL)[MACRO].Token.OpCode
    count = 0
    for sheet in document.Sheets:
        calls = list(_calls(sheet))
        if not calls:
            continue
        was_protected = sheet.isProtected()
        if was_protected:
            try:
                sheet.unprotect("")
            except IllegalArgumentException:  # somebody's password
                continue
        for cells, is_array in calls:
            tokens = cells.getArrayTokens() if is_array else cells.getTokens()
            for token in tokens:
                name = _name(token.Data)
                if name is not None:
                    token.OpCode, token.Data = macro, name
            (cells.setArrayTokens if is_array else cells.setTokens)(tokens)
        if was_protected and not sheet.isProtected():
            sheet.protect("")  # with the flags that it had
        count += len(calls)
    return count


def _calls(sheet: Any) -> Iterator[Any]:
    """The cells whose formulas have such calls, or the area of an array formula; and whether it is one."""
    for area in sheet.queryContentCells(FORMULA):
        for r, row in enumerate(area.getFormulaArray()):
            for c, formula in enumerate(row):
                if not _FOREIGN.search(formula) or "{" in formula[1:]:  # tokens lose what stands in inner braces
                    continue
                cell = area.getCellByPosition(c, r)
                if not formula.startswith("{"):
                    yield cell, False
                    continue
                whole = sheet.createCursorByRange(cell)
                whole.collapseToCurrentArray()
                address, own = whole.RangeAddress, cell.CellAddress
                if (own.Row, own.Column) == (address.StartRow, address.StartColumn):
                    yield whole, True


def _name(data: Any) -> str | None:
    match = _CALL.fullmatch(data) if isinstance(data, str) else None
    return match.group(1).upper() if match else None
