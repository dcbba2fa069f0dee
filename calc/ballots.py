"""Checking what panels of raters handed in: who rated whom, what is void, what is missing.

Out of it come the marks that count, as columns; how many raters there were; and what is missing, which matters only
for those whom a panel has to judge at all (:func:`still_missed`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from calc.findings import Findings
from calc.heard import Heard, Missed, People
from calc.hearing import Hearing
from calc.number import MAX_NUMBER, Mask
from calc.scheme.model import Scheme
from calc.scheme.panel import Panel, Rater
from calc.submission import Entry, Mark, Member, Submission

__all__ = ["hear", "still_missed"]


def hear(scheme: Scheme, submission: Submission, people: People, found: Findings) -> dict[str, Heard]:
    """What each panel has handed in. Lines that cannot be understood are Problems of their own."""
    known = _with_listed(scheme, submission.raters, found)
    panels = {panel.id: Hearing(scheme, panel, people, found) for panel in known}
    rows: dict[str, list[int]] = defaultdict(list)
    for row, identity in enumerate(people.ids):
        rows[identity].append(row)
    for mark in submission.ballots:
        panel = _panel_of(scheme, known, mark, found)
        of = _rows_of(scheme, mark, rows, found)
        if panel is None or not of:
            found.withhold_all = True
            continue
        for row in of:  # more than one only where an id is there twice, which is an error of its own
            panels[panel].take(mark, row)
    return {name: hearing.closed() for name, hearing in panels.items()}


def _with_listed(scheme: Scheme, members: Sequence[Member], found: Findings) -> list[Panel]:
    """The panels, with their raters where these are listed with the data."""
    listed: dict[str, dict[str, Rater]] = {panel.id: {} for panel in scheme.panel if panel.listed is not None}
    only = next(iter(listed)) if len(listed) == 1 else None
    for member in members:
        problem = _enlist(scheme, member, listed, only)
        if problem is not None:
            found.error(*problem, rater=member.rater.value or "", panel=member.panel.value or "")
        if problem is not None or any(entry.bad for entry in (member.rater, member.panel, member.weight)):
            found.withhold_all = True
    panels = []
    for panel in scheme.panel:
        raters = tuple(listed.get(panel.id, {}).values())
        if panel.listed is not None and not raters:
            found.error(Entry(), "raters_missing", panel=panel.label)
            found.withhold_all = True
        panels.append(panel.model_copy(update={"raters": raters}) if raters else panel)
    return panels


def _enlist(
    scheme: Scheme, member: Member, listed: Mapping[str, dict[str, Rater]], only: str | None
) -> tuple[Entry, str] | None:
    """Put one rater on the list of the panel; or where and why not."""
    rater, weight = member.rater.value, member.weight.value
    name = only if member.panel.value is None else str(member.panel.value)
    if any(entry.bad for entry in (member.rater, member.panel, member.weight)):
        return None
    if rater is None:
        return member.rater, "rater_blank"
    if name is None or name not in listed:
        return member.panel, "rater_panel"
    if str(rater) in listed[name]:
        return member.rater, "rater_twice"
    panel = next(panel for panel in scheme.panel if panel.id == name)
    if weight is not None and panel.listed == "plain":
        return member.weight, "rater_plain"
    if weight is not None and not (isinstance(weight, Decimal) and 0 < weight <= MAX_NUMBER):
        return member.weight, "rater_weight"
    listed[name][str(rater)] = Rater(id=str(rater), weight=weight if isinstance(weight, Decimal) else Decimal(1))
    return None


def _panel_of(scheme: Scheme, panels: Sequence[Panel], mark: Mark, found: Findings) -> str | None:
    """The panel that a line belongs to: as stated, by its item, or by its rater."""
    if mark.item.bad or mark.rater.bad or mark.panel.bad:
        return None
    for entry, key in ((mark.rater, "ballot_rater_blank"), (mark.item, "ballot_item_blank")):
        if entry.value is None:
            found.error(entry, key)
            return None
    item, rater, stated = str(mark.item.value), str(mark.rater.value), mark.panel.value
    asked = [panel for panel in panels if item in panel.items]
    if not asked:
        found.error(mark.item, "ballot_item", item=item)
        return None
    if stated is not None:
        asked = [panel for panel in asked if panel.id == stated]
        if not asked:
            found.error(mark.panel, "ballot_panel", panel=stated, item=_label(scheme, item))
            return None
    if len(asked) > 1:
        asked = [panel for panel in asked if rater in {member.id for member in panel.raters}]
    if len(asked) != 1:
        found.error(mark.rater, "ballot_panel_open", rater=rater, item=_label(scheme, item))
        return None
    return asked[0].id


def _label(scheme: Scheme, item: str) -> str:
    return next(entry.label for entry in scheme.item if entry.id == item)


def _rows_of(scheme: Scheme, mark: Mark, rows: Mapping[str, list[int]], found: Findings) -> list[int]:
    label = scheme.subject.id_label
    if mark.id.value is None:
        if not mark.id.bad:
            found.error(mark.id, "ballot_person_blank", id_label=label)
        return []
    of = rows.get(str(mark.id.value), [])
    if not of:
        found.error(mark.id, "ballot_person", id_label=label, id=mark.id.value)
    return of


def still_missed(
    heard: Mapping[str, Heard], rated: Mask, outcomes: Mapping[str, npt.NDArray[np.int8]], met: int
) -> list[Missed]:
    """What is missing of those whom the panel has to judge: the rated who meet the requirements that come first.

    ``outcomes`` are those of the requirements, ``met`` the outcome that lets on.
    """
    return [
        miss
        for panel in heard.values()
        for miss in panel.missed
        if rated[miss.row] and all(outcomes[name][miss.row] == met for name in miss.panel.after)
    ]
