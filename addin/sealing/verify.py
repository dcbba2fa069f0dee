"""Verifying a sealed workbook (复核): its digest and signature, every cell, and every point, rank and winner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from addin.protected import AskPassword, open_workbook
from addin.sealing.keys import TrustedKey
from addin.sealing.meaning import Meanings, alike, meanings, means, shown
from addin.sealing.messages import LABELS, error, warning
from addin.sealing.recompute import recompute
from addin.sealing.record import FORMAT, Record, RecordError, digest_of, read_record
from addin.sealing.seal_sheet import Seal, SealSheet, read_seal_sheet, with_seal
from addin.sealing.signature import fingerprint, is_genuine
from addin.sealing.untouched import Untouched
from calc.problem import Problem
from calc.result import Result
from calc.scheme import Scheme
from workbook_templates.grid import Grid, a1
from workbook_templates.layout import SHEET
from workbook_templates.occasion import Occasion

__all__ = ["SignatureState", "Verification", "sealed_before", "verify", "verify_grids", "verify_untouched"]


class SignatureState(StrEnum):
    """What the signature of a seal is worth."""

    UNSIGNED = "unsigned"
    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    """Genuine, by a key that is not on the list of trusted keys."""
    REVOKED = "revoked"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying found. Without a seal that can be read there is no record."""

    problems: tuple[Problem, ...]
    seal: Seal | None = None
    state: SignatureState = SignatureState.UNSIGNED
    signer: str = ""
    """Whose the trusted or revoked key is; of an unknown one, how the signer calls himself."""
    result: Result | None = None
    """What the sealed inputs come to, whatever the sheets show."""
    scheme: Scheme | None = None
    """The sealed scheme; None where there is no result."""
    occasion: Occasion | None = None
    """Whose result it is; None where there is none."""

    @property
    def passed(self) -> bool:
        """True where nothing is wrong."""
        return self.seal is not None and not any(problem.is_error for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        """What ``starscore verify --json`` prints."""
        record = None if self.seal is None else self.seal.record
        told = {} if record is None else record.model_dump(mode="json", exclude={"format", "scheme_text", "sheets"})
        digest = "" if self.seal is None else self.seal.digest
        return {
            "passed": self.passed,
            **told,
            "digest": digest,
            "signature": self.state.value,
            "signer": self.signer,
            "problems": [problem.as_json() for problem in self.problems],
        }


def verify(
    path: Path,
    trusted: Sequence[TrustedKey] = (),
    *,
    require_signature: bool = False,
    ask_password: AskPassword = lambda: None,
) -> Verification:
    """Verify a sealed workbook. Never raises for what is in the file."""
    book, _ = open_workbook(path, ask_password)
    if not book.grids:
        return Verification(book.problems)
    found = verify_grids(book.grids, trusted, require_signature=require_signature)
    return replace(found, problems=(*book.problems, *found.problems))


def verify_grids(
    grids: Mapping[str, Grid], trusted: Sequence[TrustedKey] = (), *, require_signature: bool = False
) -> Verification:
    """Verify the sheets of a sealed workbook."""
    if SHEET.seal not in grids:
        return Verification((error(SHEET.seal, "", "no_seal"),))
    sheet = read_seal_sheet(grids[SHEET.seal])
    written = sheet.fields.get("format", "")
    if written != FORMAT and written.startswith(FORMAT.partition(" ")[0]):
        return Verification((error(SHEET.seal, sheet.cells["format"], "newer", format=written),))
    problems = [*_fields_of(sheet)]
    try:
        record = read_record(sheet.text)
    except RecordError:
        return Verification((*problems, error(SHEET.seal, "", "broken")))
    seal = Seal(record, sheet.text, digest_of(sheet.text), sheet.signature)
    state, signer, said = _judged(seal, trusted, require_signature)
    problems += [said] if said is not None else []
    problems += _differences(with_seal(seal), grids)
    problems += _hidden(grids)
    again = recompute(record, record.grids())
    return Verification((*problems, *again.problems), seal, state, signer, again.result, again.scheme, again.occasion)


def verify_untouched(
    found: Untouched, trusted: Sequence[TrustedKey] = (), *, require_signature: bool = False
) -> Verification:
    """Verify what is known to be as it was sealed: the signature, and every point, rank and winner."""
    state, signer, said = _judged(found.seal, trusted, require_signature)
    again = recompute(found.seal.record, found.grids, found.texts)
    problems = (*([] if said is None else [said]), *again.problems)
    return Verification(problems, found.seal, state, signer, again.result, again.scheme, again.occasion)


def _fields_of(sheet: SealSheet) -> Iterator[Problem]:
    """What is wrong with sheet 定稿 itself."""
    for key, label in LABELS.items():
        if key not in sheet.fields and key != "parts":
            yield error(SHEET.seal, "", "field", label=label)
    for cell in sheet.damaged:
        yield error(SHEET.seal, cell, "part")
    if sheet.fields.get("digest") != digest_of(sheet.text):
        yield error(SHEET.seal, sheet.cells.get("digest", ""), "digest")


def _judged(seal: Seal, trusted: Sequence[TrustedKey], required: bool) -> tuple[SignatureState, str, Problem | None]:
    """What the signature is worth, whose it is, and what to say of it."""
    signature = seal.signature
    if signature is None:
        say = error if required else warning
        return SignatureState.UNSIGNED, "", say(SHEET.seal, "", "required" if required else "unsigned")
    name, mark = signature.name, fingerprint(signature.key)
    if not is_genuine(signature, seal.digest):
        return SignatureState.FORGED, name, error(SHEET.seal, "", "forged")
    known = next((each for each in trusted if each.key == signature.key), None)
    if known is None:
        say = error if required else warning
        return SignatureState.UNKNOWN, name, say(SHEET.seal, "", "unknown_key", name=name, mark=mark)
    if known.revoked:
        return SignatureState.REVOKED, known.name, error(SHEET.seal, "", "revoked", name=known.name, mark=mark)
    return SignatureState.TRUSTED, known.name, None


def _differences(sealed: Mapping[str, Meanings], now: Mapping[str, Grid]) -> Iterator[Problem]:
    """Every sheet and cell that is not as it was sealed."""
    for name in sealed:
        if name not in now:
            yield error(name, "", "sheet_gone", sheet=name)
    for name in now:
        if name not in sealed:
            yield error(name, "", "sheet_added", sheet=name)
    if set(now) == set(sealed) and list(now) != list(sealed):
        yield error("", "", "sheet_moved", sealed="、".join(sealed))
    for name, was in sealed.items():
        if name in now:
            yield from _cells(name, was, now[name])


def _cells(name: str, was: Meanings, now: Grid) -> Iterator[Problem]:
    if means(now, was):
        return
    formulas = {a1(*at) for at, cell in now.cells.items() if cell.formula}
    here = meanings(now)
    for at in {**was, **here, **dict.fromkeys(formulas)}:
        left, right = was.get(at, ""), here.get(at, "")
        if at in formulas:
            yield error(name, at, "formula")
        elif not alike(left, right):
            key = "cell_gone" if not right else "cell" if left else "cell_added"
            yield error(name, at, key, sealed=shown(left), now=shown(right))


def _hidden(now: Mapping[str, Grid]) -> Iterator[Problem]:
    """Sheets, rows and columns that are out of sight: nothing was when the workbook was sealed."""
    for name, grid in now.items():
        if grid.hidden or any(cell.hidden for cell in grid.cells.values()):
            yield warning(name, "", "hidden")


def sealed_before(grids: Mapping[str, Grid]) -> tuple[Record, str] | None:
    """The record and digest of a seal that is whole in itself; None for anything else."""
    if SHEET.seal not in grids:
        return None
    sheet = read_seal_sheet(grids[SHEET.seal])
    try:
        record = read_record(sheet.text)
    except RecordError:
        return None
    digest = digest_of(sheet.text)
    return (record, digest) if sheet.fields.get("digest") == digest else None
