"""Whose and which result is written: unit, period and the outlets of the people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from calc.period import period_label
from calc.result import Result
from calc.scheme import Scheme
from calc.submission import Submission
from workbook_templates.layout import home_measure

__all__ = ["Occasion"]


@dataclass(frozen=True, slots=True)
class Occasion:
    """Whose and which result it is, for the line under the title, and where everybody belongs."""

    unit: str = ""
    homes: Mapping[str, str] = field(default_factory=dict)
    """By id the outlet, where it makes no pools."""

    @classmethod
    def of(cls, scheme: Scheme, submission: Submission, unit: str) -> Occasion:
        """The occasion of a submission that ``unit`` filled in."""
        home = home_measure(scheme)
        entries = submission.measures.get(home.id, ()) if home is not None else ()
        homes = {str(i.value): str(entry.value or "") for i, entry in zip(submission.ids, entries, strict=False)}
        return cls(unit, homes)

    def subtitle(self, scheme: Scheme, result: Result) -> str:
        """Unit, period and scheme version."""
        shown = period_label(result.period)
        unit = self.unit or scheme.organisation
        return f"填报单位：{unit}　　　考核期间：{shown or '未填'}　　　方案版本：{scheme.version}"
