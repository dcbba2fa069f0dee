"""A case's tables typed into a template, as a clerk would."""

import datetime as dt
from collections import defaultdict
from pathlib import Path

from addin.csv_file import read_csv
from addin.parsing.table import Log, family_of, find_table
from addin.parsing.values import plain_text
from calc.period import Period
from calc.scheme import Scheme
from calc.submission import Entry
from tests.cases import reading
from workbook_templates.filling import Filling, Typed
from workbook_templates.grid import Grid
from workbook_templates.layout import (
    BALLOT_FIELDS,
    EVENT_FIELDS,
    HONOUR_FIELDS,
    RATER_FIELDS,
    RULING_FIELDS,
    Column,
    person_columns,
)

Row = dict[str, Typed]


def filling_of(scheme: Scheme, case: Path, period: str) -> Filling:
    """What a clerk types for a case: readable numbers and dates as such, anything else letter by letter."""
    columns = [
        *person_columns(scheme),
        *(Column(name, label, m.kind, measure=m) for m in scheme.measure for name, label in m.headers()),
    ]
    people = _typed(case / "data.csv", columns, scheme)
    in_roster = {"id", "name", *(m.id for m in scheme.measure if m.sheet == "roster")}
    events, honours, rulings, raters, ballots = (
        reading.table(case, name) for name in ("events", "honours", "rulings", "raters", "ballots")
    )
    return Filling(
        period=Period.parse(period),
        columns={
            m.id: sum(1 for key in people[0] if m.matches(key))
            for m in scheme.measure
            if m.many and any(m.matches(key) for key in people[0])
        },
        roster=[{key: value for key, value in person.items() if key in in_roster} for person in people],
        measures={
            str(person["id"]): {key: value for key, value in person.items() if key not in in_roster}
            for person in people
        },
        events=_typed(events, EVENT_FIELDS, scheme, key="event") if events else (),
        raters=_typed(raters, RATER_FIELDS, scheme, key="rater") if raters else (),
        ballots=_sheets(scheme, _typed(ballots, BALLOT_FIELDS, scheme, key="rater")) if ballots else (),
        honours=_typed(honours, HONOUR_FIELDS, scheme, key="contest") if honours else (),
        rulings=_typed(rulings, RULING_FIELDS, scheme, key="kind") if rulings else (),
    )


def _sheets(scheme: Scheme, lines: list[Row]) -> list[Row]:
    """One line a mark as one line for each rater and subject, which is how 选票 has them."""
    items = {name: item.id for item in scheme.item for name in (item.id, item.label)}
    panels = {item: panel.id for panel in scheme.panel for item in panel.items}
    sheets: dict[tuple[Typed, ...], Row] = defaultdict(dict)
    for line in lines:
        item = items[str(line["item"])]
        head = {"panel": panels[item], "rater": line["rater"], "id": line["id"]}
        sheets[tuple(head.values())] |= {**head, item: line["score"]}
    return list(sheets.values())


def _typed(path: Path, columns: list[Column] | tuple[Column, ...], scheme: Scheme, key: str = "id") -> list[Row]:
    grid = read_csv(path)
    assert isinstance(grid, Grid)
    table = find_table(grid, columns, Log(), key=key, header_row=1, family=family_of(scheme))
    assert table is not None
    return [
        {name: _value(table.entry(row, name), grid.at(row, place).value) for name, place in table.places.items()}
        for row in table.rows
    ]


def _value(entry: Entry, text: object) -> Typed:
    if entry.bad or isinstance(entry.value, str):
        return plain_text(str(text))
    assert entry.value is None or isinstance(entry.value, bool | dt.date) or entry.value is not None
    return entry.value
