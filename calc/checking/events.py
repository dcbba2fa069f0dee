"""The events of the register: whose they are, whether they count, and how much for each row."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from calc.findings import Findings
from calc.marks import Line, repeated, worth_per_time
from calc.methods.base import State
from calc.number import MAX_NUMBER, Mask, is_long
from calc.period import Period
from calc.scheme.model import EventKind, Scheme
from calc.submission import Event, Submission
from calc.words import CONFIRMATIONS

__all__ = ["EventCount", "check_events"]


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


def check_events(
    scheme: Scheme, submission: Submission, ids: tuple[str, ...], people: list[str], found: Findings
) -> dict[str, EventCount]:
    """Each kind of event for each row. A line that names nobody or nothing might be about anybody: it withholds all."""
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
