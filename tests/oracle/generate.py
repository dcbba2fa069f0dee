"""Made-up months of monthly-teller, nasty on purpose, for holding the program against the oracle on thousands of them.

A data set is full of ties, half-way ratios, volumes equal to their mean, rates of zero, tests not taken, complaints
still open, outlets whose rows are mixed, and dates on the edge. The same seed gives the same data set.

What the rules leave unsaid is left out on purpose: nobody is barred and in error or pending at once, nobody whose id is
doubled has events, an event is well filled, no tie is ruled away altogether and none seats more than one.

    python -m tests.oracle.generate --seed 1 --count 20 --out DIR

writes the folders DIR/seed-1 to DIR/seed-20, each with its expected.json.
"""

import argparse
import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from .monthly_teller import CONTEST, as_text, reckon_tables
from .tables import add_months, month_before, month_bounds

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = [
    "丽娟",
    "志强",
    "晓敏",
    "静",
    "洋",
    "文博",
    "雅琴",
    "建国",
    "倩",
    "浩然",
    "春燕",
    "婷婷",
    "佳怡",
    "美玲",
    "思远",
]
OUTLETS = ["东风路支行", "花园路支行", "农业路支行", "经三路支行", "未来路支行"]
PERIODS = ["2026-09", "2026-12", "2027-01", "2027-02", "2027-04", "2027-05", "2028-02"]
ODD_IDS = ["007", "7", "07", "410105199001013345", "410105199001013346", "1e3", "1000", "0"]

EVENT_HEADER = ["id", "event", "count", "points", "verified", "at_fault", "date", "note"]
RULING_HEADER = ["date", "contest", "pool", "id", "kind", "decision", "by", "reason"]
HONOUR_HEADER = ["id", "name", "outlet", "contest", "period", "score", "status"]
REQUIRED = [
    "post_since",
    "quality",
    "internal_efficiency",
    "internal_attitude",
    "internal_standard",
    "volume",
    "theory",
    "conduct",
]
OUT_OF_RANGE = {
    "quality": ["50.01", "-0.5", "51"],
    "internal_efficiency": ["10.5", "-1"],
    "internal_attitude": ["11", "100"],
    "internal_standard": ["10.01"],
    "volume": ["-1", "-0.01"],
    "theory": ["100.5", "-3"],
    "skill_1": ["101", "-1"],
}

Row = dict[str, str]


@dataclass
class DataSet:
    """The tables of a case as text, each with its header first, and the settings."""

    settings: dict[str, str]
    data: list[list[str]]
    events: list[list[str]] = field(default_factory=list)
    rulings: list[list[str]] = field(default_factory=list)
    honours: list[list[str]] = field(default_factory=list)

    def expected(self) -> dict[str, Any]:
        """What the oracle makes of it."""
        return reckon_tables(self.settings, self.data, self.events, self.rulings, self.honours)

    def write(self, folder: Path, *, title: str = "made up") -> None:
        """Write the data set as a case folder, with what the oracle makes of it."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in ["data", "events", "rulings", "honours"]:
            lines = getattr(self, name)
            if lines:
                (folder / f"{name}.csv").write_text(csv_text(lines), encoding="utf-8", newline="\n")
        case = {"title": title, "by_hand": "", "settings": self.settings, "catches": ""}
        text = json.dumps(case, ensure_ascii=False, indent=1) + "\n"
        (folder / "case.json").write_text(text, encoding="utf-8", newline="\n")
        (folder / "expected.json").write_text(as_text(self.expected()), encoding="utf-8", newline="\n")


def csv_text(lines: list[list[str]]) -> str:
    """The lines as csv text."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(lines)
    return buffer.getvalue()


def generate(seed: int, *, errors: bool | None = None) -> DataSet:
    """The data set of a seed. errors: whether it holds mistakes; None lets the seed decide (one in three)."""
    rng = Random(seed)
    period = rng.choice(PERIODS)
    settings = draw_settings(rng, period)
    rows, skill_columns = draw_people(rng, period)
    with_errors = rng.random() < 0.33 if errors is None else errors
    barred = draw_barred(rng, rows, skill_columns) if rng.random() < 0.2 else set()
    doubled = spoil_cells(rng, rows, barred) if with_errors else set()
    events = draw_events(rng, period, rows, barred, doubled)
    if with_errors and rng.random() < 0.25:
        events.append(stray_event(rng, period, rows))
    honours = draw_honours(rng, period, rows, barred, doubled)
    header = list(rows[0])
    if rng.random() < 0.3:
        rng.shuffle(header)
    data = [header, *[[row[column] for column in header] for row in rows]]
    result = DataSet(settings, data, with_header(EVENT_HEADER, events), [], with_header(HONOUR_HEADER, honours))
    result.rulings = with_header(RULING_HEADER, draw_rulings(rng, result))
    return result


def with_header(header: list[str], lines: list[list[str]]) -> list[list[str]]:
    """The lines under their header; nothing at all where there are none."""
    return [header, *lines] if lines else []


def draw_settings(rng: Random, period: str) -> dict[str, str]:
    """The settings, some left at their defaults by not being given."""
    settings = {"period": period}
    if rng.random() < 0.3:
        settings["tenure_end"] = rng.choice(["inclusive", "exclusive"])
    if rng.random() < 0.6:
        settings["zero_rule"] = rng.choice(["inverse", "excess", "linear", "complement"])
    if rng.random() < 0.5:
        settings["tie_policy"] = rng.choice(["ask", "include", "exclude"])
    if rng.random() < 0.3:
        settings["theory_weight"] = rng.choice(["0.4", "0.35", "0.5", "0.6", "1", "0"])
    return settings


# ---------------------------------------------------------------------------------------------------------------------
# People


def draw_people(rng: Random, period: str) -> tuple[list[Row], list[str]]:
    """The rows of all outlets, mixed, and the names of the skill columns."""
    skill_columns = [f"skill_{n}" for n in range(1, rng.randint(1, 4) + 1)]
    with_progress = rng.random() < 0.4
    ids = draw_ids(rng)
    rows: list[Row] = []
    for outlet in rng.sample(OUTLETS, rng.randint(1, 4)):
        rows += draw_outlet(rng, period, outlet, ids, skill_columns, with_progress)
    if rng.random() < 0.8:
        rng.shuffle(rows)
    for column in skill_columns:
        leave_tests_open(rng, rows, column)
    return rows, skill_columns


def draw_ids(rng: Random) -> list[str]:
    """Ids enough, in some data sets with odd ones last, which are taken first."""
    ids = [f"K{number}" for number in rng.sample(range(1000, 9999), 40)]
    return ids + rng.sample(ODD_IDS, rng.choice([0, 0, 3, 8]))


def draw_outlet(
    rng: Random, period: str, outlet: str, ids: list[str], skill_columns: list[str], with_progress: bool
) -> list[Row]:
    """The tellers of one outlet: each measure in a style of its own, and some rows made to tie with others."""
    size = rng.choice([1, 2, 2, 3, 3, 4, 5, 6, 8])
    volumes = draw_volumes(rng, size)
    rates = draw_rates(rng, size)
    marks = draw_marks(rng)
    rows = []
    for place in range(size):
        row = {
            "id": ids.pop(),
            "name": rng.choice(SURNAMES) + rng.choice(GIVEN),
            "outlet": outlet,
            "post_since": draw_post_since(rng, period),
            "quality": rng.choice(["44", "44.5", "45", "45", "46", "45.675", "46.005", "45.995", "50", "0"]),
            "internal_efficiency": rng.choice(["8", "9", "9", "9.5", "10"]),
            "internal_attitude": rng.choice(["8", "9", "9", "8.67", "10"]),
            "internal_standard": rng.choice(["8", "9", "9", "9.25", "0"]),
            "volume": volumes[place],
            "error_rate": rates[place],
            "theory": marks(),
        }
        row |= {column: marks() for column in skill_columns}
        if with_progress:
            row["progress"] = rng.choice(["", "0", "2", "3.5", "-4", "10", "-120"])
        row["conduct"] = rng.choice(["yes"] * 20 + ["是", "1", "true", "no", "否", "0"])
        rows.append(row)
    make_ties(rng, rows)
    return rows


def draw_volumes(rng: Random, size: int) -> list[str]:
    """Volumes: one low and the others above the mean, all equal, evenly spaced, half-way to the best, small, or any."""
    style = rng.choice(["equal", "spaced", "half-way", "small", "hair", "any", "any", *["one low"] * 5])
    if style == "one low":
        return [rng.choice(["1000", "1000", "900", "850", "1070"]) for _ in range(size - 1)] + ["300"]
    if style == "equal":
        return [rng.choice(["0.7", "1.1", "1200", "0.1"])] * size
    if style == "spaced":
        step = rng.choice([1, 7, 50])
        return shuffled(rng, [str(10 * size * step + place * step) for place in range(size)])
    if style == "half-way":
        return shuffled(rng, ["4000"] + [str(2 * rng.randrange(501, 2000, 2)) for _ in range(size - 1)])
    if style == "small":
        return [str(rng.randint(0, 3)) for _ in range(size)]
    if style == "hair":
        return [rng.choice(["120.34", "120.35", "120.36", "120.345"]) for _ in range(size)]
    return [str(rng.randint(300, 2000)) for _ in range(size)]


def draw_rates(rng: Random, size: int) -> list[str]:
    """Error rates: all zero, all equal, some zero, half-way to the lowest, at the upper end, or any."""
    style = rng.choice(["zero", "equal", "some zero", "half-way", "upper", "any", "any"])
    if style == "zero":
        return [rng.choice(["0", "0.00"]) for _ in range(size)]
    if style == "equal":
        return [rng.choice(["0.15", "0.150"]) for _ in range(size)]
    if style == "some zero":
        return [rng.choice(["0", "0.05", "0.1", "0.2", "0.3"]) for _ in range(size)]
    if style == "half-way":
        return [rng.choice(["0.107", "0.1066", "0.4", "0.40", "0.16", "0.8"]) for _ in range(size)]
    if style == "upper":
        return [rng.choice(["100", "100", "99.5", "50"]) for _ in range(size)]
    return [f"0.{rng.randint(1, 60):02d}" for _ in range(size)]


def draw_marks(rng: Random) -> Callable[[], str]:
    """A maker of results of exams: from few numbers, with decimals, all zero, or any."""
    style = rng.choice(["few", "few", "decimals", "zero", "any"])
    if style == "few":
        return lambda: rng.choice(["80", "90", "100"])
    if style == "decimals":
        return lambda: rng.choice(["71.24", "72.42", "80", "66.67", "89.995"])
    if style == "zero":
        return lambda: "0"
    return lambda: str(rng.randint(50, 100))


def draw_post_since(rng: Random, period: str) -> str:
    """The first day on the post: mostly long ago, else within days of the three months."""
    first, last = month_bounds(period)
    edge = add_months(last + timedelta(days=1), -3)
    near = edge + timedelta(days=rng.randint(-3, 3))
    return rng.choice([date(2019, 5, 6)] * 20 + [near, near, first, last]).isoformat()


def make_ties(rng: Random, rows: list[Row]) -> None:
    """Let some rows repeat the measures of another, a few of them half a hundredth better."""
    for place in range(1, len(rows)):
        if rng.random() < 0.4:
            other = rows[rng.randrange(place)]
            for column in rows[place]:
                if column not in ("id", "name", "outlet"):
                    rows[place][column] = other[column]
            if rng.random() < 0.2 and Decimal(other["quality"]) < 50:
                rows[place]["quality"] = str(Decimal(other["quality"]) + Decimal("0.005"))


def leave_tests_open(rng: Random, rows: list[Row], column: str) -> None:
    """Blank some results of a test: of a few people, or of all (a test that was not held), but never of all tests."""
    draw = rng.random()
    if draw < 0.1 and column != "skill_1":
        for row in rows:
            row[column] = ""
    elif draw < 0.35:
        for row in rows:
            if rng.random() < 0.15:
                row[column] = ""
        if column == "skill_1" and all(row[column] == "" for row in rows):
            rows[0][column] = "80"


def shuffled(rng: Random, values: list[str]) -> list[str]:
    """The values in another order."""
    return rng.sample(values, len(values))


# ---------------------------------------------------------------------------------------------------------------------
# Mistakes, events, honours, rulings


def draw_barred(rng: Random, rows: list[Row], skill_columns: list[str]) -> set[str]:
    """One or two who are barred; nothing of theirs is left open."""
    held = [column for column in skill_columns if any(row[column] for row in rows)]
    ready = [row["id"] for row in rows if all(row[column] for column in held)]
    return set(rng.sample(ready, min(len(ready), rng.choice([1, 1, 2]))))


def spoil_cells(rng: Random, rows: list[Row], barred: set[str]) -> set[str]:
    """Make one to three mistakes in the rows; the ids of those whose id is doubled are given back."""
    doubled: set[str] = set()
    for _ in range(rng.randint(1, 3)):
        candidates = [row for row in rows if row["id"] not in barred and row["id"] not in doubled]
        if not candidates:
            break
        row = rng.choice(candidates)
        kind = rng.choice(["blank", "blank", "range", "text", "rate", "double"])
        if kind == "blank":
            row[rng.choice(REQUIRED)] = ""
        elif kind == "range":
            spoil_range(rng, rows, row)
        elif kind == "text":
            row[rng.choice(["quality", "internal_attitude", "theory", "volume"])] = rng.choice(
                ["缺", "N/A", "12,5", "--"]
            )
        elif kind == "rate" and is_positive(row["volume"]):
            row["error_rate"] = rng.choice(["", "100.5", "-0.1", "无"])
        elif kind == "double" and len(candidates) > 1:
            other = rng.choice([candidate for candidate in candidates if candidate is not row])
            row["id"] = other["id"]
            doubled.add(other["id"])
    return doubled


def spoil_range(rng: Random, rows: list[Row], row: Row) -> None:
    """Put a value out of its range, yet leave somebody with a result in each test."""
    column = rng.choice(list(OUT_OF_RANGE))
    if column.startswith("skill") and not (row[column] and sum(1 for other in rows if other[column]) > 1):
        return
    row[column] = rng.choice(OUT_OF_RANGE[column])


def is_positive(text: str) -> bool:
    """Whether a volume is a number above 0, so that a rate is asked for."""
    try:
        return float(text) > 0
    except ValueError:
        return False


def draw_events(rng: Random, period: str, rows: list[Row], barred: set[str], doubled: set[str]) -> list[list[str]]:
    """Events of all kinds, in and about the period."""
    busy = rng.choice([0.0, 0.2, 0.4, 0.7])
    events = []
    for row in rows:
        while row["id"] not in doubled and rng.random() < busy:
            kind = rng.choice(
                ["complaint_verified", "inspection_fault", *["complaint_withdrawn", "criticism"] * 4, "other_channel"]
            )
            confirmed = ["yes", "是", "no", "否", "1", "0"]
            if row["id"] not in barred:
                confirmed += ["", ""]
            events.append(
                [
                    row["id"],
                    kind,
                    rng.choice(["", "", "1", "2", "3"]),
                    rng.choice(["0.5", "2.25", "3", "0.125", "12"]) if kind == "other_channel" else "",
                    rng.choice(confirmed),
                    rng.choice(["", "yes", "no"]),
                    draw_event_date(rng, period),
                    "",
                ]
            )
    return shuffled_lines(rng, events)


def shuffled_lines(rng: Random, lines: list[list[str]]) -> list[list[str]]:
    """The lines in another order."""
    return rng.sample(lines, len(lines))


def draw_event_date(rng: Random, period: str) -> str:
    """A day of the period, its first or last, or the day before or after it."""
    first, last = month_bounds(period)
    within = first + timedelta(days=rng.randrange((last - first).days + 1))
    outside = [first - timedelta(days=1), last + timedelta(days=1)]
    return rng.choice([within] * 5 + [first, last] + outside).isoformat()


def stray_event(rng: Random, period: str, rows: list[Row]) -> list[str]:
    """An event of an unknown person or of an unknown kind, within the period."""
    day = month_bounds(period)[0].isoformat()
    if rng.random() < 0.5:
        return ["X9999", "criticism", "1", "", "yes", "", day, ""]
    return [rng.choice(rows)["id"], "late_arrival", "1", "", "yes", "", day, ""]


def draw_honours(rng: Random, period: str, rows: list[Row], barred: set[str], doubled: set[str]) -> list[list[str]]:
    """The lines that bar, and some that do not: won, withdrawn too long ago, withdrawn in another contest."""
    before = month_before(period)
    harmless = [
        (CONTEST, before, "won"),
        (CONTEST, month_before(before), "withdrawn"),
        ("quarterly-teller", f"{before[:4]}Q{(int(before[5:]) - 1) // 3 + 1}", "withdrawn"),
    ]
    lines = []
    for row in rows:
        if row["id"] in barred:
            lines.append([row["id"], row["name"], row["outlet"], CONTEST, before, "93.10", "withdrawn"])
        elif row["id"] not in doubled and rng.random() < 0.1:
            contest, when, status = rng.choice(harmless)
            lines.append([row["id"], row["name"], row["outlet"], contest, when, "92.45", status])
    return shuffled_lines(rng, lines)


def draw_rulings(rng: Random, data_set: DataSet) -> list[list[str]]:
    """Rulings on some of the ties, and now and then a winner cancelled."""
    day = (month_bounds(data_set.settings["period"])[1] + timedelta(days=8)).isoformat()
    open_ties = reckon_tables(
        data_set.settings | {"tie_policy": "ask"}, data_set.data, data_set.events, [], data_set.honours
    )
    lines = []
    for line in open_ties["quota"]:
        if len(line["tied"]) > 1 and rng.random() < 0.5:
            for person, decision in draw_decisions(rng, line["tied"]):
                lines.append([day, CONTEST, line["pool"], person, "tie", decision, "支行行长", "会议决定"])
    settled = reckon_tables(
        data_set.settings, data_set.data, data_set.events, with_header(RULING_HEADER, lines), data_set.honours
    )
    for row in settled["rows"]:
        if row["status"] == "winner" and rng.random() < 0.08:
            lines.append([day, CONTEST, row["pool"], row["id"], "cancel", "cancelled", "会计结算部", "查实"])
    return lines


def draw_decisions(rng: Random, tied: list[str]) -> list[tuple[str, str]]:
    """A seat for one, no seat for one, no seat for all but one, or a seat for one and none for another."""
    one, *others = rng.sample(tied, len(tied))
    return rng.choice(
        [
            [(one, "seat")],
            [(one, "no-seat")],
            [(other, "no-seat") for other in others],
            [(one, "seat"), (others[0], "no-seat")],
        ]
    )


def main() -> None:
    """Write the folders of some seeds."""
    parser = argparse.ArgumentParser(
        description="Write made-up months of monthly-teller with what the oracle makes of them."
    )
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    choices = parser.parse_args()
    for seed in range(choices.seed, choices.seed + choices.count):
        generate(seed).write(choices.out / f"seed-{seed}", title=f"a made-up month, seed {seed}")


if __name__ == "__main__":
    main()
