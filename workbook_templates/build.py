"""The template of a scheme: the workbook that clerks fill in."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from calc.scheme import Scheme
from calc.scheme.contests import honour_contests
from workbook_templates import formulas, guide
from workbook_templates.data_sheets import (
    EVENT_ROWS,
    ballots_sheet,
    events_sheet,
    honours_sheet,
    measures_sheet,
    raters_sheet,
    roster_sheet,
    rulings_sheet,
)
from workbook_templates.entry_table import block_of
from workbook_templates.filling import Filling
from workbook_templates.layout import SHEET, block_rows, event_fields, measure_columns, rater_columns, roster_columns
from workbook_templates.score_sheets import check_sheet, scores_sheet
from workbook_templates.settings_sheet import SettingsSheet

__all__ = ["build_template"]


def build_template(scheme: Scheme, filling: Filling | None = None, rules: str | None = None) -> Workbook:
    """The workbook of a contest: 说明, 设置, 名册, 指标, 登记, 评委 and 选票 where people judge, 荣誉, 裁定,
    得分, 检查, with what is already known.

    ``rules``: the range of sheet 方案, for a workbook that is to carry its own scheme.
    """
    filling = filling or Filling()
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = SHEET.guide
    guide.write_guide(first, scheme)
    settings = SettingsSheet(book.create_sheet(SHEET.settings), scheme, filling)
    rows = block_rows(len(filling.roster), filling.rows)
    roster = block_of(SHEET.roster, roster_columns(scheme), rows)
    events = block_of(SHEET.events, event_fields(scheme), max(EVENT_ROWS, rows, len(filling.events)))
    measures = block_of(SHEET.measures, measure_columns(scheme, filling.columns), rows)
    roster_sheet(book.create_sheet(SHEET.roster), scheme, roster, filling)
    measures_sheet(book.create_sheet(SHEET.measures), scheme, (measures, roster, events), settings, filling)
    if scheme.event:
        events_sheet(book.create_sheet(SHEET.events), scheme, events, roster, filling)
    if rater_columns(scheme):
        raters_sheet(book.create_sheet(SHEET.raters), scheme, filling)
    if scheme.panel:
        ballots_sheet(book.create_sheet(SHEET.ballots), scheme, roster, filling)
    if honour_contests(scheme):
        honours_sheet(book.create_sheet(SHEET.honours), scheme, filling)
    rulings_sheet(book.create_sheet(SHEET.rulings), scheme, roster, filling)
    scores_sheet(book.create_sheet(SHEET.scores), scheme, measures, settings, rules)
    check_sheet(book.create_sheet(SHEET.check), scheme, roster, measures, events)
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
