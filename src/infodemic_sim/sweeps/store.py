"""The results of a study in a folder, while one process adds to them.

Whatever is killed, and whenever: a part is on the disk with its name, or it is not there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from infodemic_sim.errors import OutputExistsError, UnwritableError
from infodemic_sim.measures.tidy import Labels
from infodemic_sim.study.store import copy_out
from infodemic_sim.study.written import parquet
from infodemic_sim.sweeps.manifest import known_contents, note
from infodemic_sim.sweeps.parts import (
    FOLDER,
    LOCKS,
    PartFile,
    leftovers,
    mergeable,
    part_path,
    parts_in,
    synced,
)
from infodemic_sim.sweeps.rows import Ran, Table
from infodemic_sim.writing import replacing, writing

WAIT = 1.0
"""Seconds to wait for a lock: longer than somebody who only looks whether it is held keeps it."""
FULL, PATIENCE = 50, 5.0
"""A part is closed after so many runs, or when the first of them has waited for so many seconds."""


class Store:
    """Where one writer adds runs; made by ``opened``."""

    def __init__(self, out: Path, writer: str) -> None:
        self.out, self.writer, self.table = out, writer, Table()
        self.waiting: list[Ran] = []
        self.since = 0.0
        with writing(out):
            for path in leftovers(out, writer):
                path.unlink(missing_ok=True)
        self.contents = known_contents(out, writer)
        self.mine = [part for part in parts_in(out) if part.writer == writer]

    @cached_property
    def database(self) -> Any:
        """What writes parts: to begin one takes longer than to write a part, so it stays."""
        import duckdb

        return duckdb.connect(config={"threads": 1})

    def done(self) -> dict[str, bool]:
        """Each run that is on the disk, and whether it failed; what others add meanwhile is left out."""
        return {run: bad for held in self.contents.values() for run, bad in held.items()}

    def forget_failed(self) -> None:
        """Take out the rows of runs that failed, so that they are made once more."""
        for part in list(self.mine):
            held = self.contents[part.path.name]
            if any(held.values()):
                query = f"SELECT * FROM {parquet(part.path)} WHERE error IS NULL"
                self.mine.remove(part)
                self._write(part.first, part.last, query, {run: bad for run, bad in held.items() if not bad})
        self.mine.sort(key=lambda part: part.first)

    def add(self, ran: Sequence[Ran], labels: Mapping[str, Labels]) -> None:
        """Take in some runs, and close the part when it is full or old."""
        self.table.learn(labels)
        self.since = self.since if self.waiting else time.monotonic()
        self.waiting += ran
        if len(self.waiting) >= FULL:
            self.close_part()
        self.close_if_old()

    def close_if_old(self) -> None:
        """Close the part if its first run has waited for long."""
        if self.waiting and time.monotonic() - self.since >= PATIENCE:
            self.close_part()

    def close_part(self) -> None:
        """Write what waits, and merge what has become many."""
        if not self.waiting:
            return
        number = self.mine[-1].last + 1 if self.mine else 0
        frame = self.table.frame(self.waiting)
        self._write(
            number, number, "SELECT * FROM rows", {each.run: bool(each.error) for each in self.waiting}, frame
        )
        self.waiting = []
        while parts := mergeable(self.mine):
            self._merge(parts)

    def _merge(self, parts: Sequence[PartFile]) -> None:
        held = {run: bad for part in parts for run, bad in self.contents[part.path.name].items()}
        files = parquet(*(part.path for part in parts))
        self._write(parts[0].first, parts[-1].last, f"SELECT * FROM {files}", held)
        for part in parts:
            with writing(part.path):
                part.path.unlink()
            self.mine.remove(part)
            del self.contents[part.path.name]
        self.mine.sort(key=lambda part: part.first)

    def _write(self, first: int, last: int, query: str, held: dict[str, bool], rows: Any = None) -> None:
        """A part from a query, on the disk with its name before anything else happens."""
        path = part_path(self.out, self.writer, first, last)
        if rows is not None:
            self.database.register("rows", rows)
        with replacing(path) as scratch:
            copy_out(self.database, query, scratch)
            synced(scratch)
        self.database.unregister("rows")
        synced(path.parent)
        note(self.out, self.writer, path, held)
        self.contents[path.name] = held
        self.mine.append(PartFile(path, self.writer, first, last))


@contextmanager
def opened(out: Path, writer: str) -> Iterator[Store]:
    """The store of a folder, for one writer alone; what waits is written at the end, whatever ends it.

    Raises
    ------
    OutputExistsError
        If another process is at work there.
    """
    with writing(out):
        (out / FOLDER).mkdir(parents=True, exist_ok=True)
    with locked(out, writer):
        store = Store(out, writer)
        try:
            yield store
        except BaseException:
            with suppress(UnwritableError):  # which is what ended the block, or less than what did
                store.close_part()
            raise
        store.close_part()


@contextmanager
def locked(out: Path, writer: str) -> Iterator[None]:
    """Keep a folder for one writer; others may be at work there if they share the runs in the same way."""
    from filelock import FileLock, Timeout

    folder = out / LOCKS
    path = folder / f"{writer}.lock"
    if path.is_symlink():
        raise OutputExistsError(f"{path}: this is a link that leads elsewhere: delete it.")
    lock = FileLock(path)
    with writing(path):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=WAIT)
        except Timeout:
            raise _in_use(out) from None
    try:
        _refuse_others(folder, writer, out)
        yield
    finally:
        lock.release()


def _refuse_others(folder: Path, writer: str, out: Path) -> None:
    """Nobody else is at work who would make the same runs: those who share them differently, or all alone."""
    shared = writer.split("of")[1]
    for path in folder.glob("*of*.lock"):
        if path.stem.split("of")[1] != shared and is_held(path):
            raise _in_use(out)


def is_held(path: Path) -> bool:
    """Whether a process holds a lock; what is no file of this folder is none."""
    from filelock import FileLock, Timeout

    if path.is_symlink() or not path.is_file():
        return False
    try:
        with FileLock(path).acquire(timeout=0):
            return False
    except Timeout:
        return True


def _in_use(out: Path) -> OutputExistsError:
    return OutputExistsError(
        f"{out}: another process is at work in this folder; wait for it, or give another one."
    )
