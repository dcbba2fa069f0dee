"""What the values of a scheme file are made of: exact numbers, identifiers, and strictness."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from calc.number import MAX_NUMBER

__all__ = ["Amount", "Identifier", "Strict"]

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


class Strict(BaseModel):
    """A part of a scheme file: unknown keys and wrong types are errors, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
