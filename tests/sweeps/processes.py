"""Processes, for those who count, interrupt or kill them."""

from __future__ import annotations

import signal
from contextlib import suppress

import psutil


def hears_ctrl_c() -> None:
    """For a new process: it does so also where the tests run in the background, and do not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def workers_of(pid: int) -> list[psutil.Process]:
    """Worker processes of a process: copies of its server, or started by itself where there is none."""
    copies = [worker for server in servers_of(pid) for worker in _children(server.pid)]
    return copies + [child for child in _children(pid) if "spawn_main" in _command(child)]


def servers_of(pid: int) -> list[psutil.Process]:
    """The process of which the workers of a process are copies, if it has one."""
    return [child for child in _children(pid) if "multiprocessing.forkserver" in _command(child)]


def _children(pid: int) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).children()
    return []


def _command(process: psutil.Process) -> str:
    with suppress(psutil.NoSuchProcess):
        return " ".join(process.cmdline())
    return ""
