"""What formulas come to: worked out by hand, and held against plain fractions for any tree."""

import math
import time
from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.formula.evaluate import Evaluation
from calc.formula.parser import parse
from calc.number import Arithmetic
from tests.calc.formula.tables import BAD, PENDING, UNDEFINED, Cell, frame, outcome, reckoned

ABC: Mapping[str, list[Cell]] = {"a": [2, 3, "-1.5"], "b": [4, 0, 2], "c": ["0.1", "0.2", "0.3"]}

NUMBERS = [
    ("a + b - c", ["5.9", "2.8", "0.2"]),
    ("a × b ÷ (c + 0.9)", [8, 0, "-2.5"]),
    ("-a * 2", [-4, -6, 3]),
    ("a ^ 2", [4, 9, "2.25"]),
    ("(b + 5) ^ 0.5 * 0 + 4 ^ -0.5", ["0.5"] * 3),
    ("b * 10%", ["0.4", 0, "0.2"]),
    ("if(a > 2, 1, b > 3, 2, 3)", [2, 1, 3]),
    ("min(a, b, 2.5)", [2, 0, "-1.5"]),
    ("max(a, b, 2.5)", [4, 3, "2.5"]),
    ("abs(a)", [2, 3, "1.5"]),
    ("floor(a / 2)", [1, 1, -1]),
    ("ceil(a / 2)", [1, 2, 0]),
    ("sqrt(a * a)", [2, 3, "1.5"]),
    ("round(ln(abs(a)) / ln(2), 3, half_up)", [1, "1.585", "0.585"]),  # 2^1.585 = 3.0001, 2^0.585 = 1.5000
    ("clamp(a, 0, 2.5)", [2, "2.5", 0]),
    ("clamp(a, -b, b)", [2, 0, "-1.5"]),
    ("round(a / 4, 1, half_up)", ["0.5", "0.8", "-0.4"]),  # 0.5, 0.75, -0.375
    ("round(c * 2.5, 1, half_even)", ["0.2", "0.5", "0.8"]),  # 0.25, 0.5, 0.75
    ("round(a, 0, floor)", [2, 3, -2]),
    ("round(a, 0, ceil)", [2, 3, -1]),
    ("round(a, 0, truncate)", [2, 3, -1]),
    ("round(a * 10, -1, half_up)", [20, 30, -20]),
    ("x * 2 + a", [9, 10, "5.5"]),
]
CONDITIONS = [
    ("0.1 + 0.2 = 0.3", [True, True, True]),
    ("c * 3 = 0.3", [True, False, False]),
    ("a > 2 or b > 2", [True, True, False]),
    ("a > 2 and b < 2", [False, True, False]),
    ("not a > 2", [True, False, True]),
    ("0 <= b < 4", [False, True, True]),
    ("a != 3", [True, False, True]),
    ("if(a > 2, b = 0, b = 4)", [True, True, False]),
    ("missing(a)", [False, False, False]),
]


@pytest.mark.parametrize(("formula", "expected"), NUMBERS)
def test_numbers_by_hand(formula: str, expected: list[str | int]) -> None:
    assert reckoned(formula, frame(**ABC), {"x": "3.5"}) == [Fraction(value) for value in expected]


@pytest.mark.parametrize(("formula", "expected"), CONDITIONS)
def test_conditions_by_hand(formula: str, expected: list[bool]) -> None:
    assert reckoned(formula, frame(**ABC)) == expected


@pytest.mark.parametrize("formula", [formula for formula, _ in NUMBERS if formula != "round(c * 2.5, 1, half_even)"])
def test_floats_come_to_the_same(formula: str) -> None:
    fast = reckoned(formula, frame(**ABC, arithmetic=Arithmetic.FLOAT), {"x": "3.5"})
    exact = reckoned(formula, frame(**ABC), {"x": "3.5"})
    assert fast == [pytest.approx(value, abs=1e-12) for value in exact]


@pytest.mark.parametrize("arithmetic", Arithmetic)
@pytest.mark.parametrize(
    "formula",
    ["a / b", "a / 0", "0 ^ b", "(b - 1) ^ 0.5", "sqrt(b - 1)", "ln(b)", "ln(-a)", "0 ^ -1"],
)
def test_what_cannot_be_reckoned_has_no_value(formula: str, arithmetic: Arithmetic) -> None:
    assert reckoned(formula, frame(a=[1], b=[0], arithmetic=arithmetic)) == [UNDEFINED]


@pytest.mark.parametrize("formula", ["10 ^ (b + 101)", "(10 ^ 99) * (10 ^ 99)"])
def test_what_is_too_large_has_no_value(formula: str) -> None:
    """In fractions; floats go further, and rows with such numbers are reckoned in fractions."""
    assert reckoned(formula, frame(a=[1], b=[0])) == [UNDEFINED]


def test_an_irrational_root_has_60_decimals() -> None:
    (found,) = reckoned("sqrt(a)", frame(a=[2]))
    assert found == Fraction((math.isqrt(8 * 10**120) + 1) // 2, 10**60)  # half of twice it, rounded


# What is not there.

GAPS = {"a": [1, None, PENDING, BAD], "b": [5, 5, 5, 5]}
STATES = [
    ("a + b", [6, UNDEFINED, PENDING, BAD]),
    ("max(a, b)", [5, UNDEFINED, PENDING, BAD]),
    ("round(a, 1, floor)", [1, UNDEFINED, PENDING, BAD]),
    ("if(b > 0, b, a)", [5, 5, 5, 5]),
    ("if(a > 0, b, 0)", [5, UNDEFINED, PENDING, BAD]),
    ("if(b > 9, a, 0)", [0, 0, 0, 0]),
    ("if(b > 9, 1 / 0, 7)", [7, 7, 7, 7]),
    ("if(missing(a), 0, a)", [1, 0, PENDING, BAD]),
    ("first(a, b)", [1, 5, PENDING, BAD]),
    ("first(1 / 0, a, b)", [1, 5, PENDING, BAD]),
    ("first(b, a)", [5, 5, 5, 5]),
    ("first(a, 1 / 0)", [1, UNDEFINED, PENDING, BAD]),
    ("a > 0", [True, UNDEFINED, PENDING, BAD]),
    ("a != 1", [False, UNDEFINED, PENDING, BAD]),
    ("not a > 0", [False, UNDEFINED, PENDING, BAD]),
    ("a > 0 and b > 9", [False, False, False, False]),
    ("a > 0 and b > 0", [True, UNDEFINED, PENDING, BAD]),
    ("a > 0 or b > 0", [True, True, True, True]),
    ("a > 9 or b > 9", [False, UNDEFINED, PENDING, BAD]),
    ("if(a > 0, b > 9, b > 0)", [False, UNDEFINED, PENDING, BAD]),
    ("missing(a)", [False, True, PENDING, BAD]),
    ("mean(a) + 0 * b", [1, 1, 1, 1]),
    ("rank(a, highest)", [1, UNDEFINED, PENDING, BAD]),
]


@pytest.mark.parametrize(("formula", "expected"), STATES)
def test_a_value_that_is_not_there_matters_only_where_it_is_needed(formula: str, expected: list[object]) -> None:
    assert reckoned(formula, frame(**GAPS)) == expected  # type: ignore[arg-type]


def test_a_given_value_that_is_left_open_is_one_that_there_is_not() -> None:
    of = frame(a=[1, 2])
    assert reckoned("first(fixed, mean(a))", of, {"fixed": None}) == [Fraction(3, 2)] * 2
    assert reckoned("first(fixed, mean(a))", of, {"fixed": "9"}) == [9, 9]
    assert reckoned("fixed + a", of, {"fixed": None}) == [UNDEFINED] * 2


# Aggregates: pools x y x y x, teams p p q q q; the last row has no value, the first is not rated.

MANY = frame(v=[9, 4, 1, 4, None], w=[1, 2, 3, 4, 5], pools="xyxyx", teams="ppqqq", unrated=[0])
AGGREGATES = [
    ("mean(v)", [5, 4, 5, 4, 5]),
    ("mean(v, by=all)", ["4.5"] * 5),
    ("mean(v, by=team)", ["6.5", "6.5", "2.5", "2.5", "2.5"]),
    ("mean(v, by=all, where=w > 1)", [3] * 5),
    ("median(v, by=all)", [4] * 5),
    ("sum(v)", [10, 8, 10, 8, 10]),
    ("sum(v, where=w > 9)", [0] * 5),
    ("mean(v, where=w > 9)", [UNDEFINED] * 5),
    ("count(v)", [2, 2, 2, 2, 2]),
    ("count(w)", [3, 2, 3, 2, 3]),
    ("count(v > 3, by=all)", [4] * 5),
    ("count(where=v > 3, by=all)", [3] * 5),
    ("count(where=not v > 3, by=all)", [1] * 5),  # of the last nobody knows
    ("stdev(v, population)", [4, 0, 4, 0, 4]),  # 9 and 1: 4 apart from 5
    ("round(stdev(v, sample) ^ 2, 9, half_up)", [32, 0, 32, 0, 32]),  # the root of 32 has 60 decimals
    ("stdev(w, sample, by=all, where=w < 2)", [UNDEFINED] * 5),  # of one there is none
    ("best(v, highest)", [1, 4, 1, 4, 1]),  # the 9 is not rated
    ("worst(v, highest, by=all)", [1] * 5),
    ("best(v, lowest, by=all)", [1] * 5),
    ("worst(v, lowest, by=all)", [4] * 5),
    ("rank(v, highest, by=all)", [UNDEFINED, 1, 3, 1, UNDEFINED]),
    ("rank(v, lowest, by=all)", [UNDEFINED, 2, 1, 2, UNDEFINED]),
    ("rank(v, highest, by=all, ties=mean)", [UNDEFINED, "1.5", 3, "1.5", UNDEFINED]),
    ("rank(v, highest, by=all, ties=dense)", [UNDEFINED, 1, 2, 1, UNDEFINED]),
    ("rank(w, highest, by=team)", [UNDEFINED, 1, 3, 2, 1]),
    ("rank(w, highest, by=all, where=v > 3)", [UNDEFINED, 2, UNDEFINED, 1, UNDEFINED]),
    ("mean(w - mean(w, by=all), by=all)", [0] * 5),
    ("sum(w * w) / count(w)", [Fraction(35, 3), 10, Fraction(35, 3), 10, Fraction(35, 3)]),
]


@pytest.mark.parametrize(("formula", "expected"), AGGREGATES)
def test_aggregates_by_hand(formula: str, expected: list[object]) -> None:
    wanted = [Fraction(value) if isinstance(value, str) else value for value in expected]
    found = reckoned(formula, MANY)
    assert found == wanted


@pytest.mark.parametrize(("formula", "expected"), AGGREGATES)
def test_one_row_alone_has_what_it_has_among_all(formula: str, expected: list[object]) -> None:
    """The trace reckons one row; its aggregates are those of all."""
    del expected
    everyone = reckoned(formula, MANY)
    tree = parse(formula)
    assert [outcome(Evaluation(MANY, {}, row).value(tree))[0] for row in range(5)] == everyone


@given(st.permutations(range(5)), st.sampled_from([formula for formula, _ in AGGREGATES]))
def test_the_order_of_the_rows_changes_nothing(order: list[int], formula: str) -> None:
    def shuffled(letters: str) -> str:
        return "".join(letters[row] for row in order)

    of = frame(
        v=[(9, 4, 1, 4, None)[row] for row in order],
        w=[row + 1 for row in order],
        pools=shuffled("xyxyx"),
        teams=shuffled("ppqqq"),
        unrated=[order.index(0)],
    )
    everyone = reckoned(formula, MANY)
    assert reckoned(formula, of) == [everyone[row] for row in order]


# Open events, where a condition waits for them.

OPEN = frame(events={"late": [(0, 0), (0, 2), (1, 2), (3, 2)]}, a=[1, 1, 1, None])
WAITING = [
    ("late = 0", [True, PENDING, False, False]),
    ("0 = late", [True, PENDING, False, False]),
    ("late != 0", [False, PENDING, True, True]),
    ("late = 1", [False, PENDING, PENDING, False]),
    ("late < 2", [True, PENDING, PENDING, False]),
    ("late <= 2", [True, PENDING, PENDING, False]),
    ("late > 2", [False, PENDING, PENDING, True]),
    ("2 < late", [False, PENDING, PENDING, True]),
    ("late >= 1", [False, PENDING, True, True]),
    ("late + 1 >= 1", [True, PENDING, PENDING, PENDING]),  # only a plain count is looked into
    ("a = 1 and event:late = 0", [True, PENDING, False, False]),
    ("late < a", [True, PENDING, False, PENDING]),
    ("late < mean(late)", [True, PENDING, False, False]),  # 1: those open do not count among all
]


@pytest.mark.parametrize(("formula", "expected"), WAITING)
def test_a_condition_waits_for_an_open_event_that_could_change_it(formula: str, expected: list[object]) -> None:
    assert reckoned(formula, OPEN, waits=True) == expected


def test_an_indicator_counts_what_is_confirmed() -> None:
    assert reckoned("10 - late * 2", OPEN) == [10, 10, 8, 4]


# Limits.


def test_long_formulas_over_many_rows_are_quick() -> None:
    rows = 3000
    of = frame(pools="".join("abcde"[row % 5] for row in range(rows)), a=list(range(1, rows + 1)),
               b=[f"{row}.{row}7" for row in range(1, rows + 1)])  # fmt: skip
    for formula in (
        "sum(1 / a) + sum(a / b) * mean(b / a)",
        "stdev(1 / b, sample) + median(1 / a)",
        "(a ^ 2.7) ^ 3.3 + sqrt(b) + ln(a)",
        "rank(a / b, highest) + rank(b / a, lowest, by=all)",
        "1 / a" + " + a / b" * 15,
    ):
        started = time.perf_counter()
        found = reckoned(formula, of)
        assert time.perf_counter() - started < 20
        assert all(isinstance(value, Fraction) and value.denominator <= 10**80 for value in found)


def test_powers_of_powers_do_not_grow_without_end() -> None:
    assert reckoned("(((a ^ 999) ^ 999) ^ 999) ^ 999", frame(a=[10, "0.1", 1, "1.000000001"])) == [
        UNDEFINED, 0, 1, UNDEFINED,
    ]  # fmt: skip


def test_every_step_is_kept_short_not_only_the_last() -> None:
    assert reckoned("1 / a ^ 200 * a ^ 200", frame(a=[3, 2])) == [0, 1]  # 3^-200 has no digit among 60 decimals


def test_an_aggregate_is_reckoned_once_for_the_whole_trace() -> None:
    of, tree = frame(a=list(range(200))), parse("a / mean(a) + a / mean(a)")
    for row in range(200):
        Evaluation(of, {}, row).value(tree)
    assert len(of.known) == 1


def test_aggregates_with_other_given_values_are_others() -> None:
    of = frame(a=[1, 2])
    assert reckoned("sum(a * k)", of, {"k": "1"}) == [3, 3]
    assert reckoned("sum(a * k)", of, {"k": "2"}) == [6, 6]


# Any tree, against plain fractions.

NAMES = "abc"
Row = dict[str, Fraction]
Plain = Fraction | None


def plain(op: str, left: Plain, right: Plain) -> Plain:
    if left is None or right is None or (op == "/" and right == 0):
        return None
    return {"+": left + right, "-": left - right, "*": left * right}[op] if op != "/" else left / right


@st.composite
def written(draw: st.DrawFn, rows: list[Row], depth: int = 3) -> tuple[str, list[Plain]]:
    """A formula, and its value in each row by Python's own arithmetic."""
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        if draw(st.booleans()):
            name = draw(st.sampled_from(NAMES))
            return name, [row[name] for row in rows]
        number = draw(st.decimals(0, 20, places=1, allow_nan=False))
        return f"{number:f}", [Fraction(number)] * len(rows)
    deeper = written(rows, depth - 1)
    (left, lefts), (right, rights) = draw(deeper), draw(deeper)
    pairs = list(zip(lefts, rights, strict=True))
    match draw(st.sampled_from(["+", "-", "*", "/", "min", "if", "first", "minus", "sum"])):
        case "min":
            return f"min({left}, {right})", [None if None in pair else min(pair) for pair in pairs]  # type: ignore[type-var]
        case "if":
            third, thirds = draw(deeper)
            choose = [
                None if a is None or b is None else (a if a < b else c) for (a, b), c in zip(pairs, thirds, strict=True)
            ]
            return f"if({left} < {right}, {left}, {third})", choose
        case "first":
            return f"first({left}, {right})", [b if a is None else a for a, b in pairs]
        case "minus":
            return f"-({left})", [None if a is None else -a for a in lefts]
        case "sum":
            whole = sum((a for a in lefts if a is not None), Fraction(0))
            return f"sum({left})", [whole] * len(rows)
        case op:
            return f"({left}) {op} ({right})", [plain(op, a, b) for a, b in pairs]
    raise AssertionError


small = st.decimals(-50, 50, places=2, allow_nan=False).map(Fraction)
tables = st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, small)), min_size=1, max_size=4)


@given(tables.flatmap(lambda rows: st.tuples(st.just(rows), written(rows))))
def test_any_tree_comes_to_what_plain_fractions_come_to(case: tuple[list[Row], tuple[str, list[Plain]]]) -> None:
    rows, (formula, expected) = case
    of = frame(**{name: [str(float(row[name])) for row in rows] for name in NAMES})
    assert reckoned(formula, of) == [UNDEFINED if value is None else value for value in expected]
