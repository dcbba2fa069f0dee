"""How long it takes to reckon many people: floats where they decide, against fractions throughout."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable
from decimal import Decimal

from calc.evaluate import evaluate
from calc.period import Period
from calc.scheme import load_scheme
from calc.submission import Entry, Submission

SIZES = (500, 2_000, 8_000)
POOL = 10


def submission(people: int) -> Submission:
    """A month of so many tellers in outlets of ten, drawn from a fixed seed."""
    draw = random.Random(7)

    def column(value: Callable[[], Decimal | str | bool | dt.date]) -> tuple[Entry, ...]:
        return tuple(Entry(value()) for _ in range(people))

    def marks(low: int, high: int, digits: int) -> Callable[[], Decimal]:
        return lambda: Decimal(draw.randint(low * 10**digits, high * 10**digits)).scaleb(-digits)

    measures = {
        "outlet": tuple(Entry(f"网点{n // POOL}") for n in range(people)),
        "post_since": column(lambda: dt.date(2024, 1, 1)),
        "quality": column(marks(30, 50, 1)),
        **{f"internal_{name}": column(marks(6, 10, 1)) for name in ("efficiency", "attitude", "standard")},
        "volume": column(marks(500, 2000, 0)),
        "error_rate": column(marks(0, 1, 2)),
        "theory": column(marks(60, 100, 0)),
        "skill_1": column(marks(60, 100, 0)),
        "skill_2": column(marks(60, 100, 0)),
        "conduct": column(lambda: True),
    }
    ids = tuple(Entry(f"{n:06}") for n in range(people))
    return Submission(Period(2026, "month", 9), ids, ids, measures)


def seconds(action: Callable[[], object]) -> float:
    """The shortest of three runs."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print for each size the time per person and how many times longer fractions throughout take."""
    scheme = load_scheme("cib-zhengzhou-2010/monthly-teller").scheme
    first = None
    for people in SIZES:
        data = submission(people)
        fast = seconds(lambda data=data: evaluate(scheme, data))  # type: ignore[misc]
        exact = seconds(lambda data=data: evaluate(scheme, data, trace=True))  # type: ignore[misc]
        first = first or fast / people
        print(
            f"{people:>6} people: {fast / people * 1e6:6.1f} µs each, {fast / people / first:4.2f} of the first size; "
            f"in fractions with the trace {exact / fast:4.1f} times as long"
        )


if __name__ == "__main__":
    main()
