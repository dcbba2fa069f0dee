"""Every case that fits into a block comes out of the functions as its expected result says."""

from pathlib import Path

import pytest

from addin.functions import FUNCTIONS
from tests.addin.functions.blocks import CASES, MONTHLY, Block, block_of

STARSCORE, STARELIGIBLE = FUNCTIONS["STARSCORE"], FUNCTIONS["STARELIGIBLE"]


def column(answer: object, rows: int) -> list[list[object]]:
    """The answer as rows: a block of one row gives a bare value."""
    return answer if isinstance(answer, list) and len(answer) == rows else [[answer]]


def filled(block: Block) -> list[int]:
    return [n for n, row in enumerate(block.rows) if any(cell not in (None, "") for cell in row)]


def says(expected: dict, shown: object, value: float | None) -> bool:
    """A number as expected; where none is, a text, after # if and only if the row is in error."""
    if value is not None:
        return shown == value
    if not expected["rated"]:
        return shown == "不参评"
    in_error = any("有误" in reason or "数据" in reason for reason in expected["reasons"])
    return isinstance(shown, str) and shown.startswith("#" if in_error else "—")


def test_most_cases_fit() -> None:
    assert len(CASES) > 70


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_points_and_totals(case: Path) -> None:
    block = block_of(case)
    size = len(block.rows)
    totals = column(STARSCORE(MONTHLY, block.headers, block.rows, None, block.settings), size)
    parts = column(STARSCORE(MONTHLY, block.headers, block.rows, "*", block.settings), size)
    places = filled(block)
    assert len(places) == len(block.expected["rows"])
    twice = [row["id"] for row in block.expected["rows"]]
    for n, expected in zip(places, block.expected["rows"], strict=True):
        assert says(expected, totals[n][0], expected["total"]), (expected["id"], totals[n])
        for shown, value in zip(parts[n], (expected["points"] or {"": None}).values(), strict=False):
            if twice.count(expected["id"]) == 1:
                assert says(expected, shown, value), (expected["id"], parts[n])
    for n in set(range(size)) - set(places):
        assert totals[n] == [""]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_eligibility(case: Path) -> None:
    block = block_of(case)
    shown = column(STARELIGIBLE(MONTHLY, block.headers, block.rows, None, block.settings), len(block.rows))
    place = block.headers[0].index("pending")
    for n, expected in zip(filled(block), block.expected["rows"], strict=True):
        if block.rows[n][place] and expected["eligible"]:
            assert "待核实" in shown[n][0]
        else:
            assert (shown[n] == [""]) == expected["eligible"], (expected["id"], shown[n])
