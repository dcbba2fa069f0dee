"""What a cell means, and when two cells mean the same."""

import datetime as dt

import pytest

from addin.sealing.meaning import alike, grid_of, meaning, meanings, shown
from addin.sealing.record import Record, RecordError, digest_of, read_record
from workbook_templates.grid import BLANK, Cell, Grid, Kind

MEANINGS = [
    (Cell(12.0, Kind.NUMBER), "number 12"),
    (Cell(0.1 + 0.2, Kind.NUMBER), "number 0.3"),
    (Cell(1e15, Kind.NUMBER), "number 1000000000000000"),
    (Cell(-0.0, Kind.NUMBER), "number 0"),
    (Cell(1e-7, Kind.NUMBER), "number 0.0000001"),
    (Cell(0.0012, Kind.NUMBER, percent=True), "percent 0.0012"),
    (Cell(dt.date(2026, 9, 1), Kind.DATE), "date 2026-09-01"),
    (Cell(dt.datetime(2026, 9, 1, 8, 30), Kind.DATE), "date 2026-09-01T08:30:00"),
    (Cell(dt.time(8, 30), Kind.DATE), "date 08:30:00"),
    (Cell(True, Kind.BOOL), "bool true"),
    (Cell("#N/A", Kind.ERROR), "error #N/A"),
    (Cell("0012", Kind.TEXT), "text 0012"),
    (Cell(" 甲\n乙 ", Kind.TEXT), "text  甲\n乙 "),
]


@pytest.mark.parametrize(("cell", "text"), MEANINGS)
def test_a_cell_and_its_meaning_say_the_same(cell: Cell, text: str) -> None:
    assert meaning(cell) == text
    (back,) = grid_of("甲", {"B7": text}).cells.values()
    assert (meaning(back), back.kind, back.percent) == (text, cell.kind, cell.percent)


def test_what_programs_write_differently_means_the_same() -> None:
    assert meaning(Cell("e\u0301", Kind.TEXT)) == meaning(Cell("é", Kind.TEXT))
    assert meaning(Cell("甲\r\n乙", Kind.TEXT)) == meaning(Cell("甲\n乙", Kind.TEXT))
    assert meaning(Cell(0.30000000000000004, Kind.NUMBER)) == meaning(Cell(0.3, Kind.NUMBER))


def test_blanks_have_no_meaning() -> None:
    assert meaning(BLANK) == meaning(Cell("", Kind.TEXT)) == meaning(Cell(merged=True)) == ""
    assert meanings(Grid("甲", {(1, 1): Cell("", Kind.TEXT), (2, 3): Cell(1.0, Kind.NUMBER)})) == {"C2": "number 1"}


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("date 2026-09-01", "number 46266", True),
        ("date 2026-09-01", "number 46267", False),
        ("date 2026-09-01T08:30:00", "number 46266", False),
        ("number 0.12", "percent 0.12", False),
        ("number 12", "text 12", False),
        ("text 7", "text 07", False),
        ("", "number 0", False),
    ],
)
def test_only_a_day_and_its_number_are_alike(left: str, right: str, same: bool) -> None:
    assert alike(left, right) == alike(right, left) == same


def test_meanings_are_shown_as_sheets_show_them() -> None:
    assert (shown("percent 0.0012"), shown("number 12.5"), shown("date 2026-09-01")) == ("0.12%", "12.5", "2026-09-01")
    assert shown("text " + "长" * 80) == "长" * 60 + "…"


def _record(text: str) -> Record:
    return Record(revision=1, replaces="", sealed_on=dt.date(2026, 10, 9), scheme="a/b", version="1", scheme_text="",
                  period="2026-09", unit="", sheets={"名册": {"A1": f"text {text}"}})  # fmt: skip


@pytest.mark.parametrize("text", ["_x0041_", "_xx", "a\tb\n", "\u00a0\u3000", "\ufeff", "\\_x0041_", "𠮷", "\x7f"])
def test_a_record_is_read_as_written_in_safe_signs(text: str) -> None:
    written = _record(text).text()
    assert read_record(written) == _record(text)
    assert "_x" not in written
    assert written.isprintable()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"revision":1', '"revision":"1"'),
        ('"revision":1', '"revision":1,"revision":2'),
        ('"revision":1', '"revision": 1'),
        ('"period":', '"time":'),
        ("text 甲", "colour 甲"),
        ("text 甲", "number 甲"),
        ('"A1"', '"A"'),
    ],
)
def test_what_no_record_writes_is_refused(old: str, new: str) -> None:
    text = _record("甲").text()
    assert old in text
    with pytest.raises(RecordError):
        read_record(text.replace(old, new))


def test_the_digest_is_the_sha_256_of_the_text() -> None:
    # printf '甲' | sha256sum
    assert digest_of("甲") == "33e3580c093111e1c4cac922872c40371f7896bb3fa4e23be5840bd1834fc622"
