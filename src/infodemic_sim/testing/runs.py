"""What every part must be in a run: shared by replicates, and blind to rows, threads and interruptions."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from infodemic_sim import checkpoint
from infodemic_sim.params import Part
from infodemic_sim.simulation import Run
from infodemic_sim.testing.parts import require, title, written
from infodemic_sim.testing.small_runs import (
    finished,
    measured,
    same,
    small_graph,
    small_pieces,
    stepped,
    world_with,
)


def replicates_share(part: Part) -> None:
    """Replicates that take turns, with one object between them, end like replicates on their own."""
    scenario, before = world_with(part), content(part)
    apart = [finished(scenario, part, replicate=k) for k in range(2)]
    taking_turns = zip(*(stepped(scenario, part, replicate=k) for k in range(2)), strict=True)
    *_, runs = taking_turns
    for alone, run in zip(apart, runs, strict=True):
        same(part, "other replicates", alone, measured(run))
    require(content(part) == before, f"{title(part)} changes itself during a run: keep it in its memory.")


def content(part: Part) -> dict[str, Any]:
    """All that an object holds, but what it works out once from its parameters."""
    return {
        name: value
        for name, value in part.__dict__.items()
        if not isinstance(getattr(type(part), name, None), cached_property)
    }


def saved_and_continued(part: Part) -> None:
    """A run that is saved and continued, while interventions act, ends in the same bits."""
    scenario = world_with(part)
    whole, halfway = finished(scenario, part), scenario.warm_up_steps + scenario.steps // 2
    run = next(run for run in stepped(scenario, part) if run.world.step == halfway)
    if written(part) is None:
        again = Run(scenario, seed=run.seed, state=run.world.state.copy())
    else:
        with TemporaryDirectory() as folder:
            checkpoint.save(run, Path(folder, "run.npz"))
            again = checkpoint.resume(scenario, Path(folder, "run.npz"))
    while again.world.step < scenario.warm_up_steps + scenario.steps:
        again.step()
    same(part, "saving and continuing", whole, measured(again))


def order_of_people(part: Part) -> None:
    """People on other rows, with their identities kept, give the same measures."""
    scenario, graph = world_with(part), small_graph()
    order = np.random.default_rng(1).permutation(graph.n)
    other = scenario.but(population=scenario.population.but(graph=graph.relabel(order)))
    same(part, "order of people", finished(scenario, part), finished(other, part))


def threads_do_not_matter(part: Part) -> None:
    """One thread or two, and readers in one piece or in many."""
    scenario = world_with(part)
    once = finished(scenario, part)
    with small_pieces():
        for threads in (1, 2):
            same(part, "number of threads", once, finished(scenario, part, threads=threads))


RUN_CHECKS: tuple[Callable[[Any], None], ...] = (
    replicates_share,
    saved_and_continued,
    order_of_people,
    threads_do_not_matter,
)
