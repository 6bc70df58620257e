"""Who does the work: this process, worker processes of our own, or any executor."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from infodemic_sim.errors import WorkerError
from infodemic_sim.study.processes import clean_start, own_pool
from infodemic_sim.study.store import write_text
from infodemic_sim.sweeps.rows import Harvest, told
from infodemic_sim.sweeps.working import Batch, run_batch

FIRST_WORKER, ANOTHER_WORKER = 600.0, 30.0
"""Seconds without any worker: as long as a queue may take to start one, or to put one in another's place."""
NOBODY = (
    "no worker is there, and none has come in {:.0f} seconds: what has finished is kept; start workers, and "
    "the same command goes on from here."
)
BROKE = (
    "a worker of the executor ended without giving its result back, perhaps for lack of memory, and so the "
    "executor takes no more runs ({}): what has finished is kept; go on by the same call with another "
    "executor, or with workers in its place: there a run that always ends its worker costs no other."
)
GAVE_UP = (
    "the executor gave up on its runs ({}), perhaps because it was ended or its workers lack memory: what "
    "has finished is kept, and the same command goes on from here."
)


class Crew(Protocol):
    """Takes batches, and can be made anew after a worker has died."""

    window: int  # batches that may be under way at once
    deaths: Counter[str]  # of workers, by the address of a run that was under way

    def submit(self, batch: Batch) -> Future[Harvest]:
        """Begin a batch."""

    def renew(self, cause: BaseException) -> None:
        """Start again after a worker has died, and all that was under way with it."""

    def watch(self) -> None:
        """Called while nothing comes back; it ends the sweep if nobody is left who could give anything."""

    def heard(self) -> None:
        """Called when something has come back, so that somebody is there."""


class Alone:
    """Nobody but this process: a batch is done when it is asked for.

    Parameters
    ----------
    note : file that names the runs under way, for whoever comes after this process if it is killed.
    """

    window = 1

    def __init__(self, note: Path) -> None:
        self.note, self.deaths = note, _noted(note)

    def submit(self, batch: Batch) -> Future[Harvest]:
        under_way = Counter(job.run for task in batch.tasks for job in task.jobs)
        write_text(self.note, "".join(f"{run} {n}\n" for run, n in (self.deaths + under_way).items()))
        future: Future[Harvest] = Future()
        future.set_result(run_batch(batch))
        return future

    def renew(self, cause: BaseException) -> None:
        """There is nobody who could die."""

    def watch(self) -> None:
        """Nobody is waited for."""

    def heard(self) -> None:
        """It was this process."""


def _noted(note: Path) -> Counter[str]:
    """How often this process was killed over a run; what cannot be read tells of none."""
    with suppress(OSError, ValueError):
        lines = (line.split() for line in note.read_text("utf-8").splitlines())
        return Counter({run: int(times) for run, times in lines})
    return Counter()


class OwnWorkers:
    """Worker processes that are replaced when one of them dies."""

    def __init__(self, workers: int) -> None:
        self.workers, self.window, self.deaths = workers, 2 * workers, Counter[str]()
        self.pools = ExitStack()
        self.pool = self.pools.enter_context(own_pool(workers))

    def submit(self, batch: Batch) -> Future[Harvest]:
        try:
            with clean_start():
                return self.pool.submit(run_batch, batch)
        except BrokenExecutor as error:
            return _ended_by(error)

    def renew(self, cause: BaseException) -> None:
        self.pools.close()
        self.pool = self.pools.enter_context(own_pool(self.workers))

    def watch(self) -> None:
        """A pool that loses a worker says so by itself."""

    def heard(self) -> None:
        """See ``watch``."""


class Lent:
    """An executor that somebody else has made, and keeps.

    One that can lose all its workers without a word has a method ``present``, which counts them.
    """

    def __init__(self, executor: Executor, window: int) -> None:
        self.executor, self.window, self.deaths = executor, window, Counter[str]()
        self.seen, self.patience = time.monotonic(), FIRST_WORKER

    def submit(self, batch: Batch) -> Future[Harvest]:
        try:
            return self.executor.submit(run_batch, batch)
        except BrokenExecutor as error:
            return _ended_by(error)  # it is told of when what has come back is stored
        except Exception as error:  # such as that it has been closed
            raise WorkerError(GAVE_UP.format(told(error))) from error

    def renew(self, cause: BaseException) -> None:
        raise WorkerError(BROKE.format(told(cause))) from cause

    def heard(self) -> None:
        self.seen, self.patience = time.monotonic(), ANOTHER_WORKER

    def watch(self) -> None:
        present = getattr(self.executor, "present", None)
        if present is None:
            return
        if present():
            self.heard()
        elif time.monotonic() - self.seen > self.patience:
            raise WorkerError(NOBODY.format(self.patience))


def _ended_by(error: BaseException) -> Future[Harvest]:
    future: Future[Harvest] = Future()
    future.set_exception(error)
    return future


def killed_its_workers(fault: BaseException | None) -> bool:
    """Whether Dask gave up on a batch because each worker that had it died, and goes on with the others."""
    distributed = sys.modules.get("distributed")
    return distributed is not None and isinstance(fault, distributed.KilledWorker)


@contextmanager
def crew_of(workers: int, executor: Executor | None, note: Path) -> Iterator[Crew]:
    """A crew for as long as the block lasts.

    Parameters
    ----------
    workers : processes; of an executor, how many batches it can work on at once.
    note : where a process that works alone says what is under way.
    """
    if executor is not None:
        yield Lent(executor, 2 * workers)
    elif workers == 1:
        try:
            yield Alone(note)
        finally:  # however it ended, this process is alive
            with suppress(OSError):  # of which what ended it has told
                note.unlink()
    else:
        crew = OwnWorkers(workers)
        with crew.pools:
            yield crew
