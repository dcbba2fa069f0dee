"""What of a scheme and a result goes into the merged workbook."""

from decimal import Decimal

import pytest

from addin.merging.arrival import Contest, Figure, Person, _sortable, contest_of, figures_of
from tests.addin.merging.making import CONTEST, SCHEME
from tests.calc.making import indicator, measure, scheme


def person(total: str | None, *points: str | None) -> Person:
    numbers = tuple(None if value is None else Decimal(value) for value in points)
    return Person("1", "张三", "", numbers, None if total is None else Decimal(total), None, "", won=False, key="")


def test_what_a_merged_sheet_needs_of_the_month() -> None:
    contest = contest_of(SCHEME)
    assert (contest.id_label, contest.name_label, contest.pool_label) == ("工号", "姓名", "网点")
    assert [i.label for i in contest.indicators if i.deducted_from is not None] == ["客户评价"]
    assert contest.by_total
    assert not contest.lowest_first


def test_points_against_the_best_of_the_outlet_are_told() -> None:
    assert set(contest_of(SCHEME).relative) >= {"业务量", "差错率"}
    assert "服务质量" not in contest_of(SCHEME).relative


def test_points_against_a_step_that_compares_are_told_too() -> None:
    def told(of: str) -> tuple[str, ...]:
        step = indicator("step", "ratio", of="a", base=1, best="highest", in_total=False)
        return contest_of(
            scheme(measure("a"), measure("b"), step, indicator("points", "given", of=of, base=1))
        ).relative

    assert told("step") == ("points",)
    assert told("b") == ()


@pytest.mark.parametrize(("better", "worse"), [("10", "9.99"), ("0", "-0.01"), ("-1", "-2"), ("0.000000001", "0")])
def test_totals_sort_as_numbers_do_exactly(better: str, worse: str) -> None:
    assert _sortable(Decimal(better), lowest_first=False) < _sortable(Decimal(worse), lowest_first=False)
    assert _sortable(Decimal(better), lowest_first=True) > _sortable(Decimal(worse), lowest_first=True)


def test_equal_totals_sort_alike_however_they_are_written() -> None:
    assert _sortable(Decimal("90.50"), lowest_first=False) == _sortable(Decimal("90.5"), lowest_first=False)


def test_figures_are_of_those_who_have_a_value() -> None:
    persons = [person("9.5", "1.5", "8"), person("12.1", "2.1", "10"), person(None, "1.1", None), person(None)]
    assert figures_of(CONTEST, persons) == (
        Figure("total", 2, Decimal("21.6"), Decimal("9.5"), Decimal("12.1"), 0),
        Figure("quality", 3, Decimal("4.7"), Decimal("1.1"), Decimal("2.1"), 0),
        Figure("service", 2, Decimal(18), Decimal(8), Decimal(10), 1),
    )


def test_a_column_without_a_value_has_no_figure() -> None:
    contest: Contest = CONTEST
    assert figures_of(contest, [person(None)]) == ()
