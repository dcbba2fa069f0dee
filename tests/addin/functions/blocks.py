"""A case's csv files as the block of cells that a clerk's sheet 指标 shows: typed values beside counted events."""

import csv
import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from calc.scheme import load_scheme
from tests.cases import reading
from tests.oracle.tables import month_bounds, read_table, yes_no_of

MONTHLY = "cib-zhengzhou-2010/monthly-teller"
EVENTS = load_scheme(MONTHLY).scheme.event
Cell = float | str | None


@dataclass(frozen=True)
class Block:
    headers: list[list[Cell]]
    rows: list[list[Cell]]
    settings: list[list[Cell]]
    expected: dict


def _typed(name: str, text: str) -> Cell:
    """What is in the cell once somebody has typed the text: a number, a date's serial, or the text."""
    text = text.strip()
    if name in ("id", "工号", "name", "姓名") or not text:
        return text or None
    try:
        if name in ("post_since", "上岗日期"):
            return float((dt.date.fromisoformat(text) - dt.date(1899, 12, 30)).days)
        return float(text)
    except ValueError:
        return text


def _counted(case: Path, period: str) -> dict[str, Counter]:
    """By id how often each event counts (or its points), and how many are pending: counted here, not by our code."""
    table = read_table(case / "events.csv", {label: name for name, label in _labels()})
    found: dict[str, Counter] = {}
    first, last = month_bounds(period)
    for row in table.rows:
        kind = next(event for event in EVENTS if event.id == table.text(row, "event"))
        date = table.text(row, "date")
        if date and not first <= dt.date.fromisoformat(date) <= last:
            continue
        answers = [table.text(row, need) for need in kind.needs]
        known = [yes_no_of(answer) for answer in answers if answer]
        tally = found.setdefault(table.text(row, "id"), Counter())
        if all(known) and len(known) == len(answers):
            tally[kind.id] += float(table.text(row, "points" if kind.discretionary else "count") or 1)
        elif all(known):
            tally["pending"] += 1
    return found


def _labels() -> list[tuple[str, str]]:
    return [(event.id, event.label) for event in EVENTS] + [("id", "工号"), ("event", "事项"), ("date", "日期")]


def block_of(case: Path) -> Block:
    settings = json.loads((case / "case.json").read_text("utf-8"))["settings"]
    content = (case / "data.csv").read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gbk")
    headers, *lines = csv.reader(text.splitlines())
    counted = _counted(case, settings["period"])
    kinds = [*(event.id for event in EVENTS), "pending"]
    place = next(n for n, name in enumerate(headers) if name in ("id", "工号"))
    rows: list[list[Cell]] = []
    for line in lines:
        cells = [_typed(name, text) for name, text in zip(headers, line or [""] * len(headers), strict=False)]
        cells += [None] * (len(headers) - len(cells))
        tally = counted.get(str(cells[place]), Counter()) if cells[place] else None
        rows.append([*cells, *("" if tally is None else float(tally[kind]) for kind in kinds)])
    return Block(
        headers=[[*headers, *kinds]],
        rows=rows,
        settings=[[key, value] for key, value in settings.items()],
        expected=reading.expected(case),
    )


def usable(case: Path) -> bool:
    """A block has no place for earlier honours, and says nothing of events that cannot be read or matched."""
    if (case / "honours.csv").exists():
        return False
    return not any(p["severity"] == "error" and p["sheet"] == "events.csv" for p in reading.expected(case)["problems"])


CASES = [case for case in reading.cases(MONTHLY) if usable(case)]
