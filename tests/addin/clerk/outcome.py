"""What must come of a spoiled workbook, and whether it does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from addin.ranking import Ranked, rank_file
from calc.problem import Problem
from calc.result import Result
from tests.addin.clerk.book import CHEN, EAST, GARDEN, LI, LIU, PEOPLE, WANG, ZHANG


@dataclass(frozen=True)
class Outcome:
    """Errors and warnings by place with words of the message; the place is ``指标!G5``, ``指标`` for the sheet and no
    cell of it, ``指标!*`` for either."""

    errors: Mapping[str, str] = field(default_factory=dict)
    warnings: Mapping[str, str] = field(default_factory=dict)
    without_total: Sequence[int] = ()
    withheld: Sequence[str] = ()
    """The pools whose lists wait; every other one is as in the clean file, but for ``changed``."""
    changed: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """Total and status of rows that were understood, and mean something else than in the clean file."""
    tolerated: str = ""
    """Words of a message that may follow from the error; whether it is said does not matter."""


SAME = Outcome()


def same(warnings: Mapping[str, str]) -> Outcome:
    """Understood, the same result; and said."""
    return Outcome(warnings=warnings)


def changed(rows: Mapping[int, tuple[str, str]], warnings: Mapping[str, str] | None = None) -> Outcome:
    """Understood, and another result, as it should be."""
    return Outcome(changed=rows, warnings=warnings or {})


def wrong(
    errors: Mapping[str, str],
    *people: int,
    warnings: Mapping[str, str] | None = None,
    also_withheld: Sequence[str] = (),
) -> Outcome:
    """An error of these people (王静 where none is named): no total, the list of their pool waits; nobody else's."""
    who = people or (WANG,)
    pools = tuple(dict.fromkeys((*(PEOPLE[person][2] for person in who), *also_withheld)))
    return Outcome(errors, warnings or {}, who, pools)


def withheld(errors: Mapping[str, str], *people: int, warnings: Mapping[str, str] | None = None) -> Outcome:
    """An error that might touch anybody: all lists wait; these people have no total."""
    return Outcome(errors, warnings or {}, people, (EAST, GARDEN))


def either(*outcomes: Outcome) -> tuple[Outcome, ...]:
    """Where it is a matter of taste whether the typing is understood or refused: any of these."""
    return outcomes


EVERYBODY = (WANG, LI, ZHANG, LIU, CHEN)
MISSING = "没有工作表"
NOT_HELD = "整列空白"
"""技能2 is blank in the clean file, which is said; where the column stands does not matter here."""


def ranked(content: bytes, folder: Path) -> Ranked:
    path = folder / "填报.xlsx"
    path.write_bytes(content)
    return rank_file(path)


def place_of(problem: Problem) -> str:
    return "!".join(part for part in (problem.sheet, problem.cell) if part)


def _matches(problem: Problem, expected: Mapping[str, str]) -> str | None:
    for place, words in expected.items():
        here = problem.sheet.strip() == place.removesuffix("!*") if place.endswith("!*") else place_of(problem) == place
        if here and words in problem.message:
            return place
    return None


def assert_problems(found: Sequence[Problem], errors: Mapping[str, str], warnings: Mapping[str, str]) -> None:
    """Exactly these, at exactly these places."""
    for expected, is_error in ((errors, True), (warnings, False)):
        those = [p for p in found if p.is_error is is_error and NOT_HELD not in p.message]
        unexpected = [f"{place_of(p)}: {p.message}" for p in those if _matches(p, expected) is None]
        missing = {
            place: words for place, words in expected.items() if place not in {_matches(p, expected) for p in those}
        }
        kind = "errors" if is_error else "warnings"
        assert (unexpected, missing) == ([], {}), f"{kind}: not expected {unexpected}; expected, but missing {missing}"


def assert_plain_chinese(problem: Problem, typed: str) -> None:
    """No English words but those that were typed or stand in brackets behind the Chinese ones."""
    assert re.search(r"[\u4e00-\u9fff]", problem.message), problem
    told = re.sub(r"（[^）]*）", "", problem.message)
    strange = [word for word in re.findall(r"[A-Za-z_]{3,}", told) if word not in typed and word not in problem.sheet]
    assert not strange, f"{strange} in: {problem.message}"


def _row(row: Any) -> tuple[object, ...]:
    return row.id, row.pool, row.rated, row.points, row.total, row.rank, row.eligible, row.status


def assert_outcome(done: Ranked, clean: Result, expected: Outcome, typed: str = "") -> None:
    result = done.result
    problems = [p for p in done.problems if not expected.tolerated or expected.tolerated not in p.message]
    assert_problems(problems, expected.errors, expected.warnings)
    for problem in done.problems:
        assert_plain_chinese(problem, typed)
    assert result is not None
    assert len(result.rows) == len(PEOPLE)
    waiting = {pool.pool for pool in result.quota if pool.withheld}
    assert waiting - {""} == set(expected.withheld)
    for person, (row, before) in enumerate(zip(result.rows, clean.rows, strict=True)):
        assert (row.total is None) == (person in expected.without_total), f"{row.name}: {row.total}, {row.reasons}"
        if row.pool in waiting or PEOPLE[person][2] in waiting:
            assert row.status == ""
        elif person in expected.changed:
            assert (str(row.total), row.status) == expected.changed[person]
        else:
            assert _row(row)[1:] == _row(before)[1:]
            assert row.id.lstrip("0") == before.id.lstrip("0")
