"""Processes of a sweep, for those who kill them."""

from __future__ import annotations

from contextlib import suppress

import psutil


def workers_of(pid: int) -> list[psutil.Process]:
    """Worker processes of a process."""
    found = []
    with suppress(psutil.NoSuchProcess):
        for child in psutil.Process(pid).children():
            with suppress(psutil.NoSuchProcess):
                found += [child] if "spawn_main" in " ".join(child.cmdline()) else []
    return found
