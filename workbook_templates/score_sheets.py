"""Sheets 得分 with its live blocks, and 检查 with the counts that need no add-in."""

from __future__ import annotations

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from calc.scheme import Scheme
from workbook_templates import formulas, styles
from workbook_templates.entry_table import block_of, empty_table, finish, heading, protect
from workbook_templates.formulas import Block
from workbook_templates.layout import FIRST_ROW, HEADER_ROW, SCHEME_KEY, SHEET, Column, name_width, pool_label
from workbook_templates.settings_sheet import SettingsSheet

__all__ = ["check_sheet", "scores_sheet"]


def scores_sheet(
    sheet: Worksheet, scheme: Scheme, measures: Block, settings: SettingsSheet, rules: str | None = None
) -> None:
    """得分: one array formula for all indicators, one for the total, one for the reasons.

    ``rules``: the range of sheet 方案, where the workbook carries its own scheme.
    """
    pooled = scheme.pool is not None
    columns = [
        Column("id", scheme.subject.id_label, "text", 13, typed=False),
        Column("name", scheme.subject.name_label, "text", name_width(scheme), typed=False),
        *([Column("pool", pool_label(scheme), "text", 22, typed=False)] if pooled else []),
        *(Column(i.id, i.label, "number", max(11, 2.1 * len(i.label) + 1), typed=False) for i in scheme.scored),
        Column("total", "总分", "number", 11, typed=False),
        Column("reasons", "不能当选的原因", "text", 46, typed=False),
    ]
    block = block_of(SHEET.scores, columns, measures.last - measures.first + 1)
    empty_table(sheet, columns, block)
    for row in range(block.first, block.last + 1):
        known = {"id": "A", "name": measures.letters["name"], "pool": measures.letters.get(scheme.pool or "", "")}
        for key, letter in known.items():
            if key in block.letters:
                cell = sheet[f"{block.letters[key]}{row}"]
                cell.value = f'=IF({SHEET.measures}!$A{row}="","",{SHEET.measures}!${letter}{row})'
                cell.number_format = "General"
    headers, rows = formulas.measures_block(measures.letters, measures.first, measures.last)
    common = f"{rules or f'{SHEET.settings}!$B${settings.rows[SCHEME_KEY]}'},{headers},{rows}"
    ids = measures.range("id")
    first, last = scheme.scored[0].id, scheme.scored[-1].id
    for start, end, call in (
        (first, last, f'STARSCORE({common},"*",{settings.range})'),
        ("total", "total", f"STARSCORE({common},,{settings.range})"),
        ("reasons", "reasons", f"STARELIGIBLE({common},,{settings.range})"),
    ):
        reference = f"{block.letters[start]}{block.first}:{block.letters[end]}{block.last}"
        sheet[f"{block.letters[start]}{block.first}"] = ArrayFormula(reference, formulas.live(call, ids))
        for cells in sheet[reference]:
            for cell in cells:
                cell.number_format = "General" if start == "reasons" else "0.00"
    absent = FormulaRule(formula=[f'{block.letters[first]}{block.first}="{formulas.NOT_INSTALLED}"'],
                         font=Font(color="A6A6A6"))  # fmt: skip
    sheet.conditional_formatting.add(
        f"{block.letters[first]}{block.first}:{block.letters['reasons']}{block.last}", absent
    )
    note = "装有加载项时随填随算；显示“未装加载项”时，可用 starscore rank 计算，或发给装有加载项的人打开。"
    finish(sheet, f"{scheme.title}评选得分表", note, columns, block, landscape=True)


def check_sheet(sheet: Worksheet, scheme: Scheme, roster: Block, measures: Block, events: Block) -> None:
    """检查: a few counts that need no add-in; the list of problems is written by check and rank."""
    for n, width in enumerate((34, 12, 62), start=1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    for n, label in enumerate(("项目", "数目", "说明"), start=1):
        header = sheet.cell(HEADER_ROW, n, label)
        header.font, header.fill, header.border = styles.BOLD, styles.HEADER, styles.BOX
        header.alignment = styles.aligned("center")
    sheet.row_dimensions[HEADER_ROW].height = 24
    own, other = roster.range("id"), measures.range("id")
    absent = f'SUMPRODUCT(({own}<>"")*(ISNA(MATCH({own}&"",{other},0))))'
    lines = [
        ("名册人数", f'=SUMPRODUCT(({own}<>"")*1)', "“名册”中填了编号的行数"),
        ("指标人数", f'=SUMPRODUCT(({other}<>"")*1)', "“指标”中填了编号的行数，应与名册相同"),
        ("名册中有、指标中没有的人数", f"={absent}", "应为 0；在“指标”中补上这些人"),
    ]
    if scheme.event:
        kinds, waiting = events.range("event"), measures.range("pending")
        lines += [
            ("登记事项条数", f'=SUMPRODUCT(({kinds}<>"")*1)', "“登记”中填了事项的行数"),
            ("待核实事项数", f"=SUM({waiting})", "不为 0 时名单为暂定"),
        ]
    for row, (label, formula, note) in enumerate(lines, start=FIRST_ROW):
        for n, content in enumerate((label, formula, note), start=1):
            cell = sheet.cell(row, n, content)
            cell.font, cell.border = styles.BODY, styles.BOX
            cell.alignment = styles.aligned("center" if n == 2 else "left")
        sheet.cell(row, 2).fill = styles.COMPUTED
        sheet.row_dimensions[row].height = 20
    end = FIRST_ROW + len(lines) - 1
    note = "这里先给几个总数；逐格的错误和提醒由 starscore check 列出，rank 写出的结果工作簿中也有，点位置可跳到该格。"
    heading(sheet, f"{scheme.title}评选数据检查", note, "C", 108)
    sheet.sheet_view.showGridLines = False
    styles.set_up_page(sheet, landscape=False, last_column="C", last_row=end, header_row=HEADER_ROW)
    protect(sheet)
