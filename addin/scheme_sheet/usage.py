"""Sheet 方案用法: what each method takes, made of the model."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet
from pydantic import BaseModel

from addin.scheme_sheet.blocks import BLOCKS, MAIN, ListBlock, main_key
from addin.scheme_sheet.shapes import (
    COLUMNS,
    Day,
    Either,
    Flag,
    FormulaText,
    Key,
    Many,
    Map,
    Number,
    Pair,
    Part,
    Reference,
    RuleText,
    Shape,
    Variants,
    Words,
    keys_of,
)
from addin.scheme_sheet.words import MEANINGS, NO, YES, key_word
from workbook_templates.page import Heading, Page, Row, paint

__all__ = ["USAGE", "write_usage"]

USAGE = "方案用法"
_DEPTH = 2
_MANY = 6
"""More kinds than this are named, not told one by one: they have rows of their own."""
_NOTE = (
    "必填的设定须写在“设定”一列，写成 名称：值；名称：值。可选的设定不写时按通常的办法。"
    "各指标还可写：计入总分：否、下限、上限、取舍：小数位数、没有数据时。"
)


def write_usage(sheet: Worksheet) -> None:
    """Write what can be stated of each method and kind."""
    headings = [
        Heading("块", 11),
        Heading("算法、种类", 16, "left"),
        Heading("怎样计算", 44, "left"),
        Heading("取自", 30, "left"),
        Heading("必填的设定", 46, "left"),
        Heading("可选的设定", 56, "left"),
    ]
    page = Page(USAGE, "方案用法", "“方案”各块的算法和设定", _NOTE, headings, list(_rows()), landscape=True)
    paint(sheet, page)


def _rows() -> Iterator[Row]:
    for block in (block for block in BLOCKS if isinstance(block, ListBlock)):
        shape = block.entry
        if isinstance(shape, Part):
            yield Row([block.title, "", "", "", _listed(block, shape.model, "", needed=True),
                       _listed(block, shape.model, "", needed=False)])  # fmt: skip
            continue
        for value, model in shape.models.items():
            main = keys_of(model).get(main_key(block, value))
            yield Row([
                block.title, shape.words[value], MEANINGS.get(value, ""),
                "" if main is None else _told(model, main, _DEPTH),
                _listed(block, model, value, needed=True), _listed(block, model, value, needed=False),
            ])  # fmt: skip


def _listed(block: ListBlock, model: type[BaseModel], tag: str, *, needed: bool) -> str:
    """The keys that stand in column 设定, those that are needed or the others."""
    shape = block.entry
    models = shape.models.values() if isinstance(shape, Variants) else ()
    shared = {key for key in keys_of(model) if models and all(key in keys_of(other) for other in models)}
    own = {*block.columns, *shared, *([main_key(block, tag)] if MAIN in block.columns else [])}
    keys = [key for key in keys_of(model).values() if key.name not in own and key.required == needed]
    return "\n".join(_told(model, key, _DEPTH) for key in keys)


def _told(model: type[BaseModel], key: Key, depth: int) -> str:
    return f"{key_word(model.__name__, key.name)}：{_takes(key.shape, depth)}"


def _takes(shape: Shape, depth: int) -> str:
    """What may stand under a key, in a few words."""
    match shape:
        case Words():
            return "、".join(shape.words.values())
        case Flag():
            return f"{YES}、{NO}"
        case Number():
            return "数"
        case Day():
            return f"日期，如 {date(2026, 1, 1)}"
        case RuleText():
            return "数，或比例，如 10% 去尾"
        case FormulaText():
            return "算式，如 (检查得分 - 60) / 40 * 20"
        case Reference():
            return "、".join([_named(shape), *shape.special.values()])
        case Either():
            return "，或".join(_takes(each, depth) for each in shape.of)
        case Many():
            return f"{_takes(shape.of, depth)}（可几个，用“、”隔开）"
        case Pair():
            return f"{_takes(shape.left, depth)}＝{_takes(shape.right, depth)}"
        case Map():
            return f"（名称：{_takes(shape.value, depth)}；…）"
        case Part():
            return _part(shape.model, depth)
        case Variants() if len(shape.models) > _MANY:
            return f"（{shape.label}：{'、'.join(shape.words.values())}；再写该算法的设定）"
        case Variants():
            return "，或".join(_part(model, depth) for model in shape.models.values())
    return "文字"


def _named(shape: Reference) -> str:
    """What the names are of that may stand there."""
    return "列的名称" if shape.lists == COLUMNS else f"{shape.of}的名称" if shape.lists else "名称"


def _part(model: type[BaseModel], depth: int) -> str:
    told = (
        _told(model, key, depth - 1) if depth > 1 else f"{key_word(model.__name__, key.name)}：…"
        for key in keys_of(model).values()
    )
    return f"（{'；'.join(told)}）"
