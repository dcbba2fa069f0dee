"""The custom functions =STARSCORE(…) and its kin, for Excel and LibreOffice: thin over ``calc``.

Each takes what the spreadsheet hands over (one cell or a range) and gives what a cell takes: numbers and texts, a
column for a column, a single value for a single cell. A text that begins with # says what is wrong: in its own row
for a bad row, everywhere for a bad argument. Nothing here raises.
"""

from __future__ import annotations

import datetime as dt
import functools
import inspect
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version
from typing import cast, get_args

import numpy as np

from addin.bad_argument import BadArgument
from addin.block import ScoredBlock, ScoredRow, scheme_named, score_block
from addin.fault_log import log_fault, log_file
from addin.function_texts import MESSAGES, NO_NUMBER, NO_REASON, NOT_RATED, PENDING, PROVISIONAL, TIED
from addin.host_values import Answer, Area, area_of, is_blank, spread
from addin.lines import Line, Numbers, columns_of, is_given, line_of, one_number, one_text, one_yes_no
from addin.parsing.messages import MESSAGES as READING_MESSAGES
from addin.parsing.values import plain_text, read_cell
from addin.workdays import FIRST_YEAR, LAST_YEAR, MOST_DAYS, nth_workday
from calc.groups import Groups
from calc.methods import bonus, deduct, mean_of_tests, ratio_to_highest, ratio_to_lowest
from calc.methods.ratio import ZeroRule
from calc.number import Arithmetic, Array
from calc.quota import parse_quota
from calc.result import RowResult
from calc.scheme import Scheme
from calc.scheme.graph import indicator_name
from calc.words import REASONS
from workbook_templates.grid import BLANK, Cell, Kind

__all__ = ["FUNCTIONS"]

Given = object
"""What a host hands over: a value, or rows of values."""
Answers = list[list[Answer]]
Function = Callable[..., Answers | Answer]

FUNCTIONS: dict[str, Function] = {}
"""Every custom function by its name in the sheet."""

_EPOCH = dt.date(1899, 12, 30)
_ALL_PARTS = "*"
_IN_ERROR = REASONS["bad"].partition("{")[0]
_MOST_OF_MANY = 99
"""Columns that a measure with many may have."""


def _custom(line: str = "", rows: str = "") -> Callable[[Callable[..., Answers]], Function]:
    """A custom function whose answer lies as its argument ``line``, or has a row for each row of argument ``rows``."""

    def register(function: Callable[..., Answers]) -> Function:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def answer(*given: Given, **named: Given) -> Answers | Answer:
            arguments = signature.bind(*given, **named).arguments
            try:
                with np.errstate(invalid="ignore"):  # comparing with NaN, which is what a missing value is, is meant
                    return spread(function(**arguments))
            except BadArgument as fault:
                text = f"#{fault}"
            except Exception as fault:
                log = log_fault(fault, function.__name__) or log_file()
                text = "#" + MESSAGES["internal"].format(kind=type(fault).__name__, log=log)
            return spread(_everywhere(text, arguments, line, rows))

        FUNCTIONS[function.__name__] = answer
        return answer

    return register


def _everywhere(text: str, arguments: Mapping[str, Given], line: str, rows: str) -> Answers:
    """The text in every place of the answer but beside blank rows, so that nobody overlooks it."""
    area = area_of(arguments.get(line or rows))
    if all(map(is_blank, area.cells)):
        return [[text]]
    if line and area.height == 1:
        return [[text] * area.width]
    width = _answer_width(arguments) if rows == "rows" else 1
    return [["" if all(map(is_blank, row)) else text] * width for row in area.rows]


def _answer_width(arguments: Mapping[str, Given]) -> int:
    """How many columns the answer to a block has."""
    with suppress(BadArgument):
        if one_text(arguments.get("part"), "项目") == _ALL_PARTS:
            return len(scheme_named(area_of(arguments["scheme"])).scheme.scored)
    return 1


# ── a contest in a block ──────────────────────────────────────────────────────


@_custom(rows="rows")
def STARSCORE(scheme: Given, headers: Given, rows: Given, part: Given = None, settings: Given = None) -> Answers:
    """Points by the scheme: the total, one indicator, or all of them side by side."""
    block = _scored(scheme, headers, rows, settings)
    parts = _parts(block.scheme, one_text(part, "项目"))
    columns = {name: _columns_of(block.scheme, name) for name in parts}
    return [[_points(block, row, name, columns[name]) for name in parts] for row in block.rows]


@_custom(rows="rows")
def STARELIGIBLE(scheme: Given, headers: Given, rows: Given, part: Given = None, settings: Given = None) -> Answers:
    """Why nobody of a row may win; "" where nothing stands against it."""
    block = _scored(scheme, headers, rows, settings)
    _parts(block.scheme, one_text(part, "项目"))
    return [[_reasons(block, row)] for row in block.rows]


@_custom()
def STARWHY(
    scheme: Given, headers: Given, rows: Given, row: Given, part: Given = None, settings: Given = None
) -> Answers:
    """How one person's points came about, a line for each step."""
    block = _scored(scheme, headers, rows, settings, trace=True)
    scored = _row_asked_for(block, area_of(row))
    wanted = one_text(part, "项目")
    items = None if wanted in ("", _ALL_PARTS) else set(_parts(block.scheme, wanted))
    lines = [
        "；".join(text for text in (f"{line.label}（{line.clause}）" if line.clause else line.label,
                                   line.rule, line.arithmetic, line.value) if text)
        for line in scored.trace
        if items is None or (line.kind == "indicator" and line.item in items) or (line.kind == "total" and "" in items)
    ]  # fmt: skip
    errors = [f"#{message}" for _, message in scored.errors]
    return [["\n".join([*errors, *lines])]]


def _scored(scheme: Given, headers: Given, rows: Given, settings: Given, *, trace: bool = False) -> ScoredBlock:
    given = None if settings is None else area_of(settings)
    return score_block(area_of(scheme), area_of(headers), area_of(rows), given, trace=trace)


def _parts(scheme: Scheme, name: str) -> tuple[str, ...]:
    """The indicators that ``part`` names; "" stands for the total."""
    if name in ("", "total", "总分"):
        return ("",)
    if name == _ALL_PARTS:
        return tuple(indicator.id for indicator in scheme.scored)
    for indicator in scheme.indicator:
        if name in (indicator.id, plain_text(indicator.label)):
            return (indicator.id,)
    known = "、".join(f"{indicator.label}（{indicator.id}）" for indicator in scheme.indicator)
    raise BadArgument("part", part=name, known=known)


def _points(block: ScoredBlock, row: ScoredRow | None, part: str, columns: Collection[str]) -> Answer:
    """The number of one cell, or why there is none; ``columns`` are those that the part is reckoned from."""
    if row is None:
        return ""
    result = row.result
    value = result.total if not part else {**(result.points or {}), **(result.columns or {})}.get(part)
    if value is not None:
        return float(value)
    own = [message for column, message in row.errors if column in columns]
    if found := own or [message for _, message in row.errors]:
        return "#" + "；".join(found)
    # No cell of the row is to blame, but the row is in error: for a column that is not there.
    if any(reason.startswith(_IN_ERROR) for reason in result.reasons):
        return "#" + "；".join(block.errors)
    return NO_NUMBER.format(reason=_why_none(block.scheme, result, columns)) if result.rated else NOT_RATED


def _why_none(scheme: Scheme, result: RowResult, columns: Collection[str]) -> str:
    """The reason that is about the part's own columns, else the first."""
    headers = (header for measure in scheme.measure for header in measure.headers(_MOST_OF_MANY))
    labels = [label for name, label in headers if name in columns]
    own = [reason for reason in result.reasons if any(label in reason for label in labels)]
    return next(iter([*own, *result.reasons]), NO_REASON)


def _columns_of(scheme: Scheme, part: str) -> set[str]:
    """The columns of a block that an indicator, or the total, is reckoned from, straight or by way of others."""
    by_id = {indicator.id: indicator for indicator in scheme.indicator}
    families = {measure.id: [name for name, _ in measure.headers(_MOST_OF_MANY)] for measure in scheme.measure}
    columns, seen = {"id"}, set[str]()
    waiting = [part] if part else [indicator.id for indicator in scheme.scored]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        reads = by_id[name].reads()
        columns.update(reads.events)
        for family in reads.families:
            columns.update(families[family])
        for reference in reads.columns:
            if (other := indicator_name(scheme, reference)) is not None:
                waiting.append(other)
            else:
                columns.add(reference.removeprefix("measure:"))
    return columns


def _reasons(block: ScoredBlock, row: ScoredRow | None) -> str:
    if row is None:
        return ""
    if row.errors:
        return "#" + "；".join(message for _, message in row.errors)
    reasons = list(row.result.reasons)
    if row.pending and any(requirement.reads().events for requirement in block.scheme.requirement):
        reasons.append(PENDING.format(n=row.pending))
    if not reasons and not row.result.eligible:
        return "#" + "；".join(block.errors or (NO_REASON,))
    return "；".join(reasons)


def _row_asked_for(block: ScoredBlock, asked: Area) -> ScoredRow:
    """The row of a number (counted from 1) or of a text id."""
    cell = asked.cells[0]
    height = len(block.rows)
    shown = "" if is_blank(cell) else cell.value
    if len(asked.cells) == 1 and cell.kind is Kind.NUMBER and isinstance(cell.value, float):
        place = int(cell.value)
        if place == cell.value and 1 <= place <= height:
            row = block.rows[place - 1]
            if row is None:
                raise BadArgument("row_blank", row=place)
            return row
        shown = f"{cell.value:g}"
    elif len(asked.cells) == 1 and cell.kind is Kind.TEXT:
        wanted = plain_text(str(cell.value))
        found = [row for row in block.rows if row is not None and row.result.id == wanted]
        if wanted and found:
            return found[0]
    raise BadArgument("row", height=height, row=shown)


# ── single methods over columns ───────────────────────────────────────────────


def _answers(values: Array | Sequence[Fraction | int | None], errors: Sequence[str]) -> list[Answer]:
    """The error where there is one, "" where there is no number, else the number, unrounded."""
    return [
        error or ("" if value is None or value != value else float(value))  # noqa: PLR0124 (NaN)
        for value, error in zip(values, errors, strict=True)
    ]


def _column(answers: Sequence[Answer]) -> Answers:
    return [[answer] for answer in answers]


def _groups(pool: Given, size: int) -> Groups:
    """The pool of each place as a code; everybody's in one where none is given."""
    if pool is None:
        return np.zeros(size, dtype=np.intp)
    names = line_of(pool, "分组", size).texts()
    codes = {name: code for code, name in enumerate(dict.fromkeys(names))}
    return np.array([codes[name] for name in names], dtype=np.intp)


def _full_marks(base: Given) -> Fraction:
    full = one_number(base, "基准分")
    if full <= 0:
        raise BadArgument("positive", title="基准分", value=f"{full:f}")
    return Fraction(full)


@_custom(line="values")
def STARRATIO(
    values: Given, base: Given, lowest_best: Given = None, zero_rule: Given = None, pool: Given = None
) -> Answers:
    """Points in proportion to the best, highest or lowest; see :mod:`calc.methods.ratio`."""
    line, full = line_of(values, "数值"), _full_marks(base)
    rule = one_text(zero_rule, "折算方法") or "inverse"
    if rule not in get_args(ZeroRule):
        raise BadArgument("zero_rule", value=rule, known="、".join(get_args(ZeroRule)))
    numbers, of = line.numbers("rate"), _groups(pool, line.size)
    if one_yes_no(lowest_best, "以低为好"):
        numbers = numbers.not_negative(line.title)
        points = ratio_to_lowest(Arithmetic.EXACT.column(numbers.values), full, of, None, cast(ZeroRule, rule))
    else:
        points = ratio_to_highest(Arithmetic.EXACT.column(numbers.values), full, of)
    return line.shaped(_answers(points, numbers.errors))


def _amounts(counts: Given, points: Given) -> tuple[list[Array], list[str]]:
    """Of each kind of event its points in every row, and what is wrong with each row."""
    columns, each = columns_of(counts, "次数"), line_of(points, "分值")
    if each.size not in (1, len(columns)):
        raise BadArgument("points_size", points=each.size, counts=len(columns))
    values = [one_number(cell.value, each.title) for cell in each.cells]
    for value in values:
        if value < 0:
            raise BadArgument("not_negative", title=each.title, value=f"{value:f}")
    found = [column.numbers().not_negative(column.title) for column in columns]
    amounts = [
        Arithmetic.EXACT.column([count or Decimal(0) for count in numbers.values]) * Fraction(value)
        for numbers, value in zip(found, values * (len(columns) // len(values)), strict=True)
    ]
    return amounts, _first_errors(found)


def _first_errors(columns: Sequence[Numbers]) -> list[str]:
    """Of each row the first column's error; "" where none has one."""
    return [next(filter(None, errors), "") for errors in zip(*(column.errors for column in columns), strict=True)]


@_custom(rows="counts")
def STARDEDUCT(base: Given, counts: Given, points: Given) -> Answers:
    """``base`` less points for each event, down to 0; see :func:`calc.methods.deduct`."""
    full = one_number(base, "基准分")
    amounts, errors = _amounts(counts, points)
    return _column(_answers(deduct(Fraction(full), amounts, Fraction(0)), errors))


@_custom(rows="counts")
def STARBONUS(counts: Given, points: Given, cap: Given = None) -> Answers:
    """Points for each event added up, to a cap if there is one; see :func:`calc.methods.bonus`."""
    most = Fraction(one_number(cap, "上限")) if is_given(cap) else None
    amounts, errors = _amounts(counts, points)
    return _column(_answers(bonus(amounts, most), errors))


@_custom(rows="scores")
def STARINSPECT(scores: Given, base: Given, pass_mark: Given = None) -> Answers:
    """Points for what lies above the pass mark in all inspections of a row; a blank is no inspection."""
    full = _full_marks(base)
    passed = one_number(pass_mark, "合格分") if is_given(pass_mark) else Decimal(60)
    if not 0 <= passed < 100:
        raise BadArgument("between", title="合格分", low=0, high=99, value=f"{passed:f}")
    title = "检查成绩"
    columns = [column.numbers().not_negative(title) for column in columns_of(scores, title)]
    columns = [c.refused([v is not None and v > 100 for v in c.values], title, "at_most_100") for c in columns]
    points: list[Fraction | None] = []
    for row in zip(*(column.values for column in columns), strict=True):
        marks = [Fraction(mark) for mark in row if mark is not None]
        low, high = Fraction(passed) * len(marks), 100 * len(marks)
        points.append(min(max((sum(marks) - low) / (high - low) * full, Fraction(0)), full) if marks else None)
    return _column(_answers(points, _first_errors(columns)))


@_custom(line="theory")
def STARSKILL(theory: Given, skills: Given, theory_weight: Given = None) -> Answers:
    """Theory and the mean of the skills by weight; see :func:`calc.methods.mean_of_tests`."""
    line = line_of(theory, "理论成绩")
    columns = columns_of(skills, "技能成绩", across=line.across)
    weight = one_number(theory_weight, "理论比重", percent=True) if is_given(theory_weight) else Decimal("0.5")
    if not 0 <= weight <= 1:
        raise BadArgument("between", title="理论比重", low=0, high=1, value=f"{weight:f}")
    if columns[0].size != line.size:
        raise BadArgument("heights", title="技能成绩", height=columns[0].size, expected=line.size)
    found = [column.numbers() for column in (line, *columns)]
    marks = [Arithmetic.EXACT.column(numbers.values) for numbers in found]
    return line.shaped(_answers(mean_of_tests(marks[0], marks[1:], Fraction(weight)), _first_errors(found)))


# ── ranks, seats, winners ─────────────────────────────────────────────────────


def _totals(totals: Given, size: int | None = None) -> tuple[Line, Numbers]:
    """Totals as STARSCORE gives them: who is not rated, or has no number yet, simply has none."""
    line = line_of(totals, "总分", size)
    without = (NOT_RATED, NO_NUMBER.format(reason=""))
    cells = tuple(
        BLANK if cell.kind is Kind.TEXT and str(cell.value).startswith(without) else cell for cell in line.cells
    )
    numbers = replace(line, cells=cells).numbers()
    own = [str(cell.value) if cell.kind is Kind.TEXT else "" for cell in cells]
    errors = [text if text.startswith("#") else error for text, error in zip(own, numbers.errors, strict=True)]
    return line, replace(numbers, errors=errors)


@_custom(line="totals")
def STARRANK(totals: Given, pool: Given = None, eligible: Given = None) -> Answers:
    """Rank by total within the pool, highest first, equal totals sharing the better rank: 1, 2, 2, 4."""
    line, numbers = _totals(totals)
    of = _groups(pool, line.size)
    able = [True] * line.size
    if eligible is not None:
        able = [_is_eligible(text) for text in line_of(eligible, "符合条件", line.size).texts()]
    ranked: dict[int, list[Decimal]] = {}
    for group, value, may in zip(of.tolist(), numbers.values, able, strict=True):
        if value is not None and may:
            ranked.setdefault(group, []).append(value)
    for values in ranked.values():
        values.sort()
    ranks = [
        len(ranked[group]) - bisect_right(ranked[group], value) + 1 if value is not None and may else None
        for group, value, may in zip(of.tolist(), numbers.values, able, strict=True)
    ]
    return line.shaped(_answers(ranks, numbers.errors))


def _is_eligible(text: str) -> bool:
    """Blank (no reason against it) or a yes; a no or any reason is not."""
    reading = read_cell(Cell(text, Kind.TEXT), "yes_no")
    return not reading.fault and reading.value is not False


@_custom(line="n")
def STARQUOTA(rule: Given, n: Given) -> Answers:
    """Seats by the rule of a quota, as a scheme writes it; see :func:`calc.quota.parse_quota`."""
    line = line_of(n, "人数")
    try:
        quota = parse_quota(one_text(rule, "规则"))
    except ValueError as error:
        raise BadArgument("as_said", message=error) from error
    numbers = line.numbers()
    numbers = numbers.refused([not _is_whole(value) for value in numbers.values], line.title, "whole")
    seats = [None if value is None else quota.seats(int(value)) for value in numbers.values]
    return line.shaped(_answers(seats, numbers.errors))


def _is_whole(value: Decimal | None) -> bool:
    return value is None or (value >= 0 and value == value.to_integral_value())


@_custom()
def STARPICK(ids: Given, totals: Given, seats: Given, prefer: Given = None) -> Answers:
    """The ids of the winners from the highest total down, then those who are equal at the cut, marked."""
    names = line_of(ids, "编号")
    _, numbers = _totals(totals, names.size)
    for n, error in enumerate(numbers.errors, start=1):
        if error:
            raise BadArgument("pick_bad", row=n, message=error.removeprefix("#"))
    left = one_number(seats, "名额")
    if not _is_whole(left):
        raise BadArgument("whole", title="名额", value=f"{left:f}")
    preferred = _preferences(prefer, names.size)
    levels: dict[tuple[Decimal, Decimal], list[str]] = {}
    for cell, total, preference in zip(names.cells, numbers.values, preferred, strict=True):
        identity = read_cell(cell, "id")
        if total is not None and (identity.fault or not identity.value):
            raise BadArgument("pick_id")
        if total is not None:
            levels.setdefault((total, preference), []).append(str(identity.value))
    picked: list[Answer] = []
    for level in sorted(levels, reverse=True):
        if len(levels[level]) > left - len(picked):
            tied = levels[level] if left > len(picked) else []
            picked += [TIED.format(id=identity) for identity in tied]
            break
        picked += levels[level]
    return _column(picked or [""])


def _preferences(prefer: Given, size: int) -> list[Decimal]:
    """Of each place what is preferred among equals, more is better: yes is 1, no and blank are 0."""
    if not is_given(prefer):
        return [Decimal(0)] * size
    found = []
    for cell in line_of(prefer, "优先", size).cells:
        reading = read_cell(cell, "yes_no")
        if reading.fault:
            reading = read_cell(cell, "number")
        if reading.fault:
            raise BadArgument("prefer", value=cell.value)
        found.append(Decimal(reading.value or 0) if isinstance(reading.value, Decimal | bool | None) else Decimal(0))
    return found


# ── days, version ─────────────────────────────────────────────────────────────


@_custom(line="date")
def STARWORKDAY(date: Given, n: Given) -> Answers:
    """The n-th Chinese working day after a date, as a serial number; a text where make-up days are not announced."""
    line, days = line_of(date, "日期"), one_number(n, "天数")
    if days != days.to_integral_value():
        raise BadArgument("integer", title="天数", value=f"{days:f}")
    return line.shaped([_workday(cell, int(days)) for cell in line.cells])


def _workday(cell: Cell, days: int) -> Answer:
    reading = read_cell(cell, "date")
    if reading.fault:
        return "#" + READING_MESSAGES[reading.fault].format(label="日期", value=cell.value)
    if not isinstance(reading.value, dt.date):
        return ""
    try:
        found = nth_workday(reading.value, days)
    except ValueError:
        return "#" + MESSAGES["workday_range"].format(first=FIRST_YEAR, last=LAST_YEAR, most=MOST_DAYS)
    return PROVISIONAL.format(day=found.day) if found.provisional else float((found.day - _EPOCH).days)


@_custom()
def STARVERSION() -> Answers:
    """The program's name and version."""
    return [[f"StarScore {version('starscore')}"]]
