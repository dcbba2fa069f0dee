"""A result as pages: 得分, 检查, 排名, 入选, 奖励与考察, 日程, 核算. Values only, so that they read the same everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from calc.deadlines import steps
from calc.methods import AnyIndicator
from calc.period import Period
from calc.problem import Problem
from calc.result import PoolResult, Result, RowResult
from calc.scheme import Scheme
from calc.scheme.phrases import rank_words
from calc.words import cited
from workbook_templates.agenda import UNANNOUNCED, agenda_pages
from workbook_templates.layout import SHEET, home_measure, name_width, pool_label
from workbook_templates.occasion import Occasion
from workbook_templates.page import SIGNATURES, Heading, Link, Page, Row
from workbook_templates.rewards import rewards_pages

__all__ = ["Occasion", "check_page", "outcome", "pages", "pool_name", "pool_state", "problems_page", "ranking_page", "scores_page",
           "trace_page", "vacancies", "winners_page"]  # fmt: skip

MOST_PROBLEMS = 200
"""So many problems are listed one by one; the rest is counted by kind."""

STATUS_WORDS = {"winner": "当选", "tied": "并列待定", "": ""}
REMOVED_WORDS = {"withdraw": "撤销", "cancel": "取消", "objection": "异议成立"}
SEVERITY_WORDS = {"error": "错误", "warning": "提醒"}


def pages(scheme: Scheme, result: Result, occasion: Occasion) -> tuple[Page, ...]:
    """All pages of a result, in the order of the tabs."""
    return (
        scores_page(scheme, result, occasion),
        check_page(scheme, result, occasion),
        ranking_page(scheme, result, occasion),
        winners_page(scheme, result, occasion),
        *rewards_pages(scheme, result, occasion.subtitle(scheme, result)),
        *agenda_pages(scheme, result, occasion.subtitle(scheme, result)),
        trace_page(scheme, result, occasion),
    )


def _person_headings(scheme: Scheme) -> list[Heading]:
    name = Heading(scheme.subject.name_label, name_width(scheme))
    home = home_measure(scheme)
    return [Heading(scheme.subject.id_label, 13), name, *([] if home is None else [Heading(home.label, 16, "left")])]


def _person(scheme: Scheme, row: RowResult, occasion: Occasion) -> list[str]:
    """Id and name, and the outlet where it makes no pools."""
    home = [] if home_measure(scheme) is None else [occasion.homes.get(row.id, "")]
    return [row.id, row.name, *home]


def _points_headings(scheme: Scheme) -> list[Heading]:
    return [Heading(i.label, max(9.0, 2.1 * len(i.label) + 1), "right", scheme.digits(i)) for i in scheme.scored]


def _points(scheme: Scheme, row: RowResult) -> list[Decimal | None]:
    return [None if row.points is None else row.points[i.id] for i in scheme.scored]


def _rank_columns(scheme: Scheme) -> list[AnyIndicator]:
    """What the rank goes by beside the points and the total."""
    by = {order.of for order in scheme.rank_by}
    return [indicator for indicator in scheme.indicator if indicator.id in by and not indicator.in_total]


def scores_page(scheme: Scheme, result: Result, occasion: Occasion) -> Page:
    """得分: every row in the order of the roster, with its points as they came out."""
    pooled = scheme.pool is not None
    headings = [
        *_person_headings(scheme),
        *([Heading(pool_label(scheme), 22, "left")] if pooled else []),
        *_points_headings(scheme),
        Heading("总分", 9, "right", scheme.total_digits),
        Heading("不能当选的原因", 48, "left"),
    ]
    rows = [
        Row([
            *_person(scheme, row, occasion), *([row.pool] if pooled else []), *_points(scheme, row),
            "不参评" if not row.rated else row.total, "；".join(row.reasons),
        ])
        for row in result.rows
    ]  # fmt: skip
    note = "按名册顺序列出；名次和入选见“排名”“入选”，每项得分的算式见“核算”。"
    return Page(SHEET.scores, f"{scheme.title}评选得分表", occasion.subtitle(scheme, result), note, headings, rows,
                landscape=True)  # fmt: skip


def ranking_page(scheme: Scheme, result: Result, occasion: Occasion) -> Page:
    """排名: by pool, the ranked first, then those without a rank with the reason."""
    ranked_by = _rank_columns(scheme)
    headings = [
        Heading("名次", 7),
        *_person_headings(scheme),
        *_points_headings(scheme),
        Heading("总分", 9, "right", scheme.total_digits),
        *(Heading(i.label, 9, "right", scheme.digits(i)) for i in ranked_by),
        *([Heading("等级", 9)] if scheme.grade else []),
        Heading("结果", 11),
        *([Heading("称号", 16)] if scheme.titles else []),
        Heading("说明", 48, "left"),
    ]
    rows: list[Row] = []
    for pool in result.quota:
        rows.append(Row([f"{pool_name(scheme, pool)}　{pool_state(scheme, result, pool)}"], group=True))
        for row in _in_rank_order(result, pool.pool):
            values = [
                "—" if row.rank is None else row.rank, *_person(scheme, row, occasion), *_points(scheme, row), row.total,
                *((row.columns or {}).get(i.id) for i in ranked_by),
                *([row.grade] if scheme.grade else []),
                outcome(row, pool),
                *(["、".join(row.titles or ())] if scheme.titles else []),
                "；".join(row.reasons),
            ]  # fmt: skip
            rows.append(Row(values, mark=row.status == "winner"))
    note = f"名次按{rank_words(scheme)}，同分同名次；不符合条件者列得分，不排名次（—）。"
    return Page(SHEET.ranking, f"{scheme.title}评选排名表", occasion.subtitle(scheme, result), note, headings, rows,
                (SIGNATURES,), landscape=True)  # fmt: skip


def _in_rank_order(result: Result, pool: str) -> list[RowResult]:
    rows = [row for row in result.rows if row.pool == pool]
    return sorted(rows, key=lambda r: (r.rank is None, r.rank or 0, -(r.total or 0), r.id))


def outcome(row: RowResult, pool: PoolResult) -> str:
    """How a row of a pool came out, in a word; empty for who was rated and did not win.

    Of a pool that is withheld all wait but those who know why they cannot win.
    """
    if pool.withheld and not row.reasons:
        return "暂缓"
    if row.removed:
        return REMOVED_WORDS[row.removed]
    return STATUS_WORDS[row.status] or ("" if row.rated else "不参评")


def pool_name(scheme: Scheme, pool: PoolResult) -> str:
    """What a pool is called; of people whose pool could not be read, that it is not known."""
    if scheme.pool is None:
        return scheme.subject.label
    return pool.pool or f"{pool_label(scheme)}不明"


def pool_state(scheme: Scheme, result: Result, pool: PoolResult) -> str:
    """How a pool came out, in a few words: its seats, who has them, why some are vacant."""
    rows = [row for row in result.rows if row.pool == pool.pool]
    winners = [row.name or row.id for row in rows if row.status == "winner"]
    if pool.withheld:
        return "数据有错误，名单暂缓，见“检查”"
    if not pool.seats:
        return f"名额 0：{scheme.quota.words_of(pool.pool)}{cited(scheme.quota.clause)}，本期没有名额"
    if winners:
        state = f"名额 {pool.seats}，当选 {'、'.join(winners)}"
    else:
        state = "无人当选" if any(row.eligible for row in rows) else "无人符合条件，本期空缺"
    if winners and (vacant := vacancies(scheme, result, pool)):
        state += f"；{vacant}"
    if pool.tied:
        tied = [row.name or row.id for row in rows if row.status == "tied"]
        state += f"；{'、'.join(tied)}并列，待裁定"
    return state + ("（暂定：有待核实或待考事项）" if pool.provisional else "")


def vacancies(scheme: Scheme, result: Result, pool: PoolResult) -> str:
    """Seats that stay empty, and why; empty where none does or a tie is still to be ruled on."""
    left = pool.seats - pool.filled
    if pool.withheld or pool.tied or left <= 0:
        return ""
    removed = [
        row
        for row in result.rows
        if row.pool == pool.pool and row.removed and row.removed not in scheme.quota.passes_on
    ]
    too_few = left - len(removed)
    names = "、".join(f"{row.name or row.id}{REMOVED_WORDS[row.removed]}" for row in removed)
    reasons = [f"{names}，不递补"] if removed else []
    if too_few > 0:
        reasons.append(f"{'其余' if removed else ''}符合条件的人数不足")
    return f"空缺 {left} 名（{'；'.join(reasons)}）"


def winners_page(scheme: Scheme, result: Result, occasion: Occasion) -> Page:
    """入选: the winners of each pool with what they get; a pool without one says why."""
    pooled = scheme.pool is not None
    headings = [
        *([Heading(pool_label(scheme), 24, "left")] if pooled else []),
        *_person_headings(scheme),
        Heading("总分", 10, "right", scheme.total_digits),
        Heading("名次", 8),
        *(Heading(f"{reward.label}（{reward.unit}）" if reward.unit else reward.label, 15) for reward in scheme.reward),
        Heading("备注", 34, "left"),
    ]
    rows = []
    blank: list[None] = [None] * (len(_person_headings(scheme)) + 2 + len(scheme.reward))
    for pool in result.quota:
        place = [pool_name(scheme, pool)] if pooled else []
        seated = [row for row in _in_rank_order(result, pool.pool) if row.status]
        for row in seated:
            remark = (
                STATUS_WORDS[row.status]
                if row.status == "tied"
                else ("暂定，有待核实或待考事项" if pool.provisional else "")
            )
            gets = [row.rewards.get(reward.id) for reward in scheme.reward]
            rows.append(Row([*place, *_person(scheme, row, occasion), row.total, row.rank, *gets, remark],
                            mark=row.status == "winner"))  # fmt: skip
        if not seated:
            rows.append(Row([*place, *blank, pool_state(scheme, result, pool)]))
        elif vacant := vacancies(scheme, result, pool):
            rows.append(Row([*place, *blank, vacant]))
    for title in scheme.titles:
        rows.append(Row([title.label], group=True))
        for row in result.holders(title.label):
            place, gets = [row.pool] if pooled else [], [row.rewards.get(reward.id) for reward in scheme.reward]
            rows.append(Row([*place, *_person(scheme, row, occasion), row.total, row.rank, *gets, title.label]))
    basis = f"{scheme.source}{scheme.quota.clause}"
    note = (f"依据：{basis}。" if basis else "") + _dates(scheme, result)
    return Page(SHEET.winners, f"{scheme.award}入选名单", occasion.subtitle(scheme, result), note, headings, rows,
                (SIGNATURES,), landscape=True)  # fmt: skip


def _dates(scheme: Scheme, result: Result) -> str:
    """When the result is due, and how long the probation runs; 日程 has all the days."""
    period = Period.parse(result.period)
    words = []
    for step in steps(scheme, period) if period is not None else ():
        label = "考察期" if step.kind == "probation" else "" if step.deadline is None else step.deadline.label
        if label and (step.deadline is None or step.deadline.years is None):
            until = "自" if step.deadline is not None and step.deadline.opens else "至"
            words.append(f"{label}：{until} {step.last}{f'（{UNANNOUNCED}）' if step.provisional else ''}。")
    return "".join(words)


def trace_page(scheme: Scheme, result: Result, occasion: Occasion) -> Page:
    """核算: how every number came about, for an auditor."""
    headings = [
        Heading("项目", 22, "left"),
        Heading("依据", 18, "left"),
        Heading("规则", 40, "left"),
        Heading("算式、事实", 58, "left"),
        Heading("得数", 12, "right"),
    ]
    rows: list[Row] = []
    for row, lines in zip(result.rows, result.trace, strict=False):
        rows.append(Row(["　".join(part for part in (row.id, row.name, row.pool) if part)], group=True))
        rows += [Row([line.label, line.clause, line.rule, line.arithmetic, line.value]) for line in lines]
    note = "得分四舍五入到规定位数后相加；条件与平均、最高、最低的比较用未舍入的数。"
    return Page(SHEET.trace, f"{scheme.title}评选核算表", occasion.subtitle(scheme, result), note, headings, rows,
                landscape=True)  # fmt: skip


def check_page(scheme: Scheme, result: Result, occasion: Occasion) -> Page:
    """检查: what is wrong and where, errors first, each with a link to its cell."""
    return problems_page(result.problems, f"{scheme.title}评选", occasion.subtitle(scheme, result))


def problems_page(problems: Sequence[Problem], contest: str = "", subtitle: str = "") -> Page:
    """检查, also where no scheme could be read."""
    headings = [
        Heading("序号", 7),
        Heading("级别", 8),
        Heading("位置", 14),
        Heading("问题", 58, "left"),
        Heading("怎么办", 44, "left"),
    ]
    ordered = sorted(problems, key=lambda problem: not problem.is_error)
    rows = [
        Row([n, SEVERITY_WORDS[p.severity], _place(p), p.message, p.hint], mark=p.is_error)
        for n, p in enumerate(ordered[:MOST_PROBLEMS], start=1)
    ]
    rows += [Row([None, word, None, f"{kind}（另有 {n} 条未列出）", None]) for word, kind, n in unlisted(ordered)]
    if not rows:
        rows.append(Row([None, None, None, "没有发现问题", None]))
    errors = sum(1 for problem in problems if problem.is_error)
    note = f"共 {errors} 条错误、{len(problems) - errors} 条提醒。错误改正之前，有关名单暂缓；点“位置”可跳到该单元格。"
    return Page(SHEET.check, f"{contest}数据检查", subtitle, note, headings, rows, landscape=True)


def unlisted(ordered: Sequence[Problem]) -> list[tuple[str, str, int]]:
    """(severity in words, kind, how many) of the problems beyond those that are listed one by one, most first."""
    rest = Counter((SEVERITY_WORDS[p.severity], p.kind or p.message) for p in ordered[MOST_PROBLEMS:])
    return [(word, kind, n) for (word, kind), n in rest.most_common()]


def _place(problem: Problem) -> str | Link:
    is_there = problem.cell and problem.sheet.strip() in _SHEETS
    return Link(problem.place, problem.sheet, problem.cell) if is_there else problem.place


_SHEETS: Sequence[str] = (SHEET.settings, SHEET.scheme, SHEET.roster, SHEET.measures, SHEET.events, SHEET.raters, SHEET.ballots,
                          SHEET.rulings, SHEET.honours)  # fmt: skip
