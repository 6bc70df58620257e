"""Speed of null models, beside igraph: `pytest benchmarks/test_rewire_bench.py --benchmark-only`."""

from __future__ import annotations

import statistics
import time

import numpy as np
import pytest

from infodemic_sim.graphs import SocialGraph, scale_free
from infodemic_sim.graphs.convert import to_igraph
from infodemic_sim.graphs.rewire import rewired

KEPT = [
    {"keep": "degrees"},
    {"keep": "communities", "column": "town"},
    {"keep": "nothing"},
]
PEOPLE = [100_000, pytest.param(1_000_000, marks=pytest.mark.large)]


def network(people: int) -> SocialGraph:
    """Ten friendships for each person, in fifty towns."""
    towns = np.random.default_rng(1).integers(0, 50, people).astype(float)
    return scale_free(people, mean_degree=20, seed=1).with_attributes(town=towns)


@pytest.mark.parametrize("people", PEOPLE)
@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept["keep"])
def test_rewired(benchmark, people, kept):
    rewired(network(1_000), seed=1, **kept)  # compiles
    graph = network(people)
    other = benchmark.pedantic(rewired, args=(graph,), kwargs={"seed": 2, **kept}, rounds=3)
    assert other.number_of_ties == graph.number_of_ties
    benchmark.extra_info["ns per tie"] = 1e9 * benchmark.stats.stats.min / graph.number_of_ties


def test_degrees_beside_igraph(benchmark):
    """Ten swaps offered to each tie: igraph tries five times as many pairs as there are ties, one by one."""
    rewired(network(1_000), seed=1)  # compiles
    graph = network(100_000)
    seconds = []

    def theirs() -> None:
        other = to_igraph(graph)
        start = time.perf_counter()
        other.rewire(n=5 * graph.number_of_ties)
        seconds.append(time.perf_counter() - start)

    benchmark.pedantic(rewired, args=(graph,), kwargs={"seed": 2}, setup=theirs, rounds=3)
    mine, peer = statistics.median(benchmark.stats.stats.sorted_data), statistics.median(seconds)
    benchmark.extra_info.update({"ours, s": mine, "theirs, s": peer, "times faster": round(peer / mine, 1)})
