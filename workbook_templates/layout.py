"""Where things stand in a workbook: sheet names, columns with their labels, and the words people may write.

The builder, the parser and the result writers all read this page, so that a label is written once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from calc.scheme import Item, Measure, Scheme
from calc.words import RULING_DECISIONS, RULING_KINDS

__all__ = [
    "BALLOT_FIELDS",
    "EVENT_FIELDS",
    "FIRST_ROW",
    "FOOTER",
    "HEADER_ROW",
    "HONOUR_FIELDS",
    "RATER_FIELDS",
    "RULING_FIELDS",
    "SETTING_FIELDS",
    "SHEET",
    "WORDS",
    "Column",
    "Sheets",
    "ballot_columns",
    "block_rows",
    "event_fields",
    "home_measure",
    "honour_fields",
    "item_columns",
    "measure_columns",
    "name_width",
    "person_columns",
    "pool_label",
    "rater_columns",
    "roster_columns",
    "settings_rows",
]

HEADER_ROW = 4
"""Row 1 title, 2 unit and period, 3 what to fill in; 4 the headers."""
FIRST_ROW = HEADER_ROW + 1


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets' names, in the order of the tabs."""

    guide: str = "说明"
    settings: str = "设置"
    scheme: str = "方案"
    roster: str = "名册"
    measures: str = "指标"
    events: str = "登记"
    raters: str = "评委"
    ballots: str = "选票"
    rulings: str = "裁定"
    honours: str = "荣誉"
    scores: str = "得分"
    check: str = "检查"
    ranking: str = "排名"
    winners: str = "入选"
    rewards: str = "奖励与考察"
    agenda: str = "日程"
    trace: str = "核算"
    charts: str = "图表"
    seal: str = "定稿"


SHEET = Sheets()

Kind = Literal["text", "number", "rate", "date", "yes_no", "word", "id", "mark"]
"""How a column is read; ``word`` is one of :data:`WORDS`, ``mark`` a number or an option's text."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet or a table: ``id`` is its name in csv files, ``label`` its header for people."""

    id: str
    label: str
    kind: Kind
    width: float = 10
    hint: str = ""
    typed: bool = True
    """False: looked up or counted by a formula; the file path reckons it itself and never reads it."""
    measure: Measure | None = None
    required: bool = True
    remark: bool = False
    """Only to be read by people: what stands in it changes nothing."""
    aliases: tuple[str, ...] = ()
    """Other names that a roster from elsewhere may have for it."""
    item: Item | None = None
    """The item of a ballot that it holds the marks of."""


SETTING_FIELDS = (
    Column("key", "项目", "text", 22),
    Column("value", "填写", "text", 48),
    Column("note", "说明", "text", 60, typed=False),
)

EVENT_FIELDS = (
    Column("date", "日期", "date", 13, "事项发生的日期；不在考核期内的不计", required=False),
    Column("id", "工号", "id", 13, "与名册一致，注意前面的 0"),
    Column("name", "姓名", "text", 11, "自动显示", typed=False),
    Column("event", "事项", "word", 24, "从下拉列表中选"),
    Column("count", "次数", "number", 8, "整数；空白为 1 次", required=False),
    Column("points", "分值", "number", 8, "只有酌情扣分、加分的事项才填：本行合计分数，不带负号", required=False),
    Column(
        "verified",
        "是否核实",
        "yes_no",
        10,
        "须核实的事项：查实填“是”，不实填“否”，未查清留空（待核实）",
        required=False,
    ),
    Column("at_fault", "本人责任", "yes_no", 10, "须定责的事项：填“是”或“否”，未定留空（待核实）", required=False),
    Column("honour", "同一荣誉", "text", 20, "同一荣誉的多次表彰写同一名称，只计最高一次", required=False),
    Column("note", "依据、备注", "text", 34, "检查通报文号、意见簿页码等", required=False, remark=True),
)

BALLOT_FIELDS = (
    Column("panel", "身份", "word", 14, "以什么身份评分；看评委和项目就知道的可以不填", required=False),
    Column("rater", "评委", "id", 13, "评委的编号或代号"),
    Column("id", "工号", "id", 13, "被评的人，与名册一致"),
    Column("name", "姓名", "text", 11, "自动显示", typed=False),
    Column("item", "项目", "word", 20, "从下拉列表中选"),
    Column("score", "评分", "mark", 10, "分数或选项；没有评的留空", required=False),
)

RATER_FIELDS = (
    Column("panel", "身份", "word", 14, "从下拉列表中选"),
    Column("rater", "评委", "id", 13, "评委的编号或代号，与选票一致"),
    Column("name", "姓名", "text", 11, "可以不填", required=False, remark=True),
    Column("weight", "权重", "number", 8, "空白为 1", required=False),
)

RULING_FIELDS = (
    Column("date", "日期", "date", 13, "作出决定的日期", required=False),
    Column("contest", "评选", "text", 14, "空白为本评选；称号的裁定填称号", required=False),
    Column("pool", "网点", "text", 20, "批准名额时填", required=False),
    Column("id", "工号", "id", 13, "裁定涉及的人", required=False),
    Column("name", "姓名", "text", 11, "自动显示", typed=False),
    Column("kind", "种类", "word", 11, "从下拉列表中选"),
    Column("decision", "决定", "word", 11, "并列：当选、不当选；异议：成立、不成立；取消；撤销；名额填数字"),
    Column("by", "决定人", "text", 16, "作出决定的人或会议", required=False, remark=True),
    Column("reason", "理由", "text", 36, "简述理由", required=False, remark=True),
)

HONOUR_FIELDS = (
    Column("id", "工号", "id", 13, "与名册一致，注意前面的 0"),
    Column("name", "姓名", "text", 11, "给人看的，不影响计算", required=False, remark=True),
    Column("outlet", "网点", "text", 20, "当选时所在的网点；不影响计算", required=False, remark=True),
    Column("contest", "评选", "text", 28, "从下拉列表中选"),
    Column("period", "期间", "text", 14, "当选的期间，如 2026-09、2026Q3、2026"),
    Column("score", "得分", "number", 10, "当选时的总分", required=False),
    Column("status", "状态", "word", 10, "有效；考察期内撤销的填“撤销”，公示期内取消的填“取消”"),
)

WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": {word: meaning for meaning, word in RULING_KINDS.items()},
    "decision": {word: meaning for meaning, word in RULING_DECISIONS.items()},
    "status": {"有效": "won", "撤销": "withdrawn", "取消": "cancelled"},
}
"""What people write in a column, and what it means; the meanings themselves are accepted too."""

FOOTER = re.compile("(?:合计|总计|小计|平均[值数分]?)$|(?:填表|制表|复核|审核|负责)(?:人|日期)[:(]?")
"""How a line of sums or signatures begins that people write below a table."""

SCHEME_KEY, VERSION_KEY, UNIT_KEY, PERIOD_KEY = "scheme", "version", "unit", "period"
PERIOD_START_LABEL, PERIOD_END_LABEL = "期间起", "期间止"
SIGNATURES = (("filled_by", "填表人"), ("checked_by", "复核人"), ("filled_on", "填表日期"))


def settings_rows(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """(key, label) of each row of 设置, in order."""
    head = ((SCHEME_KEY, "方案"), (VERSION_KEY, "方案版本"), (UNIT_KEY, "填报单位"), (PERIOD_KEY, "考核期间"))
    return (*head, *((setting.id, setting.label) for setting in scheme.setting), *SIGNATURES)


def person_columns(scheme: Scheme) -> tuple[Column, Column]:
    """The columns that name a row: id and name."""
    subject = scheme.subject
    return (
        Column(
            "id", subject.id_label, "id", 13, "按文本填写，保留前面的 0；每人只出现一次", aliases=subject.id_aliases
        ),
        Column("name", subject.name_label, "text", name_width(scheme), aliases=subject.name_aliases),
    )


def roster_columns(scheme: Scheme) -> tuple[Column, ...]:
    """The columns of 名册."""
    change = Column("change", "变动", "text", 24, "与上期名册相比：新增、调入", typed=False)
    measures = (_measure_column(m) for m in scheme.measure if m.sheet == "roster")
    return (*person_columns(scheme), *measures, change)


def measure_columns(scheme: Scheme, columns: Mapping[str, int] | None = None) -> tuple[Column, ...]:
    """The columns of 指标: the id, what is looked up in 名册, what is typed, what is counted in 登记.

    ``columns`` says how many a measure with many has, where it is not as many as the scheme offers.
    """
    identity, *looked_up = (column for column in roster_columns(scheme) if column.typed)
    typed = [
        _measure_column(m, id_=name, label=label)
        for m in scheme.measure
        if m.sheet == "measures"
        for name, label in m.headers((columns or {}).get(m.id))
    ]
    counted = [Column(kind.id, kind.label, "number", 9, kind.hint, typed=False) for kind in scheme.event]
    pending = [Column("pending", "待核实", "number", 8, "登记中尚未核实的项数", typed=False)] if scheme.event else []
    return (
        identity,
        *(Column(c.id, c.label, c.kind, c.width, c.hint, typed=False) for c in looked_up),
        *typed,
        *counted,
        *pending,
    )


def event_fields(scheme: Scheme) -> tuple[Column, ...]:
    """The columns of 登记 that the scheme needs."""
    needs = {need for kind in scheme.event for need in kind.needs}
    unused = {"verified", "at_fault"} - needs
    if not any(kind.honour for kind in scheme.event):
        unused.add("honour")
    if not any(kind.discretionary for kind in scheme.event):
        unused.add("points")
    return tuple(_relabelled(column, scheme) for column in EVENT_FIELDS if column.id not in unused)


def item_columns(scheme: Scheme) -> tuple[Column, ...]:
    """A column for each item of the ballots."""
    return tuple(
        Column(item.id, item.label, "mark", max(10, 2.2 * len(item.label) + 1.5), _item_hint(item), item=item,
               required=False)
        for item in scheme.item
    )  # fmt: skip


def _item_hint(item: Item) -> str:
    if item.options:
        takes = f"填：{'、'.join(option.value for option in item.options)}"
    else:
        takes = f"范围：{item.min:f} 至 {item.max:f}"
    blank = {"problem": "不能空白", "left_out": "空白为没有评", "zero": "空白为 0 分", "void": "空白作废"}[item.blank]
    return "；".join(part for part in (item.hint, takes, blank) if part)


def ballot_columns(scheme: Scheme) -> tuple[Column, ...]:
    """The columns of 选票: one line for what one rater gave one subject, a column for each item."""
    known = {column.id: _relabelled(column, scheme) for column in BALLOT_FIELDS}
    width = _panel_width(scheme)
    panel = (replace(known["panel"], width=width, required=True, hint="以什么身份评分，从下拉列表中选"),)
    head = (known["rater"], known["id"], known["name"])
    return (*(panel if len(scheme.panel) > 1 else ()), *head, *item_columns(scheme))


def rater_columns(scheme: Scheme) -> tuple[Column, ...]:
    """The columns of 评委 that the scheme needs; none where no panel is listed with the data."""
    listed = [panel.listed for panel in scheme.panel if panel.listed is not None]
    unused = {"panel"} if len(listed) == 1 else set()
    unused |= set() if "weighted" in listed else {"weight"}
    wide = {"panel": _panel_width(scheme)}
    fields = (replace(column, width=wide.get(column.id, column.width)) for column in RATER_FIELDS)
    return tuple(column for column in fields if column.id not in unused) if listed else ()


def _panel_width(scheme: Scheme) -> int:
    """Room for the longest of the panels' labels."""
    return max(14, *(2 * len(panel.label) + 3 for panel in scheme.panel), 0)


def ruling_fields(scheme: Scheme) -> tuple[Column, ...]:
    """The columns of 裁定 in a workbook: without titles one contest, so no column for it; no pools, none for them."""
    unused = {*(() if scheme.titles else ("contest",)), *(() if scheme.pool else ("pool",))}
    return tuple(_relabelled(column, scheme) for column in RULING_FIELDS if column.id not in unused)


def honour_fields(scheme: Scheme) -> tuple[Column, ...]:
    """The columns of 荣誉 in a workbook: outlets have no column for their outlet."""
    has_outlet = any(measure.id == "outlet" for measure in scheme.measure)
    return tuple(_relabelled(column, scheme) for column in HONOUR_FIELDS if column.id != "outlet" or has_outlet)


def name_width(scheme: Scheme) -> int:
    """The width of a name: an outlet's or a team's is longer than a person's."""
    return 11 if scheme.subject.name_label == "姓名" else 18


def _relabelled(column: Column, scheme: Scheme) -> Column:
    """A standard column under the scheme's own words for id, name and pool."""
    pool = next((m.label for m in scheme.measure if m.id == scheme.pool), "分组")
    labels = {"id": scheme.subject.id_label, "name": scheme.subject.name_label, "pool": pool}
    width = name_width(scheme) if column.id == "name" else column.width
    return replace(column, label=labels.get(column.id, column.label), width=width)


def _measure_column(measure: Measure, id_: str | None = None, label: str | None = None) -> Column:
    name = label or measure.label
    required = measure.missing == "problem"
    width = {"text": 22 if required or measure.sheet == "measures" else 14, "date": 13}.get(
        measure.kind, max(9, 2.2 * len(name) + 1.5)
    )
    return Column(
        id_ or measure.id, name, measure.kind, width, measure.hint, True, measure, required, aliases=measure.aliases
    )


def pool_label(scheme: Scheme) -> str:
    """The header of the column that splits the contest into pools; empty where nothing does."""
    return next((measure.label for measure in scheme.measure if measure.id == scheme.pool), "")


def home_measure(scheme: Scheme) -> Measure | None:
    """The column of 名册 that says where somebody belongs, where it makes no pools: the first text that must be there."""
    texts = (m for m in scheme.measure if m.kind == "text" and m.sheet == "roster" and m.missing == "problem")
    return None if scheme.pool else next(texts, None)


def block_rows(people: int, asked: int | None = None) -> int:
    """Rows prepared on 名册 and 指标: the roster and a fifth more, at least 40; or what was asked for."""
    return max(people, asked) if asked is not None else max(40, ceil(people * 1.2))
