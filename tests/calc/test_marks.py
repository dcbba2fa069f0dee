"""Lines of the register about one honour: the highest counts, once."""

from tests.calc.making import event, happened, indicator, points, problem_at, scheme, score

BONUS = scheme(
    event("national", honour=True, needs=["verified"]),
    event("city", honour=True, needs=["verified"]),
    event("other", honour=True, discretionary=True),
    event("letter"),
    indicator("bonus", "bonus", each={"national": 50, "city": 20, "other": "points", "letter": 2}),
)


def bonus(*events: object) -> list[str | None]:
    return points(score(BONUS, ids=["a", "b"], events=events), "bonus")


def win(kind: str, mark: str | None, who: str = "a", **keys: object) -> object:
    return happened(who, kind, honour=mark, verified=True, **keys)


def test_one_honour_counts_once_at_its_highest_level() -> None:
    assert bonus(win("city", "竞赛"), win("national", "竞赛")) == ["50.00", "0.00"]
    assert bonus(win("national", "竞赛"), win("city", " 竞赛 ")) == ["50.00", "0.00"]


def test_lines_without_a_mark_stand_for_themselves() -> None:
    assert bonus(win("city", None), win("city", None), win("city", "竞赛")) == ["60.00", "0.00"]


def test_the_mark_is_a_persons_own() -> None:
    assert bonus(win("city", "竞赛"), win("city", "竞赛", "b")) == ["20.00", "20.00"]


def test_points_that_a_line_carries_are_compared_too() -> None:
    assert bonus(win("city", "竞赛"), win("other", "竞赛", points=30)) == ["30.00", "0.00"]


def test_a_line_that_does_not_count_pushes_no_other_aside() -> None:
    untrue = happened("a", "national", honour="竞赛", verified=False)
    open_one = happened("a", "national", honour="竞赛")
    assert bonus(untrue, win("city", "竞赛")) == ["20.00", "0.00"]
    assert bonus(open_one, win("city", "竞赛")) == ["20.00", "0.00"]


def test_times_of_a_marked_line_are_one_and_a_mark_elsewhere_means_nothing() -> None:
    assert bonus(win("city", "竞赛", count=3)) == ["20.00", "0.00"]
    letters = [happened("a", "letter", honour="信", count=3), happened("a", "letter", honour="信")]
    assert bonus(*letters) == [
        "8.00",
        "0.00",
    ]


def test_the_line_that_is_passed_over_is_named() -> None:
    found = score(BONUS, ids=["a"], events=[win("national", "竞赛"), win("city", "竞赛")])
    assert "只按最高的「national」计一次" in problem_at(found, "honour2").message
