"""A formula that holds or does not; what formulas can say stands in tests/calc/formula."""

from tests.calc.making import eligible, measure, points_scheme, requirement, score
from tests.calc.requirements.asking import asked


def test_what_is_asked_is_told() -> None:
    assert asked("condition", formula="x > 5  and\n y < 3") == "公式：x > 5 and y < 3"


def test_a_formula_decides_who_may_win() -> None:
    of = points_scheme(measure("late"), requirement("r", "condition", formula="points >= 5 and late = 0"))
    result = score(of, points=[5, 9, 4], late=[0, 1, 0])
    assert eligible(result) == [True, False, False]
