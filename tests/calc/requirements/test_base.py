"""Who is rated and who may win."""

from decimal import Decimal

import pytest

from tests.calc.making import by_id, honoured, indicator, measure, points_scheme, ranks, requirement, scheme, score


def test_who_fails_the_rating_takes_no_part_and_sets_no_best() -> None:
    of = scheme(
        measure("x"),
        measure("ok", "yes_no"),
        indicator("x", "ratio", of="x", best="highest", base=10),
        requirement("r", "yes", gate="rating", of="ok"),
    )
    result = score(of, x=[8, 4, 2], ok=[False, True, True])
    out = result.rows[0]
    assert (out.rated, out.points, out.columns, out.total, out.rank) == (False, None, None, None, None)
    assert out.reasons == ("不符合“r”（第r条）",)
    assert [row.total for row in result.rows[1:]] == [10, 5]
    assert ranks(result) == [None, 1, 2]


def test_who_fails_the_award_is_scored_and_sets_the_best_but_has_no_rank() -> None:
    of = scheme(
        measure("x"),
        measure("ok", "yes_no"),
        indicator("x", "ratio", of="x", best="highest", base=10),
        requirement("r", "yes", of="ok"),
    )
    result = score(of, x=[8, 4, 2], ok=[False, True, True])
    assert [row.total for row in result.rows] == [10, 5, Decimal("2.5")]
    assert ranks(result) == [None, 1, 2]
    assert [row.rated for row in result.rows] == [True, True, True]


def test_a_rating_that_is_pending_leaves_the_row_rated_but_not_eligible() -> None:
    of = points_scheme(measure("ok", "yes_no", missing="pending"), requirement("r", "yes", gate="rating", of="ok"))
    (row,) = score(of, points=[5], ok=[None]).rows
    assert (row.rated, row.eligible, row.total) == (True, False, 5)


@pytest.mark.parametrize(
    ("period", "honour", "barred"),
    [
        ("2026-09", honoured("a", "2026-08"), True),
        ("2026-01", honoured("a", "2025-12"), True),
        ("2026-09", honoured("a", "2026-08", contest="test/small"), True),
        ("2026-09", honoured("a", "2026-07"), False),
        ("2026-09", honoured("a", "2026-09"), False),
        ("2026-09", honoured("a", "2026-08", "won"), False),
        ("2026-09", honoured("a", "2026-08", "cancelled"), False),
        ("2026-09", honoured("a", "2026-08", contest="other"), False),
        ("2026-09", honoured("b", "2026-08"), False),
        ("2026-09", honoured("a", "2026Q2"), False),
    ],
)
def test_who_had_the_title_withdrawn_in_the_period_before_is_not_rated(
    period: str, honour: object, barred: bool
) -> None:
    of = points_scheme(barring={"periods": 1, "clause": "第二十三条"})
    row = by_id(score(of, points=[9, 1], period=period, honours=[honour]))["a"]
    assert row.rated is not barred
    assert row.reasons == (("上一评选周期被取消资格，本期不得参评（第二十三条）",) if barred else ())
