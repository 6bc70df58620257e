"""Cascade rules against theory: branching processes, percolation, and what close circles carry."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from infodemic_sim.graphs import SocialGraph, configuration_model, erdos_renyi, small_world
from infodemic_sim.kernels.trees import measure_trees
from infodemic_sim.spread.complex_contagion import ComplexContagion
from infodemic_sim.spread.independent_cascade import IndependentCascade
from infodemic_sim.spread.linear_threshold import LinearThreshold
from infodemic_sim.spread.watts_threshold import WattsThreshold

LARGE = 0.1
"""Share of all people above which a cascade counts as large, or global."""


def ring(n: int) -> SocialGraph:
    people = np.arange(n)
    return SocialGraph.from_ties(people, (people + 1) % n, n, False)


def star(leaves: int) -> SocialGraph:
    return SocialGraph.from_ties(np.zeros(leaves, int), np.arange(1, leaves + 1), leaves + 1, False)


@pytest.mark.parametrize(
    ("name", "graph", "mean"),
    [("triangle", ring(3), 2.25), ("4-cycle", ring(4), 2.5625), ("star of 3 from its hub", star(3), 2.5)],
)
def test_independent_cascade_on_small_graphs(target, name, graph, mean):
    sizes = IndependentCascade(chance=0.5, start=(0,)).sizes(graph, seed=1, replicates=100_000)
    target("A6", f"independent cascade, p = .5, {name}: mean size", mean, sizes.mean(), 0.01)


def test_linear_threshold_on_a_triangle(target):
    weighted = SocialGraph.from_ties([0, 1, 2], [1, 2, 0], 3, False, weights=[0.5] * 3)
    for name, rule in (("weights", LinearThreshold(weighted=True)), ("1/in-degree", LinearThreshold())):
        sizes = rule.sizes(weighted, seed=1, replicates=100_000)
        target("A7", f"linear threshold, triangle, {name}: mean size", 2.5, sizes.mean(), 0.01)


PEOPLE = 20_000
PERCOLATION = {
    "Erdős–Rényi, mean degree 4, T = .5": (erdos_renyi, {"n": PEOPLE, "mean_degree": 4.0}, 0.5, 0.79681),
    "random 4-regular, T = .5": (configuration_model, {"degrees": [4] * PEOPLE}, 0.5, 0.85410),
    "random 3-regular, T = .6": (configuration_model, {"degrees": [3] * PEOPLE}, 0.6, 0.70370),
}


@pytest.mark.parametrize("name", list(PERCOLATION))
def test_bond_percolation(target, name):
    make, words, chance, share = PERCOLATION[name]
    graph = make(**words, seed=1)
    sizes = IndependentCascade(chance=chance).sizes(graph, seed=1, replicates=20_000) / graph.n
    large = sizes > LARGE
    target("A8", f"{name}: share reached by large cascades", share, sizes[large].mean(), 0.01)
    target("A8", f"{name}: probability of a large cascade", share, large.mean(), 0.01)


def test_subcritical_cascades(target):
    """Poisson degrees with mean 40 and chance .02: offspring are Poisson with mean .8."""
    graph = erdos_renyi(50_000, mean_degree=40.0, seed=1)
    sizes = IndependentCascade(chance=0.02).sizes(graph, seed=1, replicates=150_000)
    target("A10", "mean size of subcritical cascades, R = .8", 5.0, sizes.mean(), 0.03 * 5.0)
    for size, share in ((1, 0.4493), (2, 0.1615), (3, 0.0871)):
        target("A10", f"P(size = {size}), R = .8", share, np.mean(sizes == size), 0.03 * share)


@pytest.mark.parametrize(
    ("mean_degree", "spreads"),
    [(2.0, True), (3.0, True), (4.0, True), (5.0, True), (0.8, False), (7.0, False)],
)
def test_watts(target, mean_degree, spreads):
    graph = erdos_renyi(10_000, mean_degree=mean_degree, seed=1)
    sizes = WattsThreshold(fraction=0.18).sizes(graph, seed=1, replicates=2_000) / graph.n
    seen = (
        f"{np.mean(sizes > LARGE):.4f} of single seeds reach more than a tenth, the largest {sizes.max():.4f}"
    )
    what = "global cascades" if spreads else "no global cascade"
    target.holds("A12", f"{what} at mean degree {mean_degree:g}", (sizes > LARGE).any() == spreads, seen)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_complex_contagion_needs_close_circles(target, seed):
    ring_of_circles, strangers = (
        small_world(10_000, mean_degree=8, rewiring=rewiring, seed=seed) for rewiring in (0.0, 1.0)
    )
    two, one = ComplexContagion(threshold=2, start=(0, 1)), ComplexContagion(threshold=1, start=(0, 1))
    near, far = (two.run(graph, seed=seed).reached / graph.n for graph in (ring_of_circles, strangers))
    reached = f"ring {near:.4f}, rewired {far:.4f} of all people"
    target.holds(
        "A13", f"threshold 2 spreads on the ring alone, graph {seed}", near == 1.0 and far < 0.01, reached
    )
    slow, fast = (half_time(one, graph, seed) for graph in (ring_of_circles, strangers))
    rounds = f"half of all after {slow} rounds on the ring, {fast} on the rewired one"
    target.holds("A13", f"threshold 1 is faster on the rewired one, graph {seed}", fast < slow, rounds)


def half_time(rule: ComplexContagion, graph: SocialGraph, seed: int) -> int:
    """Rounds until half of all people are active."""
    return int(np.argmax(rule.run(graph, seed=seed).curves["active"] >= graph.n / 2))


LEAST = 10
"""Smallest cascades whose shape is compared: those of a few people have hardly any."""
SHAPES = ("depth", "breadth", "virality")
Pairs = list[tuple[str, np.ndarray, np.ndarray]]
"""Name of a measure, and its values on either side."""


def shapes(
    graph: SocialGraph, rules: tuple[IndependentCascade, IndependentCascade], replicates: tuple[int, int]
) -> Pairs:
    """Shapes of cascades of two rules, as many of each size on either side."""
    sizes = [rule.sizes(graph, seed=k, replicates=replicates[k]) for k, rule in enumerate(rules)]
    assert stats.ks_2samp(*sizes).statistic > 0.05  # unmatched, they differ
    chosen: list[list[np.ndarray]] = [[], []]
    for size in range(LEAST, graph.n + 1):
        found = [np.flatnonzero(of_rule == size) for of_rule in sizes]
        for k in range(2):
            chosen[k].append(found[k][: min(map(len, found))])
    one, other = (
        np.array([shape(rules[k], graph, k, replicate) for replicate in np.concatenate(chosen[k])])
        for k in range(2)
    )
    return [(name, one[:, k], other[:, k]) for k, name in enumerate(SHAPES)]


def shape(rule: IndependentCascade, graph: SocialGraph, seed: int, replicate: int) -> list[float]:
    """Depth, breadth and structural virality of one cascade."""
    parents = rule.run(graph, seed=seed, replicate=int(replicate)).adoptions["parent"]
    measures = measure_trees(np.ascontiguousarray(parents), np.zeros(parents.size, np.int32), 1)
    return [float(column[0]) for column in measures[1:]]


def test_shape_given_size(target):
    """Offspring are Poisson, so a tree of given size is equally shaped whatever their mean.

    True information is passed on with chance .06, false with .085: sizes differ much, shapes of equal sizes
    must not. Where degrees vary much this is no theorem: of trees of one size, those of the smaller chance
    hold more hubs.
    """
    rules = IndependentCascade(chance=0.06), IndependentCascade(chance=0.085)
    for name, true, false in shapes(strangers(), rules, (200_000, 80_000)):
        assert true.size >= 5_000
        distance = stats.ks_2samp(true, false).statistic
        target("C2", f"{name}: KS distance at equal size, {true.size} pairs", 0.0, distance, 0.05)


def test_seeding_by_a_hub_is_detected(target):
    """The control of the test above: equal chances, but the false one starts from who has most friends."""
    graph = strangers()
    hub = int(graph.degrees().argmax())
    rules = IndependentCascade(chance=0.06), IndependentCascade(chance=0.06, start=(hub,))
    tests = {
        name: stats.ks_2samp(true, false) for name, true, false in shapes(graph, rules, (200_000, 60_000))
    }
    seen = ", ".join(f"{name} {test.statistic:.3f} (p = {test.pvalue:.1g})" for name, test in tests.items())
    detected = any(test.statistic > 0.05 and test.pvalue < 0.001 for test in tests.values())
    target.holds("C2", f"a start with {graph.degrees()[hub]} friends is detected", detected, seen)


def strangers() -> SocialGraph:
    return erdos_renyi(20_000, mean_degree=10.0, seed=1)
