"""The keys of a scheme's entry that is written as a formula."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from calc.formula.evaluate import Evaluation
from calc.formula.parser import parse
from calc.formula.tokens import tokens
from calc.formula.tree import Aggregate, Node, aggregates, names
from calc.methods.base import Amount, Frame, Identifier, Strict, Within

__all__ = ["Written"]


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

    def worded(self, labels: Mapping[str, str]) -> str:
        """The formula on one line with the labels of the columns that it names."""
        text, at = "", 0
        for token in tokens(self.formula):
            if token.kind == "name" and token.text in labels and token.text in self.columns:
                text += self.formula[at : token.at.start] + labels[token.text]
                at = token.at.end
        return " ".join((text + self.formula[at:]).split())

    def evaluation(self, frame: Frame, row: int | None = None, *, waits: bool = False) -> Evaluation:
        """What the formula is reckoned from."""
        return Evaluation(frame, self.given, row, waits)
