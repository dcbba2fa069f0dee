"""Whose ballots they are, who is listed, and who is missed once it is known who has to be judged."""

import pytest

from calc.result import Result
from calc.submission import Entry, Mark
from tests.calc.jury import ALL, LISTED, given, jury
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
    told,
)


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
