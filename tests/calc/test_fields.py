"""Numbers of a scheme file: exact, finite, of a size that can be reckoned with; points that must be chosen."""

from decimal import Decimal
from typing import Annotated, Literal

import pytest
from pydantic import ValidationError

from calc.fields import OPEN, Amount, Strict, columns_of, must_choose


class Part(Strict):
    amount: Amount = Decimal(0)
    way: Annotated[Literal["up", "down"], must_choose({"up": "向上", "down": "向下"})] = OPEN


def refused(**keys: object) -> str:
    with pytest.raises(ValidationError) as caught:
        Part(**keys)  # type: ignore[arg-type]
    return str(caught.value.errors()[0]["msg"])


@pytest.mark.parametrize(("given", "amount"), [(3, "3"), (Decimal("0.10"), "0.10"), (-5, "-5")])
def test_a_number_is_taken_as_written(given: object, amount: str) -> None:
    assert str(Part(amount=given, way="up").amount) == amount  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given", ["3", True, 0.5, Decimal("NaN"), Decimal("Infinity"), Decimal("1e13"), Decimal("1." + "1" * 40)]
)
def test_anything_but_a_plain_number_is_refused(given: object) -> None:
    assert refused(amount=given, way="up")


def test_an_open_point_names_its_choices() -> None:
    assert refused() == "须选定：up（向上）、down（向下）"
    assert refused(way="sideways") == "须选定：up（向上）、down（向下）"


def test_unknown_keys_are_refused() -> None:
    assert refused(way="up", other=1)


def test_columns_are_the_names_among_sources() -> None:
    assert columns_of(Decimal(1), "volume", None, "mean") == ("volume", "mean")
