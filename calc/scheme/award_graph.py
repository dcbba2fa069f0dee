"""The part of a scheme that says who wins and what: every reference leads somewhere, and no choice is left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from calc.grades import Grading, Nested
from calc.methods.base import Reads, show
from calc.methods.honours import CountsHonours
from calc.requirements import HasGrade
from calc.rewards import ByGrade, ByRank, Share
from calc.scheme.graph import Fault, column_faults, measure_named, read_faults, scope_faults
from calc.scheme.model import Scheme
from calc.seats import Distinct, Quota

__all__ = ["award_faults"]


def award_faults(scheme: Scheme) -> list[Fault]:
    """Everything about quotas, grades, titles, honours, rewards, sources and forms that makes the scheme unusable."""
    return [
        *_required(scheme),
        *_quota(scheme, "quota", scheme.quota),
        *_honours(scheme),
        *_grades(scheme),
        *_gates(scheme),
        *_titles(scheme),
        *_rewards(scheme),
        *_sources(scheme),
        *_forms(scheme),
    ]


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
    if quota.each is not None and not _is_text(scheme, quota.each.of):
        yield Fault(f"{path}.each.of", f"没有文字列 {quota.each.of}")
    if isinstance(quota.count, Distinct) and not _is_text(scheme, quota.count.distinct):
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


def _grades(scheme: Scheme) -> Iterator[Fault]:
    """Grades: ends that leave nobody between two of them unless that is meant, and shares with all their choices."""
    grading, grades = scheme.grading, scheme.grade
    if not grades:
        if grading != Grading():
            yield Fault("grading", "没有 grade 就不写 grading")
        return
    for name, n in Counter(grade.id for grade in grades).items():
        if n > 1:
            yield Fault(f"grade({name})", f"编号 {name} 出现了 {n} 次")
    yield from column_faults(scheme, "grading.of", grading.of)
    for n, order in enumerate(grading.order):
        yield from column_faults(scheme, f"grading.order[{n}].of", order.of)
    for place, grade in enumerate(grades):
        path = f"grade({grade.id})"
        if place < len(grades) - 1 and not grade.ends and not grade.also and grade.at_most is None:
            yield Fault(path, "除最后一级外，须写界限（from、above、to、below）、also 或 at_most")
        if (grade.at_least is None) != (grade.filled_by is None):
            yield Fault(
                f"{path}.filled_by", "at_least 与 filled_by 须同时写：不足时由较好（better）还是较差（worse）的一级补足"
            )
        if grade.filled_by == ("better" if place == 0 else "worse" if place == len(grades) - 1 else ""):
            yield Fault(f"{path}.filled_by", "没有这样的一级可以补足")
        for n, bound in enumerate(grade.also):
            yield from column_faults(scheme, f"{path}.also[{n}].of", bound.of)
        for key in ("at_most", "at_least"):
            share = getattr(grade, key)
            if isinstance(share, Nested) and not _is_text(scheme, share.by):
                yield Fault(f"{path}.{key}.by", f"没有文字列 {share.by}")
    yield from _shares(scheme)


def _shares(scheme: Scheme) -> Iterator[Fault]:
    """The choices that shares of a group need."""
    grading = scheme.grading
    if grading.within is not None:
        yield from scope_faults(scheme, "grading.within", (grading.within,))
    if all(grade.at_most is None and grade.at_least is None for grade in scheme.grade):
        return
    for key, choices in (
        ("within", "pool、all 或文字列"),
        ("count", "graded（评等级的人数）或 rows（组内全部人数）"),
        ("ties", "better（并列者都得较好的一级）或 worse（都得较差的一级）"),
    ):
        if getattr(grading, key) is None:
            yield Fault(f"grading.{key}", f"有比例限制时须选定：{choices}")
    if grading.demote is None and any(requirement.gate == "grade" for requirement in scheme.requirement):
        yield Fault("grading.demote", "须选定先降级再按比例（before）还是先按比例再降级（after）")


def _gates(scheme: Scheme) -> Iterator[Fault]:
    """Requirements that lower a grade or ask for one."""
    known = {grade.id for grade in scheme.grade}
    for requirement in scheme.requirement:
        path = f"requirement({requirement.id})"
        lowers = requirement.down is not None or requirement.not_above is not None
        if (requirement.gate == "grade") != lowers:
            yield Fault(f"{path}.gate", 'gate = "grade" 须写 down 或 not_above，其他不写')
        if requirement.gate == "grade" and not known:
            yield Fault(f"{path}.gate", '没有 grade 就没有 gate = "grade"')
        if requirement.not_above is not None and requirement.not_above not in known:
            yield Fault(f"{path}.not_above", f"没有等级 {requirement.not_above}")
        if isinstance(requirement, HasGrade):
            if requirement.gate != "award":
                yield Fault(f"{path}.gate", '等级条件只能是当选条件（gate = "award"）')
            if requirement.at_least not in known:
                yield Fault(f"{path}.at_least", f"没有等级 {requirement.at_least}")


def _titles(scheme: Scheme) -> Iterator[Fault]:
    earlier = {"award"}
    for title in scheme.titles:
        path = f"titles({title.id})"
        if title.id in earlier:
            yield Fault(path, f"编号 {title.id} 重复或已有他用")
        yield from column_faults(scheme, f"{path}.of", title.of)
        yield from scope_faults(scheme, f"{path}.within", (title.within,))
        yield from _quota(scheme, f"{path}.quota", title.quota)
        for n, order in enumerate(title.ties.order):
            yield from read_faults(scheme, f"{path}.ties.order[{n}].of", Reads(columns=(order.of,)))
        for other in title.without:
            if other not in earlier:
                yield Fault(f"{path}.without", f"没有排在前面的称号 {other}（或 award）")
        earlier.add(title.id)


def _rewards(scheme: Scheme) -> Iterator[Fault]:
    """Rewards: to somebody there is, by columns and grades there are, and sums that can add up."""
    titles, grades = {title.id for title in scheme.titles}, {grade.id for grade in scheme.grade}
    for reward in scheme.reward:
        path = f"reward({reward.id})"
        rule = reward.value
        if reward.to not in {"winner", "eligible", "rated"} | titles:
            yield Fault(f"{path}.to", f"没有称号 {reward.to}（或 winner、eligible、rated）")
        if reward.reads is not None:
            yield from column_faults(scheme, f"{path}.value.of", reward.reads)
        if reward.pools and scheme.pool is None:
            yield Fault(f"{path}.pools", "没有 pool 就没有分组")
        if isinstance(rule, ByRank):
            yield from _places(f"{path}.value", rule)
        elif isinstance(rule, ByGrade):
            for name in sorted(set(rule.table) - grades):
                yield Fault(f"{path}.value.table", f"没有等级 {name}")
        elif isinstance(rule, Share):
            yield from scope_faults(scheme, f"{path}.value.within", (rule.within,))
            if sum([rule.amount is not None, rule.per_head is not None, bool(rule.table)]) != 1:
                yield Fault(f"{path}.value", "amount（每组总额）、per_head（每人）、table（各组总额）须写且只写一个")
            sums = [rule.amount, rule.per_head, *rule.table.values()]
            if any((Fraction(s) * Fraction(10) ** rule.digits).denominator != 1 for s in sums if s is not None):
                yield Fault(f"{path}.value.digits", f"总额的小数多于 digits = {rule.digits}，分不尽")


def _places(path: str, rule: ByRank) -> Iterator[Fault]:
    spans = [(int(low), int(high or low)) for low, _, high in (span.partition("-") for span in rule.table)]
    places = Counter(place for low, high in spans for place in range(low, high + 1))
    for place, n in places.items():
        if n > 1:
            yield Fault(f"{path}.table", f"第 {place} 名写了 {n} 次")
    gifts = [*rule.table.values(), rule.otherwise]
    if rule.ties == "mean" and (rule.rounding is None or any(isinstance(gift, str) and gift for gift in gifts)):
        yield Fault(f"{path}.rounding", 'ties = "mean" 只用于金额，并须写 rounding')


def _sources(scheme: Scheme) -> Iterator[Fault]:
    """Columns from other contests: of the kind that the value is, found by a column that there is."""
    for measure in scheme.measure:
        source, path = measure.source, f"measure({measure.id}).source"
        if source is None:
            continue
        if measure.many or measure.kind != ("text" if source.value == "grade" else "number"):
            yield Fault(path, "来自别的评选结果的列须为单列数值（等级 grade 则为文字）")
        if source.by not in {"id", "pool"} and not _is_text(scheme, source.by):
            yield Fault(f"{path}.by", f"没有文字列 {source.by}（或 id、pool）")
        if source.value == "grade" and source.how != "only":
            yield Fault(f"{path}.how", "等级不能合计或平均")


def _is_text(scheme: Scheme, name: str) -> bool:
    return any(measure.id == name and measure.kind == "text" for measure in scheme.measure)


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
