"""The help fits the functions, the hosts' limits, and docs/functions.md; its examples come out as it says."""

import inspect
import re
from pathlib import Path

import pytest

from addin.function_page import function_page
from addin.function_texts import HELP, FunctionHelp
from addin.functions import FUNCTIONS

ROOT = Path(__file__).parents[3]
each = pytest.mark.parametrize("function", HELP, ids=lambda function: function.name)
LIMIT = 255
"""Of Excel's Application.MacroOptions, for the description and for each argument."""


def test_every_function_has_help_and_nothing_else_has() -> None:
    assert [function.name for function in HELP] == list(FUNCTIONS)


@each
def test_arguments_are_those_of_the_function(function: FunctionHelp) -> None:
    parameters = inspect.signature(FUNCTIONS[function.name]).parameters.values()
    assert [(a.name, a.optional) for a in function.arguments] == [
        (p.name, p.default is not inspect.Parameter.empty) for p in parameters
    ]


@each
def test_excel_takes_the_texts(function: FunctionHelp) -> None:
    assert all(0 < len(text) <= LIMIT for text in (function.text, *(a.text for a in function.arguments)))


def _literal(text: str) -> object:
    """A constant of a formula: a number, a text, an array {1,2;3,4}."""
    if text.startswith("{"):
        return [[_literal(cell) for cell in row.split(",")] for row in text.strip("{}").split(";")]
    return text.strip('"') if text.startswith('"') else float(text)


CONSTANT = [function for function in HELP if "!" not in function.example and "DATE" not in function.example]


@pytest.mark.parametrize("function", [f for f in CONSTANT if f.arguments], ids=lambda function: function.name)
def test_an_example_comes_out_as_it_says(function: FunctionHelp) -> None:
    called = re.fullmatch(r"=(\w+)\((.*)\)", function.example)
    arguments = re.findall(r'\{[^}]*\}|"[^"]*"|[^,]+', called[2])
    answer = FUNCTIONS[called[1]](*map(_literal, arguments))
    shown = [cell for row in answer for cell in row] if isinstance(answer, list) else [answer]
    assert "、".join(f"{cell:g}" if isinstance(cell, float) else cell for cell in shown) == function.gives


def test_the_page_is_made_of_the_texts() -> None:
    assert (ROOT / "docs" / "functions.md").read_text("utf-8") == function_page(), "python -m addin.function_page"
