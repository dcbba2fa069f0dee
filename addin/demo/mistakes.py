"""The honest mistakes of the clerks in one month's workbooks, and what they were mended to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from addin.demo.branch import MONTHS, YEAR, Row
from workbook_templates.filling import Filling, Typed

__all__ = ["MENDED", "MISTAKES"]

_DAY = MONTHS[-1].start


def _with_measure(filling: Filling, n: int, column: str, value: Typed) -> Filling:
    """The filling with one typed measure changed, of the n-th teller."""
    identity = str(filling.roster[n]["id"])
    changed = {**filling.measures[identity], column: value}
    return replace(filling, measures={**filling.measures, identity: changed})


def _typing_slips(filling: Filling) -> Filling:
    """The letter O for a zero, and marks above the maximum; full-width digits and a written % are read."""
    filling = _with_measure(filling, 1, "volume", "1 2O6")
    filling = _with_measure(filling, 3, "quality", 52.5)
    filling = _with_measure(filling, 4, "theory", "９２")
    return _with_measure(filling, 5, "error_rate", "0.08%")


def _lost_zero(filling: Filling) -> Filling:
    """A person in 登记 whose id lost its leading zero."""
    identity = str(filling.roster[2]["id"])
    event: Row = {
        "id": identity.lstrip("0"),
        "event": "criticism",
        "date": _DAY.replace(day=17),
        "verified": True,
    }
    return replace(filling, events=(*filling.events, event))


def _found_zero(filling: Filling) -> Filling:
    identity = str(filling.roster[2]["id"])
    event: Row = {"id": identity, "event": "criticism", "date": _DAY.replace(day=17), "verified": True}
    return replace(filling, events=(*filling.events, event))


def _forgotten(filling: Filling) -> Filling:
    """A box not ticked, a date that does not exist."""
    filling = _with_measure(filling, 0, "conduct", None)
    roster = [dict(person) for person in filling.roster]
    roster[3]["post_since"] = "2025.2.30"
    return replace(filling, roster=tuple(roster))


def _still_open(filling: Filling) -> Filling:
    """A complaint that nobody has looked into yet."""
    identity = str(filling.roster[1]["id"])
    event: Row = {
        "id": identity,
        "event": "complaint_verified",
        "date": _DAY.replace(day=26),
        "note": "正在调查",
    }
    return replace(filling, events=(*filling.events, event))


def _tied(filling: Filling) -> Filling:
    """Two tellers with the same marks, ahead of everybody else."""
    best: Row = {
        "quality": 50.0, "internal_efficiency": 10.0, "internal_attitude": 10.0, "internal_standard": 10.0,
        "volume": 2200.0, "error_rate": 0.01, "theory": 98.0, "skill_1": 97.0, "skill_2": 96.0, "conduct": True,
    }  # fmt: skip
    first, second = str(filling.roster[0]["id"]), str(filling.roster[2]["id"])
    roster = tuple(
        {**p, "post_since": dt.date(2021, 7, 1)} if p["id"] in (first, second) else p for p in filling.roster
    )
    events = tuple(event for event in filling.events if event["id"] not in (first, second))
    measures = {**filling.measures, first: best, second: best}
    return replace(filling, roster=roster, events=events, measures=measures)


def _settled(filling: Filling) -> Filling:
    """The tie decided by the outlet's meeting, on sheet 裁定."""
    tied = _tied(filling)
    ruling: Row = {
        "date": dt.date(YEAR + 1, 1, 8), "id": tied.roster[2]["id"], "kind": "tie", "decision": "seat",
        "by": "网点评选会议", "reason": "当月受客户书面表扬",
    }  # fmt: skip
    return replace(tied, rulings=(ruling,))


MISTAKES: Mapping[str, Callable[[Filling], Filling]] = {
    "花园路支行": _typing_slips,
    "经三路支行": _lost_zero,
    "航海路支行": _forgotten,
    "金水路支行": _still_open,
    "嵩山路支行": _tied,
}
"""By outlet what its clerk made of the month."""
MENDED: Mapping[str, Callable[[Filling], Filling]] = {
    "经三路支行": _found_zero,
    "金水路支行": _still_open,
    "嵩山路支行": _settled,
}
"""Where the truth is not what was drawn: the event that was meant, the complaint that is still open, the ruling."""
