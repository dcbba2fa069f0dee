"""A scheme in Chinese sentences: what is scored, by what, who is left out, how many win, what happens on a tie."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from calc.methods import Indicator
from calc.methods.base import show
from calc.quota import parse_quota
from calc.scheme.award_sentences import award_sentences
from calc.scheme.model import EventKind, Group, Measure, Scheme, Setting, Source
from calc.scheme.panel import Item, Limit, Panel
from calc.scheme.phrases import label_of, total_words

__all__ = ["sentences"]

_PERIODS = {"month": "每月", "quarter": "每季度", "year": "每年"}
_BLANKS = {"problem": "空白是错误", "pending": "空白为待定", "zero": "空白当 0", "none": "可以空白"}
_ITEM_BLANKS = {"problem": "空白是错误", "left_out": "空白不计", "zero": "空白当 0", "void": "空白作废"}
_ABSENT = {"problem": "缺一份评分是错误", "left_out": "没有评的不计"}
_OWN = {"counts": "自评也算", "left_out": "自评不算", "problem": "不得自评", "only": "只评自己"}
_CONFIRMATIONS = {"verified": "查实后", "at_fault": "认定本人有责任后"}
_VOID = {"mark": "只那一项不计", "sheet": "给那个人的各项都不计", "rater": "这位评委的都不计"}
_VALUES = {"total": "总分", "rank": "名次", "won": "是否当选", "grade": "等级"}
_BY = {"id": "按编号对应", "pool": "按组对应"}
_HOW = {"mean": "取平均", "sum": "取合计", "highest": "取最高", "lowest": "取最低", "count": "取个数"}
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


def sentences(scheme: Scheme) -> Iterator[str]:
    """The scheme's rules, a sentence each, in the order in which they apply."""
    yield f"{scheme.organisation}“{scheme.title}”，依据{scheme.source}，自{scheme.in_force_from}起施行。"
    pool = f"，按{label_of(scheme, scheme.pool)}分组，各组单独评选" if scheme.pool else "，不分组"
    yield f"{_PERIODS[scheme.period]}评选一次，对象是{scheme.subject.label}{pool}；当选者称“{scheme.award}”。"
    for measure in scheme.measure:
        yield f"填报：{_measure(scheme, measure)}。"
    for event in scheme.event:
        yield f"登记：{_event(event)}（{event.clause}）。"
    for panel in scheme.panel:
        yield f"评分：{_panel(scheme, panel)}（{panel.clause}）。"
    for item in scheme.item:
        yield f"评分项目：{_item(item)}。"
    for group in scheme.group:
        if group.base is not None or group.floor is not None or group.cap is not None:
            yield f"分组：{_group(scheme, group)}。"
    for indicator in scheme.indicator:
        yield f"计分：{_indicator(scheme, indicator)}。"
    yield f"总分：{total_words(scheme)}，保留 {max(scheme.total_digits, 0)} 位小数。"
    yield from award_sentences(scheme)
    for setting in scheme.setting:
        yield f"可改的设置：{setting.label}，{_default(setting)}。"


def _measure(scheme: Scheme, measure: Measure) -> str:
    unit = measure.unit or ("%" if measure.kind == "rate" else "")
    parts = [measure.label + (f"（{unit}）" if unit else "")]
    if measure.min is not None or measure.max is not None:
        low = "无下限" if measure.min is None else show(measure.min)
        high = "无上限" if measure.max is None else show(measure.max)
        parts.append(f"{low} 至 {high}")
    if measure.many:
        parts.append("可有多列" + (f"，至少 {measure.at_least} 个" if measure.at_least else ""))
    if measure.only_with is not None:
        parts.append(f"{label_of(scheme, measure.only_with)}为零或空白时没有此数")
    if measure.source is not None:
        parts.append(_source(scheme, measure.source))
    return "，".join([*parts, _BLANKS[measure.missing]])


def _source(scheme: Scheme, source: Source) -> str:
    """Where a column comes from: 取自“季度服务明星”在本期之内的结果（总分，取平均），按编号对应."""
    kind, _, part = source.value.partition(".")
    what = _VALUES.get(kind, part)
    by = _BY.get(source.by) or f"按{label_of(scheme, source.by)}对应"
    how = "" if source.how == "only" else f"，{_HOW[source.how]}"
    periods = "在本期之内" if source.within == "period" else ""
    return f"取自{label_of(scheme, f'contest:{source.contest}')}{periods}的结果（{what}{how}），{by}"


def _event(event: EventKind) -> str:
    needs = "、".join(_CONFIRMATIONS[need] for need in event.needs)
    parts = [event.label, f"{needs}才计" if needs else "登记即计"]
    parts += ["每件自带分值"] if event.discretionary else []
    parts += ["同一荣誉只计最高的一件"] if event.honour else []
    return "，".join(parts)


def _group(scheme: Scheme, group: Group) -> str:
    members = "、".join(indicator.label for indicator in scheme.indicator if indicator.group == group.id)
    parts = [f"{group.label}包括{members}" if members else group.label]
    ends = (("合计", group.base), ("最高", group.cap), ("最低", group.floor))
    return "，".join([*parts, *(f"{word} {show(end)} 分" for word, end in ends if end is not None)])


def _panel(scheme: Scheme, panel: Panel) -> str:
    labels = {item.id: item.label for item in scheme.item}
    parts = [panel.label + _raters(panel)]
    if panel.after:
        named = {requirement.id: requirement.label for requirement in scheme.requirement}
        parts.append(f"只评符合“{'”“'.join(named[name] for name in panel.after)}”的")
    if panel.within != "all":
        same = scheme.pool if panel.within == "pool" else panel.within
        parts.append(f"只评{label_of(scheme, same or '')}相同的")
    parts += [f"评{'、'.join(labels[item] for item in panel.items)}", _ABSENT[panel.absent], _OWN[panel.own]]
    if panel.turnout is not None:
        below = "评议无效" if panel.below_turnout == "problem" else "评分不计"
        parts.append(f"到会（收回）须 {panel.turnout}，否则{below}")
    parts += [_limit(labels[limit.item], limit) for limit in panel.limit]
    if panel.void is not None:
        parts.append(f"作废的，{_VOID[panel.void]}")
    return "，".join(parts)


def _raters(panel: Panel) -> str:
    """Who they are: （2 人：甲（权重 2）、乙）."""
    if panel.listed is not None:
        return "（名单随数据填报" + ("，各有权重）" if panel.listed == "weighted" else "）")
    weighted = panel.has_weights
    names = [f"{rater.id}（权重 {show(rater.weight)}）" if weighted else rater.id for rater in panel.raters]
    return "" if panel.size is None else f"（{panel.size} 人{'：' if names else ''}{'、'.join(names)}）"


def _limit(item: str, limit: Limit) -> str:
    what = "、".join(limit.options) if limit.from_points is None else f"{show(limit.from_points)}分以上"
    whole = "所评人数" if limit.of == "marked" else "全部人数"
    bounds = (("最多", limit.most), ("最少", limit.least))
    numbers = "、".join(f"{word}{parse_quota(rule).words(whole)}" for word, rule in bounds if rule is not None)
    return f"每人评{item}为{what}的{numbers}"


def _item(item: Item) -> str:
    taken = "、".join(f"{option.value}得{show(option.points)}分" for option in item.options)
    if item.min is not None and item.max is not None:
        taken = f"{show(item.min)} 至 {show(item.max)} 分"
    return f"{item.label}，{taken}，{_ITEM_BLANKS[item.blank]}"


def _indicator(scheme: Scheme, indicator: Indicator) -> str:
    reads = indicator.reads()
    named = [label_of(scheme, name) for name in (*reads.columns, *reads.families, *reads.panels)]
    named += [label_of(scheme, event) + _each(indicator, event) for event in reads.events]
    named += [label_of(scheme, f"contest:{contest}") for held in reads.honours for contest in held.contests]
    sources = "、".join(dict.fromkeys(named))
    base = f"（{show(indicator.base)}分）" if indicator.base is not None and indicator.in_total else ""
    parts = [f"{indicator.label}{base}：{indicator.rule()}"]
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
    return "，".join(parts) + f"（{indicator.clause}）"


def _each(indicator: Indicator, event: str) -> str:
    """How many points each event of a kind is: （每次 5 分）."""
    points = getattr(indicator, "each", {}).get(event)
    return "" if points is None else "（分值逐件登记）" if points == "points" else f"（每次 {show(points)} 分）"


def _default(setting: Setting) -> str:
    labels = {choice.value: choice.label for choice in setting.choices}
    if setting.default in (None, ""):
        return f"未填时{setting.fallback}" if setting.fallback else "默认不填"
    text = labels.get(str(setting.default)) or _value(setting.default)
    return f"默认“{text}”" + (f"，可选{'、'.join(labels.values())}" if labels else "")


def _value(value: object) -> str:
    return show(value) if isinstance(value, Decimal) else str(value or "")
