"""``starscore merge``: thin over the same function as the button."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from addin.dialogue import Json, not_written, require_files, wrong_use
from addin.merging.book import SENDER_COLUMNS, Merging, senders
from addin.merging.expected import read_expected
from addin.merging.last import read_last
from addin.merging.merge import Wanted, merge
from addin.merging.messages import COLUMNS
from addin.merging.receive import Trust
from addin.merging.workers import MOST_WORKERS, OpenPool, cluster, local
from addin.report import console, folding_table, print_json, print_problems
from addin.sealing.commands import known_keys
from calc.period import Period

__all__ = ["merge_folder"]

_MOST_LISTED = 60
_SHOWN = ("branch", "unit", "contest", "state", "revision", "signature", "people", "winners", "file")


def merge_folder(
    folder: Annotated[Path, typer.Argument(help="收到的工作簿所在的文件夹，含各级子文件夹")],
    out: Annotated[Path, typer.Option(help="写出的汇总工作簿")],
    expect: Annotated[Path | None, typer.Option(help="应报名单 csv：填报单位，可另有分行、评选")] = None,
    period: Annotated[str, typer.Option(help="考核期间；不写则取多数工作簿的期间")] = "",
    last: Annotated[Path | None, typer.Option(help="上期的汇总工作簿，用来比较变动")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=MOST_WORKERS, help="同时用几个进程；默认每个处理器一个")
    ] = None,
    scheduler: Annotated[str, typer.Option(help="在 Dask 集群上做：调度器的地址，如 tcp://主机:8786")] = "",
    require_signature: Annotated[bool, typer.Option("--require-signature", help="没有可信签名的不计入")] = False,
    as_json: Json = False,
) -> None:
    """汇总：逐个检查、复核一个文件夹里的工作簿，写出全国名次、分行情况和报送情况。

    中断后再运行一次即可接着做；又收到新的，也只读新的。
    """
    if not folder.is_dir():
        wrong_use(f"没有文件夹 {folder}")
    require_files(expect, last)
    if period and Period.parse(period) is None:
        wrong_use(f"考核期间 {period} 不对，如 2026-09、2026Q3、2026")
    if workers is not None and scheduler:
        wrong_use("--workers 和 --scheduler 只能用一个")
    listed, problems = read_expected(expect) if expect is not None else (None, ())
    means, not_read = read_last(last) if last is not None else (None, ())
    when = Period.parse(period)
    wanted = Wanted(listed, "" if when is None else str(when), Trust(known_keys(), require_signature), means)
    try:
        with _progress(as_json) as tell:
            merging = merge(folder, out, _pool(workers, scheduler), wanted, tell)
    except OSError as failed:
        not_written(out, failed)
    told = [*problems, *not_read, *merging.problems]
    if as_json:
        print_json({**_as_json(merging), "problems": [problem.as_json() for problem in told]})
    else:
        print_problems(told, console())
        _print_senders(merging, console())
        console().print(f"已写出 {out}")
    raise typer.Exit(1 if any(problem.is_error for problem in told) else 0)


def _pool(workers: int | None, scheduler: str) -> OpenPool:
    if not scheduler:
        return local(workers)
    try:
        return cluster(scheduler)
    except ImportError:
        wrong_use('没有装 Dask：pip install "starscore[cluster]"')


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal; nothing where there is none."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=quiet) as bar:
        task = bar.add_task("读取、复核", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _as_json(merging: Merging) -> dict[str, Any]:
    judgement = merging.judgement
    return {
        "contests": [
            {
                "scheme": contest.id,
                "version": contest.version,
                "period": judgement.periods[contest.id],
                "branches": [
                    {"branch": b.branch, "counted": b.counted, "missing": b.missing, "people": b.people,
                     "winners": b.winners} for b in merging.branches[contest.id]
                ],
            }
            for contest in judgement.contests.values()
        ],
        "senders": [dict(zip(SENDER_COLUMNS, row, strict=True)) for row in senders(merging)],
        "hints": [{"contest": h.contest, "branch": h.branch, "unit": h.unit, "message": h.text} for h in merging.hints],
    }  # fmt: skip


def _print_senders(merging: Merging, out: Console) -> None:
    """Who has sent and who has not, the missing first, not more than a page."""
    table = folding_table(*(COLUMNS[name] for name in _SHOWN))
    rows = [dict(zip(SENDER_COLUMNS, row, strict=True)) for row in senders(merging)]
    for row in rows[:_MOST_LISTED]:
        table.add_row(*("" if row[name] is None else str(row[name]) for name in _SHOWN))
    out.print(table)
    if len(rows) > _MOST_LISTED:
        out.print(f"另有 {len(rows) - _MOST_LISTED} 行未列出，见汇总工作簿。")
    states = Counter(str(row["state"]) for row in rows)
    out.print("　".join(f"{state} {n}" for state, n in states.items()))
