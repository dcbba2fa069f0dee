"""Every case folder: the result is what was worked out for it, by floats and by fractions alike."""

from pathlib import Path

import pytest

from tests.cases import reading

BANK = "cib-zhengzhou-2010"
MONTHLY = f"{BANK}/monthly-teller"
AT_LEAST = {
    "monthly-teller": 25,
    "quarterly-teller": 20,
    "quarterly-lobby-manager": 20,
    "quarterly-outlet": 20,
    "annual-teller": 20,
    "annual-lobby-manager": 20,
    "annual-outlet": 20,
}
CASES = [case for contest in AT_LEAST for case in reading.cases(f"{BANK}/{contest}")]


@pytest.mark.parametrize("trace", [False, True])
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case_comes_out_as_expected(case: Path, trace: bool) -> None:
    """With the trace all is reckoned in fractions."""
    assert reading.misses(f"{BANK}/{case.parent.name}", case, trace=trace) == []


@pytest.mark.parametrize("contest", AT_LEAST)
def test_there_are_enough_cases(contest: str) -> None:
    assert len(reading.cases(f"{BANK}/{contest}")) >= AT_LEAST[contest]
