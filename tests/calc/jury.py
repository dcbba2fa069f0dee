"""A jury over three people in two teams, to see how far a mistake on a ballot reaches."""

from collections.abc import Sequence

from calc.result import Result
from calc.scheme.model import Scheme
from calc.submission import Mark
from tests.calc.making import ballots, indicator, item, measure, panel, scheme, score

X, Y = item("x"), item("y", blank="left_out")


def jury(*blocks: str, **keys: object) -> Scheme:
    """A panel with items x and y; the points are the mean of x. In teams, to see how far an error reaches."""
    plain = {"absent": "left_out", **keys}
    others = blocks or (X, Y)
    return scheme(measure("team", "text"), panel("p", "x", "y", **plain), *others,
                  indicator("i", "marks", panel="p", items=["x"], how="mean"), pool="team")  # fmt: skip


def given(of: Scheme, *lines: str, marks: Sequence[Mark] = ()) -> Result:
    """a and b are of team A, c of team B."""
    return score(of, ids=["a", "b", "c"], team=["A", "A", "B"], ballots=[*ballots(*lines), *marks])


ALL = ("J1 a x 9", "J1 b x 8", "J1 c x 7", "J2 a x 7", "J2 b x 8", "J2 c x 9")
LISTED = [{"id": "J1"}, {"id": "J2"}]
