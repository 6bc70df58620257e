"""How far a study has come: a bar with the time left in a terminal, else a line per tenth."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def shown_progress(what: str = "replicates", *, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """A function of (finished, all) that shows progress on stderr while the block lasts.

    Parameters
    ----------
    quiet : show nothing.
    """
    if quiet:
        yield lambda finished, total: None
        return
    if words := first_use():
        print(words, file=sys.stderr)
    if sys.stderr.isatty():
        with _bar(what) as show:
            yield show
    else:
        yield _Lines(what)


def first_use() -> str:
    """Why nothing seems to happen at first, where the feed model has not been used before; else empty."""
    from infodemic_sim.kernels.compiled import STAMP, ready
    from infodemic_sim.kernels.kept import folder
    from infodemic_sim.kernels.reading import read_feeds

    if ready(read_feeds):
        return ""
    if folder(STAMP) is None:
        return (
            "The feed model is compiled, which takes about a minute, each time, as nothing can be kept: let "
            "NUMBA_CACHE_DIR name a folder that can be written to."
        )
    return "The first use of the feed model compiles it, which takes about a minute, once."


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("left"))
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(what, total=None)
        yield lambda finished, total: progress.update(task, completed=finished, total=total)


class _Lines:
    """Prints a line whenever another tenth is done."""

    def __init__(self, what: str) -> None:
        self.what, self.tenths, self.began = what, 0, time.monotonic()

    def __call__(self, finished: int, total: int) -> None:
        tenths = 10 * finished // total
        if tenths > self.tenths:
            self.tenths = tenths
            left = (time.monotonic() - self.began) * (total - finished) / finished
            print(f"{finished} of {total} {self.what} done, about {left:.0f} s left", file=sys.stderr)
