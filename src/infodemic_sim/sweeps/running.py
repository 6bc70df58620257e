"""Run a study: what is left of it, in batches, into the store. Read this file first."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

from infodemic_sim.errors import ParameterError, is_whole, of_executor, of_kind, whole
from infodemic_sim.interruption import ctrl_c_heard, endings_heard
from infodemic_sim.sweeps.agenda import agenda_of, left
from infodemic_sim.sweeps.crew import crew_of
from infodemic_sim.sweeps.folder import check, write
from infodemic_sim.sweeps.foreman import Foreman, Progress
from infodemic_sim.sweeps.parts import LOCKS
from infodemic_sim.sweeps.results import Results
from infodemic_sim.sweeps.store import Store, opened
from infodemic_sim.sweeps.study import Study


class Shard(NamedTuple):
    """The part of a study that one process makes: number ``number`` of ``of``."""

    number: int = 1
    of: int = 1

    @property
    def writer(self) -> str:
        """The name of who writes it."""
        return f"{self.number}of{self.of}"


WHOLE = Shard()


def sweep(
    study: Study,
    out: str | Path,
    *,
    workers: int = 1,
    executor: Executor | None = None,
    shard: tuple[int, int] = WHOLE,
    retry_failed: bool = False,
    progress: Progress | None = None,
) -> Results:
    """Make all runs of a study that its folder does not hold yet; the folder is never left half written.

    The same call goes on where an earlier one ended, however it ended. Nothing is made or stored twice: runs
    of equal scenarios, such as the baseline at points that change interventions alone, are made once. A run
    that fails has a row with its error, and the rest goes on.

    Parameters
    ----------
    out : the folder; it is made if it is not there.
    workers : processes on this machine; of an executor, how many batches it can work on at once.
    executor : anything with ``submit`` that is to do the work instead (Dask's, MPI's, loky's); its processes
        must see the folder under the same path. It stays open.
    shard : (i, n): make only the i-th of n equal parts, so that n processes can share a study, also at once.
    retry_failed : make runs of this shard that failed once more, whichever process made them before.
    progress : called with (made, all that were left).

    Raises
    ------
    ParameterError
        If the study, the shard or the workers cannot be used.
    OutputExistsError
        If the folder holds another study, or another process is at work in it.
    ResultFileError
        If the folder was made by another version of the model, or is damaged.
    UnwritableError
        If the disk is full, or the folder read-only.
    WorkerError
        If an executor's worker died.
    """
    out, piece = Path(out).absolute(), _shard(shard)
    workers = whole("workers", workers, least=1)
    of_kind("study", study, Study)
    of_executor(executor)
    agenda = agenda_of(study)
    check(agenda, out)
    opening = opened(out, piece.writer, agenda.form)
    with endings_heard(), ctrl_c_heard(), opening as store, graphs_of(store) as graphs:
        owned = agenda.tasks(piece.number, piece.of)
        if retry_failed:
            store.forget_failed({job.run for task in owned for job in task.jobs})
        tasks = left(owned, store.done())
        note = out / LOCKS / f"{store.writer}.under-way"
        with crew_of(workers, executor, note) if tasks else nullcontext() as crew:
            write(agenda, out)  # while workers load what they need
            if crew is not None:
                Foreman(agenda, store, graphs, crew, progress).make(tasks)
    return Results(out)


@contextmanager
def graphs_of(store: Store) -> Iterator[Path]:
    """A folder for the graphs that workers share, for as long as the block lasts."""
    folder = store.out / f".graphs-{store.writer}"
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _shard(shard: tuple[int, int]) -> Shard:
    number, of = shard
    if not (is_whole(number) and is_whole(of) and 1 <= number <= of <= 100_000):
        raise ParameterError(f"shard must be i of n with i from 1 to n, but got {number!r} of {of!r}.")
    return Shard(number, of)
