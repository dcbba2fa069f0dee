"""Sheet 方案 as blocks: lists with a row for each entry, and forms with a row for each key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from addin.scheme_sheet.shapes import Key, Many, Part, Variants, keys_of
from addin.scheme_sheet.words import key_word
from calc.scheme import Scheme

__all__ = ["BLOCKS", "MAIN", "NUMERALS", "REST", "WIDTHS", "Block", "FormBlock", "ListBlock", "block_titled",
           "form_key", "form_word", "header", "main_key"]  # fmt: skip

MAIN, REST = "main", "rest"
"""Columns that stand for no one key: what an entry goes by, and all keys without a column of their own."""
_HEADERS = {MAIN: "取自", REST: "设定"}

WIDTHS = (21, 10, 8.5, 15, 25, 38, 15, 28, 15)
NUMERALS = "一二三四五六七八九十"

_MAIN: Mapping[str, Mapping[str, str]] = {
    "indicator": {
        "formula": "formula", "deduction": "each", "bonus": "each", "busiest_month": "each", "tests": "theory", "honours": "contest",
        "marks": "panel", "votes": "panel",
    },
    "requirement": {
        "no_event": "event", "condition": "formula", "honours": "contest", "grade": "at_least", "nominated": "by",
    },
}  # fmt: skip
"""The key that stands in column 取自, by method or kind, where it is not ``of``."""


@dataclass(frozen=True)
class ListBlock:
    """A list of the scheme: headers, and a row for each entry."""

    title: str
    key: str
    columns: tuple[str, ...]
    """What each column of the sheet holds; an empty text for nothing."""
    note: str
    prefix: str = ""
    """What ids begin with that are not given; empty where the entries have none."""
    spare: int = 2
    """Blank rows that are offered below the entries."""

    @property
    def entry(self) -> Part | Variants:
        """The shape of an entry."""
        many = keys_of(Scheme)[self.key].shape
        assert isinstance(many, Many)
        assert isinstance(many.of, Part | Variants)
        return many.of


@dataclass(frozen=True)
class FormBlock:
    """Keys of the scheme, or of a part of it, a row each."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    """The path of each row's key."""
    note: str


Block = ListBlock | FormBlock


def _form(title: str, note: str, part: str) -> FormBlock:
    """All keys of one part of the scheme."""
    shape = keys_of(Scheme)[part].shape
    assert isinstance(shape, Part)
    return FormBlock(title, tuple((part, key) for key in keys_of(shape.model)), note)


BLOCKS: tuple[Block, ...] = (
    FormBlock(
        "基本情况",
        (
            ("title",), ("organisation",), ("award",), ("period",), ("in_force_from",), ("subject", "label"), ("pool",),
            ("full_marks",), ("source",), ("subject", "id_label"), ("subject", "name_label"), ("subject", "id_aliases"),
            ("subject", "name_aliases"), ("precision",), ("version",), ("id",),
        ),
        "评选名称、组织单位、当选称号、评选周期、对象称谓要填；分组评选的写明按哪一列分组；其余可以空着。",
    ),
    ListBlock(
        "填报列", "measure", ("label", "kind", "unit", "missing", "sheet", REST, "clause", "hint", "id"),
        "每月要填的列，一行一列。姓名、工号不用写。填在“名册”的是门店、岗位、入职日期这类不常变的。", "m", 3,
    ),
    ListBlock(
        "登记事项", "event", ("label", "", "", "needs", "discretionary", REST, "clause", "hint", "id"),
        "投诉、表扬这类发生一次登记一次的。须确认：查实、本人责任。逐行定分填“是”的，每次分值登记时再写。", "e",
    ),
    ListBlock(
        "分组", "group", ("label", "", "base", "", "", REST, "clause", "", "id"),
        "指标的大类（业绩、服务……），没有可不填。", "g", 1,
    ),
    ListBlock(
        "评分指标", "indicator", ("label", "group", "base", "method", MAIN, REST, "clause", "note", "id"),
        "一行一项得分。取自：哪一列（填报列、登记事项或别的指标）；扣分、加分写 事项：每次分值；公式写算式。"
        "设定的写法见表“方案用法”。", "i", 3,
    ),
    ListBlock(
        "条件", "requirement", ("label", "gate", "", "kind", MAIN, REST, "clause", "note", "id"),
        "不符合就不能参评，或不能当选。把关：参评、当选、等级。", "r",
    ),
    FormBlock(
        "总分与名次",
        (*_form("", "", "total").rows, ("rank_by",)),
        "总分是各项得分之和、高者在前的，都不用填。",
    ),
    _form("名额", "规则要填。", "quota"),
    _form("并列", "名额处并列时怎么办，要填。", "ties"),
    ListBlock(
        "奖励", "reward", ("label", "unit", "", "to", "value", REST, "clause", "", "id"),
        "当选者得什么。数额：一个数、一样东西，或（方式：按名次；对照表：（1：300；2-3：200）；其余：0；并列时：同得）。",
        "w", 2,
    ),
    ListBlock(
        "称号", "titles", ("label", "best", "", "among", "of", REST, "clause", "", "id"),
        "当选之外的单项称号。", "t", 1,
    ),
    _form("等级办法", "评等级（优秀、合格……）才填。", "grading"),
    ListBlock(
        "等级", "grade", ("label", "", "", "at_most", "also", REST, "clause", "", "id"), "从最好的一级写起。", "d", 1,
    ),
    ListBlock(
        "评委会", "panel", ("label", "within", "expected", "own", "items", REST, "clause", "note", "id"),
        "由人评分、投票才填。", "p", 1,
    ),
    ListBlock(
        "评分项目", "item", ("label", "min", "max", "blank", "options", REST, "", "hint", "id"),
        "评委打的每一项：最低、最高，或选项（优＝95、良＝85）。", "k", 1,
    ),
    ListBlock(
        "设置项", "setting", ("label", "kind", "default", "required", "choices", REST, "clause", "note", "id"),
        "每期可以另定的数或办法；别处写 【名称】 就取它的值。", "s", 1,
    ),
    ListBlock(
        "期限", "deadline", ("label", "working_day", "day", "", "", REST, "clause", "", "id"), "期末之后何日以前。",
        "l", 1,
    ),
    _form("公告公示", "不张贴的不填。", "notice"),
    _form("考察期", "当选后一段时间内可以撤销的才填。", "probation"),
    _form("撤销的后果", "被撤销者其后几期不得参评。", "barring"),
    _form("调动", "期内换组的人算在哪一组。", "moves"),
    ListBlock(
        "原文有误", "flaw", ("text", "setting", "", "open", "", REST, "clause", "", "id"), "所依据的文件本身有误之处。",
        "f", 1,
    ),
    ListBlock(
        "附件", "form", ("sheet", "", "", "kind", "title", REST, "clause", "", ""), "每名当选者一页的表格。", "", 1,
    ),
)  # fmt: skip
"""The blocks in the order of the sheet; everything that a scheme may state has its place in one."""


def header(block: ListBlock, column: str) -> str:
    """The header of a block's column."""
    if column in _HEADERS:
        return _HEADERS[column]
    return key_word(_any_model(block.entry), column)


def _any_model(shape: Part | Variants) -> str:
    return (shape.model if isinstance(shape, Part) else next(iter(shape.models.values()))).__name__


def main_key(block: ListBlock, tag: str) -> str:
    """The key in column 取自 of an entry with this method or kind."""
    return _MAIN.get(block.key, {}).get(tag, "of")


def form_key(path: tuple[str, ...]) -> tuple[str, Key]:
    """The name of the model and the key of a row of a form."""
    key = keys_of(Scheme)[path[0]]
    if len(path) == 1:
        return Scheme.__name__, key
    assert isinstance(key.shape, Part)
    return key.shape.model.__name__, keys_of(key.shape.model)[path[1]]


def form_word(path: tuple[str, ...]) -> str:
    """What a row of a form is called."""
    model, key = form_key(path)
    return key_word(model, key.name)


def block_titled(text: str) -> Block | None:
    """The block that a heading begins: 五、评分指标."""
    number, dot, title = text.partition("、")
    if not dot or not number or set(number) - set(NUMERALS):
        return None
    return next((block for block in BLOCKS if block.title == title.strip()), None)
