"""What a number format makes of a number: a percentage, a date, or just a number."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from addin.reading.guarded_xml import MAIN, parse
from addin.reading.refusal import FileMessage, Unreadable

__all__ = ["GENERAL", "NumberFormat", "cell_formats", "date_of", "number_format"]

_XF, _NUMBER_FORMAT, _CELL_STYLES = (MAIN + name for name in ("xf", "numFmt", "cellXfs"))
_STYLE_LISTS = frozenset(MAIN + name for name in ("cellStyleXfs", "cellXfs", "cellStyles", "dxfs"))
_MOST_STYLES = 100_000  # Excel itself stops at 65,490

_BUILTIN_PERCENT = frozenset((9, 10))
# 27-36 and 50-58 are the dates of a Chinese, Japanese or Korean Excel; they carry no code in the file.
_BUILTIN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))

_LITERALS = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|general', re.DOTALL)
_DATE_CODES = re.compile(r"[ymdhs]|aaa|e(?![+-])")  # e is the year of Chinese formats, E+ an exponent

_EPOCH_1900 = dt.datetime(1899, 12, 30)
_EPOCH_1904 = dt.datetime(1904, 1, 1)
_LAST_SERIAL_1900 = 2_958_466  # the day after 9999-12-31
_MISSING_LEAP_DAY = 60  # Excel counts a 29 February 1900 that never was
_MS_PER_DAY = 86_400_000


class NumberFormat(NamedTuple):
    """What the check needs to know of a cell's number format."""

    percent: bool = False
    date: bool = False


GENERAL = NumberFormat()


def number_format(code: str) -> NumberFormat:
    """Classify a custom format code; quoted, escaped and padding characters do not count."""
    bare = _LITERALS.sub("", code.lower())
    percent = "%" in bare
    return NumberFormat(percent, not percent and _DATE_CODES.search(bare) is not None)


@lru_cache(maxsize=16)
def cell_formats(styles_xml: bytes) -> tuple[NumberFormat, ...]:
    """The format of each cell style of ``styles.xml``, by the index that cells use."""
    codes: dict[str, str] = {}
    used: list[str] = []
    in_cell_styles = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal in_cell_styles
        if tag == _XF:
            if in_cell_styles:
                used.append(attributes.get("numFmtId", "0"))
                if len(used) > _MOST_STYLES:
                    raise Unreadable(FileMessage.DAMAGED)
        elif tag == _NUMBER_FORMAT:
            # Later formats of this name belong to conditional styles; the first is the workbook's.
            codes.setdefault(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
        elif tag in _STYLE_LISTS:
            in_cell_styles = tag == _CELL_STYLES

    parse(styles_xml, start)
    known = {number: _classify(number, codes.get(number)) for number in set(used)}
    return tuple(known[number] for number in used)


def _classify(number: str, code: str | None) -> NumberFormat:
    if code is not None:
        return number_format(code)
    builtin = int(number) if number.isdecimal() else 0
    return NumberFormat(builtin in _BUILTIN_PERCENT, builtin in _BUILTIN_DATES)


def date_of(serial: float, date1904: bool) -> dt.date | dt.datetime | dt.time | None:
    """What Excel shows for a date-formatted number, to the millisecond; None where it shows no date.

    A whole day is a date, a day with a time a datetime, less than a day a time.
    """
    if not 0 <= serial < _LAST_SERIAL_1900:
        return None
    milliseconds = round(serial * _MS_PER_DAY)
    if milliseconds < _MS_PER_DAY:
        return (dt.datetime.min + dt.timedelta(milliseconds=milliseconds)).time()
    start = _EPOCH_1904 if date1904 else _EPOCH_1900
    if not date1904 and serial < _MISSING_LEAP_DAY:
        start += dt.timedelta(days=1)
    try:
        moment = start + dt.timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None
    return moment if milliseconds % _MS_PER_DAY else moment.date()
