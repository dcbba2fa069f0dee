"""The keys of a scheme file's tables, read off the model: name, type, default, choices, tables within."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from calc.fields import OpenChoice, Strict, must_be_written

__all__ = ["Key", "Table", "keys_of", "kind_of", "name_of", "parts_of"]

Table = type[Strict]

_NUMBER, _WHOLE, _TEXT, _DAY = "数", "整数", "文字", "日期"
_WORDS: Mapping[object, str] = {Decimal: _NUMBER, int: _WHOLE, str: _TEXT, dt.date: _DAY, bool: "true、false"}


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table."""

    name: str
    type: str
    """In Chinese."""
    required: bool
    default: str
    """As written in a scheme file; empty for none."""
    choices: Mapping[str, str]
    """The words that it takes, each with its meaning, empty where the model has none."""
    other: str
    """What else may stand there, in Chinese, where the model says so."""
    parts: tuple[Table, ...]
    """The tables that it holds."""


def name_of(table: Table) -> str:
    """What the texts call a table: its module and its class, ``bands.Band``."""
    return f"{table.__module__.rpartition('.')[2]}.{table.__name__}"


def kind_of(table: Table, key: str) -> str:
    """The word by which ``key`` picks the table: ``bands`` for the method ``bands``; empty where it picks none."""
    field = table.model_fields.get(key)
    words = () if field is None else get_args(field.annotation)
    return str(words[0]) if len(words) == 1 and isinstance(words[0], str) else ""


def keys_of(table: Table) -> Iterator[Key]:
    """The keys in the order in which the model states them."""
    for name, field in table.model_fields.items():
        whole = _whole(field)
        asked = next(iter(_asked(whole)), None)
        required = must_be_written(field)
        words = dict.fromkeys(_choices(whole), "")
        yield Key(
            name=field.alias or name,
            type=_type(whole),
            required=required,
            default="" if required else _written(field.get_default(call_default_factory=True)),
            choices=words if asked is None else {**words, **asked.meanings},
            other="" if asked is None else asked.other,
            parts=tuple(dict.fromkeys(_tables(whole))),
        )


def parts_of(table: Table) -> tuple[Table, ...]:
    """The tables that stand within a table, as its keys name them."""
    return tuple(dict.fromkeys(part for key in keys_of(table) for part in key.parts))


def _whole(field: FieldInfo) -> Any:
    """The annotation with what pydantic has taken off it."""
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


def _inner(annotation: Any) -> tuple[Any, ...]:
    """What an annotation is made of, without the values of a Literal."""
    return () if get_origin(annotation) is Literal else get_args(annotation)


def _asked(annotation: Any) -> Iterator[OpenChoice]:
    if get_origin(annotation) is Annotated:
        checks = (getattr(part, "func", None) for part in annotation.__metadata__)
        yield from (check for check in checks if isinstance(check, OpenChoice))
    for part in _inner(annotation):
        yield from _asked(part)


def _choices(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from map(str, get_args(annotation))
    for part in _inner(annotation):
        yield from _choices(part)


def _tables(annotation: Any) -> Iterator[Table]:
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        yield annotation
    for part in _inner(annotation):
        yield from _tables(part)


def _type(annotation: Any) -> str:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _type(get_args(annotation)[0])
    if origin is Literal:
        return "选项"
    if origin in {Union, types.UnionType}:
        parts = (_type(part) for part in get_args(annotation) if part is not type(None))
        return "或".join(dict.fromkeys(parts))
    if origin is tuple:
        inner = [part for part in get_args(annotation) if part is not Ellipsis]
        return f"{_type(inner[0])}的列表" if len(inner) == 1 else f"[{'，'.join(map(_type, inner))}]"
    if origin is not None:
        return f"表（名称 = {_type(get_args(annotation)[1])}）"
    return _WORDS.get(annotation, "表")


def _written(value: object) -> str:
    """A default as a scheme file has it; empty for none, and for a table of defaults."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_written, value))}]" if value else ""
    if value is None or isinstance(value, Mapping | Strict):
        return ""
    return f'"{value}"' if isinstance(value, str) and value else str(value)
