"""A mistake in a formula: what is wrong, and where in the text."""

from __future__ import annotations

from typing import NamedTuple

from calc.formula.words import MISTAKES

__all__ = ["FormulaError", "Span", "mistake"]

_CONTEXT = 12


class Span(NamedTuple):
    """A part of a formula's text."""

    start: int
    end: int


class FormulaError(ValueError):
    """A formula that cannot be used; ``str()`` of it says why and where, in Chinese."""

    def __init__(self, text: str, at: Span, message: str) -> None:
        self.at = at
        place = MISTAKES["place"].format(n=at.start + 1, message=message, excerpt=_excerpt(text, at))
        super().__init__(place)


def mistake(text: str, at: Span, message: str, **values: object) -> FormulaError:
    """The error for a message of the table."""
    return FormulaError(text, at, MISTAKES[message].format(**values))


def _excerpt(text: str, at: Span) -> str:
    """What stands around the place, the place itself in 【】."""
    start, end = max(at.start - _CONTEXT, 0), at.end + _CONTEXT
    marked = text[at.start : at.end].strip() or MISTAKES["here"]
    excerpt = f"{text[start : at.start]}【{marked}】{text[at.end : end]}"
    return f"{'…' if start else ''}{' '.join(excerpt.split())}{'…' if end < len(text) else ''}"
