"""Which runs a study consists of, and in which portions they are made."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from infodemic_sim.cards import visible
from infodemic_sim.errors import ParameterError
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.unknowns import Unknowns
from infodemic_sim.sweeps.address import address, digest, scenario_key
from infodemic_sim.sweeps.design import Point
from infodemic_sim.sweeps.drawing import drawing_of, drawn
from infodemic_sim.sweeps.study import Study
from infodemic_sim.sweeps.working import Job, Task

if TYPE_CHECKING:
    import pandas as pd

MOST_TOGETHER = 12
"""Runs from one warm-up; more would keep one worker busy for long while others wait."""


class Cell(NamedTuple):
    """One plan at one point."""

    point: int
    plan: str
    keys: tuple[str, ...]  # of the scenario, in each replicate if parameters are drawn, else one for all
    bares: tuple[str, ...]  # the same without its interventions

    def run(self, seed: int, replicate: int) -> str:
        """The address of its run in a replicate."""
        return address(self.keys[replicate % len(self.keys)], seed, replicate)


@dataclass(frozen=True)
class Agenda:
    """All cells of a study. Cells with equal scenarios share their runs."""

    study: Study
    points: tuple[Point, ...]
    cells: tuple[Cell, ...]
    drawing: Unknowns | None = None

    @property
    def plans(self) -> tuple[str, ...]:
        """Names of the plans, the baseline first."""
        return tuple(dict.fromkeys(cell.plan for cell in self.cells))

    def runs(self) -> set[str]:
        """The addresses of all runs, each once."""
        cells = {cell.keys: cell for cell in self.cells}.values()
        return {cell.run(self.study.seed, r) for cell in cells for r in range(self.study.replicates)}

    @property
    def form(self) -> str:
        """Digest of how the study is shared: of all its runs, in the portions that shards take in turn."""
        portions = (" ".join(job.run for job in task.jobs) for task in self.tasks())
        return digest("\n".join(portions))

    def tasks(self, shard: int = 1, shards: int = 1) -> list[Task]:
        """All runs in portions that share a warm-up, or those of one of several equal shards of them.

        Portions are the same whatever has been made already, so that shards never overlap.
        """
        together: dict[tuple[str, ...], dict[tuple[str, ...], Cell]] = {}
        for cell in self.cells:
            together.setdefault(cell.bares, {}).setdefault(cell.keys, cell)
        portions = [
            cells[first : first + MOST_TOGETHER]
            for cells in (list(group.values()) for group in together.values())
            for first in range(0, len(cells), MOST_TOGETHER)
        ]
        tasks = (self._task(r, portion) for portion in portions for r in range(self.study.replicates))
        return [task for place, task in enumerate(tasks) if place % shards == shard - 1]

    def table(self) -> pd.DataFrame:
        """One row per plan, point and replicate: point, plan, replicate, run, and the values of the point."""
        import pandas as pd

        replicates = range(self.study.replicates)
        rows = [
            (cell.point, cell.plan, r, cell.run(self.study.seed, r))
            for cell in self.cells
            for r in replicates
        ]
        table = pd.DataFrame(rows, columns=["point", "plan", "replicate", "run"])
        values = pd.DataFrame([{path: as_cell(v) for path, v in point.items()} for point in self.points])
        return table.join(values, on="point") if len(values.columns) else table

    def _task(self, replicate: int, cells: Iterable[Cell]) -> Task:
        seed = self.study.seed
        return Task(replicate, tuple(Job(c.run(seed, replicate), c.point, c.plan) for c in cells))


def agenda_of(study: Study) -> Agenda:
    """The agenda of a study.

    Raises
    ------
    ParameterError
        If the design has no points, a path leads nowhere, something is wrong at every point, or the draws
        cannot be used.
    NotWritableError
        If a part cannot be written down, so that its runs have no address.
    """
    points = study.points()
    if unnamed := next((path for point in points for path in point if "\0" in path), ""):
        raise ParameterError(
            f"design: the path {visible(unnamed)} holds the character NUL, and no column can be called so: "
            "give what it leads to another name."
        )
    drawing = drawing_of(study, points)
    cells: list[Cell] = []
    mistakes: list[ParameterError] = []
    for number, point in enumerate(points):
        plans = study.plans_or_faults(point)
        cells += cells_at(study, drawing, number, point, plans)
        mistakes += [plan for plan in plans.values() if isinstance(plan, ParameterError)][:1]
    if len(mistakes) == len(points):
        raise mistakes[0]
    return Agenda(study, tuple(points), tuple(cells), drawing)


def cells_at(
    study: Study,
    drawing: Unknowns | None,
    number: int,
    point: Point,
    plans: Mapping[str, Scenario | ParameterError],
) -> Iterator[Cell]:
    """The plans at a point; the runs of those that cannot be made will say why."""
    replicates = range(study.replicates if drawing else 1)
    bare = next((plan.but(interventions=()) for plan in plans.values() if isinstance(plan, Scenario)), None)
    bares = () if bare is None else tuple(_key(bare, drawing, r) for r in replicates)
    for name, plan in plans.items():
        if isinstance(plan, Scenario):
            yield Cell(number, name, tuple(_key(plan, drawing, r) for r in replicates), bares)
        else:
            key = f"{scenario_key(study.scenario, ())}{sorted(point.items())!r} {name}"
            yield Cell(number, name, (key,), (key,))


def _key(plan: Scenario, drawing: Unknowns | None, replicate: int) -> str:
    """The key of a plan as a replicate draws it, or one that no other has if it cannot be made so."""
    try:
        return scenario_key(drawn(plan, drawing, replicate))
    except ParameterError as error:
        return f"{scenario_key(plan)} {error}"


def left(tasks: Iterable[Task], done: Container[str]) -> list[Task]:
    """What is still to be made of some tasks."""
    rest = (Task(task.replicate, tuple(job for job in task.jobs if job.run not in done)) for task in tasks)
    return [task for task in rest if task.jobs]


def as_cell(value: object) -> object:
    """A value as a table can hold it: numbers and switches as they are, all else as text."""
    return value if isinstance(value, bool | int | float) else str(value)
