"""What the commands print: problems, rankings and explanations as tables, or everything as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from calc.problem import Problem
from calc.result import Result
from calc.scheme import Scheme
from workbook_templates.results import MOST_PROBLEMS, SEVERITY_WORDS, outcome, pool_name, pool_state, unlisted

__all__ = ["console", "folding_table", "print_explanation", "print_json", "print_problems", "print_result"]


def console() -> Console:
    """A console on standard output; wide enough for a table where the output is no terminal.

    It shows every text as it is: names and messages may hold what Rich would read as markup or an emoji.
    """
    width = None if sys.stdout.isatty() else 140
    return Console(soft_wrap=False, width=width, highlight=False, markup=False, emoji=False)


def print_json(content: Any) -> None:
    """One JSON object in UTF-8, whatever the console's encoding."""
    text = json.dumps(content, ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.flush()


def print_problems(problems: Sequence[Problem], out: Console) -> None:
    """The problems as a table, errors first; beyond the first 200 only how many of each severity."""
    if not problems:
        out.print("没有发现问题。")
        return
    ordered = sorted(problems, key=lambda problem: not problem.is_error)
    table = folding_table("级别", "位置", "问题", "怎么办")
    for problem in ordered[:MOST_PROBLEMS]:
        colour = "red" if problem.is_error else "yellow"
        severity = Text(SEVERITY_WORDS[problem.severity], colour)
        table.add_row(severity, problem.place, problem.message, problem.hint)
    out.print(table)
    for word, kind, n in unlisted(ordered):
        out.print(f"{word}　{kind}　另有 {n} 条未列出")
    errors = sum(1 for problem in problems if problem.is_error)
    out.print(f"共 {errors} 条错误、{len(problems) - errors} 条提醒。")


def print_result(scheme: Scheme, result: Result, out: Console) -> None:
    """The ranking by pool, then the winners of each pool."""
    by_pool: dict[str, list[Any]] = {}
    for row in result.rows:
        by_pool.setdefault(row.pool, []).append(row)
    table = folding_table("名次", scheme.subject.id_label, scheme.subject.name_label)
    table.title = f"{scheme.title} {result.period}"
    for indicator in scheme.scored:
        table.add_column(indicator.label, justify="right")
    table.add_column("总分", justify="right")
    for heading, wanted in (("等级", scheme.grade), ("称号", scheme.titles)):
        if wanted:
            table.add_column(heading)
    table.add_column("结果", overflow="fold")
    for quota in result.quota:
        table.add_section()
        table.add_row("", "", Text(pool_name(scheme, quota), "bold"))
        for row in sorted(by_pool[quota.pool], key=lambda r: (r.rank is None, r.rank or 0, -(r.total or 0))):
            points = [_number(None if row.points is None else row.points[i.id]) for i in scheme.scored]
            table.add_row(
                "" if row.rank is None else str(row.rank),
                row.id,
                row.name,
                *points,
                _number(row.total),
                *([row.grade or ""] if scheme.grade else []),
                *(["、".join(row.titles or ())] if scheme.titles else []),
                "；".join(part for part in (outcome(row, quota), *row.reasons) if part),
            )
    out.print(table)
    for quota in result.quota:
        out.print(f"{pool_name(scheme, quota)}：{pool_state(scheme, result, quota)}")


def folding_table(*headings: str) -> Table:
    """A table that folds what is long; Chinese has no spaces to break at, and Rich would cut it."""
    table = Table(header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _number(value: Any) -> str:
    return "—" if value is None else f"{value:f}"


def print_explanation(lines: Sequence[Mapping[str, str]], out: Console) -> None:
    """How one person came to the result, step by step; each line has the keys of a ``TraceLine``."""
    table = folding_table("项目", "依据", "规则", "算式、事实", "得数")
    for line in lines:
        if line["kind"] == "total":
            table.add_section()
        names = ("label", "clause", "rule", "arithmetic", "value")
        table.add_row(*(line[name] for name in names))
    out.print(table)
