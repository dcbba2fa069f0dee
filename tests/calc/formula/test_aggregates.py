"""Aggregates by group in either kind of number; what they are by hand stands in test_evaluate.py too."""

from fractions import Fraction

import numpy as np
import pytest

from calc.formula import aggregates
from tests.calc.making import both, same

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")
CODES = np.array([0, 1, 0, 0, 1, 0])
VALUES = ("7", "2", "5", "5", None, "1")
ALL = np.ones(6, dtype=np.bool_)
kinds = pytest.mark.parametrize("values", both(*VALUES), ids=["float", "exact"])


@kinds
def test_a_sum_of_nothing_is_nought(values: np.ndarray) -> None:  # type: ignore[type-arg]
    assert same(aggregates.total(values, CODES, ALL), 18, 2, 18, 18, 2, 18)
    assert same(aggregates.total(values, CODES, values == 2), 0, 2, 0, 0, 2, 0)


@kinds
def test_a_count_divides_like_any_number(values: np.ndarray) -> None:  # type: ignore[type-arg]
    found = aggregates.count(values, CODES, ALL)
    assert same(found, 4, 1, 4, 4, 1, 4)
    assert same(found / found[1:2] / 3, *[Fraction(n, 3) for n in (4, 1, 4, 4, 1, 4)])


@kinds
@pytest.mark.parametrize(
    ("lowest_first", "ties", "expected"),
    [
        (False, "competition", (1, 1, 2, 2, None, 4)),
        (False, "mean", (1, 1, "2.5", "2.5", None, 4)),
        (False, "dense", (1, 1, 2, 2, None, 3)),
        (True, "competition", (4, 1, 2, 2, None, 1)),
        (True, "mean", (4, 1, "2.5", "2.5", None, 1)),
        (True, "dense", (3, 1, 2, 2, None, 1)),
    ],
)
def test_ranks_and_what_the_equal_share(
    values: np.ndarray,
    lowest_first: bool,
    ties: aggregates.Ties,
    expected: tuple[str | int | None, ...],  # type: ignore[type-arg]
) -> None:
    assert same(aggregates.ranks(values, CODES, ALL, lowest_first, ties), *expected)


@kinds
def test_who_is_not_in_use_has_no_rank_and_takes_none(values: np.ndarray) -> None:  # type: ignore[type-arg]
    assert same(aggregates.ranks(values, CODES, values != 7, False, "competition"), None, 1, 1, 1, None, 3)
    assert same(aggregates.ranks(values, CODES, ~ALL, False, "competition"), *[None] * 6)


@pytest.mark.parametrize("values", both(), ids=["float", "exact"])
def test_of_no_rows_there_is_nothing(values: np.ndarray) -> None:  # type: ignore[type-arg]
    none, use = np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.bool_)
    for found in (
        aggregates.total(values, none, use),
        aggregates.count(values, none, use),
        aggregates.ranks(values, none, use, False, "mean"),
    ):
        assert len(found) == 0
