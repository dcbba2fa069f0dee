"""docs/schemes.md as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.scheme_reference.examples import Example, examples, head
from addin.scheme_reference.keys import Key, Table, keys_of, kind_of, parts_of
from addin.scheme_reference.texts import texts_of
from calc.grades import Grade, Grading
from calc.methods import Indicator
from calc.requirements import Requirement
from calc.rewards import Reward
from calc.scheme import load_scheme, shipped
from calc.scheme.model import (
    Barring,
    Deadline,
    EventKind,
    Flaw,
    Form,
    Group,
    Measure,
    Moves,
    Notice,
    Probation,
    Scheme,
    Setting,
    Subject,
    Title,
    Total,
)
from calc.scheme.panel import Item, Panel
from calc.seats import Quota
from calc.winners import Order, Ties

__all__ = ["scheme_page"]

_INTRO = """# 方案文件

一项评选的规则写成一个方案文件：填什么、怎么计分、谁能当选、几名、并列怎么办。本页列出方案文件能写的全部内容，由程序的\
模型生成（`python -m addin.scheme_reference`），请勿手改；每个例子都作为测试运行，结果是手工算出的。

- `starscore scheme check 文件.toml` 逐句说明一个方案，并指出看来不对的地方。
- 文件没有写明的地方（零怎么办、并列怎么分、取整方式）没有默认值，必须选定；漏写时报错并列出可选的写法。
- 例子里 `→` 打头的列是结果：`→total` 总分，`→points.x` 某项得分，`→columns.x` 过程数，`→rank` 名次，`→status` 结果\
（`winner` 当选，`tied` 并列待定）。
"""
_EXAMPLES = "各例省去文件开头相同的几行（例子里另写的以例子为准）："
_CHAPTERS: tuple[tuple[str, tuple[Table | str, ...]], ...] = (
    ("填什么", (Subject, Setting, Flaw, Measure, EventKind)),
    ("评委和评分项目", (Panel, Item)),
    ("指标", (Indicator, "missing", "rounding", Group)),
    ("计分方法", ("method",)),
    ("总分", (Total, "totals")),
    ("条件", (Requirement, "kind")),
    ("等级", (Grading, Grade, "grades")),
    ("名次、名额、并列", (Order, Quota, "quotas", Ties, "ties")),
    ("称号和奖励", (Title, "titles", Reward, "by", "rewards")),
    ("公示、期限、表格、调动", (Notice, Deadline, Probation, Barring, Form, Moves)),
)
"""Each with the tables, the discriminators of families of tables, and the sections of examples that it has."""
_FAMILIES: dict[str, tuple[Table, Table, str]] = {
    "method": (Scheme, Indicator, "methods"),
    "kind": (Scheme, Requirement, "requirements"),
    "by": (Reward, Reward, "rewards"),
}
"""By discriminator: the table that its tables stand in, what they have in common, the section of their examples."""


def scheme_page() -> str:
    """The page."""
    found = tuple(examples())
    told: set[Table] = {Scheme}
    lines = [
        _INTRO,
        "## 文件开头",
        "",
        texts_of(Scheme).text,
        "",
        *_keys(Scheme, ()),
        "",
        _EXAMPLES,
        "",
        *_toml(head()),
    ]
    for title, parts in _CHAPTERS:
        lines += [f"## {title}", ""]
        for part in parts:
            if part in _FAMILIES:
                lines += _family(str(part), found, told)
            elif isinstance(part, str):
                lines += _shown([example for example in found if example.section == part and not _of_kind(example)])
            else:
                lines += _table(part, f"### {texts_of(part).title}", told)
    return "\n".join([*lines, *_shipped()]) + "\n"


def _of_kind(example: Example) -> bool:
    """True for an example that stands with the table of a family that it is called after."""
    sections = {section: key for key, (_, _, section) in _FAMILIES.items()}
    key = sections.get(example.section)
    return key is not None and any(_is_about(example, kind) for kind, _ in _members(key))


def _is_about(example: Example, kind: str) -> bool:
    return example.name.partition("-")[0] == kind


def _members(key: str) -> Iterator[tuple[str, Table]]:
    """The tables of a family, each with the word that picks it."""
    where, _, _ = _FAMILIES[key]
    yield from ((kind, part) for part in parts_of(where) if (kind := kind_of(part, key)))


def _family(key: str, found: Sequence[Example], told: set[Table]) -> Iterator[str]:
    _, common, section = _FAMILIES[key]
    yield from [f"| `{key}` | | |", "|---|---|---|"]
    yield from (f"| `{kind}` | {texts_of(table).title} | {texts_of(table).text} |" for kind, table in _members(key))
    yield ""
    for kind, table in _members(key):
        yield from _table(table, f'### {key} = "{kind}" {texts_of(table).title}', told, (*keys_of(common), key))
        yield from _shown([example for example in found if example.section == section and _is_about(example, kind)])


def _table(table: Table, heading: str, told: set[Table], known: Sequence[Key | str] = ()) -> Iterator[str]:
    """A table with the tables within it, each told once."""
    told.add(table)
    texts = texts_of(table)
    yield from [heading, ""]
    yield from [texts.text, ""] if texts.text else []
    yield from [f"算式：{texts.formula}", ""] if texts.formula else []
    if rows := _keys(table, known):
        yield from [*rows, ""]
    for key in keys_of(table):
        for part in key.parts:
            if part not in told and not any(kind_of(part, family) for family in _FAMILIES):
                yield from _table(part, f"`{key.name}`：{texts_of(part).title}", told)


def _keys(table: Table, known: Sequence[Key | str]) -> list[str]:
    """The keys of a table, but for those that are ``known`` from elsewhere and have no text of their own."""
    texts = texts_of(table)
    own = [key for key in keys_of(table) if key.name not in known and (key not in known or key.name in texts.own)]
    rows = [f"| `{key.name}` | {key.type} | {_default(key)} | {texts.says(key)} |" for key in own]
    return ["| 键 | 类型 | 不写时 | 说明 |", "|---|---|---|---|", *rows] if rows else []


def _default(key: Key) -> str:
    return "必填" if key.required else f"`{key.default}`" if key.default else ""


def _shown(found: Sequence[Example]) -> Iterator[str]:
    for example in found:
        yield from [f"例：{example.shows}", "", *_toml(example.part), *_grid(example.data)]
        for kind, grid in example.others.items():
            yield from [f"{kind}：", "", *_grid(grid)]


def _toml(text: str) -> list[str]:
    return ["```toml", text.strip(), "```", ""]


def _grid(grid: Sequence[Sequence[str]]) -> list[str]:
    header, *rows = ("| " + " | ".join(row) + " |" for row in grid)
    return [header, "|---" * len(grid[0]) + "|", *rows, ""]


def _shipped() -> Iterator[str]:
    told = "依据的文件、未写明之处和默认值见[随附的方案](shipped-schemes.md)。"
    yield from ["## 现有方案", "", told, "", "| 编号 | 评选 | 单位 | 对象 | 要填的 |", "|---|---|---|---|---|"]
    for name in shipped():
        scheme = load_scheme(name).scheme
        takes = [measure.label for measure in scheme.measure]
        takes += ["登记的事项"] if scheme.event else []
        takes += ["以往荣誉"] if scheme.barring is not None or any(_honours(scheme)) else []
        takes += ["评委评分"] if scheme.panel else []
        yield f"| `{name}` | {scheme.title} | {scheme.organisation} | {scheme.subject.label} | {'、'.join(takes)} |"


def _honours(scheme: Scheme) -> Iterator[bool]:
    yield from (bool(part.reads().honours) for part in (*scheme.indicator, *scheme.requirement))
