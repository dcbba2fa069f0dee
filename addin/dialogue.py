"""What every command says to its user: wrong use, an unknown scheme, a target that cannot be written, and the question
for a password.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from openpyxl import Workbook

from addin.report import console, print_json, print_problems
from addin.scheme_sheet.workbook import open_scheme_workbook
from calc.scheme import SchemeError, SchemeFile, load_scheme, shipped
from workbook_templates.save import free_name, save_workbook

__all__ = ["Json", "ask_password", "not_written", "open_scheme", "require_files", "save_kept", "wrong_use"]

WORKBOOKS = (".xlsx", ".xlsm")
Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def wrong_use(message: str) -> NoReturn:
    """Say what is wrong with the command and leave with 2."""
    typer.echo(message, err=True)
    raise typer.Exit(2)


def not_written(out: Path, error: OSError) -> NoReturn:
    """Say why a file could not be written, with a name that is free, and leave with 1."""
    if not out.parent.is_dir():
        reason = f"没有文件夹 {out.parent}"
    elif isinstance(error, PermissionError):
        reason = f'{error.strerror}；文件若已在 Excel 等程序中打开，请先关闭，或改用 --out "{free_name(out)}"'
    else:
        reason = f"{error.strerror}；原有的文件没有改动"
    typer.echo(f"写不了 {out}：{reason}", err=True)
    raise typer.Exit(1)


def ask_password() -> str | None:
    """The password of a workbook; None where nobody can answer."""
    if not sys.stdin.isatty():
        return None
    return str(typer.prompt("文件有密码，请输入", hide_input=True, default="", show_default=False)) or None


def require_files(*paths: Path | None) -> None:
    """Leave with 2 where one of the files that are named is not there."""
    for path in paths:
        if path is not None and not path.is_file():
            wrong_use(f"没有文件 {path}")


def open_scheme(name: str, as_json: bool = False) -> SchemeFile:
    """The scheme of an id, a scheme file or a workbook with a sheet 方案; an unusable one is an error in the input, an
    unknown id wrong use.
    """
    try:
        if name.lower().endswith(WORKBOOKS):
            require_files(Path(name))
            return open_scheme_workbook(Path(name), ask_password)
        return load_scheme(name)
    except SchemeError as error:
        if as_json:
            print_json({"problems": [problem.as_json() for problem in error.problems]})
        else:
            print_problems(error.problems, console())
        raise typer.Exit(1) from error
    except KeyError:
        wrong_use(f"没有方案 {name}。可用：{'、'.join(shipped())}，或 .toml 文件、带“方案”表的 .xlsx 文件的路径")


def save_kept(book: Workbook, out: Path) -> None:
    """Save, or say why not: a missing folder or an open file is the user's to mend.

    A file of this name may be a month's work: it is kept under another.
    """
    try:
        if out.is_file():
            others = (out.with_stem(f"{out.stem}（旧{n}）") for n in count(1))
            kept = out.rename(next(other for other in others if not other.exists()))
            console().print(f"原有的 {out.name} 改名为 {kept.name}")
        save_workbook(book, out)
    except OSError as error:
        not_written(out, error)
