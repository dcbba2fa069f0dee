"""What every requirement shares: a question with the answers yes, no, pending, unknown."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from calc.methods.base import Frame, Identifier, Reads, Strict, Within, ready
from calc.number import Mask
from calc.period import Period

__all__ = ["Label", "Outcome", "Requirement", "Verdict", "verdict"]


Label = Callable[[str], str]
"""Gives the label of the column, the event or the grade that a reference means."""


class Outcome(IntEnum):
    """The answer for one row."""

    MET = 0
    FAILED = 1
    PENDING = 2
    UNKNOWN = 3
    """An input is missing or unreadable; a Problem says so."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcomes of one requirement, and the rows where floats could not decide."""

    outcome: npt.NDArray[np.int8]
    doubt: Mask


_BY_STATE = np.array([Outcome.MET, Outcome.FAILED, Outcome.PENDING, Outcome.UNKNOWN], dtype=np.int8)
"""The outcome by the input's :class:`State`; of an input that is there it may yet be FAILED."""


def verdict(met: Mask, state: npt.NDArray[np.int8], doubt: Mask | None = None) -> Verdict:
    """Met or failed where the input is there; else what its state says."""
    is_there = ready(state)
    outcome = np.where(is_there & ~met, np.int8(Outcome.FAILED), _BY_STATE[state])
    return Verdict(outcome, np.zeros(len(met), dtype=np.bool_) if doubt is None else doubt & is_there)


class Requirement(Strict, ABC):
    """One requirement of a scheme; ``kind`` picks the class."""

    fast: ClassVar[bool] = True
    """Its float errors are understood; else the scheme is reckoned in fractions."""
    says_missing: ClassVar[bool] = False
    """Its facts tell of values that are not there."""

    id: Identifier
    label: str = Field(min_length=1)
    """The condition in a phrase that reads as met: 从事本岗位满三个月."""
    clause: str
    gate: Literal["rating", "award", "grade"]
    """``rating``: who fails takes no part and sets no best. ``award``: points are shown, no rank, no seat. ``grade``:
    the grade is lowered.
    """
    down: int | None = Field(default=None, ge=1, le=20)
    """With ``gate = "grade"``: by so many grades."""
    not_above: Identifier | None = None
    """With ``gate = "grade"``: to no better grade than this."""
    note: str = ""

    @abstractmethod
    def reads(self) -> Reads:
        """The columns and events that the answer depends on."""

    @abstractmethod
    def judge(self, frame: Frame, period: Period | None) -> Verdict:
        """The answer for every row."""

    @abstractmethod
    def rule(self, label: Label) -> str:
        """What is asked, in a Chinese phrase."""

    @abstractmethod
    def facts(self, frame: Frame, period: Period | None, row: int) -> str:
        """What the answer of one row rests on, in Chinese. The frame is exact."""

    @property
    def scopes(self) -> tuple[Within, ...]:
        """Whom the aggregates that it uses are taken over."""
        return ()
