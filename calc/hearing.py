"""The ballots of one panel while they are checked: what is void, what is missing, and what each mistake spoils."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import numpy as np

from calc.findings import Findings, problem_at
from calc.groups import Groups
from calc.heard import Given, Heard, Missed, People
from calc.methods.base import State
from calc.problem import Severity
from calc.quota import parse_quota
from calc.scheme.model import Scheme
from calc.scheme.panel import Item, Limit, Panel, read_turnout, turnout_words
from calc.submission import Entry, Mark
from calc.words import cited

__all__ = ["Hearing"]

_REACH = {"mark": "这项评分作废", "sheet": "这位评委给此人的评分作废", "rater": "这位评委的票全部作废"}


@dataclass
class Hearing:
    """What :func:`calc.ballots.hear` works with, one for each panel: it takes in every line, then is closed."""

    scheme: Scheme
    panel: Panel
    people: People
    found: Findings
    sheets: dict[tuple[str, int], dict[str, Given]] = field(default_factory=lambda: defaultdict(dict))
    """By rater and row what was handed in, item by item."""
    void: set[tuple[object, ...]] = field(default_factory=set)
    """Marks (rater, row, item), sheets (rater, row), raters of whom all is void."""
    own: set[tuple[str, int]] = field(default_factory=set)
    """Sheets of raters about themselves that do not count, though nothing is wrong with them."""
    broken: set[int] = field(default_factory=set)
    """Rows with an error in their marks."""

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """The items on the panel's ballot by id, in the scheme's order."""
        return {item.id: item for item in self.scheme.item if item.id in self.panel.items}

    @cached_property
    def weights(self) -> Mapping[str, Decimal]:
        """By rater, where the panel names its raters."""
        return {member.id: member.weight for member in self.panel.raters}

    def take(self, mark: Mark, row: int) -> None:
        """Take in one line about one row."""
        rater, item = str(mark.rater.value), self.items[str(mark.item.value)]
        values = {"rater": rater, "name": self.people.names[row], "item": item.label, "panel": self.panel.label}
        if self.weights and rater not in self.weights:
            return self._error(mark.rater, row, "ballot_rater", **values)
        if (rater == self.people.ids[row]) != (self.panel.own == "only") and self.panel.own in {"problem", "only"}:
            return self._error(mark.rater, row, f"ballot_own_{self.panel.own}", **values)
        sheet = self.sheets[rater, row]
        if item.id in sheet:
            return self._error(mark.score, row, "ballot_twice", **values)
        if rater == self.people.ids[row] and self.panel.own == "left_out":
            self.own.add((rater, row))
            self.found.warn(mark.rater, "ballot_own_left_out", **values)
        sheet[item.id] = Given(mark.score, None)
        value = mark.score.value
        if mark.score.bad or not isinstance(value, Decimal | str):
            if mark.score.bad:
                self._spoil([row])
            return None
        points, option = item.points(value), item.option(value)
        if points is not None:
            sheet[item.id] = Given(mark.score, points, "" if option is None else option.value)
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
        marks: dict[str, list[tuple[int, str, Given]]] = {item: [] for item in self.panel.items}
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
        size = self.panel.size
        return Heard(
            marks={item: tuple(m for m in given if int(groups[m[0]]) not in closed) for item, given in marks.items()},
            weights={rater: self.weights.get(rater, Decimal(1)) for rater, _ in self.sheets},
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
            for item in self.items.values() if (rater, row) not in self.own else ():
                mark = sheet.get(item.id)
                if mark is not None and (mark.points is not None or mark.entry.value is not None or mark.entry.bad):
                    continue
                entry = next(iter(sheet.values())).entry if mark is None else mark.entry
                values = {"rater": rater, "name": self.people.names[row], "item": item.label}
                if item.blank == "problem":
                    self._error(entry, row, "ballot_blank", **values)
                elif item.blank == "zero":
                    sheet[item.id] = Given(entry, Decimal(0))
                elif item.blank == "void":
                    self._void(entry, {(rater, row, item.id)}, "ballot_blank_void", **values)

    def _limit(self, limit: Limit) -> None:
        """Raters who gave too many, or too few, the marks that are limited."""
        groups = self.people.groups(self.panel.within)
        given: dict[tuple[str, int], dict[int, Given]] = defaultdict(dict)
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
                clause = cited(limit.clause or self.panel.clause)
                values = {"rater": rater, "n": len(limited), "allowed": allowed, "of": base,
                          "what": _limited_words(limit), "clause": clause}  # fmt: skip
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
                "clause": cited(self.panel.clause)}  # fmt: skip

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
                wanted = set(self.weights) or present[int(groups[row])]
                wanted = wanted if self.panel.own == "counts" else wanted - {identity}
            absent = sorted(rater for rater in wanted if (rater, row) not in self.sheets)
            if absent or not wanted:
                names = "、".join(absent[:5]) + (f"等 {len(absent)} 人" if len(absent) > 5 else "")
                key = "ballot_none" if not wanted else "ballot_absent"
                values: dict[str, object] = {
                    "panel": self.panel.label, "name": self.people.names[row], "raters": names,
                }  # fmt: skip
                yield Missed(row, self.panel, problem_at(Severity.ERROR, self.people.entries[row], key, values))


def _takes(item: Item) -> str:
    """What an item takes, in words."""
    if item.options:
        return "、".join(option.value for option in item.options)
    return f"{item.min:f} 至 {item.max:f}"


def _is_limited(limit: Limit, mark: Given) -> bool:
    if limit.from_points is None:
        return mark.option in limit.options
    return mark.points is not None and mark.points >= limit.from_points


def _limited_words(limit: Limit) -> str:
    return "、".join(limit.options) if limit.options else f"{limit.from_points:f} 分以上"
