"""Speed of rules of opinions, beside NDlib and scipy: `pytest benchmarks/test_opinion_bench.py`.

Each is timed in turns with its peer; ``extra_info`` holds medians and how many times faster ours is.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest

from infodemic_sim.graphs import SocialGraph, from_networkx, scale_free
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.graphs.convert import to_scipy
from infodemic_sim.randomness import Draws
from infodemic_sim.spread.deffuant import Deffuant
from infodemic_sim.spread.degroot import DeGroot
from infodemic_sim.spread.hegselmann_krause import HegselmannKrause
from infodemic_sim.spread.network_rule import UNTOUCHED, Ground, NetworkRule
from infodemic_sim.spread.voter import Voter


def steps_of(rule: NetworkRule, graph: SocialGraph) -> Callable[[], None]:
    """One step of a rule at each call, after a first that compiles."""
    ground = Ground(graph, np.arange(graph.n, dtype=np.uint64), Draws(1, 0))
    arrays, _ = rule.begin(ground)
    steps = iter(range(10**9))

    def step() -> None:
        rule.advance(ground, arrays, next(steps), UNTOUCHED)

    step()
    return step


def beside(benchmark, ours: Callable[[], None], theirs: Callable[[], object], rounds: int) -> None:
    """Time ours and theirs in turns."""
    seconds: list[float] = []

    def turn() -> None:
        start = time.perf_counter()
        theirs()
        seconds.append(time.perf_counter() - start)

    turn()
    seconds.clear()
    benchmark.pedantic(ours, setup=turn, rounds=rounds)
    mine, peer = statistics.median(benchmark.stats.stats.sorted_data), statistics.median(seconds)
    benchmark.extra_info.update(
        {"ours, ms": 1e3 * mine, "theirs, ms": 1e3 * peer, "times faster": round(peer / mine, 1)}
    )


@pytest.fixture(scope="module")
def network() -> nx.Graph:
    return nx.barabasi_albert_graph(2_000, 5, seed=1)


@pytest.fixture(scope="module")
def ndlib():
    """NDlib's opinion models."""
    import ndlib.models.opinions
    from ndlib.models import ModelConfig

    def made(name: str, network: nx.Graph, **parameters: float):
        model = getattr(ndlib.models.opinions, name)(network)
        configuration = ModelConfig.Configuration()
        for key, value in parameters.items():
            configuration.add_model_parameter(key, value)
        model.set_initial_status(configuration)
        model.iteration(node_status=False)
        return model

    return made


def test_deffuant_beside_ndlib(benchmark, ndlib, network):
    """A step: as many encounters as people."""
    theirs = ndlib("AlgorithmicBiasModel", network, epsilon=0.3, gamma=0.0)
    ours = steps_of(Deffuant(confidence=0.3), from_networkx(network))
    beside(benchmark, ours, lambda: theirs.iteration(node_status=False), 20)


def test_voter_beside_ndlib(benchmark, ndlib, network):
    """A sweep; NDlib's iteration is one update, timed fifty at once."""
    theirs = ndlib("VoterModel", network, fraction_infected=0.5)
    ours = steps_of(Voter(), from_networkx(network))
    beside(benchmark, ours, lambda: [theirs.iteration(node_status=False) for _ in range(50)], 20)
    info = benchmark.extra_info
    info["theirs, ms"] *= network.number_of_nodes() / 50
    info["times faster"] = round(info["theirs, ms"] / info["ours, ms"], 1)


@pytest.mark.parametrize("people", [100_000, pytest.param(1_000_000, marks=pytest.mark.large)])
def test_degroot_beside_scipy(benchmark, people):
    """A step, with exact sums; scipy's product of the same sparse matrix rounds in the order of positions."""
    graph = scale_free(people, mean_degree=20, seed=1)
    trust = to_scipy(graph).astype(np.float64)
    opinion = np.random.default_rng(1).random(people)
    beside(benchmark, steps_of(DeGroot(), graph), lambda: trust @ opinion, 10)
    benchmark.extra_info["ns per tie read"] = 1e9 * benchmark.stats.stats.min / graph.indices.size


@pytest.mark.parametrize("people", [1_000, 5_000])
def test_hegselmann_krause_among_all(benchmark, people):
    """A step where everybody sees everybody: sorted, not compared in pairs."""
    benchmark.pedantic(steps_of(HegselmannKrause(), complete_graph(people)), rounds=20)
    benchmark.extra_info["ns per person"] = 1e9 * benchmark.stats.stats.min / people
