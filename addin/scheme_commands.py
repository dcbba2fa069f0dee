"""``starscore scheme``: what the author of a scheme file needs."""

from __future__ import annotations

from typing import Annotated

import typer

from addin.dialogue import open_scheme
from addin.report import console, print_json, print_problems
from calc.problem import Problem, Severity
from calc.scheme.doubts import doubts
from calc.scheme.sentences import flaw_words, sentences

__all__ = ["app"]

app = typer.Typer(help="方案文件：检查、说明。", no_args_is_help=True)


@app.callback()
def _scheme() -> None:
    """Keep ``check`` a command of its own while it is the only one."""


@app.command()
def check(
    scheme: Annotated[str, typer.Argument(metavar="FILE", help="方案文件（.toml）或方案编号")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """用中文逐句说明一个方案，并指出方案和原文中看来不对的地方。"""
    file = open_scheme(scheme, as_json)
    said = list(sentences(file.scheme))
    looks = [(doubt.path, doubt.message) for doubt in doubts(file)]
    looks += [(f"flaw({flaw.id})", f"原文有误：{flaw_words(file.scheme, flaw)}") for flaw in file.scheme.flaw]
    found = [Problem(Severity.WARNING, file.name, path, message) for path, message in looks]
    if as_json:
        print_json({"id": file.scheme.id, "sentences": said, "problems": [problem.as_json() for problem in found]})
        return
    out = console()
    for n, sentence in enumerate(said, start=1):
        out.print(f"{n:3}. {sentence}", markup=False, soft_wrap=True)
    out.print()
    print_problems(found, out)
