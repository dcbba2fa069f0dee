"""Countback: more firsts, then more seconds."""

from itertools import product

import numpy as np
import pytest

from calc.methods import countback
from calc.methods.countback import record
from calc.methods.summary import Keep, Trim
from tests.calc.making import both, indicator, measure, ranks, scheme, score
from tests.calc.methods.trying import explained, one

EVERYBODY = {"within": "all", "among": "everybody"}


def test_a_record_has_the_best_first_and_leaves_out_what_is_missing_or_dropped() -> None:
    for columns in zip(*(both(*column) for column in ((3, 1), (1, None), (2, 5))), strict=True):
        assert record(columns, "lowest") == [(1, 2, 3), (1, 5)]
        assert record(columns, "highest") == [(3, 2, 1), (5, 1)]
        assert record(columns, "lowest", [Trim(3, 1, 0)]) == [(1, 2), (1, 5)]
        assert record(columns, "lowest", keeps=[Keep("lowest", 1)]) == [(1,), (1,)]


def places(records: list[tuple[int, ...]], best: str = "lowest", of: list[int] | None = None) -> list[int]:
    use = np.ones(len(records), dtype=np.bool_)
    return countback(records, best, np.array(of or [0] * len(records)), use)  # type: ignore[arg-type]


def test_more_firsts_come_first_then_more_seconds() -> None:
    # one first and two seconds; two firsts; one first, one second and a third; the same again
    assert places([(1, 2, 2), (1, 1, 9), (1, 2, 3), (1, 2, 3)]) == [2, 1, 3, 3]


def test_the_longer_of_two_that_begin_alike_comes_first() -> None:
    assert places([(1, 2), (1, 2, 9)]) == [2, 1]
    assert places([(9, 8), (9, 8, 1)], "highest") == [2, 1]


def test_places_are_within_groups() -> None:
    assert places([(2,), (1,), (3,)], of=[0, 1, 0]) == [1, 1, 2]


@pytest.mark.parametrize("races", [1, 2, 3])
def test_countback_is_the_comparison_of_counts(races: int) -> None:
    """Reckoned the other way: the number of firsts, of seconds, of thirds, each more is better."""
    records = [tuple(sorted(found)) for found in product((1, 2, 3), repeat=races)]
    counts = [tuple(found.count(place) for place in (1, 2, 3)) for found in records]
    assert places(records) == [1 + sum(other > own for other in counts) for own in counts]


def test_a_tie_on_points_goes_to_who_won_more_races() -> None:
    of = scheme(
        measure("race", many=True, missing="none"),
        indicator("sum", "summary", family="race", statistic="sum", absent="skipped"),
        indicator("back", "countback", family="race", absent="skipped", best="lowest", in_total=False, **EVERYBODY),
        total={"lowest_first": True},
        rank_by=[{"of": "total", "best": "lowest"}, {"of": "back", "best": "lowest"}],
    )
    result = score(of, race_1=[1, 2, 3], race_2=[3, 2, 1], race_3=[4, 4, 4], race_4=[2, 2, 2])
    # all have 10: a and c have a first, a second, a third and a fourth; b has three seconds
    assert ranks(result) == [1, 3, 1]


def test_a_place_in_words() -> None:
    of = one("countback", family="many", absent="skipped", best="highest", drop=[{"from": 3, "lowest": 1}], **EVERYBODY)
    assert explained(of, many_1=[5, 9, None], many_2=[9, 2, None], many_3=[1, None, None]) == [
        ("由好到差 9、5，列第 1", "1.00"),
        ("由好到差 9、2，列第 2", "2.00"),
        ("无此项数据，不计算", ""),
    ]
    assert of.indicator[0].rule() == (
        "在全体中先比最高的有几个，再比次高的，依次比下去，得名次；缺的略过，按有的计算，满3个时去掉1个最低"
    )


def test_where_all_are_needed_who_lacks_one_has_no_place() -> None:
    of = one("countback", of=["x", "y"], absent="needed", best="lowest", **EVERYBODY)
    assert [value for _, value in explained(of, x=[1, 2], y=[None, 3])] == ["", "1.00"]
