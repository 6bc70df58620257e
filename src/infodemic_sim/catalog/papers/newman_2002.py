"""Newman 2002: epidemics on networks are percolation [NewmanSpread2002]."""

from __future__ import annotations

import numpy as np

from infodemic_sim.catalog.reproduction import Estimate, Published, Reproduction, Size, mean_of
from infodemic_sim.graphs import SocialGraph, configuration_model, erdos_renyi
from infodemic_sim.spread.independent_cascade import IndependentCascade
from infodemic_sim.theory import DegreeLaw, giant_share

PEOPLE, RUNS = 20_000, 2000
POISSON = DegreeLaw.poisson(4.0)
POWER = DegreeLaw.given(np.r_[0.0, np.arange(1.0, 400.0) ** -2.0 * np.exp(-np.arange(1.0, 400.0) / 10.0)])
"""p_k ∝ k⁻² e^(−k/10), as in the paper's figure."""


def compute(size: Size) -> list[Estimate]:
    """Size and chance of outbreaks on two kinds of network."""
    n = size.of(PEOPLE, 2000)
    poisson = erdos_renyi(n, mean_degree=4.0, seed=size.seed)
    power = configuration_model(degrees_of(POWER, n), seed=size.seed)
    return [*outbreaks(poisson, 0.5, size), *outbreaks(power, 0.8, size)]


def degrees_of(law: DegreeLaw, n: int) -> list[int]:
    """Numbers of ties whose shares are those of the law, as nearly as n people can; their sum is even."""
    degrees = np.searchsorted(np.cumsum(law.chances), (np.arange(n) + 0.5) / n)
    degrees[-1] += degrees.sum() % 2
    return degrees.tolist()


def outbreaks(graph: SocialGraph, chance: float, size: Size) -> tuple[Estimate, Estimate]:
    """Mean share that cascades reach which grow beyond a twentieth of the people, and how many do."""
    rule = IndependentCascade(chance=chance)
    shares = rule.sizes(graph, seed=size.seed, replicates=size.of(RUNS, 200)) / graph.n
    return mean_of(shares[shares > 0.05]), mean_of(shares > 0.05)


def rows(name: str, law: DegreeLaw, chance: float) -> tuple[Published, Published]:
    """What the generating functions of the paper give."""
    value = giant_share(law, chance)
    where = "u = G₁(1 − T + Tu), S = 1 − G₀(1 − T + Tu)"
    return (
        Published(f"{name}: share that an outbreak reaches", value, where, 0.01),
        Published(f"{name}: chance of an outbreak", value, where, 0.035),
    )


ENTRY = Reproduction(
    name="newman_2002",
    source="NewmanSpread2002",
    title="Outbreaks on networks are percolation",
    setting=(
        f"Networks of {PEOPLE:,} people: Poisson ties with mean 4, and ties by a power law with cut-off, "
        f"p_k ∝ k⁻² e^(−k/10); {RUNS:,} cascades from one person each, where each tie passes on with "
        "chance T."
    ),
    published=(
        *rows("Poisson ties, T = .5", POISSON, 0.5),
        *rows("Power law, T = .8", POWER, 0.8),
    ),
    compute=compute,
)
