"""One sheet of the merged workbook: title, notes, headings and rows, written row by row as they come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from addin.merging.rows import Content, Row, RowSheet
from workbook_templates.save import STAMP
from workbook_templates.styles import text_width

__all__ = ["Book", "Content", "Heading"]

MOST_ROWS = 1_048_576
"""Rows of a sheet."""
_NAME_LENGTH = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys(r"[]:*?/\'"))


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: ``points`` are shown with two decimals; a text that is ``cut`` ends at the cell's edge."""

    label: str
    width: float
    points: bool = False
    cut: bool = False


class Book:
    """The merged workbook while it is written. Rows go to disk at once, so that memory does not grow with them."""

    def __init__(self, path: str) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = Workbook(path, options)
        self._book.set_properties({"author": "StarScore", "created": STAMP})  # the same contents give the same bytes
        self._names: set[str] = set()
        look: dict[str, Any] = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}
        boxed = {**look, "border": 1, "border_color": "#8C8C8C"}
        self._title = self._book.add_format({**look, "font_name": "黑体", "font_size": 16})
        self._note = self._book.add_format({**look, "font_size": 9, "font_color": "#595959"})
        self._head = self._book.add_format(
            {**boxed, "bold": True, "bg_color": "#D6E0EE", "align": "center", "text_wrap": True}
        )
        self._text = self._book.add_format({**boxed, "quote_prefix": True})
        self._cut = self._book.add_format({**boxed, "quote_prefix": True, "align": "fill"})
        self._number = self._book.add_format({**boxed, "align": "center"})
        self._points = self._book.add_format({**boxed, "align": "right", "num_format": "0.00"})

    def close(self) -> None:
        """Put the file together."""
        self._book.close()

    def table(
        self, name: str, lines: Sequence[str], headings: Sequence[Heading], rows: Iterable[Row]
    ) -> tuple[Worksheet, int]:
        """Write a table under title and notes, on as many sheets as it takes; returns the last sheet and the row
        (from 0) of its headings.
        """
        formats = [self._formats(heading) for heading in headings]
        waiting = iter(rows)
        sheet, head = self._begun(name, lines, headings)
        sheet.write_rows(head + 1, islice(waiting, MOST_ROWS - head - 1), formats)
        for one_more in waiting:
            sheet, head = self._begun(name, lines, headings)
            sheet.write_rows(head + 1, chain([one_more], islice(waiting, MOST_ROWS - head - 2)), formats)
        return sheet, head

    def _formats(self, heading: Heading) -> tuple[Format, Format]:
        """Of a column's texts and of its numbers."""
        return self._cut if heading.cut else self._text, self._points if heading.points else self._number

    def chart(self, sheet: Worksheet, place: str, title: str, series: tuple[int, int, int, int]) -> None:
        """A bar for each row of a table: ``series`` are its first and last row, the column of names and of values."""
        first, last, names, values = series
        chart = self._book.add_chart({"type": "bar"})
        chart.add_series({
            "categories": [sheet.get_name(), first, names, last, names],
            "values": [sheet.get_name(), first, values, last, values],
            "fill": {"color": "#2F5597"}, "gap": 60,
        })  # fmt: skip
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"major_gridlines": {"visible": False}, "min": 0})
        chart.set_size({"width": 620, "height": 90 + 22 * (last - first + 1)})
        sheet.insert_chart(place, chart)

    def _begun(self, name: str, lines: Sequence[str], headings: Sequence[Heading]) -> tuple[RowSheet, int]:
        sheet = self._book.add_worksheet(self._free(name), worksheet_class=RowSheet)
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, heading.width)
        for row, line in enumerate(lines):
            sheet.set_row(row, 30 if row == 0 else 16)
            sheet.write_string(row, 0, line, self._note if row else self._title)
        head = len(lines)
        most = max(-(-text_width(heading.label) // max(1, int(heading.width) - 1)) for heading in headings)
        sheet.set_row(head, max(22, 15 * most + 6))
        for column, heading in enumerate(headings):
            sheet.write_string(head, column, heading.label, self._head)
        sheet.freeze_panes(head + 1, 0)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, head)
        sheet.set_footer("&L&9&A&C&9第 &P 页　共 &N 页")
        return sheet, head

    def _free(self, name: str) -> str:
        """A name that a sheet may have and none has yet."""
        plain = name.translate(_NOT_IN_NAMES).strip() or "1"
        tries = (plain[:_NAME_LENGTH], *(f"{plain[: _NAME_LENGTH - 4]} {n}" for n in range(2, 1000)))
        free = next(each for each in tries if each.lower() not in self._names)
        self._names.add(free.lower())
        return free
