"""The merged workbook: who has sent, a national ranking and the branches of each contest, hints, problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from addin.merging.arrival import TOTAL, Arrival, Contest
from addin.merging.hints import Hint
from addin.merging.journal import Journal, Placed
from addin.merging.last import Last
from addin.merging.messages import COLUMNS, NOTES, SHEETS, SIGNATURES, STATES, TITLES
from addin.merging.sheets import Book, Content, Heading
from addin.merging.summary import Summary, counted_of, mean_of, shown
from addin.merging.verdicts import Judgement, Verdict
from calc.period import period_label
from calc.problem import Problem
from workbook_templates.results import SEVERITY_WORDS
from workbook_templates.save import written_beside

__all__ = ["SENDER_COLUMNS", "Merging", "senders", "write_book"]

SENDER_COLUMNS = {
    "branch": 18, "unit": 22, "contest": 22, "state": 18, "revision": 6, "sealed_on": 12, "signature": 20, "people": 7,
    "winners": 7, "file": 36, "digest": 20,
}  # fmt: skip
"""The columns of who has sent and who has not, and their widths."""
_NOTHING_SENT = [None] * (len(SENDER_COLUMNS) - 4)
_CHARTED = 30
"""Branches that a chart can show."""


@dataclass(frozen=True, slots=True)
class Merging:
    """Everything that the merged workbook says, but for the rows."""

    arrivals: Sequence[Arrival]
    judgement: Judgement
    branches: Mapping[str, Sequence[Summary]]
    """By contest."""
    last: Last
    """Of the period before."""
    hints: Sequence[Hint]
    problems: Sequence[Problem]
    listed: bool
    """There is a list of who should send."""

    @property
    def by_branch(self) -> bool:
        """The units belong to branches; else each stands for itself, as the outlets do that send to one branch."""
        judgement = self.judgement
        return any(judgement.branches[arrival.file] != arrival.unit for arrival in self.arrivals) or any(
            entry.branch for entry in judgement.missing
        )

    @property
    def words(self) -> Mapping[str, str]:
        """What the groups and the rank among all are called."""
        own = "" if self.by_branch else "own_"
        return {"group": COLUMNS[f"{own}branch"], "place": COLUMNS[f"{own}place"]}


def write_book(merging: Merging, journal: Journal, out: Path) -> None:
    """Write the merged workbook; the target holds the old file or the new one. Raises OSError."""
    with written_beside(out) as temporary:
        book = Book(str(temporary))
        _senders_sheet(book, merging)
        for contest in merging.judgement.contests.values():
            _ranking_sheet(book, merging, contest, journal)
            _branches_sheet(book, merging, contest)
        _hints_sheet(book, merging)
        _problems_sheet(book, merging)
        book.close()


def _columns(*parts: tuple[str, float]) -> list[Heading]:
    return [Heading(COLUMNS[name], width) for name, width in parts]


def senders(merging: Merging) -> Iterator[tuple[Content, ...]]:
    """Who has sent and who has not, the missing first; the columns are SENDER_COLUMNS."""
    judgement = merging.judgement
    titles = {contest.id: contest.title for contest in judgement.contests.values()}
    for entry in judgement.missing:
        state = STATES["not_counted" if entry.sent else "not_sent"]
        yield entry.branch, entry.unit, titles.get(entry.contest, entry.contest), state, *_NOTHING_SENT
    order = {verdict: n for n, verdict in enumerate(reversed(Verdict))}
    for arrival in sorted(
        merging.arrivals,
        key=lambda a: (order[judgement.verdicts[a.file]], judgement.branches[a.file], a.unit, a.file),
    ):
        signature = SIGNATURES[arrival.signature if arrival.sealed else ""].format(signer=arrival.signer)
        is_read = judgement.verdicts[arrival.file] is not Verdict.UNREADABLE
        yield (
            judgement.branches[arrival.file] if is_read else None, arrival.unit,
            "" if arrival.contest is None else arrival.contest.title,
            STATES[judgement.verdicts[arrival.file]], arrival.revision or None, arrival.sealed_on,
            signature if is_read else None, arrival.people or None, arrival.winners if arrival.people else None,
            arrival.file, arrival.digest if arrival.sealed else None,
        )  # fmt: skip


def _senders_sheet(book: Book, merging: Merging) -> None:
    missing, files = len(merging.judgement.missing), len(merging.arrivals)
    counted = sum(1 for verdict in merging.judgement.verdicts.values() if verdict is Verdict.COUNTED)
    note = NOTES["senders" if merging.listed else "senders_unlisted"]
    lines = [TITLES["senders"], note.format(wanted=counted + missing, counted=counted, missing=missing, files=files)]
    headings = [Heading(COLUMNS[name], width, cut=name == "digest") for name, width in SENDER_COLUMNS.items()]
    first = 0 if merging.by_branch else 1
    book.table(SHEETS["senders"], lines, headings[first:], (row[first:] for row in senders(merging)))


def _subtitle(contest: Contest, judgement: Judgement) -> str:
    period = period_label(judgement.periods[contest.id])
    return TITLES["contest"].format(contest=contest.id, version=contest.version, period=period)


def _ranking_sheet(book: Book, merging: Merging, contest: Contest, journal: Journal) -> None:
    words, by_branch = merging.words, merging.by_branch
    notes = [NOTES["unranked"].format(**words)]
    if contest.by_total:
        notes = [NOTES["ranking"].format(order="由低到高" if contest.lowest_first else "由高到低", **words)]
        notes += [NOTES["relative"].format(labels="、".join(contest.relative), **words)] if contest.relative else []
    lines = [TITLES["ranking"].format(title=contest.title, **words), _subtitle(contest, merging.judgement), *notes]
    headings = [
        Heading(words["place"], 9),
        *(_columns(("branch", 18)) if by_branch else []),
        *_columns(("unit", 20)),
        *([Heading(contest.pool_label, 20)] if contest.pool_label else []),
        Heading(contest.id_label, 13),
        Heading(contest.name_label, 11),
        *(Heading(i.label, 10, points=True) for i in contest.indicators),
        Heading(COLUMNS["total"], 10, points=True),
        *_columns(("rank", 9), ("outcome", 11)),
    ]
    counted = counted_of(merging.arrivals, merging.judgement, contest.id)
    placed = journal.ranking((a.file, merging.judgement.branches[a.file], a.unit) for a in counted)
    book.table(contest.title, lines, headings, (_person(entry, contest, by_branch) for entry in placed))


def _person(entry: Placed, contest: Contest, by_branch: bool) -> list[Content]:
    person = entry.person
    return [
        entry.rank,
        *([entry.branch] if by_branch else []),
        entry.unit,
        *([person.pool] if contest.pool_label else []),
        person.id,
        person.name,
        *(person.points or [None] * len(contest.indicators)),
        person.total,
        person.rank,
        person.outcome,
    ]


def _branches_sheet(book: Book, merging: Merging, contest: Contest) -> None:
    branches, last, words = merging.branches[contest.id], merging.last.get(contest.id, {}), merging.words
    headings = [
        Heading(words["group"], 20),
        *_columns(("counted", 7), ("missing", 8), ("people", 8), ("scored", 8), ("winners", 8)),
        Heading(COLUMNS["share"], 11, points=True),
        *(Heading(COLUMNS[name], 10, points=True) for name in ("mean", "high", "low")),
        *([Heading(COLUMNS["last"], 10, points=True)] if last else []),
        *(Heading(COLUMNS["mean_of"].format(label=i.label), 11, points=True) for i in contest.indicators),
    ]
    title = TITLES["branches"].format(title=contest.title, **words)
    lines = [title, _subtitle(contest, merging.judgement), NOTES["branches"]]
    rows = [_branch(entry, contest, last) for entry in branches]
    sheet, head = book.table(SHEETS["branches"].format(title=contest.title, **words), lines, headings, rows)
    drawn = min(_CHARTED, sum(1 for entry in branches if TOTAL in entry.figures))
    if drawn:
        below = head + len(rows) + 3
        for name, column, place in (("means", 7, "A"), ("shares", 6, "I")):
            book.chart(
                sheet, f"{place}{below}", TITLES[name].format(n=drawn, **words), (head + 1, head + drawn, 0, column)
            )


def _branch(entry: Summary, contest: Contest, last: Mapping[str, Fraction]) -> list[Content]:
    total = entry.figures.get(TOTAL)
    share = Fraction(100 * entry.winners, entry.people) if entry.people else None
    ends = (None, None) if total is None else (total.high, total.low)
    return [
        entry.branch, entry.counted, entry.missing, entry.people, 0 if total is None else total.count, entry.winners,
        shown(share), shown(mean_of(total)), *ends, *([shown(last.get(entry.branch))] if last else []),
        *(shown(mean_of(entry.figures.get(i.id))) for i in contest.indicators),
    ]  # fmt: skip


def _hints_sheet(book: Book, merging: Merging) -> None:
    headings = _columns(("contest", 24), ("branch", 20), ("unit", 22), ("kind", 16), ("hint", 80))
    rows = [(hint.contest, hint.branch, hint.unit, hint.kind, hint.text) for hint in merging.hints]
    lines = [TITLES["hints"], NOTES["hints"]]
    book.table(SHEETS["hints"], lines, headings, rows or [(NOTES["none"], *[None] * 4)])


def _problems_sheet(book: Book, merging: Merging) -> None:
    headings = _columns(("severity", 7), ("file", 36), ("cell", 16), ("message", 60), ("advice", 44))
    errors = sum(1 for problem in merging.problems if problem.is_error)
    note = NOTES["problems"].format(errors=errors, warnings=len(merging.problems) - errors)
    rows = _problems(merging.problems)
    book.table(SHEETS["problems"], [TITLES["problems"], note], headings, rows)


def _problems(problems: Sequence[Problem]) -> Iterable[Sequence[Content]]:
    for problem in sorted(problems, key=lambda problem: not problem.is_error):
        yield SEVERITY_WORDS[problem.severity], problem.sheet, problem.cell, problem.message, problem.hint
