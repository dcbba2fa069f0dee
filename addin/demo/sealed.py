"""What becomes of the demo's last month: a result sealed, one that cannot be, and one altered afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from addin.demo.year import Report
from addin.sealing.seal import seal
from addin.sealing.verify import verify
from calc.problem import Problem
from workbook_templates.layout import FIRST_ROW, HEADER_ROW, SHEET
from workbook_templates.save import save_workbook

__all__ = ["SealReport", "run_seal_demo"]

SEALED_ON = dt.date(2026, 1, 9)
_DONE, _OPEN = "郑东支行", "金水路支行"
"""Outlets whose last month is settled, and has an open complaint."""


@dataclass(frozen=True, slots=True)
class SealReport:
    """A result sealed, one that cannot be, and what verifying says once somebody has raised a total by a point."""

    sealed: Path
    passed: bool
    refused: str
    why: Problem
    altered: Path
    found: Problem


def run_seal_demo(reports: Sequence[Report]) -> SealReport:
    """Seal one of a month's results in a folder beside them, try one with an open complaint, and alter a total."""
    folder = reports[0].result.parents[1] / "定稿"
    folder.mkdir(exist_ok=True)
    done, still_open = (next(r for r in reports if outlet in r.name) for outlet in (_DONE, _OPEN))
    sealed, altered = (folder / f"{done.name}{what}.xlsx" for what in ("", "-被改动"))
    seal(done.result, sealed, SEALED_ON)
    refused = seal(still_open.result, folder / f"{still_open.name}.xlsx", SEALED_ON)
    book = load_workbook(sealed)
    total = next(cell for cell in book[SHEET.scores][HEADER_ROW] if cell.value == "总分")
    book[SHEET.scores].cell(FIRST_ROW, total.column).value += 1
    save_workbook(book, altered)
    errors = [problem for problem in verify(altered).problems if problem.is_error]
    return SealReport(sealed, verify(sealed).passed, still_open.name, refused.problems[0], altered, errors[0])
