"""The one door: whole contests, and that floats decide nothing which fractions would decide otherwise."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from calc import evaluate
from calc.scheme.model import Scheme
from tests.calc.making import (
    by_id,
    eligible,
    event,
    happened,
    indicator,
    measure,
    points,
    points_scheme,
    ranks,
    requirement,
    reward,
    ruled,
    scheme,
    score,
    statuses,
    submit,
)


def test_each_pool_has_its_winner_its_quota_and_its_rewards() -> None:
    of = points_scheme(reward("money", 300), reward("none", 0), pool="team")
    result = score(of, team=["A", "B", "A"], points=[1, 2, 3])
    assert statuses(result) == {"b": "winner", "c": "winner"}
    assert {row.id: dict(row.rewards) for row in result.rows} == {"a": {}, "b": {"money": 300}, "c": {"money": 300}}
    assert [(pool.pool, pool.seats, pool.filled) for pool in result.quota] == [("A", 1, 1), ("B", 1, 1)]


def test_an_error_in_one_pool_leaves_the_winners_of_the_others() -> None:
    of = points_scheme(pool="team")
    result = score(of, team=["A", "A", "B"], points=[5, None, 1])
    assert statuses(result) == {"c": "winner"}
    assert [(pool.filled, pool.withheld) for pool in result.quota] == [(0, True), (1, False)]
    assert by_id(result)["a"].rank == 1


def test_reasons_name_the_gravest_first_each_with_its_clause() -> None:
    of = points_scheme(
        measure("test", missing="pending"),
        measure("ok", "yes_no"),
        event("e", needs=["verified"]),
        indicator("test", "given", of="test"),
        requirement("no_e", "no_event", event="e"),
        requirement("ok", "yes", of="ok"),
    )
    result = score(of, points=[None], test=[None], ok=[False], events=[happened("a", "e", verified=None)])
    assert result.rows[0].reasons == (
        "数据有误：points，改正后再评",
        "待考：test",
        "待核实：no_e（第no_e条）",
        "不符合“ok”（第ok条）",
    )


def test_what_is_pending_makes_its_pool_provisional_but_not_the_others() -> None:
    of = points_scheme(event("e", needs=["verified"]), requirement("r", "no_event", event="e"), pool="team")
    result = score(of, team=["A", "A", "B"], points=[5, 4, 1], events=[happened("a", "e", verified=None)])
    assert statuses(result) == {"b": "winner", "c": "winner"}
    assert [pool.provisional for pool in result.quota] == [True, False]


def test_a_pending_event_that_disqualifies_nobody_is_not_provisional() -> None:
    of = points_scheme(event("e", needs=["verified"]), indicator("d", "deduction", base=1, each={"e": 1}))
    result = score(of, points=[5], events=[happened("a", "e", verified=None)])
    assert (result.quota[0].provisional, [str(p.severity) for p in result.problems]) == (False, ["warning"])


def test_a_lot_without_a_seed_is_an_error_and_everybody_stays_tied() -> None:
    of = points_scheme(ties={"policy": "lot"})
    result = score(of, points=[5, 5])
    assert (statuses(result), result.has_errors) == ({"a": "tied", "b": "tied"}, True)
    assert "种子" in result.problems[0].message
    assert score(of, points=[5, 4]).problems == ()


def test_a_lot_with_a_seed_draws_one_whatever_the_order_of_the_rows() -> None:
    of = points_scheme(ties={"policy": "lot", "seed": "2026-10-08"})
    data = submit(of, points=[5, 5, 5])
    turned = replace(data, ids=data.ids[::-1], measures={"points": data.measures["points"][::-1]})
    assert statuses(evaluate(of, data)) == statuses(evaluate(of, turned))
    assert len(statuses(evaluate(of, data))) == 1


TIE_BREAK = points_scheme(
    measure("a"),
    measure("b"),
    measure("faults"),
    indicator("mean", "mean", of=["a", "b"], in_total=False),
    ties={"policy": "ask", "order": [{"of": "mean", "best": "highest"}, {"of": "faults", "best": "lowest"}]},
)


@pytest.mark.parametrize("trace", [False, True], ids=["float", "exact"])
def test_tie_breaks_read_true_values_first_to_last_and_ranks_stay_shared(trace: bool) -> None:
    """0.1 + 0.2 and 0.3 + 0 have one mean though their floats differ: the faults decide."""
    data = {"points": [5, 5, 5], "a": ["0.1", "0.3", "0.2"], "b": ["0.2", 0, "0.0999999999999"], "faults": [3, 2, 0]}
    result = score(TIE_BREAK, **data, trace=trace)
    assert statuses(result) == {"b": "winner"}
    assert ranks(result) == [1, 1, 1]


@pytest.mark.parametrize("trace", [False, True], ids=["float", "exact"])
def test_who_is_equal_in_every_tie_break_is_tied(trace: bool) -> None:
    data = {"points": [5, 5, 5], "a": ["0.1", "0.3", "0.2"], "b": ["0.2", 0, 0], "faults": [2, 2, 0]}
    assert statuses(score(TIE_BREAK, **data, trace=trace)) == {"a": "tied", "b": "tied"}


def test_withheld_pools_hide_winners_ties_and_idle_rulings() -> None:
    of = points_scheme()
    result = score(of, points=[5, 5, None], rulings=[ruled("tie", "seat", "c")])
    assert (statuses(result), result.quota[0].tied, result.quota[0].filled) == ({}, (), 0)
    assert [problem.cell for problem in result.problems] == ["points4"]


def test_pools_without_a_doubt_and_pools_with_one_come_out_alike() -> None:
    """Team A has the half-way point 2.675; team B has not, and its points are those of a contest of its own."""
    of = scheme(
        measure("team", "text"), measure("x"), indicator("x", "ratio", of="x", best="highest", base=10), pool="team"
    )
    both = score(of, team=["A", "B", "A", "B"], x=[1000, 3, "267.5", 1])
    assert points(both, "x") == ["10.00", "10.00", "2.68", "3.33"]
    assert by_id(both)["b"] == by_id(score(of, ids=["b", "d"], team=["B", "B"], x=[3, 1]))["b"]


def test_a_doubt_in_one_pool_is_decided_with_all_pools_where_something_is_taken_over_everybody() -> None:
    """Team B has the half-way point 2.675 of team A's best 1000; the mean of all is 500."""
    of = scheme(
        measure("team", "text"),
        measure("x"),
        indicator("x", "ratio", of="x", best="highest", base=10, within="all"),
        requirement("r", "compare", of="x", op=">=", to={"aggregate": "mean", "of": "x", "within": "all"}),
        pool="team",
    )
    result = score(of, team=["A", "B", "B"], x=[1000, "267.5", "232.5"])
    assert points(result, "x") == ["10.00", "2.68", "2.33"]
    assert eligible(result) == [True, False, False]


# Floats decide nothing that fractions would decide otherwise.


def numbers(*names: str) -> str:
    return "".join(measure(name) for name in names)


ZERO_BEST = scheme(
    numbers("a", "b", "c"),
    indicator("mean", "mean", of=["a", "b", "c"], in_total=False),
    indicator("x", "ratio", of="mean", best="highest", base=10),
)
ZERO_LOWEST = scheme(
    numbers("a", "b", "c"),
    indicator("mean", "mean", of=["a", "b", "c"], in_total=False),
    indicator("x", "ratio", of="mean", best="lowest", zero_rule="inverse", base=10),
)
SUM_OF_SIZES = scheme(
    numbers("a", "b", "c"),
    indicator("mean", "mean", of=["a", "b", "c"], in_total=False),
    indicator("x", "ratio", of="mean", best="highest", base=Decimal("10.01")),
)
TINY_BEST = scheme(
    numbers("a", "b"),
    indicator("mean", "mean", of=["a", "b"], in_total=False),
    indicator("x", "ratio", of="mean", best="highest", base=10),
)
LINEAR = scheme(numbers("a"), indicator("x", "ratio", of="a", best="lowest", zero_rule="linear", base=100))
MEAN = scheme(numbers("a", "b"), indicator("x", "mean", of=["a", "b"]))
ABOVE_MEAN = scheme(
    numbers("a"),
    indicator("x", "deduction", base=10, each={"e": 1}),
    event("e"),
    requirement("r", "compare", of="a", op=">", to={"aggregate": "mean", "of": "a", "within": "pool"}),
)


@pytest.mark.parametrize("trace", [False, True], ids=["float", "exact"])
@pytest.mark.parametrize(
    ("of", "columns", "expected"),
    [
        # the best mean is 0.1 + 0.2 - 0.3 = 0: nothing to share
        (ZERO_BEST, {"a": ["0.1", 0], "b": ["0.2", 0], "c": ["-0.3", 0]}, ["0.00", "0.00"]),
        # the lowest mean is 0, so (max - x) / max: 10, 0 and (6 - 3) / 6
        (ZERO_LOWEST, {"a": ["0.1", 6, 3], "b": ["0.2", 6, 3], "c": ["-0.3", 6, 3]}, ["10.00", "0.00", "5.00"]),
        # means of 10^-9 and 0.3345 x 10^-9, so 3.345 points
        (TINY_BEST, {"a": ["60.100000002", "60.100000000669"], "b": ["-60.1", "-60.1"]}, ["10.00", "3.35"]),
        # (619501 - 619500.990694495) / (619501 - 619499.4619) x 100 = 0.605
        (LINEAR, {"a": [619501, "619499.4619", "619500.990694495"]}, ["0.00", "100.00", "0.61"]),
        # one float, two decimals
        (LINEAR, {"a": ["0.12", "0.120000000000000000001"]}, ["100.00", "0.00"]),
        # (10^12 - 999999999999.99002) / 2 = 0.00499
        (MEAN, {"a": ["1e12"], "b": ["-999999999999.99002"]}, ["0.00"]),
        # few digits, but of very different sizes: means of 0.00002 / 3 and 0.00001 / 3, half of 10.01 points
        (
            SUM_OF_SIZES,
            {"a": [99999, 0], "b": ["0.00002", "0.00001"], "c": [-99999, 0]},
            ["10.01", "5.01"],
        ),
    ],
    ids=["best of 0", "lowest of 0", "tiny best", "narrow span", "more digits than a float", "difference", "sizes"],
)  # fmt: skip
def test_points_are_those_of_exact_arithmetic_where_floats_cancel(
    of: Scheme, columns: dict[str, Sequence[object]], expected: list[str], trace: bool
) -> None:
    assert points(score(of, **columns, trace=trace), "x") == expected


@pytest.mark.parametrize("trace", [False, True], ids=["float", "exact"])
def test_a_comparison_is_that_of_exact_arithmetic_where_floats_cancel(trace: bool) -> None:
    """The mean is (0.087 + 0.0435) / 3 = 0.0435, and 0.0435 is not above it."""
    result = score(ABOVE_MEAN, a=["1e12", "-999999999999.913", "0.0435"], trace=trace)
    assert eligible(result) == [True, False, False]


def test_the_result_has_no_trace_unless_asked() -> None:
    of = points_scheme()
    assert score(of, points=[1]).trace == ()
    assert len(score(of, points=[1, 2], trace=True).trace) == 2
    assert Decimal(1) == score(of, points=[1]).rows[0].total
