"""What another contest's results give: columns (a team's mean of its members, a year from its quarters) and honours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from calc.findings import Findings
from calc.honours import same_contest
from calc.period import Period
from calc.problem import Problem
from calc.scheme.contests import counted_contests
from calc.scheme.model import Measure, Scheme, Source
from calc.submission import Entry, Honour, Submission, Value

__all__ = ["Earlier", "EarlierRow", "fill"]

DIGITS = 40
"""A mean that does not end is kept to so many digits."""


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """One row of another contest's result."""

    id: str
    name: str
    pool: str
    values: Mapping[str, Decimal | str | None]
    """``total``, ``rank``, ``won`` (1 or 0), ``grade``, ``points.x``, ``columns.x``."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The result of another contest, of one period."""

    contest: str
    period: str
    file: str
    rows: tuple[EarlierRow, ...]
    provisional: bool
    withheld: bool
    tied: bool = False


def fill(scheme: Scheme, submission: Submission, results: Sequence[Earlier]) -> tuple[Submission, tuple[Problem, ...]]:
    """The submission with the columns that have a ``source`` and the honours of the winners, and what there is to say.

    Results decide over what is typed, which is used where they have no value. A row without either is blank, and the
    measure's ``missing`` says what that is. Results that are withheld, twice there or of another time are errors.
    """
    found = Findings()
    measures = dict(submission.measures)
    used: set[str] = set()
    for measure in scheme.measure:
        if measure.source is None:
            continue
        given = [result for result in results if same_contest(result.contest, measure.source.contest)]
        used |= {result.file for result in given}
        if given:
            measures[measure.id] = _column(measure, measure.source, submission, given, found)
        elif measure.id not in submission.measures:
            found.warn(Entry(), "source_none", label=measure.label, contest=measure.source.contest)
    honours = [*submission.honours]
    counted = counted_contests(scheme)
    for result in results:
        if any(same_contest(result.contest, contest) for contest in counted):
            honours += _honours(result, found)
        elif result.file not in used:
            found.warn(Entry(sheet=result.file), "source_unused", contest=result.contest)
    unattributed = submission.unattributed or found.withhold_all
    filled = replace(submission, measures=measures, honours=tuple(honours), unattributed=unattributed)
    return filled, tuple(found.problems)


def _honours(result: Earlier, found: Findings) -> list[Honour]:
    """An honour for each winner. Winners that are withheld are an error, those that may still change a warning."""
    place = Entry(sheet=result.file)
    if result.withheld:
        found.error(place, "honours_withheld", contest=result.contest, period=result.period)
        found.withhold_all = True
    elif result.tied or result.provisional:
        found.warn(place, "honours_open", contest=result.contest, period=result.period)
    return [
        Honour(
            id=place._replace(value=row.id),
            contest=place._replace(value=result.contest),
            period=place._replace(value=result.period),
            status=place._replace(value="won"),
            score=place._replace(value=row.values.get("total")),
        )
        for row in result.rows
        if row.values.get("won") == 1
    ]


def _column(
    measure: Measure, source: Source, submission: Submission, given: Sequence[Earlier], found: Findings
) -> tuple[Entry, ...]:
    """One column out of the results of all periods."""
    _check(measure, source, submission.period, given, found)
    values, without = _collected(source, given)
    if without:
        found.warn(Entry(sheet=given[0].file), "source_without", label=measure.label, n=without)
    typed = submission.measures.get(measure.id, (Entry(),) * len(submission.ids))
    entries = []
    for row, (identity, name) in enumerate(zip(submission.ids, submission.names, strict=True)):
        keys = (identity.value, name.value if source.by == "pool" else None)
        if source.by not in {"id", "pool"}:
            keys = (submission.measures[source.by][row].value if source.by in submission.measures else None, None)
        mine: list[Decimal | str] = next((values[str(key)] for key in keys if key and str(key) in values), [])
        entries.append(_entry(measure, source, name.value or identity.value, mine, typed[row], given[0].file, found))
    return tuple(entries)


def _check(measure: Measure, source: Source, period: Period | None, given: Sequence[Earlier], found: Findings) -> None:
    times = Counter(result.period for result in given)
    for result in given:
        place = Entry(sheet=result.file)
        when = Period.parse(result.period)
        if times[result.period] > 1:
            found.error(place, "source_twice", label=measure.label, period=result.period)
            found.withhold_all = True
        if result.withheld:
            found.error(place, "source_withheld", label=measure.label, period=result.period)
            found.withhold_all = True
        elif result.provisional:
            found.warn(place, "source_provisional", label=measure.label, period=result.period)
        inside = when is not None and period is not None and period.start <= when.start and when.end <= period.end
        if source.within == "period" and not inside:
            found.error(place, "source_period", label=measure.label, period=result.period)
            found.withhold_all = True


def _collected(source: Source, given: Sequence[Earlier]) -> tuple[dict[str, list[Decimal | str]], int]:
    """The values by id, pool or name of the rows that they belong to, and how many rows have none."""
    values: dict[str, list[Decimal | str]] = {}
    without = 0
    for result in given:
        for row in result.rows:
            value = row.values.get(source.value)
            if value is None:
                without += 1
                continue
            key = row.pool if source.by == "pool" else row.id
            values.setdefault(key, []).append(value)
            if source.by not in {"id", "pool"} and row.name and row.name != row.id:
                values.setdefault(row.name, []).append(value)
    return values, without


def _entry(
    measure: Measure,
    source: Source,
    name: Value,
    mine: Sequence[Decimal | str],
    typed: Entry,
    file: str,
    found: Findings,
) -> Entry:
    """The value of one row, from those that belong to it and what was typed."""
    if not mine:
        return typed if typed.cell else Entry(None, file)
    if source.how == "only" and len(mine) > 1:
        found.error(Entry(sheet=file), "source_many", name=name, label=measure.label, n=len(mine))
        return Entry(None, file, bad=True)
    value = _reduced(source, mine)
    if typed.value is not None and typed.value != value:
        found.warn(typed, "source_column", name=name, label=measure.label, typed=typed.value, value=value)
    return Entry(value, file)


def _mean(numbers: Sequence[Decimal]) -> Decimal:
    with localcontext(prec=DIGITS):
        return sum(numbers, Decimal(0)) / len(numbers)


_REDUCE: Mapping[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "mean": _mean,
    "sum": lambda numbers: sum(numbers, Decimal(0)),
    "highest": max,
    "lowest": min,
    "count": lambda numbers: Decimal(len(numbers)),
    "only": lambda numbers: numbers[0],
}


def _reduced(source: Source, mine: Sequence[Decimal | str]) -> Decimal | str:
    numbers = [value for value in mine if isinstance(value, Decimal)]
    return _REDUCE[source.how](numbers) if numbers else mine[0]
