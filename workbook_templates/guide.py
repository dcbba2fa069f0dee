"""Sheet 说明: how to fill in the workbook, and the scheme's rules as tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from calc.methods.base import show
from calc.scheme import Scheme
from calc.scheme.contests import honour_contests
from calc.scheme.phrases import grading_words, item_words, panel_words, rule_words, title_words
from calc.scheme.sentences import flaw_words
from workbook_templates import styles
from workbook_templates.layout import SHEET, pool_label, rater_columns
from workbook_templates.page import set_text

__all__ = ["write_guide", "write_section"]

_WIDTHS = (19, 11, 48, 18)

_CONFIRMATIONS = {"verified": "须核实", "at_fault": "须本人有责任"}
_SCORING = "计分规则"
_GATES = {"rating": "参评条件", "award": "当选条件", "grade": "等级条件"}


def write_guide(sheet: Worksheet, scheme: Scheme) -> None:
    """Write 说明 on an empty sheet."""
    for n, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    row = _spanning(sheet, 1, f"{scheme.title}评选工作簿", title=True)
    row = _spanning(sheet, row, f"{scheme.organisation}　　方案：{scheme.id}　　版本：{scheme.version}")
    if scheme.source:
        row = _spanning(sheet, row, f"依据：{scheme.source}")
    headings = iter(f"{number}、" for number in "一二三四五六七八九")
    row = _section(sheet, row, next(headings) + "怎样填写")
    for n, step in enumerate(_steps(scheme), start=1):
        row = _spanning(sheet, row, f"{n}．{step}")
    for heading, columns, lines in _tables(scheme):
        if not lines:
            continue
        row = _section(sheet, row, next(headings) + heading)
        row = _table(sheet, row, columns, lines)
        if heading == _SCORING and scheme.full_marks is not None:
            total = f"各项基准分合计 {show(scheme.full_marks)} 分；得分保留 {scheme.precision} 位小数，"
            row = _spanning(sheet, row, total + "四舍五入后相加为总分。")
    if scheme.flaw:
        row = _section(sheet, row, next(headings) + "原文有误之处")
        for n, flaw in enumerate(scheme.flaw, start=1):
            row = _spanning(sheet, row, f"{n}．{flaw_words(scheme, flaw)}。")
    sheet.sheet_view.showGridLines = False
    styles.set_up_page(sheet, landscape=False, last_column="D", last_row=row - 1, header_row=None)
    sheet.protection.sheet = True


def _tables(scheme: Scheme) -> Iterator[tuple[str, Sequence[str], list[Sequence[str]]]]:
    """The scheme's rules: heading, columns and lines of each table."""
    yield _SCORING, ("指标", "基准分", "规则", "依据"), _indicators(scheme)
    yield "评委与评分项目", ("名称", "类别", "内容", "依据"), _judging(scheme)
    yield "登记的事项", ("事项", "确认", "说明", "依据"), _events(scheme)
    yield "条件、名额与奖励", ("条件", "类别", "内容", "依据"), _requirements(scheme)
    yield "条文未写明之处的决定", ("设置项", "方案值", "决定", "依据"), _decisions(scheme)


def write_section(sheet: Worksheet, row: int, heading: str, lines: Sequence[str]) -> None:
    """Another section of 说明 from this row on: a narrow row, the heading, a row for each line."""
    last = _section(sheet, row, heading)
    for text in lines:
        last = _spanning(sheet, last, text)
    sheet.print_area = f"A1:D{last - 1}"


def _steps(scheme: Scheme) -> list[str]:
    label = scheme.subject.label
    steps = [
        f"“{SHEET.settings}”：填写填报单位和考核期间。",
        f"“{SHEET.roster}”：每名{label}一行；{scheme.subject.id_label}按文本填写，前面的 0 不能少。",
        f"“{SHEET.measures}”：同样的{scheme.subject.id_label}，填写浅黄色的格子；灰色的格子自动带出，不必填。",
    ]
    if scheme.event:
        confirmed = "，须核实的查清后填“是”或“否”" if any(kind.needs for kind in scheme.event) else ""
        what = "、".join(kind.label for kind in scheme.event[:3]) + ("等" if len(scheme.event) > 3 else "")
        steps.append(f"“{SHEET.events}”：{what}，事情发生后逐条登记{confirmed}。")
    if rater_columns(scheme):
        steps.append(f"“{SHEET.raters}”：评委的名单。")
    if scheme.panel:
        steps.append(f"“{SHEET.ballots}”：每位评委对每个人的评分一行，按收到的选票、评分表照录。")
    if honour_contests(scheme):
        steps.append(f"“{SHEET.honours}”：以往各期的荣誉；可用 starscore new --results 从结果工作簿带出，不必手填。")
    steps += [f"“{form.sheet}”：{form.title}，在结果工作簿中，每个当选者一页，签字盖章后上报。" for form in scheme.form]
    return [
        *steps,
        f"“{SHEET.scores}”：装有加载项时随填随算，没有加载项时显示“未装加载项”。",
        f"计算：运行 starscore check 列出问题，starscore rank 写出另一份带“{SHEET.ranking}”“{SHEET.winners}”"
        f"“{SHEET.trace}”的工作簿，本工作簿不改动。",
        f"出现并列、异议、取消等，在“{SHEET.rulings}”中写明决定，再计算一次。",
    ]


def _indicators(scheme: Scheme) -> list[Sequence[str]]:
    groups = {group.id: group for group in scheme.group}
    rows: list[Sequence[str]] = []
    for indicator in scheme.indicator:
        rule = rule_words(scheme, indicator) + (f"。{indicator.note}" if indicator.note else "")
        if indicator.group in groups:
            rule = f"【{groups[indicator.group].label}】{rule}"
        base = show(indicator.base) if indicator.base is not None and indicator.in_total else "—"
        rows.append((indicator.label, base, rule, indicator.clause))
    return rows


def _judging(scheme: Scheme) -> list[Sequence[str]]:
    panels = [(p.label, "评委", [panel_words(scheme, p), p.note], p.clause) for p in scheme.panel]
    items = [(item.label, "评分项目", [item_words(item), item.hint], "") for item in scheme.item]
    return [(label, kind, "。".join(filter(None, told)), clause) for label, kind, told, clause in (*panels, *items)]


def _events(scheme: Scheme) -> list[Sequence[str]]:
    return [
        (kind.label, "、".join(_CONFIRMATIONS[need] for need in kind.needs) or "不须确认", kind.hint, kind.clause)
        for kind in scheme.event
    ]


def _requirements(scheme: Scheme) -> list[Sequence[str]]:
    quota = scheme.quota.words()
    pooled = pool_label(scheme)
    each = f"每个{pooled}{quota}" if pooled and not scheme.quota.by_pool else quota
    return [
        *((f"条件{n}", _GATES[r.gate], r.label + (f"。{r.note}" if r.note else ""), r.clause)
          for n, r in enumerate(scheme.requirement, start=1)),
        ("名额", "名额", f"{each}。{scheme.quota.note}", scheme.quota.clause),
        *([("等级", "等级", grading_words(scheme), scheme.grading.clause)] if scheme.grade else []),
        *((title.label, "称号", title_words(scheme, title), title.clause) for title in scheme.titles),
        *((reward.label, "奖励", f"{reward.words()}{reward.unit}", reward.clause)
          for reward in scheme.reward if reward.value),
    ]  # fmt: skip


def _shown(value: Decimal | dt.date | str | None) -> str:
    return show(value) if isinstance(value, Decimal) else str(value or "")


def _decisions(scheme: Scheme) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = []
    for setting in scheme.setting:
        labels = {choice.value: choice.label for choice in setting.choices}
        default = setting.default
        empty = "（必填）" if setting.required else "（空）"
        shown = empty if default in (None, "") else labels.get(str(default)) or _shown(default)
        rows.append((setting.label, shown, setting.note, setting.clause))
    return rows


def _spanning(sheet: Worksheet, row: int, text: str, *, title: bool = False) -> int:
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_WIDTHS))
    cell = sheet.cell(row, 1)
    set_text(cell, text)
    cell.font = styles.TITLE if title else styles.BODY
    cell.alignment = styles.aligned("center" if title else "left")
    lines = styles.lines_needed(text, sum(_WIDTHS))
    sheet.row_dimensions[row].height = 32 if title else styles.LINE_HEIGHT * lines + 4
    return row + 1


def _section(sheet: Worksheet, row: int, text: str) -> int:
    sheet.row_dimensions[row].height = 8
    row = _spanning(sheet, row + 1, text)
    sheet.cell(row - 1, 1).font = styles.BOLD
    return row


def _table(sheet: Worksheet, row: int, headings: Sequence[str], lines: Sequence[Sequence[str]]) -> int:
    for n, text in enumerate(headings, start=1):
        cell = sheet.cell(row, n, text)
        cell.font, cell.fill, cell.border = styles.BOLD, styles.HEADER, styles.BOX
        cell.alignment = styles.aligned("center")
    sheet.row_dimensions[row].height = 20
    for line in lines:
        row += 1
        most = 1
        for n, (text, width) in enumerate(zip(line, _WIDTHS, strict=True), start=1):
            cell = sheet.cell(row, n)
            set_text(cell, text)
            styles.dress(cell, border=styles.BOX, alignment=styles.aligned("center" if n == 2 else "left"))
            most = max(most, styles.lines_needed(text, width))
        sheet.row_dimensions[row].height = max(18, styles.LINE_HEIGHT * most + 4)
    return row + 1
