"""Some of the rows as arrays of one kind of number."""

from fractions import Fraction

import numpy as np
import pytest

from calc.check import check
from calc.framing import frame_of
from calc.methods.base import Frame, State
from calc.number import Arithmetic
from tests.calc.making import BAD, event, happened, indicator, measure, scheme, submit

OF = scheme(
    measure("team", "text"), measure("x", missing="none"), measure("since", "date", missing="none"), event("late"),
    indicator("x", "given", of="measure:x"), indicator("late", "deduction", base=10, each={"late": 1}),
    pool="team",
)  # fmt: skip
SUBMITTED = submit(
    OF, team=["A", "B", "C", "B"], x=["0.1", BAD, "0.3", None], since=["2026-01-05", None, None, "2026-02-28"],
    events=[happened("a", "late", count=2), happened("c", "late", count=3), happened("c", "late")],
)  # fmt: skip


def framed(arithmetic: Arithmetic, *rows: int) -> Frame:
    wanted = np.isin(np.arange(4), rows)
    return frame_of(check(OF, SUBMITTED), np.array([0, 1, 2, 1]), wanted, arithmetic)


def test_the_rows_that_are_asked_for_in_their_order() -> None:
    frame = framed(Arithmetic.EXACT, 0, 2)
    assert frame.size == 2
    assert frame.measures["x"].values.tolist() == [Fraction(1, 10), Fraction(3, 10)]
    assert frame.events["late"].count.tolist() == [2, 4]
    assert frame.texts["team"] == ("A", "C")


def test_floats_are_floats_and_fractions_are_exact() -> None:
    assert framed(Arithmetic.FLOAT, 0, 2).measures["x"].values.dtype == np.float64
    assert framed(Arithmetic.EXACT, 0, 2).measures["x"].values.dtype == object


def test_what_is_missing_keeps_its_state() -> None:
    frame = framed(Arithmetic.FLOAT, 1, 2, 3)
    assert frame.measures["x"].state.tolist() == [State.BAD, State.OK, State.UNDEFINED]
    assert np.isnan(frame.measures["x"].values).tolist() == [True, False, True]
    assert frame.dates["since"].tolist()[0] is None


def test_pools_are_numbered_among_the_rows_that_are_there() -> None:
    assert framed(Arithmetic.FLOAT, 1, 2, 3).pools.tolist() == [0, 1, 0]


def test_an_unknown_measure_is_none() -> None:
    frame = framed(Arithmetic.FLOAT, 0)
    assert "y" not in frame.measures
    assert [*frame.measures] == ["team", "x", "since"]
    with pytest.raises(KeyError):
        frame.measures["y"]
