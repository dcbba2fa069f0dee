"""Results of earlier contests as ``score --json`` wrote them: their winners are honours of the contest at hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from addin.parsing.messages import HINTS, MESSAGES
from calc.honours import same_contest
from calc.problem import Problem, Severity
from calc.submission import Entry, Honour

__all__ = ["read_result_json"]


def read_result_json(contest: str, path: Path) -> tuple[tuple[Honour, ...], tuple[Problem, ...]]:
    """The honours won in the result of ``contest`` (its id, with or without the organisation), and what is wrong.

    Who lost a seat by a ruling is no winner of the file and has no honour. Ties and what is provisional are warnings;
    a file of something else, and winners withheld, are errors.
    """
    try:
        content = json.loads(path.read_text("utf-8-sig"), parse_float=Decimal, parse_int=Decimal)
        scheme, period, rows, pools = (content[key] for key in ("scheme", "period", "rows", "quota"))
        honours = tuple(_honour(path.name, str(scheme), str(period), row) for row in rows if row["status"] == "winner")
        problems = tuple(_unsettled(path.name, pools))
    except OSError as error:
        return (), (_problem(path.name, "file_unreadable", reason=error.strerror),)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return (), (_problem(path.name, "result_json"),)
    if not same_contest(str(scheme), contest):
        return (), (_problem(path.name, "result_contest", contest=contest, scheme=scheme),)
    return honours, problems


def _honour(file: str, scheme: str, period: str, row: Mapping[str, Any]) -> Honour:
    """The honour of a winner; its entries know the file."""
    values = {"id": str(row["id"]), "contest": scheme, "period": period, "status": "won", "score": row["total"]}
    return Honour(**{name: Entry(value, file) for name, value in values.items()})


def _unsettled(file: str, pools: Iterator[Mapping[str, Any]]) -> Iterator[Problem]:
    """What of a result may still change."""
    for pool in pools:
        if pool["withheld"]:
            yield _problem(file, "result_withheld", pool=pool["pool"] or "本次评选")
        elif pool["tied"] or pool["provisional"]:
            yield _problem(file, "result_open", Severity.WARNING, pool=pool["pool"] or "本次评选")


def _problem(file: str, key: str, severity: Severity = Severity.ERROR, **values: object) -> Problem:
    return Problem(severity, file, "", MESSAGES[key].format(**values), HINTS.get(key, ""))
