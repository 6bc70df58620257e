"""Work in a fixed order, by this process or by workers that run ahead: what comes out is the same."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Protocol

import cloudpickle

from infodemic_sim.study.processes import clean_start, own_pool
from infodemic_sim.study.workers import let_go

PER_WORKER = 3
"""Tasks under way for each worker, so that none waits for the slowest."""


class InOrder(Protocol):
    """Results of a function for a line of tasks, in their order; it may be left early."""

    def __call__(self, function: Callable[[Any], Any], tasks: Iterator[Any]) -> Iterator[Any]:
        """Results, one by one."""
        ...


def here(function: Callable[[Any], Any], tasks: Iterator[Any]) -> Iterator[Any]:
    """One after the other in this process."""
    yield from map(function, tasks)


class InWorkers:
    """By the processes of an executor.

    Parameters
    ----------
    ahead : tasks that may be under way at once.
    """

    def __init__(self, executor: Executor, ahead: int) -> None:
        self.executor, self.ahead = executor, ahead

    def __call__(self, function: Callable[[Any], Any], tasks: Iterator[Any]) -> Iterator[Any]:
        """Results, one by one.

        Raises
        ------
        WorkerError
            If a worker ended without giving its result back.
        """
        message, waiting = cloudpickle.dumps(function), deque[Any]()
        with let_go(waiting):
            for task in tasks:
                with clean_start():
                    waiting.append(self.executor.submit(run_task, message, task))
                if len(waiting) >= self.ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()


@contextmanager
def in_order(workers: int) -> Iterator[InOrder]:
    """Work by this process alone, or by so many of our own that end with the block."""
    if workers == 1:
        yield here
        return
    with own_pool(workers) as pool:
        yield InWorkers(pool, PER_WORKER * workers)


def run_task(message: bytes, task: Any) -> Any:
    """What a worker does."""
    return _unpacked(message)(task)


@lru_cache(maxsize=2)
def _unpacked(message: bytes) -> Callable[[Any], Any]:
    return cloudpickle.loads(message)
