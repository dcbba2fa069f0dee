"""How a seal stands in a workbook: sheet 定稿 with the record in pieces, and a few lines on 说明."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from addin.sealing.meaning import Meanings, grid_of, meanings
from addin.sealing.messages import BLOCK, LABELS
from addin.sealing.record import FORMAT, Record
from addin.sealing.signature import Signature, fingerprint
from workbook_templates import styles
from workbook_templates.grid import Cell, Grid, Kind, a1
from workbook_templates.guide import write_section
from workbook_templates.layout import SHEET
from workbook_templates.page import set_text

__all__ = ["Seal", "SealSheet", "guide_block", "read_seal_sheet", "seal_grid", "with_seal",
           "write_guide_block", "write_seal_sheet"]  # fmt: skip

_FIRST_FIELD = 4
_PIECE = 16_000
"""Characters of the record in one cell; signs beyond the basic plane count twice of the 32,767 that a cell holds."""
_NUMBERED = re.compile(r"(\d{5}) ([0-9a-f]{8})\|(.*)\|", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Seal:
    """A record with its digest, signed or not."""

    record: Record
    text: str
    digest: str
    signature: Signature | None


@dataclass(frozen=True, slots=True)
class SealSheet:
    """What was read of sheet 定稿, whole or not."""

    fields: Mapping[str, str]
    """By key of LABELS."""
    cells: Mapping[str, str]
    """Where each field stands."""
    text: str
    damaged: tuple[str, ...]
    """The cells of pieces that are not as they were written."""

    @property
    def signature(self) -> Signature | None:
        """What stands in the three fields of a signature; None where all are blank."""
        name, key, value = (self.fields.get(field, "") for field in ("signer", "key", "signature"))
        return Signature(name, key, value) if name or key or value else None


def _fields(seal: Seal) -> Iterator[tuple[str, str]]:
    record, signature = seal.record, seal.signature
    yield "format", FORMAT
    yield "contest", f"{record.scheme}　{record.version}"
    yield "unit", record.unit
    yield "period", record.period
    yield "revision", str(record.revision)
    yield "sealed_on", record.sealed_on.isoformat()
    yield "replaces", record.replaces
    yield "digest", seal.digest
    yield "signer", "" if signature is None else signature.name
    yield "key", "" if signature is None else signature.key
    yield "signature", "" if signature is None else signature.value


def _lines(seal: Seal) -> list[tuple[str, str]]:
    """Columns A and B of sheet 定稿 from row 1."""
    lines = [(BLOCK["title"], ""), (BLOCK["note"], ""), ("", "")]
    lines += [(LABELS[key], value) for key, value in _fields(seal)]
    pieces = [seal.text[start : start + _PIECE] for start in range(0, len(seal.text), _PIECE)]
    for n, piece in enumerate(pieces, start=1):
        # Numbered and fenced: no piece begins like a formula or ends with a space, and an altered one is known.
        check = zlib.crc32(piece.encode())
        lines.append((LABELS["parts"], f"{n:05} {check:08x}|{piece}|"))
    return lines


def seal_grid(seal: Seal) -> Grid:
    """Sheet 定稿."""
    cells = {
        (row, column): Cell(text, Kind.TEXT)
        for row, line in enumerate(_lines(seal), start=1)
        for column, text in enumerate(line, start=1)
        if text
    }
    return Grid(SHEET.seal, cells)


def write_seal_sheet(sheet: Worksheet, seal: Seal) -> None:
    """Write sheet 定稿 on an empty sheet."""
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 90
    for (row, column), cell in seal_grid(seal).cells.items():
        place = sheet.cell(row, column)
        set_text(place, str(cell.value))
        place.font = styles.TITLE if row == 1 else styles.NOTE if row == 2 else styles.BODY
        place.alignment = styles.aligned("left", wrap=False)
    sheet.sheet_view.showGridLines = False
    last = _FIRST_FIELD + len(LABELS) - 2
    styles.set_up_page(sheet, landscape=True, last_column="B", last_row=last, header_row=None)
    sheet.protection.sheet = True


def _guide_lines(seal: Seal) -> list[str]:
    record, signature = seal.record, seal.signature
    lines = [BLOCK["first"].format(revision=record.revision, sealed_on=record.sealed_on)]
    if record.replaces:
        lines.append(BLOCK["replaces"].format(replaces=record.replaces))
    lines.append(BLOCK["digest"].format(digest=seal.digest))
    if signature is None:
        lines.append(BLOCK["unsigned"])
    else:
        lines.append(BLOCK["signed"].format(name=signature.name, mark=fingerprint(signature.key)))
    return [*lines, BLOCK["verify"].format(sheet=SHEET.seal)]


def write_guide_block(sheet: Worksheet, last_row: int, seal: Seal) -> None:
    """Write the readable block on 说明, whose last row so far is ``last_row``."""
    write_section(sheet, last_row + 1, BLOCK["heading"], _guide_lines(seal))


def with_seal(seal: Seal) -> dict[str, Meanings]:
    """All sheets of the sealed workbook: those of the record, the block on 说明, and sheet 定稿."""
    sheets = dict(seal.record.sheets)
    guide = sheets.get(SHEET.guide)
    if guide is not None:
        sheets[SHEET.guide] = {**guide, **guide_block(seal, grid_of(SHEET.guide, guide).last_row)}
    return {**sheets, SHEET.seal: meanings(seal_grid(seal))}


def guide_block(seal: Seal, last_row: int) -> Meanings:
    """The block on 说明, whose last row before it is ``last_row``."""
    lines = [BLOCK["heading"], *_guide_lines(seal)]
    top = last_row + 2  # after the narrow row
    return meanings(Grid(SHEET.guide, {(top + n, 1): Cell(text, Kind.TEXT) for n, text in enumerate(lines)}))


def read_seal_sheet(grid: Grid) -> SealSheet:
    """Read sheet 定稿, leniently: whoever verifies compares it cell by cell with what it should be."""
    keys = {label: key for key, label in LABELS.items()}
    fields: dict[str, str] = {}
    cells: dict[str, str] = {}
    pieces: list[str] = []
    damaged: list[str] = []
    for row in range(1, grid.last_row + 1):
        key = keys.get(str(grid.at(row, 1).value or ""))
        value = str(grid.at(row, 2).value or "")
        found = _NUMBERED.fullmatch(value)
        if key == "parts" or found is not None:
            piece = "" if found is None else found[3]
            if found is None or int(found[1]) != len(pieces) + 1 or int(found[2], 16) != zlib.crc32(piece.encode()):
                damaged.append(a1(row, 2))
            pieces.append(piece or value)
        elif key is not None and key not in fields:
            fields[key], cells[key] = value, a1(row, 2)
    return SealSheet(fields, cells, "".join(pieces), tuple(damaged))
