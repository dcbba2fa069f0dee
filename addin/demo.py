"""``starscore demo``: a made-up branch's month, from filled workbooks to the stars of its outlets.

13 outlets, 110 tellers, everything drawn from a fixed seed. Some clerks made honest mistakes: they are found,
mended copies are ranked.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl import load_workbook

from addin.ranking import Ranked, rank_file, write_result
from addin.sealing.seal import seal
from addin.sealing.verify import verify
from calc.period import Period
from calc.problem import Problem
from calc.scheme import Scheme, load_scheme
from workbook_templates.build import build_template
from workbook_templates.filling import Filling, Typed
from workbook_templates.layout import FIRST_ROW, HEADER_ROW, SHEET
from workbook_templates.results import pool_state
from workbook_templates.save import save_workbook

__all__ = ["OUTLETS", "PERIOD", "OutletReport", "SealReport", "run_demo", "run_seal_demo"]

SEED = 20260930
PERIOD = Period(2026, "month", 9)
SEALED_ON = dt.date(2026, 10, 9)
OUTLETS = (
    ("郑东支行", 12), ("花园路支行", 11), ("东风路支行", 10), ("农业路支行", 10), ("经三路支行", 9),
    ("文化路支行", 9), ("中原路支行", 8), ("航海路支行", 8), ("商鼎路支行", 8), ("金水路支行", 7),
    ("黄河路支行", 7), ("建设路支行", 6), ("嵩山路支行", 5),
)  # fmt: skip
_SURNAMES = (*"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕", "欧阳", "司马")
_GIVEN = (
    "静", "敏", "丽娜", "晓燕", "文博", "雅琴", "志强", "海霞", "婷婷", "俊杰", "春燕", "浩然", "雪梅", "建国", "思远",
    "子涵", "梦洁", "立军", "倩", "红梅", "宇航", "佳怡", "明辉", "秀英", "伟", "芳", "玉兰", "晨", "慧敏", "国栋",
)  # fmt: skip

Row = dict[str, Typed]


@dataclass(frozen=True, slots=True)
class _Outlet:
    """One outlet's workbook: as the clerk filled it in, and as it was mended."""

    name: str
    filled: Filling
    mended: Filling


@dataclass(frozen=True, slots=True)
class OutletReport:
    """What became of one outlet."""

    name: str
    found: tuple[Problem, ...]
    """The problems of the workbook as it was filled in."""
    before: str
    """Its outcome as it was filled in."""
    outcome: str
    result: Path
    clean: bool
    """The mended workbook has no error."""


@dataclass(frozen=True, slots=True)
class SealReport:
    """A result sealed, one that cannot be, and what verifying says once somebody has raised a total by a point."""

    sealed: Path
    passed: bool
    refused: str
    why: Problem
    altered: Path
    found: Problem


def run_demo(folder: Path, tell: Callable[[str], None] = lambda _: None) -> tuple[OutletReport, ...]:
    """Write the workbooks and results of the month under ``folder``; ``tell`` is told after each outlet."""
    scheme = load_scheme("cib-zhengzhou-2010/monthly-teller").scheme
    places = [folder / name for name in ("1-填报", "2-更正后", "3-结果")]
    for place in places:
        place.mkdir(parents=True, exist_ok=True)
    reports = []
    for n, outlet in enumerate(_branch(), start=1):
        report = _one_outlet(scheme, outlet, places, f"{n:02}-{outlet.name}-{PERIOD}")
        tell(report.name)
        reports.append(report)
    return tuple(reports)


def run_seal_demo(folder: Path, reports: Sequence[OutletReport]) -> SealReport:
    """Seal a result of :func:`run_demo` under ``folder``, try one with an open complaint, and alter a total."""
    place = folder / "4-定稿"
    place.mkdir(exist_ok=True)
    done, still_open = (next(r for r in reports if outlet in r.name) for outlet in ("郑东支行", "金水路支行"))
    sealed, altered = (place / f"{done.name}{what}.xlsx" for what in ("", "-被改动"))
    seal(done.result, sealed, SEALED_ON)
    refused = seal(still_open.result, place / f"{still_open.name}.xlsx", SEALED_ON)
    book = load_workbook(sealed)
    total = next(cell for cell in book[SHEET.scores][HEADER_ROW] if cell.value == "总分")
    book[SHEET.scores].cell(FIRST_ROW, total.column).value += 1
    save_workbook(book, altered)
    errors = [problem for problem in verify(altered).problems if problem.is_error]
    return SealReport(sealed, verify(sealed).passed, still_open.name, refused.problems[0], altered, errors[0])


def _one_outlet(scheme: Scheme, outlet: _Outlet, places: Sequence[Path], name: str) -> OutletReport:
    typed, mended, result = (place / f"{name}.xlsx" for place in places)
    save_workbook(build_template(scheme, outlet.filled), typed)
    first = rank_file(typed, trace=False)
    source = typed
    if outlet.mended != outlet.filled:
        source = mended
        save_workbook(build_template(scheme, outlet.mended), mended)
    ranked = rank_file(source)
    write_result(ranked, result)
    return OutletReport(name, first.problems, _outcome(first), _outcome(ranked), result, not ranked.has_errors)


def _outcome(ranked: Ranked) -> str:
    if ranked.result is None:
        return ""
    return "；".join(pool_state(ranked.result, pool) for pool in ranked.result.quota)


def _branch() -> list[_Outlet]:
    """The outlets, each with its mistakes put in where a clerk made some."""
    draw = random.Random(SEED)
    names = _names(draw)
    outlets = []
    for code, (name, size) in enumerate(OUTLETS, start=1):
        filling = _month(draw, code, name, [next(names) for _ in range(size)])
        spoil = _MISTAKES.get(name)
        mend = _MENDED.get(name)
        outlets.append(_Outlet(name, spoil(filling) if spoil else filling, mend(filling) if mend else filling))
    return outlets


def _names(draw: random.Random) -> Iterator[str]:
    """Names that nobody else has."""
    seen: set[str] = set()
    while True:
        name = draw.choice(_SURNAMES) + draw.choice(_GIVEN)
        if name not in seen:
            seen.add(name)
            yield name


def _month(draw: random.Random, code: int, outlet: str, names: Sequence[str]) -> Filling:
    """One outlet's month as it really was."""
    roster: list[Row] = []
    measures: dict[str, Mapping[str, Typed]] = {}
    events: list[Row] = []
    busy = draw.uniform(900, 1700)
    for n, name in enumerate(names, start=1):
        identity = f"0{code:02}{n:03}"
        years = draw.choice((0.1, 0.4, 1, 2, 3, 4, 6, 9))
        since = PERIOD.end - dt.timedelta(days=int(years * 365) + draw.randrange(28))
        roster.append({"id": identity, "name": name, "outlet": outlet, "post_since": since})
        measures[identity] = _teller(draw, busy)
        events += _events_of(draw, identity)
    return Filling(PERIOD, outlet, tuple(roster), measures, tuple(sorted(events, key=lambda e: str(e["date"]))))


def _teller(draw: random.Random, busy: float) -> Row:
    talent = draw.gauss(0, 1)
    return {
        "quality": min(50.0, round(2 * draw.gauss(45.5 + talent, 1.6)) / 2),
        "internal_efficiency": min(10.0, round(2 * draw.gauss(8.6 + talent / 3, 0.6)) / 2),
        "internal_attitude": min(10.0, round(2 * draw.gauss(8.8 + talent / 3, 0.6)) / 2),
        "internal_standard": min(10.0, round(2 * draw.gauss(8.7 + talent / 3, 0.5)) / 2),
        "volume": float(max(120, round(draw.gauss(busy * (1 + talent / 10), busy / 5)))),
        "error_rate": max(0.01, round(draw.gauss(0.12 - talent / 50, 0.05), 2)),
        "theory": float(min(100, round(draw.gauss(86 + 3 * talent, 5)))),
        "skill_1": float(min(100, round(draw.gauss(84 + 3 * talent, 6)))),
        "skill_2": float(min(100, round(draw.gauss(85 + 3 * talent, 6)))),
        "progress": float(draw.choice((1, 2, 3))) if draw.random() < 0.08 else None,
        "conduct": draw.random() > 0.03,
    }


def _events_of(draw: random.Random, identity: str) -> list[Row]:
    """A few complaints, criticisms and findings."""
    events: list[Row] = []

    def happened(kind: str, chance: float, **more: Typed) -> None:
        if draw.random() < chance:
            day = dt.date(2026, 9, draw.randint(1, 30))
            events.append({"id": identity, "event": kind, "date": day, **more})

    happened("criticism", 0.10, verified=True, note="意见簿")
    happened("criticism", 0.03, verified=False, note="意见簿，查为客户误解")
    happened("complaint_withdrawn", 0.05, note="95561 转办，客户已撤诉")
    happened("other_channel", 0.06, points=float(draw.choice((0.5, 1, 2))), note="满意度系统差评")
    happened("inspection_fault", 0.04, note="分行检查通报第9期")
    happened("complaint_verified", 0.02, verified=True, note="经查属实")
    return events


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
    event: Row = {"id": identity.lstrip("0"), "event": "criticism", "date": dt.date(2026, 9, 17), "verified": True}
    return replace(filling, events=(*filling.events, event))


def _found_zero(filling: Filling) -> Filling:
    identity = str(filling.roster[2]["id"])
    event: Row = {"id": identity, "event": "criticism", "date": dt.date(2026, 9, 17), "verified": True}
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
    event: Row = {"id": identity, "event": "complaint_verified", "date": dt.date(2026, 9, 28), "note": "正在调查"}
    return replace(filling, events=(*filling.events, event))


def _tied(filling: Filling) -> Filling:
    """Two tellers with the same marks, ahead of everybody else."""
    best: Row = {
        "quality": 50.0, "internal_efficiency": 10.0, "internal_attitude": 10.0, "internal_standard": 10.0,
        "volume": 2200.0, "error_rate": 0.01, "theory": 98.0, "skill_1": 97.0, "skill_2": 96.0, "conduct": True,
    }  # fmt: skip
    first, second = str(filling.roster[0]["id"]), str(filling.roster[2]["id"])
    roster = tuple(
        {**p, "post_since": dt.date(2022, 7, 1)} if p["id"] in (first, second) else p for p in filling.roster
    )
    events = tuple(event for event in filling.events if event["id"] not in (first, second))
    measures = {**filling.measures, first: best, second: best}
    return replace(filling, roster=roster, events=events, measures=measures)


def _settled(filling: Filling) -> Filling:
    """The tie decided by the outlet's meeting, on sheet 裁定."""
    tied = _tied(filling)
    ruling: Row = {
        "date": dt.date(2026, 10, 9), "id": tied.roster[2]["id"], "kind": "tie", "decision": "seat",
        "by": "网点评选会议", "reason": "当月受客户书面表扬",
    }  # fmt: skip
    return replace(tied, rulings=(ruling,))


_MISTAKES: Mapping[str, Callable[[Filling], Filling]] = {
    "花园路支行": _typing_slips,
    "经三路支行": _lost_zero,
    "航海路支行": _forgotten,
    "金水路支行": _still_open,
    "嵩山路支行": _tied,
}
_MENDED: Mapping[str, Callable[[Filling], Filling]] = {
    "经三路支行": _found_zero,
    "金水路支行": _still_open,
    "嵩山路支行": _settled,
}
"""Where the truth is not what was drawn: the event that was meant, the complaint that is still open, the ruling."""
