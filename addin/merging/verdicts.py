"""Which of the workbooks that arrived count: of each unit the newest sound one of the period and version wanted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from addin.merging.arrival import Arrival, Contest
from addin.merging.expected import Expected, wanted_of
from addin.merging.messages import error, warning
from calc.period import Period
from calc.problem import Problem
from calc.scheme import load_scheme

__all__ = ["Judgement", "Missing", "Verdict", "judge"]


class Verdict(StrEnum):
    """What becomes of a workbook."""

    COUNTED = "counted"
    OLDER = "older"
    """Another revision of the same unit replaces it."""
    DUPLICATE = "duplicate"
    UNDECIDED = "undecided"
    """Another one of the same unit is as new and says something else: neither counts."""
    OTHER_PERIOD = "other_period"
    OTHER_VERSION = "other_version"
    UNSOUND = "unsound"
    """It has errors, or does not verify."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Missing:
    """A unit of the list of which nothing counts."""

    unit: str
    branch: str
    contest: str
    sent: bool
    """It has sent something that cannot be counted."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of each workbook, and who is missing."""

    contests: Mapping[str, Contest]
    """By id, in the order of ids, those of which something arrived."""
    periods: Mapping[str, str]
    """By contest, the period that is merged."""
    verdicts: Mapping[str, Verdict]
    """By file."""
    branches: Mapping[str, str]
    """By file, the branch that its unit belongs to."""
    missing: tuple[Missing, ...]
    problems: tuple[Problem, ...]


def judge(arrivals: Sequence[Arrival], expected: Sequence[Expected] = (), period: str = "") -> Judgement:
    """Judge all arrivals of a folder, whatever their order.

    The period wanted is ``period``, else the one that most workbooks of a contest have (the latest of equals); the
    version wanted is that of the scheme shipped here, else the one that most have (the latest of equals).
    """
    arrivals = sorted(arrivals, key=lambda arrival: (len(arrival.file), arrival.file))  # 甲.xlsx before 甲 (1).xlsx
    verdicts: dict[str, Verdict] = {}
    problems: list[Problem] = []
    groups: dict[str, list[tuple[Arrival, Contest]]] = defaultdict(list)
    for arrival in arrivals:
        problems += arrival.problems
        if arrival.contest is not None:
            groups[arrival.contest.id].append((arrival, arrival.contest))
        if not arrival.is_sound:
            is_read = arrival.contest is not None or arrival.sealed
            verdicts[arrival.file] = Verdict.UNSOUND if is_read else Verdict.UNREADABLE
    contests: dict[str, Contest] = {}
    periods: dict[str, str] = {}
    for name, group in sorted(groups.items()):
        sound = [(arrival, contest) for arrival, contest in group if arrival.is_sound] or group
        version = _version(name, [contest.version for _, contest in sound])
        contests[name] = next((contest for _, contest in sound if contest.version == version), sound[0][1])
        periods[name] = _period([a.period for a, c in sound if c.version == version] or [""], period)
        problems += _one_contest(
            [a for a, _ in sound if a.is_sound], contests[name], (version, periods[name]), verdicts
        )
    branches = _branches(arrivals, expected)
    counted = [arrival for arrival in arrivals if verdicts[arrival.file] is Verdict.COUNTED]
    problems += _strangers(counted, expected)
    missing = tuple(_missing(arrivals, counted, expected, sorted(contests)))
    problems += [_missed(entry, contests) for entry in missing]
    return Judgement(contests, periods, verdicts, branches, missing, tuple(problems))


def _one_contest(
    arrivals: Sequence[Arrival], contest: Contest, wanted: tuple[str, str], verdicts: dict[str, Verdict]
) -> Iterator[Problem]:
    """Judge the sound arrivals of one contest; ``wanted`` are its version and period."""
    by_unit: dict[str, list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        other = _elsewhere(arrival, contest.title, *wanted)
        if other is None:
            by_unit[arrival.unit].append(arrival)
        else:
            verdicts[arrival.file], said = other
            yield said
    for sent in by_unit.values():
        yield from _one_unit(sent, verdicts)


def _version(contest: str, found: Sequence[str]) -> str:
    try:
        return load_scheme(contest).scheme.version
    except KeyError:
        return _most(found)


def _period(found: Sequence[str], wanted: str) -> str:
    """The period wanted, if it is of the contest's kind (a folder may hold months and quarters)."""
    usual = _most(found)
    asked, there = Period.parse(wanted), Period.parse(usual)
    same_kind = asked is not None and (there is None or asked.kind == there.kind)
    return wanted if same_kind else usual


def _most(found: Iterable[str]) -> str:
    """The commonest; of equals the last in order."""
    return max(Counter(found).items(), key=lambda entry: (entry[1], entry[0]))[0]


def _elsewhere(arrival: Arrival, title: str, version: str, period: str) -> tuple[Verdict, Problem] | None:
    """Why an arrival belongs to another merging; None where it belongs to this one."""
    found = "" if arrival.contest is None else arrival.contest.version
    if found != version:
        values = {"title": title, "found": found, "wanted": version}
        return Verdict.OTHER_VERSION, error(arrival.file, "other_version", **values)
    if arrival.period != period:
        return Verdict.OTHER_PERIOD, error(arrival.file, "other_period", found=arrival.period, wanted=period)
    return None


def _one_unit(sent: Sequence[Arrival], verdicts: dict[str, Verdict]) -> Iterator[Problem]:
    """Judge what one unit has sent for one contest and period."""
    first: dict[str, Arrival] = {}
    for arrival in sent:
        same = first.setdefault(arrival.digest, arrival)
        if same is not arrival:
            verdicts[arrival.file] = Verdict.DUPLICATE
            yield warning(arrival.file, "duplicate", other=same.file)
    newest = max(map(_age, first.values()))
    latest = [arrival for arrival in first.values() if _age(arrival) == newest]
    for arrival in first.values():
        if arrival not in latest:
            verdicts[arrival.file] = Verdict.OLDER
            yield _replaced(arrival, latest[0])
        elif len(latest) > 1:
            verdicts[arrival.file] = Verdict.UNDECIDED
            other = next(each.file for each in latest if each is not arrival)
            key = "undecided" if arrival.sealed else "undecided_unsealed"
            yield error(arrival.file, key, unit=arrival.unit, other=other)
        else:
            verdicts[arrival.file] = Verdict.COUNTED
            if not arrival.sealed:
                yield warning(arrival.file, "unsealed")
            if arrival.unsettled:
                yield warning(arrival.file, "unsettled", n=arrival.unsettled)


def _age(arrival: Arrival) -> tuple[bool, int, str]:
    """Sealed before unsealed, then by revision and day; a file's own time says nothing after it was mailed."""
    return arrival.sealed, arrival.revision, arrival.sealed_on


def _replaced(arrival: Arrival, newest: Arrival) -> Problem:
    if not arrival.sealed:
        return warning(arrival.file, "sealed_instead", unit=arrival.unit, other=newest.file)
    values = {"revision": arrival.revision, "newest": newest.revision, "other": newest.file}
    return warning(arrival.file, "older", **values)


def _branches(arrivals: Sequence[Arrival], expected: Sequence[Expected]) -> dict[str, str]:
    """The branch of the list, else the folder that a file lies in, else the unit itself."""
    known = {entry.unit: entry.branch for entry in expected if entry.branch}
    return {a.file: known.get(a.unit) or (a.file.split("/")[0] if "/" in a.file else a.unit) for a in arrivals}


def _strangers(counted: Sequence[Arrival], expected: Sequence[Expected]) -> Iterator[Problem]:
    units = {entry.unit for entry in expected}
    for arrival in counted:
        if units and arrival.unit not in units:
            yield warning(arrival.file, "stranger", unit=arrival.unit)


def _missing(
    arrivals: Sequence[Arrival], counted: Sequence[Arrival], expected: Sequence[Expected], contests: Sequence[str]
) -> Iterator[Missing]:
    there = {(a.unit, a.contest.id) for a in counted if a.contest is not None}
    sent = {(a.unit, a.contest.id) for a in arrivals if a.contest is not None}
    for entry, contest in wanted_of(expected, contests or [""]):
        if (entry.unit, contest) not in there:
            yield Missing(entry.unit, entry.branch, contest, (entry.unit, contest) in sent)


def _missed(entry: Missing, contests: Mapping[str, Contest]) -> Problem:
    title = contests[entry.contest].title if entry.contest in contests else entry.contest
    return error("", "not_counted" if entry.sent else "not_sent", unit=entry.unit, title=title)
