"""The template of a scheme: the workbook that clerks fill in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from calc.period import Period
from calc.scheme import Scheme
from workbook_templates import formulas, guide, styles
from workbook_templates.formulas import Block
from workbook_templates.layout import (
    FIRST_ROW,
    HEADER_ROW,
    PERIOD_END_LABEL,
    PERIOD_KEY,
    PERIOD_START_LABEL,
    SCHEME_KEY,
    SETTING_FIELDS,
    SHEET,
    UNIT_KEY,
    VERSION_KEY,
    WORDS,
    Column,
    block_rows,
    event_fields,
    measure_columns,
    roster_columns,
    ruling_fields,
    settings_rows,
)
from workbook_templates.page import set_text

__all__ = ["Filling", "build_template", "comment_size"]

Typed = str | Decimal | dt.date | bool | float | None


@dataclass(frozen=True, slots=True)
class Filling:
    """What a new template already knows. Rows are mappings from column id to value."""

    period: Period | None = None
    unit: str = ""
    roster: Sequence[Mapping[str, Typed]] = ()
    measures: Mapping[str, Mapping[str, Typed]] = field(default_factory=dict)
    """By id, the typed measures of a person."""
    events: Sequence[Mapping[str, Typed]] = ()
    rulings: Sequence[Mapping[str, Typed]] = ()
    settings: Mapping[str, Typed] = field(default_factory=dict)
    """Values of the scheme's settings, where not its defaults."""
    columns: Mapping[str, int] = field(default_factory=dict)
    """How many columns a measure with many has, where not as many as the scheme offers."""
    rows: int | None = None
    """Rows to prepare, where more are wanted than the roster asks for."""


EVENT_ROWS, RULING_ROWS = 60, 25
"""Rows prepared at least; 登记 has no fewer than 名册."""


def build_template(scheme: Scheme, filling: Filling | None = None) -> Workbook:
    """The workbook of a contest: 说明, 设置, 名册, 指标, 登记, 裁定, 得分, 检查, with what is already known."""
    filling = filling or Filling()
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = SHEET.guide
    guide.write_guide(first, scheme)
    settings = _Settings(book.create_sheet(SHEET.settings), scheme, filling)
    rows = block_rows(len(filling.roster), filling.rows)
    roster = _block(SHEET.roster, roster_columns(scheme), rows)
    events = _block(SHEET.events, event_fields(scheme), max(EVENT_ROWS, rows, len(filling.events)))
    measures = _block(SHEET.measures, measure_columns(scheme, filling.columns), rows)
    _roster_sheet(book.create_sheet(SHEET.roster), scheme, roster, filling)
    _measures_sheet(book.create_sheet(SHEET.measures), scheme, (measures, roster, events), settings, filling)
    _events_sheet(book.create_sheet(SHEET.events), scheme, events, roster, filling)
    _rulings_sheet(book.create_sheet(SHEET.rulings), scheme, roster, filling)
    _scores_sheet(book.create_sheet(SHEET.scores), scheme, measures, settings)
    _check_sheet(book.create_sheet(SHEET.check), scheme, roster, measures, events)
    for name, target in (
        ("starscore_headers", formulas.measures_block(measures.letters, measures.first, measures.last)[0]),
        ("starscore_rows", formulas.measures_block(measures.letters, measures.first, measures.last)[1]),
        ("starscore_settings", settings.range),
    ):
        book.defined_names[name] = DefinedName(name, attr_text=target)
    book.calculation.fullCalcOnLoad = True
    book.active = book.sheetnames.index(SHEET.settings)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == SHEET.settings
    return book


def _block(sheet: str, columns: Sequence[Column], rows: int) -> Block:
    letters = {column.id: get_column_letter(n) for n, column in enumerate(columns, start=1)}
    return Block(sheet, letters, FIRST_ROW, FIRST_ROW + rows - 1)


def _heading(sheet: Worksheet, title: str, note: str, last: str, width: float, subtitle: str | None = None) -> None:
    """Rows 1 to 3: title, unit and period (following 设置), what to fill in."""
    lines = (
        (title, styles.TITLE, "center", 30.0),
        (subtitle if subtitle is not None else formulas.UNIT_AND_PERIOD, styles.SUBTITLE, "left", 18.0),
        (note, styles.NOTE, "left", styles.LINE_HEIGHT * styles.lines_needed(note, width) + 2),
    )
    for row, (text, font, align, height) in enumerate(lines, start=1):
        sheet.merge_cells(f"A{row}:{last}{row}")
        cell = sheet.cell(row, 1, text)
        cell.font, cell.alignment = font, styles.aligned(align)  # type: ignore[arg-type]
        sheet.row_dimensions[row].height = height


def _table(sheet: Worksheet, columns: Sequence[Column], block: Block) -> None:
    """Headers with notes, and the empty rows with their formats: open and coloured where people type."""
    for n, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = column.width
        header = sheet.cell(HEADER_ROW, n)
        set_text(header, column.label)
        header.font, header.fill, header.border = styles.BOLD, styles.HEADER, styles.BOX
        header.alignment = styles.aligned("center")
        if note := _note(column):
            width, height = comment_size(note)
            header.comment = Comment(note, "StarScore", width=width, height=height)
        for row in range(block.first, block.last + 1):
            cell = sheet.cell(row, n)
            cell.font, cell.border = styles.BODY, styles.BOX
            cell.fill = styles.INPUT if column.typed else styles.COMPUTED
            cell.protection = styles.OPEN if column.typed else styles.LOCKED
            cell.alignment = styles.aligned("left" if column.width > 18 else "center", wrap=column.width > 18)
            cell.number_format = styles.number_format(column.kind)
    most = max(styles.lines_needed(column.label, column.width) for column in columns)
    sheet.row_dimensions[HEADER_ROW].height = max(24, styles.LINE_HEIGHT * most + 6)
    sheet.sheet_view.showGridLines = False


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


def _protect(sheet: Worksheet) -> None:
    """Locked cells stay as they are; no password, so that nobody is locked out."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.protection.autoFilter = False


def _validate(sheet: Worksheet, columns: Sequence[Column], block: Block, lists: Mapping[str, Sequence[str]]) -> None:
    """What each column takes, with a Chinese message for anything else."""
    for column in columns:
        if not column.typed:
            continue
        letter = block.letters[column.id]
        rule = _rule(column, lists.get(column.id, ()))
        if rule is not None:
            rule.errorTitle = "请检查"
            rule.showErrorMessage = True
            sheet.add_data_validation(rule)
            rule.add(f"{letter}{block.first}:{letter}{block.last}")


def _rule(column: Column, choices: Sequence[str]) -> DataValidation | None:
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
    measure = column.measure
    if measure is not None and measure.kind in {"number", "rate"}:
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


def _type_in(sheet: Worksheet, row: int, columns: Sequence[Column], values: Mapping[str, Typed]) -> None:
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


class _Settings:
    """Sheet 设置, and where its values stand."""

    def __init__(self, sheet: Worksheet, scheme: Scheme, filling: Filling) -> None:
        self.rows: dict[str, int] = {}
        for n, column in enumerate(SETTING_FIELDS, start=1):
            sheet.column_dimensions[get_column_letter(n)].width = column.width
            header = sheet.cell(HEADER_ROW, n, column.label)
            header.font, header.fill, header.border = styles.BOLD, styles.HEADER, styles.BOX
            header.alignment = styles.aligned("center")
        sheet.row_dimensions[HEADER_ROW].height = 24
        row = HEADER_ROW
        notes = self._notes(scheme)
        values = self._values(scheme, filling)
        for row, (key, label) in enumerate(settings_rows(scheme), start=FIRST_ROW):
            self.rows[key] = row
            self._line(
                sheet, row, label, values.get(key), notes.get(key, ""), typed=key not in (SCHEME_KEY, VERSION_KEY)
            )
        self._choices(sheet, scheme)
        last = row
        start = f"$B${self.rows[PERIOD_KEY]}"
        for label, formula in (
            (PERIOD_START_LABEL, formulas.period_start(start, scheme.period)),
            (PERIOD_END_LABEL, formulas.period_end(f"$B${last + 1}", scheme.period)),
        ):
            row += 1
            self._line(sheet, row, label, None, "由考核期间算出，不必填写", typed=False)
            sheet.cell(row, 2).value = formula
            sheet.cell(row, 2).number_format = "yyyy-mm-dd"
        self.start, self.end = f"{SHEET.settings}!$B${last + 1}", f"{SHEET.settings}!$B${last + 2}"
        self.range = f"{SHEET.settings}!$A${FIRST_ROW}:$B${last}"
        note = "先填考核期间。浅黄色的格子可以填写；其余各项是条文未写明之处的决定，已按方案填好，改动须经批准。"
        subtitle = f"{scheme.organisation}　　　依据：{scheme.source}"
        _heading(sheet, f"{scheme.title}评选设置", note, "C", 118, subtitle)
        sheet.row_dimensions[2].height = styles.LINE_HEIGHT * styles.lines_needed(subtitle, 118) + 4
        sheet.sheet_view.showGridLines = False
        sheet.freeze_panes = f"A{FIRST_ROW}"
        styles.set_up_page(sheet, landscape=True, last_column="C", last_row=row, header_row=HEADER_ROW)
        _protect(sheet)
        book = sheet.parent
        for name, key in (("starscore_unit", UNIT_KEY), ("starscore_period", PERIOD_KEY)):
            book.defined_names[name] = DefinedName(name, attr_text=f"{SHEET.settings}!$B${self.rows[key]}")

    @staticmethod
    def _values(scheme: Scheme, filling: Filling) -> dict[str, Typed]:
        labels = {choice.value: choice.label for setting in scheme.setting for choice in setting.choices}
        defaults = {s.id: labels.get(str(s.default), s.default) for s in scheme.setting}
        known = {key: labels.get(str(value), value) for key, value in filling.settings.items() if value is not None}
        return {
            **defaults,
            **known,
            SCHEME_KEY: scheme.id,
            VERSION_KEY: scheme.version,
            UNIT_KEY: filling.unit or None,
            PERIOD_KEY: None if filling.period is None else str(filling.period),
        }

    @staticmethod
    def _notes(scheme: Scheme) -> dict[str, str]:
        example = {"month": "2026-09", "quarter": "2026Q3", "year": "2026"}[scheme.period]
        notes = {s.id: "".join(p for p in (s.note, f"（{s.clause}）" if s.clause else "") if p) for s in scheme.setting}
        return notes | {
            SCHEME_KEY: f"{scheme.title}；不要改动",
            VERSION_KEY: f"{scheme.in_force_from:%Y-%m-%d} 起施行；不要改动",
            UNIT_KEY: "填写本单位名称",
            PERIOD_KEY: f"必填，写成 {example} 的样子",
        }

    @staticmethod
    def _line(sheet: Worksheet, row: int, label: str, value: Typed, note: str, *, typed: bool) -> None:
        for n, content in enumerate((label, value, note), start=1):
            cell = sheet.cell(row, n)
            if isinstance(content, str):
                set_text(cell, content)
            elif content is not None:
                cell.value = float(content) if isinstance(content, Decimal) else content
            cell.font, cell.border = (styles.NOTE if n == 3 else styles.BODY), styles.BOX
            cell.alignment = styles.aligned("left")
        entry = sheet.cell(row, 2)
        entry.fill = styles.INPUT if typed else styles.COMPUTED
        entry.protection = styles.OPEN if typed else styles.LOCKED
        if not isinstance(value, Decimal):
            entry.number_format = "@"
        sheet.row_dimensions[row].height = max(20, 12.5 * styles.lines_needed(note, 62 * 1.12) + 6)

    def _choices(self, sheet: Worksheet, scheme: Scheme) -> None:
        for setting in scheme.setting:
            cell = f"B{self.rows[setting.id]}"
            if setting.kind == "choice":
                rule = _rule(SETTING_FIELDS[1], [choice.label for choice in setting.choices])
            elif setting.kind == "number" and setting.min is not None and setting.max is not None:
                low, high = f"{setting.min:f}", f"{setting.max:f}"
                rule = DataValidation(
                    "decimal", operator="between", formula1=low, formula2=high, allow_blank=True,
                    error=f"{setting.label}须为 {low} 至 {high} 的数字",
                )  # fmt: skip
            else:
                continue
            if rule is not None:
                rule.errorTitle, rule.showErrorMessage = "请检查", True
                sheet.add_data_validation(rule)
                rule.add(cell)


def _roster_sheet(sheet: Worksheet, scheme: Scheme, block: Block, filling: Filling) -> None:
    columns = roster_columns(scheme)
    _table(sheet, columns, block)
    change = next(n for n, column in enumerate(columns, start=1) if column.id == "change")
    for n, person in enumerate(filling.roster):
        _type_in(sheet, block.first + n, columns, person)
        if person.get("change"):
            set_text(sheet.cell(block.first + n, change), str(person["change"]))
    note = f"参加评选的全部{scheme.subject.label}，每人一行；点列名可看填写说明。人员变动只在这里和“指标”中改。"
    _finish(sheet, f"{scheme.title}评选名册", note, columns, block, landscape=False)
    _validate(sheet, columns, block, {})


def _finish(
    sheet: Worksheet, title: str, note: str, columns: Sequence[Column], block: Block, *, landscape: bool
) -> None:
    last = get_column_letter(len(columns))
    _heading(sheet, title, note, last, sum(column.width for column in columns))
    pinned = 2 if len(columns) > 8 and columns[1].id == "name" else 0
    sheet.freeze_panes = f"{get_column_letter(pinned + 1)}{FIRST_ROW}"
    styles.set_up_page(sheet, landscape=landscape, last_column=last, last_row=block.last, header_row=HEADER_ROW)
    _protect(sheet)


def _measures_sheet(
    sheet: Worksheet, scheme: Scheme, blocks: tuple[Block, Block, Block], settings: _Settings, filling: Filling
) -> None:
    block, roster, events = blocks
    columns = measure_columns(scheme, filling.columns)
    _table(sheet, columns, block)
    kinds = {kind.id: kind for kind in scheme.event}
    for row in range(block.first, block.last + 1):
        own = f"$A{row}"
        for n, column in enumerate(columns, start=1):
            if column.typed:
                continue
            if column.id in kinds:
                formula = formulas.counted(events, kinds[column.id], own, settings.start, settings.end)
            elif column.id == "pending":
                formula = formulas.pending(events, scheme.event, own, settings.start, settings.end)
            else:
                formula = formulas.looked_up(roster, column.id, own)
            cell = sheet.cell(row, n)
            cell.value = formula
            if column.kind == "text":
                cell.number_format = "General"  # a formula in a text cell would be shown as its own text
    for n, person in enumerate(filling.roster):
        values = {"id": person.get("id"), **filling.measures.get(str(person.get("id")), {})}
        _type_in(sheet, block.first + n, columns, values)
    note = "浅黄色的格子由人填写，灰色的由“名册”“登记”自动带出；点列名可看单位和范围。没有的数据留空，不要填 0。"
    _finish(sheet, f"{scheme.title}评选指标", note, columns, block, landscape=True)
    _validate(sheet, columns, block, {})


def _name_formulas(sheet: Worksheet, columns: Sequence[Column], block: Block, roster: Block) -> None:
    """The column 姓名 beside a typed id."""
    place = next((n for n, column in enumerate(columns, start=1) if column.id == "name" and not column.typed), None)
    if place is None:
        return
    for row in range(block.first, block.last + 1):
        cell = sheet.cell(row, place)
        cell.value = formulas.looked_up(roster, "name", f"${block.letters['id']}{row}")
        cell.number_format = "General"


def _events_sheet(sheet: Worksheet, scheme: Scheme, block: Block, roster: Block, filling: Filling) -> None:
    columns = event_fields(scheme)
    _table(sheet, columns, block)
    labels = {kind.id: kind.label for kind in scheme.event}
    for n, event in enumerate(filling.events):
        known = {**event, "event": labels.get(str(event.get("event")), event.get("event"))}
        _type_in(sheet, block.first + n, columns, known)
    _name_formulas(sheet, columns, block, roster)
    note = "事情发生后逐条登记；须核实的事项查清后填“是”或“否”，未查清的留空（待核实，名单为暂定）。"
    _finish(sheet, f"{scheme.title}评选事项登记", note, columns, block, landscape=True)
    _validate(sheet, columns, block, {"event": [kind.label for kind in scheme.event]})


def _rulings_sheet(sheet: Worksheet, scheme: Scheme, roster: Block, filling: Filling) -> None:
    columns = ruling_fields(scheme)
    block = _block(SHEET.rulings, columns, max(RULING_ROWS, len(filling.rulings)))
    _table(sheet, columns, block)
    words = {meaning: word for listed in WORDS.values() for word, meaning in listed.items()}
    for n, ruling in enumerate(filling.rulings):
        known = {**ruling, **{key: words.get(str(ruling.get(key)), ruling.get(key)) for key in ("kind", "decision")}}
        _type_in(sheet, block.first + n, columns, known)
    _name_formulas(sheet, columns, block, roster)
    note = (
        "人作出的决定记在这里，重新计算时采用：并列由谁当选，异议是否成立，取消或撤销资格，批准名额。"
        "“决定”填：并列—当选、不当选；异议—成立、不成立；取消—取消；撤销—撤销；名额—数字。"
    )
    _finish(sheet, f"{scheme.title}评选裁定", note, columns, block, landscape=True)
    _validate(sheet, columns, block, {"kind": list(WORDS["kind"])})


def _scores_sheet(sheet: Worksheet, scheme: Scheme, measures: Block, settings: _Settings) -> None:
    """得分: one array formula for all indicators, one for the total, one for the reasons."""
    pooled = scheme.pool is not None
    columns = [
        Column("id", scheme.subject.id_label, "text", 13, typed=False),
        Column("name", scheme.subject.name_label, "text", 11, typed=False),
        *([Column("pool", _pool_label(scheme), "text", 22, typed=False)] if pooled else []),
        *(Column(i.id, i.label, "number", max(11, 2.1 * len(i.label) + 1), typed=False) for i in scheme.scored),
        Column("total", "总分", "number", 11, typed=False),
        Column("reasons", "不能当选的原因", "text", 46, typed=False),
    ]
    block = _block(SHEET.scores, columns, measures.last - measures.first + 1)
    _table(sheet, columns, block)
    for row in range(block.first, block.last + 1):
        known = {"id": "A", "name": measures.letters["name"], "pool": measures.letters.get(scheme.pool or "", "")}
        for key, letter in known.items():
            if key in block.letters:
                cell = sheet[f"{block.letters[key]}{row}"]
                cell.value = f'=IF({SHEET.measures}!$A{row}="","",{SHEET.measures}!${letter}{row})'
                cell.number_format = "General"
    headers, rows = formulas.measures_block(measures.letters, measures.first, measures.last)
    scheme_cell = f"{SHEET.settings}!$B${settings.rows[SCHEME_KEY]}"
    common = f"{scheme_cell},{headers},{rows}"
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
    _finish(sheet, f"{scheme.title}评选得分表", note, columns, block, landscape=True)


def _pool_label(scheme: Scheme) -> str:
    return next((measure.label for measure in scheme.measure if measure.id == scheme.pool), "")


def _check_sheet(sheet: Worksheet, scheme: Scheme, roster: Block, measures: Block, events: Block) -> None:
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
    lines = (
        ("名册人数", f'=SUMPRODUCT(({own}<>"")*1)', "“名册”中填了编号的行数"),
        ("指标人数", f'=SUMPRODUCT(({other}<>"")*1)', "“指标”中填了编号的行数，应与名册相同"),
        ("名册中有、指标中没有的人数", f"={absent}", "应为 0；在“指标”中补上这些人"),
        ("登记事项条数", f'=SUMPRODUCT(({events.range("event")}<>"")*1)', "“登记”中填了事项的行数"),
        ("待核实事项数", f"=SUM({measures.range('pending')})" if measures.has("pending") else "=0",
         "不为 0 时名单为暂定"),
    )  # fmt: skip
    for row, (label, formula, note) in enumerate(lines, start=FIRST_ROW):
        for n, content in enumerate((label, formula, note), start=1):
            cell = sheet.cell(row, n, content)
            cell.font, cell.border = styles.BODY, styles.BOX
            cell.alignment = styles.aligned("center" if n == 2 else "left")
        sheet.cell(row, 2).fill = styles.COMPUTED
        sheet.row_dimensions[row].height = 20
    end = FIRST_ROW + len(lines) - 1
    note = "这里先给几个总数；逐格的错误和提醒由 starscore check 列出，rank 写出的结果工作簿中也有，点位置可跳到该格。"
    _heading(sheet, f"{scheme.title}评选数据检查", note, "C", 108)
    sheet.sheet_view.showGridLines = False
    styles.set_up_page(sheet, landscape=False, last_column="C", last_row=end, header_row=HEADER_ROW)
    _protect(sheet)
