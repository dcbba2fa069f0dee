"""What is printed: all of it, as it is."""

import io

from rich.console import Console

from addin.report import print_explanation, print_problems
from calc.problem import Problem, Severity


def narrow() -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, width=70, markup=False, emoji=False), out


def test_a_long_message_without_spaces_is_folded_not_cut() -> None:
    console, out = narrow()
    print_problems([Problem(Severity.ERROR, "指标", "G5", "长" * 200, "短" * 100)], console)
    assert (out.getvalue().count("长"), out.getvalue().count("短")) == (200, 100)


def test_a_long_rule_is_folded_not_cut() -> None:
    console, out = narrow()
    line = {
        "kind": "indicator",
        "label": "业务量",
        "clause": "第九条",
        "rule": "甲" * 99,
        "arithmetic": "",
        "value": "1",
    }
    print_explanation([line], console)
    assert out.getvalue().count("甲") == 99
