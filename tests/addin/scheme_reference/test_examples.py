"""Every example of docs/schemes.md comes out as it says, and there is one for everything that a scheme can say."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, get_args

import pytest

from addin.plain_tables import Paths, read_settings, read_tables
from addin.scheme_reference.examples import OUTCOME, Example, examples
from addin.scheme_reference.keys import kind_of, parts_of
from calc.evaluate import evaluate
from calc.methods.base import Missing
from calc.number import RoundingMode
from calc.quota import Percent, parse_quota
from calc.result import Result
from calc.rewards import Reward
from calc.scheme import read_scheme
from calc.scheme.model import Scheme
from calc.winners import Ties

FOUND = tuple(examples())
each = pytest.mark.parametrize("example", FOUND, ids=lambda example: f"{example.section}/{example.name}")


def write(path: Path, rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def inputs(example: Example) -> list[list[str]]:
    kept = [n for n, header in enumerate(example.data[0]) if not header.startswith(OUTCOME)]
    return [[row[n] for n in kept] for row in example.data]


def result_of(example: Example, folder: Path, *, trace: bool) -> Result:
    file = read_scheme(example.scheme.encode(), f"{example.name}.toml")
    scheme, entries = read_settings(file, [f"period={example.period}"])
    paths = Paths(
        write(folder / "data.csv", inputs(example)),
        **{kind: write(folder / f"{kind}.csv", grid) for kind, grid in example.others.items()},
    )
    submission, problems = read_tables(scheme, paths, entries)
    assert [problem for problem in problems if problem.is_error] == []
    return evaluate(scheme, submission, trace=trace)


def said(value: Any) -> str:
    """A value of the result as an example writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else "、".join(value) if isinstance(value, list) else str(value)


def found_at(row: dict[str, Any], header: str) -> str:
    name, _, part = header.removeprefix(OUTCOME).partition(".")
    value = row.get(name)
    return said(value.get(part) if part and value is not None else value)


@pytest.mark.parametrize("trace", [False, True])
@each
def test_an_example_comes_out_as_it_says(example: Example, trace: bool, tmp_path: Path) -> None:
    rows = result_of(example, tmp_path, trace=trace).as_json()["rows"]
    headers = [header for header in example.data[0] if header.startswith(OUTCOME)]
    expected = [[row[example.data[0].index(header)] for header in headers] for row in example.data[1:]]
    assert headers
    assert [[found_at(row, header) for header in headers] for row in rows] == expected


@each
def test_an_example_says_what_it_shows(example: Example) -> None:
    assert example.shows.endswith("。")


def names(section: str) -> set[str]:
    return {example.name.partition("-")[0] for example in FOUND if example.section == section}


def kinds(where: type, key: str) -> set[str]:
    return {kind for part in parts_of(where) if (kind := kind_of(part, key))}


def test_every_method_has_an_example() -> None:
    assert kinds(Scheme, "method") <= names("methods")


def test_every_kind_of_requirement_has_an_example() -> None:
    assert kinds(Scheme, "kind") <= names("requirements")


def test_every_rule_of_a_reward_has_an_example() -> None:
    assert kinds(Reward, "by") <= names("rewards")


def test_every_policy_for_missing_values_has_an_example() -> None:
    assert set(get_args(Missing)) == names("missing")


def test_every_rounding_has_an_example() -> None:
    assert set(get_args(RoundingMode)) == names("rounding")


def test_every_policy_for_ties_has_an_example() -> None:
    assert set(get_args(Ties.model_fields["policy"].annotation)) <= names("ties")


def form(rule: str) -> tuple[str, object]:
    """What a rule is, and what of it could be otherwise: the rounding, or whether it goes on."""
    quota = parse_quota(rule)
    return type(quota).__name__, quota.rounding if isinstance(quota, Percent) else bool(getattr(quota, "step", None))


def test_every_form_of_a_quota_has_an_example() -> None:
    schemes = [read_scheme(e.scheme.encode(), e.name).scheme for e in FOUND if e.section == "quotas"]
    assert {form(scheme.quota.rule) for scheme in schemes if scheme.quota.rule} == {
        ("Fixed", False),
        ("Percent", "floor"),
        ("Percent", "ceil"),
        ("Percent", "half_up"),
        ("Steps", False),
        ("Steps", True),
    }
