"""Findings: problems in the order they were noted, and each label of a row once."""

from calc.findings import Findings
from calc.problem import Severity
from calc.submission import Entry


def test_findings_note_where_and_how_grave() -> None:
    found = Findings()
    found.error(Entry(sheet="指标", cell="C5"), "value_missing", name="王静", label="业务量")
    found.warn(Entry(), "honour_period", period="soon")
    assert [(p.severity, p.sheet, p.cell) for p in found.problems] == [
        (Severity.ERROR, "指标", "C5"), (Severity.WARNING, "", ""),
    ]  # fmt: skip
    assert (found.problems[0].message, found.problems[0].hint) == ("王静没有填「业务量」", "补填这一格")
    assert not found.withhold_all


def test_a_row_is_spoiled_by_each_label_once() -> None:
    found = Findings()
    for label in ("业务量", "业务量", "差错率"):
        found.spoil(3, label)
    assert found.bad == {3: ["业务量", "差错率"]}
