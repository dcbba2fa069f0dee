"""Formulas with the values of a row filled in."""

import pytest

from calc.formula.evaluate import Evaluation
from calc.formula.parser import parse
from calc.formula.shown import filled
from tests.calc.formula.tables import PENDING, frame

OF = frame(a=[72, "-1.5"], b=["0.25", None], c=[3, PENDING], flag=[1, 0], teams="xy", events={"late": [(1, 2), (0, 0)]})

SHOWN = [
    ("a * (b + 10%) - c", "72 × （0.25 ＋ 10%） － 3"),
    ("a / -c + 2", "72 ÷ （－3） ＋ 2"),
    ("c - (a - b)", "3 － （72 － 0.25）"),
    ("a ^ 2 / (c * 2)", "（72^2） ÷ （3 × 2）"),
    ("if(a >= 90, 10, a >= 60, 5 * c, 0)", "72 ≥ 90 不成立；72 ≥ 60 成立，取 （5 × 3）"),
    ("if(a >= 90, 10, 2)", "72 ≥ 90 不成立；取 2"),
    ("if(flag, 10, 2)", "是 成立，取 10"),
    ("round(a / c, 1, half_up)", "四舍五入（72 ÷ 3，1位）"),
    ("max(a, c) + abs(b)", "最大（72，3） ＋ 绝对值（0.25）"),
    ("clamp(a, 0, 50)", "限于上下限（72，0，50）"),
    ("mean(a) + sum(c, by=all) * best(a, highest, by=team, where=c > 1)",
     "本组平均 35.25 ＋ 全体合计 3 × 同组符合条件者最优 72"),
    ("rank(a, highest)", "本组名次 1"),
    ("late * 2", "1 × 2"),
    ("extra + a", "9 ＋ 72"),
]  # fmt: skip
OTHER_ROW = [
    ("a * 2 + a", "（-1.5） × 2 ＋ （-1.5）"),
    ("first(b, 1) + b", "先有者（无，1） ＋ 无"),
    ("if(c > 1, 1, 2)", "待定 ＞ 1 无从判断"),
    ("if(missing(b), 0, b)", "为空（无） 成立，取 0"),
]
CONDITIONS = [
    ("a > 60 and (flag or late = 0)", "72 ＞ 60 且 （是 或 1（另有 2 项待核实） ＝ 0）"),
    ("not flag", "非（是）"),
    ("flag", "是"),
    ("60 <= a < 80", "60 ≤ 72 且 72 ＜ 80"),
]


@pytest.mark.parametrize(("formula", "text"), SHOWN)
def test_a_row_in_the_formula(formula: str, text: str) -> None:
    tree = parse(formula)
    assert filled(tree, Evaluation(OF, {"extra": parse("9").value}, 0)) == text  # type: ignore[attr-defined]


@pytest.mark.parametrize(("formula", "text"), OTHER_ROW)
def test_what_is_negative_or_not_there(formula: str, text: str) -> None:
    assert filled(parse(formula), Evaluation(OF, {}, 1)) == text


@pytest.mark.parametrize(("formula", "text"), CONDITIONS)
def test_a_row_in_a_condition(formula: str, text: str) -> None:
    assert filled(parse(formula), Evaluation(OF, {}, 0, waits=True), condition=True) == text
