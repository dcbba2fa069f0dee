"""What one workbook that arrived comes to: small records that go from process to process and into the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from addin.merging.messages import NOT_ELIGIBLE
from addin.sealing.verify import SignatureState
from calc.problem import Problem
from calc.result import PoolResult, Result, RowResult
from calc.scheme import Scheme
from workbook_templates.layout import pool_label
from workbook_templates.results import outcome

__all__ = ["TOTAL", "Arrival", "Contest", "Figure", "Indicator", "Person", "Received", "contest_of", "figures_of",
           "persons_of"]  # fmt: skip

TOTAL = "total"
"""The column of totals among the figures."""

_KEY_DECIMALS = 12
_KEY_DIGITS = 30


@dataclass(frozen=True, slots=True)
class Indicator:
    """A column of points."""

    id: str
    label: str
    deducted_from: Decimal | None = None
    """Full marks from which events are deducted; None for any other kind."""


@dataclass(frozen=True, slots=True)
class Contest:
    """What a merged sheet needs to know of a scheme."""

    id: str
    version: str
    title: str
    id_label: str
    name_label: str
    pool_label: str
    """What the pools are; empty where everybody is in one."""
    indicators: tuple[Indicator, ...]
    by_total: bool
    """Whether ranks go by the total, in the first place at least."""
    lowest_first: bool
    relative: tuple[str, ...]
    """Labels of the indicators that measure against others of the same pool or workbook: they mean something else in
    each of them.
    """


@dataclass(frozen=True, slots=True)
class Person:
    """One row of a result."""

    id: str
    name: str
    pool: str
    points: tuple[Decimal | None, ...]
    """By the contest's indicators; empty for who is not rated."""
    total: Decimal | None
    rank: int | None
    """Within the pool."""
    outcome: str
    won: bool
    key: str
    """Sorts by the total as the scheme orders it, the best first; empty for who has no rank."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One column of one workbook in short, over the rows that have a value."""

    column: str
    count: int
    total: Decimal
    low: Decimal
    high: Decimal
    undiminished: int
    """Of an indicator with deductions: how many had none."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A workbook that was read. Without a contest it could not be reckoned."""

    file: str
    """Its path below the folder, with forward slashes."""
    problems: tuple[Problem, ...] = ()
    """Its errors, the first few; the rest is only counted."""
    errors: int = 0
    unsettled: int = 0
    """Of a workbook that is not sealed: pending items and ties."""
    contest: Contest | None = None
    period: str = ""
    unit: str = ""
    sealed: bool = False
    revision: int = 0
    sealed_on: str = ""
    digest: str = ""
    """Of the seal, or of the file where it is not sealed."""
    signature: SignatureState = SignatureState.UNSIGNED
    signer: str = ""
    people: int = 0
    winners: int = 0
    figures: tuple[Figure, ...] = ()

    @property
    def is_sound(self) -> bool:
        """True where nothing speaks against its contents."""
        return self.contest is not None and not self.errors


@dataclass(frozen=True, slots=True)
class Received:
    """An arrival with its rows."""

    arrival: Arrival
    persons: tuple[Person, ...] = ()


def contest_of(scheme: Scheme) -> Contest:
    """What of a scheme the merged workbook shows."""
    return Contest(
        id=scheme.id,
        version=scheme.version,
        title=scheme.title,
        id_label=scheme.subject.id_label,
        name_label=scheme.subject.name_label,
        pool_label="" if scheme.pool is None else pool_label(scheme),
        indicators=tuple(Indicator(i.id, i.label, i.base if i.method == "deduction" else None) for i in scheme.scored),
        by_total=_by_total(scheme),
        lowest_first=scheme.total.lowest_first,
        relative=tuple(_relative(scheme)),
    )


def _relative(scheme: Scheme) -> Iterable[str]:
    """The scored indicators that compare with other rows, themselves or through a step on the way."""
    compares = {i.id for i in scheme.indicator if i.scopes}
    for _ in scheme.indicator:  # so many steps at most
        compares |= {i.id for i in scheme.indicator if not compares.isdisjoint(_bare(i.reads().columns))}
    return (i.label for i in scheme.scored if i.id in compares)


def _bare(columns: Iterable[str]) -> set[str]:
    """Column references as ids; one that surely means a measure is none of an indicator."""
    return {name.rpartition(":")[2] for name in columns if not name.startswith("measure:")}


def persons_of(scheme: Scheme, result: Result, homes: Mapping[str, str]) -> tuple[Person, ...]:
    """The rows of a result; ``homes`` has the outlet of those who are not in pools by outlet."""
    pools = {pool.pool: pool for pool in result.quota}
    return tuple(_person(scheme, row, pools[row.pool], homes.get(row.id, "")) for row in result.rows)


def _person(scheme: Scheme, row: RowResult, pool: PoolResult, home: str) -> Person:
    points = () if row.points is None else tuple(row.points[i.id] for i in scheme.scored)
    ranked = row.rank is not None and row.total is not None and _by_total(scheme)
    key = _sortable(row.total or Decimal(0), scheme.total.lowest_first) if ranked else ""
    won = row.status == "winner"
    came_out = outcome(row, pool) or (NOT_ELIGIBLE if row.reasons and row.rank is None else "")
    return Person(row.id, row.name, row.pool or home, points, row.total, row.rank, came_out, won, key)


def _by_total(scheme: Scheme) -> bool:
    """Whether the total is what the rank goes by, in the first place at least."""
    return not scheme.rank_by or scheme.rank_by[0].of == TOTAL


def _sortable(total: Decimal, lowest_first: bool) -> str:
    """A text that sorts like a total of up to 12 decimals, the best first."""
    units = int(total.scaleb(_KEY_DECIMALS))
    return f"{10**_KEY_DIGITS + (units if lowest_first else -units):0{_KEY_DIGITS + 1}d}"


def figures_of(contest: Contest, persons: Sequence[Person]) -> tuple[Figure, ...]:
    """The totals and each column of points in short; a column without a value has no figure."""
    rated = [person for person in persons if person.points]
    columns = [(Indicator(TOTAL, ""), [person.total for person in rated])]
    columns += [(i, [person.points[n] for person in rated]) for n, i in enumerate(contest.indicators)]
    return tuple(_figure(i, found) for i, values in columns if (found := [v for v in values if v is not None]))


def _figure(indicator: Indicator, values: Sequence[Decimal]) -> Figure:
    full = indicator.deducted_from
    undiminished = 0 if full is None else sum(1 for value in values if value >= full)
    return Figure(indicator.id, len(values), sum(values, Decimal(0)), min(values), max(values), undiminished)
