"""The Chinese texts of the tables and keys of a scheme file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from addin.scheme_reference.keys import Key, Table, name_of

__all__ = ["TableTexts", "content", "texts_of"]

_FILE = Path(__file__).with_name("texts.toml")


@dataclass(frozen=True, slots=True)
class TableTexts:
    """What is said of one table."""

    title: str
    text: str
    formula: str
    own: frozenset[str]
    """The keys of which something is said here that is not said of others."""
    keys: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]

    def says(self, key: Key) -> str:
        """What a key is, and what its words mean. Raises KeyError for a key or a word that nothing is said of."""
        known = self.choices.get(key.name, {})
        words = [f"`{word}` {meaning or known[word]}" for word, meaning in key.choices.items()]
        words += [key.other] if key.other else []
        return self.keys[key.name] + ("：" + "；".join(words) if words else "")


def texts_of(table: Table) -> TableTexts:
    """The texts of a table, and of the table that it is a kind of. Raises KeyError for one that nothing is said of."""
    own = content()[name_of(table)]
    common: Mapping[str, Any] = next(
        (content()[name_of(base)] for base in table.__mro__[1:] if name_of(base) in content()), {}
    )
    return TableTexts(
        title=own["title"],
        text=own.get("text", ""),
        formula=own.get("formula", ""),
        own=frozenset(own.get("keys", {})),
        keys={**_shared()["keys"], **common.get("keys", {}), **own.get("keys", {})},
        choices={**_shared()["choices"], **common.get("choices", {}), **own.get("choices", {})},
    )


@cache
def content() -> Mapping[str, Any]:
    """The texts as they stand in their file: by module, class and kind of text."""
    return tomllib.loads(_FILE.read_text("utf-8"))


def _shared() -> Mapping[str, Any]:
    found: Mapping[str, Any] = content()["shared"]
    return found
