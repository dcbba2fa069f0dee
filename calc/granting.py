"""Who gets which reward of a contest: recipients out of its rows, sums shared within their groups."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from calc.check import Checked
from calc.findings import problem_at
from calc.grades import Graded
from calc.problem import Problem, Severity
from calc.result import RowResult
from calc.rewards import Grant, Recipient, Reward, Share, grant
from calc.scheme.model import Scheme
from calc.submission import Entry
from calc.titles import TitleOutcome
from calc.words import REWARDS

__all__ = ["grants"]


def grants(
    scheme: Scheme,
    rows: Sequence[RowResult],
    checked: Checked,
    graded: Graded | None,
    titles: Mapping[str, TitleOutcome],
    unsettled: Collection[int],
) -> tuple[dict[int, dict[str, Grant]], list[Problem]]:
    """Of each row what it gets, by the reward's id.

    ``unsettled`` are the rows of pools that are withheld: they get nothing, and no sum is shared out in a group with
    one of them or with a tie that waits for a ruling, since the others' parts depend on it.
    """
    granted: dict[int, dict[str, Grant]] = {}
    problems = []
    for reward in scheme.reward:
        groups = checked.names_within(reward.value.within if isinstance(reward.value, Share) else "all")
        chosen = [row for row in range(len(rows)) if row not in unsettled and _is_for(reward, row, rows[row], titles)]
        if isinstance(reward.value, Share):
            waiting = {groups[row] for row in range(len(rows)) if row in unsettled or rows[row].status == "tied"}
            for name in dict.fromkeys(groups[row] for row in chosen if groups[row] in waiting):
                problems.append(_problem(Severity.WARNING, "reward_open", reward, name))
            chosen = [row for row in chosen if groups[row] not in waiting]
        recipients = [
            Recipient(
                row=row,
                id=rows[row].id,
                pool=rows[row].pool,
                group=groups[row],
                rank=rows[row].rank,
                grade=_grade(scheme, graded, row),
                value=None if reward.reads is None else _value(reward.reads, row, rows[row], checked),
            )
            for row in chosen
        ]
        if isinstance(reward.value, Share):
            below = dict.fromkeys(person.group for person in recipients if (person.value or 0) < 0)
            problems += [_problem(Severity.ERROR, "reward_negative", reward, name) for name in below]
            recipients = [person for person in recipients if person.group not in below]
        for row, gift in grant(reward, recipients).items():
            granted.setdefault(row, {})[reward.id] = gift
    return granted, problems


def _is_for(reward: Reward, row: int, result: RowResult, titles: Mapping[str, TitleOutcome]) -> bool:
    if reward.pools and result.pool not in reward.pools:
        return False
    if reward.to == "winner":
        return result.status == "winner"
    if reward.to in {"eligible", "rated"}:
        return result.eligible if reward.to == "eligible" else result.rated
    return row in titles[reward.to].holders


def _grade(scheme: Scheme, graded: Graded | None, row: int) -> str:
    """The id of the row's grade, empty where it has none."""
    place = -1 if graded is None else int(graded.grade[row])
    return "" if place < 0 else scheme.grade[place].id


def _value(reference: str, row: int, result: RowResult, checked: Checked) -> Fraction | None:
    """The total or a column as shown."""
    kind, _, bare = reference.rpartition(":")
    if reference == "total":
        value = result.total
    elif kind in {"", "measure"} and bare in checked.measures:
        value = checked.measures[bare].values[row]
    elif kind in {"", "indicator"} and bare in (shown := {**(result.points or {}), **(result.columns or {})}):
        value = shown[bare]
    else:
        value = checked.events[bare].count[row]
    return None if value is None else Fraction(value)


def _problem(severity: Severity, key: str, reward: Reward, group: str) -> Problem:
    return problem_at(severity, Entry(), key, {"label": reward.label, "group": group or REWARDS["all"]})
