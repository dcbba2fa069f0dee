"""The keys of a scheme's entry that is written as a formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from calc.formula.evaluate import Evaluation
from calc.formula.parser import parse
from calc.formula.tree import Aggregate, Node, aggregates, names
from calc.formula.words import AGGREGATES, CALLS, SHOWN
from calc.methods.base import Amount, Frame, Identifier, Strict, Within, show

__all__ = ["Written"]

_WORD = re.compile(r"(?:(?:measure|indicator|event):)?[a-z_][a-z0-9_]*(?P<call>\s*\()?", re.IGNORECASE)
_WORDS = {**CALLS, **AGGREGATES, **{word: SHOWN[word] for word in ("and", "or", "not")}}
_SIGNS = str.maketrans("*/", "×÷")


def _parsed(text: str) -> str:
    parse(text)
    return text


class Written(Strict):
    """``formula`` in the language of docs/formula.md, and the values that it takes beside the columns."""

    formula: Annotated[str, AfterValidator(_parsed)]
    given: Mapping[Identifier, Amount | None] = Field(default_factory=dict)
    """Values by name; a setting that is left open is one that is not there, so that ``first(a, b)`` goes on to b."""

    @property
    def tree(self) -> Node:
        """The formula's tree."""
        return parse(self.formula)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the formula names."""
        return tuple(name for name in names(self.tree) if name not in self.given)

    @property
    def aggregates(self) -> tuple[Aggregate, ...]:
        """The aggregates that it uses."""
        return aggregates(self.tree)

    @property
    def groupings(self) -> tuple[Within, ...]:
        """Whom they are taken over."""
        return tuple(dict.fromkeys(aggregate.within for aggregate in self.aggregates))

    @property
    def written(self) -> str:
        """The formula as written, on one line."""
        return " ".join(self.formula.split())

    def told(self, label: Callable[[str], str]) -> str:
        """The formula in Chinese, with each column as ``label`` calls it and each given value as a number."""
        columns = self.columns

        def word(found: re.Match[str]) -> str:
            name = found[0].lower()
            if found["call"]:
                called = name.removesuffix(found["call"])
                return _WORDS.get(called, called) + "("
            value = self.given.get(name)
            return show(value) if value is not None else label(name) if name in columns else _WORDS.get(name, name)

        return _WORD.sub(word, self.written).translate(_SIGNS)

    def evaluation(self, frame: Frame, row: int | None = None, *, waits: bool = False) -> Evaluation:
        """What the formula is reckoned from."""
        return Evaluation(frame, self.given, row, waits)
