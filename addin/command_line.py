"""What every command does alike: opening a scheme, and ending on wrong use."""

from __future__ import annotations

from typing import NoReturn

import typer

from addin.report import console, print_json, print_problems
from calc.scheme import SchemeError, SchemeFile, load_scheme, shipped

__all__ = ["open_scheme", "wrong_use"]


def wrong_use(message: str) -> NoReturn:
    """Say what cannot be done with such a command, and end with 2."""
    typer.echo(message, err=True)
    raise typer.Exit(2)


def open_scheme(name: str, as_json: bool = False) -> SchemeFile:
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
        wrong_use(f"没有方案 {name}。可用：{'、'.join(shipped())}，或 .toml 文件的路径")
