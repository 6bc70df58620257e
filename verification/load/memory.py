"""Memory of processes, sampled while they work."""

from __future__ import annotations

import threading
import time
from contextlib import suppress

import psutil

MEGABYTE = 1 << 20


class Sampler:
    """Resident memory of a process and of all its children, in megabytes, every so many seconds."""

    def __init__(self, pid: int | None = None, every: float = 1.0) -> None:
        self.process, self.every = psutil.Process(pid), every
        self.samples: list[tuple[float, float, float]] = []  # seconds, own memory, that of its children
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __enter__(self) -> Sampler:
        self.began = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def now(self) -> tuple[float, float, float]:
        """One sample."""
        children = 0
        with suppress(psutil.NoSuchProcess):
            for child in self.process.children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    children += child.memory_info().rss
        own = self.process.memory_info().rss
        return time.monotonic() - self.began, own / MEGABYTE, children / MEGABYTE

    def _work(self) -> None:
        while not self._ended.wait(self.every):
            with suppress(psutil.NoSuchProcess):
                self.samples.append(self.now())


def slope(samples: list[tuple[float, float]]) -> float:
    """Least-squares growth of a series: memory per unit of the first column."""
    n = len(samples)
    x, y = (sum(column) / n for column in zip(*samples, strict=True))
    above = sum((a - x) * (b - y) for a, b in samples)
    return above / sum((a - x) ** 2 for a, _ in samples)
