"""Receiving one workbook: read, verified where it is sealed, reckoned where it is not. Runs in a worker process."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from addin.merging.arrival import Arrival, Received, contest_of, figures_of, persons_of
from addin.merging.folder import Found
from addin.merging.messages import error
from addin.parsing.values import plain_text
from addin.reading.refusal import Unreadable
from addin.sealing.keys import TrustedKey
from addin.sealing.unsettled import unsettled
from addin.sealing.untouched import untouched
from addin.sealing.verify import Verification, verify_grids, verify_untouched
from addin.workbook_file import file_contents, read_contents
from addin.workbook_input import parse_workbook
from calc.evaluate import evaluate
from calc.problem import Problem
from calc.result import Result
from calc.scheme import Scheme
from workbook_templates.grid import Grid
from workbook_templates.layout import SHEET
from workbook_templates.occasion import Occasion

__all__ = ["Trust", "receive", "receive_all"]

_MOST_PROBLEMS = 20
"""Errors of one workbook that are told one by one."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose signatures count, and whether there must be one."""

    keys: tuple[TrustedKey, ...] = ()
    required: bool = False


def receive_all(batch: Sequence[Found], trust: Trust) -> list[Received]:
    """Receive some workbooks; a fault of ours on one of them is that one's error, and the others go on."""
    done = []
    for found in batch:
        try:
            done.append(receive(found, trust))
        except Exception as fault:
            reason = f"{type(fault).__name__}: {fault}"
            done.append(Received(_refused(found.name, [error(found.name, "own_fault", reason=reason)])))
    return done


def receive(found: Found, trust: Trust) -> Received:
    """Receive one workbook. What is wrong with the file is in the arrival's problems."""
    with _all_kept():
        return _received(found, trust)


@contextmanager
def _all_kept() -> Iterator[None]:
    """No search for rings of garbage: thousands of cells are made, all are needed to the end, and none is in a ring."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _received(found: Found, trust: Trust) -> Received:
    path = Path(found.path)
    try:
        data = file_contents(path)
    except Unreadable as error:
        return Received(_refused(found.name, [error.why.problem(path.name, error.detail)]))
    if (whole := untouched(data)) is not None:
        return _sound(_sealed(found, verify_untouched(whole, trust.keys, require_signature=trust.required)))
    book = read_contents(data, path.name)
    if not book.grids:
        return Received(_refused(found.name, book.problems))
    if SHEET.seal not in book.grids:
        return _sound(_unsealed(found, book.grids, hashlib.sha256(data).hexdigest()))
    return _sound(_sealed(found, verify_grids(book.grids, trust.keys, require_signature=trust.required)))


def _sound(received: Received) -> Received:
    """Nothing counts of a workbook with errors."""
    return received if received.arrival.is_sound else replace(received, persons=())


def _sealed(found: Found, verified: Verification) -> Received:
    refused = _refused(found.name, verified.problems)
    if verified.seal is None:
        return Received(refused)
    record = verified.seal.record
    told = replace(
        refused,
        period=record.period,
        unit=plain_text(record.unit),
        sealed=True,
        revision=record.revision,
        sealed_on=record.sealed_on.isoformat(),
        digest=verified.seal.digest,
        signature=verified.state,
        signer=verified.signer,
    )
    if verified.scheme is None or verified.result is None or verified.occasion is None:
        return Received(told)
    return _with_rows(told, verified.scheme, verified.result, verified.occasion)


def _unsealed(found: Found, grids: Mapping[str, Grid], digest: str) -> Received:
    read = parse_workbook(grids)
    if read.scheme is None or read.submission is None:
        return Received(_refused(found.name, read.problems))
    result = evaluate(read.scheme, read.submission).with_problems(read.problems)
    errors = [problem for problem in result.problems if problem.is_error]
    told = replace(
        _refused(found.name, errors),
        period=result.period,
        unit=plain_text(read.unit),
        digest=digest,
        unsettled=len(unsettled(read.submission, result)) - len(errors),
    )
    return _with_rows(told, read.scheme, result, Occasion.of(read.scheme, read.submission, read.unit))


def _with_rows(told: Arrival, scheme: Scheme, result: Result, occasion: Occasion) -> Received:
    contest = contest_of(scheme)
    persons = persons_of(scheme, result, occasion.homes)
    winners = sum(1 for person in persons if person.won)
    figures = figures_of(contest, persons)
    missing = [error(told.file, f"no_{what}") for what in ("unit", "period") if not getattr(told, what).strip()]
    arrival = replace(
        told,
        problems=(*told.problems, *missing),
        errors=told.errors + len(missing),
        contest=contest,
        people=len(persons),
        winners=winners,
        figures=figures,
    )
    return Received(arrival, persons)


def _refused(file: str, problems: Sequence[Problem]) -> Arrival:
    """An arrival with the errors of the workbook and nothing else; each is told with the file's name."""
    errors = [problem for problem in problems if problem.is_error]
    told = [_of_file(file, problem) for problem in errors[:_MOST_PROBLEMS]]
    if len(errors) > len(told):
        told.append(error(file, "more_errors", n=len(errors) - len(told)))
    return Arrival(file, tuple(told), len(errors))


def _of_file(file: str, problem: Problem) -> Problem:
    """A workbook's problem among those of many: the file in the sheet's place, sheet and cell in the cell's."""
    if problem.sheet in (file, Path(file).name):
        return replace(problem, sheet=file)
    return replace(problem, sheet=file, cell=problem.place)
