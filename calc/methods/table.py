"""Points by a table: of a place, a level, a category."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from calc.methods.base import OPEN, Amount, Frame, Indicator, Reads, must_choose, show
from calc.number import Array, Number, missing

__all__ = ["Lookup", "looked_up", "number_of"]

_OTHERWISE = {"undefined": "没有得分"}


def looked_up(keys: npt.NDArray[Any], points: Mapping[Any, Number], otherwise: Number | None) -> Array:
    """The points that a table has for each key.

    Formula: ``points[key]``, else ``otherwise``, NaN for None. Shape (n,) of texts or numbers to (n,) in points. NaN
    stays NaN; 0 and the empty text are keys like any other.
    """
    rest = np.nan if otherwise is None else otherwise
    found = np.empty(len(keys), dtype=object)
    found[:] = [points.get(key, rest) for key in keys.tolist()]
    return np.where(missing(keys), np.nan, found)


def number_of(word: str) -> Decimal | None:
    """The number that a key of a table stands for; None for none."""
    try:
        number = Decimal(word)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


class Lookup(Indicator):
    """``method = "table"``: the points that ``table`` has for the text or the number in the column ``of``."""

    can_be_undefined: ClassVar[bool] = True

    method: Literal["table"]
    of: str
    table: Mapping[str, Amount] = Field(min_length=1)
    otherwise: Annotated[Amount | Literal["undefined"], must_choose(_OTHERWISE, "一个数（表中没有的得分）")] = OPEN

    def reads(self) -> Reads:
        return Reads(columns=(self.of,), texts=(self.of,))

    def _points(self, frame: Frame) -> dict[Any, Number]:
        if self.of in frame.texts:
            return {text: frame.number(points) for text, points in self.table.items()}
        numbers = ((number_of(word), points) for word, points in self.table.items())
        return {frame.number(n): frame.number(points) for n, points in numbers if n is not None}

    def reckon(self, frame: Frame) -> Array:
        texts = frame.texts.get(self.of)
        keys = frame.column(self.of).values if texts is None else np.array(texts, dtype=object)
        otherwise = frame.number(self.otherwise) if isinstance(self.otherwise, Decimal) else None
        return looked_up(keys, self._points(frame), otherwise)

    def rule(self) -> str:
        listed = "、".join(f"{word}得{show(points)}分" for word, points in self.table.items())
        rest = f"得{show(self.otherwise)}分" if isinstance(self.otherwise, Decimal) else _OTHERWISE["undefined"]
        return f"{listed}，其余{rest}"

    def arithmetic(self, frame: Frame, row: int) -> str:
        texts = frame.texts.get(self.of)
        own = frame.column(self.of).values[row] if texts is None else texts[row]
        got = self._points(frame).get(own, self.otherwise)
        return f"{(show(own) if texts is None else own) or '（空）'}，得 {show(got)}"
