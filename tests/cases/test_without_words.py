"""A trace without words is that with words, less the words; verifying and merging reckon it so."""

from pathlib import Path

import pytest

from calc.result import Result
from calc.scheme import shipped
from tests.cases import reading

CASES = [(scheme, case) for scheme in shipped() for case in reading.cases(scheme)]


def told(result: Result) -> list[list[tuple[str, ...]]]:
    return [[(line.kind, line.item, line.label, line.clause, line.value) for line in row] for row in result.trace]


@pytest.mark.parametrize(("scheme", "case"), CASES, ids=lambda part: part.name if isinstance(part, Path) else part)
def test_values_are_the_same_without_words(scheme: str, case: Path) -> None:
    whole, bare = (reading.run(scheme, case, trace=True, words=words) for words in (True, False))
    assert (bare.rows, bare.quota, bare.problems) == (whole.rows, whole.quota, whole.problems)
    assert told(bare) == told(whole)
    assert not any(line.rule for row in bare.trace for line in row if line.kind in ("indicator", "total", "rank"))
