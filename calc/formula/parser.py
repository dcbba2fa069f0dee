"""From a formula's text to its tree, by recursive descent.

    expression  = conjunction ("or" conjunction)*
    conjunction = negation ("and" negation)*
    negation    = "not"* comparison
    comparison  = sum (("<" | "<=" | ">" | ">=" | "=" | "!=") sum)*
    sum         = ("+" | "-")? product (("+" | "-") product)*
    product     = factor (("*" | "/") factor)*
    factor      = ("+" | "-")? operand ("^" ("+" | "-")? operand)?
    operand     = number | name | name "(" arguments ")" | "(" expression ")"

What people read in two ways (``-x^2``, ``a^b^c``) is a mistake that asks for parentheses.
"""

from __future__ import annotations

from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, get_args

from calc.formula.mistake import FormulaError, Span, mistake
from calc.formula.tokens import Token, tokens
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
    Ties,
)
from calc.formula.words import ARGUMENTS, FORMS, MODES

__all__ = ["FUNCTIONS", "MOST_DEPTH", "MOST_LENGTH", "parse"]

MOST_LENGTH = 2000
MOST_DEPTH = 50
MOST_DIGITS = 30

_CALLS = {"min": (2, None), "max": (2, None), "first": (2, None), "clamp": (3, 3)} | dict.fromkeys(
    ("abs", "floor", "ceil", "sqrt", "ln", "missing"), (1, 1)
)
"""Of each function of one row's values the least and the greatest number of arguments."""
_AGGREGATES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("mean", "median", "sum", "count"), ()),
    "stdev": ("population", "sample"),
    **dict.fromkeys(("best", "worst", "rank"), ("highest", "lowest")),
}
"""Of each aggregate the words of which one must be chosen."""
FUNCTIONS = ("if", "round", *_CALLS, *_AGGREGATES)
_RESERVED = {"and", "or", "not", "if"}
_SAME_WAY = ({"<", "<="}, {">", ">="}, {"="})


@lru_cache(maxsize=1024)
def parse(text: str) -> Node:
    """The tree of a formula. Raises FormulaError, which says what is wrong and where."""
    if len(text) > MOST_LENGTH:
        raise mistake(text, Span(MOST_LENGTH, MOST_LENGTH + 1), "length", n=len(text), most=MOST_LENGTH)
    parser = _Parser(text)
    tree = parser.expression()
    parser.expect("", "end", "rest")
    return tree


class _Parser:
    """The tokens of one formula and how far they have been read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tuple(tokens(text))
        self.next = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.next]

    def error(self, at: Span, message: str, **values: object) -> FormulaError:
        return mistake(self.text, at, message, **values)

    def take(self, *wanted: str) -> Token | None:
        """The next token, if it is one of these signs or words."""
        token = self.token
        if token.kind not in {"sign", "name"} or token.text not in wanted:
            return None
        self.next += 1
        return token

    def expect(self, wanted: str, kind: str, key: str) -> Token:
        token = self.token
        if token.kind != kind or (wanted and token.text != wanted):
            raise self.error(token.at, key)
        self.next += kind != "end"
        return token

    def span(self, start: int) -> Span:
        """From ``start`` to the end of what has been read."""
        return Span(start, self.tokens[self.next - 1].at.end)

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise self.error(self.token.at, "depth", most=MOST_DEPTH)
        start = self.token.at.start
        parts = [self.conjunction()]
        while self.take("or"):
            parts.append(self.conjunction())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Join(self.span(start), "or", tuple(parts))

    def conjunction(self) -> Node:
        start = self.token.at.start
        parts = [self.negation()]
        while self.take("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else Join(self.span(start), "and", tuple(parts))

    def negation(self) -> Node:
        start, negative = self.token.at.start, False
        while self.take("not"):
            negative = not negative
        comparison = self.comparison()
        return Not(self.span(start), comparison) if negative else comparison

    def comparison(self) -> Node:
        start = self.token.at.start
        sides, ops = [self.sum()], []
        while op := self.take("<", "<=", ">", ">=", "=", "!="):
            ops.append(op.text)
            if len(ops) > 1 and not any(set(ops) <= way for way in _SAME_WAY):
                raise self.error(op.at, "chain")
            sides.append(self.sum())
        links = [
            Compare(Span(left.at.start, right.at.end), left, op, right)  # type: ignore[arg-type]
            for left, op, right in zip(sides, ops, sides[1:], strict=False)
        ]
        if len(links) > 1:
            return Join(self.span(start), "and", tuple(links))
        return links[0] if links else sides[0]

    def sum(self) -> Node:
        start = self.token.at.start
        terms: list[tuple[Any, Node]] = [("+", self.product())]
        while sign := self.take("+", "-"):
            terms.append((sign.text, self.product()))
        return terms[0][1] if len(terms) == 1 else Sum(self.span(start), tuple(terms))

    def product(self) -> Node:
        start = self.token.at.start
        factors: list[tuple[Any, Node]] = [("*", self.factor())]
        while sign := self.take("*", "/"):
            factors.append((sign.text, self.factor()))
        return factors[0][1] if len(factors) == 1 else Product(self.span(start), tuple(factors))

    def factor(self) -> Node:
        start = self.token.at.start
        sign = self.take("+", "-")
        negative = sign is not None and sign.text == "-"
        base = self.operand()
        if power := self.take("^"):
            if negative:
                raise self.error(power.at, "power_sign")
            base = Power(self.span(start), base, self.exponent())
        return Minus(self.span(start), base) if negative else base

    def exponent(self) -> Node:
        start = self.token.at.start
        sign = self.take("+", "-")
        exponent = self.operand()
        if self.token.text == "^":
            raise self.error(self.token.at, "power_chain")
        return Minus(self.span(start), exponent) if sign and sign.text == "-" else exponent

    def operand(self) -> Node:
        token = self.token
        if token.kind == "number":
            self.next += 1
            return Number(token.at, self.number(token), token.text)
        if token.kind == "name":
            self.next += 1
            return self.named(token)
        self.expect("(", "sign", "operand")
        inner = self.expression()
        self.close()
        return inner

    def number(self, token: Token) -> Decimal:
        digits = token.text.removesuffix("%")
        if len(digits) > MOST_DIGITS:
            raise self.error(token.at, "number", most=MOST_DIGITS)
        return Decimal(digits).scaleb(-2) if token.text.endswith("%") else Decimal(digits)

    def close(self) -> None:
        self.expect(")", "sign", "closing" if self.token.kind == "end" else "rest")

    def named(self, token: Token) -> Node:
        """What a name begins: a function where a parenthesis follows, else it is a column."""
        name = token.text
        if self.token.text != "(":
            if name in _RESERVED:
                raise self.error(token.at, "bare_function" if name == "if" else "operand", name=name)
            return Name(token.at, name)
        if name not in FUNCTIONS:
            alike = get_close_matches(name, FUNCTIONS, 1)
            key = "function_alike" if alike else "function"
            raise self.error(token.at, key, name=name, alike="".join(alike), known="、".join(FUNCTIONS))
        self.next += 1
        return self.aggregate(token) if name in _AGGREGATES else self.function(token)

    def function(self, token: Token) -> Node:
        if token.text == "round":
            return self.round(token)
        arguments = [self.expression()]
        while self.take(","):
            arguments.append(self.expression())
        self.close()
        at = self.span(token.at.start)
        if token.text == "if":
            if len(arguments) < 3 or len(arguments) % 2 == 0:
                raise self.error(token.at, "if_pairs")
            return If(at, tuple(zip(arguments[:-1:2], arguments[1::2], strict=True)), arguments[-1])
        low, high = _CALLS[token.text]
        if len(arguments) < low or (high is not None and len(arguments) > high):
            wanted = ARGUMENTS["exactly" if low == high else "at_least"].format(low=low)
            raise self.error(token.at, "arguments", name=token.text, wanted=wanted, n=len(arguments))
        if token.text == "clamp":
            self.limits(*arguments[1:])
        return Call(at, token.text, tuple(arguments))  # type: ignore[arg-type]

    def limits(self, low: Node, high: Node) -> None:
        """Two plain numbers as limits must be in order."""
        if isinstance(low, Number) and isinstance(high, Number) and low.value > high.value:
            raise self.error(low.at, "clamp", low=low.text, high=high.text)

    def round(self, token: Token) -> Node:
        modes = "、".join(f"{mode}（{label}）" for mode, label in MODES.items())
        of = self.expression()
        if not self.take(","):
            raise self.error(token.at, "round", modes=modes)
        sign = self.take("-")
        found = self.expect("", "number", "round_digits")
        if not found.text.isdigit() or not -6 <= (digits := int(found.text) * (-1 if sign else 1)) <= 9:
            raise self.error(found.at, "round_digits")
        if not self.take(","):
            raise self.error(token.at, "round", modes=modes)
        mode = self.take(*MODES)
        if mode is None:
            raise self.error(self.token.at, "round_mode", modes=modes)
        self.close()
        return Round(self.span(token.at.start), of, digits, mode.text)  # type: ignore[arg-type]

    def aggregate(self, token: Token) -> Node:
        """An aggregate: what it is of, the word to choose, then ``by=``, ``where=``, ``ties=`` in any order."""
        name, words = token.text, _AGGREGATES[token.text]
        of, choice = None, ""
        keys: dict[str, Any] = {}
        first = True
        while first or self.take(","):
            if key := self.key(name, first):
                self.keyed(key, keys)
            elif first:
                of = self.expression()
            elif not choice and (word := self.take(*words)):
                choice = word.text
            else:
                raise self.misused(self.token.at, name, choice)
            first = False
        self.close()
        if (of is None and "where" not in keys) or (words and not choice):
            raise self.misused(token.at, name, choice)
        within, within_at = keys.get("by", ("pool", token.at))
        return Aggregate(
            at=self.span(token.at.start),
            function=name,  # type: ignore[arg-type]
            of=of,
            choice=choice,  # type: ignore[arg-type]
            within=within,
            within_at=within_at,
            where=keys.get("where"),
            ties=keys.get("ties", "competition"),
        )

    def key(self, name: str, first: bool) -> Token | None:
        """The token that begins ``by=`` or the like; as the first argument only ``count`` may have one."""
        token = self.token
        if token.kind != "name" or self.tokens[self.next + 1].text != "=":
            return None
        known = ("by", "where", "ties") if name == "rank" else ("by", "where")
        if token.text not in known:
            if first:
                return None
            raise self.error(token.at, "key", name=name, key=token.text, known="、".join(f"{key}=" for key in known))
        if first and name != "count":
            raise self.misused(token.at, name, choice="")
        return token

    def keyed(self, key: Token, keys: dict[str, Any]) -> None:
        if key.text in keys:
            raise self.error(key.at, "key_twice", key=key.text)
        self.next += 2
        if key.text == "where":
            keys["where"] = self.expression()
            return
        value = self.token
        if value.kind != "name" or (key.text == "ties" and value.text not in get_args(Ties)):
            raise self.error(value.at, key.text)
        self.next += 1
        keys[key.text] = (value.text, value.at) if key.text == "by" else value.text

    def misused(self, at: Span, name: str, choice: str) -> FormulaError:
        """The error of an aggregate that lacks the word to choose, or has what it cannot have."""
        if _AGGREGATES[name] and not choice:
            return self.error(at, "choice_stdev" if name == "stdev" else "choice_order", name=name)
        return self.error(at, "aggregate", name=name, form=FORMS.get(name, FORMS[""]).format(name=name))
