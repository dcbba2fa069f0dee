"""Marks brought together over raters and items. Expected values are worked out in the comments."""

from decimal import Decimal

import numpy as np
import pytest

from calc.methods.base import Marks
from calc.methods.marks import add_up_sheets, kept, median_of_marks, of_marks, sum_of_marks
from calc.number import Array, is_exact
from calc.result import Result
from calc.scheme.model import Scheme
from tests.calc.making import (
    arithmetic,
    ballots,
    both,
    eligible,
    indicator,
    item,
    measure,
    panel,
    points,
    requirement,
    same,
    scheme,
    score,
)

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")

OF = np.array([0, 2, 0, 0, 2], dtype=np.intp)


# The functions.


@pytest.mark.parametrize("marks", both("9", "7", "8.5", "10", "4"), ids=["floats", "fractions"])
def test_sum_mean_and_median_of_each_subject(marks: Array) -> None:
    ones = marks * 0 + 1
    assert same(sum_of_marks(marks, OF, 3), "27.5", None, 11)
    assert same(of_marks(marks, ones, OF, 3) * 3, "27.5", None, "16.5")
    assert same(median_of_marks(marks, OF, 3), 9, None, "5.5")


def test_a_rater_with_twice_the_weight_counts_twice() -> None:
    for marks, weight in zip(both("9", "7", "8", "10", "4"), both("2", "1", "1", "1", "3"), strict=True):
        # (18 + 8 + 10) / 4; (7 + 12) / 4
        assert same(of_marks(marks, weight, OF, 3), 9, None, "4.75")


def test_the_highest_and_lowest_of_each_subject_are_dropped() -> None:
    of = np.array([0, 0, 0, 1, 0, 1], dtype=np.intp)
    for marks, weight in zip(both("9", "9", "6", "1", "3", "2"), both("1", "1", "1", "1", "1", "1"), strict=True):
        use = kept(marks, weight, of, np.array([1, 0]), np.array([2, 1]), "lightest")
        assert sorted(np.asarray(marks[use], dtype=float)) == [2, 9]
        assert np.count_nonzero(use[of == 0]) == 1


@pytest.mark.parametrize(("equal", "left"), [("lightest", 3), ("heaviest", 1)])
def test_of_equal_marks_the_lighter_or_the_heavier_is_dropped(equal: str, left: int) -> None:
    _, marks = both("9", "9")
    _, weight = both("3", "1")
    none = np.array([0])
    use = kept(marks, weight, np.zeros(2, dtype=np.intp), np.array([1]), none, equal)  # type: ignore[arg-type]
    assert list(weight[use]) == [left]


def test_a_mark_is_dropped_once_though_it_is_highest_and_lowest() -> None:
    _, marks = both("5", "5", "5")
    use = kept(marks, marks, np.zeros(3, dtype=np.intp), np.array([1]), np.array([1]), "lightest")
    assert np.count_nonzero(use) == 1


def sheets(values: Array, rows: list[int], raters: list[int]) -> Marks:
    words = np.full(len(rows), "", dtype=object)
    return Marks(np.array(rows, dtype=np.intp), np.array(raters, dtype=np.intp), values, words, values * 0 + 1)


def test_a_raters_items_add_up_only_where_all_are_there() -> None:
    for first, second in zip(both("9", "8"), both("6"), strict=True):
        marks = [sheets(first, [0, 1], [0, 0]), sheets(second, [0], [0])]
        summed = add_up_sheets(marks, [2, 1], "sum")
        assert (list(summed.row), same(summed.points, 24)) == ([0], True)  # 18 + 6; row 1 lacks the second item
        mean = add_up_sheets(marks, [2, 1], "mean")
        assert (list(mean.row), same(mean.points, 8, 8)) == ([0, 1], True)  # 24 / 3; 16 / 2
        assert is_exact(mean.points) == is_exact(first)


# The methods.


def jury(*blocks: str, **keys: object) -> Scheme:
    plain = {"panel": "p", "items": ["x"], "how": "mean"}
    return scheme(measure("m"), panel("p", "x", "y"), item("x", blank="left_out"), item("y", blank="left_out"),
                  indicator("i", "marks", **{**plain, **keys}), *blocks)  # fmt: skip


LINES = ballots("J1 a x 10", "J2 a x 8", "J3 a x 7", "J4 a x 7.5", "J1 b x 6", "J2 b x 9")


def given(of: Scheme, *more: str, lines: list[object] | None = None) -> Result:
    return score(of, trace=True, ids=["a", "b", "c"], m=[1, 1, 1], ballots=lines or [*LINES, *ballots(*more)])


def test_the_mean_over_raters_and_nobody_is_marked_without_a_mark() -> None:
    found = given(jury())
    assert points(found, "i") == ["8.13", "7.50", None]  # 32.5 / 4 = 8.125; 15 / 2
    assert arithmetic(found, "i")[0] == "（10 ＋ 8 ＋ 7.5 ＋ 7） ÷ 4 ＝ 8.125"
    assert "没有「i」的数值" in found.rows[2].reasons[0]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"how": "sum"}, ["32.50", "15.00", None]),
        ({"how": "median"}, ["7.75", "7.50", None]),  # (7.5 + 8) / 2
        ({"how": "count"}, ["4.00", "2.00", "0.00"]),
        ({"min_raters": 3}, ["8.13", None, None]),
        ({"min_raters": 2, "missing": "zero"}, ["8.13", "7.50", "0.00"]),
        ({"maximum": 10, "base": 100}, ["81.25", "75.00", None]),
        # of four: without 10 and 7; of two nothing is dropped
        ({"drop_highest": 1, "drop_lowest": 1, "drop_from": 3}, ["7.75", "7.50", None]),
        ({"drop_highest": 1, "drop_from": 4}, ["7.50", "7.50", None]),
        ({"drop_lowest": 1, "drop_from": 2}, ["8.50", "9.00", None]),  # 25.5 / 3; 9
        ({"drop_highest": "25% floor", "drop_lowest": "50% floor", "drop_from": 3}, ["8.00", "7.50", None]),
        ({"drop_lowest": 1, "drop_from": 5}, ["8.13", "7.50", None]),
    ],
)
def test_each_way_over_the_raters(keys: dict[str, object], expected: list[str | None]) -> None:
    assert points(given(jury(**keys)), "i") == expected


def test_the_trace_says_which_marks_were_dropped() -> None:
    trimmed = given(jury(drop_highest=1, drop_lowest=1, drop_from=3))
    assert arithmetic(trimmed, "i")[0] == "去掉 10、7；（8 ＋ 7.5） ÷ 2"
    assert arithmetic(trimmed, "i")[1] == "（9 ＋ 6） ÷ 2"
    assert trimmed.trace[0][0].rule == "去掉最高 1 个、最低 1 个（3 份起）后评分取平均"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"how": "median"}, "4 份评分由高到低，居中 8、7.5；（8 ＋ 7.5） ÷ 2"),
        ({"how": "median", "drop_highest": 1, "drop_from": 2},
         "去掉 10；3 份评分由高到低，居中 7.5；7.5"),
        ({"how": "sum"}, "10 ＋ 8 ＋ 7.5 ＋ 7"),
        ({"how": "count"}, "4 人评分"),
        ({"how": "sum", "maximum": 40, "base": 100}, "（10 ＋ 8 ＋ 7.5 ＋ 7） ÷ 40 × 100"),
        ({"maximum": 10, "base": 100, "drop_highest": 1, "drop_from": 2},
         "去掉 10；（8 ＋ 7.5 ＋ 7） ÷ 3 ÷ 10 × 100"),
    ],
)  # fmt: skip
def test_the_trace_of_each_way(keys: dict[str, object], words: str) -> None:
    assert arithmetic(given(jury(**keys)), "i")[0] == words


def test_many_marks_are_told_by_their_sum() -> None:
    lines = ballots(*(f"J{n} a x {n % 2 + 8}" for n in range(16)), "J1 b x 9")
    found = given(jury(), lines=lines)
    assert arithmetic(found, "i")[0] == "（16 份评分合计 136） ÷ 16"
    assert arithmetic(found, "i")[1] == "9"


@pytest.mark.parametrize(("turned", "expected"), [(False, "8.00"), (True, "8.00")])
def test_the_order_of_the_lines_does_not_matter(turned: bool, expected: str) -> None:
    lines = ballots("J1 a x 10", "J2 a x 8", "J3 a x 6", "J1 b x 9", "J1 c x 9")
    found = given(jury(), lines=lines[::-1] if turned else lines)
    assert points(found, "i") == [expected, "9.00", "9.00"]
    assert arithmetic(found, "i")[0] == "（10 ＋ 8 ＋ 6） ÷ 3"


TWO = ballots("J1 a x 10", "J1 a y 4", "J2 a x 6", "J2 a y 10", "J3 a x 7", "J3 a y 7", "J1 b x 8")


def both_items(**keys: object) -> Scheme:
    return jury(items=["x", "y"], weights=[3, 1], drop_highest=1, drop_from=2, **keys)


def test_items_first_and_raters_first_differ_where_marks_are_dropped() -> None:
    # J1 (30 + 4) / 4 = 8.5, J2 (18 + 10) / 4 = 7, J3 7: without 8.5
    by_sheet = given(both_items(first="items", combine="mean"), lines=TWO)
    assert points(by_sheet, "i")[:2] == ["7.00", "8.00"]  # of b there is but one sheet, with one item
    assert arithmetic(by_sheet, "i")[0] == (
        "各评委 （10 × 3 ＋ 4 × 1） ÷ 4 ＝ 8.5、（7 × 3 ＋ 7 × 1） ÷ 4 ＝ 7、（6 × 3 ＋ 10 × 1） ÷ 4 ＝ 7；"
        "去掉 8.5；（7 ＋ 7） ÷ 2"
    )
    # x without 10: 6.5, y without 10: 5.5; (19.5 + 5.5) / 4
    by_item = given(both_items(first="raters", combine="mean"), lines=TWO)
    assert points(by_item, "i")[:2] == ["6.25", None]
    assert arithmetic(by_item, "i")[0] == (
        "去掉 10；（7 ＋ 6） ÷ 2 ＝ 6.5；去掉 10；（7 ＋ 4） ÷ 2 ＝ 5.5；（6.5 × 3 ＋ 5.5 × 1） ÷ 4"
    )
    assert points(given(both_items(first="raters", combine="sum"), lines=TWO), "i")[0] == "25.00"  # 19.5 + 5.5


def test_raters_weigh_as_the_panel_says() -> None:
    raters = [{"id": "J1", "weight": 3}, {"id": "J2"}, {"id": "J3", "weight": Decimal("0.5")}]
    of = scheme(measure("m"), panel("p", "x", raters=raters), item("x"),
                indicator("i", "marks", panel="p", items=["x"], how="mean"))  # fmt: skip
    found = score(of, trace=True, ids=["a"], m=[1], ballots=ballots("J1 a x 10", "J2 a x 6", "J3 a x 4"))
    assert points(found, "i") == ["8.44"]  # (30 + 6 + 2) / 4.5 = 8.444…
    assert arithmetic(found, "i")[0] == "（10 × 3 ＋ 6 × 1 ＋ 4 × 0.5） ÷ 4.5 ＝ 8.4444…"


def test_a_number_of_ratings_can_be_required() -> None:
    of = jury(
        indicator("n", "marks", panel="p", items=["x"], how="count", in_total=False),
        requirement("enough", "compare", of="n", op=">=", to=3),
    )
    assert eligible(given(of)) == [True, False, False]
