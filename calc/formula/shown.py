"""A formula with the values of one row filled in, for the trace."""

from __future__ import annotations

from dataclasses import dataclass

from calc.formula.evaluate import Evaluation
from calc.formula.tree import (
    Aggregate,
    Call,
    Compare,
    If,
    Join,
    Minus,
    Name,
    Node,
    Not,
    Number,
    Power,
    Product,
    Round,
    Sum,
)
from calc.formula.words import AGGREGATES, CALLS, MODES, SHOWN, WITHIN
from calc.methods.base import Column, State, show

__all__ = ["filled"]

_SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷", "<": "＜", ">": "＞", "<=": "≤", ">=": "≥", "!=": "≠", "=": "＝"}
_ABSENT = {State.UNDEFINED: "undefined", State.PENDING: "pending", State.BAD: "bad"}
_SIMPLE = (Number, Name, Aggregate, Call, Round)


def filled(tree: Node, of: Evaluation, *, condition: bool = False) -> str:
    """The formula in Chinese signs with what each name and each aggregate is for the row of ``of``.

    Of an ``if`` the conditions up to the one that holds are shown, and the branch that is taken.
    """
    return _Shown(of).truth(tree) if condition else _Shown(of).text(tree)


@dataclass(frozen=True, slots=True)
class _Shown:
    of: Evaluation

    def text(self, node: Node) -> str:
        match node:
            case Number(text=text):
                return text
            case Name():
                return self.name(node)
            case Minus(of=of):
                return f"－{self.operand(of)}"
            case Sum(terms=((_, first), *rest)):
                return self.text(first) + "".join(f" {_SIGNS[op]} {self.operand(term, Product)}" for op, term in rest)
            case Product(factors=((_, first), *rest)):
                return self.operand(first) + "".join(f" {_SIGNS[op]} {self.operand(part)}" for op, part in rest)
            case Power(base=base, exponent=exponent):
                return f"{self.operand(base)}^{self.operand(exponent)}"
            case Compare(left=left, op=op, right=right):
                return f"{self.text(left)} {_SIGNS.get(op, op)} {self.text(right)}"
            case Join(op=op, conditions=conditions):
                return f" {SHOWN[op]} ".join(self.condition(part) for part in conditions)
            case Not(of=of):
                return f"{SHOWN['not']}（{self.truth(of)}）"
            case If():
                return self.taken(node)
            case Round(of=of, digits=digits, mode=mode):
                return f"{MODES[mode]}（{self.text(of)}，{SHOWN['digits'].format(digits=digits)}）"
            case Call(function=function, arguments=arguments):
                return f"{CALLS[function]}（{'，'.join(self.text(argument) for argument in arguments)}）"
            case Aggregate():
                return self.aggregate(node)
        raise TypeError(node)

    def operand(self, node: Node, *bare: type[Node]) -> str:
        """A part as an operand: in parentheses unless it is one thing, not negative, or of the types in ``bare``."""
        text = self.text(node)
        return text if isinstance(node, (*_SIMPLE, *bare)) and not text.startswith(("-", "－")) else f"（{text}）"

    def truth(self, node: Node) -> str:
        """A condition; a column by itself is one that says yes or no."""
        if not isinstance(node, Name):
            return self.text(node)
        column = self.of.truth(node)
        return _absent(column) or SHOWN["yes" if column.values[0] else "no"]

    def condition(self, node: Node) -> str:
        """A condition as part of another."""
        return f"（{self.text(node)}）" if isinstance(node, Join | If) else self.truth(node)

    def name(self, node: Name) -> str:
        tally = self.of.open_event(node.id)
        if tally is not None and tally.pending[0]:
            return SHOWN["event_open"].format(count=show(tally.count[0]), n=tally.pending[0])
        column = self.of.value(node)
        return _absent(column) or show(column.values[0])

    def taken(self, node: If) -> str:
        parts: list[str] = []
        for condition, value in node.branches:
            truth = self.of.truth(condition)
            if State(int(truth.state[0])) is not State.OK:
                return "；".join([*parts, SHOWN["stuck"].format(condition=self.condition(condition))])
            if truth.values[0]:
                taken = SHOWN["taken"].format(condition=self.condition(condition), value=self.operand(value, If))
                return "；".join([*parts, taken])
            parts.append(SHOWN["passed"].format(condition=self.condition(condition)))
        return "；".join([*parts, SHOWN["otherwise"].format(value=self.text(node.otherwise))])

    def aggregate(self, node: Aggregate) -> str:
        column = self.of.value(node)
        whom = WITHIN.get(node.within, WITHIN[""]) + (SHOWN["where"] if node.where is not None else "")
        return f"{whom}{AGGREGATES[node.function]} {_absent(column) or show(column.values[0])}"


def _absent(column: Column) -> str:
    """What is said of a value that is not there; empty where it is."""
    state = State(int(column.state[0]))
    return "" if state is State.OK else SHOWN[_ABSENT[state]]
