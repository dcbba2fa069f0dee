"""What looks wrong in a scheme that can be used all the same: a warning each, with the key's path."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from calc.scheme.award_doubts import award_doubts
from calc.scheme.graph import Fault
from calc.scheme.load import SchemeFile
from calc.scheme.model import Scheme
from calc.scheme.points_doubts import points_doubts

__all__ = ["doubts"]

_PROSE = frozenset({"title", "organisation", "source", "award", "version", "label", "unit", "clause", "note", "hint",
                    "aliases", "text", "closing", "fallback"})  # fmt: skip
"""Keys whose text is for people and names no column, unless it stands for a setting."""
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def doubts(file: SchemeFile) -> list[Fault]:
    """Everything about a scheme that its author should look at twice."""
    scheme = file.scheme
    return [*points_doubts(scheme), *award_doubts(scheme), *_unused(file), *_open(scheme)]


def _unused(file: SchemeFile) -> Iterator[Fault]:
    """What is declared and that nothing refers to."""
    scheme = file.scheme
    names: Counter[str] = Counter()
    for key, value in file.content.items():
        if key not in _PROSE or isinstance(value, dict):
            names.update(_names(value, own_id=key in {"setting", "measure", "event", "group", "indicator"}))
    said = {"setting": "设置项", "measure": "填报列", "event": "事项", "indicator": "指标"}
    for kind, word in said.items():
        for entry in getattr(scheme, kind):
            counts = kind == "indicator" and (entry.in_total or entry.id == scheme.total.of)
            tells = kind == "measure" and entry.kind == "text"  # says who somebody is
            if not counts and not tells and not names[entry.id]:
                yield Fault(f"{kind}({entry.id})", f"{word}“{entry.label}”没有用到")


def _names(value: Any, own_id: bool = False) -> Iterator[str]:
    """Every word that might be an id, but for the ids that the entries of a list give themselves."""
    if isinstance(value, str):
        yield from _NAME.findall(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if (key not in _PROSE or isinstance(inner, dict)) and not (own_id and key == "id"):
                yield from _NAME.findall(key)
                yield from _names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names(inner, own_id)


def _open(scheme: Scheme) -> Iterator[Fault]:
    """Choices that the document leaves open and that the file leaves open too."""
    for setting in scheme.setting:
        if setting.kind == "choice" and not setting.note:
            yield Fault(f"setting({setting.id}).note", f"“{setting.label}”没有说明为什么这样定")
        stated = setting.required or setting.fallback or setting.unless or setting.together
        if setting.kind == "number" and setting.default is None and not stated:
            yield Fault(f"setting({setting.id}).default", f"“{setting.label}”没有默认值，也没有说明不填时怎么办")
