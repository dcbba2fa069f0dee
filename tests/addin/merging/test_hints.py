"""What is worth a second look, and what is not."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from addin.merging.arrival import Arrival, Figure
from addin.merging.hints import Hint, hints
from addin.merging.summary import Summary
from tests.addin.merging.making import CONTEST, figure, sent


def units(*figures: Figure) -> list[tuple[str, Arrival]]:
    return [("河南", sent(f"{n}.xlsx", unit=f"{n}支行", figures=(each,))) for n, each in enumerate(figures)]


def branches(*figures: Figure) -> list[Summary]:
    return [Summary(f"{n}分行", 0, 1, f.count, 1, {f.column: f}) for n, f in enumerate(figures)]


def found(hint: tuple[Hint, ...]) -> list[tuple[str, str]]:
    return [(each.unit or each.branch, each.kind) for each in hint]


USUAL = [figure("total", 8, 85, spread) for spread in (10, 11, 12, 13, 14)]


def test_totals_that_are_nearly_all_alike() -> None:
    [hint] = hints(CONTEST, units(*USUAL, figure("total", 8, 90, 1)), [], {})
    assert (hint.contest, hint.branch, hint.unit, hint.kind) == ("月度明星", "河南", "5支行", "总分都差不多")
    assert hint.text == "8 人的总分在 89.5 至 90.5 之间；各单位最高与最低通常相差 11.50"


@pytest.mark.parametrize("other", [figure("total", 4, 90, 0), figure("total", 8, 90, 2)])
def test_few_people_or_some_spread_is_nothing(other: Figure) -> None:
    assert hints(CONTEST, units(*USUAL, other), [], {}) == ()


def test_with_few_units_nobody_stands_out() -> None:
    assert hints(CONTEST, units(*USUAL[:3], figure("total", 8, 90, 0)), [], {}) == ()


def test_the_same_points_for_everybody_where_others_differ() -> None:
    others = [figure("quality", 8, 40, 5) for _ in range(9)]
    assert found(hints(CONTEST, units(*others, figure("quality", 8, 50, 0)), [], {})) == [("9支行", "得分全相同")]


def test_the_same_points_are_nothing_where_others_have_them_too() -> None:
    others = [figure("quality", 8, 40, 5) for _ in range(8)]
    assert hints(CONTEST, units(*others, *[figure("quality", 8, 50, 0)] * 2), [], {}) == ()


def test_nobody_deducted_though_a_tenth_is_elsewhere() -> None:
    others = [figure("service", 100, 9, 2, undiminished=88) for _ in range(5)]
    clean = figure("service", 100, 10, 0, undiminished=100)
    [hint] = hints(CONTEST, [], branches(*others, clean), {})
    assert (hint.branch, hint.unit, hint.kind) == ("5分行", "", "无人扣分")
    assert hint.text == "100 人的客户评价都没有扣分；总体有 10.00% 的人扣分"


def test_nobody_deducted_of_a_few_is_chance() -> None:
    others = [figure("service", 100, 9, 2, undiminished=88) for _ in range(5)]
    assert hints(CONTEST, [], branches(*others, figure("service", 20, 10, 0, undiminished=20)), {}) == ()


def test_a_mean_that_jumped_where_the_others_moved_together() -> None:
    now = branches(*(figure("total", 10, mean) for mean in (82, 83, 84, 85, 86, 70)))
    last = {f"{n}分行": Fraction(80 + n) for n in range(6)}
    [hint] = hints(CONTEST, [], now, last)
    assert (hint.branch, hint.kind) == ("5分行", "比上期变动大")
    assert hint.text == "平均总分由上期的 85.00 变为 70.00；各分行通常变动 +2.00"


def test_a_small_move_is_no_jump_though_nobody_else_moved() -> None:
    now = branches(*(figure("total", 10, 80) for _ in range(6)))
    last = {f"{n}分行": Fraction(80) for n in range(5)} | {"5分行": Fraction("79.5")}
    assert hints(CONTEST, [], now, last) == ()


def test_branches_without_a_last_period_say_nothing() -> None:
    assert hints(CONTEST, [], branches(*(figure("total", 10, 80 + 5 * n) for n in range(6))), {}) == ()


def test_deductions_are_not_taken_for_points_that_are_all_alike() -> None:
    clean = figure("service", 8, 10, 0, undiminished=8)
    mixed = replace(figure("service", 8, 9, 2), undiminished=4)
    assert hints(CONTEST, units(*[mixed] * 9, clean), [], {}) == ()
    assert clean.low == Decimal(10)
