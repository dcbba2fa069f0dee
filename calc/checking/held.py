"""What the rows hold of earlier periods: their honours, and who is barred for one that was withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from calc.checking.columns import Values
from calc.findings import Findings
from calc.honours import Award, HeldValues, awards_in, by_held, recent, same_contest, tally
from calc.methods.base import Held, State
from calc.scheme.model import Scheme
from calc.submission import Entry, Submission

__all__ = ["awards_of", "barred", "held_by"]


def awards_of(scheme: Scheme, submission: Submission, found: Findings) -> tuple[Award, ...]:
    """The honours as they were read, where anything of the scheme rests on them."""
    if scheme.barring is None and not by_held((*scheme.indicator, *scheme.requirement)):
        return ()

    def report(entry: Entry, key: str, **values: object) -> None:
        found.withhold_all = True
        if key:
            found.error(entry, key, **values)

    return awards_in(submission.honours, report)


def barred(
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


def held_by(
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
