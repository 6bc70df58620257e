"""Ctrl-C that is never lost, though it may come in the middle of a kernel or of an import."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from infodemic_sim.errors import InfodemicError

_asked = threading.Event()


@contextmanager
def ctrl_c_heard() -> Iterator[None]:
    """While the block lasts Ctrl-C ends it with ``KeyboardInterrupt``, whatever becomes of the first.

    Compiled code and half-done imports turn an interrupt into an error of another kind, or swallow it. Here
    it is remembered: any error that follows is the interrupt again, and ``stop_if_asked`` raises what was
    swallowed. Blocks may be nested. Where Ctrl-C means something else, as in a worker, it stays so.
    """
    outermost = _may_listen()
    if outermost:
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


def stop_if_asked() -> None:
    """Raise the interrupt that was asked for and got lost, if there was one."""
    if _asked.is_set():
        raise KeyboardInterrupt


def obeyed() -> None:
    """The interrupt has ended what it was to end; what is made of the rest is not to be stopped by it."""
    _asked.clear()


def _may_listen() -> bool:
    is_main = threading.current_thread() is threading.main_thread()
    return is_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler


def _hear(number: int, frame: FrameType | None) -> None:
    _asked.set()
    raise KeyboardInterrupt
