"""A small workbook with everything that a seal covers: a criticism, a percentage, dates, a tie and its ruling."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from openpyxl import Workbook, load_workbook

from addin.sealing.seal import Sealed, seal
from addin.sealing.verify import Verification, verify
from calc.scheme import load_scheme
from tests.addin.typing_in import filling_of
from tests.cases import reading
from workbook_templates.build import build_template
from workbook_templates.filling import Filling, Typed
from workbook_templates.save import save_workbook

MONTHLY = "cib-zhengzhou-2010/monthly-teller"
SCHEME = load_scheme(MONTHLY).scheme
DAY = dt.date(2026, 10, 9)
CRITICISM: dict[str, Typed] = {
    "id": "K1302", "event": "criticism", "date": dt.date(2026, 9, 3), "verified": False, "note": "意见簿第3页",
}  # fmt: skip


def filling() -> Filling:
    """The case of a settled tie, in the unit 东风路支行, with a criticism that proved untrue."""
    typed = filling_of(SCHEME, reading.ROOT / MONTHLY / "tie-settled-by-a-seat-ruling", "2026-09")
    return replace(typed, unit="东风路支行", events=(CRITICISM,))


def typed_in(folder: Path, content: Filling | None = None) -> Path:
    """The workbook as the clerk filled it in."""
    path = folder / "填报.xlsx"
    save_workbook(build_template(SCHEME, content or filling()), path)
    return path


def sealed(folder: Path, content: Filling | None = None, **options: object) -> Path:
    """The workbook sealed; further options go to :func:`seal`."""
    path = folder / "定稿.xlsx"
    done: Sealed = seal(typed_in(folder, content), path, DAY, **options)  # type: ignore[arg-type]
    assert done.seal is not None, done.problems
    return path


def changed(path: Path, change: Callable[[Workbook], object]) -> Verification:
    """What verifying says after openpyxl changed the file."""
    book = load_workbook(path)
    change(book)
    after = path.with_name("改动.xlsx")
    book.save(after)
    return verify(after)


def cells_of(found: Verification) -> set[tuple[str, str]]:
    """Where the errors are."""
    return {(problem.sheet, problem.cell) for problem in found.problems if problem.is_error}
