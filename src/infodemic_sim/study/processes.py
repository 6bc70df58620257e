"""Worker processes: started clean, one thread each, gone when their parent is gone.

On Linux they are copies of one server process, which has loaded what a run needs: a second pool, or a worker
in the place of another, is there at once, and all share that memory. Elsewhere copying a process is not safe
(libraries of the system may have threads), and each loads everything by itself.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from multiprocessing.context import BaseContext
from types import ModuleType

import numpy as np

SETTINGS = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "PYTHONSAFEPATH": "1",  # the server looks for modules where they are installed, not in the current folder
}
_STARTING = threading.RLock()
"""One thread at a time changes what new processes inherit, and puts it back."""


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
    inherited = {**os.environ, **SETTINGS}
    return ProcessPoolExecutor(workers, _context(), initializer=_start_worker, initargs=(inherited,))


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
        before = {name: os.environ.get(name) for name in SETTINGS}
        script = sys.modules["__main__"]
        os.environ.update(SETTINGS)
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


def _context() -> BaseContext:
    """How processes are started here."""
    if sys.platform != "linux":
        return get_context("spawn")
    from infodemic_sim.study.copies import Copies, begin_server

    with clean_start():
        begin_server()
    return Copies()


def _start_worker(inherited: dict[str, str]) -> None:
    """Take the parent's environment of now, leave Ctrl-C to it, and end when it has ended."""
    os.environ.clear()
    os.environ.update(inherited)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    random.seed()  # a copy would draw what its siblings draw, where a plug-in has luck of its own
    np.random.seed()  # noqa: NPY002 (what such a plug-in uses)
    if (parent := parent_process()) is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
