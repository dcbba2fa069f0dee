"""What a scheme is refused for."""

import pytest

from calc.scheme import SchemeError, read_scheme
from tests.calc.making import indicator, measure, toml

NUMBER, TEXT, DATE, FLAG = measure("n"), measure("t", "text"), measure("d", "date"), measure("f", "yes_no")
MANY = measure("skill", many=True)
PLAIN = indicator("i", "given", of="n", base=10)


def faults_of(file: str | bytes) -> list[tuple[str, str]]:
    """Path and message of everything that is wrong with a scheme file."""
    with pytest.raises(SchemeError) as caught:
        read_scheme(file if isinstance(file, bytes) else file.encode(), "bank.toml")
    problems = caught.value.problems
    assert all(problem.is_error and problem.sheet == "bank.toml" for problem in problems)
    assert all(f"bank.toml: {problem.cell}: {problem.message}" in str(caught.value) for problem in problems)
    return [(problem.cell, problem.message) for problem in problems]


def faults(*blocks: str, **top: object) -> list[tuple[str, str]]:
    """Path and message of everything that is wrong with a scheme of these blocks."""
    return faults_of(toml(*blocks, **top))  # type: ignore[arg-type]
