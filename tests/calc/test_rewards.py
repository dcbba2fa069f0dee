"""Rewards: tables by rank and grade, bands, so much a point, and sums that add up to the cent."""

from decimal import Decimal
from fractions import Fraction

import pytest
from pydantic import ValidationError

from calc.rewards import Grant, Recipient, Reward, grant, share_out


def shares(amount: str, weights: dict[str, str | int], digits: int = 2) -> dict[str, str]:
    exact = {name: Fraction(weight) for name, weight in weights.items()}
    return {name: str(part) for name, part in share_out(Decimal(amount), exact, digits).items()}


@pytest.mark.parametrize(
    ("amount", "weights", "digits", "parts"),
    [
        # 33.33 each and one cent left: equal remainders, so the lowest id
        ("100", {"b": 1, "c": 1, "a": 1}, 2, {"a": "33.34", "b": "33.33", "c": "33.33"}),
        # 14.2857, 28.5714, 57.1428: two cents left, to the remainders .57 and .43 (the .14 has least)
        ("100", {"a": 1, "b": 2, "c": 4}, 2, {"a": "14.29", "b": "28.57", "c": "57.14"}),
        ("100", {"a": 1, "b": 2, "c": 4}, 0, {"a": "14", "b": "29", "c": "57"}),
        ("1000", {"a": "85.5", "b": "90.25"}, 2, {"a": "486.49", "b": "513.51"}),  # 486.486…, 513.513…
        ("0.02", {"a": 1, "b": 1, "c": 1}, 2, {"a": "0.01", "b": "0.01", "c": "0.00"}),
        ("10", {"a": 0, "b": 5}, 2, {"a": "0.00", "b": "10.00"}),
        ("10", {"b": 0, "a": 0, "c": 0}, 0, {"a": "4", "b": "3", "c": "3"}),
        ("1000", {"a": 1, "b": 2}, -2, {"a": "3E+2", "b": "7E+2"}),
    ],
)
def test_the_parts_of_a_sum_add_up(
    amount: str, weights: dict[str, str | int], digits: int, parts: dict[str, str]
) -> None:
    found = shares(amount, weights, digits)
    assert found == parts
    assert sum(Decimal(part) for part in found.values()) == Decimal(amount)


@pytest.mark.parametrize(("amount", "weights"), [("10", {"a": -1, "b": 5}), ("0.005", {"a": 1})])
def test_what_cannot_be_shared_out(amount: str, weights: dict[str, str | int]) -> None:
    with pytest.raises(ValueError, match="share"):
        shares(amount, weights)


def people(*keys: dict[str, object]) -> list[Recipient]:
    return [Recipient(**{"row": n, "id": f"p{n}", "pool": "", "group": "", **key}) for n, key in enumerate(keys)]


def given(value: object, *keys: dict[str, object]) -> list[object]:
    reward = Reward.model_validate({"id": "r", "label": "r", "value": value})
    found = grant(reward, people(*keys))
    return [str(found[n].value) if n in found else None for n in range(len(keys))]


def ranks(*of: int | None) -> list[dict[str, object]]:
    return [{"rank": rank} for rank in of]


def values(*of: str | None) -> list[dict[str, object]]:
    return [{"value": None if value is None else Fraction(value)} for value in of]


def test_a_fixed_reward_a_thing_and_a_blank_one() -> None:
    assert given(300, {}, {}) == ["300", "300"]
    assert given("奖牌", {}) == ["奖牌"]
    assert given(None, {}) == [None]
    assert given("", {}) == [None]


TABLE = {"by": "rank", "table": {"1": 1000, "2-3": 500}, "otherwise": 0}


def test_a_reward_by_rank() -> None:
    assert given({**TABLE, "ties": "same"}, *ranks(1, 2, 2, 4, None)) == ["1000", "500", "500", "0", None]
    nothing = {**TABLE, "ties": "same", "otherwise": ""}
    assert given(nothing, *ranks(3, 4)) == ["500", None]


def test_those_of_one_rank_can_share_what_their_places_give() -> None:
    mean = {**TABLE, "ties": "mean", "rounding": {"digits": 2, "mode": "half_up"}}
    # (1000 + 500) / 2; (500 + 0 + 0) / 3
    assert given(mean, *ranks(1, 1, 3, 3, 3)) == ["750.00", "750.00", "166.67", "166.67", "166.67"]
    assert given(mean, *ranks(1, 2)) == ["1000", "500"]
    others = [{"rank": 1, "pool": "甲"}, {"rank": 1, "pool": "乙"}]
    assert given(mean, *others) == ["1000", "1000"]


def test_a_reward_by_grade() -> None:
    table = {"by": "grade", "table": {"a": 1000, "b": "奖状"}, "otherwise": ""}
    assert given(table, {"grade": "a"}, {"grade": "b"}, {"grade": "c"}, {}) == ["1000", "奖状", None, None]


def test_a_reward_by_bands_with_open_and_closed_ends() -> None:
    bands = {"by": "bands", "bands": [{"from": 90, "value": 800}, {"above": 80, "value": 400}], "otherwise": 0}
    assert given(bands, *values("90", "89.99", "80", None)) == ["800", "400", "0", None]


@pytest.mark.parametrize(
    ("keys", "amounts"),
    [
        ({"each": "12.5"}, ["1125.00", "1.38", "0.00"]),  # 0.11 × 12.5 is 1.375
        ({"each": "12.5", "over": 60}, ["375.00", "0.00", "0.00"]),
        ({"each": "12.5", "rounding": {"digits": 0, "mode": "floor"}}, ["1125", "1", "0"]),
    ],
)
def test_so_much_a_point(keys: dict[str, object], amounts: list[str]) -> None:
    rounding = {"digits": 2, "mode": "half_up"}
    score = {"by": "score", "rounding": rounding, **keys, "each": Decimal("12.5")}
    assert given(score, *values("90", "0.11", "-3")) == amounts


SHARE = {"by": "share", "within": "pool", "digits": 2, "zero": "equal"}


def test_a_sum_is_shared_in_each_group() -> None:
    both = [{"group": "甲", "value": Fraction(1)}, {"group": "甲", "value": Fraction(3)}, {"group": "乙"},
            {"group": "乙", "value": Fraction(2)}]  # fmt: skip
    assert given({**SHARE, "amount": 100}, *both) == ["25.00", "75.00", None, "100.00"]
    assert given({**SHARE, "per_head": 100}, *both) == ["50.00", "150.00", None, "100.00"]
    assert given({**SHARE, "table": {"甲": 8}}, *both) == ["2.00", "6.00", None, None]


def test_values_that_are_all_zero_share_equally_or_get_nothing() -> None:
    zeros = values("0", "0")
    assert given({**SHARE, "amount": 1}, *zeros) == ["0.50", "0.50"]
    assert given({**SHARE, "amount": 1, "zero": "nothing"}, *zeros) == [None, None]


def test_the_arithmetic_of_a_reward() -> None:
    reward = Reward.model_validate({"id": "r", "label": "r", "value": {**SHARE, "amount": 100}})
    assert grant(reward, people(*values("1", "3")))[1] == Grant(Decimal("75.00"), "100 × 3 ÷ 4")
    score = {"by": "score", "each": 10, "over": 60, "rounding": {"digits": 0, "mode": "floor"}}
    reward = Reward.model_validate({"id": "r", "label": "r", "value": score})
    assert grant(reward, people(*values("65.5")))[0] == Grant(Decimal(55), "（65.5 － 60） × 10")
    assert reward.words() == "超过 60 的部分每分 10"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (300, "300"),
        (None, ""),
        ({**TABLE, "ties": "same"}, "第 1 名1000，第 2-3 名500，其余0"),
        ({"by": "grade", "table": {"a": 1}, "otherwise": ""}, "按等级，其余无"),
        ({"by": "bands", "bands": [{"from": 90, "value": 8}], "otherwise": 0}, "不低于 90为8，其余0"),
        ({**SHARE, "per_head": 5}, "每人 5 合计，按得分分配，尾差归余数最大者"),
        ({**SHARE, "table": {"甲": 5, "乙": 6}}, "各组共 甲 5、乙 6，按得分分配，尾差归余数最大者"),
    ],
)
def test_a_reward_in_words(value: object, words: str) -> None:
    assert Reward.model_validate({"id": "r", "label": "r", "value": value}).words() == words


@pytest.mark.parametrize("place", ["0", "3-2", "a", "1-", "1,2"])
def test_a_place_is_a_rank_or_a_span_of_them(place: str) -> None:
    with pytest.raises(ValidationError):
        given({**TABLE, "ties": "same", "table": {place: 1}})
