"""What holds for whatever people hand in: of the bank's scheme as it ships, and of small ones with other quotas."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc import Result, Submission, evaluate, load_scheme
from calc.result import PoolResult, RowResult
from calc.scheme.model import Scheme
from calc.submission import Entry
from tests.calc.making import (
    BAD,
    event,
    happened,
    indicator,
    measure,
    points_scheme,
    requirement,
    ruled,
    scheme,
    submit,
)

ZERO_RULES = ("inverse", "excess", "linear", "complement")
POLICIES = ("ask", "include", "exclude", "lot")
MONTHLY = load_scheme("cib-zhengzhou-2010/monthly-teller")
BOUND = {
    (zero_rule, policy): MONTHLY.bind({"zero_rule": zero_rule, "tie_policy": policy, "lot_seed": "7"})
    for zero_rule in ZERO_RULES
    for policy in POLICIES
}
BANDS = {
    policy: points_scheme(
        event("e", needs=["verified"]),
        measure("order"),
        indicator("minus", "deduction", base=10, each={"e": 3}),
        requirement("r", "compare", of="points", op=">=", to={"aggregate": "mean", "of": "points", "within": "pool"}),
        requirement("no_e", "no_event", event="e"),
        pool="team",
        rule="40% floor",
        ties={"policy": policy, "seed": "7", "order": [{"of": "order", "best": "highest"}]},
    )
    for policy in POLICIES
}
CHAINS = scheme(
    *(measure(name) for name in "abc"),
    indicator("mean", "mean", of=["a", "b", "c"], in_total=False),
    indicator("share", "mean", of=["a", "b"], weights=[3, 7], maximum=30, base=10, in_total=False),
    *(
        indicator(f"highest_{of}", "ratio", of=of, best="highest", base=base)
        for of, base in (("a", 100), ("mean", 10), ("share", 50))
    ),
    *(
        indicator(f"{zero_rule}_{of}", "ratio", of=of, best="lowest", zero_rule=zero_rule, base=base)
        for zero_rule in ZERO_RULES
        for of, base in (("a", 100), ("mean", 10), ("share", 50))
    ),
    *(
        requirement(of, "compare", of=of, op=">=", to={"aggregate": "mean", "of": of, "within": "all"})
        for of in ("a", "mean", "share")
    ),
    rule="50% half_up",
)
"""Every method that floats are trusted with upon every other."""
GROUPED = {"within": "team", "among": "rated"}
EXACT = scheme(
    measure("team", "text"),
    *(measure(name, missing="none") for name in "ab"),
    measure("many", many=True, missing="none"),
    requirement("r", "compare", gate="rating", of="a", op=">=", to=-2),
    indicator("bands", "bands", of="a", bands=[{"below": 1, "points": 3}, {"from": 1, "rate": 2}]),
    indicator("tiers", "tiers", of="b", tiers=[{"from": 0, "to": 2, "rate": 1}, {"above": 2, "rate": 3}], outside=0),
    indicator("mean", "group_figure", of="a", statistic="mean", within="pool", among="everybody"),
    indicator("steps", "steps", of="a", base=9, target="mean", counting="started", above={"each": 2, "add": 1}),
    indicator("summary", "summary", family="many", statistic="median", absent="skipped",
              drop=[{"from": 3, "highest": 1}]),
    indicator("weighted", "summary", of=["a", "b"], statistic="mean", absent="skipped", weights=[2, 1]),
    indicator("ratio", "to_mean", of="b", result="ratio", within="all", among="rated"),
    indicator("z", "standard_score", of="b", deviation="sample", zero_spread="zero", **GROUPED),
    indicator("percentile", "percentile", of="a", base=100, best="highest", kind="midpoint", **GROUPED),
    indicator("even", "group_coefficient", of="a", direction="all_to_group", **GROUPED),
    indicator("product", "product", of=["a", "even"], times="b", absent="skipped"),
    indicator("places", "rank_points", of="b", best="highest", ties="share",
              table={"points": [9, 4], "beyond": 1}, **GROUPED),
    indicator("line", "interpolate", of="a", points=[[0, 1], [3, 7]], outside="extend"),
    indicator("scale", "min_max", of="z", best="lowest", low=0, high=10, zero_spread="middle", **GROUPED),
    indicator("power", "power", of="b", exponent="1/3", per=3),
    indicator("growth", "growth", of="a", previous="b", result="percent", zero_previous=0),
    ties={"policy": "include", "order": [{"of": "z", "best": "highest"}]},
    pool="team",
)  # fmt: skip
"""Every other method."""

quick = settings(max_examples=60, deadline=None, derandomize=True)


# Submissions, nasty on purpose: few different values, so many ties and equal means; zeros; what is missing.


def numbers(*often: str, most: int, places: int = 2) -> st.SearchStrategy[Decimal]:
    anything = st.decimals(0, most, places=places, allow_nan=False)
    return st.one_of(st.sampled_from([Decimal(value) for value in often]), anything)


def rarely(values: st.SearchStrategy[Any], *other: object) -> st.SearchStrategy[Any]:
    return st.integers(0, 59).flatmap(lambda n: st.sampled_from(other) if n == 37 else values)


VOLUMES = numbers("0", "0.7", "1", "3", "100", "300", most=400, places=1)
RATES = numbers("0", "0", "0.1", "0.12", "0.3", "100", most=1)
MARKS = numbers("0", "60", "66.67", "80", "80.005", "100", most=100)
TENTHS = numbers("0", "9", "8.5", "10", "3.335", most=10)

COLUMNS: Mapping[str, st.SearchStrategy[Any]] = {
    "outlet": st.sampled_from(["东", "西"]),
    "post_since": st.sampled_from(["2020-01-01", "2026-07-01", "2026-07-02"]),
    "quality": rarely(numbers("0", "50", "45", "44.995", most=50, places=3), None, BAD),
    "internal_efficiency": TENTHS,
    "internal_attitude": TENTHS,
    "internal_standard": TENTHS,
    "volume": rarely(VOLUMES, None, BAD),
    "error_rate": rarely(RATES, None),
    "theory": rarely(MARKS, BAD),
    "skill_1": rarely(MARKS, None),
    "skill_2": MARKS,
    "progress": rarely(st.just(Decimal(0)), None, Decimal(2), Decimal("-1.5"), Decimal(-200)),
    "conduct": rarely(st.just(True), False),
}
MOVES = rarely(st.just((None, None)), ("西", "2026-09-16"), ("西", "2026-09-17"), ("南", "2026-09-30"), ("西", None))
KINDS = ("complaint_verified", "inspection_fault", "complaint_withdrawn", "criticism", "other_channel")


@st.composite
def months(draw: st.DrawFn, fixed: Mapping[str, st.SearchStrategy[Any]] | None = None) -> Submission:
    """A month of up to eight tellers in two outlets, with a register and rulings."""
    size = draw(st.integers(1, 8))
    ids = [f"{n:03}" for n in range(size)]
    strategies = {**COLUMNS, **(fixed or {})}
    columns = {name: [draw(values) for _ in ids] for name, values in strategies.items()}
    columns["previous_outlet"], columns["moved_on"] = zip(*(draw(MOVES) for _ in ids), strict=True)
    events = [
        happened(
            draw(st.sampled_from(ids)),
            draw(st.sampled_from(KINDS)),
            count=draw(st.sampled_from([None, 1, 4])),
            points=draw(st.sampled_from(["0.5", "20"])),
            verified=draw(st.sampled_from([True, False, None])),
            date=draw(st.sampled_from([None, "2026-09-30", "2026-08-31"])),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    rulings = [
        ruled(*draw(st.sampled_from([("tie", "seat"), ("tie", "no-seat"), ("cancel", "cancelled")])), name)
        for name in draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
    ]
    return submit(MONTHLY.scheme, ids=ids, events=events, rulings=rulings, **columns)


@st.composite
def teams(draw: st.DrawFn) -> Submission:
    size = draw(st.integers(1, 12))
    few = st.sampled_from(["0.7", "7", "7", "9", "3.335", "-1"])
    verified = [(n, draw(st.sampled_from([True, None, False]))) for n in range(size) if draw(st.integers(0, 5)) == 0]
    ids = [f"{n:03}" for n in range(size)]
    return submit(
        BANDS["ask"],
        ids=ids,
        team=draw(st.lists(st.sampled_from("AB"), min_size=size, max_size=size)),
        points=draw(st.lists(rarely(few, None), min_size=size, max_size=size)),
        order=draw(st.lists(st.sampled_from(["0.1", "0.1", "0.1", "0.3"]), min_size=size, max_size=size)),
        events=[happened(ids[n], "e", verified=answer) for n, answer in verified],
    )


@st.composite
def chains(draw: st.DrawFn) -> Submission:
    """Numbers of few digits, so that floats are trusted with them, and sums that cancel."""
    size = draw(st.integers(1, 5))
    few = st.sampled_from([Decimal(n) for n in ("0", "0.1", "0.2", "0.3", "0.7", "1", "3", "100")])
    any_few = st.builds(lambda n, places: Decimal(n).scaleb(-places), st.integers(0, 9999), st.integers(0, 5))
    a, b = (draw(st.lists(few | any_few, min_size=size, max_size=size)) for _ in "ab")
    opposite = st.sampled_from([-x for x in a] + [-x - y for x, y in zip(a, b, strict=True)])
    return submit(CHAINS, a=a, b=b, c=draw(st.lists(few | any_few | opposite, min_size=size, max_size=size)))


@st.composite
def exact(draw: st.DrawFn) -> Submission:
    """Few different numbers, so that many are equal, and some that are not there."""
    size = draw(st.integers(1, 7))
    few = st.one_of(st.none(), st.sampled_from([Decimal(n) for n in ("-3", "0", "0.1", "0.7", "1", "1", "2", "3")]))
    columns = {name: draw(st.lists(few, min_size=size, max_size=size)) for name in ("a", "b", "many_1", "many_2")}
    team = draw(st.lists(st.sampled_from("AB"), min_size=size, max_size=size))
    return submit(EXACT, team=team, many_3=[Decimal(n) for n in range(size)], **columns)


CONTESTS: st.SearchStrategy[tuple[Scheme, Submission]] = st.one_of(
    st.tuples(st.sampled_from(list(BOUND.values())), months()),
    st.tuples(st.sampled_from(list(BANDS.values())), teams()),
    st.tuples(st.just(CHAINS), chains()),
)


def in_order_of(submission: Submission, order: list[int]) -> Submission:
    return replace(
        submission,
        ids=tuple(submission.ids[row] for row in order),
        names=tuple(submission.names[row] for row in order),
        measures={name: tuple(column[row] for row in order) for name, column in submission.measures.items()},
    )


def comparable(result: Result) -> tuple[dict[str, RowResult], dict[str, PoolResult], list[tuple[str, ...]]]:
    """All of a result but the order of its rows, pools, tied ids and problems.

    That a column is blank throughout is told at its first cell, whoever's that is.
    """
    pools = {pool.pool: replace(pool, tied=tuple(sorted(pool.tied))) for pool in result.quota}
    problems = sorted(tuple(p.as_json().values()) for p in result.problems if "整列空白" not in p.message)
    return {row.id: row for row in result.rows}, pools, problems


# The order of the rows, and the kind of number


@quick
@given(contest=CONTESTS | st.tuples(st.just(EXACT), exact()), data=st.data(), trace=st.booleans())
def test_the_order_of_the_rows_changes_nothing_but_the_order_of_the_result(
    contest: tuple[Scheme, Submission], data: st.DataObject, trace: bool
) -> None:
    of, submission = contest
    order = data.draw(st.permutations(range(len(submission.ids))))
    here, there = evaluate(of, submission, trace=trace), evaluate(of, in_order_of(submission, order), trace=trace)
    assert [row.id for row in there.rows] == [here.rows[row].id for row in order]
    assert comparable(there) == comparable(here)
    assert {lines[0].id: lines for lines in there.trace} == {lines[0].id: lines for lines in here.trace}


@settings(quick, max_examples=150)
@given(contest=CONTESTS)
def test_floats_and_fractions_come_to_the_same(contest: tuple[Scheme, Submission]) -> None:
    of, submission = contest
    assert evaluate(of, submission) == replace(evaluate(of, submission, trace=True), trace=())


# Points and totals


@quick
@given(contest=CONTESTS)
def test_points_stay_within_their_base_and_add_up_to_the_total_exactly(contest: tuple[Scheme, Submission]) -> None:
    of, submission = contest
    for row in evaluate(of, submission).rows:
        assert row.rated == (row.points is not None)
        for found in of.scored:
            value = (row.points or {}).get(found.id)
            assert value is None or found.base is None or 0 <= value <= found.base
        if row.total is not None:
            assert row.points is not None
            assert row.total == sum(value for value in row.points.values() if value is not None)
            assert None not in row.points.values()


def changed(submission: Submission, row: int, **cells: Decimal) -> Submission:
    measures = dict(submission.measures)
    for name, value in cells.items():
        column = list(measures[name])
        column[row] = Entry(value, "data", column[row].cell)
        measures[name] = tuple(column)
    return replace(submission, measures=measures)


def points_of(of: Scheme, submission: Submission, row: int, name: str) -> Decimal:
    points = evaluate(of, submission).rows[row].points
    assert points is not None
    value = points[name]
    assert value is not None
    return value


FULL = {
    "volume": VOLUMES.filter(bool),
    "error_rate": RATES,
    "theory": MARKS,
    "skill_1": MARKS,
    "progress": st.sampled_from([Decimal(0), Decimal("-1.5"), Decimal(3)]),
}


@pytest.mark.parametrize(
    ("name", "column", "values"),
    [
        ("volume", "volume", VOLUMES.filter(bool)),
        ("skill", "theory", MARKS),
        ("skill", "skill_1", MARKS),
        ("skill", "progress", st.decimals(-50, 50, places=1)),
        ("quality", "quality", numbers("50", "0", most=50)),
        ("internal", "internal_attitude", TENTHS),
    ],
)
@settings(quick, max_examples=25)
@given(data=st.data())
def test_a_better_measure_never_gives_fewer_points_of_its_own(
    name: str, column: str, values: st.SearchStrategy[Decimal], data: st.DataObject
) -> None:
    submission = data.draw(months(FULL))
    row = data.draw(st.integers(0, len(submission.ids) - 1))
    worse, better = sorted([data.draw(values), data.draw(values)])
    of = MONTHLY.scheme
    gained = [points_of(of, changed(submission, row, **{column: value}), row, name) for value in (worse, better)]
    assert gained[0] <= gained[1]


@pytest.mark.parametrize("zero_rule", ZERO_RULES)
@settings(quick, max_examples=50)
@given(data=st.data())
def test_a_lower_error_rate_never_gives_fewer_points(zero_rule: str, data: st.DataObject) -> None:
    submission = data.draw(months(FULL))
    row = data.draw(st.integers(0, len(submission.ids) - 1))
    better, worse = sorted([data.draw(RATES), data.draw(RATES)])
    of = BOUND[zero_rule, "ask"]
    gained = [points_of(of, changed(submission, row, error_rate=rate), row, "error_rate") for rate in (worse, better)]
    assert gained[0] <= gained[1]


# Ranks and seats


@quick
@given(contest=CONTESTS)
def test_a_rank_is_one_more_than_the_number_of_eligible_rows_above(contest: tuple[Scheme, Submission]) -> None:
    rows = evaluate(*contest).rows
    for row in rows:
        if row.eligible:
            assert row.total is not None
            above = [
                r for r in rows if r.eligible and r.pool == row.pool and r.total is not None and r.total > row.total
            ]
            assert row.rank == 1 + len(above)
        else:
            assert (row.rank, row.status) == (None, "")
            assert row.reasons


@settings(quick, max_examples=150)
@given(contest=CONTESTS)
def test_seats_go_by_rank_and_never_exceed_the_quota(contest: tuple[Scheme, Submission]) -> None:
    of, submission = contest
    result = evaluate(of, submission)
    members = defaultdict(list)
    for row in result.rows:
        members[row.pool].append(row)
    for pool in result.quota:
        rows = members[pool.pool]
        winners = [row for row in rows if row.status == "winner"]
        assert len(winners) == pool.filled
        assert sorted(pool.tied) == sorted(row.id for row in rows if row.status == "tied")
        assert pool.filled <= pool.seats or of.ties.policy == "include"
        assert not (pool.withheld and (winners or pool.tied))
        # Nobody wins over a better rank that was neither tied nor ruled out.
        removed = {str(ruling.id.value) for ruling in submission.rulings}
        worst = max((row.rank for row in winners if row.rank), default=0)
        passed = [row for row in rows if row.rank and row.rank < worst and row.status != "winner"]
        assert {row.id for row in passed} <= removed
