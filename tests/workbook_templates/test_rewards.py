"""奖励与考察: who gets what until when, and what is taken back from whom."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from calc.scheme import load_scheme
from tests.calc.making import points_scheme, ruled, score, table
from workbook_templates.results import pool_state
from workbook_templates.rewards import rewards_pages

MONEY = table("[[reward]]", {"id": "money", "label": "奖金", "value": 1000, "unit": "元", "clause": "第二条"})
PLAQUE = table("[[reward]]", {"id": "plaque", "label": "奖牌", "value": "流动奖牌", "clause": "第三条"})
PROBATION = table("[probation]", {"working_days": 10, "start": "2026-10-12", "causes": ["争吵"], "clause": "第四条"})
BARRING = table("[barring]", {"periods": 2, "clause": "第五条"})
DATED = PROBATION.replace('"2026-10-12"', "2026-10-12")


def lines(*rulings: tuple[str, str, str], winners: str = "2") -> list[list[object]]:
    scheme = points_scheme(MONEY, PLAQUE, DATED, BARRING, rule=winners)
    found = score(scheme, points=[9, 8, 7], rulings=[ruled(*each) for each in rulings])
    (page,) = rewards_pages(scheme, found, "某行")
    return [[str(value) if value is not None else None for value in row.values] for row in page.rows]


def test_winners_with_their_rewards_and_the_end_of_the_probation() -> None:
    """Ten working days after 12 October 2026 end on 26 October: 13 to 16, 19 to 23 and 26 October."""
    assert lines() == [
        ["1", "a", "a", "1000", "流动奖牌", "2026-10-26", None, ""],
        ["2", "b", "b", "1000", "流动奖牌", "2026-10-26", None, ""],
    ]


def test_a_withdrawal_takes_back_and_bars_from_the_next_periods() -> None:
    winner, heading, taken = lines(("withdraw", "withdrawn", "a"))
    assert winner[1] == "b"
    assert heading == ["撤销、取消"]
    assert taken[1:5] == ["a", "a", "收回 1000", "收回 流动奖牌"]
    assert "2026年10月、2026年11月不得参评（第五条）" in str(taken[-1])
    assert "不递补" in str(taken[-1])


def test_a_cancellation_before_the_award_pays_nothing_and_bars_nobody() -> None:
    *_, taken = lines(("cancel", "cancelled", "a"))
    assert taken[3:5] == ["不发 1000", "不发 流动奖牌"]
    assert "不得参评" not in str(taken[-1])


def test_without_winners_it_says_so() -> None:
    assert lines(winners="0")[0][1] == "本期无人当选"


def test_without_rewards_and_probation_there_is_no_sheet() -> None:
    scheme = points_scheme()
    assert rewards_pages(scheme, score(scheme, points=[1]), "") == ()


def test_no_seats_and_vacant_seats_are_explained() -> None:
    for rule, rulings, words in (
        ("10% floor", [], "名额 0：人数的10%（舍去尾数）"),
        ("2", [ruled("withdraw", "withdrawn", "a")], "空缺 1 名（a撤销，不递补）"),
        ("5", [], "空缺 2 名（符合条件的人数不足）"),
    ):
        scheme = points_scheme(rule=rule)
        found = score(scheme, points=[9, 8, 7], rulings=rulings)
        assert words in pool_state(scheme, found, found.quota[0])


def test_the_quarters_withdrawal_stands_on_the_sheets(results: dict[str, Path]) -> None:
    """The bank's second quarter: notice and probation by the working days of July 2025 (no holidays in it)."""
    book = load_workbook(results["quarterly-teller"])
    scheme = load_scheme("cib-zhengzhou-2010/quarterly-teller").scheme
    assert scheme.probation is not None
    text = " ".join(str(cell.value) for row in book["奖励与考察"].iter_rows() for cell in row if cell.value)
    assert "收回 1000" in text
    assert "2025年第三季度不得参评" in text
    assert all(cause in text for cause in scheme.probation.causes)
    # ten working days after 30 June end on 14 July; the notice ends on the day before, 11 July being a Friday;
    # ten working days after it end on 25 July
    assert "2025-07-25" in text
