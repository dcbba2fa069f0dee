"""The other contests that a scheme looks at: whose honours it counts, or whose withdrawal bars."""

from __future__ import annotations

from collections.abc import Mapping

from calc.methods.honours import CountsHonours
from calc.scheme.load import SchemeError, load_scheme
from calc.scheme.model import Scheme

__all__ = ["contest_title", "counted_contests", "full_id", "honour_contests"]


def full_id(scheme: Scheme, contest: str) -> str:
    """A contest's id with its organisation: that of ``scheme`` where none is written."""
    organisation = scheme.id.rpartition("/")[0]
    return contest if "/" in contest or not organisation else f"{organisation}/{contest}"


def counted_contests(scheme: Scheme) -> tuple[str, ...]:
    """The full ids of the contests whose honours the scheme counts."""
    parts = [part for part in (*scheme.indicator, *scheme.requirement) if isinstance(part, CountsHonours)]
    return tuple(dict.fromkeys(full_id(scheme, contest) for part in parts for contest in part.contest))


def honour_contests(scheme: Scheme) -> Mapping[str, str]:
    """By full id the titles of the contests whose honours the scheme looks at: those that it counts, and itself where
    a withdrawal bars. A contest that is not shipped has its id as its title.
    """
    own = {scheme.id: scheme.title} if scheme.barring is not None else {}
    return {contest: contest_title(contest) for contest in counted_contests(scheme)} | own


def contest_title(contest: str) -> str:
    """The title of the shipped contest of a full id; the id itself where there is no such contest."""
    try:
        return load_scheme(contest).scheme.title
    except (KeyError, SchemeError):
        return contest
