"""Pairs of runs for the page: in worker processes that stay for its whole life, or in this one."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing
from queue import Queue
from threading import Event, Thread
from types import TracebackType
from typing import Self

from infodemic_sim.errors import WorkerError
from infodemic_sim.study.plans import Plans
from infodemic_sim.study.replicate import Tables, run_replicate
from infodemic_sim.study.workers import in_executor, own_pool

Made = tuple[int, Tables]
"""A replicate's number and its tables."""
Work = Generator[Made, None, None]


class Pairs:
    """Makes replicates of plans.

    Parameters
    ----------
    workers : processes; 0: none but this one.
    """

    def __init__(self, workers: int = 0) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None
        self._open = ExitStack()

    def begin(self, plans: Plans, replicates: Sequence[int], seed: int) -> Work | Beside:
        """Replicates with their tables, as they finish; workers begin now, before anybody asks.

        What has not begun is dropped once nobody asks for more.

        Raises
        ------
        WorkerError
            If a worker died; the next run has new ones.
        """
        if not self.workers or not replicates:
            return ((k, run_replicate(plans, seed=seed, replicate=k)) for k in replicates)
        if self._pool is None:
            self._pool = self._open.enter_context(own_pool(self.workers))
        return Beside(self._in_workers(self._pool, plans, replicates, seed))

    def _in_workers(
        self, pool: ProcessPoolExecutor, plans: Plans, replicates: Sequence[int], seed: int
    ) -> Work:
        try:
            yield from in_executor(pool, plans, replicates, seed=seed, threads=1)
        except WorkerError:
            self.close()
            raise

    def close(self) -> None:
        """Let the workers go."""
        self._pool = None
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Beside:
    """Some work that begins now, in a thread; what it has made, or its error, comes when it is asked for."""

    def __init__(self, work: Work) -> None:
        self._made: Queue[Made | Exception | None] = Queue()
        self._enough = Event()
        Thread(target=self._go, args=(work,), daemon=True).start()

    def _go(self, work: Work) -> None:
        try:
            with closing(work):
                for each in work:
                    self._made.put(each)
                    if self._enough.is_set():
                        return
            self._made.put(None)
        except Exception as error:
            self._made.put(error)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Made:
        each = self._made.get()
        if each is None:
            raise StopIteration
        if isinstance(each, Exception):
            raise each
        return each

    def close(self) -> None:
        """Nobody will ask for more."""
        self._enough.set()
