"""Titles beside the award: their own columns, candidates, seats and ties; who has one cannot have another."""

from typing import Any

from calc import Result
from calc.scheme.model import Scheme
from tests.calc.making import BAD, indicator, measure, ruled, scheme, score, statuses, title


def contest(*blocks: str, **top: Any) -> Scheme:
    return scheme(
        measure("points"), measure("installs", missing="none"), measure("hall", "text", missing="none"),
        indicator("points", "given", of="measure:points"), *blocks, **top,
    )  # fmt: skip


def titles(result: Result) -> list[tuple[str, ...]]:
    return [tuple(label.removesuffix("能手") for label in row.titles or ()) for row in result.rows]


def test_several_titles_each_by_its_own_column() -> None:
    of = contest(title("install", of="installs"), title("last", of="measure:points", best="lowest"))
    found = score(of, trace=True, points=[9, 8, 7], installs=[3, 5, None])
    assert titles(found) == [(), ("install",), ("last",)]
    assert found.rows[0].as_json()["titles"] == []
    assert statuses(found) == {"a": "winner"}
    lines = [(line.item, line.rule, line.arithmetic, line.value) for line in found.trace[1] if line.kind == "title"]
    assert lines[0] == ("install", "按installs由高到低，1名", "installs 5", "获得")
    assert lines[1][2:] == ("points 8", "未获得")


def test_without_titles_there_is_no_such_key() -> None:
    assert "titles" not in score(contest(), points=[1]).rows[0].as_json()


def test_gold_for_the_first_of_the_winners_and_silver_for_those_after() -> None:
    gold = title("gold", among="winners")
    silver = title("silver", among="winners", without=["gold"], seats=2)
    found = score(contest(gold, silver, rule=3), points=[5, 9, 8, 7, 6])
    assert titles(found) == [(), ("gold",), ("silver",), ("silver",), ()]


def test_who_waits_for_a_ruling_on_the_gold_has_not_the_silver_meanwhile() -> None:
    gold = title("gold", among="winners")
    silver = title("silver", among="winners", without=["gold"], seats=2)
    of = contest(gold, silver, rule=3)
    assert titles(score(of, points=[9, 9, 8])) == [(), (), ("silver",)]
    ruling = ruled("tie", "seat", "a", contest="gold")
    assert titles(score(of, points=[9, 9, 8], rulings=[ruling])) == [("gold",), ("silver",), ("silver",)]


def test_the_star_of_the_month_cannot_have_another_title() -> None:
    of = contest(title("install", of="installs", without=["award"]))
    assert titles(score(of, points=[9, 8], installs=[5, 3])) == [(), ("install",)]


def test_ends_keep_out_who_has_too_little() -> None:
    of = contest(title("install", of="installs", **{"from": 10}))
    assert titles(score(of, points=[9, 8], installs=[9, 3])) == [(), ()]
    assert titles(score(of, points=[9, 8], installs=[10, 3])) == [("install",), ()]


def test_seats_are_for_each_pool_for_everybody_or_for_those_with_the_same_text() -> None:
    data: dict[str, Any] = {"points": [9, 8, 7, 6], "hall": ["东", "东", "西", "西"]}

    def of(within: str) -> Scheme:
        return contest(title("t", within=within), pool="hall")

    assert titles(score(of("pool"), **data)) == [("t",), (), ("t",), ()]
    assert titles(score(of("all"), **data)) == [("t",), (), (), ()]
    assert titles(score(contest(title("t", within="hall")), **data)) == [("t",), (), ("t",), ()]


def test_a_tie_waits_for_a_ruling_about_the_title() -> None:
    of = contest(title("t", of="installs"))
    tied = score(of, trace=True, points=[9, 8], installs=[5, 5])
    assert titles(tied) == [(), ()]
    assert [(p.severity, p.message) for p in tied.problems] == [("warning", "「t能手」并列：a、b，待裁定")]
    assert [line.value for line in tied.trace[0] if line.kind == "title"] == ["并列待定"]
    for contest_name in ("t", "t能手"):
        settled = score(of, rulings=[ruled("tie", "seat", "b", contest=contest_name)], points=[9, 8], installs=[5, 5])
        assert (titles(settled), settled.problems) == ([(), ("t",)], ())
    broken = contest(title("t", of="installs", ties={"policy": "ask", "order": [{"of": "points", "best": "highest"}]}))
    assert titles(score(broken, points=[9, 8], installs=[5, 5])) == [("t",), ()]


def test_an_unclear_ruling_about_a_title_withholds_only_that_title() -> None:
    of = contest(title("t", of="installs"), title("u"))
    found = score(of, rulings=[ruled("tie", "seat", "nobody", contest="t")], points=[9, 8], installs=[5, 3])
    assert (titles(found), statuses(found)) == ([("u",), ()], {"a": "winner"})
    assert found.has_errors


def test_a_row_in_error_withholds_the_titles_of_its_group() -> None:
    found = score(contest(title("t"), pool="hall"), points=[9, BAD, 7], hall=["东", "东", "西"])
    assert titles(found) == [(), (), ("t",)]


def test_a_quota_of_percent_without_seats_is_told() -> None:
    few = title("t", quota={"rule": "10% floor", "clause": "第一条"})
    found = score(contest(few), points=[9, 8])
    assert titles(found) == [(), ()]
    assert "算得 0 名" in found.problems[0].message


def test_the_lot_for_a_title_needs_its_seed() -> None:
    found = score(contest(title("t", of="installs", ties={"policy": "lot"})), points=[9, 8], installs=[5, 5])
    assert found.has_errors
