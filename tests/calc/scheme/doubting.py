"""What is doubted of a small scheme."""

from calc.scheme import read_scheme
from calc.scheme.doubts import doubts
from tests.calc.making import indicator, measure, toml

X = measure("x", min=0, max=100)
A = indicator("a", "given", of="x", base=100)


def doubted(*blocks: str, **top: object) -> list[tuple[str, str]]:
    """Path and message of each doubt."""
    return [(doubt.path, doubt.message) for doubt in doubts(read_scheme(toml(*blocks, **top).encode(), "small.toml"))]
