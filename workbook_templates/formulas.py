"""The plain formulas of a template: what is looked up in 名册 and counted in 登记, and the live array blocks.

Ids are compared with EXACT: COUNTIF and MATCH take "007" for 7 and confuse ids of 18 digits. The formulas are
those of Excel 2010 and of LibreOffice, entered without array brackets except the live blocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calc.period import MONTHS, Kind
from calc.scheme import EventKind
from workbook_templates.layout import SHEET

__all__ = [
    "ABSENT_PERSON",
    "NOT_INSTALLED",
    "UNIT_AND_PERIOD",
    "Block",
    "counted",
    "live",
    "looked_up",
    "measures_block",
    "pending",
    "period_end",
    "period_start",
    "unit_and_period",
]

NOT_INSTALLED = "未装加载项"
ABSENT_PERSON = "查无此人"
UNIT_AND_PERIOD = '="填报单位："&starscore_unit&"　　　考核期间："&starscore_period'


def unit_and_period(unit: str, period: str) -> str:
    """What :data:`UNIT_AND_PERIOD`, the second line of a sheet, comes to."""
    return f"填报单位：{unit}　　　考核期间：{period}"


@dataclass(frozen=True, slots=True)
class Block:
    """A sheet's prepared rows: column letters by column id, first and last row."""

    sheet: str
    letters: Mapping[str, str]
    first: int
    last: int

    def range(self, column: str) -> str:
        """The absolute range of one column's rows."""
        letter = self.letters[column]
        return f"{self.sheet}!${letter}${self.first}:${letter}${self.last}"

    def has(self, column: str) -> bool:
        """True where the sheet has the column."""
        return column in self.letters


def looked_up(roster: Block, column: str, own_id: str) -> str:
    """The person's entry in 名册; empty where there is no id, 查无此人 where 名册 does not have it."""
    found = f"LOOKUP(2,1/EXACT({roster.range('id')},{own_id}),{roster.range(column)})"
    return f'=IF({own_id}="","",IFERROR(IF({found}="","",{found}),"{ABSENT_PERSON}"))'


def _conditions(events: Block, kind: EventKind, own_id: str, start: str, end: str) -> str:
    """1 for each line of 登记 that is of this person and kind and within its time (or without a date)."""
    date = events.range("date")
    if kind.within == "year":
        start, end = (f"IFERROR(DATE(YEAR({start}),{day}),{start})" for day in ("1,1", "12,31"))
    return (
        f'EXACT({events.range("id")},{own_id})*({events.range("event")}="{kind.label}")'
        f'*((({date}="")+({date}>={start})*({date}<={end}))>0)'
    )


def counted(events: Block, kind: EventKind, own_id: str, start: str, end: str) -> str:
    """How often the event counts (a blank count is once), or for a discretionary kind its points."""
    lines = _conditions(events, kind, own_id, start, end)
    for need in kind.needs:
        lines += f'*({events.range(need)}="是")'
    if kind.discretionary:
        total = f"SUMPRODUCT({lines},{events.range('points')})"
    else:
        count = events.range("count")
        total = f'SUMPRODUCT({lines}*({count}=""))+SUMPRODUCT({lines},{count})'
    return f'=IF({own_id}="","",{total})'


def pending(events: Block, kinds: tuple[EventKind, ...], own_id: str, start: str, end: str) -> str:
    """How many lines wait for a confirmation: none that is needed is 否, and some is blank."""
    terms = []
    for kind in kinds:
        if kind.needs:
            none_denied = "".join(f'*({events.range(need)}<>"否")' for need in kind.needs)
            some_blank = "+".join(f'({events.range(need)}="")' for need in kind.needs)
            terms.append(f"{_conditions(events, kind, own_id, start, end)}{none_denied}*(({some_blank})>0)")
    total = "+".join(f"SUMPRODUCT({term})" for term in terms) or "0"
    return f'=IF({own_id}="","",{total})'


def period_start(period: str, kind: str) -> str:
    """The first day of the period typed in the cell ``period``, where it is typed in the id form."""
    month = {"month": f"VALUE(MID({period},6,2))", "quarter": f"VALUE(MID({period},6,1))*3-2", "year": "1"}[kind]
    return f'=IFERROR(DATE(VALUE(LEFT({period},4)),{month},1),"")'


def period_end(start: str, kind: Kind) -> str:
    """The last day of the period that begins on the day in the cell ``start``."""
    return f'=IFERROR(DATE(YEAR({start}),MONTH({start})+{MONTHS[kind]},0),"")'


def live(call: str, ids: str) -> str:
    """A live array block: blank beside a blank id, and a plain word where the add-in is not there.

    IFERROR stands outside: inside an IF over three rows or more LibreOffice lets #NAME? through.
    """
    return f'=IFERROR(IF({ids}="","",{call}),"{NOT_INSTALLED}")'


def measures_block(letters: Mapping[str, str], first: int, last: int) -> tuple[str, str]:
    """The headers and the rows of 指标, as the custom functions take them."""
    end = list(letters.values())[-1]
    sheet = SHEET.measures
    return f"{sheet}!$A${first - 1}:${end}${first - 1}", f"{sheet}!$A${first}:${end}${last}"
