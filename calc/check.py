"""Checking a submission against its scheme: what is missing, out of range, unconfirmed or unknown.

Out of it come plain columns that can be reckoned with: each value with its state, each kind of event added
up for each row, which rows are in error, and the Problems.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from calc.ballots import hear
from calc.checking.columns import Values, check_measures
from calc.checking.events import EventCount, check_events
from calc.checking.held import awards_of, barred, held_by
from calc.findings import Findings
from calc.heard import Heard, People
from calc.honours import HeldValues
from calc.methods.base import Held, Within
from calc.moves import pools_of
from calc.nominations import nominations
from calc.period import Period
from calc.problem import Problem
from calc.scheme.model import Scheme
from calc.submission import Entry, Submission
from calc.words import PERIODS, cited

__all__ = ["Checked", "check"]


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

    def names_within(self, within: Within) -> tuple[str, ...]:
        """Of each row what its group is called, empty where everybody is one group; see
        :data:`calc.methods.base.Within`.
        """
        if within == "all":
            return ("",) * len(self.ids)
        return self.pools if within == "pool" else self.texts[within]


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
    columns, families = check_measures(scheme, submission, people, found)

    def spoil_move(row: int, entry: Entry, key: str) -> None:
        if key:
            found.error(entry, key, name=people[row])
        found.spoil(row, "调动")
        found.withhold_all = True  # it is not known whose pool the row belongs to

    pools = pools_of(scheme, submission, spoil_move)
    events = check_events(scheme, submission, ids, people, found)
    awards = awards_of(scheme, submission, found)
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
        barred=barred(scheme, submission, ids, awards),
        honours=held_by(scheme, submission, awards, (people, ids), columns, found),
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
        told = {"text": flaw.text, "clause": cited(flaw.clause), "setting": labels.get(flaw.setting or "")}
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
