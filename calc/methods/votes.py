"""Votes: how many of a panel chose an option, or what share of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from calc.methods.base import Frame, Identifier, Indicator, Reads, show
from calc.methods.marks import sum_of_marks
from calc.number import Array, Number, missing

__all__ = ["Votes", "votes_share"]

_WHOLE = {"marks": "得到的评分", "valid": "有效票", "present": "到会（收回）", "expected": "应到"}


def votes_share(votes: Array, whole: Array, base: Number) -> Array:
    """Votes as a share of those who could have given one.

    Formula: ``votes / whole * base``. Shapes (n,) to (n,); NaN where ``whole`` is 0 or missing.
    Source: B11 到会人员过半数同意.
    """
    share: Array = np.where(whole > 0, votes, np.nan) / np.where(whole > 0, whole, 1) * base
    return share


class Votes(Indicator):
    """``method = "votes"``: how many of a panel chose one of ``options``, or what share of them, times ``base``."""

    method: Literal["votes"]
    panel: Identifier
    item: Identifier
    options: tuple[str, ...] = Field(min_length=1, strict=False)
    share_of: Literal["marks", "valid", "present", "expected"] | None = None
    """None: the number of votes. Else their share of the marks that the subject got on the item, of the raters with
    any mark that counts, of those who handed in anything, or of those who should have.
    """
    min_raters: int = Field(default=0, ge=0)
    """With fewer marks on the subject there is no value."""

    @model_validator(mode="after")
    def _stated(self) -> Self:
        if (self.share_of is None) != (self.base is None):
            raise ValueError("share_of 须与 base 同写：全票得多少分（base = 100 即百分比）")
        return self

    def reads(self) -> Reads:
        return Reads(panels=(self.panel,))

    def _votes(self, frame: Frame) -> tuple[Array, Array]:
        """The votes of each row, and all its marks; both by the raters' weights."""
        return frame.once(("votes", self.id), lambda: self._counted(frame))

    def _counted(self, frame: Frame) -> tuple[Array, Array]:
        marks = frame.ballots[self.panel].items[self.item]
        chosen = np.isin(marks.option.astype(str), self.options)
        votes, whole = (
            sum_of_marks(marks.weight[use], marks.row[use], frame.size)
            for use in (chosen, np.ones(len(chosen), dtype=np.bool_))
        )
        return np.where(missing(votes), frame.number(0), votes), whole

    def _whole(self, frame: Frame, marks: Array) -> Array:
        return marks if self.share_of == "marks" else getattr(frame.ballots[self.panel], self.share_of or "valid")

    def reckon(self, frame: Frame) -> Array:
        ballots = frame.ballots[self.panel]
        votes, marks = self._votes(frame)
        number = np.bincount(ballots.items[self.item].row, minlength=frame.size)
        votes = np.where((ballots.valid > 0) & (number >= self.min_raters), votes, np.nan)
        if self.share_of is None:
            return votes
        return votes_share(votes, self._whole(frame, marks), frame.number(self.marks))

    def rule(self) -> str:
        text = f"“{'”“'.join(self.options)}”的票数"
        return text if self.share_of is None else f"{text}占{_WHOLE[self.share_of]}的比例×{show(self.marks)}"

    def arithmetic(self, frame: Frame, row: int) -> str:
        marks = frame.ballots[self.panel].items[self.item]
        votes, all_marks = self._votes(frame)
        tally: Mapping[str, int] = {
            str(option): int(number)
            for option, number in zip(
                *np.unique(marks.option[marks.row == row].astype(str), return_counts=True), strict=True
            )
        }
        listed = "、".join(f"{option} {number}" for option, number in sorted(tally.items()))
        text = f"{listed or '没有得票'}；{show(votes[row])} 票"
        if self.share_of is None:
            return text
        whole = self._whole(frame, all_marks)[row]
        return f"{text} ÷ {_WHOLE[self.share_of]} {show(whole)} × {show(self.marks)}"
