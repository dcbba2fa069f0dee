"""The tests mirror the package: who changes calc/x.py finds its tests in tests/calc/test_x.py."""

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CALC = HERE.parents[1] / "calc"


def has_functions(path: Path) -> bool:
    return any(isinstance(node, ast.FunctionDef) for node in ast.walk(ast.parse(path.read_text("utf-8"))))


MODULES = [path.relative_to(CALC) for path in sorted(CALC.rglob("*.py")) if has_functions(path)]


def test_there_are_modules_with_functions() -> None:
    assert len(MODULES) > 10


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_every_module_with_functions_has_a_test_module(module: Path) -> None:
    assert (HERE / module.parent / f"test_{module.name}").is_file()
