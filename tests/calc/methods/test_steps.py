"""Points in steps around a target."""

from decimal import Decimal

import pytest

from calc.methods import stepped
from calc.methods.steps import Counting, Step
from tests.calc.making import both, same
from tests.calc.methods.trying import explained, one, refused, values

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")

NUMBERS = ("100", "103", "106", "120", "99", "96", "80", None)


@pytest.mark.parametrize(
    ("counting", "expected"),
    [
        # each 2 above adds 1, at most 5; each 4 below takes 3, at most 9
        ("whole", (20, 21, 23, 25, 20, 17, 11, None)),
        ("started", (20, 22, 23, 25, 17, 17, 11, None)),
        ("linear", (20, "21.5", 23, 25, "19.25", 17, 11, None)),
    ],
)
def test_steps_are_counted_whole_begun_or_in_proportion(counting: Counting, expected: tuple[object, ...]) -> None:
    for column in both(*NUMBERS):
        found = stepped(column, 100, 20, Step(2, 1, 5), Step(4, -3, 9), counting)
        assert same(found, *expected)  # type: ignore[arg-type]


def test_a_side_without_a_step_changes_nothing() -> None:
    for column in both(*NUMBERS):
        assert same(stepped(column, 100, 20, None, Step(4, -3, None), "whole"), 20, 20, 20, 20, 20, 17, 5, None)
        assert same(stepped(column, 100, 20, Step(2, -1, None), None, "whole"), 20, 19, 17, 10, 20, 20, 20, None)


def test_each_row_may_have_its_own_target() -> None:
    for values_, targets in zip(both("5", "5", "5", None), both("3", "5", None, "3"), strict=True):
        assert same(stepped(values_, targets, 0, Step(1, 1, None), None, "whole"), 2, 0, None, None)


STEPS = {
    "of": "x",
    "base": 20,
    "target": 100,
    "value_cap": 120,
    "counting": "whole",
    "above": {"each": 2, "add": 1, "most": 5},
    "below": {"each": 4, "take": 3},
}


def test_steps_of_a_scheme_in_numbers_and_words() -> None:
    of = one("steps", **STEPS)
    assert explained(of, x=[100, 103, 115, 130, "91.5"]) == [
        ("100，正达目标 100，得 20", "20.00"),
        ("103，高于目标 100 共 3，每 2 一步计 1 步，20 ＋ 1 × 1", "21.00"),
        ("115，高于目标 100 共 15，每 2 一步计 7 步，最多加 5：20 ＋ 5", "25.00"),
        ("130（按最高 120 计），高于目标 100 共 20，每 2 一步计 10 步，最多加 5：20 ＋ 5", "25.00"),
        ("91.5，低于目标 100 共 8.5，每 4 一步计 2 步，20 － 2 × 3", "14.00"),
    ]
    assert of.indicator[0].rule() == (
        "达到100得20分，高于100的每2加1分（最多加5分），低于100的每4扣3分，数值最高按120计，不足一步不计"
    )


def test_a_completion_capped_at_120_counts_as_120_and_no_more() -> None:
    of = one("steps", **STEPS | {"above": {"each": 1, "add": 1}})
    assert values(of, x=[119, 120, 121, 500]) == ["39.00", "40.00", "40.00", "40.00"]


def test_target_and_cap_may_be_columns() -> None:
    of = one("steps", **STEPS | {"target": "y", "value_cap": "z"})
    assert values(of, x=[10, 10, 10, 10], y=[8, 8, 14, None], z=[10, 8, 99, 10]) == ["21.00", "20.00", "17.00", None]
    assert explained(of, x=[6], y=[8], z=[9]) == [("6，低于目标 8 共 2，每 4 一步计 0 步，20 － 0 × 3", "20.00")]


def test_the_side_that_is_not_stated_is_said_to_change_nothing() -> None:
    of = one("steps", of="x", base=5, target=0, counting="linear", below={"each": 1, "take": Decimal("0.5"), "most": 2})
    assert explained(of, x=[3, -1]) == [
        ("3，高于目标 0 共 3，不加不扣，得 5", "5.00"),
        ("-1，低于目标 0 共 1，每 1 一步计 1 步，5 － 1 × 0.5", "4.50"),
    ]
    assert of.indicator[0].rule() == "达到0得5分，高于的不加不扣，低于0的每1扣0.5分（最多扣2分），不足一步按比例计"


@pytest.mark.parametrize(
    ("changed", "key", "said"),
    [
        ({"counting": None}, "counting", "whole（不足一步不计）、started（不足一步按一步计）、linear"),
        ({"counting": "half"}, "counting", "须选定"),
        ({"above": None, "below": None}, "above", "至少写一个"),
        ({"above": {"each": 1}}, "above.add", "须写一个"),
        ({"below": {"each": 1, "add": 1, "take": 1}}, "below.add", "只写一个"),
        ({"above": {"each": 0, "add": 1}}, "above.each", "大于"),
        ({"base": None}, "base", "缺少"),
        ({"target": "nothing"}, "", "没有列 nothing"),
    ],
)
def test_what_steps_leave_open_is_refused(changed: dict[str, object], key: str, said: str) -> None:
    assert said in refused("steps", **(STEPS | changed))[key]
