"""A quarter's process through workbooks: ranked, ruled on, ranked again; and what follows for the quarter after it.

The third quarter of 2026: the notice runs from 13 to 19 October, the report is due on the 20th, the probation ends on
2 November (8, 9, Saturday 10, 12 to 16, 19 and 20 October are the first ten working days; from 20 October on ten).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.annual import annual_fillings
from addin.past_results import PastResult, honours_for, read_past_result
from addin.ranking import rank_file, write_result
from calc.period import Period
from calc.problem import Problem
from calc.scheme import load_scheme
from workbook_templates.build import build_template
from workbook_templates.filling import Filling, Typed
from workbook_templates.save import save_workbook

LOBBY = load_scheme("cib-zhengzhou-2010/quarterly-lobby-manager").scheme
Q3 = Period(2026, "quarter", 3)
PEOPLE = {"L1": 980, "L2": 970, "L3": 960, "L4": 955, "L5": 951}


def ruling(who: str, kind: str, decision: str, day: int, why: str, month: int = 10) -> dict[str, Typed]:
    said: dict[str, Typed] = {"by": "分行会计结算部", "reason": why}
    return {"date": dt.date(2026, month, day), "id": who, "kind": kind, "decision": decision, **said}


RULINGS = (
    ruling("L1", "objection", "rejected", 15, "反映的情况不属实"),
    ruling("L2", "objection", "upheld", 16, "成绩材料有误"),
    ruling("L3", "cancel", "cancelled", 19, "公示期内重大投诉，经查属实"),
    ruling("L4", "withdraw", "withdrawn", 2, "营业时间拒办业务", month=11),
)


def quarter(folder: Path, rulings: Sequence[Mapping[str, Typed]] = (), **more: object) -> Path:
    """The result of five lobby managers for four seats."""
    marks = {
        who: dict.fromkeys(("retail_department", "own_outlet", "third_party"), mark) for who, mark in PEOPLE.items()
    }
    common = {"theory": 80, "conduct": True, "preferred": False}
    filling = Filling(
        **{"period": Q3, **more},  # type: ignore[arg-type]
        roster=[{"id": who, "name": who, "outlet": "东", "post_since": dt.date(2020, 1, 6)} for who in PEOPLE],
        measures={who: {**marks[who], **common} for who in PEOPLE},
        settings={"headcount": 40, "exam_median": 80},
        rulings=rulings,
    )
    save_workbook(build_template(LOBBY, filling), folder / "三季度.xlsx")
    write_result(rank_file(folder / "三季度.xlsx"), folder / "三季度结果.xlsx")
    return folder / "三季度结果.xlsx"


def texts(path: Path, sheet: str) -> list[list[str]]:
    rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [[str(value) for value in row if value is not None] for row in rows]


def problems(path: Path) -> tuple[Problem, ...]:
    return rank_file(path, trace=False).problems


def past(path: Path) -> PastResult:
    found = read_past_result(path)
    assert found is not None
    return found


@pytest.fixture
def ruled(tmp_path: Path) -> Path:
    before = texts(quarter(tmp_path), "入选")
    assert [row[0] for row in before if row and row[0] in PEOPLE] == ["L1", "L2", "L3", "L4"]
    return quarter(tmp_path, RULINGS)


def test_nobody_moves_up_and_every_ruling_is_told(ruled: Path) -> None:
    winners = texts(ruled, "入选")
    assert [row[0] for row in winners if row and row[0] in PEOPLE] == ["L1"]
    assert any("空缺 3 名（L2异议成立、L3取消、L4撤销，不递补）" in row for row in winners)
    told = [row for row in texts(ruled, "核算") if row and row[0] == "结果"]
    vacant = "按规则本应当选；名额空缺：没有规定递补；裁定"
    for row, words in zip(
        told,
        (
            "裁定（异议—不成立）：2026-10-15，分行会计结算部，反映的情况不属实",
            f"{vacant}（异议—成立）：2026-10-16，分行会计结算部，成绩材料有误",
            f"{vacant}（取消—取消）：2026-10-19，分行会计结算部，公示期内重大投诉，经查属实",
            f"{vacant}（撤销—撤销）：2026-11-02，分行会计结算部，营业时间拒办业务",
        ),
        strict=False,
    ):
        assert words in row
    assert problems(ruled) == ()


def test_what_is_taken_back_and_until_when(ruled: Path) -> None:
    rewards = {row[1]: row for row in texts(ruled, "奖励与考察") if len(row) > 1}
    assert "2026-11-02 00:00:00" in rewards["L1"]
    assert "2026年第四季度不得参评（第二十三条(四)）" in rewards["L4"][-1]
    assert not any("不得参评" in rewards[who][-1] for who in ("L2", "L3"))


def test_the_agenda_has_every_day(ruled: Path) -> None:
    lines = {row[1]: row[2:] for row in texts(ruled, "日程") if len(row) > 3}
    assert lines["公示（5 个工作日）"][:2] == ["2026-10-13 00:00:00", "2026-10-19 00:00:00"]
    assert lines["评选结果报备总行"][0] == "2026-10-20 00:00:00"
    assert lines["考察期（10 个工作日）"][:2] == ["2026-10-20 00:00:00", "2026-11-02 00:00:00"]
    assert lines["评选材料和记录保管"][0] == "2028-09-30 00:00:00"


def test_a_withdrawal_counts_nowhere_and_bars_from_the_next_quarter_only(ruled: Path, tmp_path: Path) -> None:
    result = past(ruled)
    honours = honours_for(LOBBY, Q3.next, [result])
    assert {str(h["id"]): h["status"] for h in honours} == {
        "L1": "won", "L2": "cancelled", "L3": "cancelled", "L4": "withdrawn",
    }  # fmt: skip
    for period, barred in ((Q3.next, {"L4"}), (Q3.next.next, set())):
        (tmp_path / str(period)).mkdir()
        found = rank_file(quarter(tmp_path / str(period), period=period, honours=honours), trace=False).result
        assert found is not None
        assert {row.id for row in found.rows if not row.rated} == barred
    ((_, filling),) = annual_fillings([result], 2026)
    assert [h["id"] for h in filling.honours if h["status"] == "won"] == ["L1"]


def test_rulings_at_the_wrong_time_warn_and_hold(tmp_path: Path) -> None:
    late = quarter(
        tmp_path, [ruling("L1", "cancel", "cancelled", 20, ""), ruling("L2", "withdraw", "withdrawn", 3, "", 11)]
    )
    assert [problem.message for problem in problems(late)] == [
        "取消的日期 2026-10-20 在公示期（至 2026-10-19）之后",
        "撤销的日期 2026-11-03 在考察期（至 2026-11-02）之后",
    ]
    assert {winner.person["id"]: winner.status for winner in past(late).winners} == {
        "L1": "cancelled", "L2": "withdrawn", "L3": "won", "L4": "won",
    }  # fmt: skip
