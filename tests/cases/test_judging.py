"""Contests in which people judge, each with a scheme of its own beside its data."""

from pathlib import Path

import pytest

from tests.cases import reading

CASES = reading.cases("judging")


@pytest.mark.parametrize("trace", [False, True])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_comes_out_as_expected(case: Path, trace: bool) -> None:
    result = reading.run(str(case / "scheme.toml"), case, trace=trace)
    assert reading.differences(result, reading.expected(case)) == []


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 7
