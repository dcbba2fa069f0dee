"""Values of a scheme as texts of sheet 方案; what :func:`write` writes, :func:`read` reads back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

from addin.scheme_sheet import shapes
from addin.scheme_sheet.reading_text import PAIRS, SETTINGS, TABLES, read, takes_text
from addin.scheme_sheet.references import Names
from addin.scheme_sheet.shapes import Shape, keys_of, model_of
from addin.scheme_sheet.signs import (
    COLON,
    ENTRIES,
    EQUALS,
    LIST,
    TextError,
    bracketed,
    quoted,
    stands,
    unquoted,
)
from addin.scheme_sheet.words import NO, RULE_ROUNDING, YES, key_word

__all__ = ["normal", "write", "write_table"]

_RULE_ROUNDING = re.compile(f"% ({'|'.join(RULE_ROUNDING)})")


def normal(shape: Shape, value: Any) -> Any:
    """A value as sheet 方案 has it, where a scheme file may be shorter: one contest, one drop without a list, a whole
    number for a rule. Both mean the same.
    """
    if _is_setting(value):
        cases = {answer: normal(shape, each) for answer, each in value.get("when", {}).items()}
        return {**value, "when": cases} if "when" in value else value
    if isinstance(shape, shapes.Many):
        listed = [value] if isinstance(value, str | Mapping) else value
        return [normal(shape.of, each) for each in listed] if isinstance(listed, list | tuple) else listed
    if isinstance(value, Mapping):
        if isinstance(shape, shapes.Either):
            return next((normal(each, value) for each in shape.of if isinstance(each, TABLES)), value)
        if isinstance(shape, shapes.Map):
            return {key: normal(shape.value, each) for key, each in value.items()}
        model = model_of(shape, value)
        keys = {} if model is None else keys_of(model)
        return {key: normal(keys[key].shape, each) if key in keys else each for key, each in value.items()}
    takes_number = isinstance(shape, shapes.Either) and shapes.Number() in shape.of
    return str(value) if type(value) is int and takes_text(shape) and not takes_number else value


def write(shape: Shape, value: Any, names: Names, *, cell: bool = False, cuts: str = "") -> str:
    """A value in words. ``cell``: it has a cell of its own, where a table needs no brackets; ``cuts``: the signs at
    which the text around it is cut up when it is read.
    """
    if _is_setting(value):
        return _setting(shape, value, names)
    value = normal(shape, value)
    plain = _written(shape, value, names, cell=cell)
    whole = plain is not None and (not isinstance(value, str) or cell or stands(plain, cuts))
    if plain is not None and whole and (isinstance(value, Mapping) or _reads(shape, plain, value, names, cell=cell)):
        return plain
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return "、".join(map(quoted, value)) or quoted("")
    if not isinstance(value, str):
        raise ValueError(f"no words for {value!r}")
    return quoted(value)


def _is_setting(value: Any) -> bool:
    return isinstance(value, Mapping) and "setting" in value and set(value) <= {"setting", "when"}


def _setting(shape: Shape, value: Mapping[str, Any], names: Names) -> str:
    """A reference to a setting: 【名称】, or with what holds for each of its answers 【名称？甲：1；乙：2】."""
    setting = value["setting"]
    name = names.shown(setting, SETTINGS)
    if "when" not in value:
        return f"【{name}】"
    cases = (
        f"{names.answer_shown(setting, answer)}：{write(shape, each, names, cuts=ENTRIES)}"
        for answer, each in value["when"].items()
    )
    return f"【{name}？{'；'.join(cases)}】"


def _written(shape: Shape, value: Any, names: Names, *, cell: bool) -> str | None:
    """The plain text of a value; None where the shape is not the value's."""
    match shape:
        case shapes.Either():
            texts = (_written(each, value, names, cell=False) for each in shape.of)
            return next((t for t in texts if t is not None and _reads(shape, t, value, names, cell=cell)), None)
        case shapes.Words():
            return shape.words.get(value) if isinstance(value, str) else None
        case shapes.Flag():
            return (YES if value else NO) if isinstance(value, bool) else None
        case shapes.Number():
            return f"{value:f}" if isinstance(value, Decimal) else str(value) if type(value) is int else None
        case shapes.Day():
            return value.isoformat() if isinstance(value, dt.date) else None
        case shapes.Many():
            return _list(shape, value, names, cell=cell) if isinstance(value, list | tuple) else None
        case shapes.Pair():
            sides = zip((shape.left, shape.right), value, strict=True) if isinstance(value, list | tuple) else ()
            return "＝".join(write(side, each, names, cuts=EQUALS + LIST + ENTRIES) for side, each in sides)
        case shapes.Map() | shapes.Part() | shapes.Variants():
            if not isinstance(value, Mapping) or (isinstance(shape, shapes.Variants) and shape.tag not in value):
                return None
            return _pair(shape, value, names) or (bracketed if not cell else str)(write_table(shape, value, names))
    return _text(shape, value, names)


def _text(shape: Shape, value: Any, names: Names) -> str | None:
    if not isinstance(value, str):
        return None
    if isinstance(shape, shapes.Reference):
        return names.shown(value, shape)
    if isinstance(shape, shapes.RuleText):
        return _RULE_ROUNDING.sub(lambda found: f"% {RULE_ROUNDING[found[1]]}", value)
    return names.formula_shown(value) if isinstance(shape, shapes.FormulaText) else value


def _list(shape: shapes.Many, value: list[Any] | tuple[Any, ...], names: Names, *, cell: bool) -> str:
    if cell and isinstance(shape.of, shapes.Text):  # sentences: a line each
        return "\n".join(each if _is_line(each) else quoted(each) for each in value)
    return "、".join(write(shape.of, each, names, cuts=LIST + ENTRIES) for each in value)


def _is_line(text: str) -> bool:
    return text.strip() == text and "\n" not in text and unquoted(text) is None and bool(text)


def _pair(shape: Shape, value: Mapping[str, Any], names: Names) -> str:
    """A part as a pair, or by its first side where it has no second; empty where it is none."""
    keys = PAIRS.get(shape.model.__name__) if isinstance(shape, shapes.Part) else None
    if not isinstance(shape, shapes.Part) or keys is None:
        return ""
    cuts, known = EQUALS + LIST + ENTRIES, keys_of(shape.model)
    if set(value) != set(keys) and (set(value) != {keys[0]} or known[keys[1]].required):
        return ""
    return "＝".join(write(known[key].shape, value[key], names, cuts=cuts) for key in keys if key in value)


def write_table(shape: Shape, value: Mapping[str, Any], names: Names, leave: frozenset[str] = frozenset()) -> str:
    """The keys of a table with their values, without brackets and without the keys ``leave``."""
    if isinstance(shape, shapes.Map):
        pairs = [
            (write(shape.key, key, names, cuts=COLON + ENTRIES), write(shape.value, each, names, cuts=ENTRIES))
            for key, each in value.items()
        ]
    else:
        model = model_of(shape, value)
        assert model is not None
        keys, name = keys_of(model), model.__name__
        told = [key for key in value if key not in leave]
        pairs = [(key_word(name, key), write(keys[key].shape, value[key], names, cuts=ENTRIES)) for key in told]
    return "；".join(f"{key}：{text}" for key, text in pairs)


def _reads(shape: Shape, text: str, value: Any, names: Names, *, cell: bool) -> bool:
    with suppress(TextError):
        again = read(shape, text, names, cell=cell)
        return isinstance(again, str) == isinstance(value, str) and again == _plain(value)
    return False


def _plain(value: Any) -> Any:
    """Tuples as lists."""
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return {key: _plain(each) for key, each in value.items()} if isinstance(value, Mapping) else value
