"""Points by a table of texts or numbers."""

import numpy as np
import pytest

from calc.methods import looked_up
from calc.methods.table import number_of
from calc.scheme import SchemeError
from tests.calc.making import both, indicator, measure, points, same, scheme, score
from tests.calc.methods.trying import explained, one, refused, values


def test_a_number_is_found_as_a_number() -> None:
    for column in both(1, "2.0", 3, 0, None):
        assert same(looked_up(column, {1: 10, 2: 8, 0: 5}, 1), 10, 8, 1, 5, None)
        assert same(looked_up(column, {1: 10}, None), 10, None, None, None, None)


def test_a_text_is_found_letter_by_letter() -> None:
    assert same(looked_up(np.array(["甲", "乙", "", "甲 "], dtype=object), {"甲": 9, "": 2}, 0), 9, 0, 2, 0)


@pytest.mark.parametrize(
    ("word", "number"), [("1", 1), ("-2.5", "-2.5"), ("甲", None), ("NaN", None), ("Infinity", None)]
)
def test_a_key_is_a_number_or_is_none(word: str, number: object) -> None:
    assert str(number_of(word)) == str(number)


def test_points_of_a_place_in_numbers_and_words() -> None:
    of = one("table", of="x", table={"1": 10, "2": 8}, otherwise=2)
    assert explained(of, x=[1, 2, 7, None]) == [
        ("1，得 10", "10.00"),
        ("2，得 8", "8.00"),
        ("7，得 2", "2.00"),
        ("无此项数据，不计算", ""),
    ]
    assert of.indicator[0].rule() == "1得10分、2得8分，其余得2分"


def test_points_of_a_category_in_numbers_and_words() -> None:
    of = one("table", of="team", table={"甲": 10, "乙": 8}, otherwise="undefined")
    assert explained(of, team=["甲", "丙", None]) == [
        ("甲，得 10", "10.00"),
        ("无此项数据，不计算", ""),
        ("无此项数据，不计算", ""),
    ]
    assert of.indicator[0].rule() == "甲得10分、乙得8分，其余没有得分"


def test_a_missing_text_follows_the_policy() -> None:
    of = one("table", of="team", table={"甲": 10}, otherwise=1, missing="zero")
    assert values(of, team=["甲", "丙", None]) == ["10.00", "1.00", "0.00"]


def test_a_column_of_texts_may_be_looked_up_but_not_reckoned_with() -> None:
    assert refused("table", of="team", table={"甲": 1}, otherwise=0) == {}
    assert refused("given", of="team") == {"": "列 team 不是数值"}


def test_an_indicator_may_be_looked_up() -> None:
    of = scheme(measure("x"), indicator("place", "given", of="x", in_total=False),
                indicator("i", "table", of="indicator:place", table={"1": 5}, otherwise=0))  # fmt: skip
    assert points(score(of, x=[1, 2]), "i") == ["5.00", "0.00"]


def test_what_is_wrong_with_a_table_is_told() -> None:
    assert refused("table", of="x", table={"甲": 1}, otherwise=0) == {"table": "列 x 是数值，不会是“甲”"}
    assert "otherwise" in refused("table", of="x", table={"1": 1})
    with pytest.raises(SchemeError, match="没有列 nowhere"):
        one("table", of="nowhere", table={"1": 1}, otherwise=0)
