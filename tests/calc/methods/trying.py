"""One indicator i, tried out: what it comes to and how that is explained, and what is wrong with its keys."""

from calc.scheme import SchemeError
from calc.scheme.model import Scheme
from tests.calc.making import indicator, measure, scheme, score

COLUMNS = (
    measure("team", "text", missing="none"),
    *(measure(name, missing="none") for name in "xyz"),
    measure("many", many=True, missing="none"),
)


def one(method: str, **keys: object) -> Scheme:
    """A scheme of the columns above, each of which may be left out, and one indicator."""
    return scheme(*COLUMNS, indicator("i", method, **keys))


def values(of: Scheme, **columns: object) -> list[str | None]:
    """The indicator's value of each row, as written."""
    return [
        None if row.points["i"] is None else str(row.points["i"]) for row in score(of, **columns).rows if row.points
    ]


def explained(of: Scheme, **columns: object) -> list[tuple[str, str]]:
    """(arithmetic, value) of the indicator for each row."""
    result = score(of, trace=True, **columns)
    return [(line.arithmetic, line.value) for trace in result.trace for line in trace if line.item == "i"]


def refused(method: str, **keys: object) -> dict[str, str]:
    """What the scheme is refused for, by key of the indicator; a key that is None is left out."""
    try:
        one(method, **{name: value for name, value in keys.items() if value is not None})
    except SchemeError as error:
        return {found.cell.partition("(i)")[2].removeprefix("."): found.message for found in error.problems}
    return {}
