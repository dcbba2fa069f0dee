"""Sealed workbooks of made-up outlets, each with its own people and marks, for benchmarks of many files."""

from __future__ import annotations

import datetime as dt
import os
import random
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from addin.sealing.seal import seal
from calc.period import Period
from calc.scheme import load_scheme
from workbook_templates.build import build_template
from workbook_templates.filling import Filling, Typed
from workbook_templates.save import save_workbook

PEOPLE = 30
PERIOD = Period(2026, "month", 9)
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "静敏丽娜晓燕文博雅琴志强海霞婷俊杰春浩雪梅建国思远"


def outlet(n: int, people: int = PEOPLE, drawn: int = 0) -> Filling:
    """The n-th outlet's month: other people, marks and events in each, and each time that they are drawn."""
    draw = random.Random(n + drawn * 10**9)
    busy = draw.uniform(800, 1800)
    ids = [f"{n:05}{place:02}" for place in range(1, people + 1)]
    since = [dt.date(2026, 8, 31) - dt.timedelta(days=draw.randrange(90, 4000)) for _ in ids]
    unit = f"第{n:05}支行"
    roster = [
        {"id": identity, "name": draw.choice(_SURNAMES) + "".join(draw.sample(_GIVEN, 2)), "outlet": unit,
         "post_since": day} for identity, day in zip(ids, since, strict=True)
    ]  # fmt: skip
    measures = {identity: _marks(draw, busy) for identity in ids}
    events = [event for identity in ids for event in _events(draw, identity)]
    return Filling(PERIOD, unit, roster, measures, events, columns={"skill": 2}, rows=people + 6)


def _marks(draw: random.Random, busy: float) -> dict[str, Typed]:
    marks: dict[str, Typed] = {
        f"internal_{part}": draw.randrange(14, 21) / 2 for part in ("efficiency", "attitude", "standard")
    }
    return marks | {
        "quality": draw.randrange(80, 101) / 2,
        "volume": max(100, round(draw.gauss(busy, busy / 5))),
        "error_rate": draw.randrange(1, 40) / 100,
        "theory": draw.randrange(60, 101),
        "skill_1": draw.randrange(60, 101),
        "skill_2": draw.randrange(60, 101),
        "conduct": draw.random() > 0.03,
    }


def _events(draw: random.Random, identity: str) -> list[dict[str, Typed]]:
    day = dt.date(2026, 9, draw.randint(1, 30))
    events: list[dict[str, Typed]] = []
    if draw.random() < 0.1:
        events.append({"id": identity, "event": "criticism", "date": day, "verified": True, "note": "意见簿"})
    if draw.random() < 0.05:
        events.append({"id": identity, "event": "inspection_fault", "date": day, "note": "检查通报"})
    return events


def write_sealed(folder: Path, count: int) -> list[Path]:
    """The first so many outlets' sealed workbooks; those that are there already stay."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{n:05}.xlsx" for n in range(count)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(partial(_sealed, folder), [n for n, path in enumerate(paths) if not path.exists()], chunksize=8))
    return paths


def _sealed(folder: Path, n: int) -> None:
    """One in some thousands has a tie for the last seat, which nobody decides here: it is drawn again."""
    scheme = load_scheme("cib-zhengzhou-2010/monthly-teller").scheme
    with tempfile.TemporaryDirectory() as place:
        typed = Path(place) / "typed.xlsx"
        for drawn in range(10):
            save_workbook(build_template(scheme, outlet(n, drawn=drawn)), typed)
            done = seal(typed, folder / f"{n:05}.xlsx", dt.date(2026, 10, 9))
            if done.seal is not None:
                return
    raise AssertionError(done.problems)
