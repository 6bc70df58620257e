"""Worker processes as copies of a server, on Linux: it has loaded what a run needs, once for all of them."""

from __future__ import annotations

import time
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.process import BaseProcess
from typing import Any

LOADED = ("infodemic_sim.study.readied",)
"""What the server loads before it is copied."""
TRIES, PAUSE = 20, 0.1
"""How often a copy is asked for, and seconds between: a server that is killed takes some time to be gone."""


def begin_server() -> None:
    """Let the server load while work for its copies is being prepared; it stays for the next pools."""
    forkserver.set_forkserver_preload(list(LOADED))
    forkserver.ensure_running()


class Copy(ForkServerProcess):
    """A process that is asked for again where the server dies meanwhile, as no work is lost with it."""

    @staticmethod
    def _Popen(process: BaseProcess) -> Any:
        for _ in range(TRIES):
            with suppress(EOFError, ConnectionError):
                return ForkServerProcess._Popen(process)
            time.sleep(PAUSE)
        raise BrokenProcessPool("the server of workers dies again and again.")


class Copies(ForkServerContext):
    """Makes copies of the server."""

    Process = Copy
