"""Quotas as data: rules by pool, ratios, limits, in numbers and in words."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from calc.scheme import load_scheme
from calc.seats import Quota


def quota(**keys: object) -> Quota:
    return Quota.model_validate({"clause": "第一条", **keys})


@pytest.mark.parametrize(
    ("keys", "pool", "count", "seats"),
    [
        ({"rule": 2}, "", 0, 2),
        ({"rule": "20:2 30:3 +10:1", "times": 2}, "", 21, 6),  # 1:1:2, twice three
        ({"rule": "10% floor", "minimum": 1}, "", 9, 1),
        ({"rule": "10% floor", "minimum": 1}, "", 20, 2),
        ({"rule": "10% ceil", "maximum": 3}, "", 40, 3),
        ({"rule": "10% floor", "times": 2, "minimum": 1}, "", 9, 1),
        ({"rule": "10% floor", "minimum": None}, "", 9, 0),
        ({"by_pool": {"甲": 2, "乙": "5:1 +5:1"}, "otherwise": 1}, "甲", 50, 2),
        ({"by_pool": {"甲": 2, "乙": "5:1 +5:1"}, "otherwise": 1}, "乙", 11, 3),
        ({"by_pool": {"甲": 2, "乙": "5:1 +5:1"}, "otherwise": 1}, "丙", 50, 1),
        ({"by_pool": {"甲": 2}}, "丙", 50, None),
        ({"by_pool": {"甲": 0}, "minimum": 1}, "丙", 50, None),
    ],
)
def test_a_quota_limits_multiplies_and_tells_pools_apart(
    keys: dict[str, object], pool: str, count: int, seats: int | None
) -> None:
    assert quota(**keys).seats(pool, count) == seats


def test_a_quota_in_words() -> None:
    assert quota(rule="10% floor", counted="期末柜员人数", minimum=1).words() == (
        "期末柜员人数的10%（舍去尾数），经批准不少于1名"
    )
    assert quota(rule="10% floor", minimum=0).words() == "人数的10%（舍去尾数）"
    named = quota(by_pool={"甲组": 2, "乙组": 1}, otherwise=0, times=2, maximum=3)
    assert named.words() == "甲组2名，乙组1名，其余0名，再乘以2，最多3名"
    assert named.words_of("乙组") == "1名，再乘以2，最多3名"
    assert quota(by_pool={"甲组": 2}).words_of("丙组") == ""


@pytest.mark.parametrize("count", ["2.5", "-1", "some", True])
def test_a_count_is_whole_or_one_of_the_words(count: object) -> None:
    with pytest.raises(ValidationError):
        quota(rule="1", count=Decimal(count) if count in {"2.5", "-1"} else count)


@pytest.mark.parametrize(
    ("contest", "seats"),
    [  # 第十三条(二)2 and 第十四条(二), read band by band
        ("quarterly-outlet", {0: 0, 4: 1, 5: 1, 6: 2, 9: 2, 10: 3, 11: 3, 15: 3, 16: 4, 20: 4, 21: 5, 30: 6, 31: 7}),
        ("quarterly-teller", {9: 0, 10: 1, 19: 1, 20: 2, 110: 11}),
        ("quarterly-lobby-manager", {9: 0, 10: 1, 19: 1, 20: 2}),
        ("annual-outlet", {4: 1, 9: 1, 10: 2, 11: 2, 20: 2, 21: 3, 30: 3, 31: 4}),
        ("annual-lobby-manager", {9: 1, 10: 2, 20: 2, 21: 3, 30: 3, 31: 4}),
        ("annual-teller", {9: 2, 10: 4, 20: 4, 21: 6, 30: 6, 31: 8}),
    ],
)
def test_the_seats_of_the_bank(contest: str, seats: dict[int, int]) -> None:
    rule = load_scheme(f"cib-zhengzhou-2010/{contest}").scheme.quota
    assert {count: rule.seats("", count) for count in seats} == seats
