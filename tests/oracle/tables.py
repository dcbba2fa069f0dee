"""Reading of a case's csv files: text cells with their addresses, numbers as exact fractions, dates, yes and no."""

import csv
import io
import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

YES = {"yes", "是", "1", "true"}
NO = {"no", "否", "0", "false"}


class BadCellError(ValueError):
    """The text of a cell is not what its column asks for."""


@dataclass
class Table:
    """A csv file: its name, its header, and its rows by their number in the file (the header is row 1)."""

    sheet: str
    header: list[str]
    rows: dict[int, list[str]] = field(default_factory=dict)

    def text(self, row: int, column: str) -> str:
        """The text of a cell without outer blanks; "" where the column is not there."""
        if column not in self.header:
            return ""
        place = self.header.index(column)
        cells = self.rows[row]
        return cells[place].strip() if place < len(cells) else ""

    def address(self, row: int, column: str) -> str:
        """The address of a cell as a spreadsheet writes it: the third column of row 7 is C7."""
        return column_letters(self.header.index(column) + 1) + str(row)


def column_letters(number: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def table_of_lists(sheet: str, lines: list[list[str]], labels: dict[str, str] | None = None) -> Table:
    """A table from its lines, the header first. Chinese labels become ids; blank lines are left out."""
    labels = labels or {}
    if not lines:
        return Table(sheet, [])
    header = [labels.get(name.strip(), name.strip()) for name in lines[0]]
    rows = {number: cells for number, cells in enumerate(lines[1:], start=2) if any(cell.strip() for cell in cells)}
    return Table(sheet, header, rows)


def read_table(path: Path, labels: dict[str, str] | None = None) -> Table:
    """A csv file in UTF-8 (with or without a byte order mark) or GBK. A file that is not there is an empty table."""
    if not path.exists():
        return Table(path.name, [])
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gbk")
    return table_of_lists(path.name, list(csv.reader(io.StringIO(text))), labels)


def number_of(text: str) -> Fraction:
    """A plain decimal number as an exact fraction."""
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", text):
        raise BadCellError(text)
    return Fraction(text)


def date_of(text: str) -> date:
    """A date written 2026-09-30."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise BadCellError(text)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadCellError(text) from error


def yes_no_of(text: str) -> bool:
    """yes, no, 是, 否, 1, 0, true, false."""
    word = text.lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadCellError(text)


def add_months(start: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has no such day."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def month_bounds(period: str) -> tuple[date, date]:
    """First and last day of a month written 2026-09."""
    year, month = int(period[:4]), int(period[5:7])
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def month_before(period: str) -> str:
    """The month before: 2026-12 for 2027-01."""
    year, month = int(period[:4]), int(period[5:7])
    return f"{year - 1}-12" if month == 1 else f"{year}-{month - 1:02d}"


def period_bounds(period: str) -> tuple[date, date]:
    """First and last day of a quarter written 2026Q3 or of a year written 2026."""
    if len(period) == 4:
        return date(int(period), 1, 1), date(int(period), 12, 31)
    year, last_month = int(period[:4]), int(period[5]) * 3
    return date(year, last_month - 2, 1), month_bounds(f"{year}-{last_month:02d}")[1]


def period_before(period: str) -> str:
    """The quarter before, 2026Q4 for 2027Q1, or the year before."""
    if len(period) == 4:
        return str(int(period) - 1)
    year, quarter = int(period[:4]), int(period[5])
    return f"{year - 1}Q4" if quarter == 1 else f"{year}Q{quarter - 1}"


def round_half_up(value: Fraction, places: int = 2) -> Fraction:
    """四舍五入: to so many decimals, a half-way value away from zero."""
    scale = 10**places
    size = abs(value) * scale
    whole = size.numerator // size.denominator
    if size - whole >= Fraction(1, 2):
        whole += 1
    return Fraction(whole if value >= 0 else -whole, scale)
