"""What a person typed in one cell, as a value: numbers, dates, yes or no, text, ids."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from workbook_templates.grid import Cell, Kind

__all__ = ["Reading", "as_written", "plain_text", "read_cell", "says_nothing", "visible"]


class Reading(NamedTuple):
    """A value, or what is wrong with the cell (a key of the parser's messages), or a remark on it."""

    value: Decimal | dt.date | bool | str | None = None
    fault: str = ""
    remark: str = ""


_YES = frozenset({"yes", "y", "true", "是", "1", "√", "✓", "✔", "☑", "对", "属实"})
_NO = frozenset({"no", "n", "false", "否", "0", "×", "✗", "✘", "错", "不实", "不属实"})
_NOTHING = frozenset({"/", "-", "--", "—", "——", "无"})
_DATE = re.compile(
    r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*[日号]?(?:[T\s]+0{1,2}:00(?::00(?:\.0+)?)?)?"
)
_SHORT_YEAR = re.compile(r"\d{2}\s*(?:[-/.]|年)\s*\d{1,2}\s*(?:[-/.]|月)\s*\d{1,2}\s*[日号]?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?")
_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
_DAYS = dt.date(1950, 1, 1), dt.date(2099, 12, 31)
"""The days that can be meant; of a year alone, 2024, a date cell makes a day of 1905."""
_MAX_SERIAL = 80_000
_MAX_LENGTH = 100
_BETWEEN_CHINESE = re.compile(r"(?<=[\u2e80-\u9fff]) (?=[\u2e80-\u9fff])")
_INVISIBLE = {
    **dict.fromkeys((*range(32), *range(127, 160))),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    **dict.fromkeys(map(ord, "\t\n\v\f\r\x85"), " "),
}
"""Control characters, and signs of no width or of direction, which come along when text is copied from a page."""
_PUNCTUATION, _PLACES = "（），；：！？", "\ue000\ue001\ue002\ue003\ue004\ue005\ue006"
_SET_ASIDE, _PUT_BACK = str.maketrans(_PUNCTUATION, _PLACES), str.maketrans(_PLACES, _PUNCTUATION)
_EXACT_INTEGER = 10**15


def visible(text: str) -> str:
    """A text without what nobody sees in it, such as control characters, which a terminal might obey."""
    return text.translate(_INVISIBLE)


def plain_text(text: str) -> str:
    """Full-width letters, digits and punctuation as their ordinary ones; outer and doubled spaces, and those between
    Chinese signs (姓 名), gone, and what nobody sees.
    """
    return _remembered(text) if len(text) <= _MAX_LENGTH else _plain(text)


def _plain(text: str) -> str:
    return _BETWEEN_CHINESE.sub("", " ".join(unicodedata.normalize("NFKC", visible(text)).split()))


_remembered = lru_cache(20_000)(_plain)
"""Workbooks repeat their labels and words."""


def as_written(text: str) -> str:
    """Like :func:`plain_text`, but with its punctuation as it was typed, half or full width: for names and reasons to
    show.
    """
    return plain_text(text.translate(_SET_ASIDE)).translate(_PUT_BACK)


def says_nothing(cell: Cell) -> bool:
    """True for a stroke or 无, which people write where there is nothing to fill in."""
    return cell.kind is Kind.TEXT and plain_text(str(cell.value)) in _NOTHING


def read_cell(cell: Cell, kind: str, *, date1904: bool = False) -> Reading:
    """The value of a cell in a column of this kind (``Column.kind``); blank gives None without a fault.

    ``date1904``: see :class:`Grid`.
    """
    if cell.kind is Kind.ERROR:
        return Reading(fault="error_value")
    if cell.kind is Kind.BLANK:
        return Reading(fault="formula_empty") if cell.formula else Reading()
    if cell.kind is Kind.TEXT and not plain_text(str(cell.value)):
        return Reading()
    if kind == "date":
        return _date(cell, _EPOCH_1904 if date1904 else _EPOCH)
    if kind == "text" and cell.kind is Kind.TEXT:
        return Reading(as_written(str(cell.value)))
    return _READERS.get(kind, _text)(cell)


def _decimal(cell: Cell) -> tuple[Decimal | None, bool]:
    """The number in a cell and whether it was written with a percent sign; None where it is no number."""
    if cell.kind is Kind.NUMBER and isinstance(cell.value, float | int):
        value = Decimal(format(cell.value, ".15g"))
        return (value if value.is_finite() else None), cell.percent
    if cell.kind is not Kind.TEXT:
        return None, False
    text = plain_text(str(cell.value)).replace("−", "-").replace("﹪", "%").replace("。", ".")
    percent = text.endswith("%")
    text = text.removesuffix("%").strip()
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if len(text) > _MAX_LENGTH or not _NUMBER.fullmatch(text):
        return None, percent
    try:
        return Decimal(text), percent
    except InvalidOperation:
        return None, percent


def _number(cell: Cell) -> Reading:
    value, percent = _decimal(cell)
    if value is None:
        return Reading(fault="not_a_number")
    return Reading(fault="percent_unwanted") if percent else Reading(value)


def _mark(cell: Cell) -> Reading:
    value, percent = _decimal(cell)
    if value is None:
        return _text(cell)
    return Reading(fault="percent_unwanted") if percent else Reading(value)


def _rate(cell: Cell) -> Reading:
    value, percent = _decimal(cell)
    if value is None:
        return Reading(fault="not_a_number")
    # A percent cell holds 0.0012 and shows 0.12%; a text "0.12%" says 0.12 percent points as written.
    return Reading(value * 100 if percent and cell.kind is Kind.NUMBER else value)


def _date(cell: Cell, epoch: dt.date) -> Reading:
    if isinstance(cell.value, dt.date):
        return _likely(cell.value.date() if isinstance(cell.value, dt.datetime) else cell.value)
    if cell.kind is Kind.NUMBER and isinstance(cell.value, float | int) and cell.value == int(cell.value):
        if 0 <= cell.value <= _MAX_SERIAL:
            read = _likely(epoch + dt.timedelta(days=int(cell.value)), remark="date_serial")
            return read if not read.fault else Reading(fault="not_a_date")
        text = str(int(cell.value))
    elif cell.kind is Kind.TEXT:
        text = plain_text(str(cell.value)).replace("。", ".")
    else:
        return Reading(fault="not_a_date")
    if _SHORT_YEAR.fullmatch(text):
        return Reading(fault="short_year")
    found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    try:
        return _likely(dt.date(*map(int, found.groups()))) if found else Reading(fault="not_a_date")
    except ValueError:
        return Reading(fault="no_such_day")


def _likely(day: dt.date, remark: str = "") -> Reading:
    first, last = _DAYS
    return Reading(day, remark=remark) if first <= day <= last else Reading(fault="unlikely_date")


def _yes_no(cell: Cell) -> Reading:
    if cell.kind is Kind.BOOL:
        return Reading(bool(cell.value))
    text = plain_text(f"{cell.value:g}" if isinstance(cell.value, float) else str(cell.value)).lower()
    if text in _YES or text in _NO:
        return Reading(text in _YES)
    return Reading(fault="not_yes_no")


def _id(cell: Cell) -> Reading:
    if cell.kind is Kind.NUMBER and isinstance(cell.value, float | int):
        if cell.value != int(cell.value) or abs(cell.value) >= _EXACT_INTEGER:
            return Reading(fault="id_number")
        return Reading(str(int(cell.value)), remark="id_as_number")
    if cell.kind is not Kind.TEXT:
        return Reading(fault="id_number")
    return Reading(plain_text(str(cell.value)).lstrip("'‘’"))  # typed to make a text of it


def _text(cell: Cell) -> Reading:
    if cell.kind is Kind.NUMBER and isinstance(cell.value, float | int):
        return Reading(f"{Decimal(format(cell.value, '.15g')):f}")
    if isinstance(cell.value, dt.datetime):
        return Reading(cell.value.date().isoformat())
    if isinstance(cell.value, dt.date):
        return Reading(cell.value.isoformat())
    if cell.kind is Kind.BOOL:
        return Reading("是" if cell.value else "否")
    return Reading(plain_text(str(cell.value)))


_READERS = {"number": _number, "rate": _rate, "yes_no": _yes_no, "id": _id, "mark": _mark}
