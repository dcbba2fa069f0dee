"""So many months since a date."""

import pytest

from calc.scheme import SchemeError
from tests.calc.making import eligible, measure, points_scheme, requirement, score
from tests.calc.requirements.asking import asked

TENURE = {
    end: points_scheme(measure("since", "date"), requirement("r", "tenure", of="since", months=3, end=end))
    for end in ("inclusive", "exclusive")
}


@pytest.mark.parametrize(
    ("period", "since", "inclusive", "exclusive"),
    [
        ("2026-09", "2026-06-30", True, True),
        ("2026-09", "2026-07-01", True, False),
        ("2026-09", "2026-07-02", False, False),
        ("2026-02", "2025-11-30", True, True),  # + 3 months is 28 February itself
        ("2026-02", "2025-12-01", True, False),
        ("2024-02", "2023-11-30", True, True),
        ("2024-02", "2023-12-01", True, False),
        ("2026-09", "2027-01-01", False, False),
        ("2026-09", "1980-01-01", True, True),
    ],
)
def test_full_months_end_with_the_last_day_of_the_period_or_before_it(
    period: str, since: str, inclusive: bool, exclusive: bool
) -> None:
    for end, expected in (("inclusive", inclusive), ("exclusive", exclusive)):
        assert eligible(score(TENURE[end], points=[1], since=[since], period=period)) == [expected], end


def test_a_missing_date_is_an_error_and_not_a_failure() -> None:
    (row,) = score(TENURE["inclusive"], points=[1], since=[None]).rows
    assert (row.eligible, row.total, len(row.reasons)) == (False, None, 1)
    assert "数据有误" in row.reasons[0]


def test_what_is_asked_is_told() -> None:
    assert asked("tenure", of="since", months=3, end="inclusive") == "自《since》起满 3 个月，期末当天算在内"
    assert asked("tenure", of="since", months=3, end="exclusive") == "自《since》起满 3 个月，期末当天不算在内"


JOINED = points_scheme(measure("since", "date"), requirement("r", "in_period", of="since"), period="year")


def test_a_date_in_the_period_is_one_from_its_first_day_to_its_last() -> None:
    days = ["2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"]
    result = score(JOINED, points=[1, 1, 1, 1], since=days, period="2026", trace=True)
    assert eligible(result) == [False, True, True, False]
    assert result.rows[0].reasons == ("不符合“r”（第r条）",)


def test_without_a_date_nobody_can_say_whether_it_lies_in_the_period() -> None:
    (row,) = score(JOINED, points=[1], since=[None], period="2026").rows
    assert (row.eligible, row.total) == (False, None)
    assert "数据有误" in row.reasons[0]


def test_a_date_in_the_period_must_be_a_date_of_the_data() -> None:
    with pytest.raises(SchemeError, match="没有日期列 points"):
        points_scheme(requirement("r", "in_period", of="points"))
