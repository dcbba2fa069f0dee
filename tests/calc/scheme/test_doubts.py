"""What looks wrong in a scheme is said, with the key; what is right is not."""

from pathlib import Path

import pytest

from calc.scheme import load_scheme, shipped
from calc.scheme.doubts import doubts
from tests.calc.making import event, indicator, measure, setting
from tests.calc.scheme.doubting import A, X, doubted
from tests.cases import reading

CASES = [case for kind in ("elsewhere", "judging") for case in reading.cases(kind)]


def test_a_sound_scheme_leaves_no_doubt() -> None:
    assert doubted(X, A) == []


def test_a_setting_that_names_the_award_is_used() -> None:
    assert doubted(X, A, setting("s", "text", default="服务之星"), award={"setting": "s"}) == []


@pytest.mark.parametrize("name", shipped())
def test_the_shipped_schemes_leave_no_doubt(name: str) -> None:
    assert doubts(load_scheme(name)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_schemes_of_the_cases_leave_no_doubt(case: Path) -> None:
    assert doubts(load_scheme(str(case / "scheme.toml"))) == []


@pytest.mark.parametrize(
    ("blocks", "path", "message"),
    [
        ((X, A, event("e")), "event(e)", "没有用到"),
        ((X, A, measure("y")), "measure(y)", "没有用到"),
        ((X, A, setting("s", "number", default=1)), "setting(s)", "没有用到"),
        ((X, A, indicator("b", "given", of="x", in_total=False)), "indicator(b)", "没有用到"),
    ],
)
def test_what_looks_wrong_is_named(blocks: tuple[str, ...], path: str, message: str) -> None:
    ((where, what),) = doubted(*blocks)
    assert where == path
    assert message in what


def test_a_figure_that_nobody_need_give_must_say_what_stands_in() -> None:
    to = {"setting": "s"}
    open_figure = (X, indicator("a", "given", of="x", base=100, cap=to), setting("s", "number"))
    assert [path for path, _ in doubted(*open_figure)] == ["setting(s).default"]
    closed = (X, indicator("a", "given", of="x", base=100, cap=to), setting("s", "number", fallback="没有上限"))
    assert doubted(*closed) == []
