"""图表: stacked bars of indicator points, the best five of each pool, beside the figures they show."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from calc.methods import Indicator
from calc.result import Result, RowResult
from calc.scheme import Scheme
from workbook_templates import styles
from workbook_templates.layout import FIRST_ROW
from workbook_templates.page import set_text

__all__ = ["BEST", "write_charts"]

BEST = 5
_CHART_ROWS = 17
_COLOURS = ("2F5597", "8FAADC", "C55A11", "F4B183", "548235", "A9D18E", "7F6000", "FFD966", "7030A0", "C5A5DE")
_WIDTH = 13.0
_CHART_WIDTH = 116.0
"""The columns together are as wide as a chart, which would be cut in print."""


def write_charts(sheet: Worksheet, scheme: Scheme, result: Result, subtitle: str) -> None:
    """Write the charts on an empty sheet: for each pool a small table and its chart, two pools a page."""
    names = _names(scheme)
    last = get_column_letter(len(names))
    for n, name in enumerate(names, start=1):
        width = max(_WIDTH - 2, 2.1 * len(name) + 1, _CHART_WIDTH / len(names))
        sheet.column_dimensions[get_column_letter(n)].width = width
    for row, (text, font, align) in enumerate(
        ((f"{scheme.title}评选图表", styles.TITLE, "center"), (subtitle, styles.SUBTITLE, "left"),
         (f"每组总分前 {BEST} 名的各项得分；没有总分的不列。", styles.NOTE, "left")), start=1,
    ):  # fmt: skip
        sheet.merge_cells(f"A{row}:{last}{row}")
        set_text(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font, sheet.cell(row, 1).alignment = font, styles.aligned(align)
        sheet.row_dimensions[row].height = 30 if row == 1 else 18
    row, drawn = FIRST_ROW - 1, 0
    for pool in result.quota:
        best = _best(scheme, result, pool.pool)
        if best:
            if drawn and drawn % 2 == 0:
                sheet.row_breaks.append(Break(id=row - 1))
            row = _pool(sheet, row, scheme, pool.pool, best)
            drawn += 1
    if not drawn:
        set_text(sheet.cell(row, 1), "没有可画的得分")
        sheet.cell(row, 1).font = styles.BODY
        row += 1
    sheet.sheet_view.showGridLines = False
    styles.set_up_page(sheet, landscape=False, last_column=last, last_row=row - 1, header_row=None)
    sheet.protection.sheet = True
    sheet.protection.objects = True


def _names(scheme: Scheme) -> list[str]:
    """The headers of the figures: indicators are shown where the total is their sum."""
    return [scheme.subject.name_label, *(i.label for i in _parts(scheme)), "总分"]


def _parts(scheme: Scheme) -> tuple[Indicator, ...]:
    return scheme.scored if scheme.total.of is None else ()


def _best(scheme: Scheme, result: Result, pool: str) -> list[RowResult]:
    """The best, whether they may win or not: by total, or by rank where that goes by something else; equals by id, so
    that the picture is always the same.
    """
    rows = [row for row in result.rows if row.pool == pool and row.total is not None]
    by_rank = bool(scheme.rank_by)
    return sorted(rows, key=lambda r: (by_rank and r.rank is None, by_rank and r.rank, -(r.total or 0), r.id))[:BEST]


def _pool(sheet: Worksheet, row: int, scheme: Scheme, pool: str, best: list[RowResult]) -> int:
    """One pool's heading, table and chart; returns the row below."""
    labels, parts = _names(scheme), _parts(scheme)
    set_text(sheet.cell(row, 1), pool or scheme.subject.label)
    sheet.cell(row, 1).font = styles.BOLD
    sheet.row_dimensions[row].height = 20
    header = row + 1
    for n, label in enumerate(labels, start=1):
        cell = sheet.cell(header, n)
        set_text(cell, label)
        cell.font, cell.fill, cell.border = styles.BOLD, styles.HEADER, styles.BOX
        cell.alignment = styles.aligned("center")
    for line, person in enumerate(best, start=header + 1):
        points = [None if person.points is None else person.points[i.id] for i in parts]
        for n, value in enumerate([person.name or person.id, *points, person.total], start=1):
            cell = sheet.cell(line, n)
            if isinstance(value, str):
                set_text(cell, value)
            elif value is not None:
                cell.value, cell.number_format = float(value), "0.00"
            cell.font, cell.border = styles.BODY, styles.BOX
            cell.alignment = styles.aligned("center" if n == 1 else "right")
    bottom, most = header + len(best), max(person.total or Decimal(0) for person in best)
    sheet.add_chart(_chart(sheet, scheme, pool, (header, bottom), most), f"A{bottom + 2}")
    return bottom + _CHART_ROWS + 3


def _chart(sheet: Worksheet, scheme: Scheme, pool: str, rows: tuple[int, int], most: Decimal) -> BarChart:
    """Bars of the figures between the ``rows`` of header and bottom, whose highest total is ``most``."""
    header, bottom = rows
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 60
    chart.title = _title(f"{pool or scheme.subject.label}　前 {bottom - header} 名")
    data = Reference(sheet, min_col=2, max_col=max(2, 1 + len(_parts(scheme))), min_row=header, max_row=bottom)
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=header + 1, max_row=bottom))
    for n, series in enumerate(chart.series):
        series.graphicalProperties.solidFill = _COLOURS[n % len(_COLOURS)]
    chart.x_axis.scaling.orientation = "maxMin"  # the best on top
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines = None
    chart.y_axis.number_format = "0"
    chart.y_axis.scaling.min = 0
    if scheme.full_marks is not None and most <= scheme.full_marks:  # bonuses may go beyond
        chart.y_axis.scaling.max = float(scheme.full_marks)
    chart.y_axis.crosses = "max"  # the scale below, though the order of the bars is turned round
    chart.legend.position = "b"
    chart.width, chart.height = 21.5, 8.2
    return chart


def _title(text: str) -> Title:
    """A title of 12 points above the bars."""
    look = CharacterProperties(sz=1200, b=True)
    title = Title()
    title.tx = Text(rich=RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(look, text)])]))
    title.overlay = False
    return title
