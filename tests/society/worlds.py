"""Small worlds in which ties, people and messages change."""

from __future__ import annotations

from typing import Any

import numpy as np

import infodemic_sim as ids
from infodemic_sim.simulation import Run
from infodemic_sim.world import World


def scenario(n: int = 200, **changes: Any) -> ids.Scenario:
    """People who talk a lot and disagree, on one platform."""
    plain: dict[str, Any] = {
        "topics": [ids.Topic(posting=ids.Posting(public=0.5), accurate_share=0.6)],
        "platforms": [ids.Platform(sessions_per_day=12.0, chatter_per_day=1.0)],
        "days": 10.0,
        "warm_up": 0.0,
    }
    graph = changes.pop("graph", None) or ids.erdos_renyi(n, mean_degree=10, seed=4)
    population = ids.Population(graph=graph, sharing=0.1)
    return ids.Scenario(population=population, **{**plain, **changes})


def begun(scenario: ids.Scenario, steps: int = 0, seed: int = 1) -> Run:
    """A run some steps on."""
    run = Run(scenario, seed=seed)
    for _ in range(steps):
        run.step()
    return run


def pairs(world: World, platform: int = 0) -> set[tuple[int, int]]:
    """Who follows whom now."""
    who, others = world.followees_of(np.arange(world.n), platform)
    return {*zip(who.tolist(), others.tolist(), strict=True)}
