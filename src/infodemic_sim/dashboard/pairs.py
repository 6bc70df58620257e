"""Pairs of runs for the page: in worker processes that stay for its whole life, or in this one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from infodemic_sim.errors import WorkerError
from infodemic_sim.study.replicate import Plans, Tables, run_replicate
from infodemic_sim.study.workers import in_executor, own_pool


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

    def of(self, plans: Plans, replicates: int, seed: int) -> Iterator[tuple[int, Tables]]:
        """Replicates with their tables, as they finish; what has not begun is dropped when nobody asks.

        Raises
        ------
        WorkerError
            If a worker died; the next run has new ones.
        """
        if not self.workers:
            for replicate in range(replicates):
                yield replicate, run_replicate(plans, seed=seed, replicate=replicate)
            return
        if self._pool is None:
            self._pool = self._open.enter_context(own_pool(self.workers))
        try:
            yield from in_executor(self._pool, plans, range(replicates), seed=seed, threads=1)
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
