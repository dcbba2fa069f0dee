"""Points for a place in the order."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.methods import rank_points
from calc.methods.rank_points import Ties
from tests.calc.making import both, same
from tests.calc.methods.trying import explained, one, refused, values

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")

ONE = np.zeros(6, dtype=np.intp)


def table(size: int) -> Sequence[Fraction]:
    """100, 90, 80, … for any size."""
    return [Fraction(100 - 10 * place) for place in range(size)]


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("best", (90, 100, 90, 70, None, 90)),
        ("worst", (70, 100, 70, 60, None, 70)),
        ("share", (80, 100, 80, 60, None, 80)),
    ],
)
def test_who_are_equal_share_or_get_the_best_or_the_worst_place(ties: Ties, expected: tuple[object, ...]) -> None:
    """9 is first, three 7 on places 2, 3, 4 (90, 80, 70), 1 is fifth (60)."""
    expected = tuple(60 if n == 3 else value for n, value in enumerate(expected))
    for column in both("7", "9", "7", "1", None, "7"):
        assert same(rank_points(column, ONE, table, "highest", ties), *expected)  # type: ignore[arg-type]
        assert same(rank_points(-column, ONE, table, "lowest", ties), *expected)  # type: ignore[arg-type]


def test_each_group_has_its_own_order_and_size_and_who_is_not_counted_no_place() -> None:
    groups = np.array([0, 1, 0, 1, 1, 0])
    use = np.array([True, True, True, True, True, False])

    def from_behind(size: int) -> list[int]:
        return [size - place for place in range(size)]

    for column in both("7", "9", "8", "1", "3", "100"):
        assert same(rank_points(column, groups, from_behind, "highest", "best", use), 1, 3, 2, 1, 2, None)


def test_places_without_points_spoil_only_what_is_shared_with_them() -> None:
    def few(size: int) -> list[float]:
        return [5.0, float("nan"), 1.0][:size]

    for column in both("3", "2", "1"):
        assert same(rank_points(column, ONE[:3], few, "highest", "share"), 5, None, 1)
    for column in both("3", "3", "1"):
        assert same(rank_points(column, ONE[:3], few, "highest", "share"), None, None, 1)


@given(st.lists(st.tuples(st.integers(0, 2), st.one_of(st.none(), st.integers(0, 3))), min_size=1, max_size=12))
def test_points_are_as_counted_row_by_row(rows: list[tuple[int, int | None]]) -> None:
    expected: list[Fraction | None] = []
    for group, value in rows:
        order = sorted((other for of, other in rows if of == group and other is not None), reverse=True)
        places = [place for place, other in enumerate(order) if other == value]
        expected.append(Fraction(sum(100 - 10 * place for place in places), len(places)) if places else None)
    codes = np.array([group for group, _ in rows])
    assert same(rank_points(both(*(value for _, value in rows))[1], codes, table, "highest", "share"), *expected)


KEYS = {"of": "x", "best": "highest", "within": "all", "among": "rated", "ties": "share"}
TABLE = KEYS | {"table": {"points": [25, 18, 15], "beyond": 1}}


def test_points_by_a_table_in_numbers_and_words() -> None:
    of = one("rank_points", **TABLE)
    assert explained(of, x=[50, 72, 90, 99, 72]) == [
        ("50 在 5 人中列第 5 名，得 1", "1.00"),
        ("72 在 5 人中列第 3 名，2 人并列占第 3 至 4 名，平分：（15 ＋ 1） ÷ 2", "8.00"),
        ("90 在 5 人中列第 2 名，得 18", "18.00"),
        ("99 在 5 人中列第 1 名，得 25", "25.00"),
        ("72 在 5 人中列第 3 名，2 人并列占第 3 至 4 名，平分：（15 ＋ 1） ÷ 2", "8.00"),
    ]
    assert of.indicator[0].rule() == (
        "在全体参评者中由高到低排名，依次得25、18、15分，其后得1分；并列者平分所占名次的得分"
    )
    none = one("rank_points", **TABLE | {"table": {"points": [25], "beyond": "undefined"}})
    assert values(none, x=[1, 2]) == [None, "25.00"]
    assert "依次得25分，其后没有得分" in none.indicator[0].rule()


def test_points_in_equal_steps_in_numbers_and_words() -> None:
    of = one("rank_points", **KEYS | {"ties": "worst", "best": "lowest",
                                      "progression": {"first": 100, "step": -30, "last": 20}})  # fmt: skip
    assert explained(of, x=[1, 5, 5, 9, 10])[1:4] == [
        ("5 在 5 人中列第 2 名，2 人并列占第 2 至 3 名，按第 3 名得 40", "40.00"),
        ("5 在 5 人中列第 2 名，2 人并列占第 2 至 3 名，按第 3 名得 40", "40.00"),
        ("9 在 5 人中列第 4 名，得 20", "20.00"),
    ]
    assert of.indicator[0].rule() == (
        "在全体参评者中由低到高排名，第一名得100分，其后每名减30分，最低20分；并列者都按最后的名次得分"
    )
    rank = one("rank_points", **KEYS | {"ties": "best", "progression": {"first": 1, "step": 1, "last": "none"}})
    assert values(rank, x=[7, 9, 7, 1]) == ["2.00", "1.00", "2.00", "4.00"]
    low = one("rank_points", **KEYS | {"progression": {"first": 0, "step": Decimal("0.5"), "last": 1}})
    assert values(low, x=[4, 3, 2, 1]) == ["0.00", "0.50", "1.00", "1.00"]
    assert "其后每名增0.5分，最高1分" in low.indicator[0].rule()


def test_points_by_the_share_behind_in_numbers_and_words() -> None:
    inclusive = one("rank_points", **KEYS | {"percentage": "inclusive", "base": 100, "within": "team"})
    assert explained(inclusive, team=["A", "A", "A", "A", "B"], x=[4, 3, 2, 2, 9])[1:] == [
        ("3 在 4 人中列第 2 名，得 （4 － 2 ＋ 1） ÷ 4 × 100", "75.00"),
        *[("2 在 4 人中列第 3 名，2 人并列占第 3 至 4 名，平分："
           "（（4 － 3 ＋ 1） ÷ 4 × 100 ＋ （4 － 4 ＋ 1） ÷ 4 × 100） ÷ 2", "37.50")] * 2,
        ("9 在 1 人中列第 1 名，得 （1 － 1 ＋ 1） ÷ 1 × 100", "100.00"),
    ]  # fmt: skip
    assert inclusive.indicator[0].rule() == (
        "在同组参评者中由高到低排名，（人数－名次＋1）÷人数×100；并列者平分所占名次的得分"
    )
    exclusive = one("rank_points", **KEYS | {"percentage": "exclusive", "base": 100})
    assert explained(exclusive, x=[4, 3, 2])[1] == ("3 在 3 人中列第 2 名，得 （3 － 2） ÷ （3 － 1） × 100", "50.00")
    assert values(exclusive, x=[4]) == [None]


def test_the_last_places_may_have_points_of_their_own() -> None:
    of = one("rank_points", **TABLE | {"bottom": {"points": [-5, -3], "from": 4}})
    assert values(of, x=[4, 3, 2, 1]) == ["25.00", "18.00", "-3.00", "-5.00"]
    assert values(of, x=[4, 3, 2]) == ["25.00", "18.00", "15.00"]
    assert explained(of, x=[4, 3, 1, 1])[3] == (
        "1 在 4 人中列第 3 名，2 人并列占第 3 至 4 名，平分：（-3 ＋ -5） ÷ 2",
        "-4.00",
    )
    assert "；满4人时由末名起依次得-5、-3分；" in of.indicator[0].rule()
    share = one("rank_points", **KEYS | {"percentage": "inclusive", "base": 10, "bottom": {"points": [0], "from": 2}})
    assert explained(share, x=[4, 3])[1] == ("3 在 2 人中列第 2 名，得 0", "0.00")


@pytest.mark.parametrize(
    ("changed", "key", "said"),
    [
        ({"ties": None}, "ties", "share（并列者平分所占名次的得分）、best（并列者都按最前的名次得分）、worst"),
        ({"among": None}, "among", "everybody"),
        ({"within": None}, "within", "pool（本组）、all（全体）、文字列"),
        ({"table": {"points": [1]}}, "table.beyond", "undefined（没有得分）、一个数"),
        ({"table": None}, "table", "须写一个"),
        ({"percentage": "inclusive", "base": 9}, "table", "只写一个"),
        ({"table": None, "percentage": "inclusive"}, "base", "须写 base"),
        ({"table": None, "percentage": "half", "base": 9}, "percentage", "inclusive（（人数－名次＋1）÷人数）"),
        ({"table": None, "progression": {"first": 9, "step": -1}}, "progression.last", "none"),
        ({"table": None, "progression": {"first": 9, "step": 0, "last": 1}}, "progression.step", "不能是 0"),
        ({"table": None, "progression": {"first": 9, "step": 1, "last": 1}}, "progression.last", "到不了 1"),
        ({"bottom": {"points": [0, 0], "from": 2}}, "bottom.from", "须多于 2 人"),
    ],
)
def test_what_points_for_ranks_leave_open_is_refused(changed: dict[str, object], key: str, said: str) -> None:
    assert said in refused("rank_points", **(TABLE | changed))[key]
