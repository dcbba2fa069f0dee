"""The command line ``starscore``: a thin layer over the same actions as the ribbon."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from addin.plain_tables import Paths, SettingFault, read_settings, read_tables
from addin.report import console, print_explanation, print_json, print_problems, print_result
from calc.evaluate import evaluate
from calc.result import Result
from calc.scheme import Scheme, SchemeError, SchemeFile, load_scheme, shipped

__all__ = ["app", "main"]

app = typer.Typer(
    name="starscore",
    help="服务明星评选：模板、检查、排名、入选名单。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def main() -> None:
    """Run the command line; Chinese output survives a console of another encoding."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()


def _wrong_use(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)


def _scheme_file(name: str, as_json: bool = False) -> SchemeFile:
    """The scheme of an id or path; an unusable file is an error in the input, an unknown id wrong use."""
    try:
        return load_scheme(name)
    except SchemeError as error:
        if as_json:
            print_json({"problems": [problem.as_json() for problem in error.problems]})
        else:
            print_problems(error.problems, console())
        raise typer.Exit(1) from error
    except KeyError:
        _wrong_use(f"没有方案 {name}。可用：{'、'.join(shipped())}，或 .toml 文件的路径")


@app.command()
def schemes(
    scheme: Annotated[str, typer.Argument(metavar="[ID]", help="方案编号；不写则列出全部")] = "",
    as_json: Json = False,
) -> None:
    """列出方案，或列出一个方案的填报列、事项、指标、条件和设置。"""
    if not scheme:
        found = [load_scheme(name).scheme for name in shipped()]
        if as_json:
            print_json([{"id": s.id, "title": s.title, "organisation": s.organisation, "version": s.version}
                        for s in found])  # fmt: skip
            return
        for each in found:
            console().print(f"{each.id}  {each.organisation} {each.title}")
        return
    content = _described(_scheme_file(scheme, as_json).scheme)
    if as_json:
        print_json(content)
        return
    out = console()
    out.print(f"{content['title']}（{content['id']}，{content['organisation']}）")
    for heading, key in (("填报列", "measures"), ("事项", "events"), ("指标", "indicators"),
                         ("条件", "requirements"), ("设置", "settings")):  # fmt: skip
        out.print(f"\n[bold]{heading}[/]")
        for entry in content[key]:
            out.print(f"  {entry['id']}  {entry['label']}  {entry.get('clause', '')}", markup=False)


def _described(scheme: Scheme) -> dict[str, Any]:
    """A scheme's parts as plain data."""

    def plain(entries: tuple[Any, ...]) -> list[dict[str, Any]]:
        return [json.loads(entry.model_dump_json(exclude_none=True)) for entry in entries]

    return {
        "id": scheme.id,
        "title": scheme.title,
        "version": scheme.version,
        "organisation": scheme.organisation,
        "source": scheme.source,
        "period": scheme.period,
        "pool": scheme.pool,
        "measures": plain(scheme.measure),
        "events": plain(scheme.event),
        "indicators": [
            {**entry, "rule": indicator.rule()}
            for entry, indicator in zip(plain(scheme.indicator), scheme.indicator, strict=True)
        ],
        "requirements": plain(scheme.requirement),
        "settings": plain(scheme.setting),
    }


@app.command()
def score(
    scheme: Annotated[str, typer.Argument(help="方案编号，或 .toml 文件的路径")],
    data: Annotated[Path, typer.Option(help="人员与指标：每人（网点）一行的 csv")],
    events: Annotated[Path | None, typer.Option(help="登记事项的 csv")] = None,
    honours: Annotated[Path | None, typer.Option(help="以往荣誉的 csv")] = None,
    rulings: Annotated[Path | None, typer.Option(help="裁定的 csv")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help="设置：名称=值，可多次")] = None,
    as_json: Json = False,
    trace: Annotated[bool, typer.Option("--trace", help="附每个得分的依据和算式")] = False,
) -> None:
    """按方案计算 csv 表中的数据：得分、名次、入选。"""
    file = _scheme_file(scheme, as_json)
    for path in (data, events, honours, rulings):
        if path is not None and not path.is_file():
            _wrong_use(f"没有文件 {path}")
    try:
        bound, entries = read_settings(file, settings or [])
    except SettingFault as error:
        _wrong_use(str(error))
    submission, problems = read_tables(bound, Paths(data, events, honours, rulings), entries)
    result = evaluate(bound, submission, trace=trace).with_problems(problems)
    _finish(bound, result, as_json)


def _finish(scheme: Scheme, result: Result, as_json: bool) -> NoReturn:
    """Print a result and leave with 1 where its input has errors."""
    if as_json:
        print_json(result.as_json())
    else:
        out = console()
        print_result(scheme, result, out)
        if result.trace:
            for row in result.rows:
                out.print(f"\n{row.id} {row.name}", markup=False)
                print_explanation([line for line in result.trace if line.id == row.id], out)
        print_problems(result.problems, out)
    raise typer.Exit(1 if result.has_errors else 0)


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(help="score --json --trace 写出的 .json")],
    person: Annotated[str, typer.Argument(help="工号或姓名")],
) -> None:
    """说明一个人的每项得分、条件和名次是怎么来的。"""
    if not file.is_file():
        _wrong_use(f"没有文件 {file}")
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
        rows, trace = content["rows"], content.get("trace")
    except (ValueError, KeyError, TypeError):
        _wrong_use(f"{file.name} 不是 starscore score --json --trace 写出的结果")
    if not trace:
        _wrong_use(f"{file.name} 没有算式；请用 starscore score --json --trace 重新生成")
    found = [row for row in rows if person in (row["id"], row["name"])]
    if not found:
        _wrong_use(f"{file.name} 中没有 {person}")
    for row in found:
        console().print(f"{row['id']} {row['name']} {row['pool']}", markup=False)
        print_explanation([line for line in trace if line["id"] == row["id"]], console())


if __name__ == "__main__":
    main()
