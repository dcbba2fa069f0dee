"""A grade at least."""

from tests.calc.making import points_scheme, requirement, score, table
from tests.calc.requirements.asking import asked


def test_what_is_asked_is_told() -> None:
    assert asked("grade", at_least="good") == "等级不低于《grade:good》"


def test_a_better_grade_will_do_and_a_worse_one_will_not() -> None:
    grades = [table("[[grade]]", {"id": name, "label": name, "from": low})
              for name, low in (("best", 90), ("good", 80), ("fair", 0))]  # fmt: skip
    of = points_scheme(*grades, requirement("r", "grade", at_least="good"))
    assert [row.eligible for row in score(of, points=[95, 80, 79]).rows] == [True, True, False]
