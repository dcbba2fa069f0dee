"""The oracle of the quarter's contests against the cases, and against itself on made-up quarters."""

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from tests.cases import reading

from .generate_quarterly import generate
from .quarterly import CONTESTS, Book, median, outlet_seats, points_inspection, reckon_case, share_of_staff
from .tables import Table, period_before, period_bounds

CASES = [case for contest in CONTESTS for case in reading.cases(f"cib-zhengzhou-2010/{contest}")]
SEEDS = range(80)
each_contest = pytest.mark.parametrize("contest", CONTESTS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path) -> None:
    assert reckon_case(case) == reading.expected(case)


# Single rules, by hand.


def book(contest: str, **settings: str) -> Book:
    return Book(CONTESTS[contest], settings, *(Table(f"{name}.csv", []) for name in ("d", "e", "r", "h")))


@pytest.mark.parametrize(
    ("outlets", "seats"),
    [(0, 0), (1, 1), (5, 1), (6, 2), (9, 2), (10, 3), (15, 3), (16, 4), (20, 4), (21, 5), (25, 5), (26, 6)],
)
def test_seats_of_outlets(outlets: int, seats: int) -> None:
    assert outlet_seats(book("quarterly-outlet", outlets=str(outlets))) == seats


@pytest.mark.parametrize(("staff", "least", "seats"), [(9, 0, 0), (10, 0, 1), (19, 0, 1), (20, 1, 2), (9, 1, 1)])
def test_seats_of_staff(staff: int, least: int, seats: int) -> None:
    assert share_of_staff(book("quarterly-teller", headcount=str(staff), min_seats=str(least))) == seats


def test_inspections() -> None:
    """(90+100-120)/80*20 = 17.5; 55 is below the pass mark; 100 alone is all; none is nothing."""
    scores = [[Fraction(90), Fraction(100)], [Fraction(55)], [Fraction(100), None], [None, None]]
    assert [points_inspection(each, 20) for each in scores] == [Fraction("17.5"), 0, 20, None]


def test_medians_and_quarters() -> None:
    assert (median([Fraction(3), Fraction(1), Fraction(2)]), median([Fraction(1), Fraction(2)])) == (2, Fraction(3, 2))
    assert [day.isoformat() for day in period_bounds("2028Q1")] == ["2028-01-01", "2028-03-31"]
    assert (period_before("2027Q1"), period_before("2026Q3")) == ("2026Q4", "2026Q2")


# Made-up quarters.


@each_contest
def test_the_made_up_quarters_are_nasty(contest: str) -> None:
    """Each thing the generator is for does happen."""
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        made = generate(contest, seed)
        result = made.expected()
        (line,) = result["quota"]
        seen.update(key for key in ("provisional", "withheld", "filled") if line[key])
        seen.update({reason for row in result["rows"] for reason in row["reasons"]})
        seen["ruled"] += bool(made.rulings)
        seen["several"] += line["filled"] > 1
        seen["left over"] += 0 < line["filled"] < line["seats"]
    wanted = ("provisional", "withheld", "filled", "several", "left over", "ruled", "取消资格", "待核实", "数据有误")
    assert all(seen[thing] >= 2 for thing in wanted), seen
