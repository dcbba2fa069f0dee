"""What the parts of a scheme are called, and how its rules read in a phrase; for the trace and for whole sentences."""

from __future__ import annotations

from collections.abc import Callable

from calc.grades import Nested
from calc.methods import Indicator
from calc.methods.base import show, whom
from calc.methods.formula import Formula
from calc.quota import parse_quota
from calc.scheme.contests import contest_title, full_id
from calc.scheme.model import Deadline, Scheme, Ties, Title
from calc.scheme.panel import Item, Limit, Panel, turnout_words
from calc.words import GRADES, TRACE, ask

__all__ = ["deadline_words", "grading_words", "item_words", "label_of", "labels", "panel_words", "rank_words",
           "rule_words", "scope_words", "tie_words", "title_words", "total_words", "value_words"]  # fmt: skip

_AMONG = {"rated": "在参评者中", "eligible": "在符合当选条件者中", "winners": "在当选者中"}
_ITEM_BLANKS = {"problem": "空白是错误", "left_out": "空白不计", "zero": "空白当 0", "void": "空白作废"}
_ABSENT = {"problem": "缺一份评分是错误", "left_out": "没有评的不计"}
_OWN = {"counts": "自评也算", "left_out": "自评不算", "problem": "不得自评", "only": "只评自己"}
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
    by_total = TRACE["total"] + TRACE["lowest" if scheme.total.lowest_first else "highest"]
    keys = (
        by_total if order.of == "total" else label_of(scheme, order.of) + TRACE[order.best] for order in scheme.rank_by
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
            shares += [] if share is None else [ask(GRADES, key, label=grade.label, rule=_share_words(scheme, share))]
    return "；".join(["，".join(parts), *shares])


def _share_words(scheme: Scheme, share: Nested | str) -> str:
    if isinstance(share, str):
        return parse_quota(share).words()
    table = [f"{text}{parse_quota(rule).words()}" for text, rule in share.table.items()]
    table += [] if share.otherwise is None else [f"其余{parse_quota(share.otherwise).words()}"]
    return ask(GRADES, "nested", by=label_of(scheme, share.by), shares="、".join(table))


def title_words(scheme: Scheme, title: Title) -> str:
    """Who has a title beside the award: 按装机量由高到低，在参评者中，最多1名，不兼得“服务之星”."""
    labels = {"award": scheme.award} | {each.id: each.label for each in scheme.titles}
    of = value_words(scheme, title.of)
    ends = f"（{title.words()}）" if title.ends else ""
    without = "".join(f"“{labels[other]}”" for other in title.without)
    parts = [f"按{of}{ends}{TRACE[title.best]}", _AMONG[title.among], f"最多{title.quota.words()}"]
    return "，".join([*parts, *([f"不兼得{without}"] if without else [])])


def panel_words(scheme: Scheme, panel: Panel) -> str:
    """Who judges whom, and what of it counts."""
    labels = {item.id: item.label for item in scheme.item}
    parts = [panel.label + ("" if panel.size is None else f"（{panel.size} 人）")]
    if panel.within != "all":
        same = scheme.pool if panel.within == "pool" else panel.within
        parts.append(f"只评{label_of(scheme, same or '')}相同的")
    parts += [f"评{'、'.join(labels[item] for item in panel.items)}", _ABSENT[panel.absent], _OWN[panel.own]]
    if panel.turnout is not None:
        below = "评议无效" if panel.below_turnout == "problem" else "评分不计"
        parts.append(f"到会（收回）须{turnout_words(panel.turnout)}，否则{below}")
    parts += [_limit(labels[limit.item], limit) for limit in panel.limit]
    return "，".join(parts)


def _limit(item: str, limit: Limit) -> str:
    what = "、".join(limit.options) if limit.from_points is None else f"{show(limit.from_points)}分以上"
    whole = "所评人数" if limit.of == "marked" else "全部人数"
    bounds = (("最多", limit.most), ("最少", limit.least))
    numbers = "、".join(f"{word}{parse_quota(rule).words(whole)}" for word, rule in bounds if rule is not None)
    return f"每人评{item}为{what}的{numbers}"


def item_words(item: Item) -> str:
    """What a rater may write for an item."""
    taken = "、".join(f"{option.value}得{show(option.points)}分" for option in item.options)
    if item.min is not None and item.max is not None:
        taken = f"{show(item.min)} 至 {show(item.max)} 分"
    return f"{item.label}，{taken}，{_ITEM_BLANKS[item.blank]}"


def rule_words(scheme: Scheme, indicator: Indicator) -> str:
    """An indicator's rule, a formula with its columns by their labels."""
    if isinstance(indicator, Formula):
        return f"公式：{indicator.told(lambda name: label_of(scheme, name))}"
    return indicator.rule()


def deadline_words(deadline: Deadline) -> str:
    """When something is due: 期末后第 10 个工作日以前, 次月 1 日起, 到期末后满 2 年."""
    if deadline.years is not None:
        return f"到期末后满 {deadline.years} 年"
    if deadline.working_day is not None:
        day = f"期末后第 {deadline.working_day} 个工作日"
    else:
        day = f"{'期末当月' if deadline.month == 'last' else '次月'} {deadline.day} 日"
    return day + ("起" if deadline.opens else "以前")
