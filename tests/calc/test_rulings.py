"""Rulings: which are understood, which touch nobody, and which put every winner in question."""

from decimal import Decimal

import pytest

from calc.rulings import DECISIONS
from calc.submission import Ruling
from tests.calc.making import (
    BAD,
    by_id,
    measure,
    points_scheme,
    problem_at,
    requirement,
    ruled,
    score,
    statuses,
    told,
)

SCHEME = points_scheme(pool="team", rule="1")
DATA = {"team": ["A", "A", "A", "B", "B"], "points": [9, 9, 5, 7, 3]}
"""In team A a and b are equal at the cut; d wins team B, and nobody is tied there."""


def judged(*rulings: Ruling) -> tuple[dict[str, str], list[tuple[str, str]]]:
    result = score(SCHEME, rulings=rulings, **DATA)
    return statuses(result), told(result)


def test_without_rulings_the_tied_wait() -> None:
    assert judged() == ({"a": "tied", "b": "tied", "d": "winner"}, [])


@pytest.mark.parametrize(
    ("ruling", "expected"),
    [
        (ruled("tie", "seat", "a"), {"a": "winner", "d": "winner"}),
        (ruled("tie", "no-seat", "a"), {"b": "winner", "d": "winner"}),
        (ruled("objection", "upheld", "d"), {"a": "tied", "b": "tied"}),
        (ruled("objection", "rejected", "d"), {"a": "tied", "b": "tied", "d": "winner"}),
        (ruled("cancel", "cancelled", "d"), {"a": "tied", "b": "tied"}),
        (ruled("withdraw", "withdrawn", "d"), {"a": "tied", "b": "tied"}),
        (ruled("seats", "2", pool="A"), {"a": "winner", "b": "winner", "d": "winner"}),
        (ruled("seats", Decimal(2), pool="B"), {"a": "tied", "b": "tied", "d": "winner", "e": "winner"}),
        (ruled("seats", "0", pool="B"), {"a": "tied", "b": "tied", "d": "winner"}),
    ],
    ids=lambda item: f"{item.kind.value} {item.decision.value}" if isinstance(item, Ruling) else "",
)
def test_a_ruling_does_what_it_decides_and_nothing_else(ruling: Ruling, expected: dict[str, str]) -> None:
    assert judged(ruling) == (expected, [])


def test_every_kind_of_decision_of_the_design_is_known() -> None:
    assert {kind: set(decisions) for kind, decisions in DECISIONS.items()} == {
        "tie": {"seat", "no-seat"},
        "objection": {"upheld", "rejected"},
        "cancel": {"cancelled"},
        "withdraw": {"withdrawn"},
        "seats": set(),
    }


@pytest.mark.parametrize("contest", ["small", "test/small", "小方案", None])
def test_a_ruling_names_the_contest_by_id_short_id_or_title_or_not_at_all(contest: str | None) -> None:
    assert judged(ruled("tie", "seat", "a", contest=contest))[0]["a"] == "winner"


def test_a_ruling_of_another_contest_warns_and_does_nothing() -> None:
    expected = {"a": "tied", "b": "tied", "d": "winner"}
    assert judged(ruled("tie", "seat", "a", contest="other")) == (expected, [("warning", "contest2")])


@pytest.mark.parametrize(
    ("ruling", "cell"),
    [
        (ruled("draw", "seat", "a"), "kind2"),
        (ruled(None, "seat", "a"), "kind2"),
        (ruled("tie", "yes", "a"), "decision2"),
        (ruled("tie", None, "a"), "decision2"),
        (ruled("objection", "seat", "a"), "decision2"),
        (ruled("seats", "1.5", pool="A"), "decision2"),
        (ruled("seats", "two", pool="A"), "decision2"),
        (ruled("seats", "-1", pool="A"), "decision2"),
        (ruled("seats", None, pool="A"), "decision2"),
        (ruled("seats", Decimal("-1"), pool="A"), "decision2"),
        (ruled("seats", Decimal("0.5"), pool="A"), "decision2"),
        (ruled("seats", "2", pool="C"), "pool2"),
        (ruled("seats", "2", pool=None), "pool2"),
        (ruled("tie", "seat", "z"), "id2"),
        (ruled("tie", "seat", None), "id2"),
        (ruled("cancel", "cancelled", "z"), "id2"),
    ],
)
def test_a_ruling_that_cannot_be_understood_is_an_error_and_withholds_all(ruling: Ruling, cell: str) -> None:
    assert judged(ruling) == ({}, [("error", cell)])


@pytest.mark.parametrize("cell", ["id", "kind", "decision", "pool", "contest", "date"])
def test_a_ruling_with_an_unreadable_cell_withholds_all_without_another_error(cell: str) -> None:
    keys = {"who": "a", "kind": "tie", "decision": "seat", cell if cell != "id" else "who": BAD}
    assert judged(ruled(**keys)) == ({}, [])


def test_contradicting_rulings_are_an_error_and_repeated_ones_are_not() -> None:
    assert judged(ruled("tie", "seat", "a"), ruled("tie", "no-seat", "a")) == ({}, [("error", "id2")])
    assert judged(ruled("tie", "seat", "a"), ruled("tie", "seat", "a"))[0] == {"a": "winner", "d": "winner"}


@pytest.mark.parametrize(
    "ruling", [ruled("tie", "seat", "c"), ruled("tie", "seat", "d"), ruled("cancel", "cancelled", "e")]
)
def test_a_ruling_that_changes_nothing_warns(ruling: Ruling) -> None:
    assert judged(ruling) == ({"a": "tied", "b": "tied", "d": "winner"}, [("warning", "id2")])


def test_more_seats_ruled_than_there_are_is_an_error_and_settles_nothing() -> None:
    found, problems = judged(ruled("tie", "seat", "a"), ruled("tie", "seat", "b"))
    assert found == {"a": "tied", "b": "tied", "d": "winner"}
    assert set(problems) == {("error", "id2")}
    result = score(SCHEME, rulings=[ruled("tie", "seat", "a"), ruled("tie", "seat", "b")], **DATA)
    assert "2 个名额" in result.problems[0].message
    assert "只有 1 个" in result.problems[0].message


def test_who_is_removed_keeps_points_and_rank_but_no_reward() -> None:
    result = score(SCHEME, rulings=[ruled("cancel", "cancelled", "d")], **DATA)
    removed = by_id(result)["d"]
    assert (removed.rank, removed.total, removed.status, removed.eligible) == (1, 7, "", True)
    assert by_id(result)["e"].status == ""
    assert [(pool.seats, pool.filled) for pool in result.quota] == [(1, 0), (1, 0)]


def test_where_there_are_no_pools_seats_are_ruled_without_one() -> None:
    of = points_scheme()
    result = score(of, points=[3, 2, 1], rulings=[ruled("seats", "2")])
    assert statuses(result) == {"a": "winner", "b": "winner"}
    assert problem_at(score(of, points=[3], rulings=[ruled("seats", "2", pool="A")]), "pool2").is_error


def test_whose_seat_a_ruling_took_away_is_marked() -> None:
    """d won team B; e did not win, and a is tied: nothing can be taken from them."""
    for kind, decision in (("withdraw", "withdrawn"), ("cancel", "cancelled"), ("objection", "upheld")):
        rulings = [ruled(kind, decision, who) for who in ("d", "e", "a")]
        result = score(SCHEME, rulings=rulings, **DATA)
        assert {row.id: row.removed for row in result.rows if row.removed} == {"d": kind}
        assert "removed" not in result.as_json()["rows"][3]


# Stages: who of those equal at the cut goes on.


STAGE = points_scheme(
    measure("votes"),
    requirement("first", "top", of="votes", n=3, best="highest", within="all", ties="ask"),
    rule="9",
)
VOTES = [9, 7, 7, 7, 5]
"""Two places are left for b, c and d."""


def gone_on(*rulings: Ruling, gate: str = "award") -> tuple[str, bool, list[tuple[str, str]]]:
    """Who goes on, whether that is provisional, and what there is to say."""
    of = points_scheme(
        measure("votes"),
        requirement("first", "top", gate, of="votes", n=3, best="highest", within="all", ties="ask"),
        rule="9",
    )
    result = score(of, rulings=rulings, points=[1] * 5, votes=VOTES)
    return "".join(row.id for row in result.rows if row.eligible), result.quota[0].provisional, told(result)


def on_stage(decision: str, row: str, contest: str = "first") -> Ruling:
    return ruled("tie", decision, row, contest=contest)


@pytest.mark.parametrize("gate", ["award", "rating"])
@pytest.mark.parametrize(
    ("rulings", "expected"),
    [
        ([], ("a", True)),
        ([on_stage("seat", "b")], ("ab", True)),  # one place left for two
        ([on_stage("seat", "b"), on_stage("seat", "c")], ("abc", False)),
        ([on_stage("no-seat", "b")], ("acd", False)),  # as many as there are places
        ([on_stage("seat", "b"), on_stage("no-seat", "c")], ("abd", False)),
        ([on_stage("seat", row) for row in "bcd"], ("abcd", False)),  # people may let on more
    ],
)
def test_people_decide_who_goes_on(rulings: list[Ruling], expected: tuple[str, bool], gate: str) -> None:
    assert gone_on(*rulings, gate=gate) == (*expected, [])


def test_a_ruling_on_a_stage_where_nobody_was_tied_is_idle() -> None:
    who, _, found = gone_on(on_stage("seat", "e"))
    assert (who, [severity for severity, _ in found]) == ("a", ["warning"])


@pytest.mark.parametrize(
    "rulings",
    [
        [on_stage("seat", "nobody")],
        [on_stage("upheld", "b")],
        [ruled("cancel", "cancelled", "b", contest="first")],
        [on_stage("seat", "b"), on_stage("no-seat", "b")],
    ],
)
def test_a_ruling_on_a_stage_that_is_not_understood_withholds_everything(rulings: list[Ruling]) -> None:
    result = score(STAGE, rulings=rulings, points=[1] * 5, votes=VOTES)
    assert [severity for severity, _ in told(result)] == ["error"]
    assert statuses(result) == {}
