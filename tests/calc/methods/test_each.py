"""One method over each of several columns."""

import pytest

from calc.scheme import SchemeError
from tests.calc.methods.trying import explained, one, refused, values

BANDS = {"method": "bands", "bands": [{"below": 60, "points": 0}, {"from": 60, "below": 80, "points": 5},
                                      {"from": 80, "points": 10}]}  # fmt: skip


def test_every_inspection_is_banded_and_the_mean_is_taken() -> None:
    of = one("each", family="many", statistic="mean", absent="skipped", by=BANDS)
    assert explained(of, many_1=[79, 80, None], many_2=[95, None, None]) == [
        (
            "第1项 79 属60（含）至80（不含）一档，得 5 ＝ 5；第2项 95 属80（含）以上一档，得 10 ＝ 10；（5 ＋ 10） ÷ 2",
            "7.50",
        ),
        ("第1项 80 属80（含）以上一档，得 10 ＝ 10；（10） ÷ 1", "10.00"),
        ("无此项数据，不计算", ""),
    ]
    assert of.indicator[0].rule() == (
        "各列各自按档得分：60（不含）以下得0分；60（含）至80（不含）得5分；80（含）以上得10分；"
        "再取平均，缺的略过，按有的计算"
    )


def test_every_race_gives_points_by_place_and_the_worst_is_dropped() -> None:
    by = {"method": "rank_points", "best": "highest", "within": "all", "among": "everybody", "ties": "share",
          "table": {"points": [10, 6], "beyond": 1}}  # fmt: skip
    of = one("each", of=["x", "y", "z"], statistic="sum", absent="needed", by=by, drop=[{"from": 3, "lowest": 1}])
    # x: 10, 6, 1; y: 8, 8, 1; z: 1, 10, 6
    assert values(of, x=[9, 8, 7], y=[5, 5, 4], z=[1, 3, 2]) == ["18.00", "18.00", "7.00"]


def test_limits_and_rounding_hold_for_each() -> None:
    by = {"method": "factor", "times": 1, "per": 3, "cap": 2, "rounding": {"digits": 1, "mode": "floor"}}
    of = one("each", of=["x", "y"], statistic="sum", absent="needed", by=by)
    # 5 / 3 = 1.66… down to 1.6; 8 / 3 = 2.66… at most 2
    assert values(of, x=[5], y=[8]) == ["3.60"]


def test_what_the_method_gives_nothing_for_counts_as_missing() -> None:
    by = {"method": "bands", "bands": [{"from": 0, "points": 5}], "outside": "undefined"}
    assert values(one("each", of=["x", "y"], statistic="sum", absent="needed", by=by), x=[1, 1], y=[1, -1]) == [
        "10.00",
        None,
    ]
    assert values(one("each", of=["x", "y"], statistic="sum", absent="skipped", by=by), x=[1], y=[-1]) == ["5.00"]


@pytest.mark.parametrize("key", ["id", "of", "missing"])
def test_the_method_has_no_keys_of_a_whole_indicator(key: str) -> None:
    with pytest.raises(SchemeError, match=f"by 里不写 {key}"):
        one("each", of=["x", "y"], statistic="sum", absent="needed", by={**BANDS, key: "x"})


def test_what_is_wrong_with_the_method_is_told() -> None:
    by = {"method": "bands", "bands": [{"from": 0, "points": 5}]}
    assert set(refused("each", of=["x"], statistic="sum", absent="skipped", by=by)) == {"by.outside"}
    by = {"method": "min_max", "best": "highest", "low": 0, "high": 1, "within": "nowhere", "among": "rated",
          "zero_spread": "low"}  # fmt: skip
    assert "没有分组 nowhere" in "".join(refused("each", of=["x"], statistic="sum", absent="skipped", by=by).values())
    assert "by" in refused(
        "each", of=["x"], statistic="sum", absent="skipped", by={"method": "formula", "formula": "1"}
    )
