"""The model of panels and items: what a mark is worth, how many are enough, and keys that do not go together."""

from decimal import Decimal
from fractions import Fraction

import pytest

from calc.scheme import SchemeError
from calc.scheme.model import Scheme
from calc.scheme.panel import read_turnout
from tests.calc.making import indicator, item, measure, panel, scheme
from tests.calc.scheme.refusing import faults

MARKS = indicator("i", "marks", panel="p", items=["x"], how="mean")


def built(*blocks: str) -> Scheme:
    return scheme(measure("m"), *blocks)


def test_a_mark_is_worth_its_number_or_the_points_of_its_option() -> None:
    (number,) = built(panel("p", "x"), item("x", min=Decimal("-1.5"), max=10), MARKS).item
    assert [number.points(Decimal(value)) for value in ("-1.5", "10", "10.01", "-2")] == [
        Decimal("-1.5"),
        10,
        None,
        None,
    ]
    assert number.points("优") is None
    options = [{"value": "优", "points": 95, "aliases": ["A"]}, {"value": "1", "points": 60}]
    (choice,) = built(panel("p", "x"), item("x", ("", 0), options=options), MARKS).item
    assert [choice.points(value) for value in ("优", "A", "1", Decimal("1.0"), "良")] == [95, 95, 60, 60, None]


@pytest.mark.parametrize(
    ("text", "number", "is_share", "more"),
    [
        (">= 2/3", Fraction(2, 3), True, False),
        (">50%", Fraction(1, 2), True, True),
        (" >=  5 ", Fraction(5), False, False),
    ],
)
def test_a_turnout_is_read(text: str, number: Fraction, is_share: bool, more: bool) -> None:
    turnout = read_turnout(text)
    assert (turnout.number, turnout.is_share, turnout.more) == (number, is_share, more)


@pytest.mark.parametrize("text", ["2/3", ">= 2/0", ">= 3/2", ">= -1", "=> 5", ">= 1.5", ""])
def test_what_is_no_turnout_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="看不懂"):
        read_turnout(text)


def test_two_thirds_of_nine_are_six_and_more_than_half_of_ten_are_six() -> None:
    assert [read_turnout(">= 2/3").met(n, 9) for n in (5, 6)] == [False, True]
    assert [read_turnout("> 1/2").met(n, 10) for n in (5, 6)] == [False, True]
    assert [read_turnout(">= 3").met(n, None) for n in (2, 3)] == [False, True]
    assert not read_turnout(">= 1/2").met(100, None)


WRONG = [
    ((panel("p", "x", turnout=">= 2/3"), item("x")), "panel[0](p)", "须同写"),
    ((panel("p", "x", turnout="2/3", below_turnout="void"), item("x")), "panel[0](p).turnout", "看不懂"),
    ((panel("p", "x", raters=[{"id": "J"}, {"id": "J"}]), item("x")), "panel[0](p)", "重复"),
    ((panel("p", "x", raters=[{"id": "J"}], expected=2), item("x")), "panel[0](p)", "只能写一种"),
    ((panel("p", "x", listed="plain", expected=2), item("x")), "panel[0](p)", "只能写一种"),
    ((panel("p", "x", own="only", expected=2), item("x")), "panel[0](p)", "自评"),
    ((panel("p", "x"), item("x", options=[{"value": "a", "points": 1}])), "item[0](x)", "只能写一种"),
    ((panel("p", "x"), item("x", ("a", 1), ("a", 2))), "item[0](x)", "重复"),
    ((panel("p", "x"), item("x", min=10)), "item[0](x)", "须小于"),
    ((panel("p", "x", limit=[{"item": "x", "of": "marked", "over": "void", "most": 1}]), item("x")),
     "panel[0](p).limit[0]", "options 与 from_points"),
    ((panel("p", "x", limit=[{"item": "x", "of": "marked", "over": "void", "from_points": 1}]), item("x")),
     "panel[0](p).limit[0]", "most 或 least"),
    ((panel("p", "x", limit=[{"item": "x", "of": "marked", "over": "void", "from_points": 1, "most": "30%"}]),
      item("x")), "panel[0](p).limit[0].most", "取整方式"),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "path", "said"), WRONG, ids=[said for _, _, said in WRONG])
def test_keys_that_do_not_go_together_are_refused(blocks: tuple[str, ...], path: str, said: str) -> None:
    found = [message for where, message in faults(measure("m"), *blocks, MARKS) if where == path]
    assert found
    assert said in found[0]


@pytest.mark.parametrize("key", ["absent", "own"])
def test_what_is_open_must_be_chosen(key: str) -> None:
    text = "\n".join(line for line in panel("p", "x").splitlines() if not line.startswith(key))
    with pytest.raises(SchemeError, match=f"{key}: 缺少这个键"):
        built(text + "\n", item("x"), MARKS)


METHOD = [
    ({"weights": [1, 2]}, "一一对应"),
    ({"items": ["x", "y"]}, "combine"),
    ({"drop_highest": 1}, "drop_from"),
    ({"drop_highest": 1, "drop_lowest": 1, "drop_from": 2}, "全部去掉"),
    ({"drop_from": 2}, "drop_from"),
    ({"maximum": 10}, "base"),
]


@pytest.mark.parametrize(("keys", "said"), METHOD, ids=[str(keys) for keys, _ in METHOD])
def test_the_keys_of_a_method_go_together(keys: dict[str, object], said: str) -> None:
    plain = {"panel": "p", "items": ["x"], "how": "mean"}
    with pytest.raises(SchemeError, match=said):
        built(panel("p", "x", "y"), item("x"), item("y"), indicator("i", "marks", **{**plain, **keys}))


def test_a_share_of_votes_says_what_all_of_them_are_worth() -> None:
    with pytest.raises(SchemeError, match="share_of"):
        built(panel("p", "x"), item("x", ("是", 1)),
              indicator("i", "votes", panel="p", item="x", options=["是"], base=10))  # fmt: skip
