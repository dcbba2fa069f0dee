"""What Excel and LibreOffice hand over, as cells."""

import datetime as dt
from decimal import Decimal

import pytest

from addin.host_values import area_of, is_blank, spread
from workbook_templates.grid import Cell, Kind


class ComTime(dt.datetime):
    """As pywin32 hands over a date: a datetime of its own with a time zone."""


NOON = ComTime(2026, 9, 30, 12, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (1.5, Cell(1.5, Kind.NUMBER)),
        (7, Cell(7.0, Kind.NUMBER)),
        (Decimal("1.25"), Cell(1.25, Kind.NUMBER)),
        (True, Cell(True, Kind.BOOL)),
        ("张三", Cell("张三", Kind.TEXT)),
        (None, Cell()),
        (NOON, Cell(dt.datetime(2026, 9, 30, 12, 0), Kind.DATE)),
        (dt.date(2026, 9, 30), Cell(dt.date(2026, 9, 30), Kind.DATE)),
        (-2146826246, Cell("#N/A", Kind.ERROR)),
        (-2146826259, Cell("#NAME?", Kind.ERROR)),
        ("#DIV/0!", Cell("#DIV/0!", Kind.ERROR)),
        ("#备注", Cell("#备注", Kind.TEXT)),
        (-2147352572, Cell()),
        (float("nan"), Cell("#NUM!", Kind.ERROR)),
        (float("inf"), Cell("#NUM!", Kind.ERROR)),
    ],
)
def test_a_value_is_a_cell(value: object, cell: Cell) -> None:
    assert area_of(value).rows == ((cell,),)
    assert type(area_of(value).cells[0].value) is type(cell.value)


@pytest.mark.parametrize(
    ("value", "height", "width"),
    [
        (5.0, 1, 1),
        (((1.0, 2.0), (3.0, 4.0)), 2, 2),
        ([[1.0], [2.0], [3.0]], 3, 1),
        ((1.0, 2.0, 3.0), 1, 3),
        (((1.0,), (1.0, 2.0)), 2, 2),
        ((), 1, 1),
        (((),), 1, 1),
    ],
)
def test_the_shape(value: object, height: int, width: int) -> None:
    area = area_of(value)
    assert (area.height, area.width) == (height, width)
    assert all(len(row) == width for row in area.rows)


def test_equal_values_of_other_kinds_differ() -> None:
    assert len({area_of(1.0), area_of(True), area_of("1")}) == 3


@pytest.mark.parametrize("value", [None, "", "  ", "\u3000"])
def test_what_shows_nothing_is_blank(value: object) -> None:
    assert is_blank(area_of(value).cells[0])


@pytest.mark.parametrize("value", [0.0, False, "0", -2146826246])
def test_what_shows_something_is_not(value: object) -> None:
    assert not is_blank(area_of(value).cells[0])


def test_a_single_answer_is_a_bare_value() -> None:
    assert spread([[1.0]]) == 1.0
    assert spread([[1.0], ["a"]]) == [[1.0], ["a"]]
    assert spread([[1.0, 2.0]]) == [[1.0, 2.0]]
