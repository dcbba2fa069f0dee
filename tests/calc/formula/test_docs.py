"""Every example of docs/formula.md comes to what stands there."""

import re
from pathlib import Path

import pytest

from calc.methods.base import show
from calc.scheme import SchemeError
from calc.scheme.model import Scheme
from tests.calc.making import indicator, measure, requirement, scheme, score

TEXT = (Path(__file__).parents[3] / "docs" / "formula.md").read_text("utf-8")
EXAMPLES = re.findall(r"```formula\n(.*?)\n→ (.*?)\n```", TEXT, re.DOTALL)
ANSWERS = {"是": True, "否": False, "-": None}


def kind_of(cells: list[str]) -> str:
    """What kind of measure holds the cells."""
    if set(cells) <= {"是", "否"}:
        return "yes_no"
    return "text" if any(re.fullmatch(r"[一-龥]", cell) for cell in cells) else "number"


def columns_of(body: str) -> dict[str, list[str]]:
    lines = [line[2:].partition(": ") for line in body.splitlines() if line.startswith("# ")]
    return {name: cells.split(", ") for name, _, cells in lines}


def scheme_of(columns: dict[str, list[str]], formula: str, is_condition: bool) -> Scheme:
    measures = [
        measure(name, kind, **({} if kind != "number" else {"missing": "none"}))
        for name, kind in ((name, kind_of(cells)) for name, cells in columns.items())
    ]
    first = indicator("points", "formula", formula="0" if is_condition else formula, rounding=6)
    return scheme(*measures, first, *([requirement("c", "condition", formula=formula)] if is_condition else []))


@pytest.mark.parametrize(("body", "expected"), EXAMPLES, ids=[body.splitlines()[-1] for body, _ in EXAMPLES])
def test_an_example_comes_to_what_is_written(body: str, expected: str) -> None:
    columns = columns_of(body)
    formula = next(line for line in body.splitlines() if not line.startswith("# "))
    is_condition = set(expected.split(", ")) <= {"是", "否"}
    if expected.startswith("错误："):
        with pytest.raises(SchemeError) as caught:
            scheme_of(columns, formula, is_condition)
        assert expected.removeprefix("错误：") in str(caught.value)
        return
    of = scheme_of(columns, formula, is_condition)
    typed = {name: [ANSWERS.get(cell, cell) for cell in cells] for name, cells in columns.items()}
    result = score(of, **typed)
    if is_condition:
        found = ["是" if row.eligible else "否" for row in result.rows]
    else:
        values = [None if row.points is None else row.points["points"] for row in result.rows]
        found = ["无" if value is None else show(value) for value in values]
    assert ", ".join(found) == expected


def test_there_are_examples_of_everything_that_can_be_written() -> None:
    from calc.formula import parser

    formulas = " ".join(body for body, _ in EXAMPLES) + TEXT
    assert len(EXAMPLES) > 15
    for function in parser.FUNCTIONS:
        assert f"{function}(" in formulas
