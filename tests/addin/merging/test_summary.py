"""The branches in short: sums by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from addin.merging.arrival import Figure
from addin.merging.expected import Expected
from addin.merging.summary import Summary, counted_of, mean_of, shown, summaries
from addin.merging.verdicts import judge
from tests.addin.merging.making import sent


def totals(count: int, total: str, low: str, high: str) -> tuple[Figure, ...]:
    return (Figure("total", count, Decimal(total), Decimal(low), Decimal(high), 0),)


ARRIVALS = [
    sent("河南/1.xlsx", people=4, winners=1, figures=totals(3, "250.5", "80", "90.5")),
    sent("河南/2.xlsx", unit="乙支行", people=2, winners=1, figures=totals(2, "171", "85", "86")),
    sent("陕西/3.xlsx", unit="丙支行", people=5, winners=2, figures=totals(5, "450", "88", "92")),
    sent("陕西/4.xlsx", unit="丁支行", people=9, winners=9, errors=1, figures=totals(9, "900", "100", "100")),
]


def test_what_counts_of_each_branch_is_added_up_the_best_mean_first() -> None:
    judgement = judge(ARRIVALS, [Expected("戊支行", "河南")])
    counted = counted_of(ARRIVALS, judgement, "bank/month")
    assert [arrival.file for arrival in counted] == ["河南/1.xlsx", "河南/2.xlsx", "陕西/3.xlsx"]
    shaanxi, henan = summaries(counted, judgement, "bank/month")
    assert shaanxi == Summary("陕西", 0, 1, 5, 2, {"total": totals(5, "450", "88", "92")[0]})
    assert henan == Summary("河南", 1, 2, 6, 2, {"total": totals(5, "421.5", "80", "90.5")[0]})
    assert [shown(mean_of(each.figures["total"])) for each in (shaanxi, henan)] == [Decimal("90.00"), Decimal("84.30")]


def test_a_branch_of_which_nothing_came_is_listed_last() -> None:
    judgement = judge(ARRIVALS, [Expected("己支行", "山西")])
    listed = summaries(counted_of(ARRIVALS, judgement, "bank/month"), judgement, "bank/month")
    assert listed[-1] == Summary("山西", 1, 0, 0, 0, {})


@pytest.mark.parametrize(("value", "text"), [
    (Fraction(267, 100) + Fraction(5, 1000), "2.68"), (Fraction(2, 3), "0.67"), (Fraction(-5, 1000), "-0.01"),
])  # fmt: skip
def test_a_mean_is_shown_rounded_half_up(value: Fraction, text: str) -> None:
    assert str(shown(value)) == text
