"""A scheme in Chinese sentences: what is scored, by what, who is left out, how many win, what happens on a tie."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from calc.methods import Indicator
from calc.methods.base import show
from calc.scheme.award_sentences import award_sentences
from calc.scheme.model import EventKind, Flaw, Group, Measure, Scheme, Setting, Source
from calc.scheme.panel import Panel
from calc.scheme.phrases import item_words, label_of, panel_words, rule_words, total_words
from calc.words import cited

__all__ = ["flaw_words", "sentences"]

_PERIODS = {"month": "每月", "quarter": "每季度", "year": "每年"}
_BLANKS = {"problem": "空白是错误", "pending": "空白为待定", "zero": "空白当 0", "none": "可以空白"}
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
    since = "文件未写施行日期" if scheme.in_force_from is None else f"自{scheme.in_force_from}起施行"
    source = f"，依据{scheme.source}" if scheme.source else ""
    yield f"{scheme.organisation}“{scheme.title}”{source}，{since}。"
    pool = f"，按{label_of(scheme, scheme.pool)}分组，各组单独评选" if scheme.pool else "，不分组"
    yield f"{_PERIODS[scheme.period]}评选一次，对象是{scheme.subject.label}{pool}；当选者称“{scheme.award}”。"
    for measure in scheme.measure:
        yield f"填报：{_measure(scheme, measure)}。"
    for event in scheme.event:
        yield f"登记：{_event(event)}{cited(event.clause)}。"
    for panel in scheme.panel:
        yield f"评分：{_panel(scheme, panel)}{cited(panel.clause)}。"
    for item in scheme.item:
        yield f"评分项目：{item_words(item)}。"
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
    is_no = measure.kind == "yes_no" and measure.missing == "zero"
    return "，".join([*parts, "空白为否" if is_no else _BLANKS[measure.missing]])


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
    parts += ["本年度内的都算"] if event.within == "year" else []
    parts += ["每件自带分值"] if event.discretionary else []
    parts += ["同一荣誉只计最高的一件"] if event.honour else []
    return "，".join(parts)


def _group(scheme: Scheme, group: Group) -> str:
    members = "、".join(indicator.label for indicator in scheme.indicator if indicator.group == group.id)
    parts = [f"{group.label}包括{members}" if members else group.label]
    ends = (("合计", group.base), ("最高", group.cap), ("最低", group.floor))
    return "，".join([*parts, *(f"{word} {show(end)} 分" for word, end in ends if end is not None)])


def _panel(scheme: Scheme, panel: Panel) -> str:
    """Who judges whom, who they are, and how far it goes when something is void."""
    parts = [panel_words(scheme, panel), *_raters(panel)]
    if panel.after:
        named = {requirement.id: requirement.label for requirement in scheme.requirement}
        parts.append(f"只评符合“{'”“'.join(named[name] for name in panel.after)}”的")
    if panel.void is not None:
        parts.append(f"作废的，{_VOID[panel.void]}")
    return "，".join(parts)


def _raters(panel: Panel) -> Iterator[str]:
    """Who they are: 评委为甲（权重 2）、乙（权重 1）."""
    if panel.listed is not None:
        yield "名单随数据填报" + ("，各有权重" if panel.listed == "weighted" else "")
    if panel.raters:
        weights = [f"（权重 {show(rater.weight)}）" if panel.has_weights else "" for rater in panel.raters]
        yield "评委为" + "、".join(f"{rater.id}{weight}" for rater, weight in zip(panel.raters, weights, strict=True))


def _indicator(scheme: Scheme, indicator: Indicator) -> str:
    reads = indicator.reads()
    named = [label_of(scheme, name) for name in (*reads.columns, *reads.families, *reads.panels)]
    named += [label_of(scheme, event) + _each(indicator, event) for event in reads.events]
    named += [label_of(scheme, f"contest:{contest}") for held in reads.honours for contest in held.contests]
    sources = "、".join(dict.fromkeys(named))
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
    return "，".join(parts) + cited(indicator.clause)


def _each(indicator: Indicator, event: str) -> str:
    """How many points each event of a kind is: （每次 5 分）."""
    points = getattr(indicator, "each", {}).get(event)
    return "" if points is None else "（分值逐件登记）" if points == "points" else f"（每次 {show(points)} 分）"


def flaw_words(scheme: Scheme, flaw: Flaw) -> str:
    """What is wrong in the document, where, and what is done about it."""
    setting = next((each for each in scheme.setting if each.id == flaw.setting), None)
    settled = "" if setting is None else f"；见设置“{setting.label}”，{_default(setting)}"
    return f"{flaw.text}{cited(flaw.clause)}{settled}"


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
