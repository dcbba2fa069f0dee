"""Small schemes and submissions, made in the tests themselves: what a test is about stands in the test."""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from calc import Problem, Result, Submission, evaluate
from calc.number import Arithmetic, Array, is_exact, missing
from calc.period import Period
from calc.result import RowResult
from calc.scheme import read_scheme
from calc.scheme.model import Scheme
from calc.submission import Entry, Event, Honour, Mark, Member, Ruling

HEAD = {
    "id": "test/small",
    "version": "1",
    "title": "小方案",
    "organisation": "某行",
    "source": "某文件",
    "in_force_from": dt.date(2026, 1, 1),
    "period": "month",
    "award": "服务明星",
}
BAD = Entry(bad=True)
"""A cell that could not be read; whoever read it has said so."""
NAN = float("nan")


# Schemes, as TOML.


def toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)


def toml_value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{toml_key(key)} = {toml_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(toml_value(inner) for inner in value) + "]"
    return str(value)


def table(heading: str, keys: Mapping[str, object]) -> str:
    return "\n".join([heading, *(f"{key} = {toml_value(value)}" for key, value in keys.items())]) + "\n\n"


def measure(name: str, kind: str = "number", **keys: object) -> str:
    return table("[[measure]]", {"id": name, "label": name, "kind": kind, **keys})


def event(name: str, **keys: object) -> str:
    return table("[[event]]", {"id": name, "label": name, "clause": f"第{name}条", **keys})


def indicator(name: str, method: str, **keys: object) -> str:
    return table("[[indicator]]", {"id": name, "label": name, "clause": f"第{name}条", "method": method, **keys})


def requirement(name: str, kind: str, gate: str = "award", **keys: object) -> str:
    clause = f"第{name}条"
    return table("[[requirement]]", {"id": name, "label": name, "clause": clause, "gate": gate, "kind": kind, **keys})


def setting(name: str, kind: str, **keys: object) -> str:
    return table("[[setting]]", {"id": name, "label": name, "kind": kind, **keys})


def panel(name: str, *items: str, **keys: object) -> str:
    """A panel, by default one whose raters are not known, may not rate themselves and need not rate everybody."""
    plain = {"id": name, "label": name, "clause": f"第{name}条", "items": items, "absent": "left_out", "own": "problem"}
    return table("[[panel]]", {**plain, **keys})


def item(name: str, *options: tuple[str, object], **keys: object) -> str:
    """An item of 0 to 10, or of ``options`` with their points; a blank is an error."""
    taken = {"options": [{"value": word, "points": points} for word, points in options]}
    plain = {"id": name, "label": name, "blank": "problem"} | (taken if options else {"min": 0, "max": 10})
    return table("[[item]]", {**plain, **keys})


def group(name: str, **keys: object) -> str:
    return table("[[group]]", {"id": name, "label": name, **keys})


def grade(name: str, label: str = "", **keys: object) -> str:
    return table("[[grade]]", {"id": name, "label": label or name, **keys})


def reward(name: str, value: object, **keys: object) -> str:
    return table("[[reward]]", {"id": name, "label": name, "value": value, **keys})


def title(name: str, seats: object = 1, **keys: object) -> str:
    """A title beside the award, by default the one who has most of all who are rated; a tie has to be ruled on."""
    clause = f"第{name}条"
    plain = {"id": name, "label": f"{name}能手", "clause": clause, "best": "highest", "among": "rated"}
    return table("[[titles]]", {**plain, "quota": {"rule": seats, "clause": clause}, "ties": {"policy": "ask"}, **keys})


def toml(*blocks: str, rule: object = "1", ties: Mapping[str, object] | None = None, **top: object) -> str:
    """The text of a scheme file; ``top`` are its outermost keys, ``blocks`` its lists."""
    return (
        table("", {**HEAD, **top})
        + table("[subject]", {"label": "柜员"})
        + table("[quota]", {"rule": rule, "clause": "第十三条"})
        + table("[ties]", ties or {"policy": "ask"})
        + "".join(blocks)
    )


def scheme(*blocks: str, rule: object = "1", ties: Mapping[str, object] | None = None, **top: object) -> Scheme:
    return read_scheme(toml(*blocks, rule=rule, ties=ties, **top).encode(), "small.toml").scheme


def points_scheme(*blocks: str, rule: str = "1", ties: Mapping[str, object] | None = None, **top: object) -> Scheme:
    """Whoever has most of the given points wins; in teams if the scheme's ``pool`` says so."""
    team = measure("team", "text") if "pool" in top else ""
    return scheme(team, measure("points"), indicator("points", "given", of="points"), *blocks,
                  rule=rule, ties=ties, **top)  # fmt: skip


# Submissions.


def entry(column: str, row: int, kind: str, value: object) -> Entry:
    """A value as its cell: numbers may be written as int or text, dates as text."""
    cell = f"{column}{row + 2}"
    if isinstance(value, Entry):
        return value._replace(sheet="data", cell=cell)
    if value is not None and kind in {"number", "rate"}:
        value = Decimal(str(value))
    if isinstance(value, str) and kind == "date":
        value = dt.date.fromisoformat(value)
    return Entry(value, "data", cell)  # type: ignore[arg-type]


def submit(
    of: Scheme,
    *,
    ids: Sequence[object] | None = None,
    names: Sequence[object] | None = None,
    period: str | None = "2026-09",
    events: Sequence[Event] = (),
    raters: Sequence[Member] = (),
    ballots: Sequence[Mark] = (),
    honours: Sequence[Honour] = (),
    rulings: Sequence[Ruling] = (),
    settings: Mapping[str, Entry] | None = None,
    unattributed: bool = False,
    **columns: Sequence[object],
) -> Submission:
    """One column an argument. Ids are a, b, c, …, names are the ids, cells are column and row: volume2, volume3, …"""
    size = len(next(iter(columns.values()))) if ids is None else len(ids)
    ids = [chr(ord("a") + row) if size <= 26 else f"p{row}" for row in range(size)] if ids is None else ids
    people = [value if isinstance(value, str) else f"第{row}行" for row, value in enumerate(ids)]
    kinds = {name: found.kind for name in columns if (found := of.measure_of(name))}
    return Submission(
        period=None if period is None else Period.parse(period),
        ids=tuple(entry("id", row, "text", value) for row, value in enumerate(ids)),
        names=tuple(entry("name", row, "text", value) for row, value in enumerate(people if names is None else names)),
        measures={
            name: tuple(entry(name, row, kinds[name], value) for row, value in enumerate(values))
            for name, values in columns.items()
        },
        settings=settings or {},
        events=tuple(events),
        raters=tuple(raters),
        ballots=tuple(ballots),
        honours=tuple(honours),
        rulings=tuple(rulings),
        unattributed=unattributed,
    )


def _entries(sheet: str, kinds: Mapping[str, str], values: Mapping[str, object]) -> dict[str, Any]:
    return {
        name: entry(name, 0, kinds.get(name, "text"), value)._replace(sheet=sheet) for name, value in values.items()
    }


def happened(who: object, what: object, **keys: object) -> Event:
    """A line of the register; its cells are id2, kind2, count2, …"""
    kinds = {"count": "number", "points": "number", "date": "date"}
    return Event(**_entries("register", kinds, {"id": who, "kind": what, **keys}))


def ballots(*lines: str) -> list[Mark]:
    """Lines of rater, id, item, score and, where it is given, panel; ``-`` is a blank. Their cells are A2, B2, …"""
    marks = []
    for row, line in enumerate(lines, start=2):
        words = [None if word == "-" else word for word in line.split()]
        cells = [Entry(word, "ballots", f"{column}{row}") for column, word in zip("ABCDE", words, strict=False)]
        score = words[3]
        if score is not None and score.lstrip("-").replace(".", "").isdigit():
            cells[3] = cells[3]._replace(value=Decimal(score))
        marks.append(Mark(*cells))
    return marks


def members(*lines: str) -> list[Member]:
    """Lines of rater and, where they are given, panel and weight; ``-`` is a blank. Their cells are A2, B2, …"""
    listed = []
    for row, line in enumerate(lines, start=2):
        words = [None if word == "-" else word for word in line.split()]
        cells = [Entry(word, "raters", f"{column}{row}") for column, word in zip("ABC", words, strict=False)]
        if len(cells) > 2 and words[2] is not None:
            cells[2] = cells[2]._replace(value=Decimal(words[2]))
        listed.append(Member(*cells))
    return listed


def ruled(kind: object, decision: object, who: object = None, **keys: object) -> Ruling:
    return Ruling(**_entries("rulings", {"date": "date"}, {"id": who, "kind": kind, "decision": decision, **keys}))


def honoured(
    who: object, period: object, status: object = "withdrawn", contest: object = "small", score: object = None
) -> Honour:
    values = {"id": who, "contest": contest, "period": period, "status": status, "score": score}
    return Honour(**_entries("honours", {"score": "number"}, values))


# Results.


def score(of: Scheme, *, trace: bool = False, **submitted: Any) -> Result:
    return evaluate(of, submit(of, **submitted), trace=trace)


def by_id(result: Result) -> dict[str, RowResult]:
    return {row.id: row for row in result.rows}


def points(result: Result, indicator: str) -> list[str | None]:
    """The points of one indicator, as written: ``"8.33"``."""
    columns = [{**(row.points or {}), **(row.columns or {})}[indicator] for row in result.rows]
    return [None if value is None else str(value) for value in columns]


def totals(result: Result) -> list[str | None]:
    """The total of each row, as written."""
    return [None if row.total is None else str(row.total) for row in result.rows]


def ranks(result: Result) -> list[int | None]:
    return [row.rank for row in result.rows]


def eligible(result: Result) -> list[bool]:
    return [row.eligible for row in result.rows]


def statuses(result: Result) -> dict[str, str]:
    return {row.id: row.status for row in result.rows if row.status}


def told(result: Result) -> list[tuple[str, str]]:
    """Severity and cell of each problem."""
    return [(str(problem.severity), problem.cell) for problem in result.problems]


def messages(result: Result) -> list[str]:
    return [problem.message for problem in result.problems]


def problem_at(result: Result, cell: str) -> Problem:
    (found,) = (problem for problem in result.problems if problem.cell == cell)
    return found


def arithmetic(result: Result, item: str) -> list[str]:
    """What the trace tells of an indicator or a requirement, for each row."""
    return [next(line.arithmetic for line in lines if line.item == item) for lines in result.trace]


# Arrays.


def both(*values: str | int | None) -> tuple[Array, Array]:
    """The same numbers as floats and as fractions; None is missing."""
    decimals = [None if value is None else Decimal(value) for value in values]
    return Arithmetic.FLOAT.column(decimals), Arithmetic.EXACT.column(decimals)


def same(values: Array, *expected: str | int | Fraction | None) -> bool:
    """An array holds these numbers (None: missing): fractions exactly, floats as near as floats can be."""
    if list(missing(values)) != [value is None for value in expected]:
        return False
    pairs = [(value, Fraction(want)) for value, want in zip(values, expected, strict=True) if want is not None]
    if is_exact(values):
        return all(Fraction(value) == want for value, want in pairs)
    return all(np.isclose(float(value), float(want), rtol=1e-14, atol=1e-14) for value, want in pairs)
