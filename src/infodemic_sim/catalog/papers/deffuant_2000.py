"""Deffuant et al. 2000: how many camps are left when people heed only those nearby [Deffuant2000]."""

from __future__ import annotations

import numpy as np

from infodemic_sim.catalog.reproduction import Estimate, Published, Reproduction, Size, mean_of
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.spread.deffuant import Deffuant

PEOPLE, RUNS = 1000, 50
ROUNDS = 2000


def compute(size: Size) -> list[Estimate]:
    """Mean number of major clusters, and the share of runs that end with the published one."""
    graph = complete_graph(size.of(PEOPLE, 200))
    runs = range(size.of(RUNS, 10))

    def clusters(confidence: float) -> np.ndarray:
        rule = Deffuant(confidence=confidence, convergence=0.5, settled=1e-6)
        found = [rule.run(graph, seed=size.seed, replicate=run, steps=ROUNDS) for run in runs]
        return np.array([run.curves["major_clusters"][-1] for run in found])

    wide, narrow = clusters(0.5), clusters(0.2)
    return [mean_of(wide), mean_of(wide == 1), mean_of(narrow), mean_of(narrow == 2)]


ENTRY = Reproduction(
    name="deffuant_2000",
    source="Deffuant2000",
    title="How many camps are left when people heed only those nearby",
    setting=(
        f"{PEOPLE:,} people who may all meet, opinions drawn evenly from 0 to 1, μ = .5; {RUNS} runs. "
        "Camps hold a tenth of the people or more."
    ),
    published=(
        Published("Camps at d = .5", 1.0, "Fig. 1", 0.05),
        Published("Share of runs with one camp at d = .5", 1.0, "Fig. 1", 0.05),
        Published("Camps at d = .2", 2.0, "Fig. 2", 0.2),
        Published(
            "Share of runs with two camps at d = .2", 0.5, "Fig. 4: the most frequent", 0.0, "at least"
        ),
    ),
    compute=compute,
)
