"""Forced distributions: who moves up or down, ties at the cut, shares that cannot be kept."""

import random
from fractions import Fraction

import pytest

from calc.distribution import Cut, Member, Share, distribute, unmet

FREE = Share()


def members(*scores: int, ends: tuple[int, ...]) -> list[Member]:
    """Rows 0, 1, 2, … with these scores; grade n needs the n-th end, the last needs none."""
    return [
        Member(row, ((False, Fraction(-score)),), (*(score >= end for end in ends), True))
        for row, score in enumerate(scores)
    ]


def grades(
    scores: tuple[int, ...], ends: tuple[int, ...], shares: list[Share], ties: Cut = "worse"
) -> list[int | None]:
    given = distribute(members(*scores, ends=ends), shares, ties)
    return [given[row] for row in range(len(scores))]


@pytest.mark.parametrize(
    ("scores", "shares", "expected"),
    [
        ((95, 85, 70), [FREE, FREE, FREE], [0, 1, 2]),
        ((95, 91, 99, 85), [Share(2), FREE, FREE], [0, 1, 0, 1]),
        ((95, 91, 99, 85), [Share(1), Share(2), FREE], [1, 1, 0, 2]),  # one after the other down two grades
        ((95, 91, 99, 85), [Share(0), Share(0), FREE], [2, 2, 2, 2]),
        ((95, 94, 93), [FREE, FREE, Share(None, 1, "better")], [0, 0, 2]),
        ((95, 94, 83), [FREE, FREE, Share(None, 2, "better")], [0, 2, 2]),  # the middle grade first, then the best
        ((95, 85, 70), [Share(None, 2, "worse"), FREE, FREE], [0, 0, 2]),
        ((85, 70, 60), [Share(None, 2, "worse"), FREE, FREE], [0, 0, 2]),
        ((95, 94, 70), [FREE, Share(None, 1, "worse"), FREE], [0, 0, 1]),
        ((95, 94, 70), [FREE, Share(None, 1, "better"), FREE], [0, 1, 2]),
        ((95, 94), [FREE, FREE, Share(None, 5, "better")], [2, 2]),
        ((95, 94, 93), [FREE, Share(None, 1, "better"), Share(None, 1, "better")], [0, 1, 2]),
    ],
)
def test_a_share_moves_the_last_down_and_the_first_up(
    scores: tuple[int, ...], shares: list[Share], expected: list[int]
) -> None:
    assert grades(scores, (90, 80), shares) == expected


@pytest.mark.parametrize(
    ("ties", "expected"),
    [("better", [0, 0, 0, 1]), ("worse", [0, 1, 1, 1])],
)
def test_equals_at_the_cut_stay_together(ties: Cut, expected: list[int]) -> None:
    assert grades((99, 95, 95, 91), (90,), [Share(2), FREE], ties) == expected


@pytest.mark.parametrize(("ties", "expected"), [("better", [0, 0, 0, 1]), ("worse", [0, 1, 1, 1])])
def test_equals_are_raised_together_or_not_at_all(ties: Cut, expected: list[int]) -> None:
    assert grades((99, 85, 85, 81), (90,), [Share(None, 2, "worse"), FREE], ties) == expected


def test_who_does_not_fit_the_next_grade_goes_further_down_or_has_none() -> None:
    strict = [Member(0, ((False, Fraction(-9)),), (True, False)), Member(1, ((False, Fraction(-8)),), (True, False))]
    assert distribute(strict, [Share(1), FREE], "worse") == {0: 0, 1: None}


def test_the_order_of_the_members_does_not_matter() -> None:
    draw = random.Random(4)
    scores = tuple(draw.randrange(60, 100) for _ in range(30))
    shares = [Share(4), Share(9), Share(None, 6, "better")]
    given = distribute(members(*scores, ends=(85, 75)), shares, "worse")
    shuffled = members(*scores, ends=(85, 75))
    draw.shuffle(shuffled)
    assert distribute(shuffled, shares, "worse") == given
    assert unmet(given, shares) == []


def test_a_share_that_is_not_kept_is_told() -> None:
    shares = [Share(1), Share(None, 1, "better")]
    assert unmet({0: 0, 1: 1}, shares) == []
    assert unmet({0: 0, 1: 0}, shares) == [(0, 2), (1, 0)]
