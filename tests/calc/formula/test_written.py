"""The keys of an entry that is written as a formula."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from calc.formula.written import Written


def test_it_says_what_it_reads_and_over_whom() -> None:
    found = Written(formula="k * a /\n  mean(b, by=team) + rank(a, highest)", given={"k": Decimal(2)})
    assert found.columns == ("a", "b")
    assert found.groupings == ("team", "pool")
    assert found.written == "k * a / mean(b, by=team) + rank(a, highest)"


def test_a_formula_that_cannot_be_read_is_refused_with_the_place() -> None:
    with pytest.raises(ValidationError, match="第 5 个字符"):
        Written(formula="a + * b")


def test_what_is_given_is_a_number_or_left_open() -> None:
    assert Written(formula="a", given={"k": None}).given == {"k": None}
    with pytest.raises(ValidationError):
        Written(formula="a", given={"k": "2"})  # type: ignore[dict-item]
    with pytest.raises(ValidationError):
        Written(formula="a", given={"K": Decimal(2)})
