"""The outlet's star of the month (contest cib-zhengzhou-2010/monthly-teller), reckoned clause by clause.

Clauses are those of 兴业银行郑州分行"服务明星支行"和"服务明星"评选实施细则 (2010年6月修订).
All arithmetic is in exact fractions.
Nothing of the program is used here; where the two differ, one of them has misread a clause.

    python -m tests.oracle.monthly_teller CASE_DIR            prints what the case must give
    python -m tests.oracle.monthly_teller CASE_DIR --write    writes it to CASE_DIR/expected.json
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from .tables import (
    BadCellError,
    Table,
    add_months,
    date_of,
    month_before,
    month_bounds,
    number_of,
    read_table,
    round_half_up,
    table_of_lists,
    yes_no_of,
)

CONTEST = "monthly-teller"
SEATS = 1
TEN = Fraction(10)
INDICATORS = ["quality", "customer", "internal", "volume", "error_rate", "skill"]

LABELS = {
    "工号": "id",
    "姓名": "name",
    "网点": "outlet",
    "上岗日期": "post_since",
    "服务质量": "quality",
    "服务效率": "internal_efficiency",
    "服务态度": "internal_attitude",
    "服务规范执行": "internal_standard",
    "业务量": "volume",
    "差错率": "error_rate",
    "理论成绩": "theory",
    "进步分": "progress",
    "品行确认": "conduct",
} | {f"技能{n}": f"skill_{n}" for n in range(1, 21)}

# Lowest and highest value of a measure; None: no bound.
RANGES: dict[str, tuple[int | None, int | None]] = {
    "quality": (0, 50),
    "internal_efficiency": (0, 10),
    "internal_attitude": (0, 10),
    "internal_standard": (0, 10),
    "volume": (0, None),
    "error_rate": (0, 100),
    "theory": (0, 100),
    "skill": (0, 100),
    "progress": (None, None),
}

# Kinds of event: the confirmations each needs, its fixed deduction from the customers' points, whether it disqualifies.
# A fixed deduction of None: the points of the row itself.
NEEDS_VERIFIED = {"complaint_verified", "criticism"}
DEDUCTIONS: dict[str, Fraction | None] = {
    "complaint_withdrawn": Fraction(5),
    "criticism": Fraction(3),
    "other_channel": None,
}
DISQUALIFYING = {"complaint_verified", "inspection_fault"}


@dataclass
class Person:
    """One row of data.csv with what the events add, and what is reckoned from it."""

    row: int
    id: str
    name: str
    pool: str
    post_since: date | None = None
    conduct: bool | None = None
    measures: dict[str, Fraction | None] = field(default_factory=dict)
    skills: list[Fraction | None] = field(default_factory=list)
    progress: Fraction | None = None
    in_error: bool = False
    skill_pending: bool = False

    disqualified_by: set[str] = field(default_factory=set)
    complaint_pending: bool = False
    deduction: Fraction = Fraction(0)

    rated: bool = True
    points: dict[str, Fraction | None] = field(default_factory=dict)
    total: Fraction | None = None
    reasons: list[str] = field(default_factory=list)
    eligible: bool = False
    rank: int | None = None
    status: str = ""


@dataclass
class Book:
    """A case being reckoned: its settings and tables, the people, and the problems found so far."""

    settings: dict[str, str]
    data: Table
    events: Table
    rulings: Table
    honours: Table
    people: list[Person] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)
    all_withheld: bool = False

    def problem(self, severity: str, table: Table, row: int, column: str) -> None:
        """Note a problem that belongs to one cell."""
        self.problems.append({"severity": severity, "sheet": table.sheet, "cell": table.address(row, column)})

    def setting(self, name: str, default: str) -> str:
        """A setting of the case, or its default."""
        return str(self.settings.get(name, default))

    @property
    def pools(self) -> list[str]:
        """The outlets in the order in which they first appear."""
        return list(dict.fromkeys(person.pool for person in self.people))

    def of_pool(self, pool: str) -> list[Person]:
        """The tellers of an outlet in the order of the rows."""
        return [person for person in self.people if person.pool == pool]


# ---------------------------------------------------------------------------------------------------------------------
# Reading


def read_people(book: Book) -> None:
    """The rows of data.csv. A bad or missing cell is an error of its row; its value is treated as missing."""
    skill_columns = columns_with_a_value(book.data)
    for row in book.data.rows:
        person = Person(
            row=row,
            id=book.data.text(row, "id"),
            name=book.data.text(row, "name"),
            pool=book.data.text(row, "outlet"),
        )
        person.post_since = read_required(book, person, "post_since", date_of)
        person.conduct = read_required(book, person, "conduct", yes_no_of)
        for measure in ["quality", "internal_efficiency", "internal_attitude", "internal_standard", "volume", "theory"]:
            person.measures[measure] = read_required(book, person, measure, ranged(measure))
        person.measures["error_rate"] = read_error_rate(book, person)
        person.skills = [read_skill(book, person, column) for column in skill_columns]
        person.progress = read_progress(book, person)
        book.people.append(person)
    mark_duplicates(book)


def ranged(measure: str) -> Callable[[str], Fraction]:
    """A reader of numbers that lie in the range of the measure."""
    lowest, highest = RANGES[measure]

    def read(text: str) -> Fraction:
        value = number_of(text)
        if (lowest is not None and value < lowest) or (highest is not None and value > highest):
            raise BadCellError(text)
        return value

    return read


def read_required(book: Book, person: Person, column: str, reader: Callable[[str], Any]) -> Any:
    """The value of a cell that must be filled; None and an error where it is blank or bad."""
    try:
        return reader(book.data.text(person.row, column))
    except BadCellError:
        person.in_error = True
        book.problem("error", book.data, person.row, column)
        return None


def read_error_rate(book: Book, person: Person) -> Fraction | None:
    """The error rate of a person with a volume. Who has no volume has no rate, whatever is typed."""
    if not person.measures["volume"]:
        return None
    return read_required(book, person, "error_rate", ranged("error_rate"))


def columns_with_a_value(data: Table) -> list[str]:
    """The skill tests that were held: the columns in which somebody has a value."""
    columns = [name for name in data.header if name.startswith("skill_")]
    return [column for column in columns if any(data.text(row, column) for row in data.rows)]


def read_skill(book: Book, person: Person, column: str) -> Fraction | None:
    """The result of a skill test. A blank cell is a test not yet taken: pending, not zero and not skipped."""
    if book.data.text(person.row, column) == "":
        person.skill_pending = True
        book.problem("warning", book.data, person.row, column)
        return None
    return read_required(book, person, column, ranged("skill"))


def read_progress(book: Book, person: Person) -> Fraction | None:
    """The progress points (进步、提高因素); a blank or a missing column is 0."""
    if book.data.text(person.row, "progress") == "":
        return Fraction(0)
    return read_required(book, person, "progress", ranged("progress"))


def mark_duplicates(book: Book) -> None:
    """An id that stands in two rows puts both in error. Ids are text: 007 is not 7."""
    ids = [person.id for person in book.people]
    for person in book.people:
        if ids.count(person.id) > 1:
            person.in_error = True
            book.problem("error", book.data, person.row, "id")


def read_events(book: Book) -> None:
    """The rows of events.csv, each counted or not by the conventions on events."""
    first, last = month_bounds(book.settings["period"])
    table = book.events
    for row in table.rows:
        event = table.text(row, "event")
        persons = [person for person in book.people if person.id == table.text(row, "id")]
        if not persons or (event not in DISQUALIFYING and event not in DEDUCTIONS):
            book.problem("error", table, row, "event" if persons else "id")
            book.all_withheld = True
            continue
        day = table.text(row, "date")
        if day and not first <= date_of(day) <= last:
            book.problem("warning", table, row, "date")
            continue
        if event in NEEDS_VERIFIED:
            verified = table.text(row, "verified")
            if verified == "":
                book.problem("warning", table, row, "verified")
                for person in persons:
                    person.complaint_pending = person.complaint_pending or event in DISQUALIFYING
                continue
            if not yes_no_of(verified):
                continue
        for person in persons:
            count_event(table, row, event, person)


def count_event(table: Table, row: int, event: str, person: Person) -> None:
    """Let an event that counts bear on the person. A blank count is 1; the points of a row are its total."""
    if event in DISQUALIFYING:
        person.disqualified_by.add(event)
        return
    each = DEDUCTIONS[event]
    if each is None:
        person.deduction += number_of(table.text(row, "points"))
    else:
        person.deduction += each * number_of(table.text(row, "count") or "1")


def read_honours(book: Book) -> None:
    """第二十三条: whose title of the month before was withdrawn may not be put forward in the next cycle: not rated."""
    before = month_before(book.settings["period"])
    for row in book.honours.rows:
        if (
            book.honours.text(row, "contest") == CONTEST
            and book.honours.text(row, "period") == before
            and book.honours.text(row, "status") == "withdrawn"
        ):
            for person in book.people:
                if person.id == book.honours.text(row, "id"):
                    person.rated = False


# ---------------------------------------------------------------------------------------------------------------------
# Points: 第九条


def points_quality(person: Person) -> Fraction | None:
    """第九条(一) 服务质量: base 50; the points given from the inspections."""
    return person.measures["quality"]


def points_customer(person: Person) -> Fraction:
    """第九条(二)1 客户评价: base 10, deductions until nothing is left (扣完为止); 10 without a deduction."""
    return max(Fraction(0), TEN - person.deduction)


def points_internal(person: Person) -> Fraction | None:
    """第九条(二)2 内部评价: base 10; the mean of the supervisor's three scores."""
    scores = [
        person.measures["internal_efficiency"],
        person.measures["internal_attitude"],
        person.measures["internal_standard"],
    ]
    return mean(scores) if all(score is not None for score in scores) else None


def points_volume(person: Person, colleagues: list[Person]) -> Fraction | None:
    """第九条(三) 业务量: the highest of the rated tellers of the outlet gets 10, the others in proportion."""
    volumes = [other.measures["volume"] for other in colleagues if other.rated]
    return share_of_highest(person.measures["volume"], volumes)


def points_error_rate(person: Person, colleagues: list[Person], zero_rule: str) -> Fraction | None:
    """第九条(三) 差错率: the lowest rate of the rated of the outlet gets 10, the others by the zero rule."""
    rate = person.measures["error_rate"]
    if rate is None:
        return None
    rates = [other.measures["error_rate"] for other in colleagues if other.rated]
    known = [other for other in rates if other is not None]
    return ZERO_RULES[zero_rule](rate, min(known), max(known))


def inverse(rate: Fraction, lowest: Fraction, highest: Fraction) -> Fraction:
    """Lowest to own rate; where the lowest is 0, that says nothing: the distance to the highest (10 if all are 0)."""
    if highest == 0:
        return TEN
    if lowest == 0:
        return (highest - rate) / highest * 10
    return lowest / rate * 10


def excess(rate: Fraction, lowest: Fraction, highest: Fraction) -> Fraction:
    """What the rate lies above the lowest, as a share of the highest, is lost."""
    return TEN if highest == 0 else (1 - (rate - lowest) / highest) * 10


def linear(rate: Fraction, lowest: Fraction, highest: Fraction) -> Fraction:
    """From 0 for the highest evenly to 10 for the lowest."""
    return TEN if highest == lowest else (highest - rate) / (highest - lowest) * 10


def complement(rate: Fraction, lowest: Fraction, highest: Fraction) -> Fraction:  # noqa: ARG001
    """The faultless share in proportion to the best faultless share (rates are in percent)."""
    return TEN if lowest == 100 else (100 - rate) / (100 - lowest) * 10


ZERO_RULES = {"inverse": inverse, "excess": excess, "linear": linear, "complement": complement}


def composite(person: Person, theory_weight: Fraction) -> Fraction | None:
    """第九条(四) 理论成绩×50%+各项技能平均成绩×50%, with the progress points; None where a part is missing."""
    theory = person.measures["theory"]
    if not person.skills:
        raise ValueError("no skill test was held: the rules do not say what the composite is then")
    if any(part is None for part in [theory, person.progress, *person.skills]):
        return None
    return theory * theory_weight + mean(person.skills) * (1 - theory_weight) + person.progress


def points_skill(person: Person, colleagues: list[Person], theory_weight: Fraction) -> Fraction | None:
    """第九条(四) 业务水平: the best composite of the rated gets 10, the others in proportion, within 0 and 10."""
    composites = [composite(other, theory_weight) for other in colleagues if other.rated]
    share = share_of_highest(composite(person, theory_weight), composites)
    return None if share is None else min(TEN, max(Fraction(0), share))


def mean(values: list[Fraction]) -> Fraction:
    """The exact mean."""
    return sum(values, Fraction(0)) / len(values)


def share_of_highest(value: Fraction | None, all_values: list[Fraction | None]) -> Fraction | None:
    """Ten points in the proportion of a value to the highest; 0 for all where the highest is 0 or less."""
    if value is None:
        return None
    highest = max(other for other in all_values if other is not None)
    return Fraction(0) if highest <= 0 else value / highest * 10


def reckon_points(book: Book) -> None:
    """第九条: the points of every rated person, each rounded half up to 2 decimals; the total is their exact sum."""
    zero_rule = book.setting("zero_rule", "inverse")
    theory_weight = number_of(book.setting("theory_weight", "0.5"))
    for person in book.people:
        if not person.rated:
            continue
        colleagues = book.of_pool(person.pool)
        exact = {
            "quality": points_quality(person),
            "customer": points_customer(person),
            "internal": points_internal(person),
            "volume": points_volume(person, colleagues),
            "error_rate": points_error_rate(person, colleagues, zero_rule),
            "skill": points_skill(person, colleagues, theory_weight),
        }
        person.points = {name: None if value is None else round_half_up(value) for name, value in exact.items()}
        if not person.in_error and all(value is not None for value in person.points.values()):
            person.total = sum(person.points.values(), Fraction(0))


# ---------------------------------------------------------------------------------------------------------------------
# Requirements: 第六条(一). Each gives the reason against the award, or None. A missing measure gives no further reason.


def requirement_tenure(person: Person, last_day: date, tenure_end: str) -> str | None:
    """第六条(一)1: on the teller post for three full months at the end of the period."""
    if person.post_since is None:
        return None
    limit = last_day + timedelta(days=1) if tenure_end == "inclusive" else last_day
    return None if add_months(person.post_since, 3) <= limit else "第六条(一)1"


def requirement_no_complaint(person: Person) -> str | None:
    """第六条(一)3: no complaint that proved true; one still being examined keeps the person out for now."""
    if "complaint_verified" in person.disqualified_by:
        return "第六条(一)3"
    return "待核实" if person.complaint_pending else None


def requirement_no_inspection_fault(person: Person) -> str | None:
    """第六条(一)3: no fault of service quality found by an inspection."""
    return "第六条(一)3" if "inspection_fault" in person.disqualified_by else None


def requirement_volume(person: Person, colleagues: list[Person]) -> str | None:
    """第六条(一)4: own volume above the mean of all tellers of the outlet with a volume (also of those not rated)."""
    volume = person.measures["volume"]
    if volume is None:
        return None
    volumes = [other.measures["volume"] for other in colleagues if other.measures["volume"] is not None]
    return None if volume > mean(volumes) else "第六条(一)4"


def requirement_conduct(person: Person) -> str | None:
    """第六条(一)2, 5, 6: the supervisor confirms the conduct."""
    return "第六条(一)2" if person.conduct is False else None


def judge(book: Book) -> None:
    """Who may have the award, and the reasons of those who may not."""
    last_day = month_bounds(book.settings["period"])[1]
    tenure_end = book.setting("tenure_end", "inclusive")
    for person in book.people:
        colleagues = book.of_pool(person.pool)
        if not person.rated:
            person.reasons = ["取消资格"]
            continue
        found = [
            "数据有误" if person.in_error else None,
            "待考" if person.skill_pending else None,
            "无差错率" if person.measures["volume"] == 0 else None,
            requirement_tenure(person, last_day, tenure_end),
            requirement_no_complaint(person),
            requirement_no_inspection_fault(person),
            requirement_volume(person, colleagues),
            requirement_conduct(person),
        ]
        person.reasons = [reason for reason in found if reason is not None]
        person.eligible = not person.reasons


# ---------------------------------------------------------------------------------------------------------------------
# Ranking and the seat: 第十三条(一)


def rank(persons: list[Person]) -> None:
    """Ranks 1, 2, 2, 4 among the eligible of an outlet, by total."""
    eligible = [person for person in persons if person.eligible]
    for person in eligible:
        person.rank = 1 + sum(1 for other in eligible if other.total > person.total)


def tie_rulings(book: Book, pool: str) -> dict[str, str]:
    """How a tie of the outlet was settled by people: seat or no-seat, by id."""
    return rulings_of(book, pool, "tie")


def rulings_of(book: Book, pool: str, kind: str) -> dict[str, str]:
    """The decisions of a kind in an outlet, by id."""
    table = book.rulings
    return {
        table.text(row, "id"): table.text(row, "decision")
        for row in table.rows
        if table.text(row, "contest") == CONTEST and table.text(row, "pool") == pool and table.text(row, "kind") == kind
    }


def give_seat(book: Book, pool: str) -> None:
    """第十三条(一): who ranks first is the outlet's star. A tie is settled by rulings, then by the policy."""
    first = [person for person in book.of_pool(pool) if person.rank == 1]
    if len(first) <= SEATS:
        for person in first:
            person.status = "winner"
        return
    decisions = tie_rulings(book, pool)
    seated = [person for person in first if decisions.get(person.id) == "seat"]
    open_still = [person for person in first if person.id not in decisions]
    for person in seated:
        person.status = "winner"
    free = SEATS - len(seated)
    if free <= 0:
        return
    if len(open_still) <= free:
        for person in open_still:
            person.status = "winner"
        return
    policy = book.setting("tie_policy", "ask")
    if policy == "lot":
        raise NotImplementedError("drawing lots is not reckoned here")
    for person in open_still:
        person.status = {"ask": "tied", "include": "winner", "exclude": ""}[policy]


def cancel_awards(book: Book, pool: str) -> None:
    """第十八条, 第二十三条: a winner whose award was cancelled loses the seat; nobody moves up."""
    decisions = rulings_of(book, pool, "cancel")
    for person in book.of_pool(pool):
        if person.status == "winner" and decisions.get(person.id) == "cancelled":
            person.status = ""


def settle_pool(book: Book, pool: str) -> dict[str, Any]:
    """The ranking and the seat of one outlet, and the line of the quota."""
    persons = book.of_pool(pool)
    withheld = book.all_withheld or any(person.in_error for person in persons)
    rank(persons)
    if not withheld:
        give_seat(book, pool)
        cancel_awards(book, pool)
    return {
        "pool": pool,
        "seats": SEATS,
        "filled": sum(1 for person in persons if person.status == "winner"),
        "tied": [person.id for person in persons if person.status == "tied"],
        "provisional": any(person.complaint_pending or person.skill_pending for person in persons),
        "withheld": withheld,
    }


# ---------------------------------------------------------------------------------------------------------------------
# The whole


def reckon_tables(
    settings: dict[str, str],
    data: list[list[str]],
    events: list[list[str]] | None = None,
    rulings: list[list[str]] | None = None,
    honours: list[list[str]] | None = None,
) -> dict[str, Any]:
    """What the tables must give; each is a list of lines, the header first."""
    book = Book(
        settings=settings,
        data=table_of_lists("data.csv", data, LABELS),
        events=table_of_lists("events.csv", events or []),
        rulings=table_of_lists("rulings.csv", rulings or []),
        honours=table_of_lists("honours.csv", honours or []),
    )
    return reckon_book(book)


def reckon_case(folder: Path) -> dict[str, Any]:
    """What the case in a folder must give."""
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    book = Book(
        settings=case["settings"],
        data=read_table(folder / "data.csv", LABELS),
        events=read_table(folder / "events.csv"),
        rulings=read_table(folder / "rulings.csv"),
        honours=read_table(folder / "honours.csv"),
    )
    return reckon_book(book)


def reckon_book(book: Book) -> dict[str, Any]:
    """Read, give points, judge, rank, seat."""
    read_people(book)
    read_events(book)
    read_honours(book)
    reckon_points(book)
    judge(book)
    quota = [settle_pool(book, pool) for pool in book.pools]
    return {
        "exit": 1 if any(problem["severity"] == "error" for problem in book.problems) else 0,
        "rows": [row_of(person) for person in book.people],
        "quota": quota,
        "problems": book.problems,
    }


def row_of(person: Person) -> dict[str, Any]:
    """A person's line of the result."""
    return {
        "id": person.id,
        "name": person.name,
        "pool": person.pool,
        "rated": person.rated,
        "eligible": person.eligible,
        "points": {name: plain(person.points[name]) for name in INDICATORS} if person.rated else None,
        "total": plain(person.total),
        "rank": person.rank,
        "status": person.status,
        "reasons": person.reasons,
    }


def plain(value: Fraction | None) -> float | None:
    """A JSON number; two decimals survive it unharmed."""
    return None if value is None else float(value)


def as_text(result: dict[str, Any]) -> str:
    """The result as JSON with one line to a row, so that a change shows as one line."""
    parts = [f' "exit": {result["exit"]}']
    for key in ["rows", "quota", "problems"]:
        lines = ",\n".join("  " + json.dumps(item, ensure_ascii=False) for item in result[key])
        parts.append(f' "{key}": [\n{lines}\n ]' if lines else f' "{key}": []')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> None:
    """Print or write what a case must give."""
    parser = argparse.ArgumentParser(description="Reckon cases of monthly-teller by hand's rules.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="CASE_DIR")
    parser.add_argument("--write", action="store_true", help="write CASE_DIR/expected.json")
    choices = parser.parse_args()
    for folder in choices.folders:
        text = as_text(reckon_case(folder))
        if choices.write:
            (folder / "expected.json").write_text(text, encoding="utf-8", newline="\n")
        else:
            print(text, end="")


if __name__ == "__main__":
    main()
