"""Weighted means, and the composite of theory and skill tests."""

from decimal import Decimal
from fractions import Fraction

import pytest

from calc.methods import mean_of_tests, weighted_mean
from calc.scheme.model import Scheme
from tests.calc.making import both, indicator, measure, points, same, scheme, score


def test_a_weighted_mean_divides_by_the_sum_of_the_weights() -> None:
    columns = zip(both("900", "0", None), both("1000", "3", "1"), both("800.5", "6", "1"), strict=True)
    for first, second, third in columns:
        assert same(weighted_mean([first, second, third], [30, 40, 30]), "910.15", 3, None)
        assert same(weighted_mean([first, second, third], [1, 1, 1]), Fraction(5401, 6), 3, None)
        assert same(weighted_mean([first], [7]), 900, 0, None)


@pytest.mark.parametrize(
    ("weight", "expected"),
    [("0.5", (Fraction("85.0"), Fraction(245, 6), None)), ("1", (90, 0, None)), ("0", (80, Fraction(245, 3), None))],
)
def test_a_composite_is_theory_and_the_mean_of_the_skills_by_weight(weight: str, expected: tuple[object, ...]) -> None:
    """90 and (70, 80, 90); 0 and (100, 90, 55)."""
    columns = zip(
        both("90", "0", "1"), both("70", "100", "1"), both("80", "90", "1"), both("90", "55", None), strict=True
    )
    for theory, *skills in columns:
        number = Fraction(weight) if theory.dtype == object else float(weight)
        assert same(mean_of_tests(theory, skills, number), *expected)


def test_a_mean_is_brought_to_the_base_where_the_marks_have_another_maximum() -> None:
    of = scheme(
        *(measure(name) for name in "ab"),
        indicator("plain", "mean", of=["a", "b"], base=10),
        indicator("scaled", "mean", of=["a", "b"], weights=[3, 1], maximum=1000, base=100),
    )
    result = score(of, a=[8, 950], b=[9, "949.9"])
    assert points(result, "plain") == ["8.50", "949.95"]
    assert points(result, "scaled") == ["0.83", "95.00"]  # 33/4/10 = 0.825; 3799.9/4/10 = 94.9975
    assert [found.rule() for found in of.indicator] == ["2项平均", "2项加权平均，按满分1000折算为100分"]


def composite(**keys: object) -> Scheme:
    return scheme(
        measure("theory"),
        measure("skill", many=True, missing="pending"),
        measure("progress", missing="zero"),
        indicator("x", "tests", theory="theory", skills="skill", theory_weight=Decimal("0.5"), **keys),
    )


def test_any_number_of_skill_tests_counts_and_progress_is_added_where_the_scheme_says_so() -> None:
    marks = {"theory": [80, 80], "skill_1": [90, 60], "skill_2": [70, 90], "skill_10": [83, 90], "progress": [-2, 3]}
    assert points(score(composite(), **marks), "x") == ["80.50", "80.00"]
    assert points(score(composite(plus="progress"), **marks), "x") == ["78.50", "83.00"]


def test_a_skill_test_not_taken_is_neither_zero_nor_left_out() -> None:
    result = score(composite(), theory=[80, 80], skill_1=[90, None])
    assert points(result, "x") == ["85.00", None]
    assert [row.total for row in result.rows] == [85, None]


def test_a_test_that_nobody_took_is_left_out() -> None:
    assert points(score(composite(), theory=[80], skill_1=[90], skill_2=[None]), "x") == ["85.00"]


def test_the_rule_of_a_composite_names_both_shares() -> None:
    assert composite().indicator[0].rule() == "理论成绩×50%＋各项技能平均成绩×50%"
    assert composite(plus="progress").indicator[0].rule() == "理论成绩×50%＋各项技能平均成绩×50%，另加进步分"
