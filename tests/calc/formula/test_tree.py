"""What a tree says of itself."""

from calc.formula.parser import parse
from calc.formula.tree import aggregates, names


def test_names_are_told_once_each_in_order() -> None:
    assert names(parse("b + a * mean(c, where=d > measure:a) + if(e > b, f, -b)")) == (
        "b", "a", "c", "d", "measure:a", "e", "f",
    )  # fmt: skip


def test_aggregates_are_found_wherever_they_stand() -> None:
    found = aggregates(parse("max(mean(x), sum(y - median(y, by=team)))"))
    assert [(aggregate.function, aggregate.within) for aggregate in found] == [
        ("mean", "pool"), ("sum", "pool"), ("median", "team"),
    ]  # fmt: skip


def test_formulas_are_equal_where_they_say_the_same_however_they_are_laid_out() -> None:
    assert parse("mean(x)*2") == parse(" mean( x ) × 2")
    assert hash(parse("mean(x)*2")) == hash(parse(" mean( x ) × 2"))
    assert parse("mean(x, by=team)") != parse("mean(x)")
