"""A scheme in Chinese sentences: what is scored, by what, who is left out, how many win, what happens on a tie."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from calc.grades import Nested, effect
from calc.methods import Indicator
from calc.methods.base import show
from calc.methods.formula import Formula
from calc.quota import parse_quota
from calc.scheme.model import Deadline, Flaw, Measure, Scheme, Setting, Title
from calc.scheme.panel import Item, Limit, Panel, turnout_words
from calc.words import GRADES, TRACE, ask, cited

__all__ = [
    "flaw_words",
    "grading_words",
    "item_words",
    "label_of",
    "panel_words",
    "rank_words",
    "rule_words",
    "sentences",
    "title_words",
    "total_words",
]

_PERIODS = {"month": "每月", "quarter": "每季度", "year": "每年"}
_BLANKS = {"problem": "空白是错误", "pending": "空白为待定", "zero": "空白当 0", "none": "可以空白"}
_ITEM_BLANKS = {"problem": "空白是错误", "left_out": "空白不计", "zero": "空白当 0", "void": "空白作废"}
_ABSENT = {"problem": "缺一份评分是错误", "left_out": "没有评的不计"}
_OWN = {"counts": "自评也算", "left_out": "自评不算", "problem": "不得自评", "only": "只评自己"}
_CONFIRMATIONS = {"verified": "查实后", "at_fault": "认定本人有责任后"}
_MISSING = {
    "problem": "",
    "pending": "没有数据时待定",
    "left_out": "没有数据时不计，其余按比例折算",
    "zero": "没有数据时得 0",
    "floor": "没有数据时得最低分",
    "group_mean": "没有数据时得本组平均",
}
_ROUNDING = {
    "half_up": "四舍五入",
    "half_even": "四舍六入五成双",
    "floor": "向下取整",
    "ceil": "向上取整",
    "truncate": "去尾",
}
_TIES = {
    "ask": "都标为“并列待定”，由人裁定",
    "include": "都当选",
    "exclude": "都不当选",
    "lot": "按种子“{seed}”抽签",
}


_AMONG = {"rated": "在参评者中", "eligible": "在符合当选条件者中", "winners": "在当选者中"}


def sentences(scheme: Scheme) -> Iterator[str]:
    """The scheme's rules, a sentence each, in the order in which they apply."""
    since = "文件未写施行日期" if scheme.in_force_from is None else f"自{scheme.in_force_from}起施行"
    source = f"，依据{scheme.source}" if scheme.source else ""
    yield f"{scheme.organisation}“{scheme.title}”{source}，{since}。"
    pool = f"，按{label_of(scheme, scheme.pool)}分组，各组单独评选" if scheme.pool else "，不分组"
    yield f"{_PERIODS[scheme.period]}评选一次，对象是{scheme.subject.label}{pool}；当选者称“{scheme.award}”。"
    for measure in scheme.measure:
        yield f"填报：{_measure(measure)}。"
    for event in scheme.event:
        needs = "、".join(_CONFIRMATIONS[need] for need in event.needs)
        when = "，本年度内的都算" if event.within == "year" else ""
        yield f"登记：{event.label}，{needs + '才计' if needs else '登记即计'}{when}{cited(event.clause)}。"
    for panel in scheme.panel:
        yield f"评分：{panel_words(scheme, panel)}{cited(panel.clause)}。"
    for item in scheme.item:
        yield f"评分项目：{item_words(item)}。"
    for indicator in scheme.indicator:
        yield f"计分：{_indicator(scheme, indicator)}。"
    yield f"总分：{total_words(scheme)}，保留 {max(scheme.total_digits, 0)} 位小数。"
    for requirement in scheme.requirement:
        consequence = {"rating": "不参评", "award": "有得分，不排名，不能当选"}.get(
            requirement.gate, f"等级{effect(requirement, scheme.grade)}"
        )
        yield f"条件：{requirement.label}{cited(requirement.clause)}；不符合者{consequence}。"
    yield f"名次：按{rank_words(scheme)}，相同者名次相同。"
    each = "每组" if scheme.pool and not scheme.quota.by_pool else ""
    yield f"名额：{each}{scheme.quota.words()}{cited(scheme.quota.clause)}。"
    yield f"并列：{_ties(scheme)}。"
    if scheme.grade:
        among = _AMONG[scheme.grading.among]
        yield f"等级：{among}评定，{grading_words(scheme)}{cited(scheme.grading.clause)}。"
    for title in scheme.titles:
        yield f"称号：{title.label}，{title_words(scheme, title)}{cited(title.clause)}。"
    for reward in scheme.reward:
        worth = f"{reward.words()}{reward.unit}" if reward.value else "未定"
        comma = "" if worth[0].isdigit() or not reward.value else "，"
        yield f"奖励：{reward.label}{comma}{worth}{cited(reward.clause)}。"
    if scheme.barring is not None:
        yield f"被撤销荣誉者，其后 {scheme.barring.periods} 期不得参评{cited(scheme.barring.clause)}。"
    for deadline in scheme.deadline:
        yield f"期限：{deadline.label}，{_when(deadline)}{cited(deadline.clause)}。"
    if scheme.notice is not None and scheme.notice.working_days is not None:
        before = next((f"，在“{d.label}”之前结束" for d in scheme.deadline if d.id == scheme.notice.before), "")
        yield f"公示：{scheme.notice.working_days} 个工作日{before}{cited(scheme.notice.clause)}。"
    if scheme.probation is not None:
        causes = "；".join(scheme.probation.causes)
        yield (
            f"考察期：当选后 {scheme.probation.working_days} 个工作日，期内有下列情形的撤销："
            f"{causes}{cited(scheme.probation.clause)}。"
        )
    for setting in scheme.setting:
        yield f"可改的设置：{setting.label}，{_default(setting)}。"


def flaw_words(scheme: Scheme, flaw: Flaw) -> str:
    """What is wrong in the document, where, and what is done about it."""
    setting = next((each for each in scheme.setting if each.id == flaw.setting), None)
    settled = "" if setting is None else f"；见设置“{setting.label}”，{_default(setting)}"
    return f"{flaw.text}（{flaw.clause}）{settled}"


def _when(deadline: Deadline) -> str:
    if deadline.working_day:
        day = f"期末后第 {deadline.working_day} 个工作日"
    else:
        day = f"{'期末当月' if deadline.month == 'last' else '次月'} {deadline.day} 日"
    return day + ("起" if deadline.opens else "以前")


def _measure(measure: Measure) -> str:
    parts = [measure.label + (f"（{measure.unit}）" if measure.unit else "")]
    if measure.min is not None or measure.max is not None:
        low = "无下限" if measure.min is None else show(measure.min)
        high = "无上限" if measure.max is None else show(measure.max)
        parts.append(f"{low} 至 {high}")
    if measure.many:
        parts.append("可有多列")
    is_no = measure.kind == "yes_no" and measure.missing == "zero"
    return "，".join([*parts, "空白为否" if is_no else _BLANKS[measure.missing]])


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


def _indicator(scheme: Scheme, indicator: Indicator) -> str:
    reads = indicator.reads()
    panels = [panel.label for panel in scheme.panel if panel.id in reads.panels]
    columns = (label_of(scheme, name) for name in (*reads.columns, *reads.families, *reads.events))
    sources = "、".join([*columns, *panels])
    base = f"（{show(indicator.base)}分）" if indicator.base is not None and indicator.in_total else ""
    parts = [f"{indicator.label}{base}：{rule_words(scheme, indicator)}"]
    if sources:
        parts.append(f"取自{sources}")
    if not indicator.says_limits:
        parts += [] if indicator.cap is None else [f"最高 {show(indicator.cap)}"]
        parts += [] if indicator.floor is None else [f"最低 {show(indicator.floor)}"]
    if indicator.rounding is not None:
        parts.append(f"{_ROUNDING[indicator.rounding.mode]}到 {indicator.rounding.digits} 位小数")
    if words := _MISSING[indicator.missing]:
        parts.append(words)
    if not indicator.in_total:
        parts.append("不直接计入总分")
    return "，".join(parts) + f"{cited(indicator.clause)}"


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


def label_of(scheme: Scheme, reference: str) -> str:
    """The label of the column or the panel that a reference means."""
    bare = reference.rpartition(":")[2]
    parts = (*scheme.measure, *scheme.indicator, *scheme.event, *scheme.panel)
    return next((part.label for part in parts if part.id == bare), bare)


def grading_words(scheme: Scheme) -> str:
    """How grades are given: 总分不低于 90 为优秀，其余为合格；优秀最多人数的15%（舍去尾数）."""
    of = TRACE["total"] if scheme.grading.of == "total" else label_of(scheme, scheme.grading.of)
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


def title_words(scheme: Scheme, title: Title) -> str:
    """Who has a title beside the award: 按装机量由高到低，在参评者中，最多1名，不兼得“服务之星”."""
    labels = {"award": scheme.award} | {each.id: each.label for each in scheme.titles}
    of = TRACE["total"] if title.of == "total" else label_of(scheme, title.of)
    ends = f"（{title.words()}）" if title.ends else ""
    without = "".join(f"“{labels[other]}”" for other in title.without)
    parts = [f"按{of}{ends}{TRACE[title.best]}", _AMONG[title.among], f"最多{title.quota.words()}"]
    return "，".join([*parts, *([f"不兼得{without}"] if without else [])])


def _ties(scheme: Scheme) -> str:
    directions = {"highest": "高者优先", "lowest": "低者优先"}
    order = "".join(f"先比{label_of(scheme, o.of)}，{directions[o.best]}；" for o in scheme.ties.order)
    who = f"{order}仍相同的，" if order else "并列者"
    return f"名额处并列时，{who}{_TIES[scheme.ties.policy].format(seed=scheme.ties.seed or '未填')}"


def _default(setting: Setting) -> str:
    labels = {choice.value: choice.label for choice in setting.choices}
    if setting.required:
        return "必填"
    if setting.default in (None, ""):
        return f"未填时{setting.fallback}" if setting.fallback else "默认不填"
    text = labels.get(str(setting.default)) or _value(setting.default)
    return f"默认“{text}”" + ("，可选" + "".join(f"“{label}”" for label in labels.values()) if labels else "")


def _value(value: object) -> str:
    return show(value) if isinstance(value, Decimal) else str(value or "")
