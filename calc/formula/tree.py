"""A formula as a tree of immutable nodes. Nodes are equal where they say the same, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Literal

from calc.formula.mistake import Span
from calc.number import RoundingMode

__all__ = ["Aggregate", "Call", "Compare", "If", "Join", "Minus", "Name", "Node", "Not", "Number", "Power", "Product",
           "Round", "Sum", "Ties", "aggregates", "names"]  # fmt: skip

Ties = Literal["competition", "mean", "dense"]


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a formula."""

    at: Span = field(compare=False, repr=False)

    def parts(self) -> Iterator[Node]:
        """The nodes that it is made of."""
        for entry in fields(self):
            yield from _nodes(getattr(self, entry.name))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from _nodes(inner)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number, and how it is written: 10% is 0.1."""

    value: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A column, or a value that is given beside the formula."""

    id: str


@dataclass(frozen=True, slots=True)
class Minus(Node):
    """The negative of a number."""

    of: Node


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """Terms with their signs, from left to right."""

    terms: tuple[tuple[Literal["+", "-"], Node], ...]


@dataclass(frozen=True, slots=True)
class Product(Node):
    """Factors and divisors, from left to right."""

    factors: tuple[tuple[Literal["*", "/"], Node], ...]


@dataclass(frozen=True, slots=True)
class Power(Node):
    """A power."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """A comparison of two numbers."""

    left: Node
    op: Literal["<", "<=", ">", ">=", "=", "!="]
    right: Node


@dataclass(frozen=True, slots=True)
class Join(Node):
    """Conditions of which all or one must hold."""

    op: Literal["and", "or"]
    conditions: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The opposite of a condition."""

    of: Node


@dataclass(frozen=True, slots=True)
class If(Node):
    """The value of the first condition that holds, else ``otherwise``."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Round(Node):
    """A number rounded to ``digits`` decimals."""

    of: Node
    digits: int
    mode: RoundingMode


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of one row's values."""

    function: Literal["min", "max", "abs", "floor", "ceil", "sqrt", "ln", "clamp", "first", "missing"]
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Aggregate(Node):
    """A figure over the rows of a group that meet a condition."""

    function: Literal["mean", "median", "sum", "count", "stdev", "best", "worst", "rank"]
    of: Node | None
    """None where ``count`` counts rows."""
    choice: Literal["", "population", "sample", "highest", "lowest"]
    within: str
    within_at: Span = field(compare=False, repr=False)
    where: Node | None
    ties: Ties


def _all(tree: Node) -> Iterator[Node]:
    yield tree
    for part in tree.parts():
        yield from _all(part)


def names(tree: Node) -> tuple[str, ...]:
    """The names that a formula mentions, each once, in order."""
    return tuple(dict.fromkeys(node.id for node in _all(tree) if isinstance(node, Name)))


def aggregates(tree: Node) -> tuple[Aggregate, ...]:
    """The aggregates of a formula, in order."""
    return tuple(node for node in _all(tree) if isinstance(node, Aggregate))
