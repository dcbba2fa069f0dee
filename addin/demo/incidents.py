"""What went on in the quarters besides the scores: a tie, a withdrawal within the probation, a cancellation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from addin.demo.branch import YEAR, Row, branch
from workbook_templates.filling import Filling

__all__ = ["RULINGS", "deeds", "staged"]


def staged(contest: str, filling: Filling) -> Filling:
    """The quarter with the tie that is to be shown in it: in the first, two lobby managers equal at the last seat."""
    if contest != "quarterly-lobby-manager" or str(filling.period) != f"{YEAR}Q1":
        return filling
    first, *equal = _veterans(filling)[:3]
    best: Row = {"theory": 97, "conduct": True, "preferred": False}
    marks = {
        first: {"retail_department": 992, "own_outlet": 990, "third_party": 988, **best},
        **{each: {"retail_department": 985, "own_outlet": 988, "third_party": 980, **best} for each in equal},
    }
    kept = tuple(event for event in filling.events if event["id"] not in marks)
    return replace(filling, measures={**filling.measures, **marks}, events=kept)


def _veterans(filling: Filling) -> list[str]:
    """Lobby managers of some years, the best first."""
    ids = {str(person["id"]) for person in filling.roster}
    veterans = [
        person
        for person in branch().lobby_managers
        if person.id in ids and str(person.roster["post_since"]) < f"{YEAR - 1}-01-01"
    ]
    return [person.id for person in sorted(veterans, key=lambda person: -person.talent)]


def _tie(winners: Sequence[str], tied: Sequence[str]) -> tuple[Row, ...]:
    del winners
    said: Row = {"date": dt.date(YEAR, 4, 3), "kind": "tie", "by": "分行零售事业部评选会议"}
    return (
        {**said, "id": tied[0], "decision": "seat", "reason": "季度内受书面表扬较多"},
        *({**said, "id": other, "decision": "no-seat", "reason": "名额所限"} for other in tied[1:]),
    )


def _withdrawal(winners: Sequence[str], tied: Sequence[str]) -> tuple[Row, ...]:
    del tied
    return (
        {
            "date": dt.date(YEAR, 7, 21), "id": winners[-1], "kind": "withdraw", "decision": "withdrawn",
            "by": "分行会计结算部", "reason": "考察期内与客户发生争吵，经查属实",
        },
    )  # fmt: skip


def _cancellation(winners: Sequence[str], tied: Sequence[str]) -> tuple[Row, ...]:
    del tied
    return (
        {
            "date": dt.date(YEAR, 10, 16), "id": winners[-1], "kind": "cancel", "decision": "cancelled",
            "by": "分行会计结算部", "reason": "公示期内发生重大服务投诉，经查属实",
        },
    )  # fmt: skip


RULINGS: Mapping[tuple[str, str], Callable[[Sequence[str], Sequence[str]], tuple[Row, ...]]] = {
    ("quarterly-lobby-manager", f"{YEAR}Q1"): _tie,
    ("quarterly-teller", f"{YEAR}Q2"): _withdrawal,
    ("quarterly-outlet", f"{YEAR}Q3"): _cancellation,
}
"""By contest and period the rulings that were made once the winners and the tied (by id) were known."""


def deeds(name: str) -> str:
    """A report of deeds."""
    return (
        f"{name}立足本职，把“以客户为中心”落实到每一笔业务、每一次接待。全年服务客户无一起有效投诉，"
        "在总、分行历次服务检查和第三方调查中均名列前茅。\n"
        "面对老年客户和行动不便的客户，主动上门核实、陪同办理；推行晨会情景演练和“一句话提醒”，"
        "带动全员规范服务，多次受到客户书面表扬。\n"
        "积极参加业务技能培训和竞赛，成绩优秀，并承担新员工的传帮带工作。"
    )
