"""Every number explains itself: for each row the inputs, the rule with its clause, and the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from calc.allotment import Allotment
from calc.check import Checked
from calc.methods import Indicator
from calc.methods.base import Frame, State, show
from calc.number import Number, missing
from calc.quota import Fixed
from calc.reckon import Reckoned
from calc.requirements import Outcome, Requirement
from calc.result import RowResult, TraceLine
from calc.rewards import Grant
from calc.scheme.model import Scheme
from calc.scheme.phrases import grading_words, label_of, rank_words, rule_words, total_words
from calc.submission import Ruling
from calc.titles import TitleOutcome
from calc.total import counts_without
from calc.winners import Seats
from calc.words import GRADES, RULING_DECISIONS, RULING_KINDS, TRACE, ask

__all__ = ["Standing", "explain_rewards", "explain_row", "explain_titles"]

_ABSENT: Mapping[int, str] = {State.UNDEFINED: "undefined", State.PENDING: "pending", State.BAD: "missing"}
_OUTCOMES: Mapping[int, str] = {
    Outcome.MET: "met",
    Outcome.FAILED: "failed",
    Outcome.PENDING: "requirement_pending",
    Outcome.UNKNOWN: "unknown",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How the row's pool came out."""

    pool: str
    seats: Seats
    allotment: Allotment
    ranked: int
    withheld: bool
    provisional: bool
    rulings: tuple[Ruling, ...]
    """The rulings about the row."""
    approved: int | None
    """Seats that a ruling approved for the pool."""


def explain_row(
    scheme: Scheme,
    checked: Checked,
    frame: Frame | None,
    reckoned: Reckoned,
    row: int,
    result: RowResult,
    standing: Standing,
) -> Iterator[TraceLine]:
    """The trace of one row: indicators in the scheme's order, requirements, total, rank, outcome.

    ``frame`` and ``reckoned`` are exact and cover all rows. Without a frame there are no rules and no arithmetic, and
    the rest is the same.
    """
    id_, points = result.id, {**(result.points or {}), **(result.columns or {})}
    for indicator in scheme.indicator if result.rated else ():
        absent = _ABSENT.get(int(reckoned.states[indicator.id][row]))
        if absent is None:
            value = points[indicator.id]
            text, shown = "" if frame is None else _arithmetic(indicator, frame, row, value), _shown(value)
        else:
            text, shown = TRACE[absent], ""
        rule = "" if frame is None else rule_words(scheme, indicator)
        yield TraceLine(id_, "indicator", indicator.id, indicator.label, indicator.clause, rule, text, shown)
    for requirement in scheme.requirement:
        facts = "" if frame is None else _facts(requirement, frame, checked, row)
        words = TRACE[_OUTCOMES[int(reckoned.outcomes[requirement.id][row])]]
        yield TraceLine(id_, "requirement", requirement.id, requirement.label, requirement.clause, "", facts, words)
    rule, text = ("", "") if frame is None else (total_words(scheme), _sum(scheme, reckoned, row, points))
    yield TraceLine(id_, "total", "", TRACE["total"], scheme.total.clause, rule, text, _shown(result.total))
    if reckoned.graded is not None and result.rated:
        notes = "；".join(reckoned.graded.notes.get(row, ()))
        grade = result.grade or GRADES["ungraded"]
        rule = "" if frame is None else grading_words(scheme)
        yield TraceLine(id_, "grade", "", TRACE["grade"], scheme.grading.clause, rule, notes, grade)
    rank = TRACE["rank_none"] if result.rank is None else str(result.rank)
    pool = f"“{result.pool}”" if result.pool else "全体"
    rule, text = "", ""
    if frame is not None:
        rule = ask(TRACE, "rank_rule", by=rank_words(scheme), pool=pool, n=standing.ranked)
        text = "；".join([*_rank_values(scheme, frame, result, row), *result.reasons])
    yield TraceLine(id_, "rank", "", TRACE["rank"], "", rule, text, rank)
    status = TRACE["waiting" if standing.withheld else result.status or "not_winner"]
    rule, text = ("", "") if frame is None else (_seats(scheme, standing), _why(scheme, row, standing, result.removed))
    yield TraceLine(id_, "outcome", "", TRACE["outcome"], scheme.quota.clause, rule, text, status)


def _arithmetic(indicator: Indicator, frame: Frame, row: int, value: Decimal | None) -> str:
    """How the value of a row came about, up to the exact value where the rounded one differs."""
    column = frame.indicators[indicator.id]
    exact = column.values[row]
    filled = column.filled is not None and column.filled[row]
    text = TRACE[f"filled_{indicator.missing}"] if filled else indicator.arithmetic(frame, row)
    # a 0 for a missing value may lie beyond the indicator's ends; the other policies put nothing else
    if indicator.missing == "zero" and exact != 0 if filled else not indicator.says_limits:
        text += _limit(indicator, exact)
    if value is not None and indicator.rounding is None and show(exact) not in (show(value), text):
        text += f" ＝ {show(exact)}"
    return text


def explain_titles(
    scheme: Scheme, outcomes: Mapping[str, TitleOutcome], row: int, result: RowResult
) -> Iterator[TraceLine]:
    """Of each title the value that it goes by and whether the row has it; nothing for who is not rated."""
    for title in scheme.titles if result.rated else ():
        outcome = outcomes[title.id]
        value = outcome.values[row]
        of = TRACE["total"] if title.of == "total" else label_of(scheme, title.of)
        parts = [] if missing(outcome.values[row : row + 1])[0] else [f"{of} {show(value)}"]
        if row in outcome.notes:
            by = "、".join(ask(TRACE, f"by_{o.best}", label=label_of(scheme, o.of)) for o in title.ties.order)
            parts.append(ask(TRACE, outcome.notes[row], seed=title.ties.seed, by=by))
        word = "won" if row in outcome.holders else "tied" if row in outcome.tied else "lost"
        ends = f"（{title.words()}）" if title.ends else ""
        rule = ask(TRACE, "title_rule", of=of + ends, order=TRACE[title.best], seats=title.quota.words())
        yield TraceLine(
            result.id, "title", title.id, title.label, title.clause, rule, "；".join(parts), TRACE[f"title_{word}"]
        )


def explain_rewards(scheme: Scheme, gifts: Mapping[str, Grant], result: RowResult) -> Iterator[TraceLine]:
    """What the row gets, each with how it was reckoned."""
    for reward in scheme.reward:
        if reward.id in gifts:
            gift = gifts[reward.id]
            value = (gift.value if isinstance(gift.value, str) else show(gift.value)) + reward.unit
            rule = reward.words() if gift.words else ""
            yield TraceLine(result.id, "reward", reward.id, reward.label, reward.clause, rule, gift.words, value)


def _facts(requirement: Requirement, frame: Frame, checked: Checked, row: int) -> str:
    """What the answer rests on, or why there is nothing to rest on."""
    reads = requirement.reads()
    states = [frame.column(name).state for name in reads.columns] + [frame.events[name].state for name in reads.events]
    states += [frame.honours[held].state for held in reads.honours]
    state = State(max((int(column[row]) for column in states), default=0))
    if state is State.BAD:
        return ""
    if state is State.OK or requirement.says_missing:
        return requirement.facts(frame, checked.period, row)
    return TRACE[_ABSENT[state]]


def _limit(indicator: Indicator, exact: Number) -> str:
    """That the value was held at an end, if it stands there."""
    if indicator.cap is not None and exact == indicator.cap:
        return ask(TRACE, "capped", limit=show(indicator.cap))
    if indicator.floor is not None and exact == indicator.floor:
        return ask(TRACE, "floored", limit=show(indicator.floor))
    return ""


def _shown(value: Decimal | None) -> str:
    """A value with the decimals that it was rounded to."""
    return "" if value is None else f"{value:f}"


def _rank_values(scheme: Scheme, frame: Frame, result: RowResult, row: int) -> Iterator[str]:
    """What the row was ranked by, where that is more than the total: 总分 90.00、差错数 2."""
    if not scheme.rank_by or result.rank is None:
        return
    parts = []
    for order in scheme.rank_by:
        if order.of == "total":
            parts.append(f"{TRACE['total']} {_shown(result.total)}")
        else:
            parts.append(f"{label_of(scheme, order.of)} {show(frame.column(order.of).values[row])}")
    yield "、".join(parts)


def _sum(scheme: Scheme, reckoned: Reckoned, row: int, points: Mapping[str, Decimal | None]) -> str:
    """The points that are added up; which indicators the row counts without, and how the others make good for them."""
    if missing(reckoned.total[row : row + 1])[0] or scheme.total.of is not None:
        return ""
    absent = [i for i in scheme.scored if counts_without(i, reckoned.states[i.id])[row]]
    there = [i for i in scheme.scored if i not in absent]
    text = " ＋ ".join(_shown(points[i.id]) for i in there)
    if not absent:
        return text
    left, full = sum((i.marks for i in there), Decimal(0)), scheme.weights_total()
    labels = "、".join(indicator.label for indicator in absent)
    return ask(TRACE, "left_out", sum=text, left=show(left), full=show(full), labels=labels)


def _seats(scheme: Scheme, standing: Standing) -> str:
    """How many seats the pool has, and by what."""
    quota, allotment = scheme.quota, standing.allotment
    if allotment.seats is None:
        return ""
    words = quota.words_of(standing.pool)
    if isinstance(quota.rule_of(standing.pool), Fixed):
        return ask(TRACE, "seats_fixed", words=words)
    return ask(TRACE, "seats_rule", words=words, counted=quota.counted, n=allotment.count, seats=allotment.seats)


def _ruling_words(ruling: Ruling) -> str:
    """A ruling: its kind, what was found, when, by whom and why."""
    found = RULING_DECISIONS[str(ruling.decision.value)]
    said = "，".join(str(entry.value) for entry in (ruling.date, ruling.by, ruling.reason) if entry.value is not None)
    words = ask(TRACE, "ruling", kind=RULING_KINDS[str(ruling.kind.value)], found=found)
    return f"{words}：{said}" if said else words


def _why(scheme: Scheme, row: int, standing: Standing, removed: str) -> str:
    """Why the row got a seat or did not, beyond its rank."""
    parts = []
    note = standing.seats.notes.get(row)
    if standing.withheld:
        parts.append(TRACE["withheld"])
    elif note is not None:
        by = "、".join(ask(TRACE, f"by_{order.best}", label=label_of(scheme, order.of)) for order in scheme.ties.order)
        parts.append(ask(TRACE, note, seed=scheme.ties.seed, by=by))
    if removed:
        parts.append(TRACE["passed_on" if removed in scheme.quota.passes_on else "vacant"])
    if standing.approved is not None:
        parts.append(ask(TRACE, "seats_ruled", seats=standing.approved))
    parts += [_ruling_words(ruling) for ruling in standing.rulings]
    if standing.provisional:
        parts.append(TRACE["provisional"])
    return "；".join(parts)
