"""Points as given, and marks brought to another scale."""

from fractions import Fraction

from calc.methods import given_points, share_of_maximum
from tests.calc.making import both, indicator, measure, points, same, scheme, score


def test_given_points_are_taken_as_they_are() -> None:
    for column in both("0", "49.995", None):
        assert same(given_points(column), 0, "49.995", None)


def test_a_share_is_in_proportion_to_a_fixed_maximum() -> None:
    floats, fractions = both("100", "95.5", "0", None)
    assert same(share_of_maximum(floats, 100.0, 70.0), 70, "66.85", 0, None)
    assert same(share_of_maximum(fractions, Fraction(100), Fraction(70)), 70, "66.85", 0, None)
    assert same(share_of_maximum(fractions, Fraction(30), Fraction(7)), Fraction(70, 3), Fraction(1337, 60), 0, None)


SCHEME = scheme(
    measure("x"),
    indicator("given", "given", of="x", base=50),
    indicator("bare", "given", of="x"),
    indicator("share", "share", of="x", maximum=100, base=70),
    indicator("second", "given", of="indicator:share", in_total=False),
)


def test_points_are_rounded_half_up_and_a_figure_outside_the_total_to_four_places() -> None:
    result = score(SCHEME, x=["1.005", "0.00715", "0"])
    assert points(result, "given") == ["1.01", "0.01", "0.00"]
    assert points(result, "share") == ["0.70", "0.01", "0.00"]
    assert points(result, "second") == ["0.7035", "0.0050", "0.0000"]


def test_the_rules_in_words() -> None:
    assert [indicator.rule() for indicator in SCHEME.indicator] == [
        "评定得分，满分50",
        "直接取数",
        "按满分100折算为70分",
        "直接取数",
    ]
