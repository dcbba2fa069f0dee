"""What the values of a scheme file are made of: exact numbers, identifiers, and strictness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from calc.number import MAX_NUMBER

__all__ = ["OPEN", "Amount", "Identifier", "OpenChoice", "Source", "Strict", "choices", "columns_of",
           "must_be_written", "must_choose"]  # fmt: skip

_MOST_DIGITS = 30

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


def _amount(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("number_type", "须为数字，不加引号")
    number = Decimal(value)
    if not number.is_finite():
        raise PydanticCustomError("finite_number", "须为有限的数字")
    if abs(number) > MAX_NUMBER or len(number.as_tuple().digits) > _MOST_DIGITS:
        raise PydanticCustomError("number_size", "数字过大或位数过多")
    return number


Amount = Annotated[Decimal, BeforeValidator(_amount)]
"""A number of a scheme file, exact as written."""


Source = Amount | str
"""A number, or the column that has it for each row."""


def columns_of(*sources: Source | None) -> tuple[str, ...]:
    """The columns among some sources."""
    return tuple(source for source in sources if isinstance(source, str))


OPEN: Any = None
"""Stands as the default of a key with :func:`must_choose`, which refuses it: the message can then name the choices.

(No shared ``Field``: pydantic 2.7 lets the keys that share one share their validators.)
"""


@dataclass(frozen=True, eq=False)
class OpenChoice:
    """What :func:`must_choose` asks for, as a check of a value."""

    meanings: Mapping[str, str]
    number: str
    text: str

    @property
    def other(self) -> str:
        """What else may stand there besides the named choices; empty for nothing."""
        return self.number or self.text

    def __call__(self, value: object) -> object:
        """The value, if it is one of the choices."""
        is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        if isinstance(value, str) and (self.text or value in self.meanings):
            return value
        if self.number and is_number:
            return value
        raise PydanticCustomError("open_choice", "须选定：{choices}", {"choices": choices(self.meanings, self.other)})


def must_choose(meanings: Mapping[str, str], number: str = "", text: str = "") -> BeforeValidator:
    """A point that rules leave open: the scheme has to choose, each choice having its meaning in Chinese.

    ``number``, ``text``: what any number or text means, where the key takes one besides the named choices.
    """
    return BeforeValidator(OpenChoice(meanings, number, text))


def must_be_written(field: FieldInfo) -> bool:
    """True for a key that a scheme has to state: it has no default, or rules leave its point open."""
    is_open = any(isinstance(getattr(check, "func", None), OpenChoice) for check in field.metadata)
    return field.is_required() or (is_open and field.default is None)


def choices(meanings: Mapping[str, str], other: str = "") -> str:
    """The choices of an open point, for a message; ``other``: what else may stand there."""
    return "、".join([*(f"{name}（{meaning}）" for name, meaning in meanings.items()), *([other] if other else [])])


class Strict(BaseModel):
    """A part of a scheme file: unknown keys and wrong types are errors, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, validate_default=True)
