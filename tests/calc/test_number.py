"""Rounding and comparing: values made to lie on the very point of decision, so the answer is known without our code."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from calc import evaluate
from calc.number import (
    Arithmetic,
    added,
    clamp,
    decimals_of,
    is_exact,
    is_long,
    missing,
    near,
    quotient,
    rounded,
    settled,
    whole,
)
from calc.scheme.model import Scheme
from tests.calc.making import (
    NAN,
    both,
    eligible,
    event,
    happened,
    indicator,
    measure,
    requirement,
    same,
    scheme,
    submit,
)

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")  # NaN is compared with intent

# rounded, directly

ROUNDED = [
    ("2.675", 2, "2.68"),
    ("-2.675", 2, "-2.68"),
    ("1.005", 2, "1.01"),
    ("0.5", 0, "1"),
    ("-0.5", 0, "-1"),
    ("2.5", 0, "3"),
    ("0.25", 1, "0.3"),
    ("1.0005", 3, "1.001"),
    ("0.00005", 4, "0.0001"),
    ("8.000005", 5, "8.00001"),
    ("0.0000005", 6, "0.000001"),
    ("-0.0000005", 6, "-0.000001"),
    ("2.6749999999999999", 2, "2.67"),
    ("1.4999", 0, "1"),
    ("-0.004", 2, "0.00"),
    ("0", 2, "0.00"),
    ("99.995", 2, "100.00"),
    ("999999999999.5", 0, "1000000000000"),
]


@pytest.mark.parametrize(("value", "digits", "expected"), ROUNDED)
def test_halves_are_rounded_away_from_zero(value: str, digits: int, expected: str) -> None:
    floats, fractions = both(value)
    units, doubt = rounded(fractions, digits)
    assert (str(decimals_of(units, digits)[0]), doubt[0]) == (expected, False)
    units, doubt = rounded(floats, digits)
    assert doubt[0] or str(decimals_of(units, digits)[0]) == expected


@pytest.mark.parametrize("digits", range(7))
def test_a_missing_value_stays_missing_and_is_not_in_doubt(digits: int) -> None:
    for values in both("1", None):
        units, doubt = rounded(values, digits)
        assert list(missing(units)) == [False, True]
        assert list(doubt) == [False, False]
    assert decimals_of(np.array([NAN]), digits) == [None]


@pytest.mark.parametrize("values", both())
def test_no_values_are_rounded_to_none(values: np.ndarray) -> None:
    units, doubt = rounded(values, 2)
    assert len(units) == len(doubt) == 0


@pytest.mark.parametrize("digits", range(7))
def test_every_half_is_in_doubt_as_a_float_and_rounded_up_as_a_fraction(digits: int) -> None:
    """Of (2k + 1) / 2 units the answer is k + 1 units; 7 x 15,000 values of both signs."""
    k = np.random.default_rng(digits).integers(0, 10 ** min(digits + 3, 8), 15_000)
    sign = np.where(np.arange(15_000) % 2, 1, -1)
    _, doubt = rounded(sign * (2 * k + 1) / (2 * 10**digits), digits)
    assert doubt.all()
    exact = np.array([Fraction(int(s * (2 * n + 1)), 2 * 10**digits) for s, n in zip(sign, k, strict=True)])
    units, doubt = rounded(exact, digits)
    assert (units == sign * (k + 1)).all()
    assert not doubt.any()


@pytest.mark.parametrize("hair", [1e-12, -1e-12])
def test_a_hair_beside_a_half_is_in_doubt(hair: float) -> None:
    k = np.arange(1000)
    assert rounded((2 * k + 1) / 200 + hair, 2)[1].all()


@pytest.mark.parametrize("side", [-1, 1])
def test_floats_well_beside_a_half_are_rounded_without_doubt(side: int) -> None:
    k = np.arange(2000)
    units, doubt = rounded((2 * k + 1) / 200 + side * 1e-5, 2)
    assert not doubt.any()
    assert (units == (k if side < 0 else k + 1)).all()


# the other functions


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (0.7, 0.7, True),
        (0.7, 0.7 + 1e-12, True),
        (0.0, 1e-10, True),
        (1e12, 1e12 + 1, True),
        (1.0, 1.0 + 1e-6, False),
        (-1.0, 1.0, False),
        (NAN, 1.0, False),
        (1.0, NAN, False),
    ],
)
def test_near_is_relative_to_the_larger_value_and_never_below_one(left: float, right: float, expected: bool) -> None:
    assert list(near(np.array([left]), np.array([right]))) == [expected]
    assert list(near(np.array([left]), right)) == [expected]


def test_fractions_are_never_near_for_they_can_be_compared() -> None:
    _, fractions = both("0.7", "0.7")
    assert not near(fractions, fractions).any()


def test_a_float_next_to_zero_is_not_settled_but_zero_is() -> None:
    assert same(settled(np.array([0.0, 1e-17, -1e-9, 0.01, np.nan])), "0", None, None, "0.01", None)


def test_a_fraction_next_to_zero_is_what_it_is() -> None:
    tiny = np.array([Fraction(1, 10**20), Fraction(0)], dtype=object)
    assert list(settled(tiny)) == [Fraction(1, 10**20), 0]


@pytest.mark.parametrize(
    ("text", "long"),
    [("99999", False), ("100000", True), ("0.12345", True), ("0.123", False), ("12.345", False), ("12.3456", True),
     ("1e5", True), ("-2540", False), ("0", False)],
)  # fmt: skip
def test_floats_are_trusted_with_five_digits_of_which_three_are_decimals(text: str, long: bool) -> None:
    assert is_long(Decimal(text)) is long


@pytest.mark.parametrize("values", both("-1", "0", "5", "11", None))
def test_clamp_holds_values_within_its_ends(values: np.ndarray) -> None:
    assert same(clamp(values, 0, 10), 0, 0, 5, 10, None)
    assert same(clamp(values, None, 10), -1, 0, 5, 10, None)
    assert same(clamp(values, 0, None), 0, 0, 5, 11, None)


def test_a_sum_is_missing_where_any_part_is() -> None:
    for left, right in zip(both("1", "2", None), both("0.5", None, None), strict=True):
        assert same(added([left, right]), "1.5", None, None)
        assert same(added([left]), 1, 2, None)


def test_a_quotient_by_nothing_is_missing() -> None:
    for left, right in zip(both("1", "0", None, "3"), both("0", "0", "2", "-2"), strict=True):
        assert same(quotient(left, right), None, None, None, "-1.5")
        assert same(quotient(left, right[3]), "-0.5", 0, None, "-1.5")
        assert same(quotient(left, right[0]), None, None, None, None)


def test_whole_numbers_are_of_the_kind_of_the_others() -> None:
    for like in both("0.5", None):
        found = whole(np.array([2, 3]), like)
        assert same(found, 2, 3)
        assert same(found / 4, "0.5", "0.75")


def test_columns_hold_decimals_as_floats_or_exactly() -> None:
    floats, fractions = both("0.1", None)
    assert (floats.dtype, is_exact(floats), list(missing(floats))) == (np.float64, False, [False, True])
    assert (fractions[0], is_exact(fractions), list(missing(fractions))) == (Fraction(1, 10), True, [False, True])
    assert Arithmetic.EXACT.number(Decimal("0.1")) == Fraction(1, 10)
    assert type(Arithmetic.FLOAT.number(3)) is float


# halves, through the whole calculation

METHODS = ("ratio", "share", "mean", "weighted", "tests", "bonus")


def scheme_of_halves(digits: int, methods: Collection[str]) -> Scheme:
    half = Decimal(5).scaleb(-digits - 1)
    indicators = {
        "ratio": indicator("ratio", "ratio", of="ratio", best="highest", base=10),
        "share": indicator("share", "share", of="share", maximum=7, base=10),
        "mean": indicator("mean", "mean", of=["a", "b", "c"]),
        "weighted": indicator("weighted", "mean", of=["a", "b", "d"], weights=[3, 4, 1]),
        "tests": indicator("tests", "tests", theory="theory", skills="skill", theory_weight=Decimal("0.4")),
        "bonus": indicator("bonus", "bonus", each={"praise": half}),
    }
    return scheme(
        measure("pool", "text"),
        *(measure(name) for name in ("ratio", "share", "a", "b", "c", "d", "theory")),
        measure("skill", many=True),
        event("praise"),
        *(indicators[method] for method in methods),
        pool="pool",
        precision=digits,
    )


def assert_halves_are_rounded_up(
    digits: int, size: int, methods: Collection[str] = METHODS, *, in_pools_of: int = 5, few: bool = False
) -> None:
    """A row's points are u halves of a unit (u odd) by each method; every fifth row is the best of its pool.

    ``few``: all numbers have few digits, so that floats are trusted with them until they meet the half-way point.
    With h = u/2 units: x = h*max/10; s = 7h/10; c = 3h - a - b; d = 8h - 3a - 4b; theory = (5h - sum of 3 tests)/2.
    """
    random = np.random.default_rng(digits)
    u = [2 * int(k) + 1 for k in random.integers(0, min(10 ** (digits + 1), 500_000), size)]
    a, b, s1, s2, s3 = random.integers(0, 6000 if few else 100 * 10 ** (digits + 1), (5, size)).tolist()
    bests = random.choice([2, 20, 40, 200, 2000], size // 5) if few else random.integers(1, 99_999, size // 5)
    best = np.repeat(bests, 5).tolist()
    place = -digits - 1  # u halves of a unit are 5u here
    rows = range(size)

    def column(values: Iterable[int], shift: int) -> list[Decimal]:
        return [Decimal(value).scaleb(place - shift).normalize() for value in values]

    of = scheme_of_halves(digits, methods)
    submission = submit(
        of,
        pool=[f"pool {row // in_pools_of}" for row in rows],
        ratio=column((best[row] * (5 * u[row] if row % 5 else 10 ** (digits + 2)) for row in rows), 1),
        share=column((35 * n for n in u), 1),
        a=column(a, 0),
        b=column(b, 0),
        c=column((15 * u[row] - a[row] - b[row] for row in rows), 0),
        d=column((40 * u[row] - 3 * a[row] - 4 * b[row] for row in rows), 0),
        theory=column((125 * u[row] - 5 * (s1[row] + s2[row] + s3[row]) for row in rows), 1),
        skill_1=column(s1, 0),
        skill_2=column(s2, 0),
        skill_3=column(s3, 0),
        events=[happened(f"p{row}", "praise", count=n) for row, n in enumerate(u)],
    )
    values = [entry.value for name, column in submission.measures.items() if name != "pool" for entry in column]
    assert few is not any(is_long(value) for value in values if isinstance(value, Decimal))
    found = evaluate(of, submission).rows
    expected = [Decimal((n + 1) // 2).scaleb(-digits) for n in u]
    for method in methods:
        wanted = [Decimal(10) if method == "ratio" and row % 5 == 0 else value for row, value in enumerate(expected)]
        assert [row.points[method] for row in found if row.points] == wanted, method


@pytest.mark.parametrize("digits", [0, 1, 2, 3, 4, 6])
def test_every_half_comes_out_rounded_up_by_every_method(digits: int) -> None:
    """6 x 2,000 rows x 6 methods."""
    assert_halves_are_rounded_up(digits, 2_000)


@pytest.mark.parametrize("method", METHODS)
def test_every_half_of_numbers_that_floats_are_trusted_with_comes_out_rounded_up(method: str) -> None:
    """In pools of their own, so that no other row's doubt has them decided in fractions."""
    assert_halves_are_rounded_up(1, 1_000, [method], in_pools_of=5 if method == "ratio" else 1, few=True)


LOWEST = {
    # with h = u/200 points: (lowest, own, highest) whose own points are h, in units of 10^-6
    "inverse": lambda u, r: (u * r, 2000 * r, 3000 * u * r),
    "excess": lambda u, r: (r, r + (2000 - u) * r, 2000 * r),
    "linear": lambda u, r: (r, r + (2000 - u) * r, 2001 * r),
    "complement": lambda u, r: (10**8 - 2000 * r, 10**8 - u * r, 10**8),
}


@pytest.mark.parametrize("zero_rule", LOWEST)
@pytest.mark.parametrize("few", [False, True], ids=["many digits", "few digits"])
def test_every_half_comes_out_rounded_up_where_the_lowest_is_best(zero_rule: str, few: bool) -> None:
    random = np.random.default_rng(1)
    u = [2 * int(k) + 1 for k in random.integers(0, 1000, 700)]
    steps = random.choice([1_000, 10_000], 700) if few else random.integers(1, 30_000, 700)
    triples = [LOWEST[zero_rule](n, int(r)) for n, r in zip(u, steps, strict=True)]
    of = scheme(
        measure("pool", "text"),
        measure("rate", "rate"),
        indicator("rate", "ratio", of="rate", best="lowest", zero_rule=zero_rule, base=10),
        pool="pool",
    )
    rates = [Decimal(rate).scaleb(-6).normalize() for triple in triples for rate in triple]
    assert few is not any(is_long(rate) for rate in rates)
    rows = evaluate(of, submit(of, pool=[str(row // 3) for row in range(2100)], rate=rates)).rows
    assert [row.points["rate"] for row in rows[1::3] if row.points] == [Decimal((n + 1) // 2).scaleb(-2) for n in u]


# comparisons, through the whole calculation

HAIR = Decimal("1e-12")
OPERATORS = {">": (1,), ">=": (0, 1), "<": (-1,), "<=": (-1, 0)}
"""For each operator the signs of (own - threshold) that meet it."""


def against_mean(op: str) -> Scheme:
    return scheme(
        measure("pool", "text"),
        measure("x"),
        indicator("x", "given", of="x"),
        requirement("r", "compare", of="x", op=op, to={"aggregate": "mean", "of": "x", "within": "pool"}),
        pool="pool",
    )


@pytest.mark.parametrize("op", OPERATORS)
@pytest.mark.parametrize("hair", [-HAIR, Decimal(0), HAIR])
def test_a_value_is_compared_with_the_true_mean_to_a_hair(op: str, hair: Decimal) -> None:
    """Pools of m - d, m + hair, m + d: the mean is m + hair/3, and the middle lies on the side of the hair."""
    random = np.random.default_rng(2)
    middles, spreads = random.integers(1, 50_000, (2, 400)).tolist()
    xs = [
        Decimal(value).scaleb(-3) + (hair if value == m else 0)
        for m, d in zip(middles, spreads, strict=True)
        for value in (m - d, m, m + d)
    ]
    of = against_mean(op)
    result = evaluate(of, submit(of, pool=[str(row // 3) for row in range(1200)], x=xs))
    side = (hair > 0) - (hair < 0)
    assert eligible(result) == [sign in OPERATORS[op] for _ in middles for sign in (-1, side, 1)]


@pytest.mark.parametrize("op", OPERATORS)
@pytest.mark.parametrize("size", [1, 3, 7, 11])
def test_equal_values_are_equal_to_their_mean(op: str, size: int) -> None:
    """0.7, 0.7, 0.7: in floats their mean is 0.6999999999999998."""
    xs = [Decimal(n).scaleb(-1) for n in range(1, 151) for _ in range(size)]
    of = against_mean(op)
    result = evaluate(of, submit(of, pool=[str(row // size) for row in range(len(xs))], x=xs))
    assert eligible(result) == [0 in OPERATORS[op]] * len(xs)


@pytest.mark.parametrize("op", OPERATORS)
@pytest.mark.parametrize("hair", [-HAIR, Decimal(0), HAIR])
def test_a_reckoned_value_is_compared_unrounded_with_a_threshold(op: str, hair: Decimal) -> None:
    """A weighted assessment of exactly 950 (and a hair beside it); 949.996 prints as 950.00 and is still below."""
    of = scheme(
        *(measure(name) for name in ("retail", "outlet", "third")),
        indicator("weighted", "mean", of=["retail", "outlet", "third"], weights=[30, 40, 30]),
        requirement("r", "compare", of="weighted", op=op, to=950),
    )
    random = np.random.default_rng(3)
    retail = random.integers(90_000, 100_000, 300).tolist()
    outlet = (3 * random.integers(28_000, 33_000, 300) + 2).tolist()
    third = [(950_000 - 4 * o) // 3 - r for r, o in zip(retail, outlet, strict=True)]  # divides: o is 2 beyond a 3
    columns = {
        name: [Decimal(value).scaleb(-2) for value in values]
        for name, values in {"retail": retail, "outlet": outlet, "third": third}.items()
    }
    columns["third"] = [value + hair for value in columns["third"]]
    side = (hair > 0) - (hair < 0)
    assert eligible(evaluate(of, submit(of, **columns))) == [side in OPERATORS[op]] * 300
