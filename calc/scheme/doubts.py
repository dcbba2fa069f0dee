"""What looks wrong in a scheme that can be used all the same: a warning each, with the key's path."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from calc.methods import Given
from calc.methods.base import show
from calc.requirements import OPERATORS, Compare
from calc.scheme.graph import Fault, measure_named
from calc.scheme.load import SchemeFile
from calc.scheme.model import Scheme

__all__ = ["doubts"]

_PROSE = frozenset({"title", "organisation", "source", "award", "version", "label", "unit", "clause", "note", "hint",
                    "aliases", "text", "closing", "fallback"})  # fmt: skip
"""Keys whose text is for people and names no column, unless it stands for a setting."""
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def doubts(file: SchemeFile) -> list[Fault]:
    """Everything about a scheme that its author should look at twice."""
    scheme = file.scheme
    return [*_sums(scheme), *_reach(scheme), *_thresholds(scheme), *_seats(scheme), *_unused(file), *_open(scheme)]


def _sums(scheme: Scheme) -> Iterator[Fault]:
    total = scheme.weights_total()
    if scheme.full_marks is None and total and total != 100 and scheme.total.of is None:
        yield Fault(
            "full_marks", f"各项基准分合计 {show(total)}，不是 100；确实如此的，请写 full_marks = {show(total)}"
        )
    for group in scheme.group:
        members = [indicator for indicator in scheme.scored if indicator.group == group.id]
        bases = [indicator.base for indicator in members]
        if not members:
            yield Fault(f"group({group.id})", f"{group.label}没有计入总分的指标")
        elif group.cap is not None and None not in bases and sum(b for b in bases if b is not None) < group.cap:
            yield Fault(f"group({group.id}).cap", f"{group.label}各项合计到不了上限 {show(group.cap)}")


def _reach(scheme: Scheme) -> Iterator[Fault]:
    """Full marks that nobody can reach, and points beyond the full marks."""
    for indicator in scheme.indicator:
        measure = measure_named(scheme, indicator.of) if isinstance(indicator, Given) else None
        if measure is None or indicator.base is None:
            continue
        if measure.max is not None and measure.max < indicator.base:
            yield Fault(
                f"indicator({indicator.id}).base",
                f"{measure.label}最高只能填 {show(measure.max)}，没有人能得到满分 {show(indicator.base)}",
            )
        elif (measure.max is None or measure.max > indicator.base) and indicator.cap is None:
            high = "没有上限" if measure.max is None else f"可填到 {show(measure.max)}"
            yield Fault(f"measure({measure.id}).max", f"{measure.label}{high}，会超出满分 {show(indicator.base)}")


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


def _seats(scheme: Scheme) -> Iterator[Fault]:
    quota = scheme.quota
    pools = [*quota.by_pool, ""]
    if not any(quota.seats(pool, count) for pool in pools for count in (1, 10, 1_000, 100_000)):
        yield Fault("quota.rule", f"名额“{quota.words()}”永远是 0，没有人能当选")
    if scheme.ties.policy == "lot" and not scheme.ties.seed:
        yield Fault("ties.seed", "并列抽签要有种子；没有种子时并列者都待定")


def _unused(file: SchemeFile) -> Iterator[Fault]:
    """What is declared and that nothing refers to."""
    scheme = file.scheme
    names: Counter[str] = Counter()
    for key, value in file.content.items():
        if key not in _PROSE or isinstance(value, dict):
            names.update(_names(value, own_id=key in {"setting", "measure", "event", "group", "indicator"}))
    said = {"setting": "设置项", "measure": "填报列", "event": "事项", "indicator": "指标"}
    for kind, word in said.items():
        for entry in getattr(scheme, kind):
            counts = kind == "indicator" and (entry.in_total or entry.id == scheme.total.of)
            tells = kind == "measure" and entry.kind == "text"  # says who somebody is
            if not counts and not tells and not names[entry.id]:
                yield Fault(f"{kind}({entry.id})", f"{word}“{entry.label}”没有用到")


def _names(value: Any, own_id: bool = False) -> Iterator[str]:
    """Every word that might be an id, but for the ids that the entries of a list give themselves."""
    if isinstance(value, str):
        yield from _NAME.findall(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if (key not in _PROSE or isinstance(inner, dict)) and not (own_id and key == "id"):
                yield from _NAME.findall(key)
                yield from _names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names(inner, own_id)


def _open(scheme: Scheme) -> Iterator[Fault]:
    """Choices that the document leaves open and that the file leaves open too."""
    for setting in scheme.setting:
        if setting.kind == "choice" and not setting.note:
            yield Fault(f"setting({setting.id}).note", f"“{setting.label}”没有说明为什么这样定")
        stated = setting.required or setting.fallback or setting.unless or setting.together
        if setting.kind == "number" and setting.default is None and not stated:
            yield Fault(f"setting({setting.id}).default", f"“{setting.label}”没有默认值，也没有说明不填时怎么办")
