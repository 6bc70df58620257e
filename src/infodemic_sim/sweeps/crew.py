"""Who does the work: this process, worker processes of our own, or any executor."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import ExitStack, contextmanager
from typing import Protocol

from infodemic_sim.errors import WorkerError
from infodemic_sim.study.processes import clean_start, own_pool
from infodemic_sim.study.workers import DIED
from infodemic_sim.sweeps.rows import Harvest
from infodemic_sim.sweeps.working import Batch, run_batch


class Crew(Protocol):
    """Takes batches, and can be made anew after a worker has died."""

    window: int  # batches that may be under way at once

    def submit(self, batch: Batch) -> Future[Harvest]:
        """Begin a batch."""

    def renew(self) -> None:
        """Start again after a worker has died."""


class Alone:
    """Nobody but this process: a batch is done when it is asked for."""

    window = 1

    def submit(self, batch: Batch) -> Future[Harvest]:
        future: Future[Harvest] = Future()
        future.set_result(run_batch(batch))
        return future

    def renew(self) -> None:
        """There is nobody who could die."""


class OwnWorkers:
    """Worker processes that are replaced when one of them dies."""

    def __init__(self, workers: int) -> None:
        self.workers, self.window = workers, 2 * workers
        self.pools = ExitStack()
        self.pool = self.pools.enter_context(own_pool(workers))

    def submit(self, batch: Batch) -> Future[Harvest]:
        try:
            with clean_start():
                return self.pool.submit(run_batch, batch)
        except BrokenExecutor as error:
            future: Future[Harvest] = Future()
            future.set_exception(error)
            return future

    def renew(self) -> None:
        self.pools.close()
        self.pool = self.pools.enter_context(own_pool(self.workers))


class Lent:
    """An executor that somebody else has made, and keeps."""

    def __init__(self, executor: Executor, window: int) -> None:
        self.executor, self.window = executor, window

    def submit(self, batch: Batch) -> Future[Harvest]:
        try:
            return self.executor.submit(run_batch, batch)
        except BrokenExecutor:
            raise WorkerError(DIED) from None

    def renew(self) -> None:
        raise WorkerError(DIED)


@contextmanager
def crew_of(workers: int, executor: Executor | None = None) -> Iterator[Crew]:
    """A crew for as long as the block lasts.

    Parameters
    ----------
    workers : processes; of an executor, how many batches it can work on at once.
    """
    if executor is not None:
        yield Lent(executor, 2 * workers)
    elif workers == 1:
        yield Alone()
    else:
        crew = OwnWorkers(workers)
        with crew.pools:
            yield crew
