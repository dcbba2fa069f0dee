"""What keeps a result from being final: errors, pending items, ties that nobody has ruled on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from addin.sealing.messages import error
from calc.problem import Problem, Severity, kind_of
from calc.result import Result
from calc.submission import Submission
from calc.words import PROBLEMS

__all__ = ["unsettled"]

_PENDING = frozenset(kind_of(PROBLEMS[key]) for key in ("value_pending", "event_pending"))


def unsettled(submission: Submission, result: Result) -> tuple[Problem, ...]:
    """Everything that must be settled first, each with its cell, as errors; nothing where the result is final."""
    pending = [replace(p, severity=Severity.ERROR) for p in result.problems if p.kind in _PENDING]
    errors = [problem for problem in result.problems if problem.is_error]
    return (*errors, *pending, *_ties(submission, result), *([] if pending else _provisional(result)))


def _ties(submission: Submission, result: Result) -> Iterator[Problem]:
    for row, entry in zip(result.rows, submission.ids, strict=True):
        if row.status == "tied":
            yield error(entry.sheet, entry.cell, "tied", name=row.name or row.id)


def _provisional(result: Result) -> Iterator[Problem]:
    """Pools that something keeps open which no single cell tells."""
    for pool in result.quota:
        if pool.provisional:
            yield error("", "", "provisional", pool=pool.pool)
