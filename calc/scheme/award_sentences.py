"""Who wins, and what: conditions, grades, ranks, seats, titles, rewards and what follows, in Chinese sentences."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from calc.grades import effect
from calc.requirements import Condition, Requirement
from calc.rewards import ByBands, ByGrade, ByScore, Reward, Share, gift_words
from calc.scheme.model import Form, Notice, Scheme
from calc.scheme.phrases import (
    deadline_words,
    grading_words,
    label_of,
    labels,
    rank_words,
    scope_words,
    tie_words,
    title_words,
    value_words,
)
from calc.words import RULING_KINDS, TRACE, cited

__all__ = ["award_sentences"]

_AMONG = {"rated": "参评者", "eligible": "符合条件者", "winner": "当选者", "winners": "当选者"}
_AT_THE_END = {"better": "都得较好的一级", "worse": "都得较差的一级"}
_DEMOTE = {"before": "先降级，再按比例", "after": "先按比例，再降级"}
_MOVED = {"last_day": "期末所在的{pool}", "most": "期内天数较多的{pool}"}
_FORMS = {"recommendation": "推荐表", "criteria": "标准表"}


def award_sentences(scheme: Scheme) -> Iterator[str]:
    """The rules about winning, a sentence each, in the order in which they apply."""
    for requirement in scheme.requirement:
        yield f"条件：{_requirement(scheme, requirement)}。"
    if scheme.grade:
        yield f"等级：{_grades(scheme)}。"
    yield f"名次：按{rank_words(scheme)}，相同者名次相同。"
    each = "每组" if scheme.pool and not scheme.quota.by_pool else ""
    yield f"名额：{each}{scheme.quota.words()}{cited(scheme.quota.clause)}。"
    if scheme.quota.passes_on:
        kinds = "、".join(RULING_KINDS[kind] for kind in scheme.quota.passes_on)
        yield f"递补：裁定{kinds}后空出的名额由下一名递补。"
    yield f"并列：{tie_words(scheme, scheme.ties)}。"
    for title in scheme.titles:
        scope = f"，{scope_words(scheme, title.within)}各自评" if title.within != "all" and scheme.pool else ""
        ties = tie_words(scheme, title.ties)
        yield f"称号：“{title.label}”，{title_words(scheme, title)}{scope}；{ties}{cited(title.clause)}。"
    for reward in scheme.reward:
        yield f"奖励：{_reward(scheme, reward)}{cited(reward.clause)}。"
    if scheme.barring is not None:
        yield f"被撤销荣誉者，其后 {scheme.barring.periods} 期不得参评{cited(scheme.barring.clause)}。"
    if scheme.moves is not None and scheme.pool is not None:
        counted = _MOVED[scheme.moves.rule].format(pool=label_of(scheme, scheme.pool))
        yield f"调动：期内换了{label_of(scheme, scheme.pool)}的，算{counted}。"
    for deadline in scheme.deadline:
        yield f"期限：{deadline.label}，{deadline_words(deadline)}{cited(deadline.clause)}。"
    if scheme.notice is not None:
        yield f"{_notice(scheme, scheme.notice)}{cited(scheme.notice.clause)}。"
    if scheme.probation is not None:
        causes = "；".join(scheme.probation.causes)
        yield (
            f"考察期：当选后 {scheme.probation.working_days} 个工作日，期内有下列情形的撤销："
            f"{causes}{cited(scheme.probation.clause)}。"
        )
    for form in scheme.form:
        yield f"附表：{_form(form)}{cited(form.clause)}。"


def _requirement(scheme: Scheme, requirement: Requirement) -> str:
    consequence = {"rating": "不参评", "award": "有得分，不排名，不能当选"}.get(requirement.gate)
    if consequence is None:
        consequence = f"等级{effect(requirement, scheme.grade)}"
    asked = requirement.rule(labels(scheme))
    said = "" if asked == requirement.label else f"，即{asked}"
    if isinstance(requirement, Condition):
        said += f"，取自{'、'.join(label_of(scheme, name) for name in requirement.columns)}"
    return f"{requirement.label}{said}{cited(requirement.clause)}；不符合者{consequence}"


def _grades(scheme: Scheme) -> str:
    grading = scheme.grading
    parts = [f"{_AMONG[grading.among]}评等级，{grading_words(scheme)}"]
    if any(grade.at_most is not None or grade.at_least is not None for grade in scheme.grade):
        scope = scope_words(scheme, grading.within or "all")
        whole = "评等级的人数" if grading.count == "graded" else "全部人数"
        order = "".join(f"，再比{label_of(scheme, o.of)}（{TRACE[o.best]}）" for o in grading.order)
        parts.append(f"比例按{scope}{whole}计，{value_words(scheme, grading.of)}{TRACE[grading.best]}{order}")
        parts += [] if grading.ties is None else [f"界限上仍相同的{_AT_THE_END[grading.ties]}"]
        parts += [] if grading.demote is None else [_DEMOTE[grading.demote]]
    return "；".join(parts) + cited(grading.clause)


def _reward(scheme: Scheme, reward: Reward) -> str:
    titles = {title.id: f"得“{title.label}”者" for title in scheme.titles}
    to = "" if reward.to == "winner" else f"{(_AMONG | titles)[reward.to]}得"
    if not reward.value:
        return f"{to}{reward.label}未定"
    rule = reward.value
    if isinstance(rule, ByGrade):
        gifts = {grade.label: rule.table[grade.id] for grade in scheme.grade if grade.id in rule.table}
        parts = [f"{label}{gift_words(gift)}" for label, gift in gifts.items()]
        return f"{to}{reward.label}，按等级，{'，'.join([*parts, f'其余{gift_words(rule.otherwise)}'])}{_unit(reward)}"
    of = f"按{value_words(scheme, rule.of)}，" if isinstance(rule, ByBands | ByScore | Share) else ""
    scope = f"{scope_words(scheme, rule.within)}" if isinstance(rule, Share) else ""
    said = f"{of}{scope}{reward.words()}"
    if isinstance(rule, Decimal | str):
        return f"{to}{reward.label}{'' if said[0].isdigit() else '，'}{said}{reward.unit}"
    return f"{to}{reward.label}，{said}{_unit(reward)}"


def _unit(reward: Reward) -> str:
    return f"（单位：{reward.unit}）" if reward.unit else ""


def _notice(scheme: Scheme, notice: Notice) -> str:
    if notice.kind == "announcement" or notice.working_days is None:
        return "公告：结果公布" if notice.kind == "announcement" else "公示：结果公示"
    before = next((f"，在“{d.label}”之前结束" for d in scheme.deadline if d.id == notice.before), "")
    start = "" if notice.start is None else f"，自 {notice.start} 起"
    return f"公示：{notice.working_days} 个工作日{start}{before}"


def _form(form: Form) -> str:
    signed = f"，依次签署{'、'.join(form.opinions)}" if form.opinions else ""
    return f"{form.sheet}“{form.title}”（{_FORMS[form.kind]}），每名当选者一页{signed}"
