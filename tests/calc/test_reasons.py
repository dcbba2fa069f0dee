"""Reasons are in order of gravity, one each, and only where they belong."""

from tests.calc.making import event, happened, indicator, measure, points_scheme, requirement, score
from tests.cases import reading

MONTHLY = "cib-zhengzhou-2010/monthly-teller"


def reasons_of(case: str, person: str) -> tuple[str, ...]:
    result = reading.run(MONTHLY, reading.ROOT / MONTHLY / case)
    return next(row.reasons for row in result.rows if row.id == person)


def test_errors_come_before_what_is_open_and_what_failed() -> None:
    found = reasons_of("error-and-pending-in-one-row", "K8201")
    for part, text in zip(("数据有误", "待考", "待核实", "第六条(一)4"), found, strict=True):
        assert part in text


def test_several_failed_requirements_are_named_one_by_one_with_their_clauses() -> None:
    assert reasons_of("several-requirements-failed", "K3402") == (
        "不符合“从事前台柜员岗位满三个月”（第六条(一)1）",
        "不符合“没有经查属实的服务投诉”（第六条(一)3）",
        "不符合“检查未发现服务质量问题”（第六条(一)3）",
        "不符合“业务量超过本网点平均”（第六条(一)4）",
        "不符合“品行经主管确认”（第六条(一)2、5、6）",
    )


def test_who_is_barred_has_no_other_reason() -> None:
    (text,) = reasons_of("barred-by-a-withdrawn-title", "K8901")
    assert "取消资格" in text


def test_an_open_event_of_who_is_not_rated_leaves_nothing_open() -> None:
    of = points_scheme(
        measure("member", "yes_no"),
        event("complaint", needs=["verified"]),
        requirement("member", "yes", gate="rating", of="member"),
        requirement("clean", "no_event", event="complaint"),
    )
    for member in (True, False):
        result = score(of, points=[9, 1], member=[member, True], events=[happened("a", "complaint")])
        assert result.quota[0].provisional is member


def test_a_value_that_is_not_there_yet_holds_up_only_who_is_rated() -> None:
    of = points_scheme(
        measure("member", "yes_no"),
        measure("work", missing="none"),
        measure("care", missing="none"),
        indicator("work", "given", of="measure:work", missing="pending"),
        indicator("care", "given", of="measure:care", missing="pending"),
        requirement("member", "yes", gate="rating", of="member"),
    )
    for member in (True, False):
        result = score(of, points=[9, 1], member=[member, True], work=[None, 1], care=[None, 1])
        assert result.quota[0].provisional is member
        assert result.rows[0].reasons == (("待考：work、care",) if member else ("不符合“member”（第member条）",))
