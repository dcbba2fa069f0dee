"""Checking a submission against its scheme: what is missing, out of range, unconfirmed or unknown.

Out of it come plain columns that can be reckoned with: each value with its state, each kind of event added
up for each row, which rows are in error, and the Problems.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from calc.ballots import Heard, People, hear
from calc.findings import Findings
from calc.honours import Award, HeldValues, awards_in, by_held, recent, same_contest, tally
from calc.marks import Line, repeated, worth_per_time
from calc.methods.base import Held, State
from calc.moves import pools_of
from calc.nominations import nominations
from calc.number import MAX_NUMBER, Mask, is_long
from calc.period import Period
from calc.problem import Problem
from calc.scheme.model import EventKind, Measure, Scheme
from calc.submission import Entry, Event, Submission
from calc.words import CONFIRMATIONS, PERIODS

__all__ = ["Checked", "EventCount", "Values", "check"]


@dataclass(frozen=True, slots=True)
class Values:
    """One column: numbers (yes is 1, no is 0; None where there is none) or dates, and the state of each."""

    label: str
    values: tuple[Decimal | None, ...]
    dates: tuple[dt.date | None, ...] | None
    """Of a column of dates; None for any other."""
    state: npt.NDArray[np.int8]

    @property
    def long(self) -> Mask:
        """Where a number has too many digits for floats to be trusted with."""
        return np.array([value is not None and is_long(value) for value in self.values], dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class EventCount:
    """One kind of event for each row."""

    count: tuple[Decimal, ...]
    points: tuple[Decimal, ...]
    pending: npt.NDArray[np.intp]
    state: npt.NDArray[np.int8]
    monthly: tuple[tuple[Decimal, ...], ...]
    """The count of each month of the period, as far as lines have dates."""

    @property
    def long(self) -> Mask:
        """Where a sum has too many digits for floats to be trusted with."""
        sums = zip(self.count, self.points, strict=True)
        return np.array([is_long(count) or is_long(points) for count, points in sums], dtype=np.bool_)


@dataclass(frozen=True)
class Checked:
    """A submission that has been checked, ready to be reckoned."""

    period: Period | None
    ids: tuple[str, ...]
    names: tuple[str, ...]
    pools: tuple[str, ...]
    measures: Mapping[str, Values]
    texts: Mapping[str, tuple[str, ...]]
    """Of each text measure its values, empty where there is none."""
    families: Mapping[str, tuple[str, ...]]
    """The names of the columns in ``measures`` that a measure with many columns has."""
    events: Mapping[str, EventCount]
    ballots: Mapping[str, Heard]
    """By panel."""
    nominated: Mapping[str, npt.NDArray[np.int8]]
    """By requirement its outcome for each row."""
    barred: npt.NDArray[np.bool_]
    honours: Mapping[Held, HeldValues]
    bad: tuple[tuple[str, ...], ...]
    """For each row the labels of what is in error; none for a sound row."""
    withhold_all: bool
    """An error that might touch any pool."""
    problems: tuple[Problem, ...]
    decided: Mapping[str, npt.NDArray[np.int8]] = field(default_factory=dict)
    """By requirement what people have ruled of each row; see :class:`calc.methods.base.Frame`."""


def check(scheme: Scheme, submission: Submission) -> Checked:
    """Check everything that can be checked before points are reckoned. Never raises for what people typed."""
    found = Findings(withhold_all=submission.unattributed)
    size = len(submission.ids)
    _check_period(scheme, submission, found)
    _check_settings(scheme, submission, found)
    _check_flaws(scheme, found)
    if not size:
        found.error(Entry(), "no_rows", subject=scheme.subject.label)
    names = tuple(str(entry.value or "") for entry in submission.names)
    ids = _check_ids(scheme, submission, found)
    _check_names(scheme, submission, ids, found)
    people = [name or identity for name, identity in zip(names, ids, strict=True)]
    columns, families = _check_measures(scheme, submission, people, found)

    def spoil_move(row: int, entry: Entry, key: str) -> None:
        if key:
            found.error(entry, key, name=people[row])
        found.spoil(row, "调动")
        found.withhold_all = True  # it is not known whose pool the row belongs to

    pools = pools_of(scheme, submission, spoil_move)
    events = _check_events(scheme, submission, ids, people, found)
    awards = _check_honours(scheme, submission, found)
    texts = {m.id: _texts(submission, m.id) for m in scheme.measure if m.kind == "text"}
    ballots = hear(scheme, submission, People(ids, people, submission.ids, pools, texts), found)
    nominated = nominations(scheme, submission, people, found)
    return Checked(
        period=submission.period,
        ids=ids,
        names=names,
        pools=pools,
        measures=columns,
        texts=texts,
        families=families,
        events=events,
        ballots=ballots,
        nominated=nominated,
        barred=_barred(scheme, submission, ids, awards),
        honours=_held(scheme, submission, awards, (people, ids), columns, found),
        bad=tuple(tuple(found.bad.get(row, ())) for row in range(size)),
        withhold_all=found.withhold_all,
        problems=tuple(dict.fromkeys(found.problems)),  # a line of ballots may say the same for each item
    )


def _texts(submission: Submission, name: str) -> tuple[str, ...]:
    entries = submission.measures.get(name, (Entry(),) * len(submission.ids))
    return tuple(str(entry.value or "") for entry in entries)


def _check_period(scheme: Scheme, submission: Submission, found: Findings) -> None:
    kind, example = PERIODS[scheme.period]
    entry = submission.settings.get("period", Entry())
    if submission.period is None:
        found.withhold_all = True
        if not entry.bad:
            found.error(entry, "period_missing", example=example)
    elif submission.period.kind != scheme.period:
        found.withhold_all = True
        found.error(entry, "period_kind", period=submission.period, kind=kind, example=example)


def _check_settings(scheme: Scheme, submission: Submission, found: Findings) -> None:
    """Required settings without a value, and half of what belongs together, which withhold everything; and what stands
    in for a figure not given.
    """
    given = {name for name, entry in submission.settings.items() if entry.value not in (None, "")}
    labels = {setting.id: setting.label for setting in scheme.setting}
    for setting in scheme.setting:
        entry = submission.settings.get(setting.id, Entry())
        if setting.required and setting.id not in given:
            found.withhold_all = True
            if not entry.bad:
                found.error(entry, "setting_missing", label=setting.label)
        elif setting.fallback and not given & {setting.id, *setting.unless} and not entry.bad:
            found.warn(entry, "setting_fallback", label=setting.label, fallback=setting.fallback)
        alone = [labels[other] for other in setting.together if setting.id in given and other not in given]
        if alone:
            found.withhold_all = True
            found.error(entry, "setting_alone", label=setting.label, others="、".join(alone))


def _check_flaws(scheme: Scheme, found: Findings) -> None:
    """What is wrong in the document itself: everybody who uses the scheme is told."""
    labels = {setting.id: setting.label for setting in scheme.setting}
    for flaw in scheme.flaw:
        told = {"text": flaw.text, "clause": flaw.clause, "setting": labels.get(flaw.setting or "")}
        if flaw.open:
            found.withhold_all = True
            found.error(Entry(), "flaw_open", **told)
        else:
            found.warn(Entry(), "flaw" if flaw.setting is None else "flaw_settled", **told)


def _check_ids(scheme: Scheme, submission: Submission, found: Findings) -> tuple[str, ...]:
    label = scheme.subject.id_label
    ids = tuple("" if entry.value is None else str(entry.value) for entry in submission.ids)
    times = Counter(ids)
    for row, (entry, identity) in enumerate(zip(submission.ids, ids, strict=True)):
        if not identity:
            found.spoil(row, label)
            if not entry.bad:
                found.error(entry, "id_missing", id_label=label)
        elif times[identity] > 1:
            found.spoil(row, label)
            found.error(entry, "id_twice", id_label=label, id=identity)
    return ids


def _check_names(scheme: Scheme, submission: Submission, ids: tuple[str, ...], found: Findings) -> None:
    label = scheme.subject.name_label
    for row, entry in enumerate(submission.names):
        if entry.bad:
            found.spoil(row, label)
        elif entry.value is None and entry.cell:
            found.warn(entry, "name_missing", id_label=scheme.subject.id_label, id=ids[row], label=label)


def _check_measures(
    scheme: Scheme, submission: Submission, people: list[str], found: Findings
) -> tuple[dict[str, Values], dict[str, tuple[str, ...]]]:
    columns: dict[str, Values] = {}
    families: dict[str, tuple[str, ...]] = {}
    for measure in scheme.measure:
        names = [measure.id] if not measure.many else _family(measure, submission, people, found)
        if measure.many:
            families[measure.id] = tuple(names)
        for name in names:
            columns[name] = _check_column(scheme, measure, name, submission, people, found)
        if measure.many and measure.at_least:
            _check_number(measure, [columns[name] for name in names], submission, people, found)
    for measure in scheme.measure:
        if measure.only_with is not None:
            _check_defined(measure, columns, submission, people, found)
    return columns, families


def _family(measure: Measure, submission: Submission, people: list[str], found: Findings) -> list[str]:
    """The columns of a measure with many that hold anything; a column that is blank throughout is not one."""
    names = sorted((n for n in submission.measures if measure.matches(n)), key=lambda n: int(n.rpartition("_")[2]))
    used = [name for name in names if _is_used(submission.measures[name])]
    for name in names:
        if name not in used and used:
            found.warn(_first(submission.measures[name]), "column_blank", label=_label(measure, name))
    if not used and people:
        columns = [submission.measures[name] for name in names] or list(submission.measures.values())
        where = next((_first(column) for column in columns), Entry())
        key = "columns_blank" if names else "column_missing"
        found.error(Entry(sheet=where.sheet), key, label=measure.label, id=f"{measure.id}_1")
        for row in range(len(people)):
            found.spoil(row, measure.label)
    return used


def _check_number(
    measure: Measure, columns: list[Values], submission: Submission, people: list[str], found: Findings
) -> None:
    """Rows with fewer values than the measure needs, where none of them is in error already."""
    for row, name in enumerate(people):
        there = sum(column.values[row] is not None for column in columns)
        if columns and there < measure.at_least and not any(column.state[row] == State.BAD for column in columns):
            first = next(n for n in submission.measures if measure.matches(n))
            entry = submission.measures[first][row]
            found.error(entry, "values_few", name=name, label=measure.label, n=there, least=measure.at_least)
            found.spoil(row, measure.label)


def _is_used(column: Sequence[Entry]) -> bool:
    """True for a column that holds anything, readable or not; and for one that is bad as a whole."""
    return any(e.value is not None or (e.bad and e.cell) for e in column) or (
        bool(column) and all(e.bad for e in column)
    )


def _first(column: Sequence[Entry]) -> Entry:
    """The first entry that has a cell."""
    return next((entry for entry in column if entry.cell), column[0])


def _label(measure: Measure, name: str) -> str:
    return f"{measure.label}{name.rpartition('_')[2]}" if measure.many else measure.label


def _check_column(
    scheme: Scheme, measure: Measure, name: str, submission: Submission, people: list[str], found: Findings
) -> Values:
    """One column: what is missing by its policy, what is out of range."""
    size, label = len(people), _label(measure, name)
    state = np.zeros(size, dtype=np.int8)
    entries = submission.measures.get(name)
    if entries is None:
        if measure.missing == "zero":
            return Values(label, (Decimal(0),) * size, None, state)
        if measure.missing == "none":
            state[:] = State.UNDEFINED
            return Values(label, (None,) * size, (None,) * size if measure.kind == "date" else None, state)
        sheet = next((e.sheet for e in submission.ids), "")
        found.error(Entry(sheet=sheet), "column_missing", label=label, id=name)
        found.withhold_all |= name == scheme.pool
        state[:] = State.BAD
        for row in range(size):
            found.spoil(row, label)
        return Values(label, (None,) * size, (None,) * size if measure.kind == "date" else None, state)
    values: list[Decimal | None] = [None] * size
    dates: list[dt.date | None] = [None] * size
    for row, entry in enumerate(entries):
        value = entry.value
        if isinstance(value, bool):
            value = Decimal(value)
        if entry.bad or (value is None and measure.missing == "problem"):
            state[row] = State.BAD
            if not entry.bad and measure.only_with is None:
                found.error(entry, "value_missing", name=people[row], label=label)
            if measure.only_with is None or entry.bad:
                found.spoil(row, label)
                found.withhold_all |= name == scheme.pool
        elif value is None and measure.missing == "pending":
            state[row] = State.PENDING
            found.warn(entry, "value_pending", name=people[row], label=label)
        elif value is None and measure.missing == "none":
            state[row] = State.UNDEFINED
        elif value is None:
            values[row] = Decimal(0)
        elif isinstance(value, Decimal) and measure.kind != "yes_no" and not _in_range(measure, value):
            state[row] = State.BAD
            found.spoil(row, label)
            _report_range(measure, label, people[row], entry, value, found)
        elif isinstance(value, Decimal):
            values[row] = value
        elif isinstance(value, dt.date):
            dates[row] = value
    return Values(label, tuple(values), tuple(dates) if measure.kind == "date" else None, state)


def _in_range(measure: Measure, value: Decimal) -> bool:
    return (
        abs(value) <= MAX_NUMBER
        and (measure.min is None or value >= measure.min)
        and (measure.max is None or value <= measure.max)
    )


def _report_range(measure: Measure, label: str, name: str, entry: Entry, value: Decimal, found: Findings) -> None:
    if abs(value) > MAX_NUMBER:
        found.error(entry, "value_large", name=name, label=label, value=f"{value:.3E}")
        return
    low = "无下限" if measure.min is None else f"{measure.min:f}"
    high = "无上限" if measure.max is None else f"{measure.max:f}"
    found.error(
        entry, "value_range", name=name, label=label, value=f"{value:f}", low=low, high=high, unit=measure.unit or "无"
    )


def _check_defined(
    measure: Measure,
    columns: dict[str, Values],
    submission: Submission,
    people: list[str],
    found: Findings,
) -> None:
    """Where the other measure is 0 or missing there is no such value: whatever is typed does not count."""
    column, other = columns[measure.id], columns[measure.only_with or ""]
    entries = submission.measures.get(measure.id, (Entry(),) * len(people))
    values, state = list(column.values), column.state.copy()
    for row, person in enumerate(people):
        if other.values[row]:
            if column.state[row] == State.BAD and column.label not in found.bad[row]:
                found.error(entries[row], "value_missing", name=person, label=column.label)
                found.spoil(row, column.label)
            continue
        if other.state[row] == State.OK:
            key = "not_defined" if entries[row].value is None else "not_defined_typed"
            found.warn(entries[row], key, name=person, label=column.label, other=other.label, value=entries[row].value)
        if column.state[row] != State.BAD or column.label not in found.bad[row]:
            state[row] = State.UNDEFINED if other.state[row] == State.OK else other.state[row]
        values[row] = None
    columns[measure.id] = Values(column.label, tuple(values), column.dates, state)


def _check_events(
    scheme: Scheme, submission: Submission, ids: tuple[str, ...], people: list[str], found: Findings
) -> dict[str, EventCount]:
    size = len(ids)
    kinds = {kind.id: kind for kind in scheme.event}
    rows: dict[str, list[int]] = defaultdict(list)
    for number, identity in enumerate(ids):
        rows[identity].append(number)
    counts: dict[str, list[Decimal]] = {kind: [Decimal(0)] * size for kind in kinds}
    points: dict[str, list[Decimal]] = {kind: [Decimal(0)] * size for kind in kinds}
    months = [] if submission.period is None else submission.period.months
    monthly = {kind: {month: [Decimal(0)] * size for month in months} for kind in kinds}
    pending = {kind: np.zeros(size, dtype=np.intp) for kind in kinds}
    state = {kind: np.zeros(size, dtype=np.int8) for kind in kinds}
    lines: list[Line] = []
    for event in submission.events:
        of = _event_rows(scheme, event, rows, found)
        kind = _event_kind(event, kinds, found)
        if not of or kind is None:
            found.withhold_all = True
            continue
        amount = _event_amount(event, kind, people[of[0]], submission.period, found)
        for row in of:  # more than one only where an id is there twice, which is an error of its own
            if amount is None:
                state[kind.id][row] = State.BAD
                found.spoil(row, kind.label)
                continue
            count, worth = amount
            if count is None:
                pending[kind.id][row] += 1
            elif count:
                mark = str(event.honour.value or "").strip() if kind.honour else ""
                lines.append(Line(row, event, count, worth, mark))
    passed_over = {id(line): held for line, held in repeated(lines, worth_per_time(scheme))}
    for line in lines:
        kind = kinds[str(line.event.kind.value)]
        if held := passed_over.get(id(line)):
            label = kinds[str(held.event.kind.value)].label
            found.warn(line.event.honour, "event_repeated", name=people[line.row], mark=line.mark, label=label)
            continue
        if line.mark and line.count > 1:
            found.warn(line.event.count, "event_once", name=people[line.row], mark=line.mark)
        times = min(line.count, Decimal(1)) if line.mark else line.count
        counts[kind.id][line.row] += times
        points[kind.id][line.row] += line.points
        date = line.event.date.value
        if isinstance(date, dt.date) and (month := (date.year, date.month)) in monthly[kind.id]:
            monthly[kind.id][month][line.row] += times
    return {
        kind: EventCount(
            tuple(counts[kind]), tuple(points[kind]), pending[kind], state[kind],
            tuple(map(tuple, monthly[kind].values())),
        )
        for kind in kinds
    }  # fmt: skip


def _event_rows(scheme: Scheme, event: Event, rows: Mapping[str, list[int]], found: Findings) -> list[int]:
    label = scheme.subject.id_label
    if event.id.value is None:
        if not event.id.bad:
            found.error(event.id, "event_person_blank", id_label=label)
        return []
    of = rows.get(str(event.id.value), [])
    if not of:
        typed = str(event.id.value)
        alike = [identity for identity in rows if identity.lstrip("0") == typed.lstrip("0")]
        key = "event_person_alike" if len(alike) == 1 else "event_person"
        found.error(event.id, key, id_label=label, id=typed, alike="".join(alike))
    return of


def _event_kind(event: Event, kinds: Mapping[str, EventKind], found: Findings) -> EventKind | None:
    if event.kind.value is None:
        if not event.kind.bad:
            found.error(event.kind, "event_kind_blank")
        return None
    kind = kinds.get(str(event.kind.value))
    if kind is None:
        found.error(event.kind, "event_kind", kind=event.kind.value)
    return kind


def _event_amount(
    event: Event, kind: EventKind, name: str, period: Period | None, found: Findings
) -> tuple[Decimal | None, Decimal] | None:
    """(times, points) that a line counts for; times None where a confirmation is pending; None for an error."""
    cells = [event.count, event.points, event.date, event.honour, *(getattr(event, need) for need in kind.needs)]
    if any(cell.bad for cell in cells):
        return None
    count = Decimal(1) if event.count.value is None else event.count.value
    if not isinstance(count, Decimal) or count < 0 or count != count.to_integral_value() or count > 10**6:
        found.error(event.count, "event_count", count=count)
        return None
    points = Decimal(0)
    if kind.discretionary:
        if event.points.value is None:
            found.error(event.points, "event_points_missing", label=kind.label)
            return None
        if not isinstance(event.points.value, Decimal) or not 0 <= event.points.value <= MAX_NUMBER:
            found.error(event.points, "event_points_negative", label=kind.label, points=event.points.value)
            return None
        points = event.points.value
    elif event.points.value is not None:
        found.warn(event.points, "event_points_unused", label=kind.label, points=event.points.value)
    date = event.date.value
    if kind.dated and date is None:
        found.error(event.date, "event_undated", name=name, label=kind.label)
        return None
    if period is not None and kind.within == "year":
        period = Period(period.year, "year", 1)
    if isinstance(date, dt.date) and period is not None and not period.start <= date <= period.end:
        found.warn(event.date, "event_outside", name=name, label=kind.label, date=date, period=period.label)
        return Decimal(0), Decimal(0)
    for need, confirmation in CONFIRMATIONS.items():
        entry = getattr(event, need)
        if need not in kind.needs and entry.value is False:
            found.warn(entry, "event_denied", name=name, label=kind.label, confirmation=confirmation)
    answers = [(need, getattr(event, need)) for need in kind.needs]
    if any(entry.value is False for _, entry in answers):
        return Decimal(0), Decimal(0)
    blank = [(need, entry) for need, entry in answers if entry.value is None]
    for need, entry in blank:
        confirmation = CONFIRMATIONS[need]
        found.warn(entry, "event_pending", name=name, label=kind.label, confirmation=confirmation)
    return (None, Decimal(0)) if blank else (count, points)


def _check_honours(scheme: Scheme, submission: Submission, found: Findings) -> tuple[Award, ...]:
    """The honours as they were read, where anything of the scheme rests on them."""
    if scheme.barring is None and not by_held((*scheme.indicator, *scheme.requirement)):
        return ()

    def report(entry: Entry, key: str, **values: object) -> None:
        found.withhold_all = True
        if key:
            found.error(entry, key, **values)

    return awards_in(submission.honours, report)


def _barred(
    scheme: Scheme, submission: Submission, ids: tuple[str, ...], awards: Sequence[Award]
) -> npt.NDArray[np.bool_]:
    """Who had an honour of this contest withdrawn in one of the last periods."""
    if scheme.barring is None or submission.period is None:
        return np.zeros(len(ids), dtype=np.bool_)
    last = recent(submission.period.kind, submission.period.previous, scheme.barring.periods)
    out = {
        award.id
        for award in awards
        if award.source.status.value == "withdrawn" and same_contest(award.contest, scheme.id) and award.period in last
    }
    return np.array([identity in out for identity in ids], dtype=np.bool_)


def _held(
    scheme: Scheme,
    submission: Submission,
    awards: Sequence[Award],
    people: tuple[list[str], tuple[str, ...]],
    columns: Mapping[str, Values],
    found: Findings,
) -> dict[Held, HeldValues]:
    """What the rows (names, ids) hold of all that the scheme counts; what is missing or disagrees is noted."""
    names, ids = people
    tallied: dict[Held, HeldValues] = {}
    for held, part in by_held((*scheme.indicator, *scheme.requirement)).items():
        label = str(getattr(part, "label", ""))
        if submission.period is None:
            nothing = np.full(len(ids), State.BAD, dtype=np.int8)
            tallied[held] = HeldValues((None,) * len(ids), nothing, ("",) * len(ids))
            continue

        def report(entry: Entry, key: str, *, row: int, label: str = label, **values: object) -> None:
            found.error(entry, key, name=names[row], **values)
            found.spoil(row, label)

        typed = None
        if held.column is not None:
            column = columns[held.column]
            entries = submission.measures.get(held.column, (Entry(),) * len(ids))

            def disagrees(row: int, n: object, entries: Sequence[Entry] = entries, column: Values = column) -> None:
                value = entries[row].value
                found.warn(entries[row], "honour_column", name=names[row], label=column.label, typed=value, n=n)

            typed = (column.values, disagrees)
        tallied[held] = tally(held, awards, ids, (scheme.id, submission.period), typed, report)
        if held.column is not None and held.what != "mean":
            for row in np.flatnonzero(tallied[held].state == State.BAD):
                if columns[held.column].state[row] != State.BAD:
                    label = columns[held.column].label
                    found.error(entries[row], "honour_unknown", name=names[row], label=label)
                    found.spoil(int(row), label)
        elif not submission.honours:
            found.warn(Entry(), "honours_none", label=label)
    return tallied
