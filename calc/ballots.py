"""Checking what panels of raters handed in: who rated whom, what is void, what is missing.

Out of it come the marks that count, as columns; how many raters there were; and what is missing, which matters only
for those whom a panel has to judge at all (:func:`still_missed`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from calc.findings import Findings, problem_at
from calc.groups import Groups
from calc.methods.base import Ballots, Marks, State
from calc.number import MAX_NUMBER, Arithmetic, Mask
from calc.problem import Problem, Severity
from calc.quota import parse_quota
from calc.scheme.model import Scheme
from calc.scheme.panel import Item, Limit, Panel, Rater, read_turnout, turnout_words
from calc.submission import Entry, Mark, Member, Submission

__all__ = ["Heard", "Missed", "People", "hear", "still_missed"]

Ints = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class People:
    """Those who are judged: their ids, what to call them, the cells of their ids, and how they are grouped."""

    ids: tuple[str, ...]
    names: Sequence[str]
    entries: tuple[Entry, ...]
    pools: Sequence[str]
    texts: Mapping[str, Sequence[str]]

    def groups(self, within: str) -> Groups:
        """The group of each row as a code; see :data:`calc.methods.base.Within`."""
        if within == "all":
            return np.zeros(len(self.ids), dtype=np.intp)
        texts = self.pools if within == "pool" else self.texts[within]
        return np.asarray(np.unique(texts, return_inverse=True)[1], dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Missed:
    """A ballot that is not there, or too few of them: an error for the row only if the panel has to judge it."""

    row: int
    panel: Panel
    problem: Problem


@dataclass(frozen=True, slots=True)
class _Given:
    """One mark as it was handed in; ``points`` None for a blank or for what the item does not take."""

    entry: Entry
    points: Decimal | None
    option: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one panel has handed in, checked."""

    marks: Mapping[str, tuple[tuple[int, str, _Given], ...]]
    """Of each item the marks that count: row, rater, mark."""
    weights: Mapping[str, Decimal]
    """Of each rater."""
    present: Ints
    valid: Ints
    expected: tuple[Decimal | None, ...]
    state: npt.NDArray[np.int8]
    missed: tuple[Missed, ...]

    def columns(self, arithmetic: Arithmetic, rows: Mask) -> Ballots:
        """The same as arrays of one kind of number, of some of the rows."""
        place = np.cumsum(rows) - 1
        codes = {rater: code for code, rater in enumerate(sorted(self.weights))}
        items = {}
        for item, marks in self.marks.items():
            here = [(int(place[row]), rater, mark) for row, rater, mark in marks if rows[row]]
            items[item] = Marks(
                row=np.array([row for row, _, _ in here], dtype=np.intp),
                rater=np.array([codes[rater] for _, rater, _ in here], dtype=np.intp),
                points=arithmetic.column([mark.points for _, _, mark in here]),
                option=np.array([mark.option for _, _, mark in here], dtype=object),
                weight=arithmetic.column([self.weights[rater] for _, rater, _ in here]),
            )

        def counted(numbers: Ints) -> list[Decimal]:
            return [Decimal(int(number)) for number in numbers[rows]]

        expected = [number for number, here in zip(self.expected, rows, strict=True) if here]
        return Ballots(
            items=items,
            present=arithmetic.column(counted(self.present)),
            valid=arithmetic.column(counted(self.valid)),
            expected=arithmetic.column(expected),
            state=self.state[rows],
        )


def hear(scheme: Scheme, submission: Submission, people: People, found: Findings) -> dict[str, Heard]:
    """What each panel has handed in. Lines that cannot be understood are Problems of their own."""
    known = _with_listed(scheme, submission.raters, found)
    panels = {panel.id: _Hearing(scheme, panel, people, found) for panel in known}
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


@dataclass
class _Hearing:
    """The ballots of one panel while they are being checked; what :func:`hear` works with."""

    scheme: Scheme
    panel: Panel
    people: People
    found: Findings
    sheets: dict[tuple[str, int], dict[str, _Given]] = field(default_factory=lambda: defaultdict(dict))
    """By rater and row what was handed in, item by item."""
    void: set[tuple[object, ...]] = field(default_factory=set)
    """Marks (rater, row, item), sheets (rater, row), raters of whom all is void."""
    own: set[tuple[str, int]] = field(default_factory=set)
    """Sheets of raters about themselves that do not count, though nothing is wrong with them."""
    broken: set[int] = field(default_factory=set)
    """Rows with an error in their marks."""

    @property
    def items(self) -> list[Item]:
        """The items on the panel's ballot."""
        return [item for item in self.scheme.item if item.id in self.panel.items]

    def take(self, mark: Mark, row: int) -> None:
        """Take in one line about one row."""
        rater, item = str(mark.rater.value), next(i for i in self.items if i.id == mark.item.value)
        values = {"rater": rater, "name": self.people.names[row], "item": item.label, "panel": self.panel.label}
        if self.panel.raters and rater not in {member.id for member in self.panel.raters}:
            return self._error(mark.rater, row, "ballot_rater", **values)
        if (rater == self.people.ids[row]) != (self.panel.own == "only") and self.panel.own in {"problem", "only"}:
            return self._error(mark.rater, row, f"ballot_own_{self.panel.own}", **values)
        sheet = self.sheets[rater, row]
        if item.id in sheet:
            return self._error(mark.score, row, "ballot_twice", **values)
        if rater == self.people.ids[row] and self.panel.own == "left_out":
            self.own.add((rater, row))
            self.found.warn(mark.rater, "ballot_own_left_out", **values)
        sheet[item.id] = _Given(mark.score, None)
        value = mark.score.value
        if mark.score.bad or not isinstance(value, Decimal | str):
            if mark.score.bad:
                self._spoil([row])
            return None
        points, option = item.points(value), item.option(value)
        if points is not None:
            sheet[item.id] = _Given(mark.score, points, "" if option is None else option.value)
        elif item.unreadable == "problem":
            self._error(mark.score, row, "ballot_score", value=value, takes=_takes(item), **values)
        else:
            self._void(mark.score, {(rater, row, item.id)}, "ballot_score_void", value=value, **values)
        return None

    def closed(self) -> Heard:
        """The outcome, when all lines have been taken in."""
        self._blanks()
        for limit in self.panel.limit:
            self._limit(limit)
        groups = self.people.groups(self.panel.within)
        marks: dict[str, list[tuple[int, str, _Given]]] = {item: [] for item in self.panel.items}
        present: dict[int, set[str]] = defaultdict(set)
        valid: dict[int, set[str]] = defaultdict(set)
        for (rater, row), sheet in self.sheets.items():
            present[int(groups[row])].add(rater)
            for item, mark in sheet.items():
                if mark.points is not None and not self._is_out(rater, row, item):
                    marks[item].append((row, rater, mark))
                    valid[int(groups[row])].add(rater)
        missed = [*self._turnout(groups, present), *self._absent(groups, present)]
        state = np.zeros(len(groups), dtype=np.int8)
        state[[*self.broken, *(miss.row for miss in missed)]] = State.BAD
        closed = self._closed_groups(groups, present)
        weights = {member.id: member.weight for member in self.panel.raters}
        size = self.panel.size
        return Heard(
            marks={item: tuple(m for m in given if int(groups[m[0]]) not in closed) for item, given in marks.items()},
            weights={rater: weights.get(rater, Decimal(1)) for rater, _ in self.sheets},
            present=np.array([len(present[int(group)]) for group in groups], dtype=np.intp),
            valid=np.array([0 if int(group) in closed else len(valid[int(group)]) for group in groups], dtype=np.intp),
            expected=(None if size is None else Decimal(size),) * len(groups),
            state=state,
            missed=tuple(missed),
        )

    def _spoil(self, rows: Iterable[int]) -> None:
        for row in rows:
            self.broken.add(row)
            self.found.spoil(row, self.panel.label)

    def _error(self, entry: Entry, row: int, key: str, **values: object) -> None:
        self.found.error(entry, key, **values)
        self._spoil([row])

    def _void(self, entry: Entry, marks: set[tuple[str, int, str]], key: str, **values: object) -> None:
        """Make marks void, and as much around them as the panel says."""
        reach = self.panel.void or "mark"
        self.found.warn(entry, key, reach=_REACH[reach], **values)
        self.void |= {{"mark": mark, "sheet": mark[:2], "rater": mark[:1]}[reach] for mark in marks}

    def _is_out(self, rater: str, row: int, item: str) -> bool:
        """True for a mark that is void or does not count."""
        return not self.void.isdisjoint({(rater,), (rater, row), (rater, row, item)}) or (rater, row) in self.own

    def _blanks(self) -> None:
        """Items that a rater left blank on a sheet."""
        for (rater, row), sheet in self.sheets.items():
            for item in self.items if (rater, row) not in self.own else ():
                mark = sheet.get(item.id)
                if mark is not None and (mark.points is not None or mark.entry.value is not None or mark.entry.bad):
                    continue
                entry = next(iter(sheet.values())).entry if mark is None else mark.entry
                values = {"rater": rater, "name": self.people.names[row], "item": item.label}
                if item.blank == "problem":
                    self._error(entry, row, "ballot_blank", **values)
                elif item.blank == "zero":
                    sheet[item.id] = _Given(entry, Decimal(0))
                elif item.blank == "void":
                    self._void(entry, {(rater, row, item.id)}, "ballot_blank_void", **values)

    def _limit(self, limit: Limit) -> None:
        """Raters who gave too many, or too few, the marks that are limited."""
        groups = self.people.groups(self.panel.within)
        given: dict[tuple[str, int], dict[int, _Given]] = defaultdict(dict)
        for (rater, row), sheet in self.sheets.items():
            mark = sheet.get(limit.item)
            if mark is not None and mark.points is not None and not self._is_out(rater, row, limit.item):
                given[rater, int(groups[row])][row] = mark
        for (rater, group), marks in given.items():
            base = len(marks) if limit.of == "marked" else int(np.count_nonzero(groups == group))
            limited = {row: mark for row, mark in marks.items() if _is_limited(limit, mark)}
            for key, rule, rows in (("ballot_most", limit.most, limited), ("ballot_least", limit.least, marks)):
                allowed = len(limited) if rule is None else parse_quota(rule).seats(base)
                if len(limited) == allowed or (len(limited) < allowed) == (key == "ballot_most"):
                    continue
                values = {"rater": rater, "n": len(limited), "allowed": allowed, "of": base,
                          "what": _limited_words(limit), "clause": limit.clause or self.panel.clause}  # fmt: skip
                entry = next(iter(rows.values())).entry
                if limit.over == "void":
                    self._void(entry, {(rater, row, limit.item) for row in rows}, f"{key}_void", **values)
                else:
                    self.found.error(entry, key, **values)
                    self._spoil(rows)

    def _is_short(self, present: int) -> bool:
        turnout = self.panel.turnout
        return turnout is not None and not read_turnout(turnout).met(present, self.panel.size)

    def _closed_groups(self, groups: Groups, present: Mapping[int, set[str]]) -> set[int]:
        """Groups in which the turnout was so small that nothing counts."""
        if self.panel.below_turnout != "void":
            return set()
        short = {int(group) for group in groups if self._is_short(len(present[int(group)]))}
        for group in sorted(short):
            self.found.warn(self._place(), "turnout_void", **self._turnout_words(len(present[group])))
        return short

    def _turnout(self, groups: Groups, present: Mapping[int, set[str]]) -> Iterable[Missed]:
        """Too few raters, or more than there are, or nobody knows how many there should be."""
        size, shares = self.panel.size, [getattr(i, "share_of", "") for i in self.scheme.indicator
                                         if self.panel.id in i.reads().panels]  # fmt: skip
        turnout = None if self.panel.turnout is None else read_turnout(self.panel.turnout)
        unknown = size is None and ("expected" in shares or (turnout is not None and turnout.is_share))
        for row, group in enumerate(groups):
            n = len(present[int(group)])
            key = ""
            if unknown:
                key = "expected_missing"
            elif size is not None and n > size:
                key = "turnout_more"
            elif self.panel.below_turnout == "problem" and self._is_short(n):
                key = "turnout_short"
            elif self.panel.absent == "problem" and size is not None and n < size and not self.panel.raters:
                key = "turnout_missing"
            if key:
                yield Missed(row, self.panel, problem_at(Severity.ERROR, self._place(), key, self._turnout_words(n)))

    def _turnout_words(self, present: int) -> dict[str, object]:
        turnout = turnout_words(self.panel.turnout or "")
        return {"panel": self.panel.label, "present": present, "expected": self.panel.size or "", "turnout": turnout,
                "clause": self.panel.clause}  # fmt: skip

    def _place(self) -> Entry:
        """The sheet of the ballots, where there are any."""
        sheets = (mark.entry.sheet for sheet in self.sheets.values() for mark in sheet.values())
        return Entry(sheet=next(sheets, ""))

    def _absent(self, groups: Groups, present: Mapping[int, set[str]]) -> Iterable[Missed]:
        """Raters without a mark for somebody whom they have to judge."""
        if self.panel.absent != "problem":
            return
        for row, identity in enumerate(self.people.ids):
            if self.panel.own == "only":
                wanted = {identity}
            else:
                wanted = {member.id for member in self.panel.raters} or present[int(groups[row])]
                wanted = wanted if self.panel.own == "counts" else wanted - {identity}
            absent = sorted(rater for rater in wanted if (rater, row) not in self.sheets)
            if absent or not wanted:
                names = "、".join(absent[:5]) + (f"等 {len(absent)} 人" if len(absent) > 5 else "")
                key = "ballot_none" if not wanted else "ballot_absent"
                values: dict[str, object] = {
                    "panel": self.panel.label, "name": self.people.names[row], "raters": names,
                }  # fmt: skip
                yield Missed(row, self.panel, problem_at(Severity.ERROR, self.people.entries[row], key, values))


_REACH = {"mark": "这项评分作废", "sheet": "这位评委给此人的评分作废", "rater": "这位评委的票全部作废"}


def _takes(item: Item) -> str:
    """What an item takes, in words."""
    if item.options:
        return "、".join(option.value for option in item.options)
    return f"{item.min:f} 至 {item.max:f}"


def _is_limited(limit: Limit, mark: _Given) -> bool:
    if limit.from_points is None:
        return mark.option in limit.options
    return mark.points is not None and mark.points >= limit.from_points


def _limited_words(limit: Limit) -> str:
    return "、".join(limit.options) if limit.options else f"{limit.from_points:f} 分以上"


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
