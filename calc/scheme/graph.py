"""The graph of a scheme's columns: every reference leads somewhere, no circle, and the sums are as stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from calc.formula.kinds import Kind, check
from calc.formula.mistake import FormulaError
from calc.formula.tree import names
from calc.formula.written import Written
from calc.methods import Indicator
from calc.methods.base import Reads, show
from calc.methods.table import Lookup, number_of
from calc.requirements import Condition, InPeriod, NoEvent, Requirement, Tenure, Yes
from calc.scheme.model import Measure, Scheme

__all__ = ["Fault", "column_faults", "event_named", "faults", "in_order", "indicator_name", "indicators_read",
           "is_numeric", "measure_named", "read_faults", "scope_faults"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a scheme: the path of the key, and what."""

    path: str
    message: str


def indicator_name(scheme: Scheme, reference: str) -> str | None:
    """The id of the indicator that a reference means; None where it means a measure or nothing.

    A bare name that both a measure and an indicator bear means the measure.
    """
    kind, _, bare = reference.rpartition(":")
    if kind not in {"", "indicator"} or bare not in {indicator.id for indicator in scheme.indicator}:
        return None
    return None if not kind and any(m.id == bare and not m.many for m in scheme.measure) else bare


def measure_named(scheme: Scheme, reference: str) -> Measure | None:
    """The single-column measure that a reference means; None where it means an indicator or nothing."""
    kind, _, bare = reference.rpartition(":")
    if kind not in {"", "measure"}:
        return None
    return next((m for m in scheme.measure if m.id == bare and not m.many), None)


def event_named(scheme: Scheme, reference: str) -> str | None:
    """The id of the kind of event whose count a reference means; None where it means a column or nothing."""
    kind, _, bare = reference.rpartition(":")
    if kind not in {"", "event"} or bare not in {event.id for event in scheme.event}:
        return None
    return None if not kind and bare in {indicator.id for indicator in scheme.indicator} else bare


def indicators_read(scheme: Scheme, part: Indicator | Requirement) -> list[str]:
    """The ids of the indicators that an indicator or a requirement reads."""
    return [name for reference in part.reads().columns if (name := indicator_name(scheme, reference)) is not None]


def in_order(scheme: Scheme) -> tuple[Indicator, ...]:
    """The indicators so that each comes after those that it reads. Raises CycleError for a circle."""
    by_id = {indicator.id: indicator for indicator in scheme.indicator}
    needs = {indicator.id: indicators_read(scheme, indicator) for indicator in scheme.indicator}
    return tuple(by_id[name] for name in TopologicalSorter(needs).static_order())


def faults(scheme: Scheme) -> list[Fault]:
    """Everything about columns, conditions and sums that makes the scheme unusable though each key is well formed."""
    return [
        *_indicators(scheme),
        *_requirements(scheme),
        *_rest(scheme),
        *_process(scheme),
        *_sums(scheme),
    ]


def is_numeric(measure: Measure | None) -> bool:
    """True for a measure whose values are numbers."""
    return measure is not None and measure.kind in {"number", "rate"}


def read_faults(scheme: Scheme, path: str, reads: Reads) -> Iterator[Fault]:
    """References of an indicator or a requirement that lead nowhere, or to a column without numbers."""
    for reference in reads.columns:
        measure = measure_named(scheme, reference)
        if measure is None and indicator_name(scheme, reference) is None and event_named(scheme, reference) is None:
            yield Fault(path, f"没有列 {reference}（measure、indicator 或 event）")
        elif measure is not None and measure.kind == "text" and reference in reads.texts:
            continue
        elif measure is not None and not (is_numeric(measure) or measure.kind == "yes_no"):
            yield Fault(path, f"列 {reference} 不是数值")
    for family in reads.families:
        if not any(m.id == family and m.many for m in scheme.measure):
            yield Fault(path, f"没有多列的 measure {family}（many = true）")
    for event in reads.events:
        if event not in {kind.id for kind in scheme.event}:
            yield Fault(path, f"没有事项 {event}")


def column_faults(scheme: Scheme, path: str, reference: str) -> Iterator[Fault]:
    """A reference that is neither the total nor leads to a column with numbers."""
    if reference != "total":
        yield from read_faults(scheme, path, Reads(columns=(reference,)))


def _indicators(scheme: Scheme) -> Iterator[Fault]:
    discretionary = {kind.id: kind.discretionary for kind in scheme.event}
    for indicator in scheme.indicator:
        path = f"indicator({indicator.id})"
        if isinstance(indicator, Written):
            yield from _formula(scheme, path, indicator, "number")
        else:
            yield from read_faults(scheme, path, indicator.reads())
            yield from scope_faults(scheme, path, indicator.scopes)
        if isinstance(indicator, Lookup):
            yield from _table(scheme, path, indicator)
        yield from _missing(scheme, path, indicator)
        yield from _limits(path, indicator.floor, indicator.cap)
        if indicator.group is not None and indicator.group not in {group.id for group in scheme.group}:
            yield Fault(f"{path}.group", f"没有 group {indicator.group}")
        yield from (Fault(f"{path}.{key}", message) for key, message in indicator.misfits())
        for event, points in getattr(indicator, "each", {}).items():
            if event in discretionary and discretionary[event] != (points == "points"):
                yield Fault(
                    f"{path}.each.{event}",
                    '逐行定分的事项（discretionary）须写 "points"，按次计分的事项须写每次分值',
                )
    try:
        in_order(scheme)
    except CycleError as error:
        yield Fault("indicator", f"指标互相引用，成了圈：{' → '.join(map(str, error.args[1]))}")


def _table(scheme: Scheme, path: str, lookup: Lookup) -> Iterator[Fault]:
    """A table that asks for texts in a column of numbers."""
    measure = measure_named(scheme, lookup.of)
    if measure is None or measure.kind != "text":
        words = [word for word in lookup.table if number_of(word) is None]
        yield from (Fault(f"{path}.table", f"列 {lookup.of} 是数值，不会是“{word}”") for word in words)


def _formula(scheme: Scheme, path: str, written: Written, wanted: Kind) -> Iterator[Fault]:
    """A formula that names what is not there or mixes numbers and conditions; values given that it does not use."""
    columns = _kinds(scheme)
    for name in written.given:
        if name in columns:
            yield Fault(f"{path}.given.{name}", f"{name} 已是一列的编号，请换一个名称")
        elif name not in names(written.tree):
            yield Fault(f"{path}.given.{name}", f"公式里没有用到 {name}")
    try:
        check(written.formula, written.tree, {**columns, **dict.fromkeys(written.given, "number")}, wanted)
    except FormulaError as error:
        yield Fault(f"{path}.formula", str(error))


def _kinds(scheme: Scheme) -> dict[str, Kind]:
    """What each name that a formula may use stands for."""
    measures = [(m.id, "number" if m.kind == "rate" else m.kind) for m in scheme.measure if not m.many]
    several: list[tuple[str, Kind]] = [(m.id, "many") for m in scheme.measure if m.many]
    counted: list[tuple[str, Kind]] = [(e.id, "number") for e in scheme.event]
    reckoned: list[tuple[str, Kind]] = [(i.id, "number") for i in scheme.indicator]
    prefixed = [
        (f"{prefix}:{name}", kind)
        for prefix, entries in (
            ("event", counted),
            ("indicator", reckoned),
            ("measure", several),
            ("measure", measures),
        )
        for name, kind in entries
    ]
    return dict([*several, *counted, *reckoned, *measures, *prefixed])


def scope_faults(scheme: Scheme, path: str, scopes: Iterable[str]) -> Iterator[Fault]:
    """Groups that are neither the pool, nor everybody, nor those with the same text."""
    texts = {measure.id for measure in scheme.measure if measure.kind == "text"}
    for scope in scopes:
        if scope not in {"pool", "all"} | texts:
            yield Fault(path, f"没有分组 {scope}：须为 pool、all 或文字列")


def _missing(scheme: Scheme, path: str, indicator: Indicator) -> Iterator[Fault]:
    """A policy for missing values that cannot take effect, or that needs more than is stated."""
    if indicator.skips_missing and not any(_may_lack(scheme, indicator)):
        yield Fault(f"{path}.absent", '各列的空白都是错误或待定，无从略过；请在可以空白的列写 missing = "none"')
    if indicator.missing == "problem":
        return
    if indicator.missing == "floor" and indicator.floor is None:
        yield Fault(f"{path}.floor", '写了 missing = "floor" 就须写 floor')
    if indicator.missing == "left_out" and (not indicator.in_total or scheme.total.of is not None):
        yield Fault(f"{path}.missing", '只有计入总分的指标才能 missing = "left_out"')
    if indicator.missing == "left_out" and any(other.base is None for other in scheme.scored):
        yield Fault(f"{path}.missing", 'missing = "left_out" 按基准分折算，计入总分的指标都须写 base')
    for reference in () if indicator.can_be_undefined else indicator.reads().columns:
        measure = measure_named(scheme, reference)
        if measure is not None and measure.missing in {"problem", "pending"} and measure.only_with is None:
            yield Fault(
                f"{path}.missing",
                f"列 {measure.id} 的空白是{'待定' if measure.missing == 'pending' else '错误'}，"
                f'轮不到 missing = "{indicator.missing}"；请在该列写 missing = "none"',
            )


def _may_lack(scheme: Scheme, indicator: Indicator) -> Iterator[bool]:
    """Of each column that an indicator reads whether it may have no value in a row that is otherwise sound."""
    reads = indicator.reads()
    measures = [measure_named(scheme, reference) for reference in reads.columns]
    measures += [measure for measure in scheme.measure if measure.id in reads.families]
    yield from (m is None or m.missing == "none" or m.only_with is not None for m in measures)


def _limits(path: str, floor: Decimal | None, cap: Decimal | None) -> Iterator[Fault]:
    if floor is not None and cap is not None and floor > cap:
        yield Fault(f"{path}.floor", f"下限 {show(floor)} 高于上限 {show(cap)}")


def _requirements(scheme: Scheme) -> Iterator[Fault]:
    for requirement in scheme.requirement:
        path = f"requirement({requirement.id})"
        kinds: dict[type[Requirement], str] = {Tenure: "date", InPeriod: "date", Yes: "yes_no"}
        wanted = kinds.get(type(requirement))
        if wanted is not None:
            (reference,) = requirement.reads().columns
            measure = measure_named(scheme, reference)
            if measure is None or measure.kind != wanted or ":" in reference:
                yield Fault(f"{path}.of", f"没有{'日期' if wanted == 'date' else '是否'}列 {reference}")
            continue
        of = f"{path}.formula" if isinstance(requirement, Condition) else f"{path}.of"
        if isinstance(requirement, Condition):
            yield from _formula(scheme, path, requirement, "yes_no")
            yield from _before_rating(path, requirement)
        else:
            yield from read_faults(scheme, path, requirement.reads())
            yield from scope_faults(scheme, path, requirement.scopes)
        if requirement.gate == "rating" and indicators_read(scheme, requirement):
            yield Fault(of, '参评条件（gate = "rating"）只能用 measure，不能用 indicator：参评之前没有得分')
        if isinstance(requirement, NoEvent) and discretionary_event(scheme, requirement.event):
            yield Fault(f"{path}.event", f"事项 {requirement.event} 逐行定分，不能作否决条件")


def _before_rating(path: str, condition: Condition) -> Iterator[Fault]:
    """Bests and ranks are among the rated, whom a condition of the rating has yet to find."""
    used = {aggregate.function for aggregate in condition.aggregates} & {"best", "worst", "rank"}
    if condition.gate == "rating" and used:
        yield Fault(f"{path}.formula", f"参评条件不能用 {'、'.join(sorted(used))}：参评之前还不知道谁参评")


def discretionary_event(scheme: Scheme, event: str) -> bool:
    """True for an event whose lines carry their own points."""
    return any(kind.id == event and kind.discretionary for kind in scheme.event)


def _rest(scheme: Scheme) -> Iterator[Fault]:
    if scheme.moves is not None:
        for key, kind in (("origin", "text"), ("day", "date")):
            measure = measure_named(scheme, getattr(scheme.moves, key))
            if measure is None or measure.kind != kind or measure.missing != "none":
                yield Fault(f"moves.{key}", f'没有可空白（missing = "none"）的{"文字" if kind == "text" else "日期"}列')
        if scheme.pool is None:
            yield Fault("moves", "没有 pool 就没有调动")
    for n, order in enumerate(scheme.ties.order):
        yield from read_faults(scheme, f"ties.order[{n}].of", Reads(columns=(order.of,)))
    for n, order in enumerate(scheme.rank_by):
        yield from column_faults(scheme, f"rank_by[{n}].of", order.of)
    if scheme.total.of is not None:
        yield from read_faults(scheme, "total.of", Reads(columns=(scheme.total.of,)))
    for group in scheme.group:
        yield from _limits(f"group({group.id})", group.floor, group.cap)
    yield from _limits("total", scheme.total.floor, scheme.total.cap)


def _process(scheme: Scheme) -> Iterator[Fault]:
    """Days, notices, and what is wrong in the document."""
    deadlines = {deadline.id for deadline in scheme.deadline}
    for deadline in scheme.deadline:
        if [deadline.working_day, deadline.day, deadline.years].count(None) != 2:
            yield Fault(f"deadline({deadline.id})", "working_day、day、years 须写且只写一个")
        if deadline.month == "last" and deadline.day is None:
            yield Fault(f"deadline({deadline.id}).month", 'month = "last" 须与 day 同用')
    for flaw in scheme.flaw:
        if flaw.setting not in {None, *(setting.id for setting in scheme.setting)}:
            yield Fault(f"flaw({flaw.id}).setting", f"没有设置项 {flaw.setting}")
        if flaw.open and flaw.setting is None:
            yield Fault(f"flaw({flaw.id}).setting", "open = true 须写 setting：由哪个设置项决定")
    if scheme.notice is not None and scheme.notice.before not in deadlines | {None}:
        yield Fault("notice.before", f"没有期限 {scheme.notice.before}（deadline）")


def _sums(scheme: Scheme) -> Iterator[Fault]:
    """Weights that do not add up to what the scheme states."""
    if not scheme.scored and scheme.total.of is None:
        yield Fault("indicator", "没有计入总分的指标")
    if scheme.full_marks is not None and scheme.weights_total() != scheme.full_marks:
        yield Fault(
            "full_marks",
            f"计入总分的各项基准分合计 {show(scheme.weights_total())}，与所写满分 {show(scheme.full_marks)} 不符",
        )
    for group in scheme.group:
        total = sum((i.base for i in scheme.scored if i.group == group.id and i.base is not None), Decimal(0))
        if group.base is not None and total != group.base:
            yield Fault(f"group({group.id}).base", f"组内各项基准分合计 {show(total)}，与所写 {show(group.base)} 不符")
