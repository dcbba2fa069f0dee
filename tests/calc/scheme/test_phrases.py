"""What the parts of a scheme are called, and how its rules read in a phrase."""

import pytest

from calc.scheme import load_scheme
from calc.scheme.model import Ties
from calc.scheme.phrases import (
    grading_words,
    label_of,
    labels,
    rank_words,
    scope_words,
    tie_words,
    total_words,
    value_words,
)
from tests.calc.making import grade, group, indicator, measure, scheme, table

SMALL = scheme(measure("x"), measure("team", "text"), indicator("a", "given", of="x"), pool="team")
MONTHLY = load_scheme("cib-zhengzhou-2010/monthly-teller").scheme


def test_the_total_and_the_rank_in_words() -> None:
    limited = scheme(
        group("g", label="组", cap=5),
        measure("x"), indicator("a", "given", of="x", group="g"),
        total={"cap": 100, "floor": 0, "lowest_first": True},
        rank_by=[{"of": "x", "best": "highest"}, {"of": "total", "best": "highest"}],
    )  # fmt: skip
    assert total_words(limited) == "各项得分之和，组合计最高 5，总分最高 100，总分最低 0"
    assert rank_words(limited) == "x由高到低、总分由低到高"
    assert total_words(scheme(measure("x"), indicator("a", "given", of="x"), total={"of": "a"})) == "即a"


def test_a_reference_is_called_by_its_label() -> None:
    assert label_of(MONTHLY, "volume") == label_of(MONTHLY, "measure:volume") == labels(MONTHLY)("volume") == "业务量"
    assert label_of(MONTHLY, "contest:annual-teller") == "“年度服务明星推荐（柜员）”"
    assert label_of(MONTHLY, "contest:nobody") == "“cib-zhengzhou-2010/nobody”"
    assert label_of(MONTHLY, "nowhere") == "nowhere"
    assert (value_words(SMALL, "total"), value_words(SMALL, "a")) == ("总分", "a")


@pytest.mark.parametrize(("within", "words"), [("pool", "每组"), ("all", "全体"), ("team", "team相同的")])
def test_whose_something_is(within: str, words: str) -> None:
    assert scope_words(SMALL, within) == words
    assert scope_words(scheme(measure("x"), indicator("a", "given", of="x")), "pool") == "全体"


def test_what_happens_to_the_tied() -> None:
    assert tie_words(SMALL, Ties(policy="include")) == "名额处并列时，并列者都当选"
    assert tie_words(SMALL, Ties(policy="lot", seed="七")) == "名额处并列时，并列者按种子“七”抽签"


def test_how_grades_are_given() -> None:
    graded = scheme(
        measure("x"), indicator("a", "given", of="x"),
        grade("good", "优", at_most="15% floor", **{"from": 90}), grade("fair", "中", also=[{"of": "x", "above": 5}]),
        grade("poor", "差"),
        table("[grading]", {"within": "all", "count": "graded", "ties": "worse"}),
    )  # fmt: skip
    assert grading_words(graded) == "总分不低于 90 为优，x高于 5 为中，其余为差；优最多人数的15%（舍去尾数）"
    assert label_of(graded, "grade:fair") == "中"
