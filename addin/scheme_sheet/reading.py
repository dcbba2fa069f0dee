"""Sheet 方案 as a scheme: its blocks as the content of a scheme file, and every mistake at its cell."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import tomli_w

from addin.parsing.values import plain_text
from addin.scheme_sheet.blocks import (
    BLOCKS,
    MAIN,
    REST,
    Block,
    FormBlock,
    ListBlock,
    block_titled,
    form_key,
    form_word,
    header,
    main_key,
)
from addin.scheme_sheet.reading_text import complete, read, read_pairs
from addin.scheme_sheet.references import Names, answers_in
from addin.scheme_sheet.shapes import Key, Part, Variants, Words, keys_of
from addin.scheme_sheet.signs import TextError
from addin.scheme_sheet.wording import in_words
from addin.scheme_sheet.words import MESSAGES, NO, YES, key_word
from calc.problem import Problem, Severity
from calc.scheme import Scheme, SchemeError, SchemeFile, Setting, read_scheme
from calc.scheme.graph import Fault
from workbook_templates.grid import Cell, Grid, Kind, a1

__all__ = ["SheetScheme", "read_scheme_sheet"]

Place = tuple[int, int]
Path = tuple[str | int, ...]

_VALUE = 2
_NO_VERSION = "1"
_STEP = re.compile(r"\[(\d+)\](?:\([^()]*\))?|\(([^()]*)\)|\.?([^.\[\]()]+)")


@dataclass(frozen=True)
class _Placing:
    """Where the keys of a scheme stand on its sheet."""

    sheet: str
    content: Mapping[str, Any]
    places: Mapping[Path, Place]
    names: Names

    def problem(self, severity: Severity, fault: Fault) -> Problem:
        """A fault of the model at the cell that it is about, in the sheet's own words."""
        path = _path(fault.path, self.content)
        place = next((self.places[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.places), (1, 1))
        message = in_words(fault.message, path, self.content, self.names)
        return Problem(severity, self.sheet, a1(*place), message)


@dataclass(frozen=True)
class SheetScheme(SchemeFile):
    """A scheme as it stands on a sheet."""

    placing: _Placing

    def problem(self, severity: Severity, fault: Fault) -> Problem:
        """A fault of the scheme at its cell."""
        return self.placing.problem(severity, fault)


@dataclass
class _Sheet:
    """What has been read so far."""

    grid: Grid
    content: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    """Where each key of the content stands, or would stand."""
    problems: list[Problem] = field(default_factory=list)

    def error(self, place: Place, message: str) -> None:
        """A mistake of a cell."""
        self.problems.append(Problem(Severity.ERROR, self.grid.name, a1(*place), message))

    def say(self, place: Place, key: str, **values: object) -> None:
        """A mistake of a cell, by the key of its message."""
        self.error(place, MESSAGES[key].format(**values))


@dataclass(frozen=True)
class _Rows:
    """A block on the sheet: its heading, and the rows below it that have anything in them."""

    block: Block
    heading: int
    rows: tuple[int, ...]


@dataclass(frozen=True)
class _Line:
    """An entry of a list: the texts of its columns, by what the columns hold, with their places."""

    row: int
    texts: Mapping[str, str]
    places: Mapping[str, Place]
    id: str


def read_scheme_sheet(grid: Grid) -> SheetScheme:
    """The scheme on a sheet. Raises SchemeError, whose problems name its cells."""
    sheet = _Sheet(grid)
    parts = list(_parts(sheet))
    lists = {part.block.key: _lines(sheet, part) for part in parts if isinstance(part.block, ListBlock)}
    _twice(sheet, lists)
    names = Names(
        {key: tuple((line.id, line.texts.get("label", "")) for line in lines) for key, lines in lists.items()},
        {line.id: _answers(line) for line in lists.get("setting", ())},
    )
    for part in parts:
        if isinstance(part.block, ListBlock):
            sheet.places[part.block.key,] = (part.heading, 1)
            _entries(sheet, part.block, lists[part.block.key], names)
        else:
            _form(sheet, part.block, part, names)
    if sheet.problems:
        raise SchemeError.of(sheet.problems)
    sheet.content = _whole(sheet.content)
    text = tomli_w.dumps(sheet.content)
    placing = _Placing(grid.name, sheet.content, sheet.places, names)
    try:
        made = read_scheme(text.encode(), grid.name)
    except SchemeError as error:
        faults = _deepest(error.problems)
        raise SchemeError.of([placing.problem(Severity.ERROR, fault) for fault in faults]) from error
    return SheetScheme(made.name, made.content, made.scheme, made.text, placing)


def _deepest(problems: Sequence[Problem]) -> list[Fault]:
    """The faults without those of a part within which something else is wrong: it was no number either."""
    return [
        Fault(problem.cell, problem.message)
        for problem in problems
        if not any(other.cell.startswith(f"{problem.cell}.") for other in problems)
    ]


def _parts(sheet: _Sheet) -> Iterator[_Rows]:
    """The blocks of the sheet, in its order."""
    grid = sheet.grid
    filled = sorted({row for (row, _), cell in grid.cells.items() if _has_text(cell)})
    headings = {row: block for row in filled if (block := block_titled(_text(grid.at(row, 1)))) is not None}
    seen: dict[str, int] = {}
    for n, (row, block) in enumerate(headings.items()):
        if block.title in seen:
            sheet.say((row, 1), "block_twice", title=block.title)
            continue
        seen[block.title] = row
        end = next(iter(list(headings)[n + 1 :]), grid.last_row + 1)
        yield _Rows(block, row, tuple(r for r in filled if row < r < end))
    if BLOCKS[0].title not in seen:
        sheet.say((1, 1), "no_block", sheet=grid.name, title=BLOCKS[0].title)


def _has_text(cell: Cell) -> bool:
    return cell.formula or cell.kind not in (Kind.BLANK, Kind.TEXT) or bool(plain_text(str(cell.value or "")))


def _text(cell: Cell) -> str:
    """What a cell says, numbers and dates as they would be written."""
    value = cell.value
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, dt.datetime | dt.date):
        return (value.date() if isinstance(value, dt.datetime) else value).isoformat()
    if isinstance(value, int | float):
        number = Decimal(format(value * 100 if cell.percent else value, ".15g"))
        number = number.normalize() if number else Decimal(0)
        return f"{number:f}%" if cell.percent else f"{number:f}"
    return "" if value is None or not plain_text(str(value)) else str(value).strip()


def _said(sheet: _Sheet, place: Place, label: str) -> str:
    """The text of a cell to be read; an error value or a formula without a value is told."""
    cell = sheet.grid.at(*place)
    if cell.kind is Kind.ERROR:
        sheet.say(place, "error_value", label=label, value=cell.value)
    elif cell.formula and cell.kind is Kind.BLANK:
        sheet.say(place, "formula_empty", label=label)
    else:
        return _text(cell)
    return ""


def _lines(sheet: _Sheet, part: _Rows) -> list[_Line]:
    """The filled rows of a list below its headers, each with an id: the one given, or the next that is free."""
    block = part.block
    assert isinstance(block, ListBlock)
    if not part.rows:
        return []
    columns = _headers(sheet, block, part.rows[0])
    headed = {column for column, cell in sheet.grid.row(part.rows[0]) if _has_text(cell)}
    found = []
    for row in part.rows[1:]:
        places = {name: (row, column) for name, column in columns.items()}
        texts = {name: _said(sheet, place, header(block, name)) for name, place in places.items()}
        for column, cell in sheet.grid.row(row):
            if column not in headed and _has_text(cell):
                sheet.say((row, column), "stray")
        if any(texts.values()):
            found.append((row, texts, places))
    given = {texts.get("id", "") for _, texts, _ in found}
    free = (name for n in range(1, 10_000) if (name := f"{block.prefix}{n}") not in given)
    return [_Line(row, texts, places, texts.get("id") or next(free)) for row, texts, places in found]


def _answers(line: _Line) -> tuple[tuple[str, str], ...]:
    """The answers that a setting offers; what cannot be read is told when its turn comes."""
    with suppress(TextError, KeyError, TypeError):
        return answers_in(read(keys_of(Setting)["choices"].shape, line.texts.get("choices", ""), Names({})))
    return ()


def _twice(sheet: _Sheet, lists: Mapping[str, Sequence[_Line]]) -> None:
    """Ids that stand twice in a list, and columns to fill in that have the same label."""
    for lines in lists.values():
        ids: set[str] = set()
        for line in lines:
            if line.id and line.id in ids and "id" in line.places:
                sheet.say(line.places["id"], "id_twice", id=line.id)
            ids.add(line.id)
    labels: set[str] = set()
    for line in (line for key in ("measure", "event") for line in lists.get(key, ())):
        label = plain_text(line.texts.get("label", ""))
        if label and label in labels:
            sheet.say(line.places["label"], "label_twice", label=label)
        labels.add(label)


def _headers(sheet: _Sheet, block: ListBlock, row: int) -> dict[str, int]:
    """Which column of the sheet holds what."""
    names = {plain_text(header(block, name)): name for name in block.columns if name}
    found: dict[str, int] = {}
    for column, cell in sheet.grid.row(row):
        label = plain_text(_text(cell))
        name = names.get(label)
        if not label:
            continue
        if name is None:
            sheet.say((row, column), "column_unknown", label=label)
        elif name in found:
            sheet.say((row, column), "column_twice", label=label)
        else:
            found[name] = column
    return found


def _entries(sheet: _Sheet, block: ListBlock, lines: Sequence[_Line], names: Names) -> None:
    entries: list[dict[str, Any]] = []
    for n, line in enumerate(lines):
        first = (line.row, min(column for _, column in line.places.values()))
        sheet.places[block.key, n] = first
        entry = _entry(sheet, (block.key, n), block, line, names)
        if entry is not None:
            entries.append(entry)
    if entries:
        sheet.content[block.key] = entries


def _entry(sheet: _Sheet, path: Path, block: ListBlock, line: _Line, names: Names) -> dict[str, Any] | None:
    """One entry; None where its method is not known."""
    shape = block.entry
    entry: dict[str, Any] = {}
    if isinstance(shape, Variants):
        if shape.tag not in line.places:  # its header is what is wrong
            return None
        tag, place = line.texts[shape.tag], line.places[shape.tag]
        try:
            if not tag:
                raise TextError("blank", label=shape.label)
            entry[shape.tag] = read(Words(shape.words), tag, names)
        except TextError as error:
            sheet.error(place, str(error))
            return None
        model = shape.models[entry[shape.tag]]
    else:
        model = shape.model
    keys = keys_of(model)
    if "id" in keys:
        entry["id"] = line.id
    own = {name: main_key(block, str(entry.get(getattr(shape, "tag", "")))) if name == MAIN else name for name in
           line.places}  # fmt: skip
    rest = line.places.get(REST, (line.row, 1))
    places = dict.fromkeys(keys, rest) | {own[name]: place for name, place in line.places.items() if name != REST}
    sheet.places |= {(*path, key): place for key, place in places.items()}
    for name, place in line.places.items():
        text, key = line.texts[name], own[name]
        if not text or name == REST or key in ("id", getattr(shape, "tag", "")):
            continue
        if key not in keys:
            sheet.say(place, "stray_here", label=header(block, name))
            continue
        _take(sheet, place, entry, keys[key], text, names)
    try:
        for key, value in read_pairs(model, line.texts.get(REST, ""), names).items():
            if key in entry:
                raise TextError("key_twice", key=key_word(model.__name__, key))
            entry[key] = value
    except TextError as error:
        sheet.error(rest, str(error))
    return complete(model, entry)


def _take(sheet: _Sheet, place: Place, part: dict[str, Any], key: Key, text: str, names: Names) -> None:
    try:
        part[key.name] = read(key.shape, text, names, cell=True)
    except TextError as error:
        sheet.error(place, str(error))


def _form(sheet: _Sheet, block: FormBlock, part: _Rows, names: Names) -> None:
    """The rows of a form, into the parts of the scheme that they belong to."""
    paths = {plain_text(form_word(path)): path for path in block.rows}
    for path in block.rows:
        sheet.places.setdefault((path[0],), (part.heading, 1))
    found: set[tuple[str, ...]] = set()
    for row in part.rows:
        label, value = _text(sheet.grid.at(row, 1)), sheet.grid.at(row, _VALUE)
        path = paths.get(plain_text(label), ())
        if not path:
            sheet.say((row, 1), "row_unknown", title=block.title, label=label or _text(value))
            continue
        if path in found:
            sheet.say((row, 1), "row_twice", label=label)
            continue
        found.add(path)
        sheet.places[path] = (row, _VALUE)
        text = _said(sheet, (row, _VALUE), label)
        if text:
            target = sheet.content if len(path) == 1 else sheet.content.setdefault(path[0], {})
            _take(sheet, (row, _VALUE), target, form_key(path)[1], text, names)
    for name in {path[0] for path in block.rows if len(path) > 1}:
        if name in sheet.content or keys_of(Scheme)[name].required:
            shape = keys_of(Scheme)[name].shape
            assert isinstance(shape, Part)
            sheet.content[name] = complete(shape.model, sheet.content.get(name, {}))


def _whole(content: dict[str, Any]) -> dict[str, Any]:
    """The content in the model's order, with what a scheme of one's own need not state."""
    name = f"{content.get('organisation', '')}\n{content.get('title', '')}"
    stated = {"id": f"own/{hashlib.sha256(name.encode()).hexdigest()[:8]}", "version": _NO_VERSION, **content}
    whole = complete(Scheme, stated)
    return {key: whole[key] for key in keys_of(Scheme) if key in whole}


def _path(text: str, content: Mapping[str, Any]) -> Path:
    """``indicator[2](volume).base`` or ``indicator(volume).base`` as steps."""
    steps: list[str | int] = []
    for place, name, key in _STEP.findall(text):
        if place:
            steps.append(int(place))
        elif key:
            steps.append(key)
        elif len(steps) == 1:
            entries = content.get(str(steps[0]), [])
            same = [n for n, entry in enumerate(entries) if name in (entry.get("id"), entry.get("sheet"))]
            steps += same[-1:]
    return tuple(steps)
