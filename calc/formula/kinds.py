"""Checking a tree against the columns that there are: numbers where numbers are meant, conditions where conditions."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Literal

from calc.formula.mistake import mistake
from calc.formula.tree import Aggregate, Call, Compare, If, Join, Name, Node, Not

__all__ = ["Kind", "check"]

Kind = Literal["number", "yes_no", "text", "date", "many"]
"""What a name stands for; ``many``: a measure with several columns. Numbers and yes/no are never one another."""


def check(text: str, tree: Node, columns: Mapping[str, Kind], wanted: Kind) -> None:
    """Raise FormulaError where a name is no column, or a part is not of the kind that its place needs.

    ``tree`` is of ``text``; ``columns`` has every name that may be used, those given beside the formula among them.
    """
    _Check(text, columns).need(tree, wanted)


class _Check:
    def __init__(self, text: str, columns: Mapping[str, Kind]) -> None:
        self.text = text
        self.columns = columns

    def need(self, node: Node, wanted: Kind) -> None:
        if self.kind(node) != wanted:
            raise mistake(self.text, node.at, f"need_{wanted}")

    def kind(self, node: Node) -> Kind:
        """The kind of a part, its own parts checked."""
        match node:
            case Name():
                return self.name(node)
            case If():
                return self.branches(node)
            case Aggregate():
                self.aggregate(node)
                return "number"
            case Call(function="missing", arguments=(of,)):
                self.kind(of)
                return "yes_no"
            case Join() | Not():
                for part in node.parts():
                    self.need(part, "yes_no")
                return "yes_no"
        for part in node.parts():
            self.need(part, "number")
        return "yes_no" if isinstance(node, Compare) else "number"

    def name(self, node: Name) -> Kind:
        kind = self.columns.get(node.id)
        if kind is None:
            alike = get_close_matches(node.id, self.columns, 1)
            key = "unknown_alike" if alike else "unknown"
            raise mistake(self.text, node.at, key, name=node.id, alike="".join(alike))
        if kind not in {"number", "yes_no"}:
            raise mistake(self.text, node.at, kind, name=node.id)
        return kind

    def branches(self, node: If) -> Kind:
        kinds = []
        for condition, value in node.branches:
            self.need(condition, "yes_no")
            kinds.append(self.kind(value))
        if {*kinds, self.kind(node.otherwise)} != {kinds[0]}:
            raise mistake(self.text, node.at, "branches")
        return kinds[0]

    def aggregate(self, node: Aggregate) -> None:
        if node.of is not None and node.function == "count":
            self.kind(node.of)
        elif node.of is not None:
            self.need(node.of, "number")
        if node.where is not None:
            self.need(node.where, "yes_no")
        if node.within not in {"pool", "all"} and self.columns.get(node.within) != "text":
            raise mistake(self.text, node.within_at, "by")
