"""The stars of the quarter (tellers, lobby managers, outlets), reckoned clause by clause in exact fractions.

Clauses are those of 兴业银行郑州分行"服务明星支行"和"服务明星"评选实施细则 (2010年6月修订).
Nothing of the program is used here; where the two differ, one of them has misread a clause.

    python -m tests.oracle.quarterly CASE_DIR ...            prints what the cases must give
    python -m tests.oracle.quarterly CASE_DIR ... --write    writes it to their expected.json

The folder above a case is named after its contest.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from .monthly_teller import ZERO_RULES, as_text, mean, plain, share_of_highest
from .tables import (
    BadCellError,
    Table,
    add_months,
    date_of,
    number_of,
    period_before,
    period_bounds,
    read_table,
    round_half_up,
    table_of_lists,
    yes_no_of,
)

TEN = Fraction(10)
BAD = "bad"
"""Stands for a value that cannot be read or is missing where it must be given; None is a value not there by right."""
PENDING = "pending"
"""Stands for the result of a test not yet taken."""
Value = Any

# 第十条(三): the bonus of each kind of event, for a time; None: the points of the row itself. All must be verified.
BONUS: dict[str, int | None] = {
    "commended": 20,
    "contest_national": 50,
    "contest_provincial": 30,
    "contest_city": 20,
    "media_praise": 20,
    "hotline_praise": 5,
    "book_praise": 2,
    "other_bonus": None,
}
VERIFIED, AT_FAULT = "verified", "at_fault"


@dataclass
class Person:
    """A row of data.csv (an outlet too), with what the events add and what is reckoned from it."""

    row: int
    id: str
    name: str
    values: dict[str, Value] = field(default_factory=dict)
    many: dict[str, list[Value]] = field(default_factory=dict)
    in_error: bool = False
    pending: bool = False

    times: dict[str, Fraction] = field(default_factory=dict)
    given_points: Fraction = Fraction(0)
    bonus: Fraction = Fraction(0)
    open_events: set[str] = field(default_factory=set)

    rated: bool = True
    points: dict[str, Fraction | None] = field(default_factory=dict)
    total: Fraction | None = None
    reasons: list[str] = field(default_factory=list)
    rank: int | None = None
    status: str = ""

    def number(self, measure: str) -> Fraction | None:
        """The value where there is one."""
        value = self.values[measure]
        return value if isinstance(value, Fraction) else None

    @property
    def eligible(self) -> bool:
        """Whether nothing stands against the award."""
        return not self.reasons


@dataclass
class Book:
    """A case being reckoned."""

    contest: "Contest"
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

    def given(self, setting: str, default: str | None = None) -> Fraction | None:
        """A setting that is a number; None where neither it nor a default is there."""
        text = self.settings.get(setting, default)
        return None if text is None else number_of(str(text))

    def known(self, measure: str) -> list[Fraction]:
        """The values of all who have one, rated or not."""
        return [value for person in self.people if (value := person.number(measure)) is not None]

    @property
    def rated(self) -> list[Person]:
        """Those who set the bests."""
        return [person for person in self.people if person.rated]


@dataclass(frozen=True)
class Contest:
    """What the three contests do not share."""

    id: str
    ranges: dict[str, tuple[int, int | str | None]]
    """Measures that must be there, with their lowest and highest value (or the setting that says it)."""
    dates: tuple[str, ...]
    yes_no: tuple[str, ...]
    tests: tuple[str, ...]
    """Measures on 100 that are pending where blank."""
    families: dict[str, bool]
    """Measures of many columns; whether a blank is pending (else it is no value, and one of them must be there)."""
    rate_with: str | None
    """The measure without which there is no error rate."""
    disqualifying: dict[str, tuple[str, ...]]
    """Events that keep from the award, with the confirmations they need."""
    other_events: dict[str, tuple[str, ...]]
    indicators: tuple[str, ...]
    rating: Callable[[Book, Person], list[str | None]]
    points: Callable[[Book, Person], dict[str, Fraction | None]]
    award: Callable[[Book, Person], list[str | None]]
    seats: Callable[[Book], int]
    preferred: str | None
    """The measure that breaks ties, where there is one."""
    total: Callable[[Person], Fraction] = lambda person: sum(person.points.values(), Fraction(0))
    order: Callable[[Book, Person], tuple[Fraction, ...]] = lambda book, person: (person.total,)  # noqa: ARG005
    """What the ranks go by, the weightiest first."""


# ---------------------------------------------------------------------------------------------------------------------
# Reading


def read_people(book: Book) -> None:
    """The rows of data.csv. A blank or bad cell is an error of its row; its value is missing then."""
    contest = book.contest
    for row in book.data.rows:
        person = Person(row, book.data.text(row, "id"), book.data.text(row, "name"))
        book.people.append(person)
        for measure, (lowest, highest) in contest.ranges.items():
            limit = book.given(highest, "1000") if isinstance(highest, str) else highest
            person.values[measure] = read(book, person, measure, within(lowest, limit))
        for measure in contest.dates:
            person.values[measure] = read(book, person, measure, date_of)
        for measure in contest.yes_no:
            person.values[measure] = read(book, person, measure, yes_no_of)
        for measure in contest.tests:
            person.values[measure] = read(book, person, measure, within(0, 100), blank=PENDING)
        for family, waits in contest.families.items():
            person.many[family] = [
                read(book, person, column, within(0, 100), blank=PENDING if waits else None)
                for column in used_columns(book.data, family)
            ]
            if not waits and not any(value is not None for value in person.many[family]):
                book.problem("error", book.data, row, f"{family}_1")
                person.in_error = True
        if contest.rate_with is not None:
            person.values["error_rate"] = read_rate(book, person, contest.rate_with)
        person.values["progress"] = read(book, person, "progress", number_of, blank=Fraction(0))
        person.values["monthly_honours"] = read(book, person, "monthly_honours", within(0, 3), blank=None)
    ids = [person.id for person in book.people]
    for person in book.people:
        if ids.count(person.id) > 1:
            person.in_error = True
            book.problem("error", book.data, person.row, "id")


def within(lowest: int, highest: Fraction | int | None) -> Callable[[str], Fraction]:
    """A reader of numbers of a range."""

    def reader(text: str) -> Fraction:
        value = number_of(text)
        if value < lowest or (highest is not None and value > highest):
            raise BadCellError(text)
        return value

    return reader


def read(book: Book, person: Person, column: str, reader: Callable[[str], Value], blank: Value = BAD) -> Value:
    """The value of a cell: bad and an error where it cannot be read; what ``blank`` says where nothing is in it."""
    text = book.data.text(person.row, column)
    if text == "" and blank != BAD:
        if blank == PENDING:
            person.pending = True
            book.problem("warning", book.data, person.row, column)
        return blank
    try:
        return reader(text)
    except BadCellError:
        person.in_error = True
        book.problem("error", book.data, person.row, column)
        return BAD


def read_rate(book: Book, person: Person, other: str) -> Value:
    """The error rate. Who has no volume has none; where the volume is bad, it is not known either."""
    volume = person.values[other]
    if volume == BAD:
        return BAD
    return None if volume == 0 else read(book, person, "error_rate", within(0, 100))


def used_columns(data: Table, family: str) -> list[str]:
    """The columns of a family in which somebody has something; one that is blank throughout was not held."""
    columns = [name for name in data.header if name.rpartition("_")[0] == family]
    return [column for column in columns if any(data.text(row, column) for row in data.rows)]


def read_events(book: Book) -> None:
    """The rows of events.csv, each counted or not by the conventions on events."""
    first, last = period_bounds(book.settings["period"])
    table, needs = book.events, book.contest.disqualifying | book.contest.other_events
    counted: list[tuple[int, str, Person]] = []
    for row in table.rows:
        event = table.text(row, "event")
        person = next((person for person in book.people if person.id == table.text(row, "id")), None)
        if person is None or event not in needs:
            book.problem("error", table, row, "event" if person else "id")
            book.all_withheld = True
            continue
        day = table.text(row, "date")
        if day and not first <= date_of(day) <= last:
            book.problem("warning", table, row, "date")
            continue
        answers = {need: table.text(row, need) for need in needs[event]}
        if any(answer and not yes_no_of(answer) for answer in answers.values()):
            continue
        blank = [need for need, answer in answers.items() if not answer]
        for need in blank:
            book.problem("warning", table, row, need)
        if blank:
            person.open_events.add(event)
        else:
            counted.append((row, event, person))
    for row, event, person in once_each(book, counted):
        count_event(table, row, event, person)


def once_each(book: Book, counted: list[tuple[int, str, Person]]) -> list[tuple[int, str, Person]]:
    """Decision: rows of a person that carry one honour's mark are one, at the highest level; the rest warn."""
    best: dict[tuple[str, str], int] = {}
    for row, event, person in counted:
        mark = book.events.text(row, "honour")
        if event in BONUS and mark:
            old = best.get((person.id, mark))
            if old is None or worth(book.events, row) > worth(book.events, old):
                best[person.id, mark] = row
    kept = []
    for row, event, person in counted:
        mark = book.events.text(row, "honour")
        if event in BONUS and mark and best[person.id, mark] != row:
            book.problem("warning", book.events, row, "honour")
        else:
            kept.append((row, event, person))
    return kept


def worth(table: Table, row: int) -> Fraction:
    """What a row of a bonus is worth for one time."""
    each = BONUS[table.text(row, "event")]
    return number_of(table.text(row, "points")) if each is None else Fraction(each)


def count_event(table: Table, row: int, event: str, person: Person) -> None:
    """Let a row that counts bear on the person. A blank count is 1; a marked honour counts once."""
    times = number_of(table.text(row, "count") or "1")
    if event in BONUS:
        once = BONUS[event] is None or table.text(row, "honour")
        person.bonus += worth(table, row) * (1 if once else times)
    elif event == "other_channel":
        person.given_points += number_of(table.text(row, "points"))
    else:
        person.times[event] = person.times.get(event, Fraction(0)) + times


def held(book: Book, contest: str, status: str) -> list[tuple[str, str]]:
    """(id, period) of the honours of a contest that have a status."""
    table = book.honours
    return [
        (table.text(row, "id"), table.text(row, "period"))
        for row in table.rows
        if table.text(row, "contest").rpartition("/")[2] == contest and table.text(row, "status") == status
    ]


# ---------------------------------------------------------------------------------------------------------------------
# What several contests ask


def reason_barred(book: Book, person: Person) -> str | None:
    """第二十三条(四): whose title of the quarter before was withdrawn is not put forward in this one."""
    before = period_before(book.settings["period"])
    return "取消资格" if (person.id, before) in held(book, book.contest.id, "withdrawn") else None


def reason_tenure(book: Book, person: Person, measure: str, months: int, clause: str) -> str | None:
    """So many full months by the end of the quarter."""
    start, last_day = person.values[measure], period_bounds(book.settings["period"])[1]
    if start == BAD:
        return None
    inclusive = book.settings.get("tenure_end", "inclusive") == "inclusive"
    return None if add_months(start, months) <= last_day + timedelta(days=inclusive) else clause


def reason_event(person: Person, event: str, clause: str) -> str | None:
    """None of these events; one not confirmed yet keeps the person out for now."""
    if person.times.get(event):
        return clause
    return "待核实" if event in person.open_events else None


def reason_no(person: Person, measure: str, clause: str) -> str | None:
    """The confirmation is not "no"."""
    return clause if person.values[measure] is False else None


def mean_volume(book: Book, measure: str) -> Fraction:
    """The branch's average: as given, or from given totals, else the mean of all rows."""
    given = book.given("volume_mean")
    if given is None:
        given = of_totals(book, "volume_total", "tellers_total")
    return mean(book.known(measure)) if given is None else given


def of_totals(book: Book, upper: str, lower: str) -> Fraction | None:
    """One given total over another; None where they are not both given."""
    parts = book.given(upper), book.given(lower)
    return None if None in parts else parts[0] / parts[1]


def check_totals(book: Book) -> None:
    """A total without the other that it goes with is an error that might touch anybody."""
    for pair in (("errors_total", "transactions_total"), ("volume_total", "tellers_total")):
        if len([name for name in pair if book.given(name) is not None]) == 1:
            book.problems.append({"severity": "error", "sheet": "", "cell": ""})
            book.all_withheld = True


def mean_rate(book: Book) -> Fraction | None:
    """The branch's average error rate in percent; None where nobody has one."""
    given = book.given("error_rate_mean")
    errors = of_totals(book, "errors_total", "transactions_total")
    if given is None and errors is not None:
        given = errors * 100
    rates = book.known("error_rate")
    return given if given is not None else mean(rates) if rates else None


def reason_efficiency(book: Book, person: Person, measure: str, clause: str) -> str | None:
    """Below the average volume and above the average error rate: takes no part (不参与评比)."""
    volume, rate = person.number(measure), person.number("error_rate")
    if volume is None or rate is None:
        return None
    return clause if volume < mean_volume(book, measure) and rate > mean_rate(book) else None


def median(values: list[Fraction]) -> Fraction:
    """The middle one, or the mean of the two middle ones."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def composite(book: Book, person: Person) -> Value:
    """Theory and the mean of the skill tests by their weights; bad or pending where one of them is."""
    parts = [person.values["theory"], *person.many["skill"]]
    for gravest in (BAD, PENDING):
        if gravest in parts:
            return gravest
    weight = book.given("theory_weight", "0.5")
    return parts[0] * weight + mean(parts[1:]) * (1 - weight)


def reason_median(book: Book, own: Value, all_results: list[Value], clause: str) -> str | None:
    """中等以上: not below the median of all who sat, or a median that is given."""
    if own in (BAD, PENDING):
        return "待核实" if own == PENDING else None
    given = book.given("exam_median")
    middle = median([value for value in all_results if isinstance(value, Fraction)]) if given is None else given
    return None if own >= middle else clause


def points_rate(book: Book, person: Person) -> Fraction | None:
    """差错率: the lowest of the rated gets 10, the others by the zero rule."""
    rates = [rate for other in book.rated if (rate := other.number("error_rate")) is not None]
    rate = person.number("error_rate")
    rule = ZERO_RULES[book.settings.get("zero_rule", "inverse")]
    return None if rate is None else rule(rate, min(rates), max(rates))


def points_highest(book: Book, person: Person, values: Callable[[Person], Value]) -> Fraction | None:
    """The highest of the rated gets 10, the others in proportion, none below 0."""
    own = values(person)
    if not isinstance(own, Fraction):
        return None
    known = [value for other in book.rated if isinstance(value := values(other), Fraction)]
    return max(Fraction(0), share_of_highest(own, known))


def share_of_staff(book: Book) -> int:
    """第十三条(二)2: not more than 10% of the head count, rounded down; more only where the branch has approved it."""
    count = book.given("headcount", str(len(book.people)))
    return max(int(count) // 10, int(book.given("min_seats", "0")))


# ---------------------------------------------------------------------------------------------------------------------
# quarterly-teller: 第六条(二), 第十条(一)(三)


def teller_rating(book: Book, person: Person) -> list[str | None]:
    """第十条(一): a month's star of the quarter; 第六条(二)1; 第十条(一)2."""
    return [
        reason_candidate(book, person),
        reason_tenure(book, person, "post_since", 6, "第六条(二)1"),
        reason_efficiency(book, person, "volume", "第十条(一)2"),
    ]


def reason_candidate(book: Book, person: Person) -> str | None:
    """The honours decide where any of the month's contest are given; else the column, which must then be filled."""
    lines = {status: held(book, "monthly-teller", status) for status in ("won", "withdrawn", "cancelled")}
    typed = person.number("monthly_honours")
    if not any(lines.values()):
        if typed is None:
            if person.values["monthly_honours"] is None:
                book.problem("error", book.data, person.row, "monthly_honours")
                person.in_error = True
            return None
        return None if typed >= 1 else "第十条(一)"
    first, last = period_bounds(book.settings["period"])
    months = [f"{first.year}-{month:02d}" for month in range(first.month, last.month + 1)]
    revoked = [*lines["withdrawn"], *lines["cancelled"]]
    stars = {line for line in lines["won"] if line[0] == person.id and line[1] in months and line not in revoked}
    if typed is not None and typed != len(stars):
        book.problem("warning", book.data, person.row, "monthly_honours")
    return None if stars else "第十条(一)"


def teller_points(book: Book, person: Person) -> dict[str, Fraction | None]:
    """70 + 10 + 10 + 10 and the bonus."""
    quality = person.number("quality")
    return {
        "quality": None if quality is None else quality * Fraction(70, 100),
        "volume": points_highest(book, person, lambda other: other.number("volume")),
        "error_rate": points_rate(book, person),
        "skill": points_skill(book, person),
        "bonus": person.bonus,
    }


def points_skill(book: Book, person: Person) -> Fraction | None:
    """The composite with progress (negative for regress) on 100 counts a tenth; or in proportion to the best."""

    def with_progress(other: Person) -> Value:
        own, progress = composite(book, other), other.values["progress"]
        if BAD in (own, progress):
            return BAD
        return own if own == PENDING else own + progress

    own = with_progress(person)
    if book.settings.get("skill_rule") == "skill_ratio":
        return points_highest(book, person, with_progress)
    return min(TEN, max(Fraction(0), own / 10)) if isinstance(own, Fraction) else None


def teller_award(book: Book, person: Person) -> list[str | None]:
    """第六条(二)."""
    volume = person.number("volume")
    exams = [composite(book, other) for other in book.people]
    return [
        reason_event(person, "complaint", "第六条(二)6"),
        reason_event(person, "inspection_fault", "第六条(二)6"),
        reason_event(person, "major_error", "第六条(二)4"),
        None if volume is None or volume > mean_volume(book, "volume") else "第六条(二)3",
        reason_median(book, composite(book, person), exams, "第六条(二)3"),
        reason_no(person, "conduct", "第六条(二)2"),
    ]


# ---------------------------------------------------------------------------------------------------------------------
# quarterly-lobby-manager: 第六条(三), 第十条(二)(三)


def lobby_rating(book: Book, person: Person) -> list[str | None]:
    """第六条(三)1."""
    return [reason_tenure(book, person, "post_since", 3, "第六条(三)1")]


def weighted(person: Person) -> Fraction | None:
    """第十条(二)1: 30%, 40% and 30% of the three assessors."""
    marks = [person.number(assessor) for assessor in ("retail_department", "own_outlet", "third_party")]
    if None in marks:
        return None
    return sum((mark * part / 100 for mark, part in zip(marks, (30, 40, 30), strict=True)), Fraction(0))


def lobby_points(book: Book, person: Person) -> dict[str, Fraction | None]:
    """The assessment on 100, and the bonus."""
    result = weighted(person)
    scale = book.given("scale", "1000")
    return {"assessment": None if result is None else result / scale * 100, "bonus": person.bonus}


def lobby_award(book: Book, person: Person) -> list[str | None]:
    """第十条(二)2, 第六条(三). The threshold is held against the unrounded result without the bonus."""
    result = weighted(person)
    return [
        reason_event(person, "conflict", "第十条(二)2(2)"),
        reason_event(person, "complaint", "第十条(二)2(2)"),
        reason_event(person, "violation", "第六条(三)6"),
        reason_median(book, person.values["theory"], [other.values["theory"] for other in book.people], "第六条(三)3"),
        None if result is None or result >= book.given("threshold", "950") else "第十条(二)2(1)",
        reason_no(person, "conduct", "第六条(三)2"),
    ]


# ---------------------------------------------------------------------------------------------------------------------
# quarterly-outlet: 第七条, 第十一条


PARTS = {"counter": (20, "柜面"), "lobby": (30, "大堂"), "wealth": (10, "理财")}


def outlet_rating(book: Book, person: Person) -> list[str | None]:
    """第七条(一), 第十一条(二)."""
    return [
        reason_tenure(book, person, "opened_on", 3, "第七条(一)"),
        reason_efficiency(book, person, "volume_per_head", "第十一条(二)"),
    ]


def points_inspection(scores: list[Value], base: int) -> Fraction | None:
    """第十一条(一): (sum of the scores - 60 n) / (40 n) * base, n being the number of inspections."""
    known = [score for score in scores if score is not None]
    if not known or BAD in known:
        return None
    n = len(known)
    return min(Fraction(base), max(Fraction(0), (sum(known) - 60 * n) / (40 * n) * base))


def outlet_points(book: Book, person: Person) -> dict[str, Fraction | None]:
    """第十一条: 20 + 30 + 10, 10 + 10, 10, 10."""
    deducted = 5 * person.times.get("complaint_withdrawn", 0) + 3 * person.times.get("criticism", 0)
    return {
        **{f"quality_{part}": points_inspection(person.many[part], base) for part, (base, _) in PARTS.items()},
        "volume_per_head": points_highest(book, person, lambda other: other.number("volume_per_head")),
        "error_rate": points_rate(book, person),
        "customer": max(Fraction(0), TEN - deducted - person.given_points),
        "skill": points_highest(book, person, lambda other: composite(book, other)),
    }


def outlet_award(book: Book, person: Person) -> list[str | None]:
    """第七条(二) to (九)."""
    volume, retail = person.number("volume_per_head"), person.number("retail_result")
    return [
        reason_rate_below(book, person),
        None if volume is None or volume > mean_volume(book, "volume_per_head") else "第七条(三)",
        None if retail is None or retail > median(book.known("retail_result")) else "第七条(三)",
        reason_event(person, "complaint", "第七条(八)"),
        reason_no(person, "conditions", "第七条(二)"),
    ]


def reason_rate_below(book: Book, person: Person) -> str | None:
    """第七条(三): below the average; 0 is below an average of 0. Who has no rate is not below."""
    rate, average = person.values["error_rate"], mean_rate(book)
    if rate == BAD:
        return None
    is_below = rate is not None and (rate < average or rate == average == 0)
    return None if is_below else "第七条(三)"


def outlet_seats(book: Book) -> int:
    """第十三条(二)2: 3 for 10 to 15 outlets, one more for each further 5; below 10 by the same step."""
    n = int(book.given("outlets", str(len(book.people))))
    if n < 10:
        return 0 if n == 0 else 1 if n <= 5 else 2
    return 3 + max(0, -((15 - n) // 5))


# ---------------------------------------------------------------------------------------------------------------------
# The contests


BONUS_EVENTS = dict.fromkeys(BONUS, (VERIFIED,))
CONTESTS = {
    contest.id: contest
    for contest in (
        Contest(
            id="quarterly-teller",
            ranges={"quality": (0, 100), "volume": (0, None)},
            dates=("post_since",),
            yes_no=("conduct", "preferred"),
            tests=("theory",),
            families={"skill": True},
            rate_with="volume",
            disqualifying={
                "complaint": (VERIFIED, AT_FAULT),
                "inspection_fault": (AT_FAULT,),
                "major_error": (VERIFIED,),
            },
            other_events=BONUS_EVENTS,
            indicators=("quality", "volume", "error_rate", "skill", "bonus"),
            rating=teller_rating,
            points=teller_points,
            award=teller_award,
            seats=share_of_staff,
            preferred="preferred",
        ),
        Contest(
            id="quarterly-lobby-manager",
            ranges=dict.fromkeys(("retail_department", "own_outlet", "third_party"), (0, "scale")),
            dates=("post_since",),
            yes_no=("conduct", "preferred"),
            tests=("theory",),
            families={},
            rate_with=None,
            disqualifying={"conflict": (VERIFIED,), "complaint": (VERIFIED, AT_FAULT), "violation": (AT_FAULT,)},
            other_events=BONUS_EVENTS,
            indicators=("assessment", "bonus"),
            rating=lobby_rating,
            points=lobby_points,
            award=lobby_award,
            seats=share_of_staff,
            preferred="preferred",
        ),
        Contest(
            id="quarterly-outlet",
            ranges={"volume_per_head": (0, None), "retail_result": (0, None)},
            dates=("opened_on",),
            yes_no=("conditions", "innovation"),
            tests=("theory",),
            families={"counter": False, "lobby": False, "wealth": False, "skill": True},
            rate_with="volume_per_head",
            disqualifying={"complaint": (VERIFIED, AT_FAULT)},
            other_events={"complaint_withdrawn": (), "criticism": (VERIFIED,), "other_channel": ()},
            indicators=(
                *(f"quality_{part}" for part in PARTS),
                "volume_per_head",
                "error_rate",
                "customer",
                "skill",
            ),
            rating=outlet_rating,
            points=outlet_points,
            award=outlet_award,
            seats=outlet_seats,
            preferred="innovation",
        ),
    )
}


# ---------------------------------------------------------------------------------------------------------------------
# Rating, points, award


def rate(book: Book) -> None:
    """Who takes part: whom nothing bars and who fails no requirement of the rating."""
    for person in book.people:
        barred, failed = reason_barred(book, person), book.contest.rating(book, person)
        person.rated = barred is None and not any(failed)
        person.reasons = [barred, *failed]


def reckon_points(book: Book) -> None:
    """The points of the rated, each rounded half up to 2 decimals; the total is their exact sum."""
    for person in book.rated:
        exact = book.contest.points(book, person)
        person.points = {name: None if value is None else round_half_up(value) for name, value in exact.items()}
        if not person.in_error and None not in person.points.values():
            person.total = book.contest.total(person)


def judge(book: Book) -> None:
    """The reasons against each, the gravest first."""
    for person in book.people:
        barred, *failed = person.reasons
        found = [barred, "数据有误" if person.in_error else None]
        if person.rated:
            found += ["待考" if person.pending else None, *reasons_no_value(book, person)]
            failed += book.contest.award(book, person)
        person.reasons = [reason for reason in (*found, *failed) if reason is not None]


def reasons_no_value(book: Book, person: Person) -> list[str]:
    """There is no error rate without a volume, and no quality of a part that was not inspected."""
    if book.contest.rate_with is not None and person.values["error_rate"] is None:
        return ["无差错率"]
    return [
        f"没有「{label}"
        for part, (_, label) in PARTS.items()
        if part in person.many and all(score is None for score in person.many[part])
    ]


# ---------------------------------------------------------------------------------------------------------------------
# Ranks and seats


def rank(book: Book) -> None:
    """Ranks 1, 2, 2, 4 among the eligible, by total or by the contest's own order."""
    orders = [(person, book.contest.order(book, person)) for person in book.people if person.eligible]
    for person, own in orders:
        person.rank = 1 + sum(1 for _, other in orders if other > own)


def rulings_of(book: Book, kind: str) -> dict[str, str]:
    """The decisions of a kind, by id."""
    table = book.rulings
    return {table.text(row, "id"): table.text(row, "decision") for row in table.rows if table.text(row, "kind") == kind}


def removed_by_rulings(book: Book) -> set[str]:
    """Whose title people took away: cancelled, withdrawn, or an objection was upheld."""
    kinds = {"cancel": "cancelled", "withdraw": "withdrawn", "objection": "upheld"}
    return {who for kind, word in kinds.items() for who, said in rulings_of(book, kind).items() if said == word}


def give_seats(book: Book, seats: int) -> None:
    """From rank 1 down; among those equal at the cut the preferred (优先考虑) first, then rulings, then the policy."""
    ranked = [person for person in book.people if person.rank is not None]
    for person in ranked:
        if sum(1 for other in ranked if other.rank <= person.rank) <= seats:
            person.status = "winner"
    left = seats - sum(1 for person in ranked if person.status)
    rest = [person for person in ranked if not person.status]
    group = [person for person in rest if person.rank == min(other.rank for other in rest)]
    preferred = [person for person in group if person.values.get(book.contest.preferred)]
    if len(preferred) <= left:
        seat(preferred)
        left -= len(preferred)
        group = [person for person in group if person not in preferred]
    else:
        group = preferred
    if left:
        settle(book, group, left)


def seat(persons: list[Person]) -> None:
    """These win."""
    for person in persons:
        person.status = "winner"


def settle(book: Book, group: list[Person], left: int) -> None:
    """Those whom the rules cannot tell apart: rulings, then the policy."""
    if len(group) <= left:
        seat(group)
        return
    decisions = rulings_of(book, "tie")
    chosen = [person for person in group if decisions.get(person.id) == "seat"]
    open_still = [person for person in group if person.id not in decisions]
    seat(chosen)
    left -= len(chosen)
    policy = book.settings.get("tie_policy", "ask")
    if policy == "lot":
        raise NotImplementedError("drawing lots is not reckoned here")
    if len(open_still) <= left:
        seat(open_still)
    elif left > 0:
        for person in open_still:
            person.status = {"ask": "tied", "include": "winner", "exclude": ""}[policy]


def settle_quota(book: Book) -> dict[str, Any]:
    """Ranks, seats, cancellations (nobody moves up), and the line of the quota."""
    approved = [int(decision) for decision in rulings_of(book, "seats").values()]
    seats = max([book.contest.seats(book), *approved])
    withheld = book.all_withheld or any(person.in_error for person in book.people)
    rank(book)
    if not withheld:
        give_seats(book, seats)
        for person in book.people:
            if person.status == "winner" and person.id in removed_by_rulings(book):
                person.status = ""
    disqualifying = set(book.contest.disqualifying)
    return {
        "pool": "",
        "seats": seats,
        "filled": sum(1 for person in book.people if person.status == "winner"),
        "tied": [person.id for person in book.people if person.status == "tied"],
        "provisional": any(
            person.pending or (person.rated and person.open_events & disqualifying) for person in book.people
        ),
        "withheld": withheld,
    }


# ---------------------------------------------------------------------------------------------------------------------
# The whole

Lines = list[list[str]]


def reckon_tables(
    contest: Contest,
    settings: dict[str, str],
    data: Lines,
    events: Lines | None = None,
    rulings: Lines | None = None,
    honours: Lines | None = None,
) -> dict[str, Any]:
    """What the tables must give; each is a list of lines, the header first."""
    given = {"data": data, "events": events, "rulings": rulings, "honours": honours}
    tables = {name: table_of_lists(f"{name}.csv", lines or []) for name, lines in given.items()}
    return reckon_book(Book(contest, settings, **tables))


def reckon_case(folder: Path, contests: dict[str, Contest] | None = None) -> dict[str, Any]:
    """What the case in a folder must give; its contest is one of these (None: the quarter's)."""
    settings = json.loads((folder / "case.json").read_text(encoding="utf-8"))["settings"]
    tables = {name: read_table(folder / f"{name}.csv") for name in ("data", "events", "rulings", "honours")}
    return reckon_book(Book((contests or CONTESTS)[folder.parent.name], settings, **tables))


def reckon_book(book: Book) -> dict[str, Any]:
    """Read, rate, give points, judge, rank, seat."""
    check_totals(book)
    read_people(book)
    read_events(book)
    rate(book)
    reckon_points(book)
    judge(book)
    quota = settle_quota(book)
    return {
        "exit": 1 if any(problem["severity"] == "error" for problem in book.problems) else 0,
        "rows": [
            {
                "id": person.id,
                "name": person.name,
                "pool": "",
                "rated": person.rated,
                "eligible": person.eligible,
                "points": {name: plain(person.points[name]) for name in book.contest.indicators}
                if person.rated
                else None,
                "total": plain(person.total),
                "rank": person.rank,
                "status": person.status,
                "reasons": person.reasons,
            }
            for person in book.people
        ],
        "quota": [quota],
        "problems": book.problems,
    }


def main(contests: dict[str, Contest] | None = None) -> None:
    """Print or write what cases of these contests must give."""
    parser = argparse.ArgumentParser(description="Reckon cases by the document's rules.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="CASE_DIR")
    parser.add_argument("--write", action="store_true", help="write CASE_DIR/expected.json")
    choices = parser.parse_args()
    for folder in choices.folders:
        text = as_text(reckon_case(folder, contests))
        if choices.write:
            (folder / "expected.json").write_text(text, encoding="utf-8", newline="\n")
        else:
            print(text, end="")


if __name__ == "__main__":
    main()
