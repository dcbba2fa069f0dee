"""Custom functions over columns: single scoring methods, ranks, seats, winners, working days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version
from typing import cast, get_args

import numpy as np

from addin.bad_argument import BadArgument
from addin.custom_function import Answers, Given, custom
from addin.function_texts import MESSAGES, NO_NUMBER, NOT_RATED, PROVISIONAL, TIED
from addin.host_values import Answer
from addin.lines import Line, Numbers, columns_of, is_given, line_of, one_number, one_text, one_yes_no
from addin.parsing.messages import MESSAGES as READING_MESSAGES
from addin.parsing.values import read_cell
from calc.formula import aggregates
from calc.groups import Groups
from calc.methods import (
    bonus,
    deduct,
    interpolated,
    mean_of_present,
    mean_of_tests,
    ratio_to_highest,
    ratio_to_lowest,
)
from calc.methods.ratio import ZeroRule
from calc.number import Arithmetic, Array
from calc.quota import parse_quota
from calc.workdays import FIRST_YEAR, LAST_YEAR, MOST_DAYS, nth_workday
from workbook_templates.grid import BLANK, Cell, Kind

__all__ = ["STARBONUS", "STARDEDUCT", "STARINSPECT", "STARPICK", "STARQUOTA", "STARRANK", "STARRATIO", "STARSKILL",
           "STARVERSION", "STARWORKDAY"]  # fmt: skip

_EPOCH = dt.date(1899, 12, 30)


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


@custom(line="values")
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


@custom(rows="counts")
def STARDEDUCT(base: Given, counts: Given, points: Given) -> Answers:
    """``base`` less points for each event, down to 0; see :func:`calc.methods.deduct`."""
    full = one_number(base, "基准分")
    amounts, errors = _amounts(counts, points)
    return _column(_answers(deduct(Fraction(full), amounts, Fraction(0)), errors))


@custom(rows="counts")
def STARBONUS(counts: Given, points: Given, cap: Given = None) -> Answers:
    """Points for each event added up, to a cap if there is one; see :func:`calc.methods.bonus`."""
    most = Fraction(one_number(cap, "上限")) if is_given(cap) else None
    amounts, errors = _amounts(counts, points)
    return _column(_answers(bonus(amounts, most), errors))


@custom(rows="scores")
def STARINSPECT(scores: Given, base: Given, pass_mark: Given = None) -> Answers:
    """Points for what lies above the pass mark in all inspections of a row; a blank is no inspection.

    The mean of those there were, on the straight line from the pass mark (0) to 100 (``base``); see
    :func:`calc.methods.interpolated`.
    """
    full = _full_marks(base)
    passed = one_number(pass_mark, "合格分") if is_given(pass_mark) else Decimal(60)
    if not 0 <= passed < 100:
        raise BadArgument("between", title="合格分", low=0, high=99, value=f"{passed:f}")
    title = "检查成绩"
    columns = [column.numbers().not_negative(title) for column in columns_of(scores, title)]
    columns = [c.refused([v is not None and v > 100 for v in c.values], title, "at_most_100") for c in columns]
    marks = [Arithmetic.EXACT.column(column.values) for column in columns]
    means = mean_of_present(marks, [Fraction(1)] * len(marks))
    knots = ((Fraction(passed), Fraction(0)), (Fraction(100), full))
    return _column(_answers(interpolated(means, knots, "clamp"), _first_errors(columns)))


@custom(line="theory")
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


@custom(line="totals")
def STARRANK(totals: Given, pool: Given = None, eligible: Given = None) -> Answers:
    """Rank by total within the pool, highest first, equal totals sharing the better rank: 1, 2, 2, 4."""
    line, numbers = _totals(totals)
    of = _groups(pool, line.size)
    able = np.ones(line.size, dtype=np.bool_)
    if eligible is not None:
        able[:] = [_is_eligible(text) for text in line_of(eligible, "符合条件", line.size).texts()]
    values = Arithmetic.EXACT.column(numbers.values)
    ranks = aggregates.ranks(values, of, able, lowest_first=False, ties="competition")
    return line.shaped(_answers(ranks, numbers.errors))


def _is_eligible(text: str) -> bool:
    """Blank (no reason against it) or a yes; a no or any reason is not."""
    reading = read_cell(Cell(text, Kind.TEXT), "yes_no")
    return not reading.fault and reading.value is not False


@custom(line="n")
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


@custom()
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


@custom(line="date")
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
    if not FIRST_YEAR <= reading.value.year <= LAST_YEAR or abs(days) > MOST_DAYS:
        return "#" + MESSAGES["workday_range"].format(first=FIRST_YEAR, last=LAST_YEAR, most=MOST_DAYS)
    found = nth_workday(reading.value, days)
    return PROVISIONAL.format(day=found.day) if found.provisional else float((found.day - _EPOCH).days)


@custom()
def STARVERSION() -> Answers:
    """The program's name and version."""
    return [[f"StarScore {version('starscore')}"]]
