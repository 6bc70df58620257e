"""Ctrl-C that is never lost, though it may come in the middle of a kernel or of an import."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from infodemic_sim.errors import InfodemicError

ENDINGS = ("SIGTERM", "SIGHUP")
"""A queue sends the first before it kills a job, and a terminal the second when it is closed."""

_asked = threading.Event()
_ended: list[int] = []
"""The signal that ends this process, once it has come."""
_held_back = 0
"""Blocks that are gone through to their end."""
_obeyed = threading.Event()
"""Set from when the interrupt has ended the work until what came of it is safe."""


@contextmanager
def ctrl_c_heard() -> Iterator[None]:
    """While the block lasts Ctrl-C ends it with ``KeyboardInterrupt``, whatever becomes of the first.

    Compiled code and half-done imports turn an interrupt into an error of another kind, or swallow it. Here
    it is remembered: any error that follows is the interrupt again, and ``stop_if_asked`` raises what was
    swallowed. Blocks may be nested. Where Ctrl-C means something else, as in a worker, it stays so.
    """
    outermost = _may_listen(signal.SIGINT, signal.default_int_handler)
    if outermost:
        _obeyed.clear()
        signal.signal(signal.SIGINT, _hear)
    try:
        yield
    except InfodemicError:
        raise  # it says something that should be read
    except Exception as error:
        if _asked.is_set():
            raise KeyboardInterrupt from error
        raise
    finally:
        if outermost:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            _asked.clear()
            _obeyed.clear()


@contextmanager
def endings_heard() -> Iterator[None]:
    """When the system asks the process to end, the block ends as by Ctrl-C, and then the process.

    Blocks may be nested: the outermost leaves with ``SystemExit``, 128 and the number of the signal. Where
    such a signal is not heard, as under nohup, or means something else, it stays so.
    """
    names = [name for name in ENDINGS if hasattr(signal, name)]
    heard = [number for name in names if _may_listen(number := getattr(signal, name), signal.SIG_DFL)]
    for number in heard:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in heard:
            if signal.getsignal(number) is _end:
                signal.signal(number, signal.SIG_DFL)
        if heard and _ended:
            _asked.clear()
            raise SystemExit(128 + _ended.pop())


@contextmanager
def to_the_end() -> Iterator[None]:
    """What is asked for in the block comes after it, where it is heard at all."""
    global _held_back
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _held_back += 1
    try:
        yield
    finally:
        _held_back -= 1
    if not _held_back:
        stop_if_asked()


def stop_if_asked() -> None:
    """Raise the interrupt that was asked for and got lost, if there was one."""
    if _asked.is_set():
        raise KeyboardInterrupt


def obeyed() -> None:
    """The interrupt has ended what it was to end; what is made of the rest is not to be stopped by it.

    Nor by another: from here to the end of the outermost block of ``ctrl_c_heard`` none is heard.
    """
    _asked.clear()
    _obeyed.set()


def _may_listen(number: int, default: object) -> bool:
    return threading.current_thread() is threading.main_thread() and signal.getsignal(number) is default


def _hear(number: int, frame: FrameType | None) -> None:
    if _obeyed.is_set():
        return
    _asked.set()
    if not _held_back:
        raise KeyboardInterrupt


def _end(number: int, frame: FrameType | None) -> None:
    _ended[:] = [number]
    _hear(number, frame)
