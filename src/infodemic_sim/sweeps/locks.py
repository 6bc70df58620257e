"""Who may write in the folder of a study: locks, which the system takes back from whoever is killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infodemic_sim.errors import OutputExistsError
from infodemic_sim.sweeps.parts import LOCKS
from infodemic_sim.writing import writing

WAIT = 1.0
"""Seconds to wait for a lock: longer than somebody who only looks whether it is held keeps it."""
REWRITING = "rewriting.lock"


@contextmanager
def locked(out: Path, writer: str, form: str = "") -> Iterator[None]:
    """Keep a folder for one writer; others may be at work there if they share the same runs in the same way.

    Parameters
    ----------
    form : digest of what is shared; a study that has grown is shared anew, and two shards could meet.

    Raises
    ------
    OutputExistsError
        If another process is at work there.
    """
    name = f"{writer}-{form}" if form else writer
    with holding(out, out / LOCKS / f"{name}.lock", WAIT):
        _refuse_others(name, out)
        yield


@contextmanager
def rewriting(out: Path) -> Iterator[None]:
    """One process at a time changes parts that are there already; the others wait."""
    with holding(out, out / LOCKS / REWRITING, -1.0):
        yield


@contextmanager
def holding(out: Path, path: Path, patience: float) -> Iterator[None]:
    """Hold a lock on a folder, for which one waits so many seconds; below 0: for as long as it takes.

    Raises
    ------
    OutputExistsError
        If another process holds it.
    """
    from filelock import FileLock, Timeout

    if path.is_symlink():
        raise OutputExistsError(f"{path}: this is a link that leads elsewhere: delete it.")
    lock = FileLock(path)
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=patience)
        except Timeout:
            raise _in_use(out) from None
    try:
        yield
    finally:
        lock.release()


def _refuse_others(name: str, out: Path) -> None:
    """Nobody else is at work who would make the same runs: those who share them differently, or others."""
    shared = name.split("of")[1]
    for path in (out / LOCKS).glob("*of*.lock"):
        if path.stem.split("of")[1] != shared and is_held(path, WAIT):
            raise _in_use(out)


def is_held(path: Path, patience: float = 0.0) -> bool:
    """Whether a process holds a lock; what is no file of this folder is none.

    Parameters
    ----------
    patience : seconds in which it may be let go, as others who only look do at once.
    """
    from filelock import FileLock, Timeout

    if path.is_symlink() or not path.is_file():
        return False
    try:
        with FileLock(path).acquire(timeout=patience):
            return False
    except Timeout:
        return True


def _in_use(out: Path) -> OutputExistsError:
    return OutputExistsError(
        f"{out}: another process is at work in this folder; wait for it, or give another one."
    )
