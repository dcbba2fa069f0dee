"""Deductions that stop at a floor, and bonuses with or without a cap."""

import pytest

from calc.methods import bonus, busiest, deduct
from tests.calc.making import both, event, happened, indicator, measure, points, same, scheme, score, told

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")


def test_a_deduction_stops_at_the_floor() -> None:
    for fives, threes in zip(both("0", "5", "10", "5", None), both("0", "3", "3", "4.999", "0"), strict=True):
        assert same(deduct(10, [fives, threes], 0), 10, 2, 0, "0.001", None)
        assert same(deduct(10, [fives, threes], 2), 10, 2, 2, 2, None)
        assert same(deduct(10, [fives, threes], None), 10, 2, -3, "0.001", None)


def test_a_bonus_has_no_end_unless_it_has_a_cap() -> None:
    for twenties, fives in zip(both("0", "20", "100", None), both("0", "5", "0.5", "1"), strict=True):
        assert same(bonus([twenties, fives]), 0, 25, "100.5", None)
        assert same(bonus([twenties, fives], 25), 0, 25, 25, None)


SCHEME = scheme(
    measure("x"),
    event("call"),
    event("book"),
    event("other", discretionary=True),
    indicator("down", "deduction", base=10, each={"call": 5, "other": "points"}),
    indicator("open", "deduction", base=10, each={"call": 5}, floor=-10),
    indicator("up", "bonus", each={"call": 20, "book": 2}),
    indicator("capped", "bonus", each={"call": 20, "other": "points"}, cap=50),
)


def test_events_are_counted_by_kind_and_judged_ones_by_their_points() -> None:
    events = [
        happened("b", "call"),
        happened("b", "other", points="1.5"),
        happened("b", "other", points="0.25", count=7),
        happened("c", "call", count=2),
        happened("c", "call"),
        happened("c", "book", count=3),
        happened("d", "call", count=0),
    ]
    result = score(SCHEME, x=[1, 1, 1, 1], events=events)
    assert points(result, "down") == ["10.00", "3.25", "0.00", "10.00"]
    assert points(result, "open") == ["10.00", "5.00", "-5.00", "10.00"]
    assert points(result, "up") == ["0.00", "20.00", "66.00", "0.00"]
    assert points(result, "capped") == ["0.00", "21.75", "50.00", "0.00"]


def test_the_rules_in_words_name_floor_and_cap() -> None:
    assert [indicator.rule() for indicator in SCHEME.indicator] == [
        "基准分10，逐次扣分，扣至0分为止",
        "基准分10，逐次扣分，扣至-10分为止",
        "逐次加分，不设最高分值",
        "逐次加分，最高50分",
    ]


def test_the_busiest_month_is_the_one_with_most() -> None:
    for july, august in zip(both("0", "5", "3", None), both("2", "1", "3", "9"), strict=True):
        assert same(busiest([july, august]), 2, 5, 3, None)
    assert same(busiest([both("4")[1]]), 4)


CARDS = scheme(
    measure("x"),
    event("below", dated=True),
    event("item", dated=True),
    indicator("month", "busiest_month", each={"below": 2, "item": 1}),
    period="quarter",
)


def test_events_of_one_month_come_together_and_those_of_others_do_not() -> None:
    events = [
        happened("a", "below", date="2026-07-31"),
        happened("a", "item", date="2026-08-01", count=2),
        happened("a", "item", date="2026-08-31"),
        happened("b", "item", date="2026-06-30", count=5),
    ]
    result = score(CARDS, period="2026Q3", x=[1, 1], events=events, trace=True)
    assert points(result, "month") == ["3.00", "0.00"]
    (line,) = (line for line in result.trace[0] if line.item == "month")
    assert line.arithmetic == "各月 2、3、0，取最多的"


def test_an_event_that_must_have_its_date_is_an_error_without_it() -> None:
    result = score(CARDS, period="2026Q3", x=[1, 1], events=[happened("a", "item", date=None)])
    assert told(result) == [("error", "date2")]
    assert [row.total is None for row in result.rows] == [True, False]
