"""How long it takes to read a workbook with all its flags, against python-calamine's bare values."""

from __future__ import annotations

import tempfile
from pathlib import Path

from python_calamine import CalamineWorkbook

from addin.demo.branch import MONTHS
from addin.demo.year import run_month
from addin.workbook_file import read_workbook
from benchmarks.reckoning import seconds


def bare(path: Path) -> None:
    """Every sheet's values, as calamine gives them."""
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def main() -> None:
    """Print the ratio for filled templates and for result workbooks of the demo."""
    with tempfile.TemporaryDirectory() as folder:
        run_month(Path(folder), MONTHS[-1])
        for place in ("填报", "结果"):
            files = sorted((Path(folder) / place).glob("*.xlsx"))
            ours = seconds(lambda files=files: [read_workbook(path) for path in files])  # type: ignore[misc]
            theirs = seconds(lambda files=files: [bare(path) for path in files])  # type: ignore[misc]
            print(f"{place}: {ours / len(files) * 1e3:.1f} ms a workbook, {ours / theirs:.2f} times calamine alone")


if __name__ == "__main__":
    main()
