"""The annual selection's workbooks, filled from the year's results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.past_results import PastResult, holders, honours_for
from calc.period import Period
from calc.scheme import Scheme, load_scheme, shipped
from calc.scheme.contests import honour_contests
from workbook_templates.filling import Filling

__all__ = ["annual_fillings", "years_of"]


def years_of(past: Sequence[PastResult]) -> list[int]:
    """The years of the results, in order."""
    return sorted({result.period.year for result in past})


def annual_fillings(past: Sequence[PastResult], year: int, unit: str = "") -> Iterator[tuple[Scheme, Filling]]:
    """Each shipped annual contest that counts honours of a contest in ``past``, with what is known for its workbook:
    the honours of the year, and everybody who holds one as its roster.
    """
    period = Period(year, "year", 1)
    of_year = [result for result in past if result.period.year == year]
    earlier = [result for result in past if result.period.kind == "year"]
    for name in shipped():
        scheme = load_scheme(name).scheme
        looked_at = set(honour_contests(scheme)) - {scheme.id}
        if scheme.period != "year" or not any(result.scheme.id in looked_at for result in of_year):
            continue
        honours = honours_for(scheme, period, of_year)
        barring = [h for h in honours_for(scheme, period, earlier) if h["contest"] == scheme.id]
        yield scheme, Filling(period, unit, roster=holders(honours), honours=(*barring, *honours))
