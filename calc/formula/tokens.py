"""The words and signs of a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from calc.formula.mistake import Span, mistake

__all__ = ["Token", "tokens"]

_FULL_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)}
_ALIKE = dict(zip(map(ord, "　、×÷−–≦≧"), " ,*/--≤≥", strict=True))
_LOWER = {n: n + 32 for n in range(ord("A"), ord("Z") + 1)}
_PLAIN = str.maketrans(_ALIKE) | {wide: _LOWER.get(plain, plain) for wide, plain in _FULL_WIDTH.items()} | _LOWER
"""One character for one, so that places in the text stay what they are."""
_SAME = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">="}
_PATTERN = re.compile(
    r"""(?P<space>\s+)
    |(?P<number>\d+(?:\.\d+)?%?)
    |(?P<name>(?:(?:measure|indicator|event):)?[a-z_][a-z0-9_]*)
    |(?P<sign><=|>=|==|!=|<>|[-+*/^(),<>=≤≥≠])""",
    re.VERBOSE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a name, a sign (one way to write each), or the end; ``at`` is its place in the text."""

    kind: Literal["number", "name", "sign", "end"]
    text: str
    at: Span


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a formula in order, the end last. Chinese and full-width signs are read as the plain ones.

    Raises FormulaError for a sign that formulas do not have.
    """
    plain, place = text.translate(_PLAIN), 0
    while place < len(plain):
        found = _PATTERN.match(plain, place)
        if found is None:
            at = Span(place, place + 1)
            raise mistake(text, at, "percent") if plain[place] == "%" else mistake(text, at, "sign", sign=text[place])
        if found.lastgroup != "space":
            word = found.group()
            yield Token(found.lastgroup, _SAME.get(word, word), Span(place, found.end()))  # type: ignore[arg-type]
        place = found.end()
    yield Token("end", "", Span(len(text), len(text)))
