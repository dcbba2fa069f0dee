"""The command line ``starscore``: a thin layer over the same actions as the ribbon."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from openpyxl import Workbook

from addin.demo import OUTLETS, PERIOD, run_demo
from addin.excel.commands import addin_app
from addin.plain_tables import Paths, SetOptionError, read_settings, read_tables
from addin.ranking import Ranked, rank_file, write_result
from addin.report import console, print_explanation, print_json, print_problems, print_result
from addin.roster import Person, carry_over, compare, read_roster
from calc.evaluate import evaluate
from calc.period import Period
from calc.problem import Problem
from calc.result import Result
from calc.scheme import Scheme, SchemeError, SchemeFile, load_scheme, shipped
from workbook_templates.build import build_template
from workbook_templates.filling import Filling
from workbook_templates.layout import Column, roster_columns
from workbook_templates.save import save_workbook

__all__ = ["app", "main"]

app = typer.Typer(
    name="starscore",
    help="服务明星评选：模板、检查、排名、入选名单。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.add_typer(addin_app)

PERIOD_WORDS = {"month": "月", "quarter": "季度", "year": "年度"}

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
    except SetOptionError as error:
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
            for row, lines in zip(result.rows, result.trace, strict=True):
                out.print(f"\n{row.id} {row.name}", markup=False)
                print_explanation([asdict(line) for line in lines], out)
        print_problems(result.problems, out)
    raise typer.Exit(1 if result.has_errors else 0)


@app.command()
def new(
    scheme: Annotated[str, typer.Argument(help="方案编号")],
    out: Annotated[Path, typer.Option(help="写出的 .xlsx")],
    roster: Annotated[Path | None, typer.Option(help="名册：.csv 或 .xlsx，列名不限")] = None,
    last: Annotated[Path | None, typer.Option("--from", help="上期的工作簿：带出名册和设置")] = None,
    mapping: Annotated[list[str] | None, typer.Option("--map", help="名册文件的列，如 营业部=outlet，可多次")] = None,
    period: Annotated[str, typer.Option(help="考核期间：2026-09、2026Q3 或 2026")] = "",
    unit: Annotated[str, typer.Option(help="填报单位")] = "",
    columns: Annotated[list[str] | None, typer.Option(help="多列项目的列数，如 skill=4")] = None,
    rows: Annotated[int | None, typer.Option(min=1, max=20_000, help="预留的行数；默认名册人数加两成，至少 40")] = None,
) -> None:
    """生成填报工作簿：空白的、带名册的，或从上期带出名册和设置的。"""
    bound = _scheme_file(scheme).scheme
    when = Period.parse(period)
    if period and (when is None or when.kind != bound.period):
        _wrong_use(f"考核期间 {period} 不对：本方案按{PERIOD_WORDS[bound.period]}评选")
    for path in (roster, last):
        if path is not None and not path.is_file():
            _wrong_use(f"没有文件 {path}")
    filling = Filling(when, unit, columns=_columns(bound, columns or []), rows=rows)
    if last is not None:
        carried, problems = carry_over(last, bound, filling)
        _stop_on_errors(problems)
        filling = carried
    if roster is not None:
        found = read_roster(roster, bound, _mapping(bound, mapping or []), _ask_column)
        _stop_on_errors(found.problems)
        filling = replace(filling, roster=found.people if last is None else _compared(bound, filling, found.people))
    _save(build_template(bound, filling), out)
    console().print(f"已生成 {out}", markup=False)


def _stop_on_errors(problems: Sequence[Problem]) -> None:
    if problems:
        print_problems(problems, console())
    if any(problem.is_error for problem in problems):
        raise typer.Exit(1)


def _mapping(scheme: Scheme, words: list[str]) -> dict[str, str]:
    """``营业部=outlet`` as the file's column name and the id it stands for."""
    known = {name: column.id for column in roster_columns(scheme) for name in (column.id, column.label)}
    meaning = {}
    for word in words:
        name, _, target = word.rpartition("=")
        if not name or target not in known:
            _wrong_use(f"--map {word}：须写成 文件中的列名=列，可用的列：{'、'.join(known)}")
        meaning[name] = known[target]
    return meaning


def _ask_column(column: Column, names: Sequence[str]) -> str | None:
    """Which of the file's columns is meant; nobody is asked where there is no terminal."""
    if not sys.stdin.isatty():
        return None
    listed = "  ".join(f"{n}.{name}" for n, name in enumerate(names, start=1))
    number = typer.prompt(f"名册文件中哪一列是“{column.label}”？{listed}  0.没有", type=int, default=0)
    return names[number - 1] if 1 <= number <= len(names) else None


def _compared(scheme: Scheme, filling: Filling, people: Sequence[Person]) -> Sequence[Person]:
    """The new roster with its changes against the last period marked, and said."""
    changes = compare(scheme, filling.roster, people)
    for word, names in (("新增", changes.joined), ("调入", changes.moved), ("离岗", changes.left)):
        if names:
            console().print(f"{word} {len(names)} 人：{'、'.join(names)}", markup=False)
    if changes.moved:
        console().print("调入的人请在“名册”中填写调动日期。")
    return changes.people


def _columns(scheme: Scheme, words: list[str]) -> dict[str, int]:
    """``skill=4`` as how many columns a measure with many gets."""
    many = {measure.id for measure in scheme.measure if measure.many}
    counts = {}
    for word in words:
        name, _, number = word.partition("=")
        if name not in many or not number.isascii() or not number.isdigit() or not 1 <= int(number) <= 20:
            _wrong_use(f"--columns {word}：须写成 名称=列数（1 至 20）；可用的名称：{'、'.join(sorted(many)) or '无'}")
        counts[name] = int(number)
    return counts


def _save(book: Workbook, out: Path) -> None:
    """Save, or say why not: a missing folder or an open file is the user's to mend."""
    try:
        save_workbook(book, out)
    except OSError as error:
        _not_written(out, error)


def _not_written(out: Path, error: OSError) -> NoReturn:
    reason = f"没有文件夹 {out.parent}" if not out.parent.is_dir() else f"{error.strerror}；文件若已打开，请先关闭"
    typer.echo(f"写不了 {out}：{reason}，或换一个文件名", err=True)
    raise typer.Exit(1)


@app.command("check")
def check_file(
    file: Annotated[Path, typer.Argument(help="填好的工作簿")],
    as_json: Json = False,
) -> None:
    """检查填好的工作簿：列出错误和提醒，及其所在的单元格。"""
    ranked = _ranked(file, trace=False)
    if as_json:
        print_json({"problems": [problem.as_json() for problem in ranked.problems]})
    else:
        print_problems(ranked.problems, console())
    raise typer.Exit(1 if ranked.has_errors else 0)


def _ranked(file: Path, *, trace: bool) -> Ranked:
    if not file.exists():
        _wrong_use(f"没有文件 {file}")
    return rank_file(file, trace=trace, ask_password=_ask_password)


def _ask_password() -> str | None:
    if not sys.stdin.isatty():
        return None
    return str(typer.prompt("文件有密码，请输入", hide_input=True, default="", show_default=False)) or None


@app.command()
def rank(
    file: Annotated[Path, typer.Argument(help="填好的工作簿")],
    out: Annotated[Path, typer.Option(help="写出的结果工作簿")],
    as_json: Json = False,
) -> None:
    """计算填好的工作簿，写出带排名、入选、核算的结果工作簿；原工作簿不改动。"""
    if out.resolve() == file.resolve():
        _wrong_use("结果不能写回原工作簿，请另取一个文件名")
    ranked = _ranked(file, trace=True)
    if ranked.result is None or ranked.read is None or ranked.read.scheme is None:
        if as_json:
            print_json({"problems": [problem.as_json() for problem in ranked.problems]})
        else:
            print_problems(ranked.problems, console())
        raise typer.Exit(1)
    try:
        write_result(ranked, out)
    except OSError as error:
        _not_written(out, error)
    if as_json:
        print_json(replace(ranked.result, trace=()).as_json())
    else:
        print_result(ranked.read.scheme, ranked.result, console())
        print_problems(ranked.problems, console())
        console().print(f"已写出 {out}", markup=False)
    raise typer.Exit(1 if ranked.has_errors else 0)


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")] = Path("StarScore演示"),
) -> None:
    """演示：一家虚构分行 13 个网点、110 名柜员的月度评选，从填报到结果。"""
    text = console()
    text.print(f"虚构的分行：{len(OUTLETS)} 个网点、{sum(n for _, n in OUTLETS)} 名柜员，评选 {PERIOD.label}服务明星。")
    try:
        reports = run_demo(out)
    except OSError as error:
        _not_written((error.filename and Path(error.filename)) or out, error)
    text.print("\n[bold]一、检查填报的工作簿[/]")
    for report in reports:
        errors = [problem for problem in report.found if problem.is_error]
        for problem in errors[:3]:
            text.print(f"  {report.name}　{problem.sheet}!{problem.cell}　{problem.message}", markup=False)
        if not errors and report.before != report.outcome:
            text.print(f"  {report.name}　{report.before}", markup=False)
    text.print("\n[bold]二、更正后计算，各网点的服务明星[/]")
    for report in reports:
        text.print(f"  {report.name}　{report.outcome}", markup=False)
    spoiled = sum(1 for report in reports if any(problem.is_error for problem in report.found))
    text.print(f"\n{spoiled} 个网点填报有误，更正后 {sum(r.clean for r in reports)} 个网点都算出了结果。")
    text.print(f"请打开：{reports[0].result}（表“入选”“排名”“核算”）；填报的在 {out / '1-填报'}。", markup=False)
    raise typer.Exit(0 if all(report.clean for report in reports) else 1)


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(help="填好的工作簿，或 score --json --trace 写出的 .json")],
    person: Annotated[str, typer.Argument(help="工号或姓名")],
) -> None:
    """说明一个人的每项得分、条件和名次是怎么来的。"""
    if not file.is_file():
        _wrong_use(f"没有文件 {file}")
    people = _traces_in_json(file) if file.suffix.lower() == ".json" else _traces_in_workbook(file)
    found = [(row, lines) for row, lines in people if person in (row["id"], row["name"])]
    if not found:
        _wrong_use(f"{file.name} 中没有 {person}")
    for row, lines in found:
        console().print(f"{row['id']} {row['name']} {row['pool']}", markup=False)
        print_explanation(lines, console())


Traces = list[tuple[dict[str, Any], list[dict[str, str]]]]


def _traces_in_json(file: Path) -> Traces:
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
        rows, trace = content["rows"], content.get("trace")
    except (ValueError, KeyError, TypeError, AttributeError):
        _wrong_use(f"{file.name} 不是 starscore score --json --trace 写出的结果")
    if not trace:
        _wrong_use(f"{file.name} 没有算式；请用 starscore score --json --trace 重新生成")
    return [(row, [line for line in trace if line["id"] == row["id"]]) for row in rows]


def _traces_in_workbook(file: Path) -> Traces:
    ranked = rank_file(file, ask_password=_ask_password)
    if ranked.result is None:
        print_problems(ranked.problems, console())
        raise typer.Exit(1)
    result = ranked.result
    return [
        (row.as_json(), [asdict(line) for line in lines]) for row, lines in zip(result.rows, result.trace, strict=True)
    ]


if __name__ == "__main__":
    main()
