"""The selection of the year (outlets, lobby managers, tellers), reckoned clause by clause in exact fractions.

Clauses are those of 兴业银行郑州分行"服务明星支行"和"服务明星"评选实施细则 (2010年6月修订), 第八条 and 第十四条.
Nothing of the program is used here; where the two differ, one of them has misread a clause.

    python -m tests.oracle.annual CASE_DIR ...            prints what the cases must give
    python -m tests.oracle.annual CASE_DIR ... --write    writes it to their expected.json

The folder above a case is named after its contest.
"""

from collections.abc import Callable
from fractions import Fraction

from .monthly_teller import mean
from .quarterly import Book, Contest, Person, held, main, reason_no, reason_tenure
from .tables import number_of


def standing(book: Book, person: Person, contest: str) -> dict[str, int]:
    """By quarter of the year the row of 荣誉 of each title that stands: one told twice is one, a revoked one none."""
    year, table = book.settings["period"], book.honours
    revoked = [*held(book, contest, "withdrawn"), *held(book, contest, "cancelled")]
    found: dict[str, int] = {}
    for row in table.rows:
        who, period, status = (table.text(row, column) for column in ("id", "period", "status"))
        mine = who == person.id and table.text(row, "contest").rpartition("/")[2] == contest
        if mine and status == "won" and period[:4] == year and (who, period) not in revoked:
            found.setdefault(period, row)
    return found


def mean_score(book: Book, person: Person, contest: str) -> Fraction | None:
    """The mean of the quarters in which the title was won; None for who holds none or where a score is missing."""
    rows = standing(book, person, contest).values()
    texts = [book.honours.text(row, "score") for row in rows]
    return mean([number_of(text) for text in texts]) if texts and all(texts) else None


def points(contest: str) -> Callable[[Book, Person], dict[str, Fraction | None]]:
    """How many titles, and their mean score. A score that is missing is an error of who holds the title."""

    def of(book: Book, person: Person) -> dict[str, Fraction | None]:
        rows = standing(book, person, contest)
        for row in rows.values():
            if not book.honours.text(row, "score"):
                book.problem("error", book.honours, row, "score")
                person.in_error = True
        return {"honours": Fraction(len(rows)), "mean_score": mean_score(book, person, contest)}

    return of


def award(contest: str, since: str, clause: str) -> Callable[[Book, Person], list[str | None]]:
    """第十四条(一): at least two titles of the year, a year on the post or open, the basic conditions."""

    def of(book: Book, person: Person) -> list[str | None]:
        titles = len(standing(book, person, contest))
        return [
            None if titles else "没有",
            None if titles >= 2 else "第十四条(一)2",
            reason_tenure(book, person, since, 12, clause),
            reason_no(person, "basic", "第十四条(一)1"),
        ]

    return of


def order(contest: str) -> Callable[[Book, Person], tuple[Fraction, ...]]:
    """Decision: by the number of titles, then by the mean score as it is, not as it prints."""

    def of(book: Book, person: Person) -> tuple[Fraction, ...]:
        return Fraction(len(standing(book, person, contest))), mean_score(book, person, contest) or Fraction(0)

    return of


def recommended(times: int) -> Callable[[Book], int]:
    """第十四条(二): 2 for 10 to 20 outlets, 3 for more up to 30, and so on (decision: below 10, 1); tellers twice that.

    The number of outlets must be given; without it, all is withheld.
    """

    def of(book: Book) -> int:
        given = book.given("outlets")
        if given is None:
            book.problems.append({"severity": "error", "sheet": "", "cell": ""})
            book.all_withheld = True
        outlets = len(book.people) if given is None else int(given)
        tens = -(-outlets // 10)
        return times * (1 if outlets < 10 else max(2, tens))

    return of


def contest(name: str, quarterly: str, since: str, clause: str, times: int) -> Contest:
    """One of the three."""
    return Contest(
        id=name,
        ranges={},
        dates=(since,),
        yes_no=("basic",),
        tests=(),
        families={},
        rate_with=None,
        disqualifying={},
        other_events={},
        indicators=("honours", "mean_score"),
        rating=lambda book, person: [],  # noqa: ARG005
        points=points(quarterly),
        award=award(quarterly, since, clause),
        seats=recommended(times),
        preferred=None,
        total=lambda person: person.points["mean_score"],
        order=order(quarterly),
    )


CONTESTS = {
    each.id: each
    for each in (
        contest("annual-teller", "quarterly-teller", "post_since", "第六条(二)1", 2),
        contest("annual-lobby-manager", "quarterly-lobby-manager", "post_since", "第六条(三)1", 1),
        contest("annual-outlet", "quarterly-outlet", "opened_on", "第七条(一)", 1),
    )
}

if __name__ == "__main__":
    main(CONTESTS)
