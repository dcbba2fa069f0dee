"""What stands under each key of a scheme, derived from the model: a choice, a number, a reference, a list, a part."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator

from addin.scheme_sheet.words import KEYS, SPECIAL, choices_of, key_word
from calc.fields import must_be_written
from calc.methods.base import to_rounding
from calc.seats import Rule

__all__ = ["COLUMNS", "Day", "Either", "Flag", "FormulaText", "Key", "Many", "Map", "Number", "Pair", "Part",
           "Reference", "RuleText", "Shape", "Text", "Variants", "Words", "keys_of", "model_of"]  # fmt: skip


@dataclass(frozen=True)
class Words:
    """One of some choices, each with its word."""

    words: Mapping[str, str]
    """By value."""


@dataclass(frozen=True)
class Number:
    """A number."""


@dataclass(frozen=True)
class Flag:
    """Yes or no."""


@dataclass(frozen=True)
class Day:
    """A date."""


@dataclass(frozen=True)
class Text:
    """Words for people, or of a small language of their own."""


@dataclass(frozen=True)
class RuleText:
    """A rule for how many: 1, 10% 去尾, 5:1 9:2."""


@dataclass(frozen=True)
class FormulaText:
    """A formula, whose columns may be called by their labels."""


@dataclass(frozen=True)
class Reference:
    """The id of something that the scheme has: shown by its label."""

    lists: tuple[str, ...]
    """The lists in which it may stand, in the order in which a name is looked for."""
    special: Mapping[str, str]

    @property
    def of(self) -> str:
        """What bears the names: 填报列、评分指标、事项."""
        return "、".join(KEYS[name] for name in self.lists)


@dataclass(frozen=True)
class Many:
    """A list."""

    of: Shape


@dataclass(frozen=True)
class Pair:
    """Two values that belong together."""

    left: Shape
    right: Shape


@dataclass(frozen=True)
class Map:
    """Values under names of the author's."""

    key: Shape
    value: Shape


@dataclass(frozen=True)
class Part:
    """A table with the keys of a model."""

    model: type[BaseModel]


@dataclass(frozen=True)
class Variants:
    """One of several parts; the key ``tag`` says which."""

    tag: str
    models: Mapping[str, type[BaseModel]]

    @property
    def label(self) -> str:
        """What the tag is called."""
        return key_word(next(iter(self.models.values())).__name__, self.tag)

    @property
    def words(self) -> Mapping[str, str]:
        """The words of the tag, by value."""
        known = choices_of("", self.tag)
        return {value: known.get(value, value) for value in self.models}


@dataclass(frozen=True)
class Either:
    """One of several shapes."""

    of: tuple[Shape, ...]


Shape = (
    Words
    | Number
    | Flag
    | Day
    | Text
    | RuleText
    | FormulaText
    | Reference
    | Many
    | Pair
    | Map
    | Part
    | Variants
    | Either
)

COLUMNS = ("measure", "indicator", "event")
"""The lists whose entries are columns."""
_REFERENCES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("of", "times", "per", "index", "target", "value_cap", "previous", "plus"), COLUMNS),
    **dict.fromkeys(("pool", "only_with", "within", "theory", "skills", "family", "column", "distinct", "origin",
                     "Moves.day", "report", "on", "Nominated.by", "Nested.by", "Source.by"), ("measure",)),
    "event": ("event",),
    "panel": ("panel",),
    **dict.fromkeys(("item", "items"), ("item",)),
    "after": ("requirement",),
    "group": ("group",),
    **dict.fromkeys(("not_above", "HasGrade.at_least"), ("grade",)),
    **dict.fromkeys(("Reward.to", "without"), ("titles",)),
    "before": ("deadline",),
    **dict.fromkeys(("unless", "together"), ("setting",)),
    "Source.value": (),
    "Flaw.setting": ("setting",),
}  # fmt: skip
"""Texts that name something, by the lists in which it stands."""
_NAMES: Mapping[str, tuple[str, ...]] = {"each": ("event",), "ByGrade.table": ("grade",)}
"""Tables whose keys name something."""


@dataclass(frozen=True)
class Key:
    """A key of a model."""

    name: str
    shape: Shape
    required: bool
    default: Any


@lru_cache(maxsize=256)
def keys_of(model: type[BaseModel]) -> Mapping[str, Key]:
    """The keys of a model as a scheme file writes them, in order."""
    found = {}
    for name, info in model.model_fields.items():
        key = info.alias or name
        shape = _shape(info.annotation, model.__name__, key)
        if any(isinstance(entry, BeforeValidator) and entry.func is to_rounding for entry in info.metadata):
            shape = Either((Number(), shape))
        found[key] = Key(key, shape, must_be_written(info), info.default)
    return found


def model_of(shape: Shape, content: Mapping[str, Any]) -> type[BaseModel] | None:
    """The model of a part, which of several its tag may have to say; None where it says nothing known."""
    if isinstance(shape, Part):
        return shape.model
    tag = content.get(shape.tag) if isinstance(shape, Variants) else None
    return shape.models.get(tag) if isinstance(shape, Variants) and isinstance(tag, str) else None


def _shape(annotation: Any, model: str, key: str) -> Shape:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation == Rule:
        return RuleText()
    if origin is Annotated:
        return _shape(arguments[0], model, key)
    if origin is Literal:
        words = choices_of(model, key)
        return Words({value: words.get(value, value) for value in arguments})
    if origin in (Union, types.UnionType):
        return _either(arguments, model, key)
    if origin is tuple:
        of = [_shape(argument, model, key) for argument in arguments if argument is not ...]
        return Pair(*of) if len(of) == 2 else Many(of[0])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        names = _NAMES.get(f"{model}.{key}", _NAMES.get(key))
        return Map(Text() if names is None else Reference(names, {}), _shape(arguments[1], model, key))
    return _plain(annotation, model, key)


def _either(arguments: tuple[Any, ...], model: str, key: str) -> Shape:
    present = [argument for argument in arguments if argument is not type(None)]
    parts = [part for part in present if isinstance(part, type) and issubclass(part, BaseModel)]
    tag = next((name for name in ("method", "kind", "by") if parts and all(name in p.model_fields for p in parts)), "")
    if len(parts) == len(present) > 1 and tag:
        return Variants(tag, {get_args(part.model_fields[tag].annotation)[0]: part for part in parts})
    shapes = tuple(_shape(argument, model, key) for argument in present)
    return shapes[0] if len(shapes) == 1 else Either(shapes)


def _plain(annotation: Any, model: str, key: str) -> Shape:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Part(annotation)
    simple: dict[Any, Shape] = {bool: Flag(), int: Number(), Decimal: Number(), dt.date: Day()}
    if annotation in simple:
        return simple[annotation]
    if annotation is not str:
        raise TypeError(f"{model}.{key}: {annotation}")
    if key == "formula":
        return FormulaText()
    lists = _REFERENCES.get(f"{model}.{key}", _REFERENCES.get(key))
    return Text() if lists is None else Reference(lists, SPECIAL.get(f"{model}.{key}", SPECIAL.get(key, {})))
