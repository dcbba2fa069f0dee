"""Sheet 设置: the period, the unit, and the decisions on unclear clauses."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from calc.scheme import Scheme
from calc.words import PERIODS, cited
from workbook_templates import formulas, styles
from workbook_templates.entry_table import heading, protect, rule_of
from workbook_templates.filling import Filling, Typed
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
    settings_rows,
)
from workbook_templates.page import set_text

__all__ = ["SettingsSheet"]


class SettingsSheet:
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
        subtitle = scheme.organisation + (f"　　　依据：{scheme.source}" if scheme.source else "")
        heading(sheet, f"{scheme.title}评选设置", note, "C", 118, subtitle)
        sheet.row_dimensions[2].height = styles.LINE_HEIGHT * styles.lines_needed(subtitle, 118) + 4
        sheet.sheet_view.showGridLines = False
        sheet.freeze_panes = f"A{FIRST_ROW}"
        styles.set_up_page(sheet, landscape=False, last_column="C", last_row=row, header_row=HEADER_ROW)
        protect(sheet)
        book = sheet.parent
        for name, key in (("starscore_unit", UNIT_KEY), ("starscore_period", PERIOD_KEY)):
            book.defined_names[name] = DefinedName(name, attr_text=f"{SHEET.settings}!$B${self.rows[key]}")

    @staticmethod
    def _values(scheme: Scheme, filling: Filling) -> dict[str, Typed]:
        given: dict[str, Typed] = {s.id: s.default for s in scheme.setting}
        given |= {key: value for key, value in filling.settings.items() if value is not None}
        labels = {(s.id, choice.value): choice.label for s in scheme.setting for choice in s.choices}
        return {
            **{key: labels.get((key, str(value)), value) for key, value in given.items()},
            SCHEME_KEY: scheme.id,
            VERSION_KEY: scheme.version,
            UNIT_KEY: filling.unit or None,
            PERIOD_KEY: None if filling.period is None else str(filling.period),
        }

    @staticmethod
    def _notes(scheme: Scheme) -> dict[str, str]:
        _, example = PERIODS[scheme.period]
        since = "文件未写施行日期" if scheme.in_force_from is None else f"{scheme.in_force_from:%Y-%m-%d} 起施行"
        notes = {s.id: s.note + cited(s.clause) for s in scheme.setting}
        return notes | {
            SCHEME_KEY: f"{scheme.title}；不要改动",
            VERSION_KEY: f"{since}；不要改动",
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
        typed_lines = (
            styles.lines_needed(str(content or ""), column.width)
            for content, column in zip((label, value), SETTING_FIELDS[:2], strict=True)
        )
        note_height = 12.5 * styles.lines_needed(note, SETTING_FIELDS[2].width * 1.12) + 6
        sheet.row_dimensions[row].height = max(20, note_height, *(14 * n + 6 for n in typed_lines))

    def _choices(self, sheet: Worksheet, scheme: Scheme) -> None:
        for setting in scheme.setting:
            cell = f"B{self.rows[setting.id]}"
            if setting.kind == "choice":
                rule = rule_of(SETTING_FIELDS[1], [choice.label for choice in setting.choices])
            elif setting.kind == "number" and setting.min is not None and setting.max is not None:
                low, high = f"{setting.min:f}", f"{setting.max:f}"
                rule = DataValidation(
                    "decimal", operator="between", formula1=low, formula2=high, allow_blank=True,
                    error=f"{setting.label}须为 {low} 至 {high} 的数字",
                )  # fmt: skip
            elif setting.kind == "date":
                sheet[cell].number_format = "yyyy-mm-dd"
                rule = DataValidation(
                    "date", operator="between", formula1="DATE(1950,1,1)", formula2="DATE(2099,12,31)",
                    allow_blank=True, error=f"{setting.label}须为日期，如 2026-10-12",
                )  # fmt: skip
            else:
                continue
            if rule is not None:
                rule.errorTitle, rule.showErrorMessage = "请检查", True
                sheet.add_data_validation(rule)
                rule.add(cell)
