"""From text to tree: what binds what, what is asked back, and what is too much."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calc.formula.mistake import FormulaError
from calc.formula.parser import MOST_DEPTH, MOST_LENGTH, parse

SAME = [
    ("a + b * c ^ 2", "a + (b * (c ^ 2))"),
    ("a - b - c", "(a - b) - c"),
    ("a / b * c", "(a / b) * c"),
    ("-a * b", "(-a) * b"),
    ("a or b and not c > 1", "a or (b and (not (c > 1)))"),
    ("not not (a > 1)", "a > 1"),
    ("1 <= a < 2", "1 <= a and a < 2"),
    ("a = b", "a == b"),
    ("2 ^ -1", "2 ^ (-1)"),
    ("a * +b", "a * b"),
    ("count(where=a > 1, by=all)", "count(by=all, where=a > 1)"),
    ("rank(a, by=team, highest)", "rank(a, highest, by=team)"),
]


@pytest.mark.parametrize(("short", "long"), SAME)
def test_what_binds_what(short: str, long: str) -> None:
    """Reckoned alike: a chain and its parenthesised form differ as trees."""
    from tests.calc.formula.tables import frame, reckoned

    of = frame(a=[2, 3, 1, -5], b=[3, "0.5", 1, 2], c=[1, 2, 7, 3], teams="xxyy")
    assert reckoned(short, of) == reckoned(long, of)


MISTAKES = [
    ("", 0, "缺一个数"),
    ("1 +", 3, "缺一个数"),
    ("max(a,)", 6, "缺一个数"),
    ("a ** 2", 3, "缺一个数"),
    ("and", 0, "缺一个数"),
    ("a b", 2, "缺运算符"),
    ("2x", 1, "缺运算符"),
    ("a + b)", 5, "多出内容"),
    ("(a + b", 6, "缺“)”"),
    ("max(a, b", 8, "缺“)”"),
    ("max(a b)", 6, "缺运算符"),
    ("if", 0, "须有括号"),
    ("-x^2", 2, "有歧义"),
    ("a^b^c", 3, "有歧义"),
    ("a < b > c", 6, "同向"),
    ("a != b != c", 7, "同向"),
    ("foo(a)", 0, "没有函数 foo"),
    ("maen(a)", 0, "mean"),
    ("min(a)", 0, "至少 2 个参数，现有 1 个"),
    ("abs(a, b)", 0, "1 个参数，现有 2 个"),
    ("clamp(a, 0)", 0, "3 个参数"),
    ("clamp(a, 9, 1)", 9, "下限 9 高于上限 1"),
    ("if(a > 1, b)", 0, "否则"),
    ("if(a > 1, b, c > 1, d)", 0, "否则"),
    ("round(a)", 0, "half_up"),
    ("round(a, 2)", 0, "half_up（四舍五入）"),
    ("round(a, 2, up)", 12, "half_up"),
    ("round(a, 1.5, floor)", 9, "整数"),
    ("round(a, b, floor)", 9, "整数"),
    ("round(a, 10, floor)", 9, "-6 至 9"),
    ("round(a, -7, floor)", 10, "-6 至 9"),
    ("stdev(a)", 0, "population"),
    ("stdev(a, highest)", 9, "population"),
    ("rank(a)", 0, "highest"),
    ("best(a)", 0, "best(x, highest)"),
    ("worst(a, by=all)", 0, "worst(x, highest)"),
    ("rank(a, high)", 8, "highest"),
    ("rank(a, highest, lowest)", 17, "rank(x, highest)"),
    ("rank(a, highest, ties=none)", 22, "competition"),
    ("mean(a, b)", 8, "mean(x)"),
    ("mean(by=all)", 5, "mean(x)"),
    ("mean(a, within=all)", 8, "没有 within="),
    ("mean(a, ties=mean)", 8, "没有 ties="),
    ("mean(a, by=3)", 11, "by="),
    ("mean(a, where=b > 1, where=c > 1)", 21, "两次"),
    ("count()", 6, "缺一个数"),
    ("count(by=all)", 0, "count(where=条件)"),
    ("1" * 31, 0, "位数过多"),
    ("a" * (MOST_LENGTH + 1), MOST_LENGTH, "最多 2000 个"),
]


@pytest.mark.parametrize(("text", "place", "said"), MISTAKES, ids=[text[:24] for text, _, _ in MISTAKES])
def test_a_mistake_is_pointed_at(text: str, place: int, said: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.at.start == place
    assert said in str(caught.value)


@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("abs(", ")"), ("mean(", ")"), ("if(x > 1, x, ", ")")])
def test_depth_is_limited(opening: str, closing: str) -> None:
    deepest = MOST_DEPTH - 1
    parse(opening * deepest + "x" + closing * deepest)
    with pytest.raises(FormulaError, match="最多 50 层"):
        parse(opening * (deepest + 1) + "x" + closing * (deepest + 1))


def test_what_is_long_without_being_deep_is_parsed() -> None:
    for text in ("+".join(["x"] * 1000), "-" + "x-" * 999 + "x", "not " * 499 + "x", "x>1 and " * 240 + "x>1"):
        parse(text)


@given(st.text("abx1.0%+-*/^()<>=!,: 是（，×≤\n", max_size=40) | st.lists(st.sampled_from(
    ["if(", "mean(", "count(", "round(", "rank(", "by=", "where=", "highest", ",", ")", "(", "x", "1", "10%", "-", "^",
     "<", "and", "not", "half_up"]), max_size=25).map(" ".join))  # fmt: skip
@example("count(by=")
@example("round(x,")
@example("rank(x, highest, ties=")
def test_any_text_is_a_formula_or_a_mistake_within_it(text: str) -> None:
    try:
        parse(text)
    except FormulaError as error:
        assert 0 <= error.at.start <= len(text)
