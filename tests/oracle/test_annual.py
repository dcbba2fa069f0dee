"""The oracle of the annual selection against the cases, and against itself on made-up years."""

from collections import Counter
from pathlib import Path

import pytest

from tests.cases import reading

from .annual import CONTESTS, recommended
from .generate_annual import generate
from .quarterly import Book, reckon_case
from .tables import Table, period_before, period_bounds

CASES = [case for contest in CONTESTS for case in reading.cases(f"cib-zhengzhou-2010/{contest}")]
SEEDS = range(80)
each_contest = pytest.mark.parametrize("contest", CONTESTS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path) -> None:
    assert reckon_case(case, CONTESTS) == reading.expected(case)


# Single rules, by hand.


@pytest.mark.parametrize(
    ("outlets", "seats"), [(1, 1), (9, 1), (10, 2), (11, 2), (20, 2), (21, 3), (30, 3), (31, 4), (40, 4), (41, 5)]
)
def test_recommended(outlets: int, seats: int) -> None:
    """第十四条(二): 2 for 10 to 20 outlets, 3 for more up to 30; twice as many tellers."""
    empty = (Table(f"{name}.csv", []) for name in ("data", "events", "rulings", "honours"))
    book = Book(CONTESTS["annual-outlet"], {"period": "2026", "outlets": str(outlets)}, *empty)
    assert (recommended(1)(book), recommended(2)(book)) == (seats, 2 * seats)


def test_years() -> None:
    assert [day.isoformat() for day in period_bounds("2026")] == ["2026-01-01", "2026-12-31"]
    assert period_before("2026") == "2025"


# Made-up years.


@each_contest
def test_the_made_up_years_are_nasty(contest: str) -> None:
    """Each thing the generator is for does happen."""
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        made = generate(contest, seed)
        result = made.expected()
        (line,) = result["quota"]
        seen.update(key for key in ("withheld", "filled", "tied") if line[key])
        seen.update({reason for row in result["rows"] for reason in row["reasons"]})
        seen["ruled"] += bool(made.rulings)
        seen["left over"] += 0 < line["filled"] < line["seats"]
        ranked = [(row["rank"], row["total"]) for row in result["rows"] if row["rank"]]
        seen["print alike"] += len({total for _, total in ranked}) < len({rank for rank, _ in ranked})
    wanted = ("withheld", "filled", "tied", "ruled", "left over", "print alike", "取消资格", "没有", "第十四条(一)1",
              "第十四条(一)2", "数据有误")  # fmt: skip
    assert all(seen[thing] >= 2 for thing in wanted), seen
