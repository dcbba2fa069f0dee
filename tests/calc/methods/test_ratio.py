"""第一名得满分，其后按比例得分: the formulas, where they say nothing, and the words of them."""

from fractions import Fraction

import numpy as np
import pytest

from calc.methods import ratio_to_highest, ratio_to_lowest
from calc.number import Arithmetic, Array
from tests.calc.making import both, indicator, measure, points, same, scheme, score

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")

ONE = np.zeros(4, dtype=np.intp)
RULES = ("inverse", "excess", "linear", "complement")


def base(values: Array) -> object:
    return (Arithmetic.EXACT if values.dtype == object else Arithmetic.FLOAT).number(10)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("200", "100", "50", "0"), (10, 5, "2.5", 0)),
        (("3", "1", "2", "3"), (10, Fraction(10, 3), Fraction(20, 3), 10)),
        (("4", "-1", None, "1"), (10, 0, None, "2.5")),
        (("0", "0", "0", None), (0, 0, 0, None)),
        (("-5", "0", "-1", None), (0, 0, 0, None)),
        ((None, None, None, None), (None, None, None, None)),
    ],
    ids=["plain", "thirds", "negative gives 0", "all zero give 0", "none above zero give 0", "all missing"],
)
def test_the_highest_gets_the_base_and_the_others_in_proportion(
    values: tuple[str | None, ...], expected: tuple[object, ...]
) -> None:
    for column in both(*values):
        assert same(ratio_to_highest(column, base(column), ONE), *expected)


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        ("inverse", ("0.2", "0.4", "1", None), (10, 5, 2, None)),
        ("inverse", ("0", "0.1", "0.4", None), (10, "7.5", 0, None)),
        ("inverse", ("0", "0", None, "0"), (10, 10, None, 10)),
        ("inverse", ("0.3", "0.3", "0.9", "0.3"), (10, 10, Fraction(10, 3), 10)),
        ("excess", ("0.2", "0.4", "1", None), (10, 8, 2, None)),
        ("excess", ("0", "0.1", "0.4", None), (10, "7.5", 0, None)),
        ("excess", ("0", "0", None, "0"), (10, 10, None, 10)),
        ("linear", ("0.2", "0.4", "1", None), (10, "7.5", 0, None)),
        ("linear", ("0.5", "0.5", "0.5", None), (10, 10, 10, None)),
        ("linear", ("0", "0", "0", "0"), (10, 10, 10, 10)),
        ("complement", ("20", "60", "100", None), (10, 5, 0, None)),
        ("complement", ("0", "0.12", "100", None), (10, "9.988", 0, None)),
        ("complement", ("100", "100", "100", None), (10, 10, 10, None)),
    ],
)
def test_the_lowest_gets_the_base_and_the_others_by_the_chosen_reading(
    rule: str, values: tuple[str | None, ...], expected: tuple[object, ...]
) -> None:
    for column in both(*values):
        assert same(ratio_to_lowest(column, base(column), ONE, None, rule), *expected)  # type: ignore[arg-type]


def test_excess_does_not_jump_at_a_best_of_zero_but_inverse_does() -> None:
    """min 0.001 or 0, own 0.1, max 0.4: inverse 0.1 against 7.5 points; excess 7.525 against 7.5."""
    for low, inverse, excess in (("0.001", "0.1", "7.525"), ("0", "7.5", "7.5")):
        for column in both(low, "0.1", "0.4", "0.4"):
            assert same(ratio_to_lowest(column, base(column), ONE, None, "inverse")[1:2], inverse)
            assert same(ratio_to_lowest(column, base(column), ONE, None, "excess")[1:2], excess)


def test_each_group_has_its_own_best() -> None:
    of = np.array([0, 1, 0, 1])
    for column in both("4", "10", "2", "2"):
        assert same(ratio_to_highest(column, base(column), of), 10, 10, 5, 2)
        assert same(ratio_to_lowest(column, base(column), of), 5, 2, 10, 10)


def test_rows_that_set_no_best_are_measured_by_it_and_held_to_the_base() -> None:
    sets_best = np.array([True, True, False, False])
    for column in both("4", "8", "16", "2"):
        assert same(ratio_to_highest(column, base(column), ONE, sets_best), 5, 10, 10, "2.5")
    for rule, worst, zero in (("inverse", "2.5", 10), ("excess", 0, 10), ("linear", 0, 10)):
        for column in both("4", "8", "16", "0"):
            found = ratio_to_lowest(column, base(column), ONE, sets_best, rule)  # type: ignore[arg-type]
            assert same(found[2:], worst, zero), rule


@pytest.mark.parametrize("rule", RULES)
def test_a_group_in_which_nobody_sets_a_lowest_has_no_points(rule: str) -> None:
    for column in both("4", "8", "0", None):
        assert same(ratio_to_lowest(column, base(column), ONE, ONE > 0, rule), None, None, None, None)  # type: ignore[arg-type]


def test_a_group_in_which_nobody_sets_a_highest_has_no_points() -> None:
    """As the docstring has it: a group without a best gives NaN."""
    for column in both("4", "8", "0", None):
        assert same(ratio_to_highest(column, base(column), ONE, ONE > 0), None, None, None, None)


def test_a_span_that_may_be_nothing_but_rounding_errors_is_left_to_fractions() -> None:
    one = ONE[:2]
    assert np.isnan(ratio_to_lowest(np.array([0.3, 0.1 + 0.2]), 10.0, one, None, "linear")).all()
    _, fractions = both("0.3", "0.30000000000000004")
    assert same(ratio_to_lowest(fractions, Fraction(10), one, None, "linear"), 10, 0)


@pytest.mark.parametrize(
    ("keys", "rule"),
    [
        ({"best": "highest"}, "本组最高者得10分，其余按比例（本人÷最高×10）"),
        ({"best": "highest", "within": "all"}, "全体最高者得10分，其余按比例（本人÷最高×10）"),
        (
            {"best": "lowest", "zero_rule": "inverse"},
            "本组最低者得10分，其余按比例（最低÷本人；最低为零时按（最高－本人）÷最高，×10）",
        ),
        ({"best": "lowest", "zero_rule": "excess"}, "本组最低者得10分，其余按比例（1－（本人－最低）÷最高，×10）"),
        (
            {"best": "lowest", "zero_rule": "linear"},
            "本组最低者得10分，其余按比例（（最高－本人）÷（最高－最低），×10）",
        ),
        (
            {"best": "lowest", "zero_rule": "complement"},
            "本组最低者得10分，其余按比例（（100－本人）÷（100－最低），×10）",
        ),
    ],
)
def test_the_rule_in_words_says_whose_best_and_which_reading(keys: dict[str, object], rule: str) -> None:
    of = scheme(measure("x"), indicator("x", "ratio", of="x", base=10, **keys))
    assert of.indicator[0].rule() == rule


@pytest.mark.parametrize(
    ("within", "expected"), [("pool", ["10.00", "5.00", "10.00"]), ("all", ["10.00", "5.00", "2.50"])]
)
def test_a_best_is_of_the_pool_or_of_everybody(within: str, expected: list[str]) -> None:
    of = scheme(
        measure("team", "text"),
        measure("x"),
        indicator("x", "ratio", of="x", best="highest", base=10, within=within),
        pool="team",
    )
    assert points(score(of, team=["A", "A", "B"], x=[8, 4, 2]), "x") == expected
