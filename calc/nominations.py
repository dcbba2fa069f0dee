"""Nominations: whether a unit put somebody forward in time, and no more than it may."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from calc.findings import Findings
from calc.requirements import Nominated, Outcome
from calc.scheme.model import Scheme
from calc.submission import Entry, Submission

__all__ = ["nominations"]


def nominations(
    scheme: Scheme, submission: Submission, names: Sequence[str], found: Findings
) -> dict[str, npt.NDArray[np.int8]]:
    """The outcome of each requirement of kind ``nominated`` for each row; late ones and too many are Problems."""
    return {
        requirement.id: _nominated(requirement, submission, names, found)
        for requirement in scheme.requirement
        if isinstance(requirement, Nominated)
    }


def _nominated(
    requirement: Nominated, submission: Submission, names: Sequence[str], found: Findings
) -> npt.NDArray[np.int8]:
    outcome = np.full(len(names), Outcome.FAILED, dtype=np.int8)
    blank = (Entry(),) * len(names)
    units = submission.measures.get(requirement.by, blank)
    days = blank if requirement.on is None else submission.measures.get(requirement.on, blank)
    opens, closes = requirement.window(submission.period)
    in_time = []
    for row, (unit, day) in enumerate(zip(units, days, strict=True)):
        if unit.bad or (day.bad and unit.value is not None):
            outcome[row] = Outcome.UNKNOWN
        elif unit.value is None:
            continue
        elif (opens or closes) and not isinstance(day.value, dt.date):
            outcome[row] = Outcome.UNKNOWN
            found.error(day, "nomination_date", name=names[row])
            found.spoil(row, requirement.label)
        elif isinstance(day.value, dt.date) and not (opens or day.value) <= day.value <= (closes or day.value):
            key = "nomination_late" if closes is not None and day.value > closes else "nomination_early"
            found.warn(day, key, name=names[row], date=day.value, opens=opens, closes=closes)
        else:
            in_time.append(row)
    times = Counter(str(units[row].value) for row in in_time)
    for row in in_time:
        name = str(units[row].value)
        if requirement.most is None or times[name] <= requirement.most:
            outcome[row] = Outcome.MET
            continue
        values = {"unit": name, "n": times[name], "most": requirement.most}
        if requirement.over == "void":
            found.warn(units[row], "nomination_void", **values)
        else:
            outcome[row] = Outcome.UNKNOWN
            found.error(units[row], "nomination_many", **values)
            found.spoil(row, requirement.label)
    return outcome
