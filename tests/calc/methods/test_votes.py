"""Votes, counted or as a share."""

import pytest

from calc.methods.votes import votes_share
from calc.scheme.model import Scheme
from tests.calc.making import arithmetic, ballots, both, indicator, item, measure, panel, points, same, scheme, score

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")

VOTE = item("v", ("赞成", 1), ("反对", 0), ("弃权", 0))
CAST = ballots(*(f"V{n} a v 赞成" for n in range(5)), "V5 a v 反对", "V6 a v 弃权", "V0 b v 赞成", "V7 b v 反对")


def test_a_share_of_nobody_is_no_share() -> None:
    for votes, whole in zip(both("3", "2", "0"), both("4", "0", None), strict=True):
        assert same(votes_share(votes, whole, 100), 75, None, None)


def election(**keys: object) -> Scheme:
    return scheme(measure("m"), panel("p", "v", expected=10), VOTE,
                  indicator("i", "votes", panel="p", item="v", options=["赞成"], **keys))  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, ["5.00", "1.00", "0.00"]),
        ({"share_of": "marks", "base": 100}, ["71.43", "50.00", None]),  # 5 / 7, 1 / 2, nothing
        ({"share_of": "present", "base": 100}, ["62.50", "12.50", "0.00"]),  # of V0 … V7
        ({"share_of": "valid", "base": 8}, ["5.00", "1.00", "0.00"]),
        ({"share_of": "expected", "base": 10}, ["5.00", "1.00", "0.00"]),
        ({"min_raters": 3}, ["5.00", None, None]),
        ({"min_raters": 1, "missing": "zero"}, ["5.00", "1.00", "0.00"]),
    ],
)
def test_votes_are_counted_or_taken_as_a_share(keys: dict[str, object], expected: list[str | None]) -> None:
    assert points(score(election(**keys), ids=["a", "b", "c"], m=[1, 1, 1], ballots=CAST), "i") == expected


def test_the_trace_of_a_vote_tells_how_it_went() -> None:
    found = score(election(share_of="present", base=100), trace=True, ids=["a", "b"], m=[1, 1], ballots=CAST)
    assert arithmetic(found, "i")[0] == "反对 1、弃权 1、赞成 5；5 票 ÷ 到会（收回） 8 × 100"
    assert found.trace[0][0].rule == "“赞成”的票数占到会（收回）的比例×100"


def test_without_a_vote_there_is_no_number_of_votes() -> None:
    assert points(score(election(), ids=["a"], m=[1]), "i") == [None]


def test_votes_in_proportion_to_the_top_vote_are_a_ratio_of_the_votes() -> None:
    of = scheme(measure("m"), panel("p", "v"), VOTE,
                indicator("n", "votes", panel="p", item="v", options=["赞成"], in_total=False),
                indicator("i", "ratio", of="n", best="highest", base=30))  # fmt: skip
    found = score(of, ids=["a", "b", "c"], m=[1, 1, 1], ballots=CAST)
    assert points(found, "i") == ["30.00", "6.00", "0.00"]
