"""Grades: boundaries, shares of a group and nested ones, conditions that lower them, and what hangs on a grade."""

from typing import Any

import pytest

from calc import Result
from calc.scheme.model import Scheme
from tests.calc.making import (
    BAD,
    by_id,
    event,
    grade,
    happened,
    indicator,
    measure,
    messages,
    requirement,
    scheme,
    score,
    statuses,
)

GROUPED = {"within": "all", "count": "graded", "ties": "worse"}


def contest(*blocks: str, grading: dict[str, object] | None = None, **top: Any) -> Scheme:
    return scheme(
        measure("points"), measure("unit", "text", missing="none"), measure("care", missing="none"),
        measure("unit_grade", "text", missing="none"),
        indicator("points", "given", of="measure:points"), *blocks,
        **({"grading": grading} if grading else {}), **top,
    )  # fmt: skip


def grades(result: Result) -> list[str | None]:
    return [row.grade for row in result.rows]


BY_ENDS = (grade("a", "优秀", **{"from": 90}), grade("b", "良好", above=80), grade("c", "合格", **{"from": 60}))


def test_a_grade_is_the_best_whose_ends_are_reached() -> None:
    found = score(contest(*BY_ENDS), trace=True, points=[90, "89.99", "80.01", 80, 60, "59.99", BAD])
    assert grades(found) == ["优秀", "良好", "良好", "合格", "合格", "", ""]
    assert [row.as_json()["grade"] for row in found.rows][4:6] == ["合格", None]
    line = next(line for line in found.trace[3] if line.kind == "grade")
    assert line.rule == "总分不低于 90 为优秀，总分高于 80 为良好，总分不低于 60 为合格"
    assert (line.arithmetic, line.value) == ("达到合格的标准", "合格")
    assert next(line for line in found.trace[5] if line.kind == "grade").value == "不评等级"


def test_a_scheme_without_grades_has_no_such_key() -> None:
    assert "grade" not in score(contest(), points=[1]).rows[0].as_json()


def test_other_columns_can_be_asked_for_and_a_column_can_be_graded() -> None:
    both = contest(grade("a", "甲", **{"from": 90}, also=[{"of": "care", "above": 5}]), grade("b", "乙"))
    assert grades(score(both, points=[95, 95, 80], care=[6, 5, 9])) == ["甲", "乙", "乙"]
    fewest = contest(grade("a", "甲", to=3), grade("b", "乙"), grading={"of": "care", "best": "lowest"})
    assert grades(score(fewest, points=[1, 1, 1], care=[3, 4, None])) == ["甲", "乙", ""]


def test_at_most_so_many_percent_of_a_group_rounded_as_stated() -> None:
    half = contest(
        grade("a", "优秀", at_most="25% floor", **{"from": 90}),
        grade("b", "合格"),
        grading={**GROUPED, "within": "unit"},
    )
    # five in 东: one; three in 西: none
    found = score(half, trace=True, points=[99, 98, 97, 50, 40, 99, 98, 97], unit=["东"] * 5 + ["西"] * 3)
    assert grades(found) == ["优秀", *["合格"] * 7]
    line = next(line for line in found.trace[1] if line.kind == "grade")
    assert line.rule == "总分不低于 90 为优秀，其余为合格；优秀最多人数的25%（舍去尾数）"
    assert line.arithmetic == "达到优秀的标准；优秀最多 1 名，下移"


def test_percentages_are_of_those_graded_or_of_all_rows() -> None:
    gate = requirement("here", "compare", gate="rating", of="care", op=">=", to=1)

    def excellent(count: str) -> int:
        of = contest(
            gate, grade("a", "优秀", at_most="50% floor"), grade("b", "合格"), grading={**GROUPED, "count": count}
        )
        return grades(score(of, points=[9, 8, 7, 6, 5, 4], care=[1, 1, 1, 1, 0, 0])).count("优秀")

    assert (excellent("graded"), excellent("rows")) == (2, 3)


def test_at_least_so_many_must_have_the_worst_grade() -> None:
    of = contest(*BY_ENDS[:1], grade("b", "合格", at_least="20% ceil", filled_by="better"), grading=GROUPED)
    found = score(of, trace=True, points=[99, 98, 97, 96, 95, 94])
    assert grades(found) == ["优秀"] * 4 + ["合格"] * 2  # 20% of six is 1.2
    assert (
        next(line for line in found.trace[5] if line.kind == "grade").arithmetic
        == "达到优秀的标准；合格至少 2 名，下移"
    )


def test_a_tie_at_the_cut_is_broken_by_columns_then_by_the_stated_choice() -> None:
    parts = (grade("a", "优秀", at_most="1"), grade("b", "合格"))
    tied: dict[str, Any] = {"points": [9, 9, 1], "care": [1, 2, 0]}
    order = [{"of": "care", "best": "highest"}]
    assert grades(score(contest(*parts, grading={**GROUPED, "order": order}), **tied))[:2] == ["合格", "优秀"]
    assert grades(score(contest(*parts, grading=GROUPED), **tied)) == ["合格"] * 3
    shared = score(contest(*parts, grading={**GROUPED, "ties": "better"}), **tied)
    assert grades(shared) == ["优秀", "优秀", "合格"]
    assert messages(shared) == ["「优秀」有 2 人，不合“最多 1 名”：并列或人数所限，无法分得更准"]


NESTED = {"by": "unit_grade", "table": {"A": "50% floor", "B": "25% floor"}}


def nested(**more: object) -> Scheme:
    return contest(grade("a", "优秀", at_most={**NESTED, **more}), grade("b", "合格"),
                   grading={**GROUPED, "within": "unit"})  # fmt: skip


def test_a_units_own_grade_sets_its_staffs_share() -> None:
    units: dict[str, Any] = {"points": [9, 8, 7, 6] * 2, "unit": ["东"] * 4 + ["西"] * 4}
    found = score(nested(), trace=True, unit_grade=["A"] * 4 + ["B"] * 4, **units)
    assert grades(found) == ["优秀", "优秀", "合格", "合格", "优秀", "合格", "合格", "合格"]
    rule = next(line.rule for line in found.trace[0] if line.kind == "grade")
    assert rule.endswith("优秀最多按unit_grade：A人数的50%（舍去尾数）、B人数的25%（舍去尾数）")
    assert grades(score(nested(otherwise="0"), unit_grade=["A"] * 4 + ["C"] * 4, **units)).count("优秀") == 2


@pytest.mark.parametrize(
    ("unit_grade", "words"),
    [(["A", "A", "B", "A"], "现有：A、B"), (["C"] * 4, "没有规定等级「C」"), ([None] * 4, "没有规定等级「（空）」")],
)
def test_a_unit_whose_grade_is_not_clear_is_withheld(unit_grade: list[str | None], words: str) -> None:
    found = score(nested(), points=[9, 8, 7, 6], unit=["东"] * 4, unit_grade=unit_grade)
    (problem,) = found.problems
    assert words in problem.message
    assert problem.is_error
    assert (grades(found), statuses(found)) == ([""] * 4, {})
    assert found.quota[0].withheld


def test_a_row_in_error_leaves_the_shares_of_its_group_open() -> None:
    of = contest(grade("a", "优秀", at_most="50% floor"), grade("b", "合格"), grading={**GROUPED, "within": "unit"})
    found = score(of, points=[9, 8, BAD, 9, 8], unit=["东", "东", "东", "西", "西"])
    assert grades(found) == ["", "", "", "优秀", "合格"]


# conditions


def lowered(*requirements: str, demote: str = "after", share: str = "100% floor") -> Scheme:
    return contest(
        event("fault"), event("grave"), *requirements,
        grade("a", "优秀", at_most=share, **{"from": 90}), grade("b", "良好", **{"from": 80}), grade("c", "合格"),
        grading={**GROUPED, "demote": demote},
    )  # fmt: skip


DOWN = requirement("fault", "no_event", "grade", event="fault", down=1)
CAPPED = requirement("grave", "no_event", "grade", event="grave", not_above="c")
ONE = [happened("a", "fault")]


def test_a_condition_lowers_the_grade_but_not_the_rank() -> None:
    found = score(lowered(DOWN, CAPPED), trace=True, points=[99, 95, 70], events=[*ONE, happened("b", "grave")])
    assert grades(found) == ["良好", "合格", "合格"]
    assert by_id(found)["a"].reasons == ("不符合“fault”（第fault条），等级下调 1 级",)
    assert by_id(found)["b"].reasons == ("不符合“grave”（第grave条），等级不得高于合格",)
    assert (statuses(found), by_id(found)["a"].eligible) == ({"a": "winner"}, True)
    assert next(line for line in found.trace[0] if line.kind == "grade").arithmetic == (
        "达到优秀的标准；不符合“fault”，下调 1 级"
    )


def test_nobody_goes_below_the_worst_grade_and_lowerings_add_up() -> None:
    twice = requirement("also", "no_event", "grade", event="fault", down=1)
    assert grades(score(lowered(DOWN, twice), points=[99, 85], events=[*ONE, happened("b", "fault")])) == ["合格"] * 2


def test_a_place_becomes_free_only_where_conditions_go_first() -> None:
    points = [99, 95, 93]
    after = score(lowered(DOWN, share="1"), points=points, events=ONE)
    assert grades(after) == ["良好", "良好", "良好"]
    before = score(lowered(DOWN, share="1", demote="before"), points=points, events=ONE)
    assert grades(before) == ["良好", "优秀", "良好"]


def test_who_is_lowered_may_have_a_grade_whose_upper_end_is_passed() -> None:
    of = contest(
        event("fault"), DOWN, grade("a", "优秀", at_most="2", **{"from": 90}),
        grade("b", "良好", **{"from": 80, "below": 90}), grade("c", "合格"), grading={**GROUPED, "demote": "before"},
    )  # fmt: skip
    assert grades(score(of, points=[95, 85, 70], events=ONE)) == ["良好", "良好", "合格"]


def test_an_open_condition_leaves_the_result_provisional() -> None:
    asked = contest(event("fault", needs=["verified"]), DOWN, *BY_ENDS)
    found = score(asked, points=[95], events=ONE)
    assert (grades(found), found.quota[0].provisional) == (["优秀"], True)


# what hangs on a grade


def test_an_award_can_ask_for_a_grade() -> None:
    asked = requirement("good", "grade", at_least="b")
    found = score(contest(asked, *BY_ENDS, rule="100% floor"), points=[95, 85, 70, 50])
    assert statuses(found) == {"a": "winner", "b": "winner"}
    assert by_id(found)["c"].reasons == ("不符合“good”（第good条）",)


def test_only_the_eligible_are_graded_where_the_scheme_says_so() -> None:
    fit = requirement("fit", "compare", of="care", op=">=", to=1)
    of = contest(fit, *BY_ENDS, grading={"among": "eligible"})
    assert grades(score(of, points=[95, 95], care=[1, 0])) == ["优秀", ""]
