"""What becomes of the demo's last month: results sealed, those that cannot be, and one altered afterwards."""

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

__all__ = ["SEALED_ON", "SealReport", "run_seal_demo"]

SEALED_ON = dt.date(2026, 1, 9)


@dataclass(frozen=True, slots=True)
class SealReport:
    """The results sealed, those that cannot be (with the first reason), and what verifying says once somebody has
    raised a total of the first by a point.
    """

    sealed: tuple[Path, ...]
    passed: bool
    """The first verifies."""
    refused: tuple[tuple[str, Problem], ...]
    altered: Path
    found: Problem

    @property
    def folder(self) -> Path:
        """Where all of them lie."""
        return self.altered.parent


def run_seal_demo(reports: Sequence[Report]) -> SealReport:
    """Seal a month's results in a folder beside them, those with something unsettled in vain, and alter a total."""
    folder = reports[0].result.parents[1] / "定稿"
    folder.mkdir(exist_ok=True)
    sealed: list[Path] = []
    refused: list[tuple[str, Problem]] = []
    for report in reports:
        path = folder / f"{report.name}.xlsx"
        done = seal(report.result, path, SEALED_ON)
        if done.seal is None:
            refused.append((report.name, done.problems[0]))
        else:
            sealed.append(path)
    altered = sealed[0].with_stem(f"{sealed[0].stem}-被改动")
    book = load_workbook(sealed[0])
    total = next(cell for cell in book[SHEET.scores][HEADER_ROW] if cell.value == "总分")
    book[SHEET.scores].cell(FIRST_ROW, total.column).value += 1
    save_workbook(book, altered)
    errors = [problem for problem in verify(altered).problems if problem.is_error]
    return SealReport(tuple(sealed), verify(sealed[0]).passed, tuple(refused), altered, errors[0])
