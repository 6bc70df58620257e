"""A small network on which much is said, and ways to follow it step by step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

import infodemic_sim as ids
from infodemic_sim.simulation import Run
from infodemic_sim.world import World

N = 300
GRAPH = ids.scale_free(N, mean_degree=12, seed=5)
PEOPLE = ids.Population(graph=GRAPH, providers=0.1, peer_supporters=0.1, super_spreaders=0.03, sharing=0.03)
TALK = ids.Topic(name="vaccines", posting=ids.Posting(public=0.4, patient=0.4), accurate_share=0.6)


def scenario(*plan: Any, **changes: Any) -> ids.Scenario:
    """Two lively days from an empty start, with these interventions."""
    plain = {"population": PEOPLE, "topics": [TALK], "days": 2.0, "warm_up": 0.0, "cascades": "trees"}
    return ids.Scenario(**{**plain, **changes}, interventions=plan)


def world(**changes: Any) -> World:
    """A world at its start."""
    return Run(scenario(**changes), seed=1).world


@contextmanager
def stepping(some: ids.Scenario, seed: int = 1, replicate: int = 0) -> Iterator[Run]:
    """A run to be stepped by hand."""
    run = Run(some, seed=seed, replicate=replicate)
    try:
        yield run
    finally:
        run.close()


def read_by(run: Run) -> np.ndarray:
    """Which message slot is remembered by whom, bool[n, slots]."""
    seen, slots = run.world.state.seen, run.world.state.messages.slots.size
    found = np.zeros((run.world.n, slots), bool)
    for person in range(run.world.n):
        start = seen.start[person]
        entries = seen.pool[start : start + (1 << int(seen.bits[person]))]
        found[person, entries[entries != 0] - 1] = True
    return found


def within(count: float, trials: int, chance: float, errors: float = 4.0) -> bool:
    """Whether a count of successes is within some standard errors of its expectation."""
    return abs(count - trials * chance) <= errors * np.sqrt(trials * chance * (1.0 - chance)) + 1e-9
