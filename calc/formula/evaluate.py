"""Reckoning a formula, for all rows at once or for one of them.

Every part has values and, beside them, the state of each (:class:`State`). What is there decides where it can: of an
``if`` only the branch that is taken matters, an ``and`` is no as soon as one of its conditions is. Otherwise the
gravest state passes on. Division by zero, an undefined power and a number beyond all measure
(:mod:`calc.exact`) give a value that there cannot be (:attr:`State.UNDEFINED`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce

import numpy as np

from calc import groups
from calc.exact import logarithm, power, short
from calc.formula import aggregates
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
from calc.methods.base import Column, Frame, State, Tally, ready
from calc.number import Array, Mask, RoundingMode, clamp, is_exact, missing, rounded

__all__ = ["Evaluation"]

_OPERATORS = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "=": np.equal,
    "!=": np.not_equal,
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_short = np.frompyfunc(short, 1, 1)
_power = np.frompyfunc(power, 2, 1)
_logarithm = np.frompyfunc(logarithm, 1, 1)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a formula is reckoned from: the columns of a contest, and the values given beside the formula."""

    frame: Frame
    given: Mapping[str, Decimal | None]
    row: int | None = None
    """One row, whose columns have length 1; aggregates are over all rows still. None: all rows."""
    waits: bool = False
    """True where a count of events is not known as long as a confirmation is open; else those open do not count."""

    def value(self, node: Node) -> Column:
        """The values of a part; of a comparison or what is made of them as truth values."""
        with np.errstate(all="ignore"):  # reckoning with NaN, which is what a missing value is, is meant
            return self._value(node)

    def _value(self, node: Node) -> Column:
        match node:
            case Number(value=value):
                return self._everywhere(value)
            case Name():
                return self._name(node.id)
            case Minus(of=of):
                column = self.value(of)
                return Column(-column.values, column.state)
            case Sum(terms=terms):
                return self._chain([(op, self.value(term)) for op, term in terms])
            case Product(factors=factors):
                return self._chain([(op, self.value(factor)) for op, factor in factors])
            case Power(base=base, exponent=exponent):
                return self._power(self.value(base), self.value(exponent))
            case Compare():
                return self._compare(node)
            case Join(op=op, conditions=conditions):
                return _joined([self.truth(part) for part in conditions], op == "or")
            case Not(of=of):
                truth = self.truth(of)
                return Column(~truth.values, truth.state)
            case If():
                return self._if(node)
            case Round(of=of, digits=digits, mode=mode):
                return self._rounded(self.value(of), digits, mode)
            case Call(function=function, arguments=arguments):
                return self._call(function, [self.value(argument) for argument in arguments])
            case Aggregate():
                return self._aggregate(node)
        raise TypeError(node)

    def truth(self, node: Node) -> Column:
        """The values of a condition as truth values; a yes/no column has 1 for yes."""
        column = self.value(node)
        return Column(np.asarray(column.values == 1, dtype=np.bool_), column.state)

    def open_event(self, name: str) -> Tally | None:
        """The events whose count a name means, where open confirmations make it unknown; else None."""
        kind, _, bare = name.rpartition(":")
        taken = not kind and (bare in self.given or bare in self.frame.measures or bare in self.frame.indicators)
        if not self.waits or taken or kind not in {"", "event"} or bare not in self.frame.events:
            return None
        tally, rows = self.frame.events[bare], self._rows
        return Tally(tally.count[rows], tally.points[rows], tally.pending[rows], tally.state[rows])

    @property
    def _rows(self) -> slice:
        return slice(None) if self.row is None else slice(self.row, self.row + 1)

    def _everywhere(self, value: Decimal | None) -> Column:
        """A number for every row; None: there is none."""
        size = self.frame.size if self.row is None else 1
        number = np.nan if value is None else self.frame.number(value)
        state = State.UNDEFINED if value is None else State.OK
        return Column(np.full(size, number, dtype=self.frame.arithmetic.dtype), np.full(size, state, dtype=np.int8))

    def _name(self, name: str) -> Column:
        if name in self.given:
            return self._everywhere(self.given[name])
        column = self.frame.column(name)
        values, state = column.values[self._rows], column.state[self._rows]
        tally = self.open_event(name)
        if tally is not None:
            unknown = (tally.pending > 0) & ready(state)
            values = np.where(unknown, np.nan, values)
            state = np.where(unknown, np.int8(State.PENDING), state)
        return Column(values, state)

    def _chain(self, parts: list[tuple[str, Column]]) -> Column:
        """Terms added and subtracted, or factors multiplied and divided, from left to right."""
        values = parts[0][1].values
        for op, part in parts[1:]:
            if op == "/":
                zero = part.values == 0
                values = np.where(zero, np.nan, values / np.where(zero, 1, part.values))
            elif op == "*":
                values = values * part.values
            else:
                values = values + part.values if op == "+" else values - part.values
            values = _kept(values)
        return _column(values, *(part for _, part in parts))

    def _power(self, base: Column, exponent: Column) -> Column:
        if is_exact(base.values):
            return _column(_power(base.values, exponent.values), base, exponent)
        values = np.power(base.values, exponent.values)
        return _column(np.where((base.values == 0) & (exponent.values <= 0), np.nan, values), base, exponent)

    def _logarithm(self, of: Column) -> Column:
        if is_exact(of.values):
            return _column(_logarithm(of.values), of)
        return _column(np.log(np.where(of.values > 0, of.values, np.nan)), of)

    def _rounded(self, of: Column, digits: int, mode: RoundingMode) -> Column:
        units, _ = rounded(of.values, digits, mode)
        return Column(units / self.frame.number(Decimal(10) ** digits), of.state)

    def _compare(self, node: Compare) -> Column:
        """A comparison; one with open events is decided where no outcome of theirs can change it."""
        left, right = self.value(node.left), self.value(node.right)
        truth = _OPERATORS[node.op](left.values, right.values)
        state = np.maximum(left.state, right.state)
        for side, other, op in ((node.left, right, node.op), (node.right, left, _MIRRORED[node.op])):
            tally = self.open_event(side.id) if isinstance(side, Name) else None
            if tally is not None:
                least = _OPERATORS[op](tally.count, other.values)
                more = {">": least, ">=": least, "<": ~least, "<=": ~least}.get(op, tally.count > other.values)
                decided = np.asarray(more, dtype=np.bool_) & ready(np.maximum(tally.state, other.state))
                truth = np.where(decided, least, truth)
                state = np.where(decided, np.int8(State.OK), state)
        return Column(np.asarray(truth, dtype=np.bool_), state)

    def _if(self, node: If) -> Column:
        """From the last branch to the first, each going before what follows it."""
        result = self.value(node.otherwise)
        for condition, branch in reversed(node.branches):
            truth, taken = self.truth(condition), self.value(branch)
            known = ready(truth.state)
            values = np.where(truth.values, taken.values, result.values)
            state = np.where(known, np.where(truth.values, taken.state, result.state), truth.state)
            result = Column(values if values.dtype == np.bool_ else np.where(known, values, np.nan), state)
        return result

    def _call(self, function: str, parts: list[Column]) -> Column:
        first = parts[0]
        match function:
            case "min" | "max":
                smaller_or_larger = np.minimum if function == "min" else np.maximum
                return _column(reduce(smaller_or_larger, [part.values for part in parts]), *parts)
            case "clamp":
                return _column(clamp(first.values, parts[1].values, parts[2].values), *parts)
            case "abs":
                return Column(np.abs(first.values), first.state)
            case "floor" | "ceil":
                return self._rounded(first, 0, "floor" if function == "floor" else "ceil")
            case "sqrt":
                return self._power(first, self._everywhere(Decimal("0.5")))
            case "ln":
                return self._logarithm(first)
            case "missing":
                absent = first.state == State.UNDEFINED
                return Column(absent, np.where(absent, np.int8(State.OK), first.state))
        return reduce(_or_else, parts)

    def _aggregate(self, node: Aggregate) -> Column:
        """Of all rows, reckoned once for each frame."""
        known, key = self.frame.known, ("formula", node, *sorted(self.given.items()))
        if key not in known:
            known[key] = replace(self, row=None, waits=False)._over_all(node)
        values = known[key][self._rows]
        absent = missing(values)
        state = np.where(absent, np.int8(State.UNDEFINED), np.int8(State.OK))
        if node.function == "rank" and node.of is not None:
            state = np.where(absent, np.maximum(state, self.value(node.of).state), state)
        return Column(values, state)

    def _over_all(self, node: Aggregate) -> Array:
        use = np.ones(self.frame.size, dtype=np.bool_)
        if node.where is not None:
            where = self.truth(node.where)
            use = where.values & ready(where.state)
        column = self._everywhere(Decimal(1)) if node.of is None else self.value(node.of)
        values, of = column.values, self.frame.groups(node.within)
        rated: Mask = use & self.frame.rated
        match node.function:
            case "mean":
                result = groups.mean(values, of, use)
            case "median":
                result = groups.median(values, of, use)
            case "sum":
                result = aggregates.total(values, of, use)
            case "count":
                ones = self._everywhere(Decimal(1)).values
                result = aggregates.count(ones, of, use & ready(column.state))
            case "stdev":
                spread = groups.sample_deviation if node.choice == "sample" else groups.population_deviation
                result = spread(values, of, use)
            case "rank":
                return aggregates.ranks(values, of, rated, node.choice == "lowest", node.ties)
            case _:
                is_highest = (node.function == "best") == (node.choice == "highest")
                result = (groups.highest if is_highest else groups.lowest)(values, of, rated)
        return _kept(result)


def _kept(values: Array) -> Array:
    """Numbers without those beyond all measure, fractions at that without endless denominators."""
    kept: Array = _short(values) if is_exact(values) else np.where(np.isfinite(values), values, np.nan)
    return kept


def _column(values: Array, *parts: Column) -> Column:
    """What was made of some parts: NaN where one is not there, no value where they come to nothing."""
    state = reduce(np.maximum, [part.state for part in parts])
    values = np.where(ready(state), _kept(values), np.nan)
    return Column(values, np.where(ready(state) & missing(values), np.int8(State.UNDEFINED), state))


def _joined(parts: list[Column], by_or: bool) -> Column:
    """Conditions joined by ``or`` (else ``and``): one that decides is enough, whatever the others are."""
    state = reduce(np.maximum, [part.state for part in parts])
    decided = reduce(np.logical_or, [ready(part.state) & (part.values == by_or) for part in parts])
    return Column(np.where(decided, by_or, not by_or), np.where(decided, np.int8(State.OK), state).astype(np.int8))


def _or_else(first: Column, second: Column) -> Column:
    """The second where the first cannot be; what is only not known yet is waited for."""
    absent = first.state == State.UNDEFINED
    return Column(np.where(absent, second.values, first.values), np.where(absent, second.state, first.state))
