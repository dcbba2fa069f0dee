"""Merging a folder of workbooks into one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from addin.merging.arrival import Arrival, Received
from addin.merging.book import Merging, write_book
from addin.merging.expected import Expected
from addin.merging.folder import Found, workbooks_in
from addin.merging.hints import Hint, hints
from addin.merging.journal import journal_of, opened
from addin.merging.last import Last
from addin.merging.messages import error
from addin.merging.receive import Trust, receive_all
from addin.merging.summary import Summary, counted_of, summaries
from addin.merging.verdicts import Verdict, judge
from addin.merging.workers import OpenPool, each
from calc.problem import Problem

__all__ = ["Wanted", "judged", "merge"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be merged, and against what."""

    expected: Sequence[Expected] | None = None
    """Who should send; None where there is no list."""
    period: str = ""
    """Empty: the one that most have."""
    trust: Trust = field(default_factory=Trust)
    last: Last | None = None
    """The mean totals of the period before."""


def merge(
    folder: Path,
    out: Path,
    open_pool: OpenPool,
    wanted: Wanted | None = None,
    tell: Callable[[int, int], None] = lambda _done, _of: None,
) -> Merging:
    """Receive every workbook in ``folder`` and below, and write the merged workbook to ``out``.

    What has been received is kept in a journal beside ``out``: after an interruption, or when more has arrived, only
    what is new or changed is received. ``tell`` is told how many of how many are done. The result is the same in
    whatever order and wherever the work was done. Raises OSError where folder, journal or output fail.
    """
    wanted = wanted or Wanted()
    there = list(workbooks_in(folder, out))
    with opened(journal_of(out), wanted.trust) as journal:
        todo = journal.still_to_do(there)
        by_name = {found.name: found for found in todo}
        done = len(there) - len(todo)
        tell(done, len(there))
        task = partial(receive_all, trust=wanted.trust)
        if todo:
            for received in each(open_pool, task, todo, _lost):
                journal.enter(received, by_name[received.arrival.file])
                done += 1
                tell(done, len(there))
        merging = judged(list(journal.arrivals()), wanted)
        write_book(merging, journal, out)
    return merging


def _lost(found: Found) -> Received:
    """A file on which a worker died."""
    return Received(Arrival(found.name, (error(found.name, "lost"),), 1))


def judged(arrivals: Sequence[Arrival], wanted: Wanted) -> Merging:
    """What the arrivals of a folder come to, whatever their order."""
    judgement = judge(arrivals, wanted.expected or (), wanted.period)
    branches: dict[str, Sequence[Summary]] = {}
    found: list[Hint] = []
    last = wanted.last or {}
    for name, contest in judgement.contests.items():
        counted = counted_of(arrivals, judgement, name)
        branches[name] = summaries(counted, judgement, name)
        units = [(judgement.branches[arrival.file], arrival) for arrival in counted]
        found += hints(contest, units, branches[name], last.get(name, {}))
    problems: list[Problem] = list(judgement.problems)
    if Verdict.COUNTED not in judgement.verdicts.values():
        problems.append(error("", "nothing"))
    return Merging(arrivals, judgement, branches, last, found, problems, wanted.expected is not None)
