"""The part of a scheme that says who wins and what: every reference leads somewhere, and no choice is left open."""

from __future__ import annotations

from collections.abc import Iterator

from calc.methods.base import show
from calc.methods.honours import CountsHonours
from calc.quota import Distinct, Quota
from calc.scheme.graph import Fault, measure_named
from calc.scheme.model import Scheme

__all__ = ["award_faults"]


def award_faults(scheme: Scheme) -> list[Fault]:
    """Everything about quotas, grades, titles, honours, rewards and forms that makes the scheme unusable."""
    return [*_required(scheme), *_quota(scheme, "quota", scheme.quota), *_honours(scheme), *_forms(scheme)]


def _required(scheme: Scheme) -> Iterator[Fault]:
    for setting in scheme.setting:
        if setting.required and setting.default is not None:
            yield Fault(f"setting({setting.id}).default", "必填（required = true）的设置项不写默认值")


def _quota(scheme: Scheme, path: str, quota: Quota) -> Iterator[Fault]:
    if quota.rule is None and not quota.by_pool:
        yield Fault(f"{path}.rule", "缺少这个键（或按组写 by_pool）")
    if quota.rule is not None and quota.by_pool:
        yield Fault(f"{path}.rule", "写了 by_pool 就不写 rule；没有列出的组写 otherwise")
    if quota.otherwise is not None and not quota.by_pool:
        yield Fault(f"{path}.otherwise", "otherwise 须与 by_pool 同用")
    if quota.minimum is not None and quota.maximum is not None and quota.minimum > quota.maximum:
        yield Fault(f"{path}.minimum", f"最少 {show(quota.minimum)} 名多于最多 {show(quota.maximum)} 名")
    if isinstance(quota.count, Distinct):
        measure = measure_named(scheme, quota.count.distinct)
        if measure is None or measure.kind != "text":
            yield Fault(f"{path}.count", f"没有文字列 {quota.count.distinct}")


def _honours(scheme: Scheme) -> Iterator[Fault]:
    """Counts of honours: how far back, and the column that may stand for them."""
    kinds = (("indicator", scheme.indicator), ("requirement", scheme.requirement))
    for kind, part in ((kind, part) for kind, parts in kinds for part in parts):
        if not isinstance(part, CountsHonours):
            continue
        path = f"{kind}({part.id})"
        if (part.within == "last") != (part.periods is not None):
            yield Fault(f"{path}.periods", 'within = "last" 须写 periods（几期），其他不写')
        if part.column is None:
            continue
        measure = measure_named(scheme, part.column)
        if measure is None or measure.kind != "number" or ":" in part.column or measure.missing != "none":
            yield Fault(f"{path}.column", f'没有可空白（missing = "none"）的数值列 {part.column}')
        if part.held.what == "mean":
            yield Fault(f"{path}.column", "得分的平均不能由一列次数代替")


def _forms(scheme: Scheme) -> Iterator[Fault]:
    """Forms: each on its own sheet, and the report in a text column that may be blank."""
    sheets = [form.sheet for form in scheme.form]
    for n, form in enumerate(scheme.form):
        path = f"form({form.sheet})"
        if form.sheet in sheets[:n]:
            yield Fault(f"{path}.sheet", "两份表格不能同名")
        if set(form.sheet) & set("[]:*?/\\'"):
            yield Fault(f"{path}.sheet", "工作表的名称不能含 [ ] : * ? / \\ '")
        if form.report is None:
            continue
        measure = measure_named(scheme, form.report)
        if measure is None or measure.kind != "text" or measure.missing != "none":
            yield Fault(f"{path}.report", f'没有可空白（missing = "none"）的文字列 {form.report}')
