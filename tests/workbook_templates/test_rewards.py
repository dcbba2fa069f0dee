"""奖励与考察: who gets what until when, and what is taken back from whom."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from calc.deadlines import probation_end
from calc.period import Period
from calc.scheme import load_scheme
from tests.calc.making import BAD, points_scheme, reward, ruled, score, table
from workbook_templates.results import pool_state
from workbook_templates.rewards import rewards_pages

MONEY = reward("money", 1000, label="奖金", unit="元", clause="第二条")
PLAQUE = reward("plaque", "流动奖牌", label="奖牌", clause="第三条")
DAYS = {"working_days": 10, "causes": ["争吵"], "clause": "第四条"}
PROBATION = table("[probation]", {**DAYS, "start": dt.date(2026, 10, 12)})
BARRING = table("[barring]", {"periods": 2, "clause": "第五条"})


def lines(*rulings: tuple[str, str, str], winners: str = "2") -> list[list[object]]:
    scheme = points_scheme(MONEY, PLAQUE, PROBATION, BARRING, rule=winners)
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


def test_without_winners_it_says_why() -> None:
    assert lines(winners="0")[0][1] == "本期无人当选"
    scheme = points_scheme(MONEY)
    for points, words in (([9, 9], "并列，待裁定"), ([9, BAD], "数据有错误，名单暂缓")):
        (page,) = rewards_pages(scheme, score(scheme, points=points), "")
        assert page.rows[0].values[1] == words


def test_without_rewards_and_probation_there_is_no_sheet() -> None:
    scheme = points_scheme()
    assert rewards_pages(scheme, score(scheme, points=[1]), "") == ()


def test_no_seats_and_vacant_seats_are_explained() -> None:
    for rule, rulings, words in (
        ("10% floor", [], "名额 0：人数的10%（舍去尾数）"),
        ("2", [ruled("withdraw", "withdrawn", "a")], "空缺 1 名（a撤销，不递补）"),
        ("5", [], "空缺 2 名（符合条件的人数不足）"),
        ("5", [ruled("cancel", "cancelled", "b")], "空缺 3 名（b取消，不递补；其余符合条件的人数不足）"),
    ):
        scheme = points_scheme(rule=rule)
        found = score(scheme, points=[9, 8, 7], rulings=rulings)
        assert words in pool_state(scheme, found, found.quota[0])


def test_who_knows_no_day_of_the_award_is_not_told_an_end_of_the_probation() -> None:
    scheme = points_scheme(MONEY, table("[probation]", DAYS))
    (page,) = rewards_pages(scheme, score(scheme, points=[9]), "某行")
    assert page.rows[0].values[4] is None
    assert "授奖日期未定" in page.note


@pytest.mark.parametrize(
    ("contest", "expected"),
    [
        ("monthly-teller", {"money": 300, "grading_points": 10}),
        ("quarterly-teller", {"money": 1000, "grading_points": 20, "priority": "业务培训、年终考核"}),
        ("quarterly-outlet", {"money": 2000, "plaque": "流动奖牌", "priority": "业务培训、年终考核"}),
        ("annual-teller", {"money": 3000, "grading_points": 50, "priority": "业务培训、年终考核"}),
        ("annual-outlet", {"money": 5000, "plaque": "流动奖牌", "priority": "业务培训、年终考核"}),
    ],
)
def test_the_bank_gives_what_its_clause_says(contest: str, expected: dict[str, object]) -> None:
    """第二十二条."""
    scheme = load_scheme(f"cib-zhengzhou-2010/{contest}").scheme
    assert {reward.id: reward.value for reward in scheme.reward} == expected


def test_the_banks_month_and_quarter_are_withdrawn_for_the_same_causes() -> None:
    """第二十三条(一): five working days after the month's award, ten after the quarter's; the seven events and false
    data hold for both. The month's award is on the day that is stated: 12 October 2026 + 5 working days.
    """
    bound = load_scheme("cib-zhengzhou-2010/monthly-teller").bind({"award_date": dt.date(2026, 10, 12)})
    month, quarter = bound.probation, load_scheme("cib-zhengzhou-2010/quarterly-teller").scheme.probation
    assert month is not None
    assert quarter is not None
    assert (month.working_days, quarter.working_days, len(month.causes)) == (5, 10, 8)
    assert month.causes == quarter.causes
    end = probation_end(bound, Period(2026, "month", 9))
    assert end is not None
    assert end.day == dt.date(2026, 10, 19)


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
