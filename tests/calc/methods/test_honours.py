"""Columns of honours; what is counted is tested with calc.honours."""

import pytest

from calc import Result
from tests.calc.making import honoured, indicator, measure, points, scheme, score


def held(**keys: object) -> Result:
    of = scheme(
        measure("x"), indicator("held", "honours", contest="star", within="year", **keys),
        indicator("x", "given", of="measure:x"),
    )  # fmt: skip
    months = ("2026-01", "2026-02", "2026-04")
    return score(of, trace=True, honours=[honoured("a", month, "won", "star") for month in months], x=[1])


@pytest.mark.parametrize(
    ("keys", "value", "words"),
    [
        ({"value": "count"}, "3.00", "3 次（2026-01、2026-02、2026-04）"),
        ({"value": "run"}, "2.00", "3 次（2026-01、2026-02、2026-04），最长连续 2 期"),
    ],
)
def test_honours_become_a_column(keys: dict[str, object], value: str, words: str) -> None:
    found = held(**keys)
    assert points(found, "held") == [value]
    line = next(line for line in found.trace[0] if line.item == "held")
    assert line.arithmetic == words
    assert line.rule == {"count": "荣誉次数", "run": "最长连续获得荣誉的期数"}[str(keys["value"])]
