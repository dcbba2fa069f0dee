"""Who moved from one pool to another within the period counts in one of them, by the scheme's rule."""

import pytest

from calc.result import Result
from calc.scheme.model import Scheme
from tests.calc.making import BAD, measure, points_scheme, score, statuses, told


def contest(rule: str) -> Scheme:
    return points_scheme(
        measure("origin", "text", missing="none"),
        measure("day", "date", missing="none"),
        pool="team",
        moves={"origin": "origin", "day": "day", "rule": rule},
    )


MOST, LAST_DAY = contest("most"), contest("last_day")


def pool_of(of: Scheme, day: str, period: str = "2026-09") -> str:
    """The pool of somebody who came from A to B on the day."""
    result = score(of, team=["B"], points=[1], origin=["A"], day=[day], period=period)
    assert result.problems == ()
    return result.rows[0].pool


@pytest.mark.parametrize(
    ("period", "day", "most", "last_day"),
    [
        ("2026-09", "2026-08-15", "B", "B"),
        ("2026-09", "2026-09-01", "B", "B"),
        ("2026-09", "2026-09-16", "B", "B"),  # 15 days in each
        ("2026-09", "2026-09-17", "A", "B"),
        ("2026-09", "2026-09-30", "A", "B"),
        ("2026-09", "2026-10-01", "A", "A"),
        ("2026-10", "2026-10-16", "B", "B"),  # 15 and 16 days
        ("2026-10", "2026-10-17", "A", "B"),
        ("2026-02", "2026-02-15", "B", "B"),  # 14 days in each
        ("2026-02", "2026-02-16", "A", "B"),
    ],
)
def test_the_pool_is_that_of_the_last_day_or_of_most_days(period: str, day: str, most: str, last_day: str) -> None:
    assert (pool_of(MOST, day, period), pool_of(LAST_DAY, day, period)) == (most, last_day)


def test_who_did_not_move_counts_where_they_are_and_the_columns_may_be_left_out() -> None:
    both = {"team": ["A", "B"], "points": [1, 2]}
    with_columns = score(MOST, **both, origin=[None, None], day=[None, None])
    assert with_columns == score(MOST, **both)
    assert statuses(with_columns) == {"a": "winner", "b": "winner"}


def test_who_moved_is_ranked_and_wins_where_they_count() -> None:
    result = score(
        MOST,
        team=["B", "A", "B"],
        points=[9, 5, 1],
        origin=["A", None, None],
        day=["2026-09-20", None, None],
    )
    assert [(row.pool, row.rank) for row in result.rows] == [("A", 1), ("A", 2), ("B", 1)]
    assert statuses(result) == {"a": "winner", "c": "winner"}


def moved(origin: object, day: object) -> Result:
    return score(MOST, team=["B", "A", "C"], points=[1, 2, 3], origin=[origin, None, None], day=[day, None, None])


@pytest.mark.parametrize(
    ("origin", "day", "problems"),
    [
        ("A", None, [("error", "day2")]),
        (None, "2026-09-20", [("error", "origin2")]),
        ("A", BAD, []),  # the reader has told of it
        (BAD, "2026-09-20", []),
    ],
)
def test_a_move_that_is_only_half_known_withholds_everybody(
    origin: object, day: object, problems: list[tuple[str, str]]
) -> None:
    result = moved(origin, day)
    assert told(result) == problems
    assert "数据有误" in result.rows[0].reasons[0]
    assert all(pool.withheld for pool in result.quota)
    assert statuses(result) == {}
