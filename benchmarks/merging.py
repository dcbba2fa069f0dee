"""How long it takes to merge many sealed workbooks, each read, verified and reckoned again, against python-calamine
alone reading the same sheets in as many processes; and how much memory the main process takes.

    python -m benchmarks.merging [--in FOLDER] [--workers N] [--dask] [--main COUNT] [COUNT …]

Making the workbooks takes longer than merging them (half a second each); with ``--in`` they are kept for another time.
With ``--dask`` both go over a Dask LocalCluster.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from addin.merging.book import Merging, write_book
from addin.merging.folder import Found, workbooks_in
from addin.merging.journal import journal_of, opened
from addin.merging.merge import Wanted, judged, merge
from addin.merging.receive import Trust, receive
from addin.merging.verdicts import Verdict
from addin.merging.workers import OpenPool, cluster, each, local
from benchmarks.made_up import write_sealed
from benchmarks.reading import bare


def bare_all(batch: Sequence[Found]) -> list[None]:
    """Read some workbooks with calamine, as a worker does."""
    return [bare(Path(found.path)) for found in batch]


def on_dask(workers: int) -> OpenPool:
    """The processes of a Dask cluster on this machine, which is there while the work goes on."""
    from distributed import LocalCluster  # noqa: PLC0415 (an extra, and slow to import)

    @contextmanager
    def opened_there() -> Iterator[Executor]:
        with (
            LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as here,
            cluster(here.scheduler_address)() as executor,
        ):
            yield executor

    return opened_there


class Cost(NamedTuple):
    """What a piece of work takes."""

    elapsed: float
    processor: float
    """Of this process and those that it started: other programs on the machine do not count."""


def cost(work: Callable[[], object]) -> Cost:
    """Seconds that the work takes."""
    begun, before = time.perf_counter(), os.times()
    work()
    elapsed, after = time.perf_counter() - begun, os.times()
    return Cost(elapsed, sum(after[:4]) - sum(before[:4]))


def compared(folder: Path, count: int, open_pool: OpenPool) -> str:
    """Merge the first so many workbooks of a folder, before and after calamine has read them."""
    with tempfile.TemporaryDirectory() as place:
        here, out = Path(place) / "in", Path(place) / "汇总.xlsx"
        here.mkdir()
        for path in sorted(folder.glob("[0-9]*.xlsx"))[:count]:
            os.link(path, here / path.name)

        def alone() -> None:
            list(each(open_pool, bare_all, workbooks_in(here, out), lambda _: None))

        merged: list[Merging] = []
        before, ours, after = (
            cost(work) for work in (alone, lambda: merged.append(merge(here, out, open_pool)), alone)
        )
        counted = sum(1 for verdict in merged[0].judgement.verdicts.values() if verdict is Verdict.COUNTED)
    elapsed, processor = (min(one, other) for one, other in zip(before, after, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{count} workbooks: {counted} counted, {ours.elapsed:.1f} s, "
        f"{ours.processor / count * 1e3:.1f} ms of processor time each; times calamine alone: "
        f"{ours.elapsed / elapsed:.2f} elapsed, {ours.processor / processor:.2f} of processor time; "
        f"main process at most {peak:.0f} MB"
    )


def main_process(first: Path, count: int) -> str:
    """What the main process does alone: enter, judge and write what workers would send of so many workbooks. They are
    the first one under other names.
    """
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "汇总.xlsx"
        found = next(iter(workbooks_in(first.parent, out)))
        received = receive(found, Trust())

        def work() -> None:
            with opened(journal_of(out), Trust()) as journal:
                for n in range(count):
                    names = {"file": f"{n}.xlsx", "unit": f"第{n}支行", "digest": str(n)}
                    journal.enter(replace(received, arrival=replace(received.arrival, **names)), found)
                merging = judged(list(journal.arrivals()), Wanted())
                write_book(merging, journal, out)

        took = cost(work)
        size = out.stat().st_size / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"main process alone, {count} workbooks: {took.processor:.0f} s, at most {peak:.0f} MB, a file of {size:.0f} MB"
    )


def main() -> None:
    """Print the ratio for each number of workbooks, smaller first."""
    options = argparse.ArgumentParser()
    options.add_argument("--in", dest="folder", type=Path)
    options.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options.add_argument("--dask", action="store_true", help="over a Dask cluster on this machine")
    options.add_argument("--main", type=int, default=0, help="so many workbooks in the main process alone")
    options.add_argument("counts", type=int, nargs="*")
    asked = options.parse_args()
    open_pool = on_dask(asked.workers) if asked.dask else local(asked.workers)
    with tempfile.TemporaryDirectory() as place:
        folder = asked.folder or Path(place)
        write_sealed(folder, max([1, *asked.counts]))
        for count in sorted(asked.counts):
            print(compared(folder, count, open_pool), flush=True)
        if asked.main:
            print(main_process(folder / "00000.xlsx", asked.main))


if __name__ == "__main__":
    main()
