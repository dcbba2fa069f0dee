"""What looks wrong in a scheme is said, with the key; what is right is not."""

import pytest

from calc.scheme import load_scheme, read_scheme, shipped
from calc.scheme.doubts import doubts
from tests.calc.making import event, indicator, measure, requirement, setting, table, toml

X = measure("x", min=0, max=100)
A = indicator("a", "given", of="x", base=100)


def doubted(*blocks: str, **top: object) -> list[tuple[str, str]]:
    return [(doubt.path, doubt.message) for doubt in doubts(read_scheme(toml(*blocks, **top).encode(), "small.toml"))]


def group(**keys: object) -> str:
    return table("[[group]]", {"id": "g", "label": "组", **keys})


def test_a_sound_scheme_leaves_no_doubt() -> None:
    assert doubted(X, A) == []


def test_a_setting_that_names_the_award_is_used() -> None:
    assert doubted(X, A, setting("s", "text", default="服务之星"), award={"setting": "s"}) == []


@pytest.mark.parametrize("name", shipped())
def test_the_shipped_schemes_leave_no_doubt(name: str) -> None:
    assert doubts(load_scheme(name)) == []


@pytest.mark.parametrize(
    ("blocks", "path", "message"),
    [
        ((X, A, indicator("b", "given", of="x", base=10, cap=10)), "full_marks", "合计 110"),
        ((X, A, group()), "group(g)", "没有计入总分的指标"),
        ((X, group(cap=101), indicator("a", "given", of="x", base=100, group="g")), "group(g).cap", "到不了上限"),
        ((measure("x", max=50), A), "indicator(a).base", "没有人能得到满分 100"),
        ((measure("x"), A), "measure(x).max", "没有上限，会超出满分 100"),
        ((measure("x", max=120), A), "measure(x).max", "可填到 120"),
        ((X, A, requirement("r", "compare", of="x", op=">", to=100)), "requirement(r).to", "没有人能符合"),
        ((X, A, requirement("r", "compare", of="x", op=">=", to=101)), "requirement(r).to", "没有人能符合"),
        ((X, A, requirement("r", "compare", of="x", op="<", to=0)), "requirement(r).to", "没有人能符合"),
        ((X, A, requirement("r", "compare", of="x", op=">=", to=0)), "requirement(r).to", "人人都符合"),
        (
            (X, A, measure("y", min=1), requirement("r", "compare", of="y", op=">", to=0)),
            "requirement(r).to",
            "人人都符合",
        ),
        ((X, A, requirement("r", "compare", of="x", op="<=", to=100)), "requirement(r).to", "人人都符合"),
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


@pytest.mark.parametrize("op", [">", ">=", "<", "<="])
def test_a_threshold_within_the_range_is_no_doubt(op: str) -> None:
    assert doubted(X, A, requirement("r", "compare", of="x", op=op, to=60)) == []


def test_a_quota_that_can_never_be_filled_and_a_lot_without_a_seed() -> None:
    assert [path for path, _ in doubted(X, A, rule="0")] == ["quota.rule"]
    assert [path for path, _ in doubted(X, A, rule="0% floor")] == ["quota.rule"]
    assert doubted(X, A, rule="1% floor") == []
    assert [path for path, _ in doubted(X, A, ties={"policy": "lot"})] == ["ties.seed"]


def test_a_figure_that_nobody_need_give_must_say_what_stands_in() -> None:
    to = {"setting": "s"}
    open_figure = (X, indicator("a", "given", of="x", base=100, cap=to), setting("s", "number"))
    assert [path for path, _ in doubted(*open_figure)] == ["setting(s).default"]
    closed = (X, indicator("a", "given", of="x", base=100, cap=to), setting("s", "number", fallback="没有上限"))
    assert doubted(*closed) == []


def test_a_stated_sum_that_is_not_100_is_no_doubt() -> None:
    assert doubted(measure("x", max=70), indicator("a", "given", of="x", base=70), full_marks=70) == []
