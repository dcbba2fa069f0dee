"""说明此得分 and 诊断: what there is to know, without touching the workbook."""

from __future__ import annotations

import xlwings

from addin.excel.texts import DOCTOR
from addin.functions import FUNCTIONS
from addin.live.desk import Desk, Refusal
from addin.live.texts import SAID
from addin.parsing.table import HEADER_SEARCH
from addin.parsing.values import plain_text
from calc.scheme import Scheme

__all__ = ["diagnose", "why"]


def why(desk: Desk) -> str:
    """How the points of the person in the selected row came about; in an indicator's column, that indicator's."""
    reckoned = desk.reckon()
    scheme, result = reckoned.scheme, reckoned.result
    if scheme is None or result is None:
        raise Refusal(SAID["no_result"].format(found=reckoned.problems[0].message if reckoned.problems else ""))
    identity, header = _selected(desk.book, scheme)
    for row, lines in zip(result.rows, result.trace, strict=True):
        if row.id == identity:
            named = f"{row.id} {row.name} {row.pool}".strip()
            chosen = [line for line in lines if line.label == header] or lines
            return "\n".join([named, *(line.sentence for line in chosen)])
    raise Refusal(SAID["no_person"].format(id_label=scheme.subject.id_label))


def _selected(book: xlwings.Book, scheme: Scheme) -> tuple[str, str]:
    """The id in the selected row, and the header above the selected cell; empty where there is none."""
    cell = book.selection
    if cell is None or cell.sheet.book.name != book.name:
        return "", ""
    sheet, used = cell.sheet, cell.sheet.used_range
    last = used.column + used.shape[1] - 1
    head = sheet.range((1, 1), (HEADER_SEARCH, max(last, cell.column))).options(ndim=2).value
    names = {plain_text(scheme.subject.id_label), "id"}
    for row, line in enumerate(head, start=1):
        texts = [plain_text(str(value)) if value is not None else "" for value in line]
        place = next((n for n, text in enumerate(texts, start=1) if text in names), None)
        if place is not None and row < cell.row:
            value = sheet.range((cell.row, place)).value
            identity = f"{value:.0f}" if isinstance(value, float) else str(value or "").strip()
            return identity, texts[cell.column - 1]
    return "", ""


def diagnose(desk: Desk) -> str:
    """诊断: what keeps the add-in from working."""
    return "\n".join(desk.host.diagnose()) or DOCTOR["fine"].format(version=FUNCTIONS["STARVERSION"]())
