"""``starscore scheme``: what the author of a scheme file needs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from addin.dialogue import WORKBOOKS, Json, not_written, open_scheme, save_kept, wrong_use
from addin.report import console, print_json, print_problems
from addin.scheme_sheet.workbook import new_scheme_workbook, scheme_workbook
from calc.problem import Severity
from calc.scheme.doubts import doubts
from calc.scheme.graph import Fault
from calc.scheme.sentences import flaw_words, sentences
from workbook_templates.save import save_bytes

__all__ = ["app"]

app = typer.Typer(help="方案：检查、说明，写成“方案”表，读回方案文件。", no_args_is_help=True)


@app.command()
def check(
    scheme: Annotated[str, typer.Argument(metavar="FILE", help="方案编号，或 .toml 文件、带“方案”表的 .xlsx 文件")],
    as_json: Json = False,
) -> None:
    """用中文逐句说明一个方案，并指出方案和原文中看来不对的地方。"""
    file = open_scheme(scheme, as_json)
    said = list(sentences(file.scheme))
    flaws = [Fault(f"flaw({f.id})", f"原文有误：{flaw_words(file.scheme, f)}") for f in file.scheme.flaw]
    found = [file.problem(Severity.WARNING, doubt) for doubt in (*doubts(file), *flaws)]
    if as_json:
        print_json({"id": file.scheme.id, "sentences": said, "problems": [problem.as_json() for problem in found]})
        return
    out = console()
    for n, sentence in enumerate(said, start=1):
        out.print(f"{n:3}. {sentence}", soft_wrap=True)
    out.print()
    print_problems(found, out)


@app.command("export")
def export_sheet(
    out: Annotated[Path, typer.Option(help="写出的 .xlsx")],
    scheme: Annotated[str, typer.Argument(metavar="[ID|FILE]", help="方案编号或 .toml 文件；不写则为起步的样例")] = "",
) -> None:
    """把一个方案写成“方案”表，可以改，再用 import 或 new 读回。"""
    save_kept(scheme_workbook(open_scheme(scheme).content) if scheme else new_scheme_workbook(), out)
    console().print(f"已生成 {out}")


@app.command("import")
def import_sheet(
    sheet: Annotated[str, typer.Argument(metavar="FILE", help="带“方案”表的 .xlsx")],
    out: Annotated[Path, typer.Option(help="写出的 .toml")],
) -> None:
    """把“方案”表读成方案文件；写错的地方指出单元格。"""
    if not sheet.lower().endswith(WORKBOOKS):
        wrong_use(f"{sheet} 不是 .xlsx 工作簿")
    file = open_scheme(sheet)
    try:
        save_bytes(file.text.encode(), out)
    except OSError as error:
        not_written(out, error)
    console().print(f"已生成 {out}：{file.scheme.title}（{file.scheme.id}）")
