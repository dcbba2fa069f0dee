"""Made-up quarters of the three contests, nasty on purpose: see generate.py, whose styles of numbers are used again.

    python -m tests.oracle.generate_quarterly quarterly-teller --seed 1 --count 20 --out DIR

writes the folders DIR/quarterly-teller/seed-1 to seed-20, each with its expected.json.
"""

import argparse
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from .generate import (
    EVENT_HEADER,
    GIVEN,
    HONOUR_HEADER,
    OUTLETS,
    RULING_HEADER,
    SURNAMES,
    DataSet,
    draw_ids,
    draw_marks,
    draw_rates,
    draw_volumes,
    with_header,
)
from .quarterly import BONUS, CONTESTS, Contest, Lines, reckon_tables
from .tables import add_months, period_before, period_bounds

PERIODS = ["2026Q3", "2026Q4", "2027Q1", "2028Q1"]
Row = dict[str, str]


@dataclass
class Made(DataSet):
    """The tables of a contest."""

    contest: Contest = field(kw_only=True)

    def expected(self) -> dict[str, Any]:
        """What the oracle makes of it."""
        return reckon_tables(self.contest, self.settings, self.data, self.events, self.rulings, self.honours)


def generate(contest: str, seed: int) -> Made:
    """The quarter of a contest and a seed; one in four holds mistakes."""
    rng = Random(f"{contest} {seed}")
    period = rng.choice(PERIODS)
    size = rng.choice([1, 2, 4, 9, 10, 11, 15, 16, 20, 21])
    rows = {
        "quarterly-teller": draw_tellers,
        "quarterly-lobby-manager": draw_lobby_managers,
        "quarterly-outlet": draw_outlets,
    }[contest](rng, period, size)
    make_ties(rng, rows)
    settings = {"period": period} | draw_settings(rng, contest, size)
    honours = draw_honours(rng, contest, period, rows)
    if rng.random() < 0.25:
        spoil(rng, rows)
    events = draw_events(rng, contest, period, rows)
    made = Made(
        settings,
        [list(rows[0]), *(list(row.values()) for row in rows)],
        with_header([*EVENT_HEADER, "honour"], events),
        honours=with_header(HONOUR_HEADER, honours),
        contest=CONTESTS[contest],
    )
    made.rulings = with_header(RULING_HEADER, draw_rulings(rng, made))
    return made


# ---------------------------------------------------------------------------------------------------------------------
# Rows


def draw_tellers(rng: Random, period: str, size: int) -> list[Row]:
    """Tellers of the whole branch, most of them stars of some month."""
    rows = draw_names(rng, size)
    volumes, rates, marks = draw_volumes(rng, size), draw_rates(rng, size), draw_marks(rng)
    skills = [f"skill_{n}" for n in range(1, rng.randint(1, 3) + 1)]
    open_tests = rng.choice([0, 0, 0.1])
    for row, volume, rate in zip(rows, volumes, rates, strict=True):
        row["post_since"] = draw_start(rng, period, 6)
        row["monthly_honours"] = rng.choice(["0", "1", "1", "1", "2", "3"])
        row["quality"] = rng.choice(["95", "95", "96.5", "94.675", "88.8", "0", "100"])
        row |= {"volume": volume, "error_rate": "" if volume in ("0", "0.0") else rate}
        row |= {column: "" if rng.random() < open_tests else marks() for column in ("theory", *skills)}
        row["progress"] = rng.choice(["", "0", "2", "-3.5", "-200", "40"])
        row["conduct"] = draw_yes(rng, 0.95)
        row["preferred"] = draw_yes(rng, 0.3)
    for column in ("theory", *skills):
        rows[0][column] = rows[0][column] or "80"
    return rows


def draw_lobby_managers(rng: Random, period: str, size: int) -> list[Row]:
    """Lobby managers about the threshold of 950, some of them a hair below it."""
    rows, marks = draw_names(rng, size), draw_marks(rng)
    near = ["950", "950", "949.99", "950.01", "960", "945.5", "970", "949.999", "1000"]
    for row in rows:
        row["post_since"] = draw_start(rng, period, 3)
        row |= {assessor: rng.choice(near) for assessor in ("retail_department", "own_outlet", "third_party")}
        row["theory"] = "" if rng.random() < 0.04 else marks()
        row["conduct"] = draw_yes(rng, 0.95)
        row["preferred"] = draw_yes(rng, 0.3)
    rows[0]["theory"] = rows[0]["theory"] or "80"
    return rows


def draw_outlets(rng: Random, period: str, size: int) -> list[Row]:
    """Outlets with one to three inspections of each part, not the same number everywhere."""
    rows = draw_names(rng, size)
    volumes, rates, marks = draw_volumes(rng, size), draw_rates(rng, size), draw_marks(rng)
    inspections = [f"{part}_{n}" for part in ("counter", "lobby", "wealth") for n in range(1, rng.randint(1, 3) + 1)]
    results = rng.choice([["100"], ["100", "101", "99.5"], *[["80", "110", "110", "110.5"]] * 3])
    for row, volume, rate in zip(rows, volumes, rates, strict=True):
        row["opened_on"] = draw_start(rng, period, 3)
        row |= {
            column: "" if column[-1] != "1" and rng.random() < 0.3 else rng.choice(["60", "59.5", "88", "92.35", "100"])
            for column in inspections
        }
        row |= {"volume_per_head": volume, "error_rate": "" if volume in ("0", "0.0") else rate}
        row["retail_result"] = rng.choice(results)
        row |= {"theory": marks(), "skill_1": marks(), "conditions": draw_yes(rng, 0.95)}
        row["innovation"] = draw_yes(rng, 0.3)
    if len(rows) > 1 and rng.random() < 0.1:
        rng.choice(rows)["counter_1"] = ""
    return rows


def draw_names(rng: Random, size: int) -> list[Row]:
    """Ids, odd ones among them, and names."""
    ids = draw_ids(rng)
    return [
        {"id": ids.pop(), "name": rng.choice(SURNAMES) + rng.choice(GIVEN), "outlet": rng.choice(OUTLETS)}
        for _ in range(size)
    ]


def draw_start(rng: Random, period: str, months: int) -> str:
    """Mostly long ago, else within days of the months that are needed."""
    edge = add_months(period_bounds(period)[1] + timedelta(days=1), -months)
    return rng.choice([date(2019, 5, 6)] * 8 + [edge, edge + timedelta(days=rng.randint(-2, 2))]).isoformat()


def draw_yes(rng: Random, share: float) -> str:
    """A yes or a no, in one of their spellings."""
    return rng.choice(["yes", "是", "1"] if rng.random() < share else ["no", "否", "0"])


def make_ties(rng: Random, rows: list[Row]) -> None:
    """Let some rows repeat the figures of another."""
    own = ("id", "name", "outlet", "preferred", "innovation")
    for place in range(1, len(rows)):
        if rng.random() < 0.4:
            other = rows[rng.randrange(place)]
            rows[place] |= {column: value for column, value in other.items() if column not in own}


def spoil(rng: Random, rows: list[Row]) -> None:
    """A blank where a value must be, or one that nobody can read or that is out of range."""
    row = rng.choice(rows)
    column = rng.choice([name for name in row if name not in ("id", "name", "outlet", "error_rate")])
    blank_is_wrong = column in ("quality", "own_outlet", "third_party", "retail_result", "conduct", "preferred")
    row[column] = rng.choice(["无人", "12,5", *([""] * blank_is_wrong)])


# ---------------------------------------------------------------------------------------------------------------------
# Settings, events, honours, rulings


def draw_settings(rng: Random, contest: str, size: int) -> dict[str, str]:
    """The settings, most of them left out."""
    drawn = {
        "tenure_end": rng.choice(["inclusive", "exclusive"]),
        "tie_policy": rng.choice(["ask", "include", "exclude"]),
    }
    if contest == "quarterly-outlet":
        drawn |= {"outlets": rng.choice(["4", "5", "6", "9", "10", "15", "16", "20", "21", "31"])}
    else:
        drawn |= {
            "headcount": rng.choice(["9", "10", "19", "20", "29", "40"]),
            "min_seats": rng.choice(["0", "1", "2"]),
            "exam_median": rng.choice(["80", "85", "72.5"]),
        }
    if contest == "quarterly-lobby-manager":
        drawn |= {"threshold": rng.choice(["950", "940", "949.9"])}
    else:
        drawn |= {
            "volume_mean": rng.choice(["300", "900", "0.7", "0.05"]),
            "error_rate_mean": rng.choice(["0", "0.15", "0.3", "0.31", "100"]),
            "zero_rule": rng.choice(["inverse", "excess", "linear", "complement"]),
            "theory_weight": rng.choice(["0.4", "0.6"]),
        }
    if contest == "quarterly-teller":
        drawn |= {"skill_rule": rng.choice(["skill_share", "skill_ratio"])}
    kept = {name: value for name, value in drawn.items() if rng.random() < 0.5}
    if contest != "quarterly-lobby-manager" and rng.random() < 0.2:
        kept |= draw_totals(rng, contest, size)
    return kept


def draw_totals(rng: Random, contest: str, size: int) -> dict[str, str]:
    """An average given as two totals, now and then without the second."""
    if contest == "quarterly-teller":
        pair = {"errors_total": str(rng.randint(0, 40)), "transactions_total": "19999"}
    else:
        pair = {"volume_total": str(size * rng.choice([900, 2345])), "tellers_total": str(3 * size)}
    if rng.random() < 0.1:
        pair.popitem()
    return pair


def draw_events(rng: Random, contest: str, period: str, rows: list[Row]) -> Lines:
    """Events of all kinds, confirmed or not, in and about the period; some bonuses carry the mark of one honour."""
    rules, busy = CONTESTS[contest], rng.choice([0.0, 0.1, 0.4])
    first, last = period_bounds(period)
    lines = []
    for row in rows:
        while rng.random() < busy:
            kind = rng.choice([*rules.disqualifying, *list(rules.other_events) * 3])
            days = [first, last, first + timedelta(days=30)] * 3 + [first - timedelta(days=1), last + timedelta(days=1)]
            points = rng.choice(["0.5", "2.25", "30", "0.125"]) if kind in ("other_bonus", "other_channel") else ""
            confirmed = [rng.choice(["yes", "yes", "是", "no", ""]) for _ in range(2)]
            mark = rng.choice(["", "", "技能竞赛", "技能竞赛", "报道"]) if kind in BONUS else ""
            count = rng.choice(["", "1", "2"])
            lines.append([row["id"], kind, count, points, *confirmed, rng.choice(days).isoformat(), "", mark])
    if rows and rng.random() < 0.03:
        lines.append([rng.choice([rows[0]["id"], "X9999"]), "late_arrival", "", "", "", "", "", "", ""])
    return rng.sample(lines, len(lines))


def draw_honours(rng: Random, contest: str, period: str, rows: list[Row]) -> Lines:
    """Stars of the quarter's months and of other times, some revoked; titles of the quarter before, some withdrawn."""
    first, last = period_bounds(period)
    months = [f"{day.year}-{day.month:02d}" for day in (first, last, first - timedelta(days=1))]
    lines = []
    with_months = contest == "quarterly-teller" and rng.random() < 0.5
    for row in rows:
        if with_months and rng.random() < 0.8:
            status = rng.choice(["won"] * 6 + ["withdrawn", "cancelled"])
            contest_id = rng.choice(["monthly-teller", "cib-zhengzhou-2010/monthly-teller"])
            lines.append([row["id"], row["name"], row["outlet"], contest_id, rng.choice(months), "93", status])
        if rng.random() < 0.05:
            before = period_before(period)
            when = rng.choice([before, before, period_before(before)])
            status = rng.choice(["won", "withdrawn", "withdrawn", "cancelled"])
            lines.append([row["id"], row["name"], row["outlet"], contest, when, "95.2", status])
    return rng.sample(lines, len(lines))


def draw_rulings(rng: Random, made: Made) -> Lines:
    """Rulings on ties, now and then one that takes a title away, and seats that the branch has approved."""
    day = (period_bounds(made.settings["period"])[1] + timedelta(days=8)).isoformat()

    def ruling(who: str, kind: str, decision: str) -> list[str]:
        return [day, made.contest.id, "", who, kind, decision, "分行行长", "会议决定"]

    lines = [ruling("", "seats", rng.choice(["1", "2", "3"]))] if rng.random() < 0.2 else []
    asked = made.settings | {"tie_policy": "ask"}
    tables = (made.data, made.events, with_header(RULING_HEADER, lines), made.honours)
    (line,) = reckon_tables(made.contest, asked, *tables)["quota"]
    if len(line["tied"]) > 1 and rng.random() < 0.6:
        one, *others = rng.sample(line["tied"], len(line["tied"]))
        chosen = rng.choice([[(one, "seat")], [(one, "no-seat")], [(one, "seat"), (others[0], "no-seat")]])
        lines += [ruling(who, "tie", decision) for who, decision in chosen]
    made.rulings = with_header(RULING_HEADER, lines)
    winners = [row["id"] for row in made.expected()["rows"] if row["status"] == "winner"]
    against = [("cancel", "cancelled"), ("withdraw", "withdrawn"), ("objection", "upheld"), ("objection", "rejected")]
    return lines + [ruling(who, *rng.choice(against)) for who in winners if rng.random() < 0.1]


def main(contests: Collection[str], make: Callable[[str, int], Made]) -> None:
    """Write the folders of some seeds."""
    parser = argparse.ArgumentParser(description="Write made-up cases with what the oracle makes of them.")
    parser.add_argument("contest", choices=list(contests))
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    choices = parser.parse_args()
    for seed in range(choices.seed, choices.seed + choices.count):
        make(choices.contest, seed).write(choices.out / choices.contest / f"seed-{seed}")


if __name__ == "__main__":
    main(CONTESTS, generate)
