"""Work that goes on beside what asks for it: a generator in a thread, or in a worker process."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from typing import Any, Self

from infodemic_sim.errors import WorkerError
from infodemic_sim.study.handover import sent, unpacked
from infodemic_sim.study.processes import clean_start
from infodemic_sim.study.workers import DIED, let_go

PATIENCE = 0.1
"""Seconds between two looks whether a worker that says nothing is still there."""

Work = Generator[Any, None, None]


class Beside:
    """Some work that begins now, in a thread; what it has made, or its error, comes when it is asked for."""

    def __init__(self, work: Work) -> None:
        self._made: Queue[tuple[Any] | BaseException | None] = Queue()
        self._enough = Event()
        Thread(target=self._go, args=(work,), daemon=True).start()

    def _go(self, work: Work) -> None:
        try:
            with closing(work):
                for each in work:
                    self._made.put((each,))
                    if self._enough.is_set():
                        return
            self._made.put(None)
        except BaseException as error:  # Ctrl-C too is for those who asked
            self._made.put(error)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Any:
        made = self._made.get()
        if made is None:
            raise StopIteration
        if isinstance(made, BaseException):
            raise made
        return made[0]

    def close(self) -> None:
        """Nobody will ask for more."""
        self._enough.set()


def in_worker(pool: Executor, make: Callable[..., Iterator[Any]], *given: Any) -> Work:
    """What a generator function makes in a worker, each as it comes about.

    Raises
    ------
    WorkerError
        If the worker died.
    """
    with tempfile.TemporaryDirectory(prefix="infodemic-graphs-") as folder:
        reader, writer = Pipe(duplex=False)
        with reader, writer:
            message = sent((make, given), Path(folder))
            with clean_start():
                made = pool.submit(_send, message, writer)
            with let_go([made]):
                yield from _received(reader, writer, made)


def _received(reader: Connection, writer: Connection, made: Future[bool]) -> Work:
    """What comes through a pipe, until the work is done and nothing is left in it.

    With its first word the worker says that it has the other end. From then on nobody else holds it, so that
    a worker that dies in the middle of a word is not waited for.
    """
    with suppress(EOFError, OSError):  # at the end of the pipe, or in the middle of a word
        while reader.poll() or not made.done():
            if not reader.poll(PATIENCE):
                continue
            said = reader.recv()
            if writer.closed:
                yield said
            else:
                writer.close()
    if not made.result():
        raise WorkerError(DIED)


def _send(message: bytes, writer: Connection) -> bool:
    """What the worker does, and whether all was said; once nobody listens any more it ends."""
    with writer, suppress(BrokenPipeError):
        writer.send("here")
        make, given = unpacked(message)
        for each in make(*given):
            writer.send(each)
        return True
    return False
