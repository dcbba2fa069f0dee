"""公告 or 公示, the forms, and printing."""

from __future__ import annotations

from collections.abc import Sequence

from addin.live.backup import file_of
from addin.live.desk import Desk, Refusal
from addin.live.results import compute_and_show
from addin.live.texts import SAID
from workbook_templates.layout import SHEET
from workbook_templates.notice import NOTICE_NAMES, notice_name
from workbook_templates.save import unused_name

__all__ = ["forms", "notice", "print_all"]

_PRINTED = (SHEET.ranking, SHEET.winners, SHEET.rewards, SHEET.charts)


def notice(desk: Desk) -> str:
    """公告/公示: the result's notice, shown."""
    reckoned = desk.reckon()
    scheme = reckoned.read.scheme
    name = SHEET.check if scheme is None else notice_name(scheme)
    if scheme is not None and name is None:
        raise Refusal(SAID["no_notice"].format(title=scheme.title))
    return compute_and_show(desk, reckoned, name or SHEET.check)


def forms(desk: Desk) -> str:
    """推荐表: the forms of those who won, the first shown."""
    reckoned = desk.reckon()
    scheme = reckoned.read.scheme
    if scheme is not None and not scheme.form:
        raise Refusal(SAID["no_forms"].format(title=scheme.title))
    return compute_and_show(desk, reckoned, SHEET.check if scheme is None else scheme.form[0].sheet)


def print_all(desk: Desk) -> str:
    """全部打印: the sheets that are posted, filed or signed, on paper and as one PDF beside the workbook."""
    scheme = desk.read().scheme
    wanted = [*_PRINTED, *NOTICE_NAMES.values(), *(form.sheet for form in (scheme.form if scheme else ()))]
    there = [name for name in wanted if name in desk.book.sheet_names]
    if not there:
        raise Refusal(SAID["nothing_to_print"])
    with desk.telling("print"):
        return "\n".join([_as_pdf(desk, there), _on_paper(desk, there)])


def _as_pdf(desk: Desk, sheets: Sequence[str]) -> str:
    path = file_of(desk.book)
    if path is None:
        return SAID["unsaved_pdf"]
    target = unused_name(path.with_suffix(".pdf"))
    active = desk.book.sheets.active
    try:
        desk.book.to_pdf(str(target), include=list(sheets))
    except Exception as error:
        if desk.host.is_busy(error):
            raise
        return SAID["no_pdf"].format(reason=type(error).__name__)
    finally:
        desk.host.show(active)  # xlwings hides the other sheets meanwhile
    return SAID["pdf"].format(name=target.name)


def _on_paper(desk: Desk, sheets: Sequence[str]) -> str:
    try:
        desk.host.print_out(desk.book, sheets)
    except Exception as error:  # no printer, or one that is switched off: each program has its own error
        if desk.host.is_busy(error):
            raise
        return SAID["not_printed"].format(reason=type(error).__name__)
    return SAID["printed"].format(sheets="、".join(sheets))
