"""Made-up years of the three contests, nasty on purpose: titles revoked, told twice, of other years and contests; means
that print alike; tenure of a year to the day; numbers of outlets at the ends of the bands.

    python -m tests.oracle.generate_annual annual-teller --seed 1 --count 20 --out DIR
"""

from random import Random

from .annual import CONTESTS
from .generate import HONOUR_HEADER, RULING_HEADER, with_header
from .generate_quarterly import Made, Row, draw_names, draw_rulings, draw_start, draw_yes, main
from .quarterly import Contest, Lines

YEARS = ["2025", "2026", "2027"]
SCORES = ["90.33", "90.33", "90.33", "90.34", "95.005", "100.5", "88.8"]


def generate(contest: str, seed: int) -> Made:
    """The year of a contest and a seed; one in four holds a mistake."""
    rng, rules = Random(f"{contest} {seed}"), CONTESTS[contest]
    year = rng.choice(YEARS)
    rows = draw_names(rng, rng.choice([1, 4, 7, 7, 12]))
    for row in rows:
        row[rules.dates[0]] = draw_start(rng, year, 12)
        row["basic"] = draw_yes(rng, 0.9)
    honours = draw_honours(rng, rules, year, rows)
    settings = {"period": year, "outlets": rng.choice(["1", "1", "9", "9", "10", "11", "20", "21", "30", "31", "41"])}
    settings |= {"tie_policy": rng.choice(["ask", "ask", "include", "exclude"])}
    settings |= {"tenure_end": rng.choice(["inclusive", "exclusive"])}
    if rng.random() < 0.25:
        spoil(rng, rules, rows, settings, honours)
    made = Made(
        settings,
        [list(rows[0]), *(list(row.values()) for row in rows)],
        honours=with_header(HONOUR_HEADER, honours),
        contest=rules,
    )
    made.rulings = with_header(RULING_HEADER, draw_rulings(rng, made))
    return made


def draw_honours(rng: Random, rules: Contest, year: str, rows: list[Row]) -> Lines:
    """The ledger: mostly two to four quarters each, often the very quarters and scores of the one before."""
    quarterly = rules.id.replace("annual", "quarterly")
    lines: Lines = []
    quarters: list[int] = []
    scores: list[str] = []

    def told(row: Row, contest: str, period: str, score: str, status: str) -> None:
        lines.append([row["id"], row["name"], row["outlet"], contest, period, score, status])

    for row in rows:
        if not scores or rng.random() < 0.6:
            quarters = rng.sample([1, 2, 3, 4], rng.choice([0, 1, 2, 2, 2, 3, 3, 4]))
            scores = [rng.choice(SCORES) for _ in range(4)]
        for quarter, score in zip(quarters, scores, strict=False):
            period = f"{year}Q{quarter}"
            told(row, rng.choice([quarterly, f"cib-zhengzhou-2010/{quarterly}"]), period, score, "won")
            if rng.random() < 0.1:
                told(row, quarterly, period, score, rng.choice(["won", "withdrawn", "cancelled"]))
        if rng.random() < 0.2:
            told(row, quarterly, f"{int(year) - 1}Q4", "99", "won")
        if rng.random() < 0.2:
            told(row, "monthly-teller", f"{year}-03", "99", "won")
        if rng.random() < 0.1:
            before = int(year) - rng.choice([1, 1, 2])
            told(row, rules.id, str(before), "95", rng.choice(["won", "withdrawn", "withdrawn", "cancelled"]))
    return rng.sample(lines, len(lines))


def spoil(rng: Random, rules: Contest, rows: list[Row], settings: dict[str, str], honours: Lines) -> None:
    """A confirmation or a date that is not there, a score missing in the ledger, the outlets not given."""
    mistake = rng.choice(["basic", rules.dates[0], "score", "outlets"])
    if mistake == "outlets":
        del settings["outlets"]
    elif mistake != "score":
        rng.choice(rows)[mistake] = ""
    elif honours and not any(line[3] == rules.id for line in honours):
        rng.choice(honours)[5] = ""


if __name__ == "__main__":
    main(CONTESTS, generate)
