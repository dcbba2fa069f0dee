"""A problem is five plain texts in JSON."""

import pytest

from calc.problem import Problem, Severity


def test_a_problem_is_five_texts_in_json() -> None:
    found = Problem(Severity.WARNING, "指标", "C7", "说明", "提示").as_json()
    assert found == {"severity": "warning", "sheet": "指标", "cell": "C7", "message": "说明", "hint": "提示"}
    assert all(type(value) is str for value in found.values())


def test_only_an_error_is_an_error() -> None:
    assert Problem(Severity.ERROR, "", "", "x").is_error
    assert not Problem(Severity.WARNING, "", "", "x").is_error


@pytest.mark.parametrize(
    ("sheet", "cell", "place"), [("指标", "C7", "指标!C7"), ("9月.xlsx", "", "9月.xlsx"), ("", "", "")]
)
def test_a_problem_knows_its_place(sheet: str, cell: str, place: str) -> None:
    assert Problem(Severity.ERROR, sheet, cell, "x").place == place


def test_a_problem_is_filled_in_from_its_templates_and_counted_by_its_kind() -> None:
    values = {"name": "王芳{x}", "label": "业务量"}
    found = Problem.of(Severity.ERROR, ("指标", "C7"), ("{name}没有填「{label}」", "补填{label}"), values)
    assert (found.sheet, found.cell, found.severity) == ("指标", "C7", Severity.ERROR)
    assert (found.message, found.hint, found.kind) == ("王芳{x}没有填「业务量」", "补填业务量", "…没有填「…」")
    assert "kind" not in found.as_json()
