"""The announcement (公告) of a result, ready to print and post, in the manner of an official document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from calc.deadlines import notice_days
from calc.period import Period, period_label
from calc.result import PoolResult, Result
from calc.scheme import Scheme
from workbook_templates import styles
from workbook_templates.layout import home_measure, pool_label
from workbook_templates.occasion import Occasion
from workbook_templates.page import set_text

__all__ = ["NOTICE_NAMES", "notice_name", "notice_names", "open_ends", "write_notice"]

NOTICE_NAMES = {"announcement": "公告", "public": "公示"}
"""By kind of notice its sheet."""

_HEADING = Font(name="黑体", size=22)
_TEXT = Font(name="仿宋", size=16)
_HEADER = Font(name="黑体", size=14)
_DRAFT = Font(name="黑体", size=12, color="C00000")
_WIDTHS = (34, 18, 34)
_LINE = 29.0


def notice_name(scheme: Scheme) -> str | None:
    """The name of the notice's sheet, 公告 or 公示; None where the scheme has no notice."""
    if scheme.notice is None:
        return None
    return NOTICE_NAMES[scheme.notice.kind]


def write_notice(sheet: Worksheet, scheme: Scheme, result: Result, occasion: Occasion) -> None:
    """Write the notice on an empty sheet. What may still change says so at the top, in red: not to be posted."""
    notice, name = scheme.notice, notice_name(scheme)
    if notice is None:
        return
    for n, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    period, label = Period.parse(result.period), period_label(result.period)
    words = {
        "source": scheme.source,
        "period": label,
        "award": scheme.award,
        "unit": occasion.unit or scheme.organisation,
    }
    row = 1
    if open_end := open_ends(scheme, result, period):
        row = _line(sheet, row, f"草稿，不得张贴：{open_end}", _DRAFT)
    heading = (scheme.organisation, f"{label}“{scheme.award}”{name}")
    parted = "" if _lines("".join(heading), _HEADING) == 1 else "\n"
    row = _line(sheet, row, parted.join(heading), _HEADING, "center", 2.2)
    row = _line(sheet, row, f"　　{notice.text.format(**words)}", _TEXT)
    row = _winners(sheet, row + 1, scheme, result, occasion.homes)
    if period is not None and (days := notice_days(scheme, period)) is not None:
        row = _line(
            sheet, row, f"　　公示期：{_day(days.first)}至{_day(days.last)}，共{notice.working_days}个工作日。", _TEXT
        )
    for text in notice.closing:
        row = _line(sheet, row, f"　　{text.format(**words)}", _TEXT)
    row += 1
    row = _line(sheet, row, words["unit"], _TEXT, "right")
    row = _line(sheet, row, "年　　月　　日", _TEXT, "right")
    sheet.sheet_view.showGridLines = False
    styles.set_up_page(sheet, landscape=False, last_column="C", last_row=row - 1, header_row=None)
    sheet.page_margins.left = sheet.page_margins.right = 0.9
    sheet.page_margins.top = sheet.page_margins.bottom = 1.2
    sheet.protection.sheet = True
    sheet.protection.formatRows = sheet.protection.formatColumns = False


def notice_names(scheme: Scheme, result: Result, occasion: Occasion) -> dict[int, str]:
    """By row what stands in the notice's second column: the heading and the winners' names."""
    top = 5 if open_ends(scheme, result, Period.parse(result.period)) else 4
    return {top + n: line[1] for n, line in enumerate(_winner_lines(scheme, result, occasion.homes))}


def _winner_lines(scheme: Scheme, result: Result, homes: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The table of winners, then of those with a title beside the award, under its headings."""
    home = home_measure(scheme)
    first = pool_label(scheme) or ("序号" if home is None else home.label)
    lines: list[tuple[str, str, str]] = [(first, scheme.subject.name_label, "荣誉称号")]
    for pool in result.quota:
        winners = result.winners(pool.pool)
        first = pool.pool if scheme.pool else ""
        lines += [
            (first or homes.get(r.id) or str(n), r.name or r.id, scheme.award) for n, r in enumerate(winners, start=1)
        ]
        if not winners:
            lines.append((first, "—", _vacancy(pool)))
    for title in scheme.titles:
        lines += [
            ((r.pool if scheme.pool else homes.get(r.id)) or str(n), r.name or r.id, title.label)
            for n, r in enumerate(result.holders(title.label), start=1)
        ]
    return lines


def _winners(sheet: Worksheet, row: int, scheme: Scheme, result: Result, homes: Mapping[str, str]) -> int:
    """Write the table of winners; returns the row below it."""
    for n, line in enumerate(_winner_lines(scheme, result, homes)):
        for column, text in enumerate(line, start=1):
            cell = sheet.cell(row, column)
            set_text(cell, text)
            cell.font, cell.border = (_HEADER if n == 0 else _TEXT), styles.BOX
            if n == 0:
                cell.fill = styles.HEADER
            cell.alignment = styles.aligned("center")
        most = max(styles.lines_needed(t, w / 1.5) for t, w in zip(line, _WIDTHS, strict=True))
        sheet.row_dimensions[row].height = styles.row_height(max(_LINE, 22.0 * most))
        row += 1
    return row + 1


def _vacancy(pool: PoolResult) -> str:
    if pool.withheld or pool.tied:
        return "待定"
    return "本期空缺"


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def open_ends(scheme: Scheme, result: Result, period: Period | None) -> str:
    """Why the list or its dates may still change; empty where they stand."""
    days = None if period is None else notice_days(scheme, period)
    reasons = {
        "有数据错误": any(pool.withheld for pool in result.quota),
        "有并列待裁定": any(pool.tied for pool in result.quota),
        "有待核实或待考事项": any(pool.provisional for pool in result.quota),
        "当年放假安排尚未公布，公示日期暂定": days is not None and days.provisional,
        "公示来不及在上报之前结束": days is not None and days.late,
    }
    return "、".join(reason for reason, holds in reasons.items() if holds)


def _line(sheet: Worksheet, row: int, text: str, font: Font, align: styles.Align = "left", room: float = 1) -> int:
    """A paragraph over the sheet's width, as high as its text; returns the next row."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_WIDTHS))
    cell = sheet.cell(row, 1)
    set_text(cell, text)
    cell.font = font
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True, indent=2 if align == "right" else 0)
    size, lines = float(font.size or 11), _lines(text, font)
    height = max(_LINE, size * 1.8 * lines) * room if lines > 1 or room > 1 else _LINE
    sheet.row_dimensions[row].height = styles.row_height(height)
    return row + 1


def _lines(text: str, font: Font) -> int:
    """How many lines a text takes over the sheet's width."""
    return styles.lines_needed(text, sum(_WIDTHS) * 10.5 / float(font.size or 11))
