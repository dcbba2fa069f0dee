"""The same work on this machine's processes or on a Dask cluster: both are executors of ``concurrent.futures``."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from typing import TypeVar

__all__ = ["MOST_WORKERS", "OpenPool", "cluster", "each", "local"]

Item = TypeVar("Item")
Done = TypeVar("Done")
OpenPool = Callable[[], AbstractContextManager[Executor]]

MOST_WORKERS = 60
"""Windows waits for no more at a time."""
_BATCH = 8
"""Items of one task: enough that handing it over costs little, and few to try again when a worker dies."""
_AHEAD = 64
"""Tasks that are handed over before their turn: what is done is taken up before more is begun, so nothing piles up."""


def local(workers: int | None = None) -> OpenPool:
    """Processes of this machine, one for each processor unless told; begun anew rather than forked: on every system
    alike, and safe beside threads.
    """
    number = workers or min(os.cpu_count() or 1, MOST_WORKERS)
    return lambda: ProcessPoolExecutor(number, multiprocessing.get_context("spawn"))


def cluster(address: str) -> OpenPool:
    """The workers of a Dask scheduler, ``tcp://host:8786``. They must see the folder under the same path.

    Raises ImportError where Dask is not installed; opening raises OSError where nobody answers.
    """
    from distributed import Client  # noqa: PLC0415 (an extra, and slow to import)

    @contextmanager
    def opened() -> Iterator[Executor]:
        with Client(address) as client:
            yield client.get_executor()

    return opened


def each(
    open_pool: OpenPool,
    task: Callable[[Sequence[Item]], list[Done]],
    items: Iterable[Item],
    lost: Callable[[Item], Done],
) -> Iterator[Done]:
    """What the task makes of each item, in no order. The task must not raise.

    An item on which a worker dies (a file that takes all memory) gives ``lost(item)``, and the others go on: the items
    that were under way are tried again one by one.
    """
    waiting = iter(items)
    while True:
        suspects: list[Item] = []
        yield from _until_broken(open_pool, task, waiting, suspects)
        if not suspects:
            return
        yield from _one_by_one(open_pool, task, suspects, lost)


def _until_broken(
    open_pool: OpenPool, task: Callable[[Sequence[Item]], list[Done]], items: Iterator[Item], suspects: list[Item]
) -> Iterator[Done]:
    """Work until all is done or the pool is broken; what was under way then goes to ``suspects``."""
    with open_pool() as pool:
        running: dict[Future[list[Done]], list[Item]] = {}
        broken = False
        while True:
            while not broken and len(running) < _AHEAD and (batch := list(islice(items, _BATCH))):
                try:
                    running[pool.submit(task, batch)] = batch
                except BrokenExecutor:
                    suspects += batch
                    broken = True
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                batch = running.pop(future)
                failed = future.exception()
                if failed is None:
                    yield from future.result()
                else:
                    suspects += batch
                    broken |= isinstance(failed, BrokenExecutor)


def _one_by_one(
    open_pool: OpenPool,
    task: Callable[[Sequence[Item]], list[Done]],
    suspects: Sequence[Item],
    lost: Callable[[Item], Done],
) -> Iterator[Done]:
    left = list(suspects)
    while left:
        with open_pool() as pool:
            while left:
                item = left.pop(0)
                failed = (future := pool.submit(task, [item])).exception()
                if failed is None:
                    yield from future.result()
                    continue
                yield lost(item)
                if isinstance(failed, BrokenExecutor):
                    break
