"""Honours that cannot be read, and who is barred."""

import pytest

from tests.calc.checking.branch import withheld
from tests.calc.making import BAD, honoured, points_scheme, score, told


@pytest.mark.parametrize(
    ("period", "problems"), [("last month", [("error", "period2")]), (None, [("error", "period2")]), (BAD, [])]
)
def test_an_honour_whose_period_cannot_be_read_withholds_everybody(
    period: object, problems: list[tuple[str, str]]
) -> None:
    of = points_scheme(barring={"clause": "第二十三条"})
    result = score(of, points=[1], honours=[honoured("a", period)])
    assert (told(result), withheld(result)) == (problems, {""})


def test_without_barring_the_honours_do_not_matter() -> None:
    assert score(points_scheme(), points=[1], honours=[honoured("a", "?")]).problems == ()
