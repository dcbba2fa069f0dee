"""Arrivals and workbooks for the tests of merging."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineWorkbook

from addin.merging.arrival import Arrival, Contest, Figure, Indicator
from addin.merging.folder import Found
from addin.sealing.seal import seal
from benchmarks.made_up import outlet
from calc.scheme import load_scheme
from workbook_templates.build import build_template
from workbook_templates.save import save_workbook

MONTHLY = "cib-zhengzhou-2010/monthly-teller"
SCHEME = load_scheme(MONTHLY).scheme
DAY = dt.date(2026, 10, 9)
PEOPLE = 6
CONTEST = Contest(
    id="bank/month",
    version="2",
    title="月度明星",
    id_label="工号",
    name_label="姓名",
    pool_label="网点",
    indicators=(Indicator("quality", "质量"), Indicator("service", "客户评价", Decimal(10))),
    by_total=True,
    lowest_first=False,
    relative=(),
)
SENT = Arrival("甲.xlsx", contest=CONTEST, period="2026-09", unit="甲支行", sealed=True, revision=1,
               sealed_on="2026-10-09", digest="a")  # fmt: skip


def sent(file: str, **changes: object) -> Arrival:
    """A sound sealed workbook of 甲支行, but for the changes; its digest is its name unless told."""
    return replace(SENT, **{"file": file, "digest": file, **changes})


def figure(column: str, count: int, mean: int, spread: int = 10, undiminished: int = 0) -> Figure:
    """A column whose values lie ``spread`` apart."""
    low = Decimal(mean) - Decimal(spread) / 2
    return Figure(column, count, Decimal(mean * count), low, low + spread, undiminished)


def found(path: Path, folder: Path) -> Found:
    """A file as scanning finds it."""
    known = path.stat()
    return Found(path.relative_to(folder).as_posix(), str(path), known.st_size, known.st_mtime_ns)


def typed(path: Path, n: int) -> Path:
    """The n-th made-up outlet's workbook as its clerk filled it in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    save_workbook(build_template(SCHEME, outlet(n, PEOPLE)), path)
    return path


def sealed(path: Path, n: int) -> Path:
    """The n-th made-up outlet's workbook, sealed."""
    filled = typed(path.with_suffix(".typed.xlsx"), n)
    done = seal(filled, path, DAY)
    filled.unlink()
    assert done.seal is not None, done.problems
    return path


def table(path: Path, sheet: str, header: str) -> list[dict[str, object]]:
    """The rows below the row of headings, as another reader gives them."""
    rows: Sequence[Sequence[object]] = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()
    at = next(n for n, row in enumerate(rows) if header in row)
    return [dict(zip(map(str, rows[at]), row, strict=True)) for row in rows[at + 1 :]]
