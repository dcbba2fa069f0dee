"""What comes out of a calculation, as immutable records, and the JSON of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from calc.problem import Problem
from calc.words import cited

__all__ = ["PoolResult", "Result", "RowResult", "Status", "TraceLine"]

Status = Literal["winner", "tied", ""]


class TraceLine(NamedTuple):
    """One step of how a row came to its result, for an auditor. There are thousands."""

    id: str
    """The row's id."""
    kind: Literal["indicator", "requirement", "total", "grade", "rank", "outcome", "title", "reward"]
    item: str
    """The id of the indicator, requirement, title or reward."""
    label: str
    clause: str
    rule: str
    arithmetic: str
    value: str

    @property
    def sentence(self) -> str:
        """The step in one line: label with clause, rule, arithmetic, value; what there is of them."""
        parts = (self.label + cited(self.clause), self.rule, self.arithmetic, self.value)
        return "；".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class RowResult:
    """One person or outlet. ``points`` is None, as are total and rank, for who is not rated."""

    id: str
    name: str
    pool: str
    rated: bool
    points: Mapping[str, Decimal | None] | None
    columns: Mapping[str, Decimal | None] | None
    total: Decimal | None
    rank: int | None
    eligible: bool
    reasons: tuple[str, ...]
    status: Status
    rewards: Mapping[str, Decimal | str]
    grade: str | None = None
    """The grade's label, empty for who has none; None where the scheme has no grades."""
    titles: tuple[str, ...] | None = None
    """The labels of the titles that the row has; None where the scheme has no titles."""
    removed: str = ""
    """The kind of the ruling that took a seat away that the row had by the rules; not in the JSON."""

    def as_json(self) -> dict[str, Any]:
        """The keys of the JSON contract; ``columns``, ``grade``, ``titles``, ``rewards`` only where there are any."""
        row: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "pool": self.pool,
            "rated": self.rated,
            "points": None if self.points is None else {name: _number(p) for name, p in self.points.items()},
            "total": _number(self.total),
            "rank": self.rank,
            "eligible": self.eligible,
            "reasons": list(self.reasons),
            "status": self.status,
        }
        if self.columns:
            row["columns"] = {name: _number(value) for name, value in self.columns.items()}
        if self.grade is not None:
            row["grade"] = self.grade or None
        if self.titles is not None:
            row["titles"] = list(self.titles)
        if self.rewards:
            row["rewards"] = {name: _number(value) for name, value in self.rewards.items()}
        return row


@dataclass(frozen=True, slots=True)
class PoolResult:
    """The seats of one pool. ``provisional``: something of the pool is still pending; ``withheld``: an error
    must be mended before anybody of it can win.
    """

    pool: str
    seats: int
    filled: int
    tied: tuple[str, ...]
    provisional: bool
    withheld: bool


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one contest; rows in the order of the input, pools in the order they first appear."""

    scheme: str
    version: str
    period: str
    rows: tuple[RowResult, ...]
    quota: tuple[PoolResult, ...]
    problems: tuple[Problem, ...]
    trace: tuple[tuple[TraceLine, ...], ...] = ()
    """Of each row its lines; empty where no trace was asked for."""

    @property
    def has_errors(self) -> bool:
        """True where any problem is an error."""
        return any(problem.is_error for problem in self.problems)

    def winners(self, pool: str | None = None) -> list[RowResult]:
        """The winners, of one pool or of all, by rank; equals by id."""
        seated = (row for row in self.rows if row.status == "winner" and pool in (None, row.pool))
        return sorted(seated, key=lambda row: (row.rank or 0, row.id))

    def holders(self, title: str) -> list[RowResult]:
        """Those who have a title beside the award, by rank, who has none last; equals by id."""
        held = (row for row in self.rows if title in (row.titles or ()))
        return sorted(held, key=lambda row: (row.rank is None, row.rank or 0, row.id))

    def with_problems(self, found: Iterable[Problem]) -> Result:
        """The result with the reader's problems before its own."""
        return replace(self, problems=(*found, *self.problems))

    def as_json(self) -> dict[str, Any]:
        """The JSON contract; ``trace`` only where it was asked for."""
        whole: dict[str, Any] = {
            "scheme": self.scheme,
            "version": self.version,
            "period": self.period,
            "rows": [row.as_json() for row in self.rows],
            "quota": [{**asdict(pool), "tied": list(pool.tied)} for pool in self.quota],
            "problems": [problem.as_json() for problem in self.problems],
        }
        if self.trace:
            whole["trace"] = [line._asdict() for lines in self.trace for line in lines]
        return whole


def _number(value: Decimal | str | None) -> int | float | str | None:
    """A JSON number: whole ones as integers, so that 300 yuan is 300."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
