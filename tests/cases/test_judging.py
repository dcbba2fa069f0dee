"""Contests in which people judge, each with a scheme of its own beside its data."""

import shutil
from pathlib import Path

import pytest

from tests.cases import reading

CASES = reading.cases("judging")


@pytest.mark.parametrize("trace", [False, True])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_comes_out_as_expected(case: Path, trace: bool) -> None:
    assert reading.misses(str(case / "scheme.toml"), case, trace=trace) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_order_of_the_ballots_changes_nothing(case: Path, tmp_path: Path) -> None:
    turned = Path(shutil.copytree(case, tmp_path / case.name))
    header, *lines = (case / "ballots.csv").read_text("utf-8").splitlines()
    (turned / "ballots.csv").write_text("\n".join([header, *reversed(lines)]), "utf-8")
    found, again = (reading.run(str(case / "scheme.toml"), where, trace=True) for where in (case, turned))
    assert (again.rows, again.quota, again.trace) == (found.rows, found.quota, found.trace)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 7
