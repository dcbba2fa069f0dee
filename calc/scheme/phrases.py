"""What the parts of a scheme are called, and how its rules read in a phrase; for the trace and for whole sentences."""

from __future__ import annotations

from collections.abc import Callable

from calc.grades import Nested
from calc.methods.base import show, whom
from calc.quota import parse_quota
from calc.scheme.contests import contest_title, full_id
from calc.scheme.model import Scheme, Ties
from calc.words import GRADES, TRACE, ask

__all__ = [
    "grading_words",
    "label_of",
    "labels",
    "rank_words",
    "scope_words",
    "tie_words",
    "total_words",
    "value_words",
]

_TIES = {
    "ask": "都标为“并列待定”，由人裁定",
    "include": "都当选",
    "exclude": "都不当选",
    "lot": "按种子“{seed}”抽签",
}


def label_of(scheme: Scheme, reference: str) -> str:
    """The label of the column or the panel that a reference means; of a grade for ``grade:x``, the title of a contest
    for ``contest:x``.
    """
    kind, _, bare = reference.rpartition(":")
    if kind == "contest":
        return f"“{contest_title(full_id(scheme, bare))}”"
    if kind == "grade":
        return next((grade.label for grade in scheme.grade if grade.id == bare), bare)
    parts = (*scheme.measure, *scheme.indicator, *scheme.event, *scheme.panel)
    return next((part.label for part in parts if part.id == bare), bare)


def value_words(scheme: Scheme, of: str) -> str:
    """What something goes by: the total, or the label of a column."""
    return TRACE["total"] if of == "total" else label_of(scheme, of)


def labels(scheme: Scheme) -> Callable[[str], str]:
    """:func:`label_of` for this scheme."""
    return lambda reference: label_of(scheme, reference)


def scope_words(scheme: Scheme, within: str) -> str:
    """Whose something is: 每组, 全体, 网点相同的."""
    if within == "pool" and scheme.pool is None:
        return whom("all")
    return {"pool": "每组", "all": whom("all")}.get(within, f"{label_of(scheme, within)}相同的")


def tie_words(scheme: Scheme, ties: Ties) -> str:
    """What happens where more are equal than there are seats left."""
    directions = {"highest": "高者优先", "lowest": "低者优先"}
    order = "".join(f"先比{label_of(scheme, o.of)}，{directions[o.best]}；" for o in ties.order)
    who = f"{order}仍相同的，" if order else "并列者"
    return f"名额处并列时，{who}{_TIES[ties.policy].format(seed=ties.seed or '未填')}"


def total_words(scheme: Scheme) -> str:
    """How the total comes about: 各项得分之和，总分最高 100."""
    of = scheme.total.of
    parts = ["各项得分之和" if of is None else f"即{label_of(scheme, of)}"]
    for group in scheme.group:
        parts += [] if group.cap is None else [f"{group.label}合计最高 {show(group.cap)}"]
        parts += [] if group.floor is None else [f"{group.label}合计最低 {show(group.floor)}"]
    parts += [] if scheme.total.cap is None else [f"总分最高 {show(scheme.total.cap)}"]
    parts += [] if scheme.total.floor is None else [f"总分最低 {show(scheme.total.floor)}"]
    return "，".join(parts)


def rank_words(scheme: Scheme) -> str:
    """What the rank goes by: 总分由高到低."""
    by_total = "总分由低到高" if scheme.total.lowest_first else "总分由高到低"
    directions = {"highest": "由高到低", "lowest": "由低到高"}
    keys = (
        by_total if order.of == "total" else label_of(scheme, order.of) + directions[order.best]
        for order in scheme.rank_by
    )
    return "、".join(keys) or by_total


def grading_words(scheme: Scheme) -> str:
    """How grades are given: 总分不低于 90 为优秀，其余为合格；优秀最多人数的15%（舍去尾数）."""
    of = value_words(scheme, scheme.grading.of)
    parts, shares = [], []
    for grade in scheme.grade:
        also = [f"{label_of(scheme, bound.of)}{bound.words()}" for bound in grade.also]
        ends = "、".join([*([of + grade.words()] if grade.ends else []), *also])
        parts.append(
            f"{ends}{ask(GRADES, 'is', label=grade.label)}" if ends else ask(GRADES, "rest", label=grade.label)
        )
        for key, share in (("share_at_most", grade.at_most), ("share_at_least", grade.at_least)):
            shares += [] if share is None else [ask(GRADES, key, label=grade.label, rule=_rule_words(scheme, share))]
    return "；".join(["，".join(parts), *shares])


def _rule_words(scheme: Scheme, share: Nested | str) -> str:
    if isinstance(share, str):
        return parse_quota(share).words()
    table = [f"{text}{parse_quota(rule).words()}" for text, rule in share.table.items()]
    table += [] if share.otherwise is None else [f"其余{parse_quota(share.otherwise).words()}"]
    return ask(GRADES, "nested", by=label_of(scheme, share.by), shares="、".join(table))
