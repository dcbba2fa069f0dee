"""What looks wrong in how points come about: weights, full marks out of reach, bands that nobody is in, rounding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from calc.methods import Given, Indicator
from calc.methods.bands import Bands, Interval
from calc.methods.base import show
from calc.methods.given import Share
from calc.methods.interpolate import Interpolate
from calc.methods.rank_points import RankPoints
from calc.methods.table import Lookup
from calc.scheme.graph import Fault, measure_named
from calc.scheme.model import Measure, Scheme

__all__ = ["points_doubts", "reaches"]


def points_doubts(scheme: Scheme) -> list[Fault]:
    """Everything about the points that the scheme's author should look at twice."""
    return [
        *_sums(scheme),
        *_weights(scheme),
        *_reach(scheme),
        *_full_marks(scheme),
        *_bands(scheme),
        *_filled(scheme),
        *_rounding(scheme),
    ]


def _sums(scheme: Scheme) -> Iterator[Fault]:
    total = scheme.weights_total()
    if scheme.full_marks is None and total and total != 100 and scheme.total.of is None:
        yield Fault(
            "full_marks", f"各项基准分合计 {show(total)}，不是 100；确实如此的，请写 full_marks = {show(total)}"
        )
    for group in scheme.group:
        members = [indicator for indicator in scheme.scored if indicator.group == group.id]
        bases = [indicator.base for indicator in members]
        if not members:
            yield Fault(f"group({group.id})", f"{group.label}没有计入总分的指标")
        elif group.cap is not None and None not in bases and sum(b for b in bases if b is not None) < group.cap:
            yield Fault(f"group({group.id}).cap", f"{group.label}各项合计到不了上限 {show(group.cap)}")


def _weights(scheme: Scheme) -> Iterator[Fault]:
    """Weights that look like shares of 1 or of 100 and do not add up to it."""
    weights: list[tuple[str, Sequence[Decimal]]] = [
        (f"indicator({indicator.id}).weights", getattr(indicator, "weights", ())) for indicator in scheme.indicator
    ]
    weights += [(f"panel({p.id}).raters", [rater.weight for rater in p.raters]) for p in scheme.panel if p.has_weights]
    for path, given in weights:
        total = sum(given, Decimal(0))
        for whole in (1, 100):
            if len(given) > 1 and total != whole and abs(total - whole) * 10 < whole:
                yield Fault(path, f"权重合计 {show(total)}，不是 {whole}")


def _reach(scheme: Scheme) -> Iterator[Fault]:
    """Full marks that nobody can reach, and points beyond the full marks."""
    for indicator in scheme.indicator:
        measure = measure_named(scheme, indicator.of) if isinstance(indicator, Given) else None
        if measure is None or indicator.base is None:
            continue
        if measure.max is not None and measure.max < indicator.base:
            yield Fault(
                f"indicator({indicator.id}).base",
                f"{measure.label}最高只能填 {show(measure.max)}，没有人能得到满分 {show(indicator.base)}",
            )
        elif (measure.max is None or measure.max > indicator.base) and indicator.cap is None:
            high = "没有上限" if measure.max is None else f"可填到 {show(measure.max)}"
            yield Fault(f"measure({measure.id}).max", f"{measure.label}{high}，会超出满分 {show(indicator.base)}")


def _full_marks(scheme: Scheme) -> Iterator[Fault]:
    """Likewise of methods whose points are listed, and of points that are capped."""
    for indicator in scheme.indicator:
        most, base = _most(scheme, indicator), indicator.base
        if base is None or isinstance(indicator, Given):
            continue
        if indicator.cap is not None and indicator.cap < base:
            yield Fault(f"indicator({indicator.id}).cap", f"最高 {show(indicator.cap)}，没有人能得到满分 {show(base)}")
        elif most is not None and most < base:
            yield Fault(f"indicator({indicator.id}).base", f"最多得 {show(most)}，没有人能得到满分 {show(base)}")
        elif most is not None and most > base and indicator.cap is None:
            yield Fault(f"indicator({indicator.id}).base", f"最多可得 {show(most)}，会超出满分 {show(base)}")


def _most(scheme: Scheme, indicator: Indicator) -> Fraction | None:
    """The most points that an indicator can give by its own list; None where there is no telling."""
    found: list[Decimal] = []
    if isinstance(indicator, Bands) and all(band.points is not None for band in indicator.bands):
        found = [*(band.amount for band in indicator.bands), *_numbers(indicator.outside)]
    elif isinstance(indicator, Lookup):
        found = [*indicator.table.values(), *_numbers(indicator.otherwise)]
    elif isinstance(indicator, Interpolate) and indicator.outside != "extend":
        found = [points for _, points in indicator.points]
    elif isinstance(indicator, RankPoints) and indicator.table is not None:
        found = [*indicator.table.points, *_numbers(indicator.table.beyond)]
    elif isinstance(indicator, Share):
        measure = measure_named(scheme, indicator.of)
        if measure is not None and measure.max is not None:
            return Fraction(measure.max) / Fraction(indicator.maximum) * Fraction(indicator.base)
    return Fraction(max(found)) if found else None


def _numbers(value: object) -> list[Decimal]:
    return [value] if isinstance(value, Decimal) else []


def _bands(scheme: Scheme) -> Iterator[Fault]:
    """Bands that no value of the column can be in."""
    for indicator in scheme.indicator:
        measure = measure_named(scheme, indicator.of) if isinstance(indicator, Bands) else None
        for n, band in enumerate(indicator.bands) if isinstance(indicator, Bands) and measure is not None else ():
            if measure is not None and not reaches(measure, band.interval()):
                words = f"{measure.label}填不到“{band.words()}”，没有人在这一档"
                yield Fault(f"indicator({indicator.id}).bands[{n}]", words)


def reaches(measure: Measure, interval: Interval) -> bool:
    """True where the measure takes a number that lies in the interval."""
    lows = [(low, within) for low, within in ((interval.low, interval.low_in), (measure.min, True)) if low is not None]
    highs = [
        (high, within) for high, within in ((interval.high, interval.high_in), (measure.max, True)) if high is not None
    ]
    low, low_in = max(lows, key=lambda end: (end[0], not end[1]), default=(None, False))
    high, high_in = min(highs, key=lambda end: end, default=(None, False))
    return not Interval(low, low_in, high, high_in).is_empty()


def _filled(scheme: Scheme) -> Iterator[Fault]:
    """A 0 for a missing value that the indicator's ends do not allow."""
    for indicator in scheme.indicator:
        at_floor = indicator.floor is not None and indicator.floor > 0
        at_cap = indicator.cap is not None and indicator.cap < 0
        held = indicator.floor if at_floor else indicator.cap if at_cap else None
        if indicator.missing == "zero" and held is not None:
            words = f"没有数据的得 0，而本项限于 {show(held)}，实得 {show(held)}"
            yield Fault(f"indicator({indicator.id}).missing", words)


def _rounding(scheme: Scheme) -> Iterator[Fault]:
    """A total that is rounded after its parts have been, which the file does not say to be meant."""
    if scheme.total.rounding is None or scheme.total.of is not None:
        return
    finer = [i for i in scheme.scored if i.rounding is None and scheme.digits(i) > scheme.total_digits]
    if finer:
        yield Fault(
            "total.rounding",
            f"{'、'.join(i.label for i in finer)}先四舍五入到 {scheme.digits(finer[0])} 位小数，总分又舍入到"
            f" {max(scheme.total_digits, 0)} 位，两次舍入；确是这样规定的，请在各项写明 rounding",
        )
