"""What looks wrong in who wins."""

import pytest

from tests.calc.making import measure, requirement, title
from tests.calc.scheme.doubting import A, X, doubted


def stars(**keys: object) -> str:
    return requirement("r", "honours", contest="cib-zhengzhou-2010/quarterly-teller", **keys)


@pytest.mark.parametrize(
    ("blocks", "path", "message"),
    [
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
        ((X, A, stars(within="year", at_least=5)), "requirement(r).at_least", "最多只有 4 期，没有人能符合“r”"),
        ((X, A, stars(within="last", periods=3, at_least=4)), "requirement(r).at_least", "最多只有 3 期"),
        ((X, A, title("t", among="winners", without=["award"])), "titles(t).without", "没有人能得“t能手”"),
        ((X, A, title("t", of="x", above=100)), "titles(t)", "x填不到“高于 100”，没有人能得“t能手”"),
        ((X, A, title("t", quota={"rule": 0, "clause": "第t条"})), "titles(t).quota.rule", "永远是 0"),
        ((X, A, title("t", ties={"policy": "lot"})), "titles(t).ties.seed", "并列抽签要有种子"),
    ],
)
def test_what_looks_wrong_is_named(blocks: tuple[str, ...], path: str, message: str) -> None:
    ((where, what),) = doubted(*blocks)
    assert where == path
    assert message in what


@pytest.mark.parametrize("op", [">", ">=", "<", "<="])
def test_a_threshold_within_the_range_is_no_doubt(op: str) -> None:
    assert doubted(X, A, requirement("r", "compare", of="x", op=op, to=60)) == []


@pytest.mark.parametrize(
    "block",
    [
        stars(within="year", at_least=4),
        stars(within="last", periods=3, at_least=3),
        requirement("r", "honours", contest="unknown", within="year", at_least=50),
        title("t", of="x", **{"from": 100}),
        title("t", among="winners"),
    ],
)
def test_what_can_be_is_no_doubt(block: str) -> None:
    assert doubted(X, A, block) == []


def test_more_seats_than_a_stage_lets_on_for() -> None:
    first = {"of": "x", "n": 2, "best": "highest", "within": "all"}
    assert [path for path, _ in doubted(X, A, requirement("r", "top", ties="ask", **first), rule=3)] == ["quota.rule"]
    assert doubted(X, A, requirement("r", "top", ties="ask", **first), rule=2) == []
    assert doubted(X, A, requirement("r", "top", ties="include", **first), rule=3) == []


def test_a_quota_that_can_never_be_filled_and_a_lot_without_a_seed() -> None:
    assert [path for path, _ in doubted(X, A, rule="0")] == ["quota.rule"]
    assert [path for path, _ in doubted(X, A, rule="0% floor")] == ["quota.rule"]
    assert doubted(X, A, rule="1% floor") == []
    assert [path for path, _ in doubted(X, A, ties={"policy": "lot"})] == ["ties.seed"]
