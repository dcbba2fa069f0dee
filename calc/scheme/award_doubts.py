"""What looks wrong in who wins: conditions that all or none meet, seats that nobody gets, titles out of reach."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from calc.period import MONTHS
from calc.quota import Fixed
from calc.requirements import OPERATORS, Compare, HonoursHeld, Top
from calc.scheme.contests import full_id
from calc.scheme.graph import Fault, measure_named
from calc.scheme.load import SchemeError, load_scheme
from calc.scheme.model import Quota, Scheme, Ties
from calc.scheme.points_doubts import reaches

__all__ = ["award_doubts"]


def award_doubts(scheme: Scheme) -> list[Fault]:
    """Everything about winning that the scheme's author should look at twice."""
    return [*_thresholds(scheme), *_honours(scheme), *_seats(scheme), *_stages(scheme), *_titles(scheme)]


def _thresholds(scheme: Scheme) -> Iterator[Fault]:
    """Requirements that everybody or nobody meets."""
    for requirement in scheme.requirement:
        if not isinstance(requirement, Compare) or not isinstance(requirement.to, Decimal):
            continue
        measure = measure_named(scheme, requirement.of)
        if measure is None:
            continue
        holds = OPERATORS[requirement.op]
        worst, best = measure.min, measure.max
        if requirement.op in {"<", "<="}:
            worst, best = best, worst
        if best is not None and not holds(best, requirement.to):
            yield Fault(f"requirement({requirement.id}).to", f"没有人能符合“{requirement.label}”")
        elif worst is not None and holds(worst, requirement.to):
            yield Fault(f"requirement({requirement.id}).to", f"人人都符合“{requirement.label}”，条件不起作用")


def _honours(scheme: Scheme) -> Iterator[Fault]:
    """More honours than there are periods to win them in."""
    for requirement in scheme.requirement:
        if not isinstance(requirement, HonoursHeld) or requirement.at_least is None:
            continue
        periods = [_periods(scheme, requirement, contest) for contest in requirement.contest]
        most = None if None in periods else sum(n for n in periods if n is not None)
        if most is not None and most < requirement.at_least:
            path = f"requirement({requirement.id}).at_least"
            yield Fault(path, f"最多只有 {most} 期，没有人能符合“{requirement.label}”")


def _periods(scheme: Scheme, requirement: HonoursHeld, contest: str) -> int | None:
    """How many periods of a contest are looked at; None where that is not known."""
    if requirement.within == "last":
        return requirement.periods
    try:
        kind = load_scheme(full_id(scheme, contest)).scheme.period
    except (KeyError, SchemeError):
        return None
    return MONTHS["year" if requirement.within == "year" else scheme.period] // MONTHS[kind]


def _seats(scheme: Scheme) -> Iterator[Fault]:
    quotas: list[tuple[str, Quota, Ties]] = [("", scheme.quota, scheme.ties)]
    quotas += [(f"titles({title.id}).", title.quota, title.ties) for title in scheme.titles]
    for path, quota, ties in quotas:
        pools = [*quota.by_pool, ""]
        if not any(quota.seats(pool, count) for pool in pools for count in (1, 10, 1_000, 100_000)):
            yield Fault(f"{path}quota.rule", f"名额“{quota.words()}”永远是 0，没有人能当选")
        if ties.policy == "lot" and not ties.seed:
            yield Fault(f"{path}ties.seed", "并列抽签要有种子；没有种子时并列者都待定")


def _stages(scheme: Scheme) -> Iterator[Fault]:
    """More seats than a stage lets anybody on for."""
    seats = scheme.quota.rule_of("")
    for requirement in scheme.requirement:
        stage = isinstance(requirement, Top) and requirement.ties != "include" and requirement.n.isdigit()
        if not stage or not isinstance(requirement, Top) or not isinstance(seats, Fixed) or requirement.gate == "grade":
            continue
        number = scheme.quota.seats("", 1) or 0
        if int(requirement.n) < number and (requirement.within == "pool" or scheme.pool is None):
            yield Fault("quota.rule", f"名额 {number} 名，而“{requirement.label}”只有 {requirement.n} 名，永远不满")


def _titles(scheme: Scheme) -> Iterator[Fault]:
    """Titles that nobody can have."""
    for title in scheme.titles:
        path = f"titles({title.id})"
        if title.among == "winners" and "award" in title.without:
            yield Fault(f"{path}.without", f"限当选者，而当选者不再得，没有人能得“{title.label}”")
        measure = measure_named(scheme, title.of)
        if measure is not None and not reaches(measure, title.interval()):
            yield Fault(path, f"{measure.label}填不到“{title.words()}”，没有人能得“{title.label}”")
