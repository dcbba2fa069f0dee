"""Checking the ballots of one panel: what is void, what is missing, and how far each mistake reaches."""

import pytest

from calc.scheme.model import Scheme
from tests.calc.jury import ALL, LISTED, X, Y, given, jury
from tests.calc.making import (
    ballots,
    by_id,
    indicator,
    item,
    measure,
    messages,
    panel,
    points,
    problem_at,
    scheme,
    score,
    statuses,
    told,
)


def test_only_who_is_listed_may_rate() -> None:
    found = given(jury(raters=LISTED), *ALL, "J3 a x 9")
    assert told(found) == [("error", "A8")]
    assert points(found, "i")[0] is None


# Missing ballots.


def test_a_missing_ballot_is_a_problem_where_the_scheme_says_so() -> None:
    lines = [line for line in ALL if line != "J2 b x 8"]
    for raters in (LISTED, []):
        found = given(jury(absent="problem", raters=raters), *lines)
        assert told(found) == [("error", "id3")]
        assert problem_at(found, "id3").message == "p缺给b的评分：J2"
        assert statuses(found) == {"c": "winner"}
        assert (by_id(found)["b"].total, by_id(found)["b"].rank) == (None, None)
    assert points(given(jury(), *lines), "i") == ["8.00", "8.00", "8.00"]


def test_a_listed_rater_who_handed_in_nothing_is_missed_everywhere() -> None:
    found = given(jury(absent="problem", raters=[*LISTED, {"id": "J3"}]), *ALL)
    assert told(found) == [("error", "id2"), ("error", "id3"), ("error", "id4")]


def test_of_an_expected_number_the_rest_is_missed() -> None:
    found = given(jury(absent="problem", expected=3), *ALL)
    assert messages(found) == ["p应有 3 人，只收到 2 人的评分"]
    assert all(pool.withheld for pool in found.quota)


def test_more_raters_than_there_are_is_an_error() -> None:
    found = given(jury(expected=1), *ALL)
    assert messages(found) == ["p应有 1 人，收到 2 人的评分"]


def test_raters_of_one_pool_are_not_missed_in_another() -> None:
    lines = ("J1 a x 9", "J1 b x 8", "J2 c x 7")
    assert told(given(jury(absent="problem", within="pool"), *lines)) == []
    assert told(given(jury(absent="problem", within="team"), *lines)) == []
    assert len(told(given(jury(absent="problem", within="all"), *lines))) == 3


def test_nobody_rates_themself_unless_told_to() -> None:
    lines = ("a b x 9", "a c x 8", "b a x 7", "b c x 9", "c a x 6", "c b x 5")
    assert told(given(jury(absent="problem"), *lines)) == []
    found = given(jury(absent="problem", own="counts"), *lines)
    assert [cell for _, cell in told(found)] == ["id2", "id3", "id4"]


@pytest.mark.parametrize(("own", "expected", "said"), [("counts", "8.00", []), ("left_out", "7.00", ["warning"])])
def test_ones_own_mark_counts_or_is_left_out(own: str, expected: str, said: list[str]) -> None:
    found = given(jury(own=own), "a a x 9", "b a x 7")
    assert points(found, "i")[0] == expected
    assert [severity for severity, _ in told(found)] == said


def test_a_self_assessment_is_by_oneself_only_and_everybody_owes_one() -> None:
    of = jury(own="only", absent="problem")
    found = given(of, "a a x 9", "c c x 8")
    assert (points(found, "i"), told(found)) == (["9.00", None, "8.00"], [("error", "id3")])
    assert told(given(of, "a a x 9", "b b x 8", "c c x 8", "a b y 1")) == [("error", "A5")]


# What is void.


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        ("mark", ["8.00", "6.00", "7.50"]),  # only J2's mark of b is gone: a (9 + 7) / 2, b 6, c (7 + 8) / 2
        ("rater", ["9.00", "6.00", "7.00"]),
    ],
)
def test_how_far_a_void_mark_reaches(reach: str, expected: list[str]) -> None:
    void = jury(item("x", unreadable="void"), Y, void=reach)
    found = given(void, "J1 a x 9", "J1 b x 6", "J1 c x 7", "J2 a x 7", "J2 b x 99", "J2 c x 8")
    assert (points(found, "i"), told(found)) == (expected, [("warning", "D6")])


@pytest.mark.parametrize(("reach", "expected"), [("mark", "9.00"), ("sheet", "10.00")])
def test_a_blank_item_may_void_the_sheet(reach: str, expected: str) -> None:
    void = jury(X, item("y", blank="void"), void=reach)
    found = given(void, "J1 a x 10", "J1 a y 1", "J2 a x 8", "J1 b x 5", "J1 b y 5")
    assert (points(found, "i"), told(found)) == ([expected, "5.00", None], [("warning", "D4")])


def test_a_blank_item_may_be_nothing_or_zero() -> None:
    for blank, expected in (("zero", "4.50"), ("left_out", "9.00")):
        found = given(jury(item("x", blank=blank), Y), "J1 a x 9", "J2 a y 5", "J1 b x -")
        assert points(found, "i")[0] == expected, blank
        assert told(found) == []


GRADES = item("x", ("优", 95), ("良", 85), ("中", 70))


def graded(over: str, *, void: str = "rater", **limit: object) -> Scheme:
    of = {"item": "x", "options": ["优"], "of": "marked", "over": over, **limit}
    return jury(GRADES, Y, void=void, limit=[of])


VOTES = ("J1 a x 优", "J1 b x 优", "J1 c x 中", "J2 a x 优", "J2 b x 中", "J2 c x 良")


def test_a_rater_over_the_limit_is_an_error_or_void() -> None:
    # of three at most 30%, rounded half up: one; J1 gave two
    found = given(graded("problem", most="30% half_up"), *VOTES)
    assert told(found) == [("error", "D2")]
    assert "给了 2 人优，3 人中至多 1 人" in found.problems[0].message
    assert statuses(found) == {"c": "winner"}
    void = given(graded("void", most=1), *VOTES)
    assert (points(void, "i"), told(void)) == (["95.00", "70.00", "85.00"], [("warning", "D2")])
    marks = given(graded("void", most=1, void="mark"), *VOTES)
    assert points(marks, "i") == ["95.00", "70.00", "77.50"]  # J1's two 优 are gone, J1's 中 of c stays


@pytest.mark.parametrize(
    ("limit", "severities"),
    [
        ({"most": 2}, []),
        ({"most": "30% ceil"}, ["error"]),  # 0.9, so 1
        ({"most": "40% ceil"}, []),  # 1.2, so 2
        ({"most": "30% floor"}, ["error", "error"]),  # none: J2's one is too many as well
        ({"least": 2, "options": ["中", "良"]}, ["error"]),  # J1 gave one
        ({"least": 1, "most": 1, "options": ["中", "良"]}, ["error"]),  # J2 gave two
        ({"from_points": 85, "options": [], "most": 1}, ["error", "error"]),
        ({"from_points": 86, "options": [], "most": 1}, ["error"]),
    ],
)
def test_limits_of_each_kind(limit: dict[str, object], severities: list[str]) -> None:
    assert [severity for severity, _ in told(given(graded("problem", **limit), *VOTES))] == severities


def test_a_share_is_of_the_marked_or_of_all_candidates() -> None:
    lines = ("J1 a x 优", "J1 b x 中")
    assert len(told(given(graded("problem", most="40% floor"), *lines))) == 1  # of two: 0
    assert told(given(graded("problem", most="40% floor", of="candidates"), *lines)) == []  # of three: 1


# Turnout.


def committee(below: str, turnout: str, **keys: object) -> Scheme:
    return jury(turnout=turnout, below_turnout=below, **{"expected": 3, **keys})


@pytest.mark.parametrize(
    ("turnout", "valid"),
    [(">= 2/3", True), ("> 2/3", False), ("> 50%", True), (">= 67%", False), (">= 3", False), (">= 2", True)],
)
def test_too_small_a_turnout_is_not_valid(turnout: str, valid: bool) -> None:
    found = given(committee("problem", turnout), *ALL)
    assert (points(found, "i")[0] is not None) is valid
    assert [severity for severity, _ in told(found)] == ([] if valid else ["error"])
    void = given(committee("void", turnout), *ALL)
    assert (points(void, "i")[0] is not None) is valid
    assert [severity for severity, _ in told(void)] == ([] if valid else ["warning"])


def test_votes_of_too_small_a_turnout_are_no_votes() -> None:
    of = scheme(
        measure("m"), panel("p", "v", expected=3, turnout=">= 2/3", below_turnout="void"), item("v", ("是", 1)),
        indicator("i", "votes", panel="p", item="v", options=["是"]),
    )  # fmt: skip
    assert points(score(of, ids=["a"], m=[1], ballots=ballots("J1 a v 是")), "i") == [None]
    assert points(score(of, ids=["a"], m=[1], ballots=ballots("J1 a v 是", "J2 a v 是")), "i") == ["2.00"]


def test_the_turnout_is_of_each_group_that_is_judged_by_itself() -> None:
    lines = ("J1 a x 9", "J2 a x 7", "J1 b x 5", "J3 c x 7")
    found = given(committee("void", ">= 2", within="pool", expected=2), *lines)
    assert points(found, "i") == ["8.00", "5.00", None]


def test_without_the_number_there_is_no_share_of_it() -> None:
    found = given(jury(turnout=">= 2/3", below_turnout="problem"), *ALL)
    assert messages(found) == ["没有填p应到的人数，算不出比例"]


def test_a_void_ballot_is_turned_in_all_the_same() -> None:
    of = scheme(
        measure("m"), panel("p", "v", void="rater"), item("v", ("是", 1), ("否", 0), unreadable="void"),
        indicator("i", "votes", panel="p", item="v", options=["是"], share_of="present", base=12),
        indicator("j", "votes", panel="p", item="v", options=["是"], share_of="valid", base=12),
    )  # fmt: skip
    found = score(of, ids=["a"], m=[1], ballots=ballots("J1 a v 是", "J2 a v 否", "J3 a v 画"))
    assert (points(found, "i"), points(found, "j")) == (["4.00"], ["6.00"])  # 1 of 3; 1 of 2


# Several panels on one item.


# Raters who are listed with the data.
