"""The command line ``starscore``: a thin layer over the same actions as the ribbon."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from addin import scheme_commands
from addin.annual import annual_fillings, years_of
from addin.anonymise import anonymised
from addin.demo.branch import OUTLETS, YEAR, branch
from addin.demo.head_office import run_head_office_demo
from addin.demo.sealed import run_seal_demo
from addin.demo.telling import tell_year
from addin.demo.year import run_demo
from addin.dialogue import Json, ask_password, not_written, open_scheme, require_files, save_kept, wrong_use
from addin.excel.commands import addin_app
from addin.libreoffice.commands import libreoffice_app
from addin.merging.commands import merge_folder
from addin.past_results import PastResult, honours_for, read_past_results
from addin.plain_tables import Paths, SetOptionError, read_settings, read_tables
from addin.ranking import Ranked, rank_file, write_result
from addin.report import console, print_explanation, print_json, print_problems, print_result
from addin.roster import Person, carry_over, compare, read_roster
from addin.scheme_sheet.workbook import contest_workbook
from addin.sealing import commands as sealing
from addin.sending.commands import send_file
from calc.evaluate import evaluate
from calc.period import Period
from calc.problem import Problem
from calc.result import Result
from calc.scheme import Scheme, load_scheme, shipped
from calc.scheme.phrases import rule_words
from calc.words import PERIODS
from workbook_templates.build import build_template
from workbook_templates.filling import Filling
from workbook_templates.layout import Column, roster_columns

__all__ = ["app", "main"]

app = typer.Typer(
    name="starscore",
    help="服务明星评选：模板、检查、排名、入选名单。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.add_typer(scheme_commands.app, name="scheme")
app.add_typer(addin_app)
app.add_typer(libreoffice_app)


def main() -> None:
    """Run the command line; Chinese output survives a console of another encoding."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()


@app.command()
def schemes(
    scheme: Annotated[str, typer.Argument(metavar="[ID]", help="方案编号；不写则列出全部")] = "",
    as_json: Json = False,
) -> None:
    """列出方案，或列出一个方案的填报列、事项、评委、指标、条件、等级、称号和设置。"""
    if not scheme:
        found = [load_scheme(name).scheme for name in shipped()]
        if as_json:
            print_json([{"id": s.id, "title": s.title, "organisation": s.organisation, "version": s.version}
                        for s in found])  # fmt: skip
            return
        for each in found:
            console().print(f"{each.id}  {each.organisation} {each.title}")
        return
    content = _described(open_scheme(scheme, as_json).scheme)
    if as_json:
        print_json(content)
        return
    out = console()
    out.print(f"{content['title']}（{content['id']}，{content['organisation']}）")
    for heading, key in (("填报列", "measures"), ("事项", "events"), ("评委", "panels"), ("评分项目", "items"),
                         ("指标", "indicators"), ("条件", "requirements"), ("等级", "grades"),
                         ("称号", "titles"), ("设置", "settings")):  # fmt: skip
        if not content[key]:
            continue
        out.print(f"\n{heading}", style="bold")
        for entry in content[key]:
            out.print(f"  {entry['id']}  {entry['label']}  {entry.get('clause', '')}")


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
        "panels": plain(scheme.panel),
        "items": plain(scheme.item),
        "indicators": [
            {**entry, "rule": rule_words(scheme, indicator)}
            for entry, indicator in zip(plain(scheme.indicator), scheme.indicator, strict=True)
        ],
        "requirements": plain(scheme.requirement),
        "grades": plain(scheme.grade),
        "titles": plain(scheme.titles),
        "settings": plain(scheme.setting),
    }


@app.command()
def score(
    scheme: Annotated[str, typer.Argument(help="方案编号，或 .toml 文件、带“方案”表的 .xlsx 文件的路径")],
    data: Annotated[Path, typer.Option(help="人员与指标：每人（网点）一行的 csv")],
    events: Annotated[Path | None, typer.Option(help="登记事项的 csv")] = None,
    ballots: Annotated[Path | None, typer.Option(help="评委评分、选票的 csv")] = None,
    raters: Annotated[Path | None, typer.Option(help="评委名单的 csv，方案须列名单时")] = None,
    honours: Annotated[Path | None, typer.Option(help="以往荣誉的 csv")] = None,
    rulings: Annotated[Path | None, typer.Option(help="裁定的 csv")] = None,
    results: Annotated[
        list[str] | None, typer.Option(help="别的评选的结果：评选编号=结果.json，可多次（各期、各评选）")
    ] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help="设置：名称=值，可多次")] = None,
    as_json: Json = False,
    trace: Annotated[bool, typer.Option("--trace", help="附每个得分的依据和算式")] = False,
) -> None:
    """按方案计算 csv 表中的数据：得分、名次、入选。"""
    file = open_scheme(scheme, as_json)
    earlier = tuple(_earlier(word) for word in results or [])
    paths = Paths(data, events, honours, rulings, ballots, raters, earlier)
    require_files(data, events, raters, ballots, honours, rulings, *(path for _, path in earlier))
    try:
        bound, entries = read_settings(file, settings or [])
    except SetOptionError as error:
        wrong_use(str(error))
    submission, problems = read_tables(bound, paths, entries)
    result = evaluate(bound, submission, trace=trace).with_problems(problems)
    _finish(bound, result, as_json)


def _earlier(word: str) -> tuple[str, Path]:
    """``CONTEST=R.json`` as the contest and the file."""
    contest, equals, path = word.partition("=")
    if not equals or not contest.strip() or not path.strip():
        wrong_use(f"--results {word}：须写成 评选编号=结果.json")
    return contest.strip(), Path(path.strip())


def _finish(scheme: Scheme, result: Result, as_json: bool) -> NoReturn:
    """Print a result and leave with 1 where its input has errors."""
    if as_json:
        print_json(result.as_json())
    else:
        out = console()
        print_result(scheme, result, out)
        if result.trace:
            for row, lines in zip(result.rows, result.trace, strict=True):
                out.print(f"\n{row.id} {row.name}")
                print_explanation([line._asdict() for line in lines], out)
        print_problems(result.problems, out)
    raise typer.Exit(1 if result.has_errors else 0)


@app.command()
def new(
    scheme: Annotated[str, typer.Argument(help="方案编号，或 .toml 文件、带“方案”表的 .xlsx 文件的路径")],
    out: Annotated[Path, typer.Option(help="写出的 .xlsx")],
    roster: Annotated[Path | None, typer.Option(help="名册：.csv 或 .xlsx，列名不限")] = None,
    last: Annotated[Path | None, typer.Option("--from", help="上期的工作簿：带出名册和决定，不带数字、日期")] = None,
    results: Annotated[Path | None, typer.Option(help="以往结果工作簿的文件夹：带出“荣誉”（如本季度各月的）")] = None,
    mapping: Annotated[list[str] | None, typer.Option("--map", help="名册文件的列，如 营业部=outlet，可多次")] = None,
    period: Annotated[str, typer.Option(help="考核期间：2026-09、2026Q3 或 2026")] = "",
    unit: Annotated[str, typer.Option(help="填报单位")] = "",
    columns: Annotated[list[str] | None, typer.Option(help="多列项目的列数，如 skill=4")] = None,
    rows: Annotated[int | None, typer.Option(min=1, max=20_000, help="预留的行数；默认名册人数加两成，至少 40")] = None,
) -> None:
    """生成填报工作簿：空白的、带名册的，或从上期带出名册和各项决定的。"""
    chosen = open_scheme(scheme)
    bound = chosen.scheme
    when = Period.parse(period)
    if period and (when is None or when.kind != bound.period):
        wrong_use(f"考核期间 {period} 不对：本方案按{PERIODS[bound.period][0]}评选")
    require_files(roster, last)
    filling = Filling(when, unit, columns=_columns(bound, columns or []), rows=rows)
    if last is not None:
        carried, problems = carry_over(last, bound, filling)
        _stop_on_errors(problems)
        filling = carried
    if roster is not None:
        found = read_roster(roster, bound, _mapping(bound, mapping or []), _ask_column)
        _stop_on_errors(found.problems)
        filling = replace(filling, roster=found.people if last is None else _compared(bound, filling, found.people))
    if results is not None:
        honours = honours_for(bound, filling.period, _past_results(results))
        console().print(f"从结果工作簿带出 {len(honours)} 条荣誉。")
        filling = replace(filling, honours=honours)
    save_kept(contest_workbook(chosen, filling), out)
    console().print(f"已生成 {out}")


def _past_results(folder: Path) -> tuple[PastResult, ...]:
    """The result workbooks of a folder; one in error ends the command."""
    if not folder.is_dir():
        wrong_use(f"没有文件夹 {folder}")
    past, problems = read_past_results(folder)
    _stop_on_errors(problems)
    if not past:
        wrong_use(f"{folder} 中没有结果工作簿（starscore rank 写出的 .xlsx）")
    return past


@app.command()
def annual(
    results: Annotated[Path, typer.Argument(help="本年度各季度结果工作簿所在的文件夹")],
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")],
    year: Annotated[int | None, typer.Option(help="年度；文件夹里只有一年的结果时可不写")] = None,
    unit: Annotated[str, typer.Option(help="填报单位")] = "",
) -> None:
    """由全年的季度结果生成年度评选的工作簿：“荣誉”和名册已填好，确认基本条件后再计算。"""
    past = _past_results(results)
    years = years_of(past)
    if year is None and len(years) > 1:
        wrong_use(f"文件夹里有 {'、'.join(map(str, years))} 年的结果，请用 --year 写明年度")
    made = list(annual_fillings(past, year or years[0], unit))
    if not made:
        wrong_use("文件夹里没有年度评选要用的季度结果")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        not_written(out, error)
    for scheme, filling in made:
        path = out / f"{scheme.title}-{filling.period}.xlsx"
        save_kept(build_template(scheme, filling), path)
        console().print(
            f"已生成 {path}：{len(filling.honours)} 条荣誉，{len(filling.roster)} 个候选{scheme.subject.label}"
        )
    console().print("请填写“设置”和“指标”中的基本条件，再用 starscore rank 计算。")


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
            wrong_use(f"--map {word}：须写成 文件中的列名=列，可用的列：{'、'.join(known)}")
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
            console().print(f"{word} {len(names)} 人：{'、'.join(names)}")
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
            wrong_use(f"--columns {word}：须写成 名称=列数（1 至 20）；可用的名称：{'、'.join(sorted(many)) or '无'}")
        counts[name] = int(number)
    return counts


@app.command("check")
def check_file(
    file: Annotated[Path, typer.Argument(help="填好的工作簿")],
    as_json: Json = False,
    anonymise: Annotated[Path | None, typer.Option(help="另存一份隐去姓名、工号的副本，求助时发这一份")] = None,
) -> None:
    """检查填好的工作簿：列出错误和提醒，及其所在的单元格。"""
    if anonymise is not None and anonymise.resolve() == file.resolve():
        wrong_use("副本不能写回原工作簿，请另取一个文件名")
    ranked = _ranked(file, trace=False)
    if anonymise is not None and ranked.grids:
        scheme = None if ranked.read is None else ranked.read.scheme
        save_kept(anonymised(ranked.contents, ranked.grids, scheme), anonymise)
    if as_json:
        print_json({"problems": [problem.as_json() for problem in ranked.problems]})
    else:
        print_problems(ranked.problems, console())
    raise typer.Exit(1 if ranked.has_errors else 0)


def _ranked(file: Path, *, trace: bool) -> Ranked:
    if not file.exists():
        wrong_use(f"没有文件 {file}")
    return rank_file(file, trace=trace, ask_password=ask_password)


@app.command()
def rank(
    file: Annotated[Path, typer.Argument(help="填好的工作簿")],
    out: Annotated[Path, typer.Option(help="写出的结果工作簿")],
    as_json: Json = False,
) -> None:
    """计算填好的工作簿，写出带排名、入选、核算的结果工作簿；原工作簿不改动。"""
    if out.resolve() == file.resolve():
        wrong_use("结果不能写回原工作簿，请另取一个文件名")
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
        not_written(out, error)
    if as_json:
        print_json(replace(ranked.result, trace=()).as_json())
    else:
        print_result(ranked.read.scheme, ranked.result, console())
        print_problems(ranked.problems, console())
        console().print(f"已写出 {out}")
    raise typer.Exit(1 if ranked.has_errors else 0)


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")] = Path("StarScore演示"),
) -> None:
    """演示：一家虚构分行的一年，从三个月的网点填报到季度评选、年度推荐，再到定稿、报送和汇总。"""
    text = console()
    tellers, managers = len(branch().tellers), len(branch().lobby_managers)
    text.print(f"虚构的分行：{len(OUTLETS)} 个网点、{tellers} 名柜员、{managers} 名大堂经理的 {YEAR} 年。")
    try:
        made = run_demo(out, lambda part: text.print(f"  {part} 已完成"))
        sealed = run_seal_demo(list(made.months.values())[-1])
        head_office = run_head_office_demo(sealed)
    except OSError as error:
        not_written((error.filename and Path(error.filename)) or out, error)
    tell_year(made, sealed, head_office, text)
    raise typer.Exit(0 if all(report.clean for report in made.reports) else 1)


app.command("seal")(sealing.seal_file)
app.command("verify")(sealing.verify_file)
app.command("send")(send_file)
app.command("merge")(merge_folder)
app.add_typer(sealing.keys, name="key")


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(help="填好的工作簿，或 score --json --trace 写出的 .json")],
    person: Annotated[str, typer.Argument(help="工号或姓名")],
) -> None:
    """说明一个人的每项得分、条件和名次是怎么来的。"""
    require_files(file)
    people = _traces_in_json(file) if file.suffix.lower() == ".json" else _traces_in_workbook(file)
    found = [(row, lines) for row, lines in people if person in (row["id"], row["name"])]
    if not found:
        wrong_use(f"{file.name} 中没有 {person}")
    for row, lines in found:
        console().print(f"{row['id']} {row['name']} {row['pool']}")
        print_explanation(lines, console())


Traces = list[tuple[dict[str, Any], list[dict[str, str]]]]


def _traces_in_json(file: Path) -> Traces:
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
        rows, trace = content["rows"], content.get("trace")
    except (ValueError, KeyError, TypeError, AttributeError):
        wrong_use(f"{file.name} 不是 starscore score --json --trace 写出的结果")
    if not trace:
        wrong_use(f"{file.name} 没有算式；请用 starscore score --json --trace 重新生成")
    return [(row, [line for line in trace if line["id"] == row["id"]]) for row in rows]


def _traces_in_workbook(file: Path) -> Traces:
    ranked = rank_file(file, ask_password=ask_password)
    if ranked.result is None:
        print_problems(ranked.problems, console())
        raise typer.Exit(1)
    result = ranked.result
    return [
        (row.as_json(), [line._asdict() for line in lines])
        for row, lines in zip(result.rows, result.trace, strict=True)
    ]


if __name__ == "__main__":
    main()
