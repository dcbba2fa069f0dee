"""=STARSCORE and its kin: a block of cells as one contest, its points, its reasons, its arithmetic."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress

from addin.bad_argument import BadArgument
from addin.block import ScoredBlock, ScoredRow, scheme_named, score_block
from addin.custom_function import Answers, Given, custom
from addin.function_texts import NO_NUMBER, NO_REASON, NOT_RATED, PENDING
from addin.host_values import Answer, Area, area_of, is_blank
from addin.lines import one_text
from addin.parsing.values import plain_text
from calc.result import RowResult
from calc.scheme import Scheme
from calc.scheme.graph import indicator_name
from calc.words import REASONS
from workbook_templates.grid import Kind

__all__ = ["STARELIGIBLE", "STARSCORE", "STARWHY"]

_ALL_PARTS = "*"
_IN_ERROR = REASONS["bad"].partition("{")[0]
_MOST_OF_MANY = 99
"""Columns that a measure with many may have."""


def _parts_wide(arguments: Mapping[str, Given]) -> int:
    """How many columns the answer has, as far as the arguments tell."""
    with suppress(BadArgument):
        if one_text(arguments["part"], "项目") == _ALL_PARTS:
            return len(scheme_named(area_of(arguments["scheme"])).scheme.scored)
    return 1


@custom(rows="rows", width=_parts_wide)
def STARSCORE(scheme: Given, headers: Given, rows: Given, part: Given = None, settings: Given = None) -> Answers:
    """Points by the scheme: the total, one indicator, or all of them side by side."""
    block = _scored(scheme, headers, rows, settings)
    parts = _parts(block.scheme, one_text(part, "项目"))
    columns = {name: _columns_of(block.scheme, name) for name in parts}
    return [[_points(block, row, name, columns[name]) for name in parts] for row in block.rows]


@custom(rows="rows")
def STARELIGIBLE(scheme: Given, headers: Given, rows: Given, part: Given = None, settings: Given = None) -> Answers:
    """Why nobody of a row may win; "" where nothing stands against it."""
    block = _scored(scheme, headers, rows, settings)
    _parts(block.scheme, one_text(part, "项目"))
    return [[_reasons(block, row)] for row in block.rows]


@custom()
def STARWHY(
    scheme: Given, headers: Given, rows: Given, row: Given, part: Given = None, settings: Given = None
) -> Answers:
    """How one person's points came about, a line for each step."""
    block = _scored(scheme, headers, rows, settings, trace=True)
    scored = _row_asked_for(block, area_of(row))
    wanted = one_text(part, "项目")
    items = None if wanted in ("", _ALL_PARTS) else set(_parts(block.scheme, wanted))
    lines = [
        line.sentence
        for line in scored.trace
        if items is None or (line.kind == "indicator" and line.item in items) or (line.kind == "total" and "" in items)
    ]
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
                columns.add(reference.rpartition(":")[2])
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
