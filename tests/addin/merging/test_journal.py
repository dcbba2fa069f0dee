"""The journal: what was received stays received, and its rows come out in order."""

import sqlite3
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from addin.merging.arrival import Person, Received, _sortable
from addin.merging.folder import Found
from addin.merging.journal import journal_of, opened
from addin.merging.receive import Trust
from addin.sealing.keys import TrustedKey
from tests.addin.merging.making import sent

FIRST, SECOND = Found("1.xlsx", "/in/1.xlsx", 10, 100), Found("2.xlsx", "/in/2.xlsx", 20, 200)


def person(identity: str, total: str, *, ranked: bool = True) -> Person:
    key = _sortable(Decimal(total), lowest_first=False) if ranked else ""
    return Person(
        identity, f"名{identity}", "东网点", (Decimal(total), None), Decimal(total), 1, "当选", won=True, key=key
    )


def received(found: Found, *persons: Person) -> Received:
    return Received(sent(found.name), persons)


def place(folder: Path) -> Path:
    return journal_of(folder / "汇总.xlsx")


def test_what_was_entered_is_there_again(tmp_path: Path) -> None:
    whole = received(FIRST, person("007", "90.10"))
    with opened(place(tmp_path), Trust()) as journal:
        journal.enter(whole, FIRST)
    with opened(place(tmp_path), Trust()) as journal:
        assert list(journal.arrivals()) == [whole.arrival]
        [placed] = journal.ranking([("1.xlsx", "河南", "甲支行")])
        assert placed.person == whole.persons[0]
        assert str(placed.person.total) == "90.10"
        assert (placed.rank, placed.branch, placed.unit) == (1, "河南", "甲支行")


def test_only_what_is_new_or_changed_is_still_to_do_and_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    with opened(place(tmp_path), Trust()) as journal:
        journal.enter(received(FIRST), FIRST)
        journal.enter(received(SECOND, person("1", "90")), SECOND)
        assert journal.still_to_do([FIRST, SECOND]) == []
        assert journal.still_to_do([FIRST, replace(SECOND, modified=201)]) == [replace(SECOND, modified=201)]
        assert journal.still_to_do([replace(FIRST, size=11)]) == [replace(FIRST, size=11)]
        assert [arrival.file for arrival in journal.arrivals()] == ["1.xlsx"]
        assert list(journal.ranking([("2.xlsx", "", "")])) == []


def test_what_is_received_again_replaces_what_was(tmp_path: Path) -> None:
    with opened(place(tmp_path), Trust()) as journal:
        journal.enter(received(FIRST, person("1", "90"), person("2", "80")), FIRST)
        journal.enter(received(FIRST, person("3", "70")), FIRST)
        assert [placed.person.id for placed in journal.ranking([("1.xlsx", "", "")])] == ["3"]


def test_what_was_entered_before_a_failure_stays(tmp_path: Path) -> None:
    try:
        with opened(place(tmp_path), Trust()) as journal:
            journal.enter(received(FIRST), FIRST)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    with opened(place(tmp_path), Trust()) as journal:
        assert journal.still_to_do([FIRST]) == []


def test_with_other_trusted_keys_all_is_received_anew(tmp_path: Path) -> None:
    with opened(place(tmp_path), Trust()) as journal:
        journal.enter(received(FIRST), FIRST)
    with opened(place(tmp_path), Trust((TrustedKey("甲", "key"),))) as journal:
        assert journal.still_to_do([FIRST]) == [FIRST]
        assert list(journal.arrivals()) == []


def test_a_file_that_is_no_journal_is_replaced(tmp_path: Path) -> None:
    place(tmp_path).write_bytes(b"no database" * 1000)
    with opened(place(tmp_path), Trust()) as journal:
        assert journal.still_to_do([FIRST]) == [FIRST]


def test_a_journal_in_use_is_left_alone(tmp_path: Path) -> None:
    base = sqlite3.connect(place(tmp_path))
    base.execute("CREATE TABLE theirs (a)")
    base.execute("BEGIN EXCLUSIVE")
    with pytest.raises(OSError, match="locked"), opened(place(tmp_path), Trust(), patience=0):
        pass
    base.rollback()
    assert base.execute("SELECT count(*) FROM theirs").fetchone() == (0,)
    base.close()


def test_ranks_are_1_2_2_4_over_all_files_and_those_without_come_last(tmp_path: Path) -> None:
    one = received(FIRST, person("a", "80.5"), person("b", "99"), person("c", "0", ranked=False))
    two = received(SECOND, person("d", "80.50"), person("e", "100"), person("f", "9"))
    counted = [("1.xlsx", "河南", "甲支行"), ("2.xlsx", "陕西", "乙支行")]
    with opened(place(tmp_path), Trust()) as journal:
        journal.enter(two, SECOND)
        journal.enter(one, FIRST)
        ranks = [(placed.rank, placed.person.id, placed.branch) for placed in journal.ranking(counted)]
    assert ranks == [
        (1, "e", "陕西"), (2, "b", "河南"), (3, "a", "河南"), (3, "d", "陕西"), (5, "f", "陕西"), (None, "c", "河南"),
    ]  # fmt: skip


def test_only_the_files_that_count_are_ranked(tmp_path: Path) -> None:
    with opened(place(tmp_path), Trust()) as journal:
        journal.enter(received(FIRST, person("a", "80")), FIRST)
        journal.enter(received(SECOND, person("b", "90")), SECOND)
        assert [p.person.id for p in journal.ranking([("1.xlsx", "", "")])] == ["a"]
