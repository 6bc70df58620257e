"""The results of a study in a folder, while one process adds to them.

Whatever is killed, and whenever: a part is on the disk with its name, or it is not there.
"""

from __future__ import annotations

import time
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infodemic_sim.errors import UnwritableError
from infodemic_sim.interruption import to_the_end
from infodemic_sim.measures.tidy import Labels
from infodemic_sim.study.store import copy_out
from infodemic_sim.study.written import parquet
from infodemic_sim.sweeps.locks import locked, rewriting
from infodemic_sim.sweeps.manifest import held_by, known_contents, note
from infodemic_sim.sweeps.parts import FOLDER, PartFile, leftovers, mergeable, part_path, parts_in
from infodemic_sim.sweeps.rows import Ran, Table
from infodemic_sim.writing import replacing, synced, writing

if TYPE_CHECKING:
    import pandas as pd

FULL, PATIENCE = 50, 5.0
"""A part is closed after so many runs, or when the first of them has waited for so many seconds."""


class Store:
    """Where one writer adds runs; made by ``opened``."""

    def __init__(self, out: Path, writer: str) -> None:
        self.out, self.writer, self.table = out, writer, Table()
        self.waiting: list[Ran] = []
        self.since = 0.0
        with rewriting(out), writing(out):
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

    def forget_failed(self, owned: Container[str]) -> None:
        """Take out the rows of those of some runs that failed, so that they are made once more.

        Parameters
        ----------
        owned : the runs that this process makes now; their rows may be of another writer, who may be at work.
        """
        with rewriting(self.out):
            before, self.contents = self.contents, {}
            for part in parts_in(self.out):
                name = part.path.name
                self.contents[name] = before[name] if name in before else held_by(part.path)
                if again := [run for run, bad in self.contents[name].items() if bad and run in owned]:
                    self._leave_out(again, part)

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
        """Write what waits, so that no Ctrl-C comes between, and merge what has become many."""
        if not self.waiting:
            return
        with to_the_end():
            number = self.mine[-1].last + 1 if self.mine else 0
            part = self._part(number, number)
            held = {each.run: bool(each.error) for each in self.waiting}
            self._write(part, "SELECT * FROM rows", held, rows=self.table.frame(self.waiting))
            self.mine.append(part)
            self.waiting = []
        while parts := mergeable(self.mine):
            self._merge(parts)

    def _part(self, first: int, last: int) -> PartFile:
        return PartFile(part_path(self.out, self.writer, first, last), self.writer, first, last)

    def _merge(self, parts: Sequence[PartFile]) -> None:
        merged = self._part(parts[0].first, parts[-1].last)
        with rewriting(self.out), to_the_end():
            self._write(merged, f"SELECT * FROM {parquet(*(part.path for part in parts))}")
            for part in parts:
                with writing(part.path):
                    part.path.unlink()
                del self.contents[part.path.name]
            place = self.mine.index(parts[0])
            self.mine[place : place + len(parts)] = [merged]

    def _leave_out(self, runs: Sequence[str], part: PartFile) -> None:
        """Write a part anew without the rows of some runs."""
        import pandas as pd

        query = f"SELECT * FROM {parquet(part.path)} WHERE run::VARCHAR NOT IN (SELECT run FROM others)"
        self._write(part, query, others=pd.DataFrame({"run": runs}, dtype=object))

    def _write(
        self, part: PartFile, query: str, held: dict[str, bool] | None = None, **tables: pd.DataFrame
    ) -> None:
        """A part from a query, on the disk with its name before anything else happens.

        Parameters
        ----------
        held : the runs in it, and whether they failed; none: they are read from it, since another process may
            have changed what it is made from.
        """
        for name, table in tables.items():
            self.database.register(name, table)
        with replacing(part.path) as scratch:
            copy_out(self.database, query, scratch)
        for name in tables:
            self.database.unregister(name)
        synced(part.path.parent)
        held = held_by(part.path) if held is None else held
        note(self.out, part.writer, part.path, held)
        self.contents[part.path.name] = held


@contextmanager
def opened(out: Path, writer: str, form: str = "") -> Iterator[Store]:
    """The store of a folder, for one writer alone; what waits is written at the end, whatever ends it.

    Parameters
    ----------
    form : of the study that writers share, see ``locked``.

    Raises
    ------
    OutputExistsError
        If another process is at work there.
    """
    with writing(out):
        (out / FOLDER).mkdir(parents=True, exist_ok=True)
    with locked(out, writer, form):
        store = Store(out, writer)
        try:
            yield store
        except BaseException:
            with suppress(UnwritableError):  # which is what ended the block, or less than what did
                store.close_part()
            raise
        store.close_part()
