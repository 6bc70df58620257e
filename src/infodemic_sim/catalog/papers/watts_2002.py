"""Watts 2002: neither too few nor too many ties let one person set off a global cascade [Watts2002]."""

from __future__ import annotations

import numpy as np

from infodemic_sim.catalog.reproduction import Estimate, Published, Reproduction, Size
from infodemic_sim.graphs import erdos_renyi
from infodemic_sim.spread.watts_threshold import WattsThreshold

PEOPLE, RUNS = 10_000, 400
THRESHOLD = 0.18
INSIDE, OUTSIDE = (2.0, 3.0, 4.0, 5.0), (0.8, 7.0)


def compute(size: Size) -> list[Estimate]:
    """The largest cascade found at each mean number of ties."""
    return [Estimate(largest(mean, size)) for mean in (*INSIDE, *OUTSIDE)]


def largest(mean: float, size: Size) -> float:
    """Share of people whom the largest of many cascades from one person reaches."""
    graph = erdos_renyi(size.of(PEOPLE, 500), mean_degree=mean, seed=size.seed)
    reached = WattsThreshold(fraction=THRESHOLD).sizes(graph, seed=size.seed, replicates=size.of(RUNS, 100))
    return float(np.max(reached)) / graph.n


ENTRY = Reproduction(
    name="watts_2002",
    source="Watts2002",
    title="The window of global cascades",
    setting=(
        f"Erdős–Rényi networks of {PEOPLE:,} people who join when 18 % of their ties have; the largest of "
        f"{RUNS} cascades from one person each. By the published condition they can be global at 1.02 to "
        "5.76 ties each."
    ),
    published=(
        *(
            Published(f"Inside, {mean:g} ties each: share reached", 0.5, "cascade window", 0.0, "at least")
            for mean in INSIDE
        ),
        *(
            Published(f"Outside, {mean:g} ties each: share reached", 0.05, "cascade window", 0.0, "at most")
            for mean in OUTSIDE
        ),
    ),
    compute=compute,
)
