"""A value against its group."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.methods import percentile, standard_score
from calc.methods.peer import PercentileKind
from tests.calc.making import both, indicator, measure, requirement, same, scheme, score
from tests.calc.methods.trying import explained, one, refused, values

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")

ONE = np.zeros(5, dtype=np.intp)


def test_a_standard_score_counts_deviations_above_the_mean() -> None:
    for column in both("9", "5", "3", None):
        five, two = column * 0 + 5, column * 0 + 2
        assert same(standard_score(column, five, two, "zero"), 2, 0, -1, None)
        assert same(standard_score(column, five, two * 0, "zero"), 0, 0, 0, None)
        assert same(standard_score(column, five, two * 0, "undefined"), None, None, None, None)
        assert same(standard_score(column, five, two * np.nan, "zero"), None, None, None, None)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        # 3, 1, 3, 9 and one without: below 1, 0, 1, 3; equal 2, 1, 2, 1
        ("below", ("0.25", 0, "0.25", "0.75", None)),
        ("at_or_below", ("0.75", "0.25", "0.75", 1, None)),
        ("midpoint", ("0.5", "0.125", "0.5", "0.875", None)),
        ("others", (Fraction(1, 3), 0, Fraction(1, 3), 1, None)),
    ],
)
def test_a_percentile_is_the_share_that_is_worse(kind: PercentileKind, expected: tuple[object, ...]) -> None:
    for column in both("3", "1", "3", "9", None):
        assert same(percentile(column, ONE, "highest", kind), *expected)  # type: ignore[arg-type]
        assert same(percentile(-column, ONE, "lowest", kind), *expected)  # type: ignore[arg-type]


def test_who_is_not_counted_has_no_percentile_and_one_alone_none_among_others() -> None:
    for column in both("3", "1", "2"):
        use = np.array([True, True, False])
        assert same(percentile(column, ONE[:3], "highest", "below", use), "0.5", 0, None)
        assert same(percentile(column, np.arange(3), "highest", "others"), None, None, None)
        assert same(percentile(column, np.arange(3), "highest", "below"), 0, 0, 0)


@given(st.lists(st.tuples(st.integers(0, 2), st.one_of(st.none(), st.integers(0, 4))), min_size=1, max_size=12))
def test_percentiles_are_as_counted_row_by_row(rows: list[tuple[int, int | None]]) -> None:
    expected: list[Fraction | None] = []
    for group, value in rows:
        peers = [other for of, other in rows if of == group and other is not None]
        worse = sum(other < value for other in peers) if value is not None else 0
        expected.append(None if value is None else Fraction(2 * worse + peers.count(value), 2 * len(peers)))
    codes = np.array([group for group, _ in rows])
    assert same(percentile(both(*(value for _, value in rows))[1], codes, "highest", "midpoint"), *expected)


EVERYBODY = {"of": "x", "within": "all", "among": "everybody"}
TEAM = EVERYBODY | {"within": "team"}
TEAMS = {"team": ["A", "A", "B", "A", "B"], "x": [10, 20, 40, None, 50]}


@pytest.mark.parametrize(
    ("statistic", "expected", "words", "rule"),
    [
        ("mean", ["15.00", "15.00", "45.00", None, "45.00"], "同组合计 30 ÷ 2", "同组的平均"),
        ("median", ["15.00", "15.00", "45.00", None, "45.00"], "同组 2 人的中位数", "同组的中位数"),
        ("highest", ["20.00", "20.00", "50.00", None, "50.00"], "同组 2 人的最高", "同组的最高"),
        ("lowest", ["10.00", "10.00", "40.00", None, "40.00"], "同组 2 人的最低", "同组的最低"),
        ("total", ["30.00", "30.00", "90.00", None, "90.00"], "同组 2 人的合计", "同组的合计"),
        ("count", ["2.00", "2.00", "2.00", None, "2.00"], "同组 2 人的人数", "同组的人数"),
    ],
)
def test_a_groups_figure_can_be_a_column(statistic: str, expected: list[str], words: str, rule: str) -> None:
    of = one("group_figure", statistic=statistic, **TEAM)
    assert values(of, **TEAMS) == expected
    assert explained(of, **TEAMS)[0] == (words, expected[0])
    assert of.indicator[0].rule() == rule


def test_against_the_mean_in_numbers_and_words() -> None:
    ratio = one("to_mean", result="ratio", base=10, **TEAM)
    assert explained(ratio, **TEAMS)[:3] == [
        ("10 ÷ 同组平均 15 × 10 ＝ 6.6666…", "6.67"),
        ("20 ÷ 同组平均 15 × 10 ＝ 13.3333…", "13.33"),
        ("40 ÷ 同组平均 45 × 10 ＝ 8.8888…", "8.89"),
    ]
    assert ratio.indicator[0].rule() == "本人÷平均×10（同组的平均）"
    factor = one("to_mean", result="ratio", **EVERYBODY)
    assert explained(factor, x=[3, 1]) == [("3 ÷ 全体平均 2", "1.50"), ("1 ÷ 全体平均 2", "0.50")]
    assert values(factor, x=[1, -1]) == [None, None]
    difference = one("to_mean", result="difference", **EVERYBODY)
    assert explained(difference, x=[3, 1]) == [("3 － 全体平均 2", "1.00"), ("1 － 全体平均 2", "-1.00")]
    assert difference.indicator[0].rule() == "本人－平均（全体的平均）"


def test_standard_scores_in_numbers_and_words() -> None:
    """2, 4, 4, 4, 5, 5, 7, 9: mean 5, deviation of the population 2."""
    eight = [2, 4, 4, 4, 5, 5, 7, 9]
    of = one("standard_score", deviation="population", zero_spread="zero", scale={"mean": 50, "deviation": 10},
             **EVERYBODY)  # fmt: skip
    assert explained(of, x=eight)[0] == ("50 ＋ 10 × （2 － 平均 5） ÷ 标准差 2", "35.00")
    assert explained(of, x=[7, 7])[0] == ("全体都是 7，标准分为 0：50 ＋ 10 × 0", "50.00")
    assert of.indicator[0].rule() == (
        "50＋10×标准分（本人与全体平均之差÷标准差；总体标准差，除以人数；全组相等时标准分为零）"
    )
    plain = one("standard_score", deviation="sample", zero_spread="undefined", **EVERYBODY)
    # 3 / sqrt(32/7) = 1.40312…
    assert explained(plain, x=eight)[0] == ("（2 － 平均 5） ÷ 标准差 2.1380… ＝ -1.4031…", "-1.40")
    assert values(plain, x=[7, 7]) == [None, None]
    assert values(plain, x=[7]) == [None]


def test_a_percentile_in_numbers_and_words() -> None:
    of = one("percentile", base=100, best="lowest", kind="midpoint", **EVERYBODY)
    assert explained(of, x=[3, 1, 3, 9]) == [
        ("3：全体 4 人中不及的 1 人、相同的（含本人） 2 人，（1 ＋ 2 ÷ 2） ÷ 4 × 100", "50.00"),
        ("1：全体 4 人中不及的 3 人、相同的（含本人） 1 人，（3 ＋ 1 ÷ 2） ÷ 4 × 100", "87.50"),
        ("3：全体 4 人中不及的 1 人、相同的（含本人） 2 人，（1 ＋ 2 ÷ 2） ÷ 4 × 100", "50.00"),
        ("9：全体 4 人中不及的 0 人、相同的（含本人） 1 人，（0 ＋ 1 ÷ 2） ÷ 4 × 100", "12.50"),
    ]
    assert of.indicator[0].rule() == (
        "在全体中的位次比例×100（低者为优；（不及本人的人数＋与本人相同的人数÷2）÷全组人数）"
    )


@pytest.mark.parametrize(
    ("kind", "words", "value"),
    [
        ("below", "1 ÷ 3 × 100 ＝ 33.3333…", "33.33"),
        ("at_or_below", "（1 ＋ 1） ÷ 3 × 100 ＝ 66.6666…", "66.67"),
        ("others", "1 ÷ （3 － 1） × 100", "50.00"),
    ],
)
def test_each_kind_of_percentile_is_explained(kind: str, words: str, value: str) -> None:
    of = one("percentile", base=100, best="highest", kind=kind, **EVERYBODY)
    facts = "2：全体 3 人中不及的 1 人、相同的（含本人） 1 人，"
    assert explained(of, x=[1, 2, 3])[1] == (facts + words, value)


def test_a_group_coefficient_evens_out_strict_and_lenient_groups() -> None:
    """A: mean 15, B: 45, everybody 120 / 4 = 30, which is not the mean of the means where the groups differ in size."""
    of = one("group_coefficient", direction="all_to_group", **TEAM)
    assert explained(of, **TEAMS)[::2] == [
        ("全体平均 30 ÷ 同组平均 15", "2.00"),
        ("全体平均 30 ÷ 同组平均 45 ＝ 0.6666…", "0.67"),
        ("全体平均 30 ÷ 同组平均 45 ＝ 0.6666…", "0.67"),
    ]
    assert of.indicator[0].rule() == "全体平均÷本组平均"
    other = one("group_coefficient", direction="group_to_all", **TEAM)
    assert explained(other, **TEAMS)[0] == ("同组平均 15 ÷ 全体平均 30", "0.50")
    assert values(one("group_coefficient", direction="group_to_all", **TEAM), team=["A", "B", "B"], x=[1, 4, 4]) == [
        "0.33", "1.33", "1.33"
    ]  # fmt: skip


def test_the_rated_alone_are_counted_where_the_scheme_says_so() -> None:
    """2, 4 and 9, the last not rated."""
    for among, mean in (("everybody", "5.00"), ("rated", "3.00")):
        of = scheme(
            measure("x"), measure("in", "yes_no"), requirement("r", "yes", gate="rating", of="in"),
            indicator("i", "group_figure", of="x", statistic="mean", within="all", among=among),
        )  # fmt: skip
        rows = score(of, x=[2, 4, 9], **{"in": [True, True, False]}).rows
        assert [row.points and row.points["i"] for row in rows] == [Decimal(mean), Decimal(mean), None]
        assert of.indicator[0].rule() == ("全体的平均" if among == "everybody" else "全体参评者的平均")


@pytest.mark.parametrize(
    ("method", "keys", "key", "said"),
    [
        ("group_figure", {"statistic": None}, "statistic", "median（中位数）"),
        ("to_mean", {"within": None}, "within", "pool（本组）"),
        ("to_mean", {"among": None}, "among", "rated（只算参评者）"),
        ("to_mean", {}, "result", "ratio（本人÷平均）、difference（本人－平均）"),
        ("to_mean", {"result": "difference", "base": 5}, "base", "不写 base"),
        ("standard_score", {"zero_spread": "zero"}, "deviation", "population（总体标准差，除以人数）、sample"),
        ("standard_score", {"deviation": "sample"}, "zero_spread", "undefined（全组相等时没有数值）"),
        ("percentile", {"base": 100, "best": "highest"}, "kind", "midpoint"),
        ("percentile", {"kind": "below", "best": "highest"}, "base", "缺少"),
        ("group_coefficient", {}, "direction", "group_to_all（本组平均÷全体平均）"),
        ("group_coefficient", {"direction": "group_to_all"}, "within", "不能是全体"),
    ],
)
def test_what_a_comparison_leaves_open_is_refused(method: str, keys: dict[str, object], key: str, said: str) -> None:
    assert said in refused(method, **(EVERYBODY | keys))[key]
