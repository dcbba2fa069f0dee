"""Sealing a workbook (定稿): values only, with a record of all it says, a digest and, with a key, a signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from addin.protected import AskPassword, encrypted, open_workbook
from addin.ranking import Ranked, rank_file, result_book
from addin.sealing.meaning import meanings
from addin.sealing.messages import PARTICULARS, error
from addin.sealing.record import Record, digest_of
from addin.sealing.seal_sheet import Seal, write_guide_block, write_seal_sheet
from addin.sealing.signature import Signature
from addin.sealing.unsettled import unsettled
from addin.sealing.verify import sealed_before, verify_grids
from addin.stripping import bare
from addin.workbook_file import read_contents
from calc.problem import Problem
from calc.scheme import SchemeFile
from workbook_templates.grid import Grid
from workbook_templates.guide import write_guide
from workbook_templates.layout import SHEET
from workbook_templates.save import save_bytes, workbook_bytes

__all__ = ["Sealed", "Sign", "seal"]

Sign = Callable[[str], Signature]
"""Signs a digest."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What came of sealing: the seal, or the problems that prevent it."""

    seal: Seal | None
    problems: tuple[Problem, ...]


def seal(
    path: Path,
    target: Path,
    sealed_on: dt.date,
    *,
    sign: Sign | None = None,
    replaces: Path | None = None,
    password: str | None = None,
    ask_password: AskPassword = lambda: None,
) -> Sealed:
    """Rank a workbook anew and write it sealed.

    Nothing is written where something is unsettled. ``replaces`` is the sealed workbook that this revision replaces;
    a workbook that is sealed itself is replaced by its own next revision. With ``password`` the file opens with it
    only. Raises OSError where the target cannot be written.
    """
    ranked = rank_file(path, ask_password=ask_password)
    read, result = ranked.read, ranked.result
    if read is None or read.file is None or read.submission is None or result is None:
        return Sealed(None, ranked.problems)
    found = unsettled(read.submission, result)
    old = ranked.grids if replaces is None else open_workbook(replaces, ask_password)[0].grids
    before, wrong = _replaced(old, replaces, (read.file.scheme.id, str(read.submission.period), read.unit))
    if found or wrong:
        return Sealed(None, (*found, *wrong))
    book = _values(ranked, read.file)
    plain = _grids(workbook_bytes(book))
    made = Record(
        revision=1 if before is None else before[0].revision + 1,
        replaces="" if before is None else before[1],
        sealed_on=sealed_on,
        scheme=read.file.scheme.id,
        version=read.file.scheme.version,
        scheme_text=read.file.text,
        period=str(read.submission.period),
        unit=read.unit,
        sheets={name: meanings(grid) for name, grid in plain.items()},
    )
    text = made.text()
    digest = digest_of(text)
    done = Seal(made, text, digest, None if sign is None else sign(digest))
    write_guide_block(book[SHEET.guide], plain[SHEET.guide].last_row, done)
    write_seal_sheet(book.create_sheet(SHEET.seal), done)
    content = workbook_bytes(book)
    if (again := verify_grids(_grids(content))).problems and not again.passed:
        raise AssertionError(f"a workbook just sealed does not verify: {again.problems[:3]}")
    save_bytes(content if password is None else encrypted(content, password), target)
    return Sealed(done, tuple(problem for problem in ranked.problems if not problem.is_error))


def _grids(content: bytes) -> Mapping[str, Grid]:
    return read_contents(content, "").grids


def _values(ranked: Ranked, file: SchemeFile) -> Workbook:
    """The result workbook with values only, and nothing that tells of persons beyond its cells."""
    book = result_book(ranked)
    if SHEET.seal in book.sheetnames:
        del book[SHEET.seal]
    if SHEET.guide in book.sheetnames:
        del book[SHEET.guide]
    write_guide(book.create_sheet(SHEET.guide, 0), file.scheme)
    bare(book)
    book.active = book.sheetnames.index(SHEET.winners)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == SHEET.winners
        _show(sheet)
    return book


def _show(sheet: Worksheet) -> None:
    """Nothing is out of sight in a sealed workbook."""
    sheet.sheet_state = "visible"
    sheet.auto_filter.ref = None
    for line in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()):
        line.hidden = False


def _replaced(
    grids: Mapping[str, Grid], replaces: Path | None, now: tuple[str, str, str]
) -> tuple[tuple[Record, str] | None, list[Problem]]:
    """The seal in ``grids`` that this one replaces, and why it cannot be. ``now``: scheme, period and unit."""
    found = sealed_before(grids)
    if replaces is None:
        return found, []
    if found is None:
        return None, [error(replaces.name, "", "source_unreadable")]
    before = (found[0].scheme, found[0].period, found[0].unit)
    other = [what for what, old, new in zip(PARTICULARS, before, now, strict=True) if old != new]
    return found, [error(replaces.name, "", "replaces_other", what="、".join(other))] if other else []
