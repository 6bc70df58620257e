"""Replicates in other processes, which send their tables back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from infodemic_sim.errors import WorkerError
from infodemic_sim.faults import able_to_travel
from infodemic_sim.study.handover import packed, unpacked
from infodemic_sim.study.plans import Plans
from infodemic_sim.study.processes import clean_start, own_pool
from infodemic_sim.study.replicate import Tables, run_replicate
from infodemic_sim.study.shared_past import SharedPast
from infodemic_sim.study.unknowns import Unknowns

DIED = "a worker process ended without giving its result back, perhaps for lack of memory: try fewer workers."

CLOSED = "the executor takes no runs ({}): give one that is open, or workers in its place."


def in_executor(
    executor: Executor,
    plans: Plans,
    replicates: Sequence[int],
    *,
    seed: int,
    threads: int,
    unknowns: Unknowns | None = None,
    past: SharedPast | None = None,
) -> Iterator[tuple[int, Tables]]:
    """Replicates with their tables, in order of completion; what has not begun is cancelled at the end.

    Raises
    ------
    WorkerError
        If a worker ended without giving its result back.
    """
    with tempfile.TemporaryDirectory(prefix="infodemic-graphs-") as folder:
        message = packed(plans, Path(folder), unknowns, past)
        waiting: dict[Future[Tables], int] = {}
        with let_go(waiting):
            with clean_start():
                for replicate in replicates:
                    waiting[_given(executor, message, seed, replicate, threads)] = replicate
            for future in as_completed(waiting):
                yield waiting[future], future.result()


def _given(executor: Executor, *words: Any) -> Future[Tables]:
    """One replicate given to an executor; why it takes none, such as that it was closed, in our words."""
    try:
        return executor.submit(run_task, *words)
    except BrokenExecutor:
        raise
    except RuntimeError as error:
        raise WorkerError(CLOSED.format(error)) from None


@contextmanager
def let_go(waiting: Iterable[Future[Any]]) -> Iterator[None]:
    """What has not begun when the block ends is cancelled; a worker's death is told in our words.

    Executors that have lost a worker give up what waits by themselves, and that of Python 3.11 stumbles over
    what somebody cancels meanwhile.

    Raises
    ------
    WorkerError
        If a worker ended without giving its result back.
    """
    broken = False
    try:
        yield
    except BrokenExecutor:
        broken = True
        raise WorkerError(DIED) from None
    finally:
        for future in () if broken else waiting:
            future.cancel()


def in_own_workers(
    workers: int,
    plans: Plans,
    replicates: Sequence[int],
    *,
    seed: int,
    threads: int,
    unknowns: Unknowns | None = None,
    past: SharedPast | None = None,
) -> Iterator[tuple[int, Tables]]:
    """Replicates with their tables, from worker processes of our own."""
    with own_pool(min(workers, len(replicates))) as pool:
        yield from in_executor(
            pool, plans, replicates, seed=seed, threads=threads, unknowns=unknowns, past=past
        )


def run_task(message: bytes, seed: int, replicate: int, threads: int) -> Tables:
    """What a worker does: one replicate of all plans."""
    plans, unknowns, past = unpacked(message)
    words = {"threads": threads, "unknowns": unknowns, "past": past}
    try:
        return run_replicate(plans, seed=seed, replicate=replicate, **words)
    except Exception as error:
        raise able_to_travel(error)  # noqa: B904
