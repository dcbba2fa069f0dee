"""No such event, and a yes: yes, no, pending and unknown are four answers."""

from collections.abc import Mapping

import pytest

from tests.calc.making import by_id, event, happened, measure, points_scheme, requirement, score, statuses
from tests.calc.requirements.asking import asked


@pytest.mark.parametrize(
    ("events", "eligible", "provisional", "reason"),
    [
        ([], True, False, ""),
        ([{"verified": True, "at_fault": True}], False, False, "不符合“r”（第r条）"),
        ([{"verified": False, "at_fault": True}], True, False, ""),
        ([{"verified": True, "at_fault": False}], True, False, ""),
        ([{"verified": True, "at_fault": None}], False, True, "待核实：r（第r条）"),
        ([{"verified": None, "at_fault": None}], False, True, "待核实：r（第r条）"),
        ([{"verified": None, "at_fault": False}], True, False, ""),
        ([{"verified": True, "at_fault": True}, {"verified": None}], False, True, "不符合“r”（第r条）"),
        ([{"verified": True, "at_fault": True, "count": 0}], True, False, ""),
        ([{"verified": True, "at_fault": True, "date": "2026-10-01"}], True, False, ""),
        ([{"verified": True, "at_fault": True, "date": "2026-09-30"}], False, False, "不符合“r”（第r条）"),
    ],
)
def test_an_event_disqualifies_once_all_that_it_needs_is_confirmed(
    events: list[Mapping[str, object]], eligible: bool, provisional: bool, reason: str
) -> None:
    of = points_scheme(event("e", needs=["verified", "at_fault"]), requirement("r", "no_event", event="e"))
    result = score(of, points=[9, 1], events=[happened("a", "e", **keys) for keys in events])
    row = by_id(result)["a"]
    assert (row.eligible, row.rank) == (eligible, 1 if eligible else None)
    assert row.reasons == ((reason,) if reason else ())
    assert result.quota[0].provisional is provisional
    assert statuses(result) == ({"a": "winner"} if eligible else {"b": "winner"})


@pytest.mark.parametrize(("answer", "reasons"), [(True, ()), (False, ("不符合“r”（第r条）",))])
def test_a_condition_is_confirmed_by_yes(answer: bool, reasons: tuple[str, ...]) -> None:
    of = points_scheme(measure("ok", "yes_no"), requirement("r", "yes", of="ok"))
    assert score(of, points=[1], ok=[answer]).rows[0].reasons == reasons


def test_a_confirmation_not_given_yet_is_pending_where_the_measure_says_so() -> None:
    of = points_scheme(measure("ok", "yes_no", missing="pending"), requirement("r", "yes", of="ok"))
    result = score(of, points=[9, 1], ok=[None, True])
    assert result.rows[0].reasons == ("待考：ok", "待核实：r（第r条）")
    assert (result.quota[0].provisional, statuses(result)) == (True, {"b": "winner"})


def test_what_is_asked_is_told() -> None:
    assert asked("no_event", event="e") == "没有计入的《e》"
    assert asked("yes", of="ok") == "《ok》填“是”"


@pytest.mark.parametrize(
    ("date", "eligible"),
    [("2025-12-31", True), ("2026-01-01", False), ("2026-09-30", False), ("2026-12-31", False), ("2027-01-01", True)],
)
def test_an_event_of_the_year_counts_outside_the_month_too(date: str, eligible: bool) -> None:
    of = points_scheme(event("fault", within="year"), requirement("r", "no_event", event="fault"))
    result = score(of, points=[1], events=[happened("a", "fault", date=date)])
    assert result.rows[0].eligible is eligible
    assert [problem.severity for problem in result.problems] == (["warning"] if eligible else [])
