"""The shipped schemes of other organisations than the bank: cases of each, and what a scheme tells of its document."""

from pathlib import Path

import pytest

from calc.scheme import load_scheme, shipped
from tests.cases import reading

SCHEMES = [name for name in shipped() if not name.startswith("cib-zhengzhou-2010/")]
CASES = [(name, case) for name in SCHEMES for case in reading.cases(name)]
AT_LEAST = 3


@pytest.mark.parametrize("trace", [False, True])
@pytest.mark.parametrize(("scheme", "case"), CASES, ids=[f"{case.parent.name}/{case.name}" for _, case in CASES])
def test_case_comes_out_as_expected(scheme: str, case: Path, trace: bool) -> None:
    """With the trace all is reckoned in fractions."""
    assert reading.misses(scheme, case, trace=trace) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_there_are_enough_cases(scheme: str) -> None:
    assert len(reading.cases(scheme)) >= AT_LEAST


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_default_that_no_document_gives_is_said_to_be_one(scheme: str) -> None:
    """Numbers and choices are the document's or ours: the note of each says which, or the clause that it stands in."""
    silent = [
        setting.id
        for setting in load_scheme(scheme).scheme.setting
        if setting.kind in {"choice", "number"} and not (setting.note and (setting.clause or "未规定" in setting.note))
    ]
    assert silent == []
