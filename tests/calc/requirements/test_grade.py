"""A grade at least."""

from tests.calc.making import eligible, grade, points_scheme, requirement, score
from tests.calc.requirements.asking import asked


def test_what_is_asked_is_told() -> None:
    assert asked("grade", at_least="good") == "等级不低于《grade:good》"


def test_a_better_grade_will_do_and_a_worse_one_will_not() -> None:
    grades = [grade(name, **{"from": low}) for name, low in (("best", 90), ("good", 80), ("fair", 0))]
    of = points_scheme(*grades, requirement("r", "grade", at_least="good"))
    assert eligible(score(of, points=[95, 80, 79])) == [True, True, False]
