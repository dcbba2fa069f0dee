"""Every case folder: the result is what was worked out for it, by floats and by fractions alike."""

from pathlib import Path

import pytest

from tests.cases import reading

MONTHLY = "cib-zhengzhou-2010/monthly-teller"


@pytest.mark.parametrize("case", reading.cases(MONTHLY), ids=lambda case: case.name)
def test_case_comes_out_as_expected(case: Path) -> None:
    assert reading.differences(reading.run(MONTHLY, case), reading.expected(case)) == []


@pytest.mark.parametrize("case", reading.cases(MONTHLY), ids=lambda case: case.name)
def test_case_in_fractions_throughout_is_the_same(case: Path) -> None:
    assert reading.differences(reading.run(MONTHLY, case, trace=True), reading.expected(case)) == []


def test_there_are_enough_cases() -> None:
    assert len(reading.cases(MONTHLY)) >= 25
