"""Events: whose they are, whether they count, and how much."""

import pytest

from calc.submission import Event
from tests.calc.checking.branch import checked, withheld
from tests.calc.making import BAD, by_id, happened, points, problem_at, told


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        (happened("z", "praise"), "id2"),
        (happened(None, "praise"), "id2"),
        (happened("a", "nonsense"), "kind2"),
        (happened("a", None), "kind2"),
    ],
)
def test_an_event_of_nobody_or_of_no_kind_withholds_everybody(line: Event, cell: str) -> None:
    result = checked(events=[line])
    assert (told(result), withheld(result)) == ([("error", cell)], {"A", "B"})


@pytest.mark.parametrize(
    ("ids", "typed", "alike"),
    [
        (["007", "b", "c"], "7", "「007」"),
        (["7", "b", "c"], "007", "「7」"),
        (["007", "07", "c"], "7", ""),
        (["70", "b", "c"], "7", ""),
    ],
)
def test_an_event_whose_id_lost_its_zeros_is_told_who_may_be_meant(ids: list[object], typed: str, alike: str) -> None:
    message = problem_at(checked(ids=ids, events=[happened(typed, "praise")]), "id2").message
    assert (("是否应为" + alike) in message) if alike else ("是否应为" not in message)


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        (happened("a", "praise", count="1.5"), "count2"),
        (happened("a", "praise", count=-1), "count2"),
        (happened("a", "praise", count=1_000_001), "count2"),
        (happened("a", "other", points=None), "points2"),
        (happened("a", "other", points=-1), "points2"),
        (happened("a", "other", points="1e13"), "points2"),
        (happened("a", "praise", count=BAD), ""),
        (happened("a", "other", points=BAD), ""),
        (happened("a", "praise", date=BAD), ""),
        (happened("a", "complaint", verified=BAD, at_fault=True), ""),
    ],
)
def test_an_event_with_a_wrong_amount_spoils_its_person(line: Event, cell: str) -> None:
    result = checked(events=[line])
    assert told(result) == ([("error", cell)] if cell else [])
    assert withheld(result) == {"A"}
    assert by_id(result)["a"].points["customer"] is None  # type: ignore[index]
    assert by_id(result)["b"].points["customer"] == 10  # type: ignore[index]


@pytest.mark.parametrize(
    ("line", "customer"),
    [
        (happened("a", "praise"), "9.00"),
        (happened("a", "praise", count=3), "7.00"),
        (happened("a", "praise", count=0), "10.00"),
        (happened("a", "praise", date="2026-09-01"), "9.00"),
        (happened("a", "praise", date="2026-09-30"), "9.00"),
        (happened("a", "complaint", verified=True, at_fault=True), "5.00"),
        (happened("a", "complaint", verified=False), "10.00"),
        (happened("a", "other", points="2.5", count=4), "7.50"),
    ],
)
def test_an_event_counts_once_all_it_needs_is_confirmed(line: Event, customer: str) -> None:
    result = checked(events=[line])
    assert told(result) == []
    assert points(result, "customer") == [customer, "10.00", "10.00"]


@pytest.mark.parametrize(
    ("line", "cells", "customer"),
    [
        (happened("a", "praise", date="2026-08-31"), ["date2"], "10.00"),
        (happened("a", "praise", date="2026-10-01"), ["date2"], "10.00"),
        (happened("a", "praise", points=4), ["points2"], "9.00"),
        (happened("a", "praise", verified=False), ["verified2"], "9.00"),
        (happened("a", "complaint", verified=True, at_fault=None), ["at_fault2"], "10.00"),
        (happened("a", "complaint", verified=None, at_fault=None), ["verified2", "at_fault2"], "10.00"),
    ],
)
def test_an_event_that_does_not_count_or_not_yet_warns(line: Event, cells: list[str], customer: str) -> None:
    result = checked(events=[line])
    assert told(result) == [("warning", cell) for cell in cells]
    assert points(result, "customer")[0] == customer
    assert withheld(result) == set()


def test_an_event_of_an_id_that_is_there_twice_counts_for_both() -> None:
    result = checked(ids=["a", "a", "c"], events=[happened("a", "praise")])
    assert points(result, "customer") == ["9.00", "9.00", "10.00"]
