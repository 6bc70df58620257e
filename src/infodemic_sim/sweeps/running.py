"""Run a study: what is left of it, in batches, into the store. Read this file first."""

from __future__ import annotations

import logging
import shutil
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from infodemic_sim.errors import ParameterError, UnwritableError
from infodemic_sim.interruption import ctrl_c_heard, stop_if_asked
from infodemic_sim.study.handover import sent
from infodemic_sim.study.workers import DIED
from infodemic_sim.sweeps.agenda import Agenda, agenda_of, left
from infodemic_sim.sweeps.crew import Crew, crew_of
from infodemic_sim.sweeps.design import Listed, Point
from infodemic_sim.sweeps.folder import check, write
from infodemic_sim.sweeps.results import Results
from infodemic_sim.sweeps.rows import Harvest, failed
from infodemic_sim.sweeps.store import Store, opened
from infodemic_sim.sweeps.study import Study
from infodemic_sim.sweeps.working import Batch, Task

LOG = logging.getLogger(__name__)
LASTS = 0.5
"""Seconds that a batch should take: long beside its way to a worker, short beside what a crash may lose."""
MOST_TASKS = 64
MOST_DEATHS = 3
"""Workers that may die over a run before it counts as failed."""

Progress = Callable[[int, int], None]
"""Called with the number of runs made now, and of all that were left."""


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
    retry_failed : make runs that failed once more.
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
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        raise ParameterError(f"workers must be a whole number of at least 1, but got {workers!r}.")
    agenda = agenda_of(study)
    check(agenda, out)
    with ctrl_c_heard(), opened(out, piece.writer) as store, graphs_of(store) as graphs:
        write(agenda, out)
        if retry_failed:
            store.forget_failed()
        if tasks := left(agenda.tasks(piece.number, piece.of), store.done()):
            with crew_of(workers, executor) as crew:
                _Foreman(agenda, store, graphs, crew, progress).make(tasks)
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
    if not (isinstance(number, int) and isinstance(of, int) and 1 <= number <= of <= 100_000):
        raise ParameterError(f"shard must be i of n with i from 1 to n, but got {number!r} of {of!r}.")
    return Shard(number, of)


class _Foreman:
    """Hands batches out, takes harvests in, and sees to it that a dead worker costs nothing but time."""

    def __init__(
        self, agenda: Agenda, store: Store, graphs: Path, crew: Crew, progress: Progress | None
    ) -> None:
        self.points, self.store, self.crew, self.progress = agenda.points, store, crew, progress
        self.message, self.graphs = sent(agenda.study.but(design=Listed(rows=({},))), graphs), str(graphs)
        self.waiting: dict[Future[Harvest], Batch] = {}
        self.deaths: Counter[str] = Counter()
        self.at_once, self.made, self.all = 1, 0, 0

    def make(self, tasks: list[Task]) -> None:
        """All runs of some tasks."""
        todo = deque(tasks)
        self.all = sum(len(task.jobs) for task in tasks)
        while todo or self.waiting:
            stop_if_asked()
            while todo and len(self.waiting) < self._window(todo[0]):
                batch = self._batch(todo)
                self.waiting[self.crew.submit(batch)] = batch
            finished, _ = wait(self.waiting, timeout=1.0, return_when=FIRST_COMPLETED)
            taken = [self._take(future) for future in finished]
            if lost := [batch for batch in taken if batch is not None]:
                todo.extendleft(reversed(self._after_a_death(lost)))
            self.store.close_if_old()

    def _window(self, task: Task) -> int:
        """How many batches may be under way; one alone, where workers died over one of its runs before."""
        under_way = (each for batch in self.waiting.values() for each in batch.tasks)
        deadly = any(self._deaths(each) >= MOST_DEATHS - 1 for each in (task, *under_way))
        return 1 if deadly else self.crew.window

    def _deaths(self, task: Task) -> int:
        return max(self.deaths[job.run] for job in task.jobs)

    def _batch(self, todo: deque[Task]) -> Batch:
        tasks = [todo.popleft()]
        while todo and len(tasks) < self.at_once and not self._deaths(tasks[0]) and not self._deaths(todo[0]):
            tasks.append(todo.popleft())
        points: Mapping[int, Point] = {
            job.point: self.points[job.point] for task in tasks for job in task.jobs
        }
        return Batch(self.message, points, tuple(tasks), self.graphs)

    def _take(self, future: Future[Harvest]) -> Batch | None:
        """Store what a batch gave; the batch itself if its worker died."""
        batch = self.waiting.pop(future)
        try:
            harvest = future.result()
        except BrokenExecutor:
            return batch
        except UnwritableError:
            raise
        except Exception as error:  # of an executor that gave up on the batch
            self._give_up(batch.tasks, f"{type(error).__name__}: {error}")
            return None
        self.at_once = max(1, min(MOST_TASKS, int(LASTS * len(batch.tasks) / max(harvest.seconds, 1e-6))))
        self._keep(harvest)
        return None

    def _after_a_death(self, lost: list[Batch]) -> list[Task]:
        """The runs that were under way, to be tried again one by one; those that died often are given up."""
        lost += self.waiting.values()
        self.waiting.clear()
        LOG.warning("a worker died; its %d batches are tried again, run by run", len(lost))
        self.crew.renew()
        single = [Task(task.replicate, (job,)) for batch in lost for task in batch.tasks for job in task.jobs]
        self.deaths.update(task.jobs[0].run for task in single)
        deadly = [task for task in single if self._deaths(task) >= MOST_DEATHS]
        self._give_up(deadly, DIED)
        return [task for task in single if task not in deadly]

    def _give_up(self, tasks: Sequence[Task], reason: str) -> None:
        runs = [failed(job.run, reason) for task in tasks for job in task.jobs]
        if runs:
            self._keep(Harvest(runs, {}, 0.0))

    def _keep(self, harvest: Harvest) -> None:
        self.store.add(harvest.ran, harvest.labels)
        LOG.info("%d runs in %.2f s", len(harvest.ran), harvest.seconds)
        self.made += len(harvest.ran)
        if self.progress is not None:
            self.progress(self.made, self.all)
