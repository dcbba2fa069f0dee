"""A branch of three tellers in two teams, whose data are good until a test spoils them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from calc.result import Result
from tests.calc.making import event, indicator, measure, requirement, scheme, score

SCHEME = scheme(
    measure("team", "text"),
    measure("volume", min=0, max=5000, unit="笔"),
    measure("rate", "rate", min=0, max=100, only_with="volume"),
    measure("theory"),
    measure("skill", many=True, missing="pending"),
    measure("progress", missing="zero"),
    measure("ok", "yes_no"),
    event("complaint", needs=["verified", "at_fault"]),
    event("praise"),
    event("other", discretionary=True),
    indicator("volume", "ratio", of="volume", best="highest", base=10),
    indicator("rate", "ratio", of="rate", best="lowest", zero_rule="inverse", base=10),
    indicator("skill", "tests", theory="theory", skills="skill", theory_weight=Decimal("0.5"), plus="progress"),
    indicator("customer", "deduction", base=10, each={"praise": 1, "other": "points", "complaint": 5}),
    requirement("ok", "yes", of="ok"),
    pool="team",
)
GOOD: dict[str, Sequence[object]] = {
    "team": ["A", "A", "B"],
    "volume": [100, 50, 80],
    "rate": ["0.1", "0.2", "0.3"],
    "theory": [80, 70, 60],
    "skill_1": [90, 90, 90],
    "progress": [0, 0, 0],
    "ok": [True, True, True],
}


def checked(columns: Mapping[str, Sequence[object] | None] | None = None, **keys: object) -> Result:
    """The good data with some columns replaced, or left out where None."""
    changed = {**GOOD, **(columns or {})}
    return score(SCHEME, **{name: values for name, values in changed.items() if values is not None}, **keys)


def withheld(result: Result) -> set[str]:
    return {pool.pool for pool in result.quota if pool.withheld}
