"""Ranking and award rules from elsewhere as scheme files, with the results that were published."""

from pathlib import Path

import pytest

from tests.cases import reading

CASES = reading.cases("elsewhere")


@pytest.mark.parametrize("trace", [False, True])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_published_result_comes_out(case: Path, trace: bool) -> None:
    assert reading.misses(str(case / "scheme.toml"), case, trace=trace) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_names_its_source(case: Path) -> None:
    assert reading.about(case)["source"]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 10
