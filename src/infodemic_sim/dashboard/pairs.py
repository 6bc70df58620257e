"""Pairs of runs for the page: in worker processes that stay for its whole life, or in this one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from threading import Lock
from types import TracebackType
from typing import Any, Self

from infodemic_sim.dashboard.beside import Beside, Work, in_worker
from infodemic_sim.errors import WorkerError
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import running
from infodemic_sim.study.plans import Plans
from infodemic_sim.study.processes import new_pool, stop
from infodemic_sim.study.replicate import run_replicate
from infodemic_sim.study.workers import in_executor


class Pairs:
    """Makes replicates of plans.

    Parameters
    ----------
    workers : processes; 0: none but this one.
    ready : whose workers are taken first, and have what is returned.
    """

    def __init__(self, workers: int = 0, ready: Pairs | None = None) -> None:
        self.workers, self.ready = workers, ready
        self._pool: ProcessPoolExecutor | None = None
        self._changing = Lock()

    def for_one_run(self) -> Pairs:
        """Workers of a run's own, so that who stops it can end them all, and cuts no other run off."""
        return Pairs(self.workers, ready=self)

    def returned(self) -> None:
        """Leave workers that are at nothing any more to the next run."""
        if self.ready and self.ready.taken_over(self._pool):
            self._pool = None

    def taken_over(self, pool: ProcessPoolExecutor | None) -> bool:
        """Whether others' workers are these from now on: not where there are some already."""
        with self._changing:
            free = self._pool is None
            self._pool = pool if free else self._pool
        return free

    def handed_over(self) -> ProcessPoolExecutor | None:
        """The workers that are ready, for who asks first."""
        with self._changing:
            pool, self._pool = self._pool, None
        return pool

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
        pool = self._workers()
        return self._beside(pool, in_executor(pool, plans, replicates, seed=seed, threads=1))

    def beside(self, make: Callable[..., Iterator[Any]], *given: Any) -> Beside:
        """What a generator function makes in a worker, which begins now; there has to be one.

        Raises
        ------
        WorkerError
            If the worker died; the next run has new ones.
        """
        pool = self._workers()
        return self._beside(pool, in_worker(pool, make, *given))

    def wake(self, plan: Scenario) -> None:
        """Let workers start, and all processes load what a run needs, before anybody asks for one.

        What goes wrong on the way goes wrong again in the run, and is told there.
        """
        if self.workers and self._pool is None:
            for _ in range(self.workers):
                self.beside(first_step, plan)
            Beside(first_step(plan))

    def _workers(self) -> ProcessPoolExecutor:
        with self._changing:
            if self._pool is None:
                self._pool = (self.ready and self.ready.handed_over()) or new_pool(self.workers)
            return self._pool

    def _beside(self, pool: ProcessPoolExecutor, work: Iterator[Any]) -> Beside:
        """Work of these workers, which are let go once one of them has died."""

        def mended() -> Work:
            try:
                yield from work
            except WorkerError:
                self._let_go(pool)
                raise

        return Beside(mended())

    def _let_go(self, pool: ProcessPoolExecutor | None) -> None:
        """Stop workers, unless others have taken their place already."""
        with self._changing:
            if pool is None or pool is not self._pool:
                return
            self._pool = None
        stop(pool)

    def close(self) -> None:
        """Let the workers go, whatever they are at."""
        self._let_go(self._pool)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def first_step(plan: Scenario) -> Work:
    """Makes nothing; its kernels are loaded, or compiled, once it has ended."""
    with running(plan.but(warm_up=0.0), seed=0) as run:
        run.step()
    yield from ()
