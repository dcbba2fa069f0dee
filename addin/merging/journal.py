"""The journal of a merging: what has been received, on disk, so that an interrupted merging goes on where it stopped
and the rows of all workbooks never are in memory together.

A SQLite database beside the output. It may be deleted at any time: then everything is received anew.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter

from addin.merging.arrival import Arrival, Contest, Person, Received
from addin.merging.folder import Found
from addin.merging.receive import Trust

__all__ = ["Journal", "Placed", "journal_of", "opened"]

_FORMAT = 1
_TOGETHER = 50
"""Workbooks that go to disk together: a power failure costs no more than reading these again."""
_TABLES = """
CREATE TABLE IF NOT EXISTS made (circumstances TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS arrival
    (file TEXT PRIMARY KEY, size INTEGER, modified INTEGER, content TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS person
    (file TEXT, n INTEGER, content TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (file, n)) WITHOUT ROWID;
"""
_ARRIVAL = TypeAdapter(Arrival)


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of the merged ranking."""

    rank: int | None
    branch: str
    unit: str
    person: Person


def journal_of(out: Path) -> Path:
    """Where the journal of an output lies."""
    return out.with_name(f"{out.stem}.汇总进度")


@contextmanager
def opened(path: Path, trust: Trust, patience: float = 5) -> Iterator[Journal]:
    """Open or begin a journal. One of another version of StarScore or of other trusted keys begins anew.

    Raises OSError where it cannot be written, or another merging holds it for more than ``patience`` seconds.
    """
    circumstances = hashlib.sha256(repr((_FORMAT, version("starscore"), trust)).encode()).hexdigest()
    try:
        try:
            base = _connected(path, circumstances, patience)
        except sqlite3.OperationalError:  # in use, or out of reach
            raise
        except sqlite3.DatabaseError:  # another file of this name, or a damaged one
            path.unlink()
            base = _connected(path, circumstances, patience)
        try:
            yield Journal(base)
        finally:
            base.commit()
            base.close()
    except sqlite3.OperationalError as failed:
        raise OSError(0, str(failed), str(path)) from failed


def _connected(path: Path, circumstances: str, patience: float) -> sqlite3.Connection:
    base = sqlite3.connect(path, patience)
    try:
        base.executescript(_TABLES)
        if base.execute("SELECT circumstances FROM made").fetchall() != [(circumstances,)]:
            for table in ("made", "arrival", "person"):
                base.execute(f"DELETE FROM {table}")
            base.execute("INSERT INTO made VALUES (?)", (circumstances,))
            base.commit()
    except sqlite3.DatabaseError:
        base.close()
        raise
    return base


class Journal:
    """An open journal."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._entered = 0

    def still_to_do(self, there: Sequence[Found]) -> list[Found]:
        """The files that are not in the journal as they are now; those that are gone leave it."""
        listed = self._base.execute("SELECT file, size, modified FROM arrival")
        known = {file: (size, modified) for file, size, modified in listed}
        with self._base:
            for gone in known.keys() - {found.name for found in there}:
                self._forget(gone)
        return [found for found in there if known.get(found.name) != (found.size, found.modified)]

    def enter(self, received: Received, found: Found) -> None:
        """Enter what was received. It is on disk at the latest when the journal is closed, whatever ends the work."""
        arrival = received.arrival
        self._forget(arrival.file)
        content = _ARRIVAL.dump_json(arrival).decode()
        self._base.execute(
            "INSERT INTO arrival VALUES (?, ?, ?, ?)", (arrival.file, found.size, found.modified, content)
        )
        self._base.executemany(
            "INSERT INTO person VALUES (?, ?, ?, ?)",
            ((arrival.file, n, _written(person), person.key) for n, person in enumerate(received.persons)),
        )
        self._entered += 1
        if self._entered % _TOGETHER == 0:
            self._base.commit()

    def _forget(self, file: str) -> None:
        self._base.execute("DELETE FROM arrival WHERE file = ?", (file,))
        self._base.execute("DELETE FROM person WHERE file = ?", (file,))

    def arrivals(self) -> Iterator[Arrival]:
        """All arrivals by file. What many have in common is in memory once: contests, lowest and highest points."""
        contests: dict[Contest | None, Contest | None] = {}
        ends: dict[str, Decimal] = {}
        for (content,) in self._base.execute("SELECT content FROM arrival ORDER BY file"):
            arrival = _ARRIVAL.validate_json(content)
            figures = tuple(
                replace(f, low=ends.setdefault(str(f.low), f.low), high=ends.setdefault(str(f.high), f.high))
                for f in arrival.figures
            )
            yield replace(arrival, contest=contests.setdefault(arrival.contest, arrival.contest), figures=figures)

    def ranking(self, counted: Iterable[tuple[str, str, str]]) -> Iterator[Placed]:
        """The rows of some files (each with branch and unit) in one order, best first, equals sharing the better rank;
        then those without a rank.
        """
        base = self._base
        base.execute("CREATE TEMP TABLE IF NOT EXISTS counted (file TEXT PRIMARY KEY, branch TEXT, unit TEXT)")
        base.execute("DELETE FROM counted")
        base.executemany("INSERT INTO counted VALUES (?, ?, ?)", counted)
        rows = base.execute(
            "SELECT key, branch, unit, content FROM counted CROSS JOIN person USING (file)"
            " ORDER BY key = '', key, branch, unit, file, n"
        )
        rank, last = 0, ""
        for place, (key, branch, unit, content) in enumerate(rows, start=1):
            if key != last:
                rank, last = place, key
            yield Placed(rank if key else None, branch, unit, _read(content, key))


def _written(person: Person) -> str:
    points = [None if value is None else str(value) for value in person.points]
    total = None if person.total is None else str(person.total)
    values = (person.id, person.name, person.pool, points, total, person.rank, person.outcome, person.won)
    return json.dumps(values, ensure_ascii=False)


def _read(content: str, key: str) -> Person:
    identity, name, pool, points, total, rank, outcome, won = json.loads(content)
    numbers = tuple(None if value is None else Decimal(value) for value in points)
    return Person(identity, name, pool, numbers, None if total is None else Decimal(total), rank, outcome, won, key)
