"""Cascade rules against other programs: the same graphs and parameters, two-sample tests at level .001."""

from __future__ import annotations

import array
from collections.abc import Callable

import ndlib.models.epidemics as epidemics
import ndlib.models.ModelConfig as ModelConfig
import networkx as nx
import numpy as np
import pytest
from cynetdiff.models import IndependentCascadeModel, LinearThresholdModel
from scipy import stats

from infodemic_sim.graphs import SocialGraph, erdos_renyi, to_networkx
from infodemic_sim.spread.independent_cascade import IndependentCascade
from infodemic_sim.spread.linear_threshold import LinearThreshold
from infodemic_sim.spread.watts_threshold import WattsThreshold

PEOPLE = 400
RUNS = 10_000
LEVEL = 0.001


def follows(total: float | None = None) -> SocialGraph:
    """Follows with weights from 0 to 0.6; with ``total``, those of all whom a person sees sum to it."""
    plain = erdos_renyi(PEOPLE, mean_degree=5.0, directed=True, seed=1)
    sees = np.repeat(np.arange(PEOPLE), plain.degrees())
    weights = 0.6 * np.random.default_rng(1).random(sees.size)
    if total is not None:
        weights *= total / np.bincount(sees, weights, PEOPLE)[sees]
    return SocialGraph.from_ties(sees, plain.indices, PEOPLE, True, weights=weights)


def friends() -> SocialGraph:
    return erdos_renyi(PEOPLE, mean_degree=5.0, seed=1)


def unsigned(values: np.ndarray) -> array.array:
    return array.array("I", values.tolist())


def alike(ours: np.ndarray, theirs: np.ndarray) -> None:
    """Neither the distributions nor the means differ at the level."""
    assert np.unique(ours).size > 20
    assert stats.ks_2samp(ours, theirs).pvalue > LEVEL
    assert stats.ttest_ind(ours, theirs, equal_var=False).pvalue > LEVEL


def cynetdiff_sizes(model: IndependentCascadeModel | LinearThresholdModel, start: list[int]) -> np.ndarray:
    model.set_seeds(start)
    sizes = []
    for _ in range(RUNS):
        model.reset_model()
        model.advance_until_completion()
        sizes.append(sum(1 for _ in model.get_activated_nodes()))
    return np.array(sizes)


@pytest.mark.parametrize("chance", [0.15, 0.3])
def test_independent_cascade_with_cynetdiff(chance):
    graph = friends()
    model = IndependentCascadeModel(
        unsigned(graph.indptr[:-1]), unsigned(graph.indices), activation_prob=chance, rng=1
    )
    rule = IndependentCascade(chance=chance, start=(0, 1))
    alike(rule.sizes(graph, seed=1, replicates=RUNS), cynetdiff_sizes(model, [0, 1]))


def test_weights_as_chances_with_cynetdiff():
    graph = follows()
    seen_by = graph.followers()
    model = IndependentCascadeModel(
        unsigned(seen_by.indptr[:-1]),
        unsigned(seen_by.indices),
        activation_probs=array.array("f", seen_by.weights.tolist()),
        rng=1,
    )
    rule = IndependentCascade(chance=None, start=(0, 1))
    alike(rule.sizes(graph, seed=1, replicates=RUNS), cynetdiff_sizes(model, [0, 1]))


@pytest.mark.parametrize("weighted", [False, True], ids=["1/in-degree", "weighted"])
def test_linear_threshold_with_cynetdiff(weighted):
    graph = follows(total=0.95)
    seen_by = graph.followers()
    model = LinearThresholdModel(
        unsigned(seen_by.indptr[:-1]),
        unsigned(seen_by.indices),
        influence=array.array("f", seen_by.weights.tolist()) if weighted else None,
        rng=1,
    )
    rule = LinearThreshold(weighted=weighted, start=(0, 1, 2))
    alike(rule.sizes(graph, seed=1, replicates=RUNS), cynetdiff_sizes(model, [0, 1, 2]))


def test_independent_cascade_with_percolation_by_networkx():
    graph, chance, luck = friends(), 0.25, np.random.default_rng(1)
    ties = np.array(to_networkx(graph).edges)
    theirs = []
    for _ in range(2_000):
        open_ones = nx.Graph()
        open_ones.add_nodes_from(range(graph.n))
        open_ones.add_edges_from(ties[luck.random(len(ties)) < chance].tolist())
        theirs.append(len(nx.node_connected_component(open_ones, 0)))
    rule = IndependentCascade(chance=chance, start=(0,))
    alike(rule.sizes(graph, seed=1, replicates=RUNS), np.array(theirs))


def ndlib_runs(
    make: Callable, graph: nx.Graph, start: list[int], edges: dict, nodes: dict, seed: int = 1
) -> list[dict]:
    """People in each status after each round of one run of NDlib, until nothing changes."""
    model, settings = make(graph, seed=seed), ModelConfig.Configuration()
    settings.add_model_initial_configuration("Infected", start)
    for tie, chance in edges.items():
        settings.add_edge_configuration("threshold", tie, chance)
    for person, limit in nodes.items():
        settings.add_node_configuration("threshold", person, limit)
    model.set_initial_status(settings)
    rounds = [model.iteration(node_status=False)["node_count"]]
    while len(rounds) < 2 or rounds[-1] != rounds[-2]:
        rounds.append(model.iteration(node_status=False)["node_count"])
    return rounds


@pytest.mark.parametrize("directed", [False, True], ids=["friends", "follows"])
def test_independent_cascade_with_ndlib(directed):
    graph, chance = erdos_renyi(PEOPLE, mean_degree=5.0, directed=directed, seed=2), 0.22
    theirs = to_networkx(graph, direction="spreads") if directed else to_networkx(graph)
    edges = dict.fromkeys(theirs.edges, chance)
    runs = [
        ndlib_runs(epidemics.IndependentCascadesModel, theirs, [0, 1, 2], edges, {}, seed)
        for seed in range(500)
    ]
    sizes = np.array([rounds[-1][1] + rounds[-1][2] for rounds in runs])
    rule = IndependentCascade(chance=chance, start=(0, 1, 2))
    alike(rule.sizes(graph, seed=1, replicates=RUNS), sizes)


@pytest.mark.parametrize("fraction", [0.2, 0.3, 0.5])
def test_threshold_with_ndlib(fraction):
    """Nothing is random here: every round of every run is the same."""
    graph = friends()
    longest = 0
    for first in range(10):
        start = list(range(first, PEOPLE, 25))
        nodes = dict.fromkeys(range(PEOPLE), fraction)
        theirs = ndlib_runs(epidemics.ThresholdModel, to_networkx(graph), start, {}, nodes)
        ours = WattsThreshold(fraction=fraction, start=tuple(start)).run(graph, seed=1).curves["active"]
        active = [rounds[1] for rounds in theirs]
        assert ours.tolist()[: len(active)] == active[: ours.size]
        longest = max(longest, ours.size)
    assert longest > 3
