"""Why a row is not eligible, in words with the clause; and what of it is still open."""

from __future__ import annotations

import numpy as np

from calc.check import Checked
from calc.grades import effect
from calc.methods.base import State
from calc.number import Mask
from calc.reckon import Reckoned
from calc.requirements import Outcome
from calc.scheme.graph import event_named
from calc.scheme.model import Scheme
from calc.words import REASONS, ask

__all__ = ["open_rows", "reasons"]

_OUTCOME_WORDS = {int(Outcome.FAILED): "failed", int(Outcome.PENDING): "pending"}


def open_rows(scheme: Scheme, checked: Checked, reckoned: Reckoned) -> Mask:
    """Rows with a value that is not known yet, or an open event that may disqualify, whatever else is known.

    Who is not rated cannot be disqualified and needs no points: an open event or an unknown value of theirs matters
    only where it is counted into a figure.
    """
    still_open = np.zeros(len(checked.ids), dtype=np.bool_)
    for column in checked.measures.values():
        still_open |= column.state == int(State.PENDING)
    for indicator in scheme.indicator:
        still_open |= (reckoned.states[indicator.id] == int(State.PENDING)) & reckoned.rated
    for outcome in reckoned.outcomes.values():
        still_open |= (outcome == int(Outcome.PENDING)) & reckoned.rated
    for requirement in scheme.requirement:
        reads = requirement.reads()
        for event in reads.events:
            still_open |= (checked.events[event].pending > 0) & reckoned.rated
        for event in (name for column in reads.columns if (name := event_named(scheme, column))):
            still_open |= checked.events[event].pending > 0
    return still_open


def reasons(scheme: Scheme, checked: Checked, reckoned: Reckoned) -> list[list[str]]:
    """The reasons of every row, the gravest first: barred, in error, values not there, requirements not met."""
    found: list[list[str]] = [[] for _ in checked.ids]
    if scheme.barring is not None:
        for n in np.flatnonzero(checked.barred):
            found[n].append(ask(REASONS, "barred", clause=scheme.barring.clause))
    for row, labels in enumerate(checked.bad):
        if labels:
            found[row].append(ask(REASONS, "bad", labels="、".join(labels)))
    for place, pending in _pending(scheme, checked, reckoned).items():
        if reckoned.rated[place]:
            found[place].append(ask(REASONS, "pending_value", labels="、".join(pending)))
    _undefined(scheme, checked, reckoned, found)
    for requirement in scheme.requirement:
        outcome = reckoned.outcomes[requirement.id]
        concerned = reckoned.rated | (requirement.gate == "rating")
        for code, key in _OUTCOME_WORDS.items():
            words, by = effect(requirement, scheme.grade), requirement.gate == "grade" and key == "failed"
            told = {"label": requirement.label, "clause": requirement.clause, "effect": words}
            text = ask(REASONS, "lowered" if by else key, **told)
            for n in np.flatnonzero((outcome == code) & concerned):
                found[n].append(text)
    return found


def _undefined(scheme: Scheme, checked: Checked, reckoned: Reckoned, found: list[list[str]]) -> None:
    """Values that there cannot be: because of another measure, or because nothing can be reckoned."""
    explained = np.zeros(len(found), dtype=np.bool_)
    for measure in scheme.measure:
        if measure.only_with is not None:
            column, other = checked.measures[measure.id], checked.measures[measure.only_with]
            rows = (column.state == int(State.UNDEFINED)) & reckoned.rated
            explained |= rows
            for n in np.flatnonzero(rows):
                found[n].append(ask(REASONS, "undefined", label=column.label, other=other.label))
    for indicator in scheme.indicator:
        if (indicator.in_total or indicator.id == scheme.total.of) and indicator.missing == "problem":
            rows = (reckoned.states[indicator.id] == int(State.UNDEFINED)) & reckoned.rated & ~explained
            for n in np.flatnonzero(rows):
                found[n].append(ask(REASONS, "no_value", label=indicator.label))


def _pending(scheme: Scheme, checked: Checked, reckoned: Reckoned) -> dict[int, list[str]]:
    """By row the labels of the values that are not known yet."""
    named: dict[int, list[str]] = {}
    for column in checked.measures.values():
        for row in np.flatnonzero(column.state == int(State.PENDING)):
            named.setdefault(int(row), []).append(column.label)
    own: dict[int, list[str]] = {}
    for indicator in scheme.indicator:
        if indicator.missing == "pending":  # its own policy, where no pending input has been named
            for row in np.flatnonzero(reckoned.states[indicator.id] == int(State.PENDING)):
                own.setdefault(int(row), []).append(indicator.label)
    return own | named
