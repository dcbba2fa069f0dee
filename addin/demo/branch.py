"""A made-up branch: 13 outlets, 110 tellers, 26 lobby managers, and what they did in 2025. Everything is drawn from
fixed seeds, so that every run makes the same files.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from calc.period import Period
from workbook_templates.filling import Filling, Typed

__all__ = ["MONTHS", "OUTLETS", "QUARTERS", "UNIT", "YEAR", "Branch", "Row", "branch", "month_of", "quarter_of"]

SEED = 20251231
YEAR = 2025
UNIT = "兴业银行郑州分行"
QUARTERS = tuple(Period(YEAR, "quarter", n) for n in range(1, 5))
MONTHS = tuple(Period(YEAR, "month", n) for n in (10, 11, 12))
"""The months whose workbooks the demo makes; of the other quarters the clerks give the number of month's stars."""
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
class Person:
    """A teller, a lobby manager or an outlet: what 名册 says, how good they are, how busy their outlet is."""

    roster: Mapping[str, Typed]
    talent: float
    busy: float

    @property
    def id(self) -> str:
        """The id as 名册 has it."""
        return str(self.roster["id"])


@dataclass(frozen=True, slots=True)
class Branch:
    """Everybody whom the contests are about."""

    tellers: tuple[Person, ...]
    lobby_managers: tuple[Person, ...]
    outlets: tuple[Person, ...]


@cache
def branch() -> Branch:
    """The people of the branch, who stay for the whole year."""
    draw = random.Random(SEED)
    names = _names(draw)
    tellers: list[Person] = []
    managers: list[Person] = []
    outlets: list[Person] = []
    for code, (outlet, size) in enumerate(OUTLETS, start=1):
        busy, quality = draw.uniform(1000, 1500), draw.gauss(0, 1)
        opened = dt.date(YEAR, 2, 10) if outlet == "嵩山路支行" else dt.date(draw.randint(1999, 2018), 9, code)
        outlets.append(Person({"id": f"41{code:02}", "name": outlet, "opened_on": opened}, quality, busy))
        for n in range(1, size + 1):
            years = draw.choice((0.1, 0.4, 1.3, 2, 3, 4, 6, 9))
            tellers.append(_person(draw, f"0{code:02}{n:03}", next(names), outlet, (busy, years)))
        for n in range(1, 3):
            years = draw.choice((0.6, 1.3, 2, 3, 5, 8))
            managers.append(_person(draw, f"0{code:02}90{n}", next(names), outlet, (busy, years)))
    return Branch(tuple(tellers), tuple(managers), tuple(outlets))


def _person(draw: random.Random, identity: str, name: str, outlet: str, known: tuple[float, float]) -> Person:
    """Somebody of an outlet that is so ``busy``, on the post for so many ``years``."""
    busy, years = known
    since = dt.date(YEAR, 12, 31) - dt.timedelta(days=int(years * 365) + draw.randrange(28))
    return Person({"id": identity, "name": name, "outlet": outlet, "post_since": since}, draw.gauss(0, 1), busy)


def _names(draw: random.Random) -> Iterator[str]:
    """Names that nobody else has."""
    seen: set[str] = set()
    while True:
        name = draw.choice(_SURNAMES) + draw.choice(_GIVEN)
        if name not in seen:
            seen.add(name)
            yield name


def _score(draw: random.Random, mean: float, spread: float, top: float, step: float = 1) -> float:
    """A mark that nobody passes, in whole steps."""
    return min(top, round(draw.gauss(mean, spread) / step) * step)


def month_of(outlet: str, period: Period) -> Filling:
    """One outlet's month as it really was."""
    draw = random.Random(f"{SEED} {outlet} {period}")
    here = [person for person in branch().tellers if person.roster["outlet"] == outlet and _is_there(person, period)]
    measures = {person.id: _month_measures(draw, person) for person in here}
    events = _events(draw, period, here, _MONTH_EVENTS)
    return Filling(period, outlet, _rosters(here), measures, events, rows=len(here) + 5)


def _is_there(person: Person, period: Period) -> bool:
    since = person.roster.get("post_since") or person.roster.get("opened_on")
    return isinstance(since, dt.date) and since <= period.end


def _rosters(people: Sequence[Person]) -> tuple[Mapping[str, Typed], ...]:
    return tuple(person.roster for person in people)


def _month_measures(draw: random.Random, person: Person) -> Row:
    talent, busy = person.talent, person.busy
    return {
        "quality": _score(draw, 45.5 + talent, 1.2, 50, 0.5),
        "internal_efficiency": _score(draw, 8.6 + talent / 3, 0.6, 10, 0.5),
        "internal_attitude": _score(draw, 8.8 + talent / 3, 0.6, 10, 0.5),
        "internal_standard": _score(draw, 8.7 + talent / 3, 0.5, 10, 0.5),
        "volume": max(120, round(draw.gauss(busy * (1 + talent / 8), busy / 10))),
        "error_rate": max(0.01, round(draw.gauss(0.12 - talent / 40, 0.04), 2)),
        "theory": _score(draw, 86 + 3 * talent, 5, 100),
        "skill_1": _score(draw, 84 + 3 * talent, 6, 100),
        "skill_2": _score(draw, 85 + 3 * talent, 6, 100),
        "progress": draw.choice((1, 2, 3)) if draw.random() < 0.08 else None,
        "conduct": draw.random() > 0.03,
    }


def quarter_of(contest: str, period: Period) -> Filling:
    """One quarterly contest of the branch as it really was, without the honours of the months."""
    draw = random.Random(f"{SEED} {contest} {period}")
    people, measures, kinds, settings = {
        "quarterly-teller": (branch().tellers, _teller, _TELLER_EVENTS, "headcount"),
        "quarterly-lobby-manager": (branch().lobby_managers, _lobby_manager, _LOBBY_EVENTS, "headcount"),
        "quarterly-outlet": (branch().outlets, _outlet, _OUTLET_EVENTS, "outlets"),
    }[contest]
    here = [person for person in people if _is_there(person, period)]
    stars = _month_stars(draw, period) if contest == "quarterly-teller" and period != QUARTERS[-1] else None
    typed = {
        person.id: measures(draw, person) | ({} if stars is None else {"monthly_honours": stars.get(person.id, 0)})
        for person in here
    }
    events = _events(draw, period, here, kinds)
    return Filling(period, UNIT, _rosters(here), typed, events, settings={settings: len(here)}, rows=len(here) + 5)


def _month_stars(draw: random.Random, period: Period) -> dict[str, float]:
    """How often each teller was the month's star of their outlet in a quarter whose months are not made."""
    stars: dict[str, float] = {}
    for outlet, _ in OUTLETS:
        here = [p for p in branch().tellers if p.roster["outlet"] == outlet and _is_there(p, period)]
        for _ in range(3):
            best = max(here, key=lambda person: person.talent + draw.gauss(0, 0.7))
            stars[best.id] = stars.get(best.id, 0) + 1
    return stars


def _teller(draw: random.Random, person: Person) -> Row:
    talent, busy = person.talent, person.busy
    return {
        "quality": _score(draw, 90 + 2.5 * talent, 2, 100, 0.5),
        "volume": max(400, round(draw.gauss(3 * busy * (1 + talent / 8), busy / 4))),
        "error_rate": max(0.01, round(draw.gauss(0.12 - talent / 40, 0.03), 2)),
        "theory": _score(draw, 86 + 3 * talent, 4, 100),
        "skill_1": _score(draw, 84 + 3 * talent, 5, 100),
        "skill_2": _score(draw, 85 + 3 * talent, 5, 100),
        "skill_3": _score(draw, 83 + 3 * talent, 5, 100),
        "progress": draw.choice((-2, 1, 2)) if draw.random() < 0.08 else None,
        "conduct": draw.random() > 0.02,
        "preferred": draw.random() < 0.05,
    }


def _lobby_manager(draw: random.Random, person: Person) -> Row:
    level = 945 + 18 * person.talent
    return {
        "retail_department": _score(draw, level, 6, 1000),
        "own_outlet": _score(draw, level + 10, 5, 1000),
        "third_party": _score(draw, level - 4, 6, 1000),
        "theory": _score(draw, 86 + 4 * person.talent, 4, 100),
        "conduct": draw.random() > 0.02,
        "preferred": draw.random() < 0.1,
    }


def _outlet(draw: random.Random, person: Person) -> Row:
    level, busy = person.talent, person.busy
    checks = {
        f"{part}_{n}": _score(draw, 92 + 1.5 * level, 2.5, 100, 0.5)
        for part, times in (("counter", 3), ("lobby", 3), ("wealth", 2))
        for n in range(1, times + 1)
    }
    return {
        **checks,
        "volume_per_head": round(draw.gauss(3 * busy * (1 + level / 20), busy / 8)),
        "error_rate": max(0.01, round(draw.gauss(0.12 - level / 60, 0.015), 3)),
        "retail_result": round(draw.gauss(100 + 6 * level, 5), 1),
        "theory": _score(draw, 88 + level, 2, 100),
        "skill_1": _score(draw, 86 + level, 2, 100),
        "skill_2": _score(draw, 87 + level, 2, 100),
        "conditions": True,
        "innovation": draw.random() < 0.2,
    }


_Kinds = Sequence[tuple[str, float, Row]]
"""An event's kind, how likely it is for one person, and what else is written down."""

_MONTH_EVENTS: _Kinds = (
    ("criticism", 0.10, {"verified": True, "note": "意见簿"}),
    ("criticism", 0.03, {"verified": False, "note": "意见簿，查为客户误解"}),
    ("complaint_withdrawn", 0.05, {"note": "95561 转办，客户已撤诉"}),
    ("other_channel", 0.06, {"points": 1, "note": "满意度系统差评"}),
    ("inspection_fault", 0.04, {"note": "分行检查通报"}),
    ("complaint_verified", 0.02, {"verified": True, "note": "经查属实"}),
)
_PRAISE: _Kinds = (
    ("book_praise", 0.12, {"verified": True, "note": "意见簿表扬"}),
    ("hotline_praise", 0.06, {"verified": True, "note": "95561 转办表扬"}),
    ("media_praise", 0.01, {"verified": True, "honour": "晚报报道", "note": "晚报报道"}),
    ("contest_city", 0.01, {"verified": True, "honour": "市银行业技能大赛", "note": "市级第三名"}),
)
_TELLER_EVENTS: _Kinds = (
    *_PRAISE,
    ("complaint", 0.02, {"verified": True, "at_fault": True, "note": "经查属实"}),
    ("complaint", 0.02, {"verified": True, "at_fault": False, "note": "系统故障，非本人责任"}),
    ("inspection_fault", 0.02, {"at_fault": True, "note": "第三方调查扣分"}),
)
_LOBBY_EVENTS: _Kinds = (*_PRAISE, ("violation", 0.04, {"at_fault": True, "note": "检查扣分"}))
_OUTLET_EVENTS: _Kinds = (
    ("criticism", 0.3, {"verified": True, "note": "意见簿"}),
    ("complaint_withdrawn", 0.2, {"note": "95561 转办，客户已撤诉"}),
    ("other_channel", 0.2, {"points": 2, "note": "满意度系统差评"}),
)


def _events(draw: random.Random, period: Period, people: Sequence[Person], kinds: _Kinds) -> tuple[Row, ...]:
    """What happened within the period, in order of the days."""
    days = (period.end - period.start).days
    events: list[Row] = []
    for person in people:
        for kind, chance, more in kinds:
            if draw.random() < chance:
                day = period.start + dt.timedelta(days=draw.randint(0, days))
                events.append({"id": person.id, "event": kind, "date": day, **more})
    return tuple(sorted(events, key=lambda event: str(event["date"])))
