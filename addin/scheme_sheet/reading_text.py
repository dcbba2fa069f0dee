"""Texts of sheet 方案 as values of a scheme: 优者：最高；折算方法：【差错率折算方法】.

``键：值；键：值`` is a table, in brackets within another; ``甲、乙`` a list; ``甲＝乙`` a pair; ``【名称】`` the value
of a setting; ``「…」`` a text as it stands, which is only needed where it could be taken for something else. Full and
half width mean the same.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from addin.parsing.values import plain_text
from addin.scheme_sheet import shapes
from addin.scheme_sheet.references import Names
from addin.scheme_sheet.shapes import Shape, keys_of
from addin.scheme_sheet.signs import COLON, ENTRIES, EQUALS, LIST, WHEN, TextError, inner, of_setting, split, unquoted
from addin.scheme_sheet.words import NO, RULE_ROUNDING, YES, key_word

__all__ = ["BLANK_MEANS_EMPTY", "PAIRS", "SETTINGS", "TABLES", "complete", "read", "read_pairs", "read_table",
           "takes_text"]  # fmt: skip

BLANK_MEANS_EMPTY = frozenset({"clause", "source"})
"""Keys that a scheme must have and whose text may be empty: a scheme of one's own need not quote a document."""

PAIRS: Mapping[str, tuple[str, str]] = {
    "Choice": ("value", "label"),
    "Option": ("value", "points"),
    "Order": ("of", "best"),
    "Rater": ("id", "weight"),
}
"""Parts that are written as a pair where they have just these keys."""

TABLES = (shapes.Map, shapes.Part, shapes.Variants)
"""Shapes whose text is a table."""
SETTINGS = shapes.Reference(("setting",), {})
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_RULE_ROUNDING = re.compile(f"% ?({'|'.join(RULE_ROUNDING.values())})")
_CHINESE = re.compile(r"[\u2e80-\u9fff]+")


def read(shape: Shape, text: str, names: Names, *, cell: bool = False) -> Any:
    """The value of a text. Raises TextError."""
    text = text.strip()
    if (reference := of_setting(text)) is not None:
        return _read_setting(shape, reference, names)
    if (quoted := unquoted(text)) is not None:
        if isinstance(shape, shapes.Many) and not quoted:
            return []
        if takes_text(shape):
            return quoted
    match shape:
        case shapes.Either():
            return _read_either(shape, text, names)
        case shapes.Many():
            return [read(shape.of, each, names) for each in _elements(shape, text, cell=cell)]
        case shapes.Pair():
            sides = split(text, EQUALS)
            if len(sides) != 2:
                raise TextError("pair", text=text, left="数", right="数")
            return [read(side, each, names) for side, each in zip((shape.left, shape.right), sides, strict=True)]
        case shapes.Map() | shapes.Part() | shapes.Variants():
            return _read_part(shape, text, names, cell=cell)
    return _read_simple(shape, text, names)


def _read_setting(shape: Shape, text: str, names: Names) -> dict[str, Any]:
    """``名称``, the value of a setting, or ``名称？答案：值；答案：值``, what is written there for its answer."""
    name, *cases = split(text, WHEN, most=2)
    setting = _read_name(SETTINGS, name, names)
    if not cases:
        return {"setting": setting}
    when = {names.answer_meant(setting, answer): read(shape, value, names) for answer, value in _pairs(cases[0])}
    return {"setting": setting, "when": when}


def _read_simple(shape: Shape, text: str, names: Names) -> Any:
    """What is one value."""
    match shape:
        case shapes.Words():
            return _read_word(shape, text)
        case shapes.Flag():
            return _read_flag(text)
        case shapes.Number():
            return _read_number(text)
        case shapes.Day():
            return _read_day(text)
        case shapes.Reference():
            return _read_name(shape, text, names)
        case shapes.RuleText():
            return _read_rule(text)
        case shapes.FormulaText():
            return _read_formula(text, names)
    return text


def takes_text(shape: Shape) -> bool:
    """True where any text may stand."""
    if isinstance(shape, shapes.Either):
        return any(map(takes_text, shape.of))
    return isinstance(shape, shapes.Text | shapes.RuleText | shapes.FormulaText | shapes.Reference)


def _elements(shape: shapes.Many, text: str, *, cell: bool) -> list[str]:
    if cell and isinstance(shape.of, shapes.Text):
        lines = [line for line in split(text, "\n") if line]
        if len(lines) > 1 or any(sign in text for sign in "。；"):
            return lines
    return split(text, LIST)


def _read_either(shape: shapes.Either, text: str, names: Names) -> Any:
    """What is in brackets is a table; else the first shape that takes the text, texts last."""
    tables = [each for each in shape.of if isinstance(each, TABLES)]
    if tables and inner(text) is not None:
        return read(tables[0], text, names)
    faults: list[TextError] = []
    plain = [each for each in shape.of if each not in tables]
    for each in sorted(plain, key=takes_text):
        try:
            return read(each, text, names)
        except TextError as error:
            faults.append(error)
    words = [word for each in plain if isinstance(each, shapes.Words) for word in each.words.values()]
    if words and shapes.Number() in plain:
        raise TextError("word", text=text, choices="、".join(["一个数", *words]))
    raise faults[-1] if faults else TextError("table", text=text)


def _read_name(shape: shapes.Reference, text: str, names: Names) -> str:
    meant = names.meant(text, shape)
    if shape.lists and not names.knows(meant, shape):
        known = [*names.labels(shape.lists), *shape.special.values()]
        raise TextError("name", text=text, of=shape.of, choices="、".join(known) or "（还没有）")
    return meant


def _read_formula(text: str, names: Names) -> str:
    """A formula with ids; a Chinese word that is left is no column."""
    meant = names.formula_meant(text)
    if (found := _CHINESE.search(meant)) is not None:
        known = "、".join(names.labels(shapes.COLUMNS))
        raise TextError("name", text=found[0], of=shapes.Reference(shapes.COLUMNS, {}).of, choices=known)
    return meant


def _read_rule(text: str) -> str:
    meanings = {word: mode for mode, word in RULE_ROUNDING.items()}
    plain = plain_text(text).replace("％", "%")
    return _RULE_ROUNDING.sub(lambda found: f"% {meanings[found[1]]}", plain)


def _read_word(shape: shapes.Words, text: str) -> str:
    meanings = {plain_text(word): value for value, word in shape.words.items()}
    plain = plain_text(text)
    if plain not in meanings and plain not in shape.words:
        raise TextError("word", text=text, choices="、".join(shape.words.values()))
    return meanings.get(plain, plain)


def _read_flag(text: str) -> bool:
    if plain_text(text) not in (YES, NO):
        raise TextError("flag", text=text)
    return plain_text(text) == YES


def _read_number(text: str) -> int | Decimal:
    plain = plain_text(text).replace("−", "-")
    percent = plain.endswith("%")
    plain = plain.removesuffix("%")
    if not _NUMBER.fullmatch(plain) or len(plain) > 100:
        raise TextError("number", text=text)
    if percent:
        return Decimal(plain).scaleb(-2)
    return Decimal(plain) if "." in plain else int(plain)


def _read_day(text: str) -> dt.date:
    found = _DAY.fullmatch(plain_text(text).replace("/", "-").replace("年", "-").replace("月", "-").rstrip("日"))
    with suppress(ValueError):
        if found is not None:
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
    raise TextError("date", text=text)


def _read_part(shape: shapes.Map | shapes.Part | shapes.Variants, text: str, names: Names, *, cell: bool) -> Any:
    keys = PAIRS.get(shape.model.__name__) if isinstance(shape, shapes.Part) else None
    within = inner(text)
    if isinstance(shape, shapes.Part) and keys is not None and within is None:
        sides, model = split(text, EQUALS), keys_of(shape.model)
        if len(sides) != len(keys) and (len(sides) != 1 or model[keys[1]].required):
            left, right = (key_word(shape.model.__name__, key) for key in keys)
            raise TextError("pair", text=text, left=left, right=right)
        return {key: read(model[key].shape, side, names) for key, side in zip(keys, sides, strict=False)}
    if within is None and not cell:
        raise TextError("table", text=text)
    return read_table(shape, text if within is None else within, names)


def read_table(shape: Shape, text: str, names: Names) -> dict[str, Any]:
    """The table of a text without brackets. Raises TextError."""
    pairs = _pairs(text)
    if isinstance(shape, shapes.Map):
        return _named(shape, pairs, names)
    if isinstance(shape, shapes.Part):
        return complete(shape.model, _keyed(shape.model, pairs, names))
    return _keyed(_variant(shape, pairs), pairs, names)


def _named(shape: shapes.Map, pairs: list[tuple[str, str]], names: Names) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for word, text in pairs:
        key = str(read(shape.key, word, names))
        if key in found:
            raise TextError("key_twice", key=word)
        try:
            found[key] = read(shape.value, text, names)
        except TextError as error:
            raise error.under(word) from error
    return found


def read_pairs(model: type[BaseModel], text: str, names: Names) -> dict[str, Any]:
    """Some keys of a model with their values, as they stand in a text. Raises TextError."""
    return _keyed(model, _pairs(text), names)


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for entry in filter(None, split(text, ENTRIES)):
        key, *rest = split(entry, COLON, most=2)
        if not rest:
            raise TextError("colon", text=entry)
        pairs.append((key, rest[0]))
    return pairs


def _variant(shape: Shape, pairs: list[tuple[str, str]]) -> type[BaseModel]:
    """The model that the tag among the pairs names."""
    assert isinstance(shape, shapes.Variants)
    said = next((text for key, text in pairs if plain_text(key) in (plain_text(shape.label), shape.tag)), None)
    if said is None:
        raise TextError("missing", label=shape.label)
    return shape.models[_read_word(shapes.Words(shape.words), said)]


def _keyed(model: type[BaseModel], pairs: list[tuple[str, str]], names: Names) -> dict[str, Any]:
    keys = keys_of(model)
    words = {plain_text(key_word(model.__name__, key)): key for key in keys} | {key: key for key in keys}
    found: dict[str, Any] = {}
    for word, text in pairs:
        key = words.get(plain_text(word))
        if key is None:
            known = "、".join(key_word(model.__name__, each) for each in keys)
            raise TextError("key", key=word, choices=known)
        if key in found:
            raise TextError("key_twice", key=word)
        try:
            found[key] = read(keys[key].shape, text, names)
        except TextError as mistake:
            raise mistake.under(word) from mistake
    return found


def complete(model: type[BaseModel], found: dict[str, Any]) -> dict[str, Any]:
    """A part with what may be left blank though the model wants it."""
    blank = {key.name: "" for key in keys_of(model).values() if key.required and key.name in BLANK_MEANS_EMPTY}
    return blank | found
