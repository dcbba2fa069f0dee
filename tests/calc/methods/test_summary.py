"""One figure out of several columns, of all or of what is left."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.methods import mean_of_present, summarised
from calc.methods.summary import Keep, Statistic, Trim
from tests.calc.making import both, same
from tests.calc.methods.trying import explained, one, refused, values

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")

ROWS = ((9, 7, 10, 8), (8, None, 10, None), (None, 7, None, None), (None, None, None, None), (0, 0, 0, -1))
COLUMNS = [both(*column) for column in zip(*ROWS, strict=True)]


@pytest.mark.parametrize(
    ("statistic", "expected"),
    [
        ("mean", ("8.5", 9, 7, None, "-0.25")),
        ("median", ("8.5", 9, 7, None, 0)),
        ("sum", (34, 18, 7, None, -1)),
        ("highest", (10, 10, 7, None, 0)),
        ("lowest", (7, 8, 7, None, -1)),
        ("count", (4, 2, 1, None, 4)),
    ],
)
def test_a_figure_is_of_what_is_there(statistic: Statistic, expected: tuple[object, ...]) -> None:
    for columns in zip(*COLUMNS, strict=True):
        assert same(summarised(columns, statistic), *expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("statistic", "expected"),
    [
        # from 4 values up the highest and the lowest are dropped: 8, 9; from 2 up the lowest: 10
        ("mean", ("8.5", 10, 7, None, 0)),
        ("median", ("8.5", 10, 7, None, 0)),
        ("sum", (17, 10, 7, None, 0)),
        ("highest", (9, 10, 7, None, 0)),
        ("lowest", (8, 10, 7, None, 0)),
        ("count", (2, 1, 1, None, 2)),
    ],
)
def test_ends_are_dropped_from_so_many_values_up(statistic: Statistic, expected: tuple[object, ...]) -> None:
    trims = [Trim(4, 1, 1), Trim(2, 0, 1)]
    for columns in zip(*COLUMNS, strict=True):
        assert same(summarised(columns, statistic, trims), *expected)  # type: ignore[arg-type]


def test_the_best_of_the_others_are_kept_and_too_few_are_none() -> None:
    for columns in zip(*COLUMNS, strict=True):
        assert same(summarised(columns, "sum", keeps=[Keep("highest", 2)]), 19, 18, 7, None, 0)
        assert same(summarised(columns, "sum", keeps=[Keep("lowest", 3)]), 24, 18, 7, None, -1)
        assert same(summarised(columns, "sum", [Trim(4, 1, 0)], [Keep("highest", 2)], 2), 17, 18, None, None, 0)


def test_how_many_are_kept_may_depend_on_how_many_there_are() -> None:
    keeps = [Keep("highest", 3, 4), Keep("highest", 1, 2)]
    # four: the best three; two: the better one; one: as it is
    for columns in zip(*COLUMNS, strict=True):
        assert same(summarised(columns, "sum", keeps=keeps), 27, 10, 7, None, 0)


def test_the_weights_of_what_is_absent_are_shared_among_the_others() -> None:
    for columns in zip(*COLUMNS, strict=True):
        weights = [4, 3, 2, 1]
        # (36 + 21 + 20 + 8) / 10; (32 + 20) / 6; 7; none; -1 / 10
        assert same(mean_of_present(columns, weights), "8.5", Fraction(52, 6), 7, None, "-0.1")
        assert same(mean_of_present(columns, weights, 2), "8.5", Fraction(52, 6), None, None, "-0.1")


@given(
    rows=st.lists(st.lists(st.one_of(st.none(), st.integers(-9, 9)), min_size=6, max_size=6), min_size=1, max_size=6),
    drops=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    at_least=st.integers(1, 4),
)
def test_means_come_out_as_reckoned_row_by_row(
    rows: list[list[int | None]], drops: tuple[int, int], at_least: int
) -> None:
    expected: list[Fraction | None] = []
    for row in rows:
        there = sorted(value for value in row if value is not None)
        if len(there) >= 5:
            there = there[drops[1] : len(there) - drops[0]]
        enough = sum(value is not None for value in row) >= at_least
        expected.append(Fraction(sum(there), len(there)) if enough else None)
    columns = [both(*column)[1] for column in zip(*rows, strict=True)]
    assert same(summarised(columns, "mean", [Trim(5, *drops)], at_least=at_least), *expected)


def test_a_jury_without_its_extremes_in_numbers_and_words() -> None:
    of = one("summary", family="many", statistic="mean", absent="skipped", at_least=2,
             drop=[{"from": 4, "highest": 1, "lowest": 1}])  # fmt: skip
    assert explained(of, many_1=[9, 8, None], many_2=[7, None, 7], many_3=[10, 10, None], many_4=[8, None, None]) == [
        ("7、8、9、10，不计最低的 7，不计最高的 10，（8 ＋ 9） ÷ 2", "8.50"),
        ("（8 ＋ 10） ÷ 2", "9.00"),
        ("无此项数据，不计算", ""),
    ]
    assert of.indicator[0].rule() == ("各列平均，缺的略过，按有的计算，不足2个的没有数值，满4个时去掉1个最高、1个最低")


def test_the_best_three_of_a_season_in_numbers_and_words() -> None:
    of = one("summary", family="many", statistic="sum", absent="skipped", keep={"side": "highest", "count": 3})
    assert explained(of, many_1=[25, 4], many_2=[1, None], many_3=[18, None], many_4=[15, 6]) == [
        ("1、15、18、25，不计最低的 1，15 ＋ 18 ＋ 25", "58.00"),
        ("4 ＋ 6", "10.00"),
    ]
    assert of.indicator[0].rule().endswith("，只取最高的3个")


def test_results_that_are_kept_by_their_number_in_words() -> None:
    keep = [{"from": 2, "side": "lowest", "count": 1}, {"from": 3, "side": "lowest", "count": 2}]
    of = one("summary", family="many", statistic="sum", absent="skipped", keep=keep)
    assert [value for _, value in explained(of, many_1=[5, 4], many_2=[1, None], many_3=[3, 6])] == ["4.00", "4.00"]
    assert of.indicator[0].rule().endswith("，满2个时只取最低的1个，满3个时只取最低的2个")
    twice = refused("summary", of=["x"], statistic="sum", absent="skipped", keep=[*keep[:1], *keep[:1]])
    assert twice == {"keep": "from 相同的不能写两条"}


@pytest.mark.parametrize(
    ("statistic", "words", "value"),
    [
        ("median", "1、2、7，居中的 2", "2.00"),
        ("highest", "1、2、7，取最高", "7.00"),
        ("lowest", "1、2、7，取最低", "1.00"),
        ("count", "1、2、7，共 3 个", "3.00"),
    ],
)
def test_each_figure_is_explained(statistic: str, words: str, value: str) -> None:
    of = one("summary", of=["x", "y", "z"], statistic=statistic, absent="needed")
    assert explained(of, x=[7], y=[1], z=[2]) == [(words, value)]


def test_weights_in_numbers_and_words() -> None:
    of = one("summary", of=["x", "y"], statistic="mean", absent="skipped", weights=[3, 1])
    assert explained(of, x=[8, None], y=[4, 4]) == [
        ("（8 × 3 ＋ 4 × 1） ÷ 4", "7.00"),
        ("（4 × 1） ÷ 1", "4.00"),
    ]
    assert of.indicator[0].rule() == "2列加权平均，缺的略过，按有的计算"
    summed = one("summary", of=["x", "y"], statistic="sum", absent="needed", weights=[3, 1])
    assert explained(summed, x=[8], y=[4]) == [("8 × 3 ＋ 4 × 1", "28.00")]


def test_what_is_needed_is_not_skipped() -> None:
    needed = one("summary", of=["x", "y"], statistic="sum", absent="needed")
    skipped = one("summary", of=["x", "y"], statistic="sum", absent="skipped")
    assert values(needed, x=[1, 1], y=[2, None]) == ["3.00", None]
    assert values(skipped, x=[1, 1, None], y=[2, None, None]) == ["3.00", "1.00", None]
    family = one("summary", family="many", statistic="sum", absent="needed")
    assert values(family, many_1=[1, 1], many_2=[2, None]) == ["3.00", None]


@pytest.mark.parametrize(
    ("keys", "key", "said"),
    [
        ({"statistic": None}, "statistic", "median（中位数）"),
        ({"absent": None}, "absent", "needed（缺一项就没有数值）、skipped"),
        ({"of": None}, "of", "须写一个"),
        ({"family": "many"}, "of", "只写一个"),
        ({"family": "x", "of": None}, "", "没有多列的 measure x"),
        ({"drop": [{"from": 2, "highest": 1, "lowest": 1}]}, "drop[0].from", "就没有了"),
        ({"drop": [{"from": 2, "highest": 1}, {"from": 2, "lowest": 1}]}, "drop", "相同"),
        ({"weights": [1]}, "weights", "须一一对应"),
        ({"weights": [1, 2], "statistic": "median"}, "weights", "平均（mean）与合计（sum）"),
        ({"weights": [1, 2], "drop": [{"from": 2, "highest": 1}]}, "weights", "不去掉"),
        ({"weights": [1, 2], "statistic": "sum"}, "weights", "分担"),
    ],
)
def test_what_a_summary_leaves_open_is_refused(keys: dict[str, object], key: str, said: str) -> None:
    assert said in refused("summary", **{"of": ["x", "y"], "statistic": "mean", "absent": "skipped", **keys})[key]
