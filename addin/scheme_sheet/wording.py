"""What the model says of a scheme file, in the words of sheet 方案: 空白时：可以空白 for ``missing = "none"``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from addin.scheme_sheet.references import Names
from addin.scheme_sheet.shapes import Either, Part, Reference, RuleText, Shape, Variants, Words, keys_of, model_of
from addin.scheme_sheet.words import CHOICES, KEYS, MESSAGES, NO, RULE_ROUNDING, YES, key_word
from calc.scheme import Scheme

__all__ = ["in_words"]

_ABSENT = "缺少这个键"
_PAIR = re.compile(r'([a-z_]+) ?= ?(?:"([^"]*)"|(true|false)|(-?[0-9.]*[0-9]))')
_WORD = re.compile(r"(?<![A-Za-z0-9_.\-/\u201c])[a-z][a-z0-9_]*(?![A-Za-z0-9_/\-])")
_FLAGS = {"true": YES, "false": NO}


def in_words(message: str, path: tuple[str | int, ...], content: Mapping[str, Any], names: Names) -> str:
    """A message of the model about the key at ``path``, with the sheet's words for keys, choices and ids."""
    model, key, shape = _key_at(path, content)
    label = key_word(model, key) if key else ""
    if message.startswith(_ABSENT):
        rest = message.removeprefix(_ABSENT)
        return MESSAGES["missing"].format(label=label) + _translated(rest, model, shape, names)
    said = _translated(message, model, shape, names)
    return f"“{label}”：{said}" if label else said


def _translated(message: str, model: str, shape: Shape | None, names: Names) -> str:
    def pair(found: re.Match[str]) -> str:
        key, choice = found[1], found[2] or _FLAGS.get(found[3] or "", "") or found[4] or ""
        return f"“{_key(model, key)}：{_choice(key, choice)}”"

    def word(found: re.Match[str]) -> str:
        choices = _choices(shape)
        return choices.get(found[0]) or _label(found[0], names) or _key(model, found[0])

    return _WORD.sub(word, _PAIR.sub(pair, message))


def _key(model: str, key: str) -> str:
    return KEYS.get(f"{model}.{key}") or KEYS.get(key) or _anywhere(KEYS, key) or key


def _choice(key: str, choice: str) -> str:
    tables = (table for name, table in CHOICES.items() if name.rpartition(".")[2] == key and choice in table)
    return next((table[choice] for table in tables), choice)


def _anywhere(table: Mapping[str, str], key: str) -> str:
    return next((word for name, word in table.items() if name.rpartition(".")[2] == key), "")


def _choices(shape: Shape | None) -> Mapping[str, str]:
    if isinstance(shape, Words | Variants):
        return shape.words
    if isinstance(shape, Reference):
        return shape.special
    if isinstance(shape, RuleText):
        return RULE_ROUNDING
    if isinstance(shape, Either):
        return {value: word for each in shape.of for value, word in _choices(each).items()}
    return {}


def _label(name: str, names: Names) -> str:
    return next((label for entries in names.lists.values() for i, label in entries if i == name and label), "")


def _key_at(path: tuple[str | int, ...], content: Mapping[str, Any]) -> tuple[str, str, Shape | None]:
    """The model, name and shape of the key that a path leads to; empty where it leads to none."""
    if not path or path[0] not in keys_of(Scheme):
        return "Scheme", "", None
    key = keys_of(Scheme)[str(path[0])]
    found, here, shape = ("Scheme", key.name, key.shape), content.get(key.name), key.shape
    for step in path[1:]:
        if isinstance(step, int):
            shape = getattr(shape, "of", shape)
            here = here[step] if isinstance(here, list) and step < len(here) else None
            found = (found[0], "", shape)
            continue
        part = shape if isinstance(shape, Part | Variants) else None
        part = part or next((s for s in getattr(shape, "of", ()) if isinstance(s, Part | Variants)), None)
        model = None if part is None else model_of(part, here if isinstance(here, Mapping) else {})
        if model is None or step not in keys_of(model):
            return found
        shape = keys_of(model)[step].shape
        here = here.get(step) if isinstance(here, Mapping) else None
        found = (model.__name__, step, shape)
    return found
