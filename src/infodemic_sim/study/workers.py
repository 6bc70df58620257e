"""Replicates in other processes: started clean, one thread each, gone when their parent is gone."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from types import ModuleType
from typing import Any

from infodemic_sim.errors import WorkerError
from infodemic_sim.study.handover import packed, unpacked
from infodemic_sim.study.plans import Plans
from infodemic_sim.study.replicate import Tables, run_replicate
from infodemic_sim.study.shared_past import SharedPast
from infodemic_sim.study.unknowns import Unknowns

DIED = "a worker process ended without giving its result back, perhaps for lack of memory: try fewer workers."
_STARTING = threading.RLock()
"""One thread at a time changes what new processes inherit, and puts it back."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}


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
                    waiting[executor.submit(run_task, message, seed, replicate, threads)] = replicate
            for future in as_completed(waiting):
                yield waiting[future], future.result()


@contextmanager
def let_go(waiting: Iterable[Future[Any]]) -> Iterator[None]:
    """What has not begun when the block ends is cancelled; a worker's death is told in our words.

    Raises
    ------
    WorkerError
        If a worker ended without giving its result back.
    """
    try:
        yield
    except BrokenExecutor:
        raise WorkerError(DIED) from None
    finally:
        for future in waiting:
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
    return run_replicate(plans, seed=seed, replicate=replicate, threads=threads, unknowns=unknowns, past=past)


@contextmanager
def own_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes; when the block is left early they are stopped, not waited for."""
    pool = new_pool(workers)
    try:
        yield pool
    except BaseException:
        stop(pool)
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def new_pool(workers: int) -> ProcessPoolExecutor:
    """Worker processes, for who stops them; each starts with the first work for it."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start_worker)


def stop(pool: ProcessPoolExecutor) -> None:
    """End worker processes, whatever they are at, and those that are just being started."""
    processes = pool._processes  # none any more once it has been shut down
    pool.shutdown(wait=False, cancel_futures=True)  # from here on none is started
    ended = list((processes or {}).values())
    for process in ended:
        process.terminate()
    for process in ended:
        process.join()


@contextmanager
def clean_start() -> Iterator[None]:
    """Processes started in this block get one thread for linear algebra and do not import the user's script.

    Plans travel by value, so a script needs no guard against being run again by its own workers.
    """
    with _STARTING, ctrl_c_held_back():
        before = {name: os.environ.get(name) for name in ONE_THREAD}
        script = sys.modules["__main__"]
        os.environ.update(ONE_THREAD)
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = script
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})


@contextmanager
def ctrl_c_held_back() -> Iterator[None]:
    """Ctrl-C waits for the end of the block, and processes started in it never see it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, and end when the parent has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if (parent := parent_process()) is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
