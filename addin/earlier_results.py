"""Results of other contests, as ``score --json`` and ``rank --json`` wrote them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from addin.parsing.messages import HINTS, MESSAGES
from calc.honours import same_contest
from calc.problem import Problem, Severity
from calc.sources import Earlier, EarlierRow

__all__ = ["read_earlier"]


def read_earlier(contest: str, path: Path) -> Earlier | Problem:
    """The result in a file, which must be one of this contest; a file that is not gives a Problem."""
    try:
        content = json.loads(path.read_bytes(), parse_float=Decimal, parse_int=Decimal)  # knows UTF-16 by its mark
        found = Earlier(
            contest=str(content["scheme"]),
            period=str(content["period"]),
            file=path.name,
            rows=tuple(_row(row) for row in content["rows"]),
            provisional=any(pool["provisional"] for pool in content["quota"]),
            withheld=any(pool["withheld"] for pool in content["quota"]),
            tied=any(pool["tied"] for pool in content["quota"]),
        )
    except OSError as error:
        return _problem(path, "file_unreadable", reason=error.strerror)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _problem(path, "results_unreadable")
    if not same_contest(found.contest, contest):
        return _problem(path, "results_contest", contest=contest, found=found.contest)
    return found


def _row(row: dict[str, Any]) -> EarlierRow:
    values: dict[str, Decimal | str | None] = {
        "total": row["total"],
        "rank": row["rank"],
        "won": Decimal(row["status"] == "winner"),
        "grade": row.get("grade"),
    }
    for part in ("points", "columns"):
        values |= {f"{part}.{name}": value for name, value in (row.get(part) or {}).items()}
    there = {name: value for name, value in values.items() if value is not None}
    if not all(isinstance(value, str if name == "grade" else Decimal) for name, value in there.items()):
        raise TypeError("a value of another kind")
    return EarlierRow(str(row["id"]), str(row["name"]), str(row["pool"]), values)


def _problem(path: Path, key: str, **values: object) -> Problem:
    return Problem(Severity.ERROR, path.name, "", MESSAGES[key].format(**values), HINTS.get(key, ""))
