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


@pytest.mark.parametrize("values", both(), ids=["float", "exact"])
def test_no_rows_give_no_figures(values: Array) -> None:
    none = np.array([], dtype=np.intp)
    assert all(len(figure(values, none)) == 0 for figure, _ in FIGURES)
    assert len(groups.count(values, none)) == 0


def test_float_sums_do_not_depend_on_the_order_of_the_rows() -> None:
    random = np.random.default_rng(0)
    values = random.integers(0, 10**9, 1000) / 1000
    codes = random.integers(0, 5, 1000)
    order = random.permutation(1000)
    assert (groups.total(values[order], codes[order]) == groups.total(values, codes)[order]).all()
    assert (groups.mean(values[order], codes[order]) == groups.mean(values, codes)[order]).all()
