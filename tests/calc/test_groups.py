"""Aggregates by group: present values only, spread back to the rows, whatever the order of the rows."""

from collections.abc import Callable

import numpy as np
import pytest

from calc import groups
from calc.number import Array
from tests.calc.making import both, same

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")

CODES = np.array([0, 1, 0, 1, 2, 0, 2])
VALUES = ("0.1", "5", "0.2", None, None, "0.6", None)

FIGURES = [
    (groups.highest, ("0.6", "5", "0.6", "5", None, "0.6", None)),
    (groups.lowest, ("0.1", "5", "0.1", "5", None, "0.1", None)),
    (groups.total, ("0.9", "5", "0.9", "5", None, "0.9", None)),
    (groups.mean, ("0.3", "5", "0.3", "5", None, "0.3", None)),
]
figures = pytest.mark.parametrize(("figure", "expected"), FIGURES, ids=lambda item: getattr(item, "__name__", ""))


@figures
@pytest.mark.parametrize("values", both(*VALUES), ids=["float", "exact"])
def test_a_figure_is_of_the_present_values_of_the_rows_group(
    figure: Callable[..., Array], expected: tuple[str | None, ...], values: Array
) -> None:
    assert same(figure(values, CODES), *expected)


@pytest.mark.parametrize("values", both(*VALUES), ids=["float", "exact"])
def test_a_count_is_of_the_present_values_and_nought_for_none(values: Array) -> None:
    assert list(groups.count(values, CODES)) == [3, 1, 3, 1, 0, 3, 0]


@pytest.mark.parametrize("values", both("1", "2", "4"), ids=["float", "exact"])
def test_rows_not_in_use_get_the_figure_but_do_not_make_it(values: Array) -> None:
    use, one = np.array([True, True, False]), np.zeros(3, dtype=np.intp)
    assert same(groups.highest(values, one, use), 2, 2, 2)
    assert same(groups.lowest(values, one, ~use), 4, 4, 4)
    assert same(groups.total(values, one, use), 3, 3, 3)
    assert same(groups.mean(values, one, use), "1.5", "1.5", "1.5")
    assert list(groups.count(values, one, use)) == [2, 2, 2]
    assert same(groups.highest(values, one, use & False), None, None, None)


@pytest.mark.parametrize("values", both("2", "4", "4", "4", "5", "5", "7", "9", "3", None), ids=["float", "exact"])
def test_deviations_of_a_population_and_of_a_sample(values: Array) -> None:
    """2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 9+1+1+1+0+0+4+16 = 32; 32/8 = 4, 32/7. One 3, and one without value."""
    of = np.array([0] * 8 + [1, 2])
    assert same(groups.population_deviation(values, of), *[2] * 8, 0, None)
    sample = groups.sample_deviation(values, of)
    assert list(groups.missing(sample)) == [False] * 8 + [True, True]
    assert all(float(value) == pytest.approx((32 / 7) ** 0.5, rel=1e-15) for value in sample[:8])
    less = groups.population_deviation(values, of, np.array([False] * 7 + [True, True, True]))
    assert same(less, *[0] * 9, None)


@pytest.mark.parametrize("values", both("3", "1", "3", "2", "9", "3", None), ids=["float", "exact"])
def test_places_are_counted_within_the_group_among_the_rows_in_use(values: Array) -> None:
    of = np.array([0, 0, 0, 0, 1, 0, 0])
    assert list(groups.below(values, of)) == [2, 0, 2, 1, 0, 2, 0]
    assert list(groups.equal(values, of)) == [3, 1, 3, 1, 1, 3, 0]
    use = np.array([True, False, True, True, True, False, True])
    assert list(groups.below(values, of, use)) == [1, 0, 1, 0, 0, 0, 0]
    assert list(groups.equal(values, of, use)) == [2, 0, 2, 1, 1, 0, 0]


@pytest.mark.parametrize("values", both(), ids=["float", "exact"])
def test_no_rows_give_no_figures(values: Array) -> None:
    none = np.array([], dtype=np.intp)
    assert all(len(figure(values, none)) == 0 for figure, _ in FIGURES)
    more = (groups.population_deviation, groups.below, groups.equal, groups.count)
    assert all(len(figure(values, none)) == 0 for figure in more)


def test_float_sums_do_not_depend_on_the_order_of_the_rows() -> None:
    random = np.random.default_rng(0)
    values = random.integers(0, 10**9, 1000) / 1000
    codes = random.integers(0, 5, 1000)
    order = random.permutation(1000)
    assert (groups.total(values[order], codes[order]) == groups.total(values, codes)[order]).all()
    assert (groups.mean(values[order], codes[order]) == groups.mean(values, codes)[order]).all()
