"""A table that people fill in: headers with notes, open and coloured cells, what each column takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from math import ceil

from openpyxl.comments import Comment
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from workbook_templates import formulas, styles
from workbook_templates.filling import Typed
from workbook_templates.formulas import Block
from workbook_templates.layout import FIRST_ROW, HEADER_ROW, Column
from workbook_templates.page import set_text

READABLE_WIDTH = 265
"""A table that is wider prints on several pages side by side."""

__all__ = ["block_of", "comment_size", "empty_table", "finish", "heading", "protect", "rule_of", "type_in", "validate"]


_USUAL = formulas.unit_and_period("某某分行某某支行", "2026Q3")
"""A second line as long as they usually are."""


def block_of(sheet: str, columns: Sequence[Column], rows: int) -> Block:
    """Where the columns and the prepared rows of a sheet stand."""
    letters = {column.id: get_column_letter(n) for n, column in enumerate(columns, start=1)}
    return Block(sheet, letters, FIRST_ROW, FIRST_ROW + rows - 1)


def heading(
    sheet: Worksheet, title: str, note: str, last: str, width: float, subtitle: str | None = None, *, first: str = "A"
) -> None:
    """Rows 1 to 3: title, unit and period (following 设置), what to fill in; in the columns from ``first`` to ``last``,
    which together have this width.
    """
    title_lines = styles.lines_needed(title, width * styles.BODY.sz / styles.TITLE.sz)
    lines = (
        (title, styles.TITLE, "center", 30.0 if title_lines == 1 else 21.0 * title_lines),
        (subtitle, styles.SUBTITLE, "left", 18.0 * styles.lines_needed(subtitle or _USUAL, width)),
        (note, styles.NOTE, "left", styles.LINE_HEIGHT * styles.lines_needed(note, width) + 2),
    )
    for row, (text, font, align, height) in enumerate(lines, start=1):
        sheet.merge_cells(f"{first}{row}:{last}{row}")
        cell = sheet[f"{first}{row}"]
        if text is None:
            cell.value = formulas.UNIT_AND_PERIOD
        else:
            set_text(cell, text)
        cell.font, cell.alignment = font, styles.aligned(align)
        sheet.row_dimensions[row].height = height


def empty_table(sheet: Worksheet, columns: Sequence[Column], block: Block) -> None:
    """Headers with notes, and the empty rows with their formats: open and coloured where people type."""
    for n, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = column.width
        header = sheet.cell(HEADER_ROW, n)
        set_text(header, column.label)
        styles.dress(header, styles.BOLD, fill=styles.HEADER, border=styles.BOX, alignment=styles.aligned("center"))
        if note := _note(column):
            width, height = comment_size(note)
            header.comment = Comment(note, "StarScore", width=width, height=height)
        for row in range(block.first, block.last + 1):
            styles.dress(
                sheet.cell(row, n),
                fill=styles.INPUT if column.typed else styles.COMPUTED,
                border=styles.BOX,
                alignment=_alignment(column),
                protection=styles.OPEN if column.typed else styles.LOCKED,
                number_format="General" if _is_long(column) else styles.number_format(column.kind),
            )
    most = max(styles.lines_needed(column.label, column.width) for column in columns)
    sheet.row_dimensions[HEADER_ROW].height = max(24, styles.LINE_HEIGHT * most + 6)
    sheet.sheet_view.showGridLines = False


def _is_long(column: Column) -> bool:
    """A text of many lines; in a cell formatted as text Excel shows one of more than 255 signs as ####."""
    return column.measure is not None and column.measure.kind == "text" and column.measure.sheet == "measures"


def _alignment(column: Column) -> Alignment:
    """Texts from the left and wrapped; not those of many lines, for their rows would be as high."""
    return styles.aligned("left" if column.width > 18 else "center", wrap=column.width > 18 and not _is_long(column))


def _note(column: Column) -> str:
    """The header's note: what to fill in, with unit and range."""
    measure, parts = column.measure, [column.hint] if column.hint else []
    if measure is not None and measure.unit:
        parts.append(f"单位：{measure.unit}")
    if measure is not None and measure.min is not None and measure.max is not None:
        parts.append(f"范围：{measure.min:f} 至 {measure.max:f}")
    if measure is not None and measure.clause:
        parts.append(f"依据：{measure.clause}")
    return "\n".join(parts)


def comment_size(text: str) -> tuple[int, int]:
    """Width and height in points of a note that shows all of its text."""
    return 230, 24 + 18 * styles.lines_needed(text, 30)


def protect(sheet: Worksheet) -> None:
    """Locked cells stay as they are; no password, so that nobody is locked out."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.protection.autoFilter = False


def validate(sheet: Worksheet, columns: Sequence[Column], block: Block, lists: Mapping[str, Sequence[str]]) -> None:
    """What each column takes, with a Chinese message for anything else."""
    for column in columns:
        if not column.typed:
            continue
        letter = block.letters[column.id]
        rule = rule_of(column, lists.get(column.id, ()))
        if rule is not None:
            rule.errorTitle = "请检查"
            rule.showErrorMessage = True
            sheet.add_data_validation(rule)
            rule.add(f"{letter}{block.first}:{letter}{block.last}")


def rule_of(column: Column, choices: Sequence[str]) -> DataValidation | None:
    """What a column takes, as the sheet's own check; None where anything may be typed."""
    if column.kind == "yes_no":
        return DataValidation("list", formula1='"是,否"', allow_blank=True, error="只能填“是”或“否”")
    if choices:
        listed = ",".join(choices)
        # A list within the cell's rule is limited to 255 characters; longer ones are checked when read.
        if len(listed) > 250:
            return None
        return DataValidation("list", formula1=f'"{listed}"', allow_blank=True, error="请从下拉列表中选择")
    if column.kind == "date":
        return DataValidation(
            "date", operator="between", formula1="18264", formula2="73050", allow_blank=True,
            error="请填日期，如 2026-03-05",
        )  # fmt: skip
    measure = column.measure if column.item is None else column.item
    if measure is not None and (column.item is not None or column.kind in {"number", "rate"}):
        low = Decimal(-(10**9)) if measure.min is None else measure.min
        high = Decimal(10**9) if measure.max is None else measure.max
        limits = f"{low:f} 至 {high:f} 的数字" if measure.min is not None and measure.max is not None else "数字"
        return DataValidation(
            "decimal", operator="between", formula1=f"{low:f}", formula2=f"{high:f}", allow_blank=True,
            error=f"{column.label}须为{limits}",
        )  # fmt: skip
    if column.kind == "number":
        whole = column.id == "count"
        return DataValidation(
            "whole" if whole else "decimal", operator="between", formula1="0", formula2="1000000", allow_blank=True,
            error=f"{column.label}须为不小于 0 的{'整数' if whole else '数字'}",
        )  # fmt: skip
    return None


def type_in(sheet: Worksheet, row: int, columns: Sequence[Column], values: Mapping[str, Typed]) -> None:
    """Put what is known into a row, as a clerk would have typed it."""
    for n, column in enumerate(columns, start=1):
        value = values.get(column.id)
        if value is None or not column.typed:
            continue
        cell = sheet.cell(row, n)
        if isinstance(value, bool):
            value = "是" if value else "否"
        if isinstance(value, str):
            set_text(cell, value)
        else:
            keep = cell.number_format
            cell.value = float(value) if isinstance(value, Decimal) else value
            cell.number_format = keep


def finish(
    sheet: Worksheet, title: str, note: str, columns: Sequence[Column], block: Block, *, landscape: bool
) -> None:
    """Title and notes, frozen headers, print set-up and protection of a filled or empty table."""
    last, widths = get_column_letter(len(columns)), [column.width for column in columns]
    wide = ceil(sum(widths) / READABLE_WIDTH)
    if wide == 1:
        heading(sheet, title, note, last, sum(widths))
    else:  # who it is stands on each page, what it is on the first: neither is cut at a page's edge
        there = [
            width for width, end in zip(widths, accumulate(widths), strict=True) if end <= sum(widths) / wide * 0.9
        ]
        heading(sheet, title, note, get_column_letter(len(there)), sum(there[2:]), first="C")
        sheet.print_title_cols = "A:B"
        sheet.oddHeader.right.text, sheet.oddHeader.right.size = title.replace("&", "&&"), 9
    pinned = 2 if len(columns) > 8 and columns[1].id == "name" else 0
    sheet.freeze_panes = f"{get_column_letter(pinned + 1)}{FIRST_ROW}"
    styles.set_up_page(sheet, landscape=landscape, last_column=last, last_row=block.last, header_row=HEADER_ROW,
                       pages_wide=wide)  # fmt: skip
    protect(sheet)
