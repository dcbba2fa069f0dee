"""The result workbooks of earlier periods, in a folder that the user names."""

from __future__ import annotations

from pathlib import Path

from addin.live.desk import Desk, Refusal
from addin.live.texts import SAID
from addin.past_results import PastResult, read_past_results

__all__ = ["results_in"]


def results_in(desk: Desk, folder: Path) -> tuple[PastResult, ...]:
    """The results in a folder. Raises Refusal where there is none, or one is in error."""
    with desk.telling("file"):
        past, problems = read_past_results(folder)
    errors = [problem for problem in problems if problem.is_error]
    if errors or not past:
        told = f"{errors[0].sheet}：{errors[0].message}" if errors else ""
        raise Refusal(SAID["no_past"].format(problem=told))
    return past
