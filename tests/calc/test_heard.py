"""What was handed in as arrays."""

import numpy as np

from calc.ballots import hear
from calc.findings import Findings
from calc.heard import People
from calc.number import Arithmetic
from tests.calc.jury import jury
from tests.calc.making import ballots, submit


def test_the_columns_of_some_rows_are_theirs() -> None:
    of = jury()
    submitted = submit(
        of, ids=["a", "b", "c"], team=["A", "A", "B"], ballots=ballots("J1 a x 9", "J2 c x 7", "J1 c x 8")
    )
    people = People(("a", "b", "c"), ("a", "b", "c"), submitted.ids, ("A", "A", "B"), {})
    heard = hear(of, submitted, people, Findings())["p"]
    marks = heard.columns(Arithmetic.EXACT, np.array([False, True, True])).items["x"]
    assert (list(marks.row), list(marks.rater), list(marks.points)) == ([1, 1], [1, 0], [7, 8])
