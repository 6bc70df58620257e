"""The Bass model against its closed form, target A17, and another program on a network."""

from __future__ import annotations

import math
import random
import warnings

import networkx as nx
import numpy as np
import pytest

from infodemic_sim.graphs import from_networkx
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.spread.bass import Bass

PEAK, SHARE = 6.193, 0.4605
RUNS = 20


@pytest.fixture(scope="module")
def times() -> np.ndarray:
    """When people adopt, in all runs of 10,000 people who all know one another."""
    graph = complete_graph(10_000)
    return np.concatenate([Bass().run(graph, seed=1, replicate=k).adoptions["time"] for k in range(RUNS)])


def peak(times: np.ndarray) -> float:
    """Where adoption is quickest: the top of a parabola through counts, fitted around itself."""
    centre = float(np.median(times))
    for _ in range(20):
        counts, edges = np.histogram(times, bins=20, range=(centre - 2.5, centre + 2.5))
        bend, slope, _ = np.polyfit((edges[1:] + edges[:-1]) / 2, counts, 2)
        centre = -slope / bend / 2
    return centre


def test_peak(times, target):
    target("A17", f"p = .03, q = .38, n = 10,000, {RUNS} runs: peak", PEAK, peak(times), 0.02 * PEAK)


def test_share_at_the_peak(times, target):
    got = np.count_nonzero(times <= PEAK) / (10_000 * RUNS)
    target("A17", "share that has adopted by then", SHARE, got, 0.02 * SHARE)


def test_a_network_as_another_program_has_it():
    """EoN, simple contagion on a regular network: mean share at day 3 within four standard errors."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        eon = pytest.importorskip("EoN")
    network = nx.random_regular_graph(6, 300, seed=1)
    alone, together = nx.DiGraph(), nx.DiGraph()
    alone.add_edge("potential", "adopter", rate=0.05)
    together.add_edge(("adopter", "potential"), ("adopter", "adopter"), rate=1.2 / 6)
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002 (the other program's own generator)
    theirs = []
    for _ in range(400):
        statuses = dict.fromkeys(network, "potential")
        series = eon.Gillespie_simple_contagion(
            network, alone, together, statuses, ["potential", "adopter"], tmax=3.0
        )
        theirs.append(series[2][-1] / 300)
    graph, rule = from_networkx(network), Bass(p=0.05, q=1.2)
    ours = [rule.run(graph, seed=1, replicate=k, steps=3).reached / 300 for k in range(2000)]
    error = math.sqrt(np.var(theirs) / 400 + np.var(ours) / 2000)
    assert abs(np.mean(theirs) - np.mean(ours)) < 4 * error
