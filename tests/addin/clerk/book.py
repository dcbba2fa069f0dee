"""A filled template whose result is known, and what clerks, Excel and WPS do to one."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook
from openpyxl.utils import coordinate_to_tuple, get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel

from calc.period import Period
from calc.scheme import load_scheme
from workbook_templates.build import build_template
from workbook_templates.filling import Filling, Typed
from workbook_templates.save import workbook_bytes

SCHEME = load_scheme("cib-zhengzhou-2010/monthly-teller").scheme
INPUT_SHEETS = ("设置", "名册", "指标", "登记", "裁定")


# The clean workbook and what comes of it.

EAST, GARDEN = "郑东支行", "花园支行"
WANG, LI, ZHANG, LIU, CHEN = range(5)
"""The people by their place in 名册; they stand in rows 5 to 9 of 名册 and 指标."""
PEOPLE = (("007", "王静", EAST), ("0012", "李敏", EAST), ("A03", "张伟", EAST), ("0400", "刘洋", GARDEN),
          ("0500", "陈晨", GARDEN))  # fmt: skip
MEASURES = ("quality", "internal_efficiency", "internal_attitude", "internal_standard", "volume", "error_rate",
            "theory", "skill_1", "progress")  # fmt: skip
TYPED_MEASURES = (
    (48.5, 9, 9, 9, 1200, 0.5, 95, 90, None),
    (45, 8, 9, 8, 1000, 0.8, 88, 85, None),
    (44, 8, 8, 8, 800, 1, 80, 80, 1),
    (47, 9, 9, 9, 1100, 0.4, 90, 92, None),
    (40, 7, 8, 8, 900, 0.6, 85, 80, None),
)
EVENTS: tuple[dict[str, Typed], ...] = (
    {"date": dt.date(2026, 9, 3), "id": "0012", "event": "complaint_withdrawn", "count": 2},
    {"date": dt.date(2026, 9, 8), "id": "A03", "event": "complaint_verified", "verified": True},
    {"date": dt.date(2026, 9, 9), "id": "0500", "event": "other_channel", "points": 2},
)
CLEAN_TOTALS = {"007": "97.50", "0012": "77.26", "A03": "82.43", "0400": "96.00", "0500": "79.59"}
CLEAN_WINNERS = {EAST: "007", GARDEN: "0400"}


def _clean_book() -> Workbook:
    return build_template(
        SCHEME,
        Filling(
            period=Period.parse("2026-09"),
            unit="兴业银行郑州分行",
            roster=[{"id": i, "name": n, "outlet": o, "post_since": dt.date(2024, 3, 1)} for i, n, o in PEOPLE],
            measures={
                person[0]: {**dict(zip(MEASURES, typed, strict=True)), "conduct": True}
                for person, typed in zip(PEOPLE, TYPED_MEASURES, strict=True)
            },
            events=EVENTS,
            columns={"skill": 2},  # 技能2 stays blank: not held this month
            rows=12,
        ),
    )


CLEAN = workbook_bytes(_clean_book())


# Where things stand, by the words on the sheet.


def _places() -> dict[tuple[str, str], str]:
    places = {}
    book = load_workbook(io.BytesIO(CLEAN))
    for sheet in INPUT_SHEETS[1:]:
        places |= {(sheet, str(cell.value)): f"{sheet}!{cell.column_letter}" for cell in book[sheet][4]}
    for row in book["设置"].iter_rows(min_row=5, max_col=1):
        places["设置", str(row[0].value)] = f"设置!B{row[0].row}"
    return places


PLACES = _places()


def at(sheet: str, label: str, row: int | str = "") -> str:
    """``指标!G5``: the cell of this column in a row; of 设置 the cell right of the label."""
    return f"{PLACES[sheet, label]}{row}"


def event(label: str, row: int = 5) -> str:
    return at("登记", label, row)


def ruling(label: str, row: int = 5) -> str:
    return at("裁定", label, row)


# 王静's cells.
QUALITY, VOLUME, RATE, SKILL, SKILL_2, PROGRESS, CONDUCT, OWN_ID = (
    at("指标", label, 5) for label in ("服务质量", "业务量", "差错率", "技能1", "技能2", "进步分", "品行确认", "工号")
)
ROSTER_ID, NAME, OUTLET, SINCE, MOVED_FROM, MOVED_ON = (
    at("名册", label, 5) for label in ("工号", "姓名", "网点", "上岗日期", "原网点", "调动日期")
)
PERIOD, UNIT, WEIGHT, ZERO_RULE, TIES, SCHEME_ID, SCHEME_VERSION = (
    at("设置", label)
    for label in ("考核期间", "填报单位", "理论成绩所占比重", "差错率折算方法", "第一名并列时", "方案", "方案版本")
)


def header(place: str) -> str:
    """The header above a cell."""
    return re.sub(r"\d+$", "4", place)


def below(place: str, rows: int = 1) -> str:
    """The cell so many rows further down."""
    return re.sub(r"\d+$", lambda row: str(int(row[0]) + rows), place)


def down(place: str) -> str:
    """The cell and the one below it, ``指标!G5:G6``."""
    return f"{place}:{below(place).partition('!')[2]}"


# How to spoil it: cells typed into, or something done to the workbook or to its XML.


class Formatted(NamedTuple):
    """A value in a cell of this number format."""

    value: object
    format: str


class Raw(NamedTuple):
    """A cell as it stands in the XML: its type and its elements."""

    inner: str
    type: str = "n"


def formula(text: str, value: str | None, type_: str = "n") -> Raw:
    """A formula with the value that Excel left in the file; None: it left none."""
    return Raw(f"<f>{text}</f>" + ("" if value is None else f"<v>{value}</v>"), type_)


Step = Mapping[str, object] | Callable[[Workbook], None]
Spoil = Step | Sequence[Step]


def _steps(spoil: Spoil) -> Sequence[Step]:
    return spoil if isinstance(spoil, Sequence) else (spoil,)


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        for name, part in parts.items():
            book.writestr(name, part)
    return target.getvalue()


CLEAN_PARTS = _parts(CLEAN)
CLEAN_SHEETS = load_workbook(io.BytesIO(CLEAN)).sheetnames
_ERRORS = frozenset(("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"))


def spoiled(spoil: Spoil) -> bytes:
    """The clean workbook with something done to it, as Excel would save it."""
    steps = _steps(spoil)
    typed = [(place, value) for step in steps if not callable(step) for place, value in step.items()]
    if all(not callable(step) for step in steps) and all(_is_prepared(*each) for each in typed):
        return _zipped(_with_cells(CLEAN_PARTS, CLEAN_SHEETS, dict(typed)))
    book = load_workbook(io.BytesIO(CLEAN))
    raw = {}
    for step in steps:
        if callable(step):
            step(book)
            continue
        for place, value in step.items():
            sheet, address = place.split("!")
            cell, keep = book[sheet][address], book[sheet][address].number_format
            if isinstance(value, Raw):
                raw[place] = value
                cell.value = 0
            elif isinstance(value, Formatted):
                cell.value, cell.number_format = value
            else:
                cell.value, cell.number_format = value, keep
    content = io.BytesIO()
    book.save(content)
    return _zipped(_with_cells(_parts(content.getvalue()), book.sheetnames, raw)) if raw else content.getvalue()


def _is_prepared(place: str, value: object) -> bool:
    """True for a cell of the template that keeps its format: its XML can be changed as it stands."""
    sheet, address = place.split("!")
    part = CLEAN_PARTS[f"xl/worksheets/sheet{CLEAN_SHEETS.index(sheet) + 1}.xml"]
    return not isinstance(value, Formatted) and f'<c r="{address}"'.encode() in part


def _with_cells(parts: Mapping[str, bytes], sheets: Sequence[str], cells: Mapping[str, object]) -> dict[str, bytes]:
    """The parts of a workbook with other contents in these cells; their formats stay."""
    changed = dict(parts)
    for place, value in cells.items():
        sheet, address = place.split("!")
        part = f"xl/worksheets/sheet{sheets.index(sheet) + 1}.xml"
        xml = _cell_xml(value)
        pattern = rf'<c r="{address}"( s="\d+")?[^>]*?(/>|>.*?</c>)'
        inner = f'<c r="{address}" t="{xml.type}">{xml.inner}</c>'
        text, n = re.subn(
            pattern, lambda old, new=inner: new.replace(" t=", f"{old[1] or ''} t=", 1), changed[part].decode(),
            count=1, flags=re.DOTALL,
        )  # fmt: skip
        assert n, place
        changed[part] = text.encode()
    return changed


def _cell_xml(value: object) -> Raw:
    if isinstance(value, Raw):
        return value
    if value is None:
        return Raw("")
    if isinstance(value, bool):
        return Raw(f"<v>{value:d}</v>", "b")
    if isinstance(value, dt.date | dt.time):
        return Raw(f"<v>{to_excel(value)}</v>")
    if isinstance(value, str) and value in _ERRORS:
        return Raw(f"<v>{value}</v>", "e")
    if isinstance(value, str):
        return Raw(f'<is><t xml:space="preserve">{escape(value)}</t></is>', "inlineStr")
    return Raw(f"<v>{value!r}</v>")


def rewritten(part: str, pattern: str, replacement: str) -> bytes:
    """The clean file with one of its parts changed."""
    text, n = re.subn(pattern, replacement, CLEAN_PARTS[part].decode(), count=1, flags=re.DOTALL)
    assert n, pattern
    return _zipped({**CLEAN_PARTS, part: text.encode()})


def _column(place: str) -> tuple[str, int]:
    sheet, address = place.split("!")
    return sheet, coordinate_to_tuple(address)[1]


def _unmerged(book: Workbook, sheet: str) -> Any:
    for area in list(book[sheet].merged_cells.ranges):
        book[sheet].unmerge_cells(str(area))
    return book[sheet]


def without_column(place: str) -> Step:
    sheet, column = _column(place)
    return lambda book: _unmerged(book, sheet).delete_cols(column)


def inserted_column(sheet: str) -> Step:
    return lambda book: _unmerged(book, sheet).insert_cols(1)


def inserted_row(sheet: str, row: int, text: str | None) -> Step:
    def insert(book: Workbook) -> None:
        _unmerged(book, sheet).insert_rows(row)
        book[sheet].cell(row, 1).value = text

    return insert


def swapped_columns(one: str, other: str) -> Step:
    (sheet, left), (_, right) = _column(one), _column(other)

    def swap(book: Workbook) -> None:
        for row in range(4, book[sheet].max_row + 1):
            a, b = book[sheet].cell(row, left), book[sheet].cell(row, right)
            a.value, b.value = b.value, a.value
            a.number_format, b.number_format = b.number_format, a.number_format

    return swap


def moved_rows(sheet: str, rows: Mapping[int, int]) -> Step:
    """The typed cells of these rows in other rows; the formulas stay."""

    def move(book: Workbook) -> None:
        cells = {row: {c.column: c.value for c in book[sheet][row] if c.data_type != "f"} for row in rows}
        for row, values in cells.items():
            for column in values:
                book[sheet].cell(row, column).value = None
        for row, values in cells.items():
            for column, value in values.items():
                book[sheet].cell(rows[row], column).value = value

    return move


def merged(area: str) -> Step:
    sheet, cells = area.split("!")
    return lambda book: book[sheet].merge_cells(cells)


def merged_down(place: str) -> Step:
    return merged(down(place))


def hidden_column(place: str) -> Step:
    sheet, column = _column(place)
    return lambda book: setattr(book[sheet].column_dimensions[get_column_letter(column)], "hidden", True)


def filtered(sheet: str, *rows: int) -> Step:
    def hide(book: Workbook) -> None:
        book[sheet].auto_filter.ref = "A4:F16"
        for row in rows:
            book[sheet].row_dimensions[row].hidden = True

    return hide


def without_sheet(sheet: str) -> Step:
    return lambda book: book.remove(book[sheet])


def renamed_sheet(sheet: str, name: str) -> Step:
    return lambda book: setattr(book[sheet], "title", name)


def hidden_sheet(sheet: str, state: str = "hidden") -> Step:
    return lambda book: setattr(book[sheet], "sheet_state", state)


def copied_sheet(sheet: str, name: str) -> Step:
    """A copy beside it, in which 王静's 服务质量 is another."""

    def copy(book: Workbook) -> None:
        twin = book.copy_worksheet(book[sheet])
        twin.title = name
        if sheet == "指标":
            twin[QUALITY.split("!")[1]].value = 10

    return copy


def date_system_of_1904(book: Workbook) -> None:
    book.epoch = CALENDAR_MAC_1904


def cleared_row(sheet: str, row: int) -> Step:
    """Nothing typed in this row any more."""

    def clear(book: Workbook) -> None:
        for cell in book[sheet][row]:
            if cell.data_type != "f":
                cell.value = None

    return clear


CANCEL = {ruling("工号"): "007", ruling("种类"): "取消", ruling("决定"): "取消"}
MANY_ERRORS: Spoil = (
    {QUALITY: "48.5分", SINCE: "24.3.1", event("次数"): 1.5, PERIOD: "9月", WEIGHT: "一半", OWN_ID: 7},
    CANCEL | {ruling("决定"): "再议"},
)
