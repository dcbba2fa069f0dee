"""Quotas as data: rules by pool, ratios, limits, in numbers and in words."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

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
    named = quota(by_pool={"甲组": 2, "乙组": 1}, otherwise=0, times=2, maximum=3)
    assert named.words() == "甲组2名，乙组1名，其余0名，再乘以2，最多3名"
    assert named.words_of("乙组") == "1名，再乘以2，最多3名"
    assert quota(by_pool={"甲组": 2}).words_of("丙组") == ""


@pytest.mark.parametrize("count", ["2.5", "-1", "some", True])
def test_a_count_is_whole_or_one_of_the_words(count: object) -> None:
    with pytest.raises(ValidationError):
        quota(rule="1", count=Decimal(count) if count in {"2.5", "-1"} else count)
