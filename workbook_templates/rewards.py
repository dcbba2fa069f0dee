"""奖励与考察: what each winner gets and signs for, until when the probation runs, and what is taken back."""

from __future__ import annotations

from calc.deadlines import probation_end
from calc.period import Period
from calc.result import Result, RowResult
from calc.scheme import Scheme
from calc.words import cited
from workbook_templates.agenda import UNANNOUNCED
from workbook_templates.layout import SHEET, name_width, pool_label
from workbook_templates.page import SIGNATURES, Content, Heading, Page, Row

__all__ = ["rewards_pages"]

_TAKEN_BACK = {"withdraw": "收回", "cancel": "不发", "objection": "不发"}
_WHY = {"withdraw": "考察期内撤销，荣誉称号作废", "cancel": "公示期内取消", "objection": "异议成立，取消"}


def rewards_pages(scheme: Scheme, result: Result, subtitle: str) -> tuple[Page, ...]:
    """The sheet, where the scheme has rewards or a probation: winners first, then those whose seat was taken away."""
    if not scheme.reward and scheme.probation is None:
        return ()
    pooled, period = scheme.pool is not None, Period.parse(result.period)
    end = None if period is None else probation_end(scheme, period)
    headings = [
        Heading("序号", 6),
        *([Heading(pool_label(scheme), 22, "left")] if pooled else []),
        Heading(scheme.subject.id_label, 13),
        Heading(scheme.subject.name_label, max(14, name_width(scheme))),
        *(Heading(f"{r.label}（{r.unit}）" if r.unit else r.label, 15) for r in scheme.reward),
        *([Heading("考察期至", 13)] if scheme.probation is not None else []),
        Heading("签收", 14),
        Heading("备注", 46, "left"),
    ]

    def line(n: int, row: RowResult, gets: list[Content], until: Content, remark: str) -> Row:
        place: list[Content] = [n, *([row.pool] if pooled else []), row.id, row.name]
        probation = [until] if scheme.probation is not None else []
        return Row([*place, *gets, *probation, None, remark], mark=not row.removed)

    provisional = {pool.pool for pool in result.quota if pool.provisional}
    rows = []
    for n, row in enumerate(_recipients(result), start=1):
        remark = "名单暂定，确定后发放" if row.pool in provisional else ""
        gets: list[Content] = [row.rewards.get(reward.id) for reward in scheme.reward]
        until = end.day if end is not None and row.status == "winner" else None
        rows.append(line(n, row, gets, until, remark))
    if not rows:
        rows.append(Row([None, *([None] if pooled else []), _nobody(result)]))
    taken = [row for row in result.rows if row.removed]
    if taken:
        rows.append(Row(["撤销、取消"], group=True))
    for n, row in enumerate(taken, start=1):
        verb = _TAKEN_BACK[row.removed]
        back: list[Content] = [
            f"{verb} {reward.words()}" if reward.value and reward.to == "winner" else None for reward in scheme.reward
        ]
        rows.append(line(n, row, back, None, _effect(scheme, row, period)))
    days = "" if end is None else f"考察期至 {end.day}{f'（{UNANNOUNCED}）' if end.provisional else ''}。"
    if end is None and scheme.probation is not None:
        days = "授奖日期未定，考察期的最后一日暂不列出。"
    clauses = "、".join(dict.fromkeys(reward.clause for reward in scheme.reward if reward.clause))
    note = f"奖励依据：{clauses or '另行规定'}。{days}"
    return (
        Page(SHEET.rewards, f"{scheme.award}奖励与考察", subtitle, note, headings, rows,
             (*_causes(scheme), SIGNATURES), landscape=True),
    )  # fmt: skip


def _recipients(result: Result) -> list[RowResult]:
    """The winners by rank, then others who get something: for a grade or a title."""
    others = [row for row in result.rows if row.rewards and row.status != "winner"]
    return [*result.winners(), *sorted(others, key=lambda row: (row.pool, row.rank or len(result.rows), row.id))]


def _nobody(result: Result) -> str:
    """Why there is no winner at all, as far as it is known."""
    if any(pool.withheld for pool in result.quota):
        return "数据有错误，名单暂缓"
    return "并列，待裁定" if any(pool.tied for pool in result.quota) else "本期无人当选"


def _effect(scheme: Scheme, row: RowResult, period: Period | None) -> str:
    """What a ruling did: the honour, and who is barred until when."""
    text = f"{_WHY[row.removed]}，{'由下一名递补' if row.removed in scheme.quota.passes_on else '不递补'}"
    if row.removed != "withdraw" or scheme.barring is None or period is None:
        return text
    barred = [period.next]
    while len(barred) < scheme.barring.periods:
        barred.append(barred[-1].next)
    return f"{text}；{'、'.join(each.label for each in barred)}不得参评{cited(scheme.barring.clause)}"


def _causes(scheme: Scheme) -> tuple[str, ...]:
    """What leads to a withdrawal within the probation, as the document lists it."""
    if scheme.probation is None:
        return ()
    days, causes = scheme.probation.working_days, scheme.probation.causes
    listed = "；".join(f"{n}．{cause}" for n, cause in enumerate(causes, start=1))
    return (
        f"当选后 {days} 个工作日为考察期。考察期内有下列情形之一的，撤销荣誉称号，收回奖励"
        f"{cited(scheme.probation.clause)}：{listed}。",
    )
