"""Points by bands with stated ends, and parts of a value at the rates of their tiers."""

from decimal import Decimal
from fractions import Fraction

import pytest

from calc.methods import banded, tiered
from calc.methods.bands import Interval
from tests.calc.making import both, same
from tests.calc.methods.trying import explained, one, refused, values

pytestmark = pytest.mark.filterwarnings("ignore:invalid value")

LOW, MIDDLE, HIGH = Interval(None, False, 60, False), Interval(60, True, 80, False), Interval(80, True, 100, True)
NUMBERS = ("59.999", "60", "79.999", "80", "100", "100.001", "0", None)


@pytest.mark.parametrize(("outside", "expected"), [(None, None), (7, 7)])
def test_a_value_gets_the_points_of_the_band_that_it_lies_in(outside: int | None, expected: int | None) -> None:
    for column in both(*NUMBERS):
        bands = [(LOW, 1, False), (MIDDLE, 2, False), (HIGH, 3, False)]
        assert same(banded(column, bands, outside), 1, 2, 2, 3, 3, expected, 1, None)


def test_a_band_with_a_rate_multiplies_the_whole_value() -> None:
    for column in both(*NUMBERS):
        found = banded(column, [(LOW, 0, False), (MIDDLE, 2, True), (HIGH, 3, True)], None)
        assert same(found, 0, 120, "159.998", 240, 300, None, 0, None)


def test_a_single_value_can_be_a_band() -> None:
    for column in both("99.99", "100", "100.01"):
        assert same(banded(column, [(Interval(100, True, 100, True), 5, False)], 0), 0, 5, 0)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", "0"),
        ("40", "40"),
        ("100", "100"),
        ("150", "175"),  # 100 + 50 x 1.5
        ("300", "450"),  # 100 + 100 x 1.5 + 100 x 2
        ("-1", None),
        (None, None),
    ],
)
def test_each_part_of_a_value_counts_at_the_rate_of_its_tier(value: str | None, expected: str | None) -> None:
    tiers = [
        (Interval(0, True, 100, True), 1),
        (Interval(100, False, 200, True), Fraction(3, 2)),
        (Interval(200, False, None, False), 2),
    ]
    for column in both(value):
        assert same(tiered(column, tiers, None), expected)


def test_parts_are_measured_from_nought_on_either_side() -> None:
    """-30: -10 x 1 and -20 x 3; 30 with nothing below 20: 10 x 3."""
    below = [(Interval(None, False, -10, False), 3), (Interval(-10, True, None, False), 1)]
    for column in both("-30", "5"):
        assert same(tiered(column, below, None), -70, 5)
    for column in both("30", "20", "19", None):
        assert same(tiered(column, [(Interval(20, True, None, False), 3)], 7), 30, 0, 7, None)


BANDS = [
    {"below": 60, "points": 0},
    {"from": 60, "below": 80, "points": Decimal("5.5")},
    {"from": 80, "to": 100, "rate": Decimal("0.1")},
]


def test_bands_of_a_scheme_in_numbers_and_words() -> None:
    of = one("bands", of="x", bands=BANDS, outside="undefined")
    assert explained(of, x=["59.99", 60, 95, 101]) == [
        ("59.99 属60（不含）以下一档，得 0", "0.00"),
        ("60 属60（含）至80（不含）一档，得 5.5", "5.50"),
        ("95 属80（含）至100（含）一档，95 × 0.1", "9.50"),
        ("无此项数据，不计算", ""),
    ]
    assert of.indicator[0].rule() == (
        "按档得分：60（不含）以下得0分；60（含）至80（不含）得5.5分；80（含）至100（含）按数值×0.1；各档之外没有得分"
    )
    assert explained(one("bands", of="x", bands=BANDS, outside=-1), x=[101]) == [("101 不属任何一档，得 -1", "-1.00")]


def test_bands_may_be_written_in_any_order() -> None:
    assert values(one("bands", of="x", bands=BANDS[::-1], outside=0), x=[10, 60, 80]) == ["0.00", "5.50", "8.00"]


def test_tiers_of_a_scheme_in_numbers_and_words() -> None:
    of = one("tiers", of="x", tiers=[{"from": 0, "to": 100, "rate": 1}, {"above": 100, "rate": Decimal("0.5")}],
             outside=0)  # fmt: skip
    assert explained(of, x=[0, 30, 150, -4]) == [
        ("0，没有计分的部分", "0.00"),
        ("30 × 1", "30.00"),
        ("100 × 1 ＋ （150 － 100） × 0.5", "125.00"),
        ("-4 不属任何一档，得 0", "0.00"),
    ]
    assert of.indicator[0].rule() == "分段累进：0（含）至100（含）的部分×1；100（不含）以上的部分×0.5；各档之外得0分"


REFUSED = [
    ([{"below": 60, "points": 0}, {"above": 60, "points": 1}], None, "bands", "60（不含）以上之间有空档"),
    ([{"to": 60, "points": 0}, {"from": 60, "points": 1}], None, "bands", "60（含）以下与60（含）以上有重叠"),
    ([{"below": 60, "points": 0}, {"from": 70, "points": 1}], None, "bands", "之间有空档"),
    ([{"below": 60, "points": 0}, {"from": 50, "points": 1}], None, "bands", "有重叠"),
    ([{"below": 60, "points": 0}, {"points": 1}], None, "bands", "有重叠"),
    ([{"from": 60, "above": 60, "points": 0}], 0, "bands[0].from", "只能写一个"),
    ([{"to": 60, "below": 60, "points": 0}], 0, "bands[0].to", "只能写一个"),
    ([{"from": 60, "to": 50, "points": 0}], 0, "bands[0]", "没有这样的数"),
    ([{"from": 60, "below": 60, "points": 0}], 0, "bands[0]", "没有这样的数"),
    ([{"below": 60, "points": 0}, {"from": 60}], None, "bands[1]", "points（得分）与 rate"),
    ([{"below": 60, "points": 0}, {"from": 60, "points": 1, "rate": 1}], None, "bands[1]", "只写一个"),
    ([{"below": 60, "points": 0}, {"from": 60, "to": 80, "points": 1}], None, "outside", "undefined（没有得分）、一"),
    ([{"below": 60, "points": 0}, {"from": 60, "points": 1}], 5, "outside", "不写 outside"),
    ([{"points": 0}], "zero", "outside", "undefined"),
]  # fmt: skip


@pytest.mark.parametrize(("bands", "outside", "key", "said"), REFUSED, ids=[f"{r[2]} {r[3]}" for r in REFUSED])
def test_bands_that_leave_a_doubt_are_refused(bands: object, outside: object, key: str, said: str) -> None:
    assert said in refused("bands", of="x", bands=bands, outside=outside)[key]


def test_tiers_are_held_to_the_same() -> None:
    assert set(refused("tiers", of="x", tiers=[{"to": 5, "rate": 1}, {"from": 5, "rate": 2}])) == {"tiers"}
    assert set(refused("tiers", of="x", tiers=[{"from": 5, "rate": 2}])) == {"outside"}
