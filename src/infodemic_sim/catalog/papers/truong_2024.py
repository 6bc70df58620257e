"""Truong et al. 2024: how far bots that infiltrate a network lower the quality of feeds [Truong2024]."""

from __future__ import annotations

import numpy as np

from infodemic_sim.catalog.reproduction import Estimate, Published, Reproduction, Size, mean_of
from infodemic_sim.graphs import SocialGraph, simsom_graph
from infodemic_sim.spread.simsom import SimSoM

PEOPLE, FRIENDS, NETWORKS = 10_000, 100, 2
LEAST = 1000
"""People at the smallest size: each of them follows every bot at the largest γ."""
STEPS, SETTLING = 60, 30
INFILTRATION = {1e-4: 0.999, 1e-3: 0.977, 1e-2: 0.86, 1e-1: 0.485}


def compute(size: Size) -> list[Estimate]:
    """Mean quality in feeds, relative to the same network without bots."""
    n = size.of(PEOPLE, LEAST)
    networks = [simsom_graph(n, mean_degree=FRIENDS, seed=size.seed + k) for k in range(NETWORKS)]
    clean = [quality(SimSoM(bot_share=0.0, ageing="published"), graph, size.seed) for graph in networks]
    follow = [
        chance * PEOPLE / n for chance in INFILTRATION
    ]  # so that people follow as many bots as at full size
    return [mean_of(np.divide(with_bots(chance, networks, size.seed), clean)) for chance in follow]


def with_bots(infiltration: float, networks: list[SocialGraph], seed: int) -> list[float]:
    """Mean quality on each network."""
    rule = SimSoM(infiltration=infiltration, ageing="published")
    return [quality(rule, graph, seed) for graph in networks]


def quality(rule: SimSoM, graph: SocialGraph, seed: int) -> float:
    """Mean quality of what stands in feeds, over the steps after the first."""
    return float(rule.run(graph, seed=seed, steps=STEPS).curves["quality"][SETTLING:].mean())


ENTRY = Reproduction(
    name="truong_2024",
    source="Truong2024",
    title="Bots that infiltrate lower the quality of what people see",
    setting=(
        f"Follower networks of {PEOPLE:,} people who follow {FRIENDS} each, and bots, 5 % of their number, "
        f"whom each person follows with chance γ; messages age as in the published program; {NETWORKS} "
        f"networks, mean over steps {SETTLING} to {STEPS}."
    ),
    published=tuple(
        Published(
            f"Quality at γ = {chance:g}, relative to no bots", value, "infiltration, published program", 0.05
        )
        for chance, value in INFILTRATION.items()
    ),
    compute=compute,
)
