"""Work in other processes, some of which die."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager

from addin.merging.workers import each, local

DEADLY = (7, 23)


def squares(numbers: Sequence[int]) -> list[int]:
    """Squares; a process that is given a deadly number ends at once."""
    if not set(numbers).isdisjoint(DEADLY):
        os._exit(1)
    return [number * number for number in numbers]


def test_every_item_is_done_though_workers_die_on_some() -> None:
    done = each(local(2), squares, range(40), lambda number: -number)
    assert sorted(done) == sorted([n * n for n in range(40) if n not in DEADLY] + [-7, -23])


def test_without_items_nothing_is_done() -> None:
    assert list(each(local(1), squares, [], lambda number: -number)) == []


class Counting(ThreadPoolExecutor):
    """Counts the tasks that are handed over."""

    handed = 0

    def submit(self, *arguments: object, **named: object) -> Future[object]:  # type: ignore[override]
        type(self).handed += 1
        return super().submit(*arguments, **named)  # type: ignore[arg-type]


def test_items_are_taken_as_they_are_needed_not_all_at_once() -> None:
    taken = 0

    def many() -> Iterator[int]:
        nonlocal taken
        for number in range(100_000):
            taken += 1
            yield number

    @contextmanager
    def pool() -> Iterator[Executor]:
        with Counting(1) as executor:
            yield executor

    done = each(pool, list, many(), lambda number: -number)
    assert next(done) == 0
    assert taken < 1000
    assert Counting.handed < 100
    done.close()  # type: ignore[attr-defined]
