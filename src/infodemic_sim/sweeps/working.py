"""What a worker does: some runs of a study, each of which gives numbers or the reason why not."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from infodemic_sim.errors import InfodemicError, OutputExistsError, ParameterError, UnwritableError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.like import GraphLike, built
from infodemic_sim.interruption import stop_if_asked
from infodemic_sim.measures.tidy import Labels, Rows
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import running, warmed_up
from infodemic_sim.study.handover import opened, unpacked, with_graphs
from infodemic_sim.study.unknowns import Unknowns
from infodemic_sim.sweeps.address import graph_key
from infodemic_sim.sweeps.design import Point
from infodemic_sim.sweeps.drawing import drawn
from infodemic_sim.sweeps.rows import Harvest, Ran, failed, ran, told
from infodemic_sim.sweeps.study import Study, unraised
from infodemic_sim.writing import writing

if TYPE_CHECKING:
    from infodemic_sim.world import State


class Job(NamedTuple):
    """One run to be made."""

    run: str
    point: int
    plan: str


class Task(NamedTuple):
    """Runs of one replicate that differ in their interventions alone, so that they share a warm-up."""

    replicate: int
    jobs: tuple[Job, ...]


class Batch(NamedTuple):
    """What is sent to a worker at once: the study and the points as they travel, and what to do."""

    message: bytes
    points: Mapping[int, Point]
    tasks: tuple[Task, ...]
    graphs: str


def run_batch(batch: Batch) -> Harvest:
    """All runs of a batch."""
    began, labels = time.perf_counter(), dict[str, Labels]()
    workshop = workshop_of(batch.message, batch.graphs)
    made = []
    for task in batch.tasks:
        made += workshop.run(task, batch.points, labels)
    return Harvest(made, labels, time.perf_counter() - began)


class Workshop:
    """A study in a worker; the plans of the last points are kept, with their graphs opened.

    Parameters
    ----------
    drawing : what draws parameters in each replicate; none: they are those of the plans.
    """

    KEPT = 16

    def __init__(self, study: Study, graphs: Path, drawing: Unknowns | None = None) -> None:
        self.study, self.graphs, self.drawing = study, graphs, drawing
        self.plans: dict[int, dict[str, Scenario | ParameterError]] = {}

    def run(self, task: Task, points: Mapping[int, Point], labels: dict[str, Labels]) -> list[Ran]:
        """The runs of a task; where there are several, each goes on from a copy of one warm-up."""
        trunk: State | None = None
        found = []
        for job in task.jobs:
            try:
                plan = self.plan_at(job, points[job.point], task.replicate)
                if len(task.jobs) > 1 and plan.warm_up > 0.0 and trunk is None:
                    trunk = warmed_up(plan, seed=self.study.seed, replicate=task.replicate)
                found.append(ran(job.run, self._rows(plan, task.replicate, trunk), labels))
            except UnwritableError:
                raise  # of this machine, not of the run, which is to be made where there is room
            except InfodemicError as error:
                found.append(failed(job.run, str(error)))
            except Exception as error:  # of a plug-in: told in the table, and the other runs go on
                stop_if_asked()
                found.append(failed(job.run, told(error)))
        return found

    def plan_at(self, job: Job, point: Point, replicate: int) -> Scenario:
        """The plan of a job, as the replicate draws it: alone, since another may not stand there."""
        plan = self.plans_at(job.point, point)[job.plan]
        if isinstance(plan, ParameterError):
            raise unraised(plan)
        if self.drawing is None:
            return plan
        return with_graphs(drawn(plan, self.drawing, replicate), self._graph)

    def plans_at(self, number: int, point: Point) -> dict[str, Scenario | ParameterError]:
        """The plans at the point with a number, or why there is none; drawn ones may be of their graphs."""
        if number not in self.plans:
            while len(self.plans) >= self.KEPT:
                self.plans.pop(next(iter(self.plans)))
            fixed = self.drawing is None
            self.plans[number] = {
                name: with_graphs(plan, self._graph) if fixed and isinstance(plan, Scenario) else plan
                for name, plan in self.study.plans_or_faults(point).items()
            }
        return self.plans[number]

    def _rows(self, plan: Scenario, replicate: int, trunk: State | None) -> Rows:
        state = None if trunk is None else trunk.copy()
        with running(plan, seed=self.study.seed, replicate=replicate, state=state) as run:
            run.to_end()
            return run.rows()

    def _graph(self, graph: GraphLike) -> SocialGraph:
        """The graph from the folder, put there by whoever needs it first; mapped, so all share its memory."""
        if isinstance(graph, SocialGraph):
            return graph
        place = self.graphs / graph_key(graph)
        if not place.exists():
            with suppress(OutputExistsError), writing(place):  # another process may have been as quick
                built(graph).save(place)
        return opened(str(place))


@lru_cache(maxsize=2)
def workshop_of(message: bytes, graphs: str) -> Workshop:
    """The workshop for a study that has travelled; the last ones are kept for the next batch."""
    study, drawing = unpacked(message)
    return Workshop(study, Path(graphs), drawing)
