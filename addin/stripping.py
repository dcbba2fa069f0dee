"""What a workbook that we write does not take over from the one it was made from."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.worksheet import Worksheet

from addin.reading.outside import leads_out
from workbook_templates.layout import SHEET
from workbook_templates.page import keep_text

__all__ = ["bare", "cells_of", "cut_off", "impersonal"]


def cut_off(book: Workbook) -> None:
    """Take out whatever leads out of the workbook or runs: links, DDE, names of macros, pivot tables, queries.

    Texts that begin like a formula are marked as texts; formulas are left to whoever calls.
    """
    _without_outside_names(book.defined_names)
    for sheet in book.worksheets:
        _without_outside_names(sheet.defined_names)
        for cell in cells_of(sheet):
            if cell.hyperlink is not None and cell.hyperlink.target is not None:
                cell.hyperlink = None
            if cell.data_type != "f":
                keep_text(cell)
        rules = sheet.data_validations.dataValidation
        rules[:] = [rule for rule in rules if not _leads_out(rule.formula1, rule.formula2)]
        _without_outside_formats(sheet)
        sheet.tables.clear()
        sheet._pivots = []
    for chart_sheet in list(book.chartsheets):
        book.remove(chart_sheet)


def impersonal(book: Workbook) -> None:
    """Take out who wrote the workbook, and what may show persons beside its cells: notes, pictures, charts."""
    book.properties = DocumentProperties()
    book.custom_doc_props = CustomPropertyList()
    for sheet in book.worksheets:
        sheet._images = []
        if sheet.title != SHEET.charts:
            sheet._charts = []
        for cell in cells_of(sheet):
            cell.comment = None


def bare(book: Workbook) -> None:
    """Take out everything but values and their looks: beside all of the above also names and checks of entries."""
    cut_off(book)
    impersonal(book)
    book.defined_names.clear()
    for sheet in book.worksheets:
        sheet.defined_names.clear()
        sheet.data_validations = DataValidationList()
        sheet.conditional_formatting = ConditionalFormattingList()


def cells_of(sheet: Worksheet) -> list[Cell]:
    """The cells that there are, without those that a merged one covers.

    Not by rows, which would make every cell up to a stray one far below.
    """
    return [cell for cell in sheet._cells.values() if isinstance(cell, Cell)]


def _leads_out(*formulas: str | None) -> bool:
    return any(leads_out(formula) for formula in formulas if formula)


def _without_outside_names(names: dict[str, object]) -> None:
    for name, defined in list(names.items()):
        runs = any(getattr(defined, flag, None) for flag in ("function", "vbProcedure", "xlm"))
        if runs or _leads_out(getattr(defined, "attr_text", None)):
            del names[name]


def _without_outside_formats(sheet: Worksheet) -> None:
    kept = ConditionalFormattingList()
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            if not _leads_out(*rule.formula):
                kept.add(str(area.sqref), rule)
    sheet.conditional_formatting = kept
