"""What people fill in: every id and label stands for one thing, and settings and columns are such as can be filled."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from calc.methods.base import show
from calc.scheme.graph import Fault, is_numeric, measure_named
from calc.scheme.model import Scheme, in_range

__all__ = ["input_faults"]

_DEFAULTS: dict[str, tuple[type, str]] = {
    "choice": (str, "文字"),
    "text": (str, "文字"),
    "number": (Decimal, "数字"),
    "date": (dt.date, "日期"),
}
RESERVED = frozenset({"id", "name", "pending"})
"""Column names that every data sheet has besides the measures."""


def input_faults(scheme: Scheme) -> list[Fault]:
    """Everything about settings, columns and events that makes the scheme unusable though each key is well formed."""
    return [*_duplicates(scheme), *_settings(scheme), *_measures(scheme)]


def _duplicates(scheme: Scheme) -> Iterator[Fault]:
    """The same id twice in one list, or two columns with one label."""
    lists: dict[str, list[str]] = {
        name: [entry.id for entry in getattr(scheme, name)]
        for name in (
            "setting",
            "measure",
            "event",
            "panel",
            "item",
            "group",
            "indicator",
            "requirement",
            "reward",
            "deadline",
            "flaw",
        )
    }
    for name, ids in lists.items():
        for twice, n in Counter(ids).items():
            if n > 1:
                yield Fault(f"{name}({twice})", f"编号 {twice} 出现了 {n} 次")
    labels = [label for measure in scheme.measure for _, label in measure.headers()]
    labels += [event.label for event in scheme.event]
    for twice, n in Counter(labels).items():
        if n > 1:
            yield Fault("measure", f"名称「{twice}」用于 {n} 列或事项，填表人分不清")
    for measure in scheme.measure:
        taken = [other.id for other in scheme.measure if other is not measure and measure.matches(other.id)]
        yield from (Fault(f"measure({name})", f"编号 {name} 与多列的 {measure.id} 冲突") for name in taken)
    shared = set(lists["measure"]) & set(lists["event"])
    yield from (Fault(f"event({name})", f"编号 {name} 已用于 measure") for name in sorted(shared))


def _settings(scheme: Scheme) -> Iterator[Fault]:
    for setting in scheme.setting:
        path = f"setting({setting.id})"
        if (setting.kind == "choice") != bool(setting.choices):
            yield Fault(f"{path}.choices", 'kind = "choice" 须列出 choices，其他种类不得列')
        if setting.kind == "choice" and setting.default not in [choice.value for choice in setting.choices]:
            yield Fault(f"{path}.default", f"默认值 {setting.default} 不在 choices 之列")
        kind, word = _DEFAULTS[setting.kind]
        if not isinstance(setting.default, kind | None):
            yield Fault(f"{path}.default", f"须为{word}")
        if isinstance(setting.default, Decimal) and not in_range(setting, setting.default):
            yield Fault(f"{path}.default", f"默认值 {setting.default} 超出 min、max")
        for key, others in (("unless", setting.unless), ("together", setting.together)):
            for other in others:
                if other not in {entry.id for entry in scheme.setting}:
                    yield Fault(f"{path}.{key}", f"没有设置项 {other}")
        if setting.id == "period":
            yield Fault(path, "period 是每个方案都有的，不另设")


def _measures(scheme: Scheme) -> Iterator[Fault]:
    for measure in scheme.measure:
        path = f"measure({measure.id})"
        if measure.id in RESERVED:
            yield Fault(path, f"{measure.id} 是保留的列名")
        if measure.only_with is not None and not is_numeric(measure_named(scheme, measure.only_with)):
            yield Fault(f"{path}.only_with", f"没有数值列 {measure.only_with}")
        if measure.only_with is not None and measure.many:
            yield Fault(f"{path}.only_with", "有多列的 measure 不能写 only_with")
        if measure.min is not None and measure.max is not None and measure.min > measure.max:
            yield Fault(f"{path}.min", f"min {show(measure.min)} 大于 max {show(measure.max)}")
        if measure.kind not in {"number", "rate"} and (measure.min is not None or measure.max is not None):
            yield Fault(f"{path}.min", "只有数值列才有 min、max")
        if measure.missing == "zero" and not (is_numeric(measure) or measure.kind == "yes_no"):
            yield Fault(f"{path}.missing", "只有数值列、是否列的空白才能当 0（否）")
        if measure.missing == "none" and measure.kind == "yes_no":
            yield Fault(f"{path}.missing", "是否列不能没有值")
        if measure.at_least and (not measure.many or measure.missing != "none"):
            yield Fault(f"{path}.at_least", 'at_least 须与 many = true、missing = "none" 同用')
        if measure.many and not is_numeric(measure):
            yield Fault(f"{path}.many", "只有数值列才能有多列")
        if measure.columns > 1 and not measure.many:
            yield Fault(f"{path}.columns", "columns 须与 many = true 同用")
    if scheme.pool is not None:
        pool = measure_named(scheme, scheme.pool)
        if pool is None or pool.kind != "text":
            yield Fault("pool", f"没有文字列 {scheme.pool}")
