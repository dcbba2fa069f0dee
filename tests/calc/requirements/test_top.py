"""Stages: who is among the first of a group goes on."""

from collections.abc import Sequence

import pytest

from calc.result import Result
from calc.scheme.model import Scheme
from tests.calc.making import arithmetic, measure, points_scheme, requirement, score, statuses
from tests.calc.requirements.asking import asked


def stage(ties: str = "ask", n: object = 3, best: str = "highest", within: str = "all", gate: str = "award") -> Scheme:
    return points_scheme(
        measure("team", "text"), measure("votes"),
        requirement("r", "top", gate, of="votes", n=n, best=best, within=within, ties=ties), rule="9",
    )  # fmt: skip


def on(of: Scheme, votes: Sequence[object], team: str = "AAAAAA") -> Result:
    size = len(votes)
    return score(of, trace=True, points=[1] * size, team=list(team)[:size], votes=votes)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, "abc"),
        ({"n": 5}, "abcde"),
        ({"n": 9}, "abcdef"),
        ({"n": "50% floor"}, "abc"),
        ({"n": "60% ceil"}, "abcd"),  # 3.6
        ({"best": "lowest", "n": 2}, "ef"),
        ({"within": "team", "n": 1}, "ab"),
    ],
)
def test_the_first_of_each_group_go_on(keys: dict[str, object], expected: str) -> None:
    found = on(stage(**keys), [9, 8, 7, 6, 5, 4], "ABABAB")  # type: ignore[arg-type]
    assert "".join(row.id for row in found.rows if row.eligible) == expected


@pytest.mark.parametrize(("ties", "expected"), [("include", "abcd"), ("exclude", "ab"), ("ask", "ab")])
def test_a_tie_at_the_cut_is_settled_as_the_scheme_says(ties: str, expected: str) -> None:
    found = on(stage(ties), [9, 8, 7, 7, 5])
    assert "".join(row.id for row in found.rows if row.eligible) == expected
    assert found.quota[0].provisional is (ties == "ask")


def test_a_tie_inside_the_cut_is_none() -> None:
    assert [row.eligible for row in on(stage("ask"), [9, 8, 8, 7]).rows] == [True, True, True, False]


def test_of_those_kept_out_beforehand_nobody_takes_a_place() -> None:
    of = points_scheme(
        measure("ok", "yes_no"), measure("votes"), requirement("leader", "yes", "rating", of="ok"),
        requirement("r", "top", of="votes", n=1, best="highest", within="all", ties="ask"),
    )  # fmt: skip
    found = score(of, points=[1, 1], ok=[False, True], votes=[9, 5])
    assert statuses(found) == {"b": "winner"}


def test_the_trace_says_which_place_it_was() -> None:
    found = on(stage(), [9, 7, 7, 7, 5])
    facts = arithmetic(found, "r")
    assert facts[0] == "9，全体第 1，取前 3"
    assert facts[2] == "7，全体第 2（并列 3 人），取前 3"


def test_what_is_asked_is_told() -> None:
    keys = {"of": "x", "best": "highest", "within": "all", "ties": "include"}
    assert asked("top", n=3, **keys) == "按《x》由高到低，全体取前3名，名额处相等的都进"
    assert asked("top", n="50% ceil", **keys) == "按《x》由高到低，全体取前人数的50%（进一取整），名额处相等的都进"
