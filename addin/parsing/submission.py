"""Tables to a submission: people with their measures, events, honours, rulings, settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from addin.parsing.table import Log, Table
from addin.parsing.values import plain_text
from calc.period import Period
from calc.scheme import Panel, Scheme, SchemeFile, Setting, SettingError, shipped
from calc.scheme.contests import full_id, honour_contests
from calc.submission import Entry, Event, Honour, Mark, Member, Ruling, Submission
from workbook_templates.layout import BALLOT_FIELDS

__all__ = ["Tables", "assemble", "bind_settings", "chosen"]


@dataclass(frozen=True)
class Tables:
    """The tables of one contest. People and their measures may stand in one table or in two."""

    people: Table | None
    measures: Table | None = None
    """None: the measures stand in ``people``, unless the two are ``apart``."""
    events: Table | None = None
    raters: Table | None = None
    ballots: Table | None = None
    honours: Table | None = None
    rulings: Table | None = None
    apart: bool = False
    """A workbook: people in 名册, measures in 指标. Which sheets and columns are missing has been said already."""


def assemble(scheme: Scheme, tables: Tables, settings: Mapping[str, Entry], log: Log) -> Submission:
    """One submission out of all tables; whatever cannot be matched is noted."""
    period = settings.get("period", Entry())
    people = tables.people
    rows = () if people is None else people.rows
    ids = tuple(people.entry(row, "id") for row in rows) if people else ()
    names = tuple(people.entry(row, "name") for row in rows) if people else ()
    measures: dict[str, tuple[Entry, ...]] = {}
    if people is not None:
        for name in people.places:
            if scheme.measure_of(name) is not None:
                measures[name] = tuple(people.entry(row, name) for row in rows)
    if tables.measures is not None:
        measures |= _joined(scheme, ids, names, tables.measures, log)
    if tables.apart:
        for measure in scheme.measure:
            sheet_gone = tables.measures is None and measure.sheet == "measures"
            column_gone = measure.missing == "problem" and not measure.many and measure.id not in measures
            if sheet_gone or column_gone:
                measures[f"{measure.id}_1" if measure.many else measure.id] = (Entry(bad=True),) * len(ids)
    events, honours, rulings = (
        _events(scheme, tables.events),
        _honours(scheme, tables.honours, log),
        _rulings(tables.rulings),
    )
    spelled = _spelling(
        entry for column in (*measures.values(), [ruling.pool for ruling in rulings]) for entry in column
    )
    return Submission(
        period=None if period.value is None else Period.parse(str(period.value)),
        ids=ids,
        names=names,
        measures={name: tuple(map(spelled, column)) for name, column in measures.items()},
        settings=settings,
        events=events,
        raters=_raters(scheme, tables.raters),
        ballots=_ballots(scheme, tables.ballots, log),
        honours=honours,
        rulings=tuple(replace(ruling, pool=spelled(ruling.pool)) for ruling in rulings),
        unattributed=log.unattributed,
    )


def _spelling(entries: Iterable[Entry]) -> Callable[[Entry], Entry]:
    """One way of writing for texts that differ only in the width of their brackets: the full one where it occurs."""
    texts = {entry.value for entry in entries if isinstance(entry.value, str)}
    chosen = {plain_text(text): text for text in sorted(texts)}

    def spelled(entry: Entry) -> Entry:
        return entry._replace(value=chosen[plain_text(entry.value)]) if isinstance(entry.value, str) else entry

    return spelled


def _joined(
    scheme: Scheme, ids: Sequence[Entry], names: Sequence[Entry], table: Table, log: Log
) -> dict[str, tuple[Entry, ...]]:
    """The measures of 指标, brought by id to the people of 名册."""
    sheet, label = table.grid.name, scheme.subject.id_label
    row_of: dict[str, int | None] = {}
    known = {str(entry.value) for entry in ids if entry.value is not None}
    for row in table.rows:
        entry = table.entry(row, "id")
        identity = "" if entry.value is None else str(entry.value)
        if entry.bad:
            continue
        if not identity:
            log.error(sheet, entry.cell, "id_blank", id_label=label)
        elif identity not in known:
            alike = [other for other in known if other.lstrip("0") == identity.lstrip("0")]
            key = "not_in_roster_alike" if len(alike) == 1 else "not_in_roster"
            log.error(sheet, entry.cell, key, id_label=label, id=identity, alike="".join(alike))
        elif identity in row_of:
            log.entry_error(sheet, entry.cell, "measures_twice", id_label=label, id=identity)
            row_of[identity] = None
        else:
            row_of[identity] = row
    places = [row_of.get(str(entry.value)) for entry in ids]
    for entry, name in zip(ids, names, strict=True):
        if entry.value is not None and str(entry.value) not in row_of:
            log.entry_error(entry.sheet, entry.cell, "not_in_measures", name=name.value or "", id=entry.value)
    columns = [n for n, c in table.columns.items() if c.typed and scheme.measure_of(n) is not None]
    absent = Entry(None, sheet, "", bad=True)
    return {name: tuple(absent if place is None else table.entry(place, name) for place in places) for name in columns}


def _events(scheme: Scheme, table: Table | None) -> tuple[Event, ...]:
    if table is None:
        return ()
    meaning = {plain_text(name): kind.id for kind in scheme.event for name in (kind.id, kind.label)}
    events = []
    for row in table.rows:
        kind = table.entry(row, "event")
        events.append(
            Event(
                id=table.entry(row, "id"),
                kind=kind._replace(value=meaning.get(str(kind.value), kind.value)),
                count=table.entry(row, "count"),
                points=table.entry(row, "points"),
                verified=table.entry(row, "verified"),
                at_fault=table.entry(row, "at_fault"),
                date=table.entry(row, "date"),
                honour=table.entry(row, "honour"),
            )
        )
    return tuple(events)


def _raters(scheme: Scheme, table: Table | None) -> tuple[Member, ...]:
    if table is None:
        return ()
    members, panels = [], _panels(scheme)
    for row in table.rows:
        panel = table.entry(row, "panel")
        known = panels.get(str(panel.value))
        members.append(
            Member(
                rater=table.entry(row, "rater"),
                panel=panel if known is None else panel._replace(value=known.id),
                weight=table.entry(row, "weight"),
            )
        )
    return tuple(members)


def _panels(scheme: Scheme) -> dict[str, Panel]:
    """What people may write for a panel."""
    return {plain_text(name): panel for panel in scheme.panel for name in (panel.id, panel.label)}


def _ballots(scheme: Scheme, table: Table | None, log: Log) -> tuple[Mark, ...]:
    """The marks of a table with one line a mark (columns 项目 and 评分), or one line a rater and subject with a column
    for each item, of which those on the panel's ballot are read.
    """
    if table is None:
        return ()
    listed = table.has("item") or table.has("score")
    for name in ("id", *(("item", "score") if listed else ())):
        if not table.has(name):
            log.error(table.grid.name, "", "column_missing", label=_BALLOT_LABELS[name])
    if not listed and not any(table.has(item.id) for item in scheme.item):
        log.error(table.grid.name, "", "column_missing", label=_BALLOT_LABELS["item"])
    items = {plain_text(name): item.id for item in scheme.item for name in (item.id, item.label)}
    panels = _panels(scheme)
    only = scheme.panel[0] if len(scheme.panel) == 1 else None
    options = {
        item.id: {plain_text(word): o.value for o in item.options for word in (o.value, *o.aliases)}
        for item in scheme.item
    }
    marks = []
    for row in table.rows:
        rater, identity, panel = (table.entry(row, name) for name in ("rater", "id", "panel"))
        of = panels.get(str(panel.value), only)
        if of is not None and panel.value is not None:
            panel = panel._replace(value=of.id)
        if listed:
            item = table.entry(row, "item")
            known = items.get(str(item.value), item.value)
            pairs = [(item._replace(value=known), table.entry(row, "score"))]
        else:
            pairs = [
                (Entry(item.id, table.grid.name, table.place(row, item.id)), table.entry(row, item.id))
                for item in scheme.item
                if table.has(item.id) and (of is None or item.id in of.items)
            ]
        if of is None and not listed:  # a blank may be no item of this rater's ballot; what is filled in is asked after
            filled = [pair for pair in pairs if pair[1].value is not None or pair[1].bad]
            if not filled and panel.value is None:
                log.error(table.grid.name, table.place(row, "rater"), "ballot_empty")
            pairs = filled if panel.value is None else pairs[:1]
        for item, score in pairs:
            value = options.get(str(item.value), {}).get(str(score.value), score.value)
            marks.append(Mark(rater, identity, item, score._replace(value=value), panel))
    return tuple(marks)


_BALLOT_LABELS = {column.id: column.label for column in BALLOT_FIELDS}


def _honours(scheme: Scheme, table: Table | None, log: Log) -> tuple[Honour, ...]:
    """The ledger; a contest may be named by its title or its id. A name that no contest bears is said."""
    if table is None:
        return ()
    looked_at = honour_contests(scheme)
    ids = {plain_text(title): contest for contest, title in looked_at.items()}
    known = {*shipped(), *looked_at}

    def contest(row: int) -> Entry:
        entry = table.entry(row, "contest")
        name = plain_text(str(entry.value or ""))
        if name and name not in ids and full_id(scheme, name) not in known:
            choices = "、".join(looked_at.values())
            log.warn(entry.sheet, entry.cell, "honour_contest", contest=name, choices=choices)
        return entry._replace(value=ids.get(name, entry.value))

    return tuple(
        Honour(
            id=table.entry(row, "id"),
            contest=contest(row),
            period=table.entry(row, "period"),
            status=table.entry(row, "status"),
            score=table.entry(row, "score"),
        )
        for row in table.rows
    )


def _rulings(table: Table | None) -> tuple[Ruling, ...]:
    if table is None:
        return ()
    return tuple(
        Ruling(
            id=table.entry(row, "id"),
            kind=table.entry(row, "kind"),
            decision=table.entry(row, "decision"),
            contest=table.entry(row, "contest"),
            pool=table.entry(row, "pool"),
            date=table.entry(row, "date"),
            by=table.entry(row, "by"),
            reason=table.entry(row, "reason"),
        )
        for row in table.rows
    )


def chosen(setting: Setting, text: str) -> str:
    """The answer that a text means: a choice's value for its label, else the text itself."""
    return {plain_text(choice.label): choice.value for choice in setting.choices}.get(plain_text(text), text)


def bind_settings(file: SchemeFile, settings: Mapping[str, Entry], log: Log) -> Scheme:
    """The scheme with the settings of a workbook; one that it cannot take is noted, and its default holds."""
    taken: dict[str, Decimal | dt.date | str | None] = {}
    for setting in file.scheme.setting:
        entry = settings.get(setting.id, Entry())
        if entry.value is None or isinstance(entry.value, bool):
            continue
        value = entry.value if isinstance(entry.value, Decimal | dt.date) else chosen(setting, str(entry.value))
        try:
            file.bind({setting.id: value})
        except SettingError as error:
            log.error(entry.sheet, entry.cell, "setting_value", message=error)
        else:
            taken[setting.id] = value
    return file.bind(taken)
