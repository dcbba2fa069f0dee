"""Where people judge: panels, items, nominations and what reads them lead somewhere, and no choice is left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from calc.methods.marks import RaterMarks
from calc.methods.votes import Votes
from calc.requirements import Nominated
from calc.scheme.graph import Fault, measure_named, scope_faults
from calc.scheme.model import Scheme
from calc.scheme.panel import Item, Panel

__all__ = ["panel_faults"]


_RESERVED = frozenset({"rater", "id", "name", "panel", "item", "score"})
"""Column names that a table of ballots has besides the items."""


def panel_faults(scheme: Scheme) -> list[Fault]:
    """Everything about panels that makes the scheme unusable though each key by itself is well formed."""
    return [*_items(scheme), *_panels(scheme), *_indicators(scheme), *_nominations(scheme)]


def _items(scheme: Scheme) -> Iterator[Fault]:
    used = {item for panel in scheme.panel for item in panel.items}
    yield from (Fault(f"item({item.id})", f"{item.id} 是保留的列名") for item in scheme.item if item.id in _RESERVED)
    yield from (Fault(f"item({item.id})", "没有 panel 用到这一项") for item in scheme.item if item.id not in used)
    names = Counter(name for item in scheme.item for name in {item.id, item.label})
    yield from (Fault("item", f"名称「{name}」用于 {n} 项，填票人分不清") for name, n in names.items() if n > 1)


def _panels(scheme: Scheme) -> Iterator[Fault]:
    items = {item.id: item for item in scheme.item}
    for panel in scheme.panel:
        path = f"panel({panel.id})"
        yield from (Fault(f"{path}.items", f"没有 item {name}") for name in panel.items if name not in items)
        yield from scope_faults(scheme, f"{path}.within", (panel.within,))
        for name in panel.after:
            if name not in {requirement.id for requirement in scheme.requirement}:
                yield Fault(f"{path}.after", f"没有条件 {name}")
        yield from _limits(panel, items, path)
        if panel.void is None and _may_be_void(panel, items):
            yield Fault(f"{path}.void", "有作废的情形，须写 void：mark（只此一项）、sheet（给此人的）或 rater（整票）")


def _limits(panel: Panel, items: dict[str, Item], path: str) -> Iterator[Fault]:
    for n, limit in enumerate(panel.limit):
        if limit.item not in panel.items or limit.item not in items:
            yield Fault(f"{path}.limit[{n}].item", f"票上没有 {limit.item}")
            continue
        known = {option.value for option in items[limit.item].options}
        for option in limit.options:
            if option not in known:
                yield Fault(f"{path}.limit[{n}].options", f"{limit.item} 没有选项 {option}")


def _may_be_void(panel: Panel, items: dict[str, Item]) -> bool:
    on_it = [items[name] for name in panel.items if name in items]
    by_item = any(item.blank == "void" or item.unreadable == "void" for item in on_it)
    return by_item or any(limit.over == "void" for limit in panel.limit)


def _indicators(scheme: Scheme) -> Iterator[Fault]:
    panels = {panel.id: panel for panel in scheme.panel}
    items = {item.id: item for item in scheme.item}
    for indicator in scheme.indicator:
        path = f"indicator({indicator.id})"
        if not isinstance(indicator, RaterMarks | Votes):
            continue
        panel = panels.get(indicator.panel)
        if panel is None:
            yield Fault(f"{path}.panel", f"没有 panel {indicator.panel}")
            continue
        of = indicator.items if isinstance(indicator, RaterMarks) else (indicator.item,)
        missing = [name for name in of if name not in panel.items or name not in items]
        yield from (Fault(f"{path}.items", f"{panel.label}的票上没有 {name}") for name in missing)
        if not missing:
            yield from (_marks(path, indicator, panel, [items[name] for name in of])
                        if isinstance(indicator, RaterMarks)
                        else _votes(path, indicator, panel, items[indicator.item]))  # fmt: skip


def _marks(path: str, indicator: RaterMarks, panel: Panel, items: list[Item]) -> Iterator[Fault]:
    if panel.has_weights and indicator.how == "median":
        yield Fault(f"{path}.how", f"{panel.label}的权重不等，不能取中位数")
    if panel.has_weights and indicator.drop_from is not None and indicator.drop_equal is None:
        yield Fault(
            f"{path}.drop_equal", "评委权重不等，须写同分时去掉谁的：lightest（权重小的）或 heaviest（权重大的）"
        )
    if indicator.first == "items" and indicator.combine == "sum":
        for item in items:
            if item.blank == "left_out":
                yield Fault(
                    f"{path}.combine",
                    f'项目 {item.id} 可以空着（blank = "left_out"），各项相加就不可比；请改 combine = "mean" 或 blank',
                )


def _votes(path: str, indicator: Votes, panel: Panel, item: Item) -> Iterator[Fault]:
    known = {option.value for option in item.options}
    yield from (Fault(f"{path}.options", f"{item.id} 没有选项 {o}") for o in indicator.options if o not in known)
    weighted = panel.has_weights or any(rater.weight != 1 for rater in panel.raters)
    if weighted and indicator.share_of not in {None, "marks"}:
        yield Fault(f"{path}.share_of", '评委有权重，比例只能以得到的评分为底：share_of = "marks"')


def _nominations(scheme: Scheme) -> Iterator[Fault]:
    for requirement in scheme.requirement:
        if not isinstance(requirement, Nominated):
            continue
        path = f"requirement({requirement.id})"
        for key, name, kind in (("by", requirement.by, "text"), ("on", requirement.on, "date")):
            measure = None if name is None else measure_named(scheme, name)
            if name is not None and (measure is None or measure.kind != kind or measure.missing != "none"):
                word = "文字" if kind == "text" else "日期"
                yield Fault(f"{path}.{key}", f'没有可空白（missing = "none"）的{word}列 {name}')
