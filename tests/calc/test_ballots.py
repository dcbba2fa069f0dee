"""Checking ballots: whose they are, what is void, what is missing, and how far each mistake reaches."""

from collections.abc import Sequence

import numpy as np
import pytest

from calc.ballots import People, hear
from calc.findings import Findings
from calc.number import Arithmetic
from calc.result import Result
from calc.scheme.model import Scheme
from calc.submission import Entry, Mark
from tests.calc.making import (
    ballots,
    by_id,
    indicator,
    item,
    measure,
    members,
    panel,
    points,
    problem_at,
    requirement,
    scheme,
    score,
    statuses,
    submit,
    told,
)

X, Y = item("x"), item("y", blank="left_out")


def jury(*blocks: str, **keys: object) -> Scheme:
    """A panel with items x and y; the points are the mean of x. In teams, to see how far an error reaches."""
    plain = {"absent": "left_out", **keys}
    others = blocks or (X, Y)
    return scheme(measure("team", "text"), panel("p", "x", "y", **plain), *others,
                  indicator("i", "marks", panel="p", items=["x"], how="mean"), pool="team")  # fmt: skip


def given(of: Scheme, *lines: str, marks: Sequence[Mark] = ()) -> Result:
    """a and b are of team A, c of team B."""
    return score(of, ids=["a", "b", "c"], team=["A", "A", "B"], ballots=[*ballots(*lines), *marks])


ALL = ("J1 a x 9", "J1 b x 8", "J1 c x 7", "J2 a x 7", "J2 b x 8", "J2 c x 9")


def test_good_ballots_are_no_problem() -> None:
    found = given(jury(), *ALL)
    assert (points(found, "i"), told(found)) == (["8.00", "8.00", "8.00"], [])


@pytest.mark.parametrize(
    ("line", "cell", "said"),
    [
        ("J3 nobody x 9", "B8", "不在名册中"),
        ("J3 - x 9", "B8", "没有写工号"),
        ("J3 a z 9", "C8", "没有评分项目「z」"),
        ("J3 a - 9", "C8", "没有写项目"),
        ("- a x 9", "A8", "没有写评委"),
        ("J3 a x 9 q", "E8", "「q」不评「x」"),
    ],
)
def test_a_line_of_nobody_knows_what_withholds_all(line: str, cell: str, said: str) -> None:
    found = given(jury(), *ALL, line)
    assert told(found) == [("error", cell)]
    assert said in found.problems[0].message
    assert all(pool.withheld for pool in found.quota)


@pytest.mark.parametrize("bad", ["rater", "id", "item", "panel"])
def test_a_line_that_could_not_be_read_withholds_all(bad: str) -> None:
    (mark,) = ballots("J3 a x 9 p")
    broken = Mark(**{name: getattr(mark, name) for name in Mark.__slots__} | {bad: Entry(bad=True)})
    found = given(jury(), *ALL, marks=[broken])
    assert all(pool.withheld for pool in found.quota)
    assert told(found) == []  # whoever read it has said so


@pytest.mark.parametrize(
    ("line", "cell", "said"),
    [
        ("J1 a x 9", "D8", "不止一次"),
        ("J3 a x 11", "D8", "只能是 0 至 10"),
        ("J3 a x -1", "D8", "只能是 0 至 10"),
        ("J3 a x 优", "D8", "只能是 0 至 10"),
        ("J3 a x -", "D8", "没有给a的「x」评分"),
        ("J3 a y 5", "D8", "没有给a的「x」评分"),
        ("a a x 9", "A8", "不得自评"),
    ],
)
def test_a_wrong_mark_withholds_the_pool_of_whom_it_is_about(line: str, cell: str, said: str) -> None:
    found = given(jury(), *ALL, line)
    assert told(found) == [("error", cell)]
    assert said in found.problems[0].message
    assert statuses(found) == {"c": "winner"}
    assert by_id(found)["a"].total is None
    assert "数据有误：p" in by_id(found)["a"].reasons[0]


def test_a_mark_that_could_not_be_read_is_of_its_row() -> None:
    bad = ballots("J3 a x 9")[0]
    found = given(jury(), *ALL, marks=[Mark(bad.rater, bad.id, bad.item, Entry(bad=True))])
    assert (told(found), statuses(found)) == ([], {"c": "winner"})


LISTED = [{"id": "J1"}, {"id": "J2"}]


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
    assert [problem.message for problem in found.problems] == ["p应有 3 人，只收到 2 人的评分"]
    assert all(pool.withheld for pool in found.quota)


def test_more_raters_than_there_are_is_an_error() -> None:
    found = given(jury(expected=1), *ALL)
    assert [problem.message for problem in found.problems] == ["p应有 1 人，收到 2 人的评分"]


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


def test_only_who_goes_on_is_missed_by_the_panel_of_the_next_stage() -> None:
    of = scheme(
        measure("votes"), panel("p", "x", absent="problem", raters=LISTED, after=["first"]), item("x"),
        indicator("i", "marks", panel="p", items=["x"], how="mean"),
        requirement("first", "top", of="votes", n=2, best="highest", within="all", ties="exclude"),
    )  # fmt: skip
    submitted = {"ids": ["a", "b", "c"], "votes": [9, 7, 5]}
    found = score(of, **submitted, ballots=ballots("J1 a x 6", "J2 a x 6", "J1 b x 9", "J2 b x 9"))
    assert (told(found), statuses(found)) == ([], {"b": "winner"})
    assert not by_id(found)["c"].eligible
    short = score(of, **submitted, ballots=ballots("J1 a x 6", "J2 a x 6", "J1 b x 9"))
    assert (told(short), statuses(short)) == ([("error", "id3")], {})


def test_of_who_is_not_rated_no_ballot_is_missed() -> None:
    of = scheme(
        measure("ok", "yes_no"), panel("p", "x", absent="problem", raters=LISTED), item("x"),
        indicator("i", "marks", panel="p", items=["x"], how="mean"), requirement("ok", "yes", "rating", of="ok"),
    )  # fmt: skip
    found = score(of, ids=["a", "b"], ok=[True, False], ballots=ballots("J1 a x 6", "J2 a x 6"))
    assert (told(found), statuses(found)) == ([], {"a": "winner"})


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
    assert [problem.message for problem in found.problems] == ["没有填p应到的人数，算不出比例"]


def test_a_void_ballot_is_turned_in_all_the_same() -> None:
    of = scheme(
        measure("m"), panel("p", "v", void="rater"), item("v", ("是", 1), ("否", 0), unreadable="void"),
        indicator("i", "votes", panel="p", item="v", options=["是"], share_of="present", base=12),
        indicator("j", "votes", panel="p", item="v", options=["是"], share_of="valid", base=12),
    )  # fmt: skip
    found = score(of, ids=["a"], m=[1], ballots=ballots("J1 a v 是", "J2 a v 否", "J3 a v 画"))
    assert (points(found, "i"), points(found, "j")) == (["4.00"], ["6.00"])  # 1 of 3; 1 of 2


# Several panels on one item.


def test_who_is_asked_as_what_is_told_by_the_column_or_by_the_list() -> None:
    of = scheme(
        measure("m"), item("x"),
        panel("leaders", "x", raters=[{"id": "L"}, {"id": "B"}]),
        panel("peers", "x", raters=[{"id": "P"}, {"id": "B"}]),
        indicator("i", "marks", panel="leaders", items=["x"], how="mean"),
        indicator("j", "marks", panel="peers", items=["x"], how="mean"),
    )  # fmt: skip
    found = score(of, ids=["a"], m=[1], ballots=ballots("L a x 9", "P a x 5", "B a x 7 leaders", "B a x 3 peers"))
    assert (points(found, "i"), points(found, "j"), told(found)) == (["8.00"], ["4.00"], [])
    open_ = score(of, ids=["a"], m=[1], ballots=ballots("L a x 9", "P a x 5", "B a x 7"))
    assert told(open_) == [("error", "A4")]


# Raters who are listed with the data.


def listed(*lines: str, kind: str = "weighted") -> Result:
    of = jury(listed=kind, absent="problem")
    return score(of, ids=["a", "b", "c"], team=["A", "A", "B"], ballots=ballots(*ALL), raters=members(*lines))


def test_raters_and_weights_may_be_listed_with_the_data() -> None:
    found = listed("J1 p 3", "J2")
    assert (points(found, "i"), told(found)) == (["8.50", "8.00", "7.50"], [])  # (3 * 9 + 7) / 4, 8, (3 * 7 + 9) / 4
    assert told(listed("J1", "J2", "J3")) == [("error", "id2"), ("error", "id3"), ("error", "id4")]


@pytest.mark.parametrize(
    ("lines", "kind", "cell", "said"),
    [
        ([], "plain", "", "没有填p的名单"),
        (["J1", "J2", "-"], "plain", "A4", "没有写评委"),
        (["J1", "J2", "J3 q"], "plain", "B4", "身份「q」"),
        (["J1", "J2", "J2"], "plain", "A4", "重复"),
        (["J1", "J2 p 2"], "plain", "C3", "不分权重"),
        (["J1", "J2 p 0"], "weighted", "C3", "大于 0"),
    ],
)
def test_a_list_with_a_mistake_withholds_all(lines: list[str], kind: str, cell: str, said: str) -> None:
    found = listed(*lines, kind=kind)
    assert ("error", cell) in told(found)
    assert said in problem_at(found, cell).message
    assert all(pool.withheld for pool in found.quota)


def test_the_columns_of_some_rows_are_theirs() -> None:
    of = jury()
    submitted = submit(
        of, ids=["a", "b", "c"], team=["A", "A", "B"], ballots=ballots("J1 a x 9", "J2 c x 7", "J1 c x 8")
    )
    people = People(("a", "b", "c"), ("a", "b", "c"), submitted.ids, ("A", "A", "B"), {})
    heard = hear(of, submitted, people, Findings())["p"]
    marks = heard.columns(Arithmetic.EXACT, np.array([False, True, True])).items["x"]
    assert (list(marks.row), list(marks.rater), list(marks.points)) == ([1, 1], [1, 0], [7, 8])
