"""Who hands the runs of a study out in batches, and takes what comes back into the store."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from pathlib import Path
from typing import NamedTuple

from infodemic_sim.errors import UnwritableError, WorkerError
from infodemic_sim.interruption import stop_if_asked
from infodemic_sim.study.handover import sent
from infodemic_sim.study.workers import DIED
from infodemic_sim.sweeps.agenda import Agenda
from infodemic_sim.sweeps.crew import GAVE_UP, Crew, killed_its_workers
from infodemic_sim.sweeps.design import Listed, Point
from infodemic_sim.sweeps.rows import Harvest, failed, told
from infodemic_sim.sweeps.store import Store
from infodemic_sim.sweeps.working import Batch, Task

LOG = logging.getLogger(__name__)
LASTS = 0.5
"""Seconds that a batch should take: long beside its way to a worker, short beside what a crash may lose."""
MOST_TASKS = 64
"""In one batch, however quick they are."""
MOST_DEATHS = 3
"""Workers that may die over a run before it counts as failed."""

Progress = Callable[[int, int], None]
"""Called with the number of runs made now, and of all that were left."""


class Lost(NamedTuple):
    """A batch whose worker died, and how that was told."""

    batch: Batch
    fault: BaseException


class Foreman:
    """Hands batches out, takes harvests in, and sees to it that a dead worker costs nothing but time."""

    def __init__(
        self, agenda: Agenda, store: Store, graphs: Path, crew: Crew, progress: Progress | None
    ) -> None:
        self.points, self.store, self.crew, self.progress = agenda.points, store, crew, progress
        study = agenda.study.but(design=Listed(rows=({},)))
        self.message, self.graphs = sent((study, agenda.drawing), graphs), str(graphs)
        self.waiting: dict[Future[Harvest], Batch] = {}
        self.deaths = crew.deaths
        self.at_once, self.made, self.all = 1, 0, 0

    def make(self, tasks: list[Task]) -> None:
        """All runs of some tasks."""
        self.all = sum(len(task.jobs) for task in tasks)
        before = [task for task in tasks if self._deaths(task)]  # over which a process was killed
        todo = deque([*self._spared(before), *(task for task in tasks if not self._deaths(task))])
        while todo or self.waiting:
            stop_if_asked()
            while todo and len(self.waiting) < self._window(todo[0]):
                batch = self._batch(todo)
                self.waiting[self.crew.submit(batch)] = batch
            finished, _ = wait(self.waiting, timeout=1.0, return_when=FIRST_COMPLETED)
            if not finished:
                self.crew.watch()
            taken = [self._take(future) for future in sorted(finished, key=_has_fault)]  # what is good first
            if lost := [each for each in taken if each is not None]:
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
        most = min(self.at_once, len(todo) // self.crew.window)  # fewer in the end, so that all end together
        tasks = [todo.popleft()]
        while todo and len(tasks) < most and not self._deaths(tasks[0]) and not self._deaths(todo[0]):
            tasks.append(todo.popleft())
        points: Mapping[int, Point] = {
            job.point: self.points[job.point] for task in tasks for job in task.jobs
        }
        return Batch(self.message, points, tuple(tasks), self.graphs)

    def _take(self, future: Future[Harvest]) -> Lost | None:
        """Store what a batch gave; the batch itself if its worker died.

        A run's own error is told in what it gave. Any other is of the executor, and says nothing of runs.
        """
        batch = self.waiting.pop(future)
        match fault_of(future):
            case None:
                harvest = future.result()
            case error if isinstance(error, BrokenExecutor) or killed_its_workers(error):
                return Lost(batch, error)
            case UnwritableError() | KeyboardInterrupt() as error:
                raise error
            case error:
                raise WorkerError(GAVE_UP.format(told(error))) from error
        self.at_once = max(1, min(MOST_TASKS, int(LASTS * len(batch.tasks) / max(harvest.seconds, 1e-6))))
        self._keep(harvest)
        return None

    def _after_a_death(self, lost: Sequence[Lost]) -> list[Task]:
        """The runs that were lost, to be tried again one by one; those that died often are given up."""
        batches = [each.batch for each in lost]
        broken = next((each.fault for each in lost if isinstance(each.fault, BrokenExecutor)), None)
        if broken is not None:  # and all that was under way
            batches += self.waiting.values()
            self.waiting.clear()
            self.crew.renew(broken)
        LOG.warning("a worker died; its %d batches are tried again, run by run", len(batches))
        tasks = [task for batch in batches for task in batch.tasks]
        self.deaths.update(job.run for task in tasks for job in task.jobs)
        return self._spared(tasks)

    def _spared(self, tasks: Sequence[Task]) -> list[Task]:
        """The runs of some tasks one by one, without those over which too many workers died."""
        single = [Task(task.replicate, (job,)) for task in tasks for job in task.jobs]
        deadly = [task for task in single if self._deaths(task) >= MOST_DEATHS]
        self._give_up(deadly, DIED)
        return [task for task in single if task not in deadly]

    def _give_up(self, tasks: Sequence[Task], reason: str) -> None:
        runs = [failed(job.run, reason) for task in tasks for job in task.jobs]
        if runs:
            self._keep(Harvest(runs, {}, 0.0))

    def _keep(self, harvest: Harvest) -> None:
        self.crew.heard()
        self.store.add(harvest.ran, harvest.labels)
        LOG.info("%d runs in %.2f s", len(harvest.ran), harvest.seconds)
        self.made += len(harvest.ran)
        if self.progress is not None:
            self.progress(self.made, self.all)


def fault_of(future: Future[Harvest]) -> BaseException | None:
    """What went wrong with a batch that has ended, if anything did."""
    return CancelledError() if future.cancelled() else future.exception()


def _has_fault(future: Future[Harvest]) -> bool:
    return fault_of(future) is not None
