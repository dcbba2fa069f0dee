"""Formulas that lead out of a workbook."""

from __future__ import annotations

import re

__all__ = ["leads_out", "rules_lead_out"]

_QUOTED = re.compile(r'"[^"]*"')
# A link to another workbook ([1]Sheet!A1), a DDE link (cmd|'/c …'!A0), a share, or a function that fetches or runs.
_OUTSIDE = re.compile(
    r"\[[^\[\]]+\][\w.' ]*!|\||\\\\|\b(?:WEBSERVICE|HYPERLINK|IMAGE|RTD|DDE|CALL|EXEC|REGISTER(?:\.ID)?)\s*\(", re.I
)
_RULE = re.compile(rb"<(?:\w+:)?(?:definedName|formula[12]?)\b[^>]*>([^<]*)<")


def leads_out(formula: str) -> bool:
    """Whether a formula refers to another file or program, or runs something; texts within it do not count."""
    return _OUTSIDE.search(_QUOTED.sub("", formula)) is not None


def rules_lead_out(xml: bytes) -> bool:
    """Whether a name, a check of entries or a conditional format in a part of a workbook leads out of it.

    The rows of a sheet, which come before, are passed over.
    """
    formulas = (found[1] for found in _RULE.finditer(xml, max(0, xml.rfind(b"sheetData"))))
    return any(leads_out(text.decode("utf-8", "replace").replace("&quot;", '"')) for text in formulas)
