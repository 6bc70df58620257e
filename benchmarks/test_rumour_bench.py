"""Speed of rumours, hoax and Bass, beside other programs on the same network.

The peers: EoN's Gillespie simulation, for rules that it can express, and the hoax as whole-array numpy with
a sparse matrix, as one would write it by hand.
"""

from __future__ import annotations

import math
import time
import warnings

import networkx as nx
import numpy as np
import pytest
import scipy.sparse

from infodemic_sim.graphs import erdos_renyi, from_networkx, to_networkx
from infodemic_sim.spread.bass import Bass
from infodemic_sim.spread.hoax import HoaxAndFactCheck
from infodemic_sim.spread.maki_thompson import MakiThompson
from infodemic_sim.spread.nekovee import Nekovee

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import EoN

SIZES = [10_000, pytest.param(1_000_000, marks=pytest.mark.large)]


def compared(benchmark, ours, theirs, rounds: int) -> None:
    """Medians of both in turn, and how many times longer theirs takes."""
    ours()  # compiles
    other = []
    for _ in range(rounds):
        start = time.perf_counter()
        theirs()
        other.append(time.perf_counter() - start)
    benchmark.pedantic(ours, rounds=10 * rounds)
    benchmark.extra_info["peer, median s"] = float(np.median(other))
    benchmark.extra_info["ratio"] = float(np.median(other)) / benchmark.stats.stats.median


def gillespie(network, alone, together, first, statuses, tmax=math.inf):
    """A run of the peer from the first ten people."""
    initial = dict.fromkeys(network, statuses[0]) | dict.fromkeys(range(10), first)
    return EoN.Gillespie_simple_contagion(network, alone, together, initial, statuses, tmax=tmax)


def test_nekovee(benchmark):
    graph = erdos_renyi(2_000, mean_degree=10, seed=1)
    network, alone, together = to_networkx(graph), nx.DiGraph(), nx.DiGraph()
    alone.add_edge("spreader", "stifler", rate=0.5)
    together.add_edge(("spreader", "ignorant"), ("spreader", "spreader"), rate=0.3)
    for who in ("spreader", "stifler"):
        together.add_edge((who, "spreader"), (who, "stifler"), rate=0.1)
    rule = Nekovee(spread=0.3, stifle=0.1, forget=0.5, start=tuple(range(10)))
    names = ["ignorant", "spreader", "stifler"]
    compared(
        benchmark,
        lambda: rule.run(graph, seed=1),
        lambda: gillespie(network, alone, together, "spreader", names),
        1,
    )


def test_bass(benchmark):
    """On a network in which everybody has ten friends, so that the peer needs one rate."""
    network = nx.random_regular_graph(10, 2_000, seed=1)
    graph = from_networkx(network)
    alone, together = nx.DiGraph(), nx.DiGraph()
    alone.add_edge("potential", "adopter", rate=0.03)
    together.add_edge(("adopter", "potential"), ("adopter", "adopter"), rate=0.038)
    rule = Bass(start=tuple(range(10)))
    names = ["potential", "adopter"]
    compared(
        benchmark,
        lambda: rule.run(graph, seed=1),
        lambda: gillespie(network, alone, together, "adopter", names),
        1,
    )


@pytest.mark.parametrize("people", SIZES)
def test_hoax(benchmark, people):
    graph = erdos_renyi(people, mean_degree=10, seed=1)
    matrix = scipy.sparse.csr_array((np.ones(graph.indices.size), graph.indices, graph.indptr))
    rule = HoaxAndFactCheck(believers=people // 4, checkers=people // 2)

    def theirs() -> None:
        draw = np.random.default_rng(1)
        status = np.zeros(people, np.int8)
        status[: people // 4], status[people // 4 : 3 * people // 4] = 1, 2
        for _ in range(50):
            believing, checking = 1.3 * (matrix @ (status == 1)), 0.7 * (matrix @ (status == 2))
            chance = 0.5 * np.divide(
                believing, believing + checking, out=np.zeros(people), where=believing + checking > 0
            )
            luck, forget, verify = draw.random((3, people))
            told = np.where(luck < chance, 1, np.where((luck < 0.5) & (believing + checking > 0), 2, 0))
            kept = np.where(forget < 0.1, 0, np.where((status == 1) & (verify < 0.05), 2, status))
            status = np.where(status == 0, told, kept).astype(np.int8)

    compared(benchmark, lambda: rule.run(graph, seed=1, steps=50), theirs, 3)


@pytest.mark.parametrize("people", SIZES)
def test_maki_thompson(benchmark, people):
    graph, rule = erdos_renyi(people, mean_degree=10, seed=1), MakiThompson(starters=10)
    rule.run(graph, seed=1)  # compiles
    run = benchmark.pedantic(rule.run, args=(graph,), kwargs={"seed": 1}, rounds=5)
    benchmark.extra_info["people told"] = run.reached
