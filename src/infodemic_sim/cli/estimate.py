"""What a run will take: rows exactly, time and memory about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from infodemic_sim.interventions import Intervention
from infodemic_sim.measures.cascades import cascade_means
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import running

BYTES_PER_PERSON, BYTES_PER_TIE = 400, 8
SECONDS_PER_LOOK = 70e-9
"""Time for one look at one followed account in one session; measured, right within a factor of 2 or so."""
SECONDS_PER_STEP = 45e-9
"""Time for one person in one step, whatever they do; measured likewise."""
SECONDS_PER_PLATFORM, SECONDS_PER_PART = 250e-6, 100e-6
"""Time that a step takes however few people there are: for each platform, intervention and mechanism;
measured likewise."""


class Estimate(NamedTuple):
    """One run. ``ties`` counts each direction in which somebody sees somebody."""

    people: int
    ties: int
    steps: int
    rows: int
    seconds: float
    bytes: int


def estimate(scenario: Scenario, others: Iterable[Intervention] = ()) -> Estimate:
    """Make the world of a run, without letting it run: this also finds columns and names that are missing.

    Parameters
    ----------
    others : interventions of other plans, whose targets are looked at too.
    """
    with running(scenario.but(warm_up=0.0), seed=0) as run:
        graphs, people, contacts = run.world.setting.graphs, run.world.n, run.world.setting.contacts
        numbers = run.rows().values.size
        for part in {*scenario.interventions, *others}:
            part.who.check(scenario.population, graphs[0])
            part.who.mask(run.world)
        at_end = len(cascade_means(scenario, run.world))
        at_each_moment = numbers - at_end
        every = run.recorder.every[scenario.record]
    steps = scenario.steps + scenario.warm_up_steps
    ties = [int(graph.indices.size) for graph in graphs]
    stored = {id(graph): size for graph, size in zip(graphs, ties, strict=True)}
    held = stored if contacts is None else {**stored, id(contacts): int(contacts.indices.size)}
    return Estimate(
        people=people,
        ties=sum(stored.values()),
        steps=steps,
        rows=at_each_moment * moments(scenario.steps, every) + at_end,
        seconds=looks(scenario, ties) * SECONDS_PER_LOOK + steps * of_a_step(scenario, people),
        bytes=people * BYTES_PER_PERSON + sum(held.values()) * BYTES_PER_TIE,
    )


def moments(steps: int, every: int) -> int:
    """Moments at which measures are taken: day 0, every so many steps, and the last."""
    return len({*range(0, steps + 1, every), steps})


def of_a_step(scenario: Scenario, people: int) -> float:
    """Seconds of one step apart from what is looked at."""
    parts = len(scenario.interventions) + len(scenario.mechanisms)
    platforms = len(scenario.platforms) * SECONDS_PER_PLATFORM
    return people * SECONDS_PER_STEP + platforms + parts * SECONDS_PER_PART


def looks(scenario: Scenario, ties: list[int]) -> float:
    """How often somebody looks at an account they follow, warm-up included."""
    days = scenario.days + scenario.warm_up
    each = [
        platform.membership**2 * platform.sessions_per_day * size
        for platform, size in zip(scenario.platforms, ties, strict=True)
    ]
    return days * float(np.sum(each))
