"""Honours of earlier periods: at least so many, at most so many."""

import pytest

from tests.calc.making import honoured, points_scheme, requirement, score
from tests.calc.requirements.asking import asked


@pytest.mark.parametrize(
    ("keys", "rule"),
    [
        ({"within": "year", "at_most": 0}, "本年度获得《contest:star》至多 0 次"),
        ({"within": "last", "periods": 4, "at_least": 2}, "最近 4 期获得《contest:star》至少 2 次"),
        ({"within": "year", "at_least": 2, "consecutive": True}, "本年度连续获得《contest:star》至少 2 期"),
    ],
)
def test_what_is_asked_is_told(keys: dict[str, object], rule: str) -> None:
    assert asked("honours", contest="star", **keys) == rule


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"at_least": 2}, "a"),  # a has two, b one, c none
        ({"at_least": 1}, "ab"),
        ({"at_most": 1}, "bc"),
        ({"at_least": 1, "at_most": 1}, "b"),
        ({"at_least": 2, "consecutive": True}, ""),  # of a's two there is a month between
    ],
)
def test_honours_are_counted(keys: dict[str, object], expected: str) -> None:
    of = points_scheme(requirement("r", "honours", contest="star", within="year", **keys))
    honours = [honoured("a", "2026-01", "won", "star"), honoured("a", "2026-03", "won", "star"),
               honoured("b", "2026-02", "won", "star"), honoured("c", "2025-12", "won", "star")]  # fmt: skip
    result = score(of, points=[1, 1, 1], honours=honours)
    assert "".join(row.id for row in result.rows if row.eligible) == expected
