"""SIR, SIS and SEIR against theory: final sizes, chances of an outbreak, and the spectral bound of SIS."""

from __future__ import annotations

import numpy as np
import pytest

from infodemic_sim.graphs import SocialGraph, configuration_model, erdos_renyi
from infodemic_sim.spread.epidemic import EpidemicRule
from infodemic_sim.spread.network_rule import UNTOUCHED
from infodemic_sim.spread.seir import SEIR
from infodemic_sim.spread.sir import SIR
from infodemic_sim.spread.sis import SIS

PEOPLE = 20_000
RUNS = 3_200
GRAPHS = 16
LARGE = 0.1
"""Share of all people above which an outbreak counts as one."""
SIZE, PROBABILITY = 0.79681, 0.63923


@pytest.fixture(scope="module")
def graphs() -> list[SocialGraph]:
    return [erdos_renyi(PEOPLE, mean_degree=4.0, seed=seed) for seed in range(GRAPHS)]


def shares(rule: EpidemicRule, graphs: list[SocialGraph], runs: int) -> np.ndarray:
    """Share of all people who ever took it up, run by run."""
    reached = [rule.run(graphs[k % len(graphs)], seed=1, replicate=k).reached for k in range(runs)]
    return np.array(reached) / PEOPLE


def test_markovian_sir(target, graphs):
    found = shares(SIR(time="continuous", transmission=0.2, recovery=0.2), graphs, RUNS)
    large = found > LARGE
    target(
        "A9", "Markovian SIR, Erdős–Rényi, mean degree 4, beta = gamma: size", SIZE, found[large].mean(), 0.01
    )
    target("A9", "the same: probability of an outbreak", PROBABILITY, large.mean(), 0.03)


def test_markovian_sir_step_by_step(target, graphs):
    """As in a scenario, in steps of half the mean time for which people have it."""
    rule = SIR(time="continuous", transmission=0.2, recovery=0.2, starters=5)
    found = []
    for replicate in range(20):
        ground = rule.ground(graphs[replicate % GRAPHS], 2, replicate, 60.0)
        arrays, step = rule.begin(ground)[0], 0
        while not rule.finished(arrays):
            rule.advance(ground, arrays, step, UNTOUCHED)
            step += 1
        found.append(np.count_nonzero(arrays["status"]) / PEOPLE)
    large = np.array([share for share in found if share > LARGE])
    target("A9", "Markovian SIR step by step: size", SIZE, large.mean(), 0.01)


def test_sir_in_rounds(target, graphs):
    """p = .1 and r = 1/9 give T = p / (1 - (1 - p)(1 - r)) = 1/2: the size is that of beta = gamma."""
    found = shares(SIR(transmission=0.1, recovery=1.0 / 9.0, starters=5), graphs, 200)
    target("A9", "SIR in rounds with the same T: size", SIZE, found[found > LARGE].mean(), 0.01)


@pytest.mark.parametrize("time", ["rounds", "continuous"])
def test_incubation_does_not_change_sizes(target, graphs, time):
    recovery = 0.1 if time == "continuous" else 1.0 / 9.0
    rule = SEIR(time=time, transmission=0.1, incubation=0.3, recovery=recovery, starters=5)
    found = shares(rule, graphs, 200)
    target("A9", f"SEIR, {time}, with the same T: size", SIZE, found[found > LARGE].mean(), 0.01)


# --- the spectral bound of SIS ----------------------------------------------------------------------------


def ring(n: int) -> SocialGraph:
    people = np.arange(n)
    return SocialGraph.from_ties(people, (people + 1) % n, n, False)


def star(n: int) -> SocialGraph:
    return SocialGraph.from_ties(np.zeros(n - 1, int), np.arange(1, n), n, False)


def complete(n: int) -> SocialGraph:
    return SocialGraph.from_ties(*np.triu_indices(n, 1), n, False)


NETWORKS = {
    "star of 1,001": (star(1001), 1.0 / np.sqrt(1000.0)),
    "ring of 1,000": (ring(1000), 0.5),
    "complete graph of 201": (complete(201), 1.0 / 200.0),
    "random graph, mean degree 10": (erdos_renyi(2_000, mean_degree=10.0, seed=1), None),
    "configuration model, degrees 3 to 50": (
        configuration_model([3] * 1_000 + [10] * 100 + [50] * 20, seed=1),
        None,
    ),
}


def largest_eigenvalue(graph: SocialGraph) -> float:
    """Of the adjacency matrix, by iterating A + I: a star or an even ring is bipartite."""
    sees = np.repeat(np.arange(graph.n), graph.degrees())
    vector, value, before = np.ones(graph.n), 1.0, 0.0
    while abs(value - before) > 1e-13 * value:
        following = vector + np.bincount(sees, vector[graph.indices], graph.n)
        before, value = value, float(np.linalg.norm(following) / np.linalg.norm(vector))
        vector = following / np.linalg.norm(following)
    return value - 1.0


@pytest.mark.parametrize("name", list(NETWORKS))
def test_sis_at_half_the_bound_dies_out(target, name):
    """From everybody infectious: E[number at t] <= n exp(-(gamma - beta Lambda) t), here below 1e-3.

    The bound holds for every t: the process lies below the one in which nobody is spared for having it
    already, whose mean is exp((beta A - gamma) t) 1. One run in a thousand would last so long by chance.
    """
    graph, bound = NETWORKS[name]
    found = 1.0 / largest_eigenvalue(graph)
    if bound is not None:
        target("A11", f"{name}: mean-field bound of the threshold", bound, found, 1e-6)
    days = int(np.ceil(2.0 * np.log(graph.n * 1e3)))
    for time in ("continuous", "rounds"):
        recovery = 1.0 if time == "continuous" else 0.05
        steps = days if time == "continuous" else round(days / recovery)
        rule = SIS(time=time, transmission=0.5 * found * recovery, recovery=recovery, starters=graph.n)
        runs = [rule.run(graph, seed=seed, steps=steps) for seed in range(5)]
        left = [int(found.curves["infectious"][-1]) for found in runs]
        target.holds("A11", f"{name}, {time}: at half the bound SIS dies out", not any(left), f"left: {left}")


def test_sis_well_above_the_bound_stays(target):
    """The other side, so that dying out is no artefact: at 3 times the bound on the same random graph."""
    graph, _ = NETWORKS["random graph, mean degree 10"]
    days = int(np.ceil(2.0 * np.log(graph.n * 1e3)))
    for time, recovery in (("continuous", 1.0), ("rounds", 0.05)):
        chance = 3.0 * recovery / largest_eigenvalue(graph)
        rule = SIS(time=time, transmission=chance, recovery=recovery, starters=graph.n)
        left = rule.run(graph, seed=1, steps=round(days / recovery)).curves["infectious"][-1]
        target.holds(
            "A11", f"{time}: at three times the bound SIS stays", left > graph.n / 2, f"left: {left}"
        )
