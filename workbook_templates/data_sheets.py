"""Sheets 名册, 指标, 登记, 评委, 选票, 荣誉 and 裁定, empty or with what is already known."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from calc.scheme import Scheme
from calc.scheme.contests import full_id, honour_contests
from workbook_templates import formulas
from workbook_templates.entry_table import block_of, empty_table, finish, type_in, validate
from workbook_templates.filling import Filling
from workbook_templates.formulas import Block
from workbook_templates.layout import (
    SHEET,
    WORDS,
    Column,
    ballot_columns,
    event_fields,
    honour_fields,
    measure_columns,
    rater_columns,
    roster_columns,
    ruling_fields,
)
from workbook_templates.page import set_text
from workbook_templates.settings_sheet import SettingsSheet

__all__ = [
    "EVENT_ROWS",
    "ballots_sheet",
    "events_sheet",
    "honours_sheet",
    "measures_sheet",
    "raters_sheet",
    "roster_sheet",
    "rulings_sheet",
]

EVENT_ROWS, RULING_ROWS, RATER_ROWS, BALLOT_ROWS, HONOUR_ROWS = 60, 25, 40, 60, 60
"""Rows prepared at least; 登记 has no fewer than 名册."""


def roster_sheet(sheet: Worksheet, scheme: Scheme, block: Block, filling: Filling) -> None:
    """名册: who takes part."""
    columns = roster_columns(scheme)
    empty_table(sheet, columns, block)
    change = next(n for n, column in enumerate(columns, start=1) if column.id == "change")
    for n, person in enumerate(filling.roster):
        type_in(sheet, block.first + n, columns, person)
        if person.get("change"):
            set_text(sheet.cell(block.first + n, change), str(person["change"]))
    note = f"参加评选的全部{scheme.subject.label}，每人一行；点列名可看填写说明。人员变动只在这里和“指标”中改。"
    finish(sheet, f"{scheme.title}评选名册", note, columns, block, landscape=False)
    validate(sheet, columns, block, {})


def measures_sheet(
    sheet: Worksheet, scheme: Scheme, blocks: tuple[Block, Block, Block], settings: SettingsSheet, filling: Filling
) -> None:
    """指标: what is typed, beside what is looked up in 名册 and counted in 登记; ``blocks`` are its, theirs, theirs."""
    block, roster, events = blocks
    columns = measure_columns(scheme, filling.columns)
    empty_table(sheet, columns, block)
    kinds = {kind.id: kind for kind in scheme.event}
    for row in range(block.first, block.last + 1):
        own = f"$A{row}"
        for n, column in enumerate(columns, start=1):
            if column.typed:
                continue
            if column.id in kinds:
                formula = formulas.counted(events, kinds[column.id], own, settings.start, settings.end)
            elif column.id == "pending":
                formula = formulas.pending(events, scheme.event, own, settings.start, settings.end)
            else:
                formula = formulas.looked_up(roster, column.id, own)
            cell = sheet.cell(row, n)
            cell.value = formula
            if column.kind == "text":
                cell.number_format = "General"  # a formula in a text cell would be shown as its own text
    for n, person in enumerate(filling.roster):
        values = {"id": person.get("id"), **filling.measures.get(str(person.get("id")), {})}
        type_in(sheet, block.first + n, columns, values)
    note = "浅黄色的格子由人填写，灰色的由“名册”“登记”自动带出；点列名可看单位和范围。没有的数据留空，不要填 0。"
    finish(sheet, f"{scheme.title}评选指标", note, columns, block, landscape=True)
    validate(sheet, columns, block, {})


def _name_formulas(sheet: Worksheet, columns: Sequence[Column], block: Block, roster: Block) -> None:
    """The column 姓名 beside a typed id."""
    place = next((n for n, column in enumerate(columns, start=1) if column.id == "name" and not column.typed), None)
    if place is None:
        return
    for row in range(block.first, block.last + 1):
        cell = sheet.cell(row, place)
        cell.value = formulas.looked_up(roster, "name", f"${block.letters['id']}{row}")
        cell.number_format = "General"


def events_sheet(sheet: Worksheet, scheme: Scheme, block: Block, roster: Block, filling: Filling) -> None:
    """登记: what happened, one line each."""
    columns = event_fields(scheme)
    empty_table(sheet, columns, block)
    labels = {kind.id: kind.label for kind in scheme.event}
    for n, event in enumerate(filling.events):
        known = {**event, "event": labels.get(str(event.get("event")), event.get("event"))}
        type_in(sheet, block.first + n, columns, known)
    _name_formulas(sheet, columns, block, roster)
    note = "事情发生后逐条登记"
    if any(kind.needs for kind in scheme.event):
        note += "；须核实的事项查清后填“是”或“否”，未查清的留空（待核实，名单为暂定）"
    finish(sheet, f"{scheme.title}评选事项登记", f"{note}。", columns, block, landscape=True)
    validate(sheet, columns, block, {"event": [kind.label for kind in scheme.event]})


def raters_sheet(sheet: Worksheet, scheme: Scheme, filling: Filling) -> None:
    """评委: who judges."""
    columns = rater_columns(scheme)
    block = block_of(SHEET.raters, columns, max(RATER_ROWS, len(filling.raters)))
    empty_table(sheet, columns, block)
    labels = {panel.id: panel.label for panel in scheme.panel if panel.listed is not None}
    for n, rater in enumerate(filling.raters):
        known = {**rater, "panel": labels.get(str(rater.get("panel")), rater.get("panel"))}
        type_in(sheet, block.first + n, columns, known)
    note = f"{'、'.join(labels.values())}的全部成员，每人一行，到会与否都写上；“{SHEET.ballots}”中用同样的编号或代号。"
    finish(sheet, f"{scheme.title}评选评委", note, columns, block, landscape=False)
    validate(sheet, columns, block, {"panel": list(labels.values())})


def ballots_sheet(sheet: Worksheet, scheme: Scheme, roster: Block, filling: Filling) -> None:
    """选票: what each rater gave each subject, one line each, a column for each item."""
    columns = ballot_columns(scheme)
    raters = max(len(filling.raters), sum(panel.size or _RATERS for panel in scheme.panel))
    rows = max(BALLOT_ROWS, len(filling.roster) * raters, len(filling.ballots))
    block = block_of(SHEET.ballots, columns, rows)
    empty_table(sheet, columns, block)
    labels = {panel.id: panel.label for panel in scheme.panel}
    for n, line in enumerate(filling.ballots):
        known = {**line, "panel": labels.get(str(line.get("panel")), line.get("panel"))}
        type_in(sheet, block.first + n, columns, known)
    _name_formulas(sheet, columns, block, roster)
    note = "每位评委对每个人的评分一行；评委填编号或代号，同一位评委始终用同一个。没有评的人不写，没有评的项目留空。"
    finish(sheet, f"{scheme.title}评选选票", note, columns, block, landscape=True)
    choices = {item.id: [option.value for option in item.options] for item in scheme.item}
    validate(sheet, columns, block, {**choices, "panel": list(labels.values())})


_RATERS = 5
"""Lines prepared for each person where nobody knows how many raters there will be."""


def honours_sheet(sheet: Worksheet, scheme: Scheme, filling: Filling) -> None:
    """荣誉: the honours of earlier periods that the scheme looks at, and whether they still stand."""
    columns, titles = honour_fields(scheme), honour_contests(scheme)
    block = block_of(SHEET.honours, columns, max(HONOUR_ROWS, len(filling.honours)))
    empty_table(sheet, columns, block)
    words = {meaning: word for word, meaning in WORDS["status"].items()}
    for n, honour in enumerate(filling.honours):
        contest, status = str(honour.get("contest") or ""), str(honour.get("status") or "")
        shown = {"contest": titles.get(full_id(scheme, contest), contest), "status": words.get(status, status)}
        type_in(sheet, block.first + n, columns, {**honour, **{key: text or None for key, text in shown.items()}})
    note = (
        f"以往各期的荣誉，一次一行：{'、'.join(titles.values())}。可由 starscore new --results 从结果工作簿带出；"
        "撤销、取消的不删，改“状态”。"
    )
    finish(sheet, f"{scheme.title}评选以往荣誉", note, columns, block, landscape=False)
    validate(sheet, columns, block, {"contest": list(titles.values()), "status": list(WORDS["status"])})


def rulings_sheet(sheet: Worksheet, scheme: Scheme, roster: Block, filling: Filling) -> None:
    """裁定: what people decided."""
    columns = ruling_fields(scheme)
    block = block_of(SHEET.rulings, columns, max(RULING_ROWS, len(filling.rulings)))
    empty_table(sheet, columns, block)
    words = {meaning: word for listed in WORDS.values() for word, meaning in listed.items()}
    for n, ruling in enumerate(filling.rulings):
        known = {**ruling, **{key: words.get(str(ruling.get(key)), ruling.get(key)) for key in ("kind", "decision")}}
        type_in(sheet, block.first + n, columns, known)
    _name_formulas(sheet, columns, block, roster)
    note = (
        "人作出的决定记在这里，重新计算时采用：并列由谁当选，异议是否成立，取消或撤销资格，批准名额。"
        "“决定”填：并列—当选、不当选；异议—成立、不成立；取消—取消；撤销—撤销；名额—数字。"
    )
    finish(sheet, f"{scheme.title}评选裁定", note, columns, block, landscape=True)
    validate(sheet, columns, block, {"kind": list(WORDS["kind"])})
