"""The independent cascade against closed forms, and what it refuses."""

from __future__ import annotations

import math

import numpy as np
import pytest

from infodemic_sim.errors import GraphError, InfodemicError, ParameterError
from infodemic_sim.graphs import SocialGraph, erdos_renyi
from infodemic_sim.spread.independent_cascade import IndependentCascade
from infodemic_sim.spread.network_rule import Chances
from tests.spread.cascade_settings import triangle
from tests.spread.cascade_twin import ground_of, played

RUNS = 40_000
STANDARD_ERRORS = 4.0


def ring(n: int) -> SocialGraph:
    return SocialGraph.from_ties(np.arange(n), (np.arange(n) + 1) % n, n, False)


def star(leaves: int) -> SocialGraph:
    """Person 0 is seen by all others."""
    return SocialGraph.from_ties(np.arange(1, leaves + 1), np.zeros(leaves, int), leaves + 1, True)


@pytest.mark.parametrize(
    ("graph", "mean"),
    [(triangle(), 2.25), (ring(4), 2.5625), (star(3), 2.5)],
    ids=["triangle", "ring", "star"],
)
def test_mean_size(graph, mean):
    sizes = IndependentCascade(chance=0.5, start=(0,)).sizes(graph, seed=1, replicates=RUNS)
    assert abs(sizes.mean() - mean) < STANDARD_ERRORS * sizes.std() / math.sqrt(RUNS)


def test_small_cascades_are_borel():
    """Poisson offspring with mean 0.8: P(size s) = exp(-0.8 s) (0.8 s)^(s-1) / s!."""
    graph = erdos_renyi(5_000, mean_degree=40.0, seed=1)
    sizes = IndependentCascade(chance=0.02).sizes(graph, seed=2, replicates=10_000)
    for size in (1, 2, 3):
        share = math.exp(-0.8 * size) * (0.8 * size) ** (size - 1) / math.factorial(size)
        tolerance = STANDARD_ERRORS * math.sqrt(share * (1.0 - share) / sizes.size)
        assert abs(np.mean(sizes == size) - share) < tolerance


def test_ties_lead_from_those_who_are_seen():
    graph = star(3)
    assert IndependentCascade(chance=1.0, start=(0,)).run(graph, seed=1).reached == 4
    assert IndependentCascade(chance=1.0, start=(1,)).run(graph, seed=1).reached == 1


def test_certain_and_impossible():
    graph = ring(30)
    run = IndependentCascade(chance=1.0, start=(0,)).run(graph, seed=1)
    assert (run.reached, run.steps) == (30, 16)  # 15 rounds to the far side, and one in which nobody is new
    assert run.curves["spent"][-1] == 30.0
    assert IndependentCascade(chance=0.0, start=(0,)).run(graph, seed=1).reached == 1


def test_from_whom_is_a_fair_lot():
    """Persons 1 and 2 both reach 3 in round 2, person 1 along the weaker tie; given that, each has a half."""
    graph = SocialGraph.from_ties([1, 2, 3, 3], [0, 0, 1, 2], 4, True, weights=[1.0, 1.0, 0.6, 0.9])
    rule = IndependentCascade(chance=None, start=(0,))
    sources = np.array([rule.run(graph, seed=4, replicate=r).sources[-1] for r in range(2_000)])
    assert (sources[sources > 0]).size > 1_900  # all but 0.4 * 0.1 of them
    both, one = 0.6 * 0.9, 0.6 * 0.1
    expected = (both / 2.0 + one) / (1.0 - 0.4 * 0.1)
    found = np.mean(sources[sources > 0] == 1)
    assert abs(found - expected) < STANDARD_ERRORS * math.sqrt(expected * (1.0 - expected) / 1_900)


def test_levers_scale_the_chance():
    """A follower of person 0 is reached with min(1, f p), then with its odds times exp(-I)."""
    graph, runs = star(2_000), 4
    sharing, inoculation = np.full(2_001, 0.5), np.full(2_001, 0.7)
    p = 0.8 * 0.5
    cases = [
        (False, Chances(sharing=sharing), p),
        (False, Chances(sharing=sharing, inoculation=inoculation), p / (p + (1.0 - p) * math.exp(0.7))),
        (True, Chances(sharing=sharing, inoculation=inoculation), p),
        (False, Chances(sharing=4.0 * sharing), 1.0),
    ]
    for accurate, chances, expected in cases:
        rule = IndependentCascade(chance=0.8, start=(0,), accurate=accurate)
        reached = [
            len(played(rule, ground_of(graph, np.arange(2_001), 5, r), chances)) - 1 for r in range(runs)
        ]
        tolerance = STANDARD_ERRORS * math.sqrt(expected * (1.0 - expected) / (2_000 * runs))
        assert abs(np.mean(reached) / 2_000 - expected) <= tolerance


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [(None, "ties have no weights: give a chance"), ([0.2, 3.0, 0.1], "chances from 0 to 1, but one is 3")],
)
def test_weights_that_are_no_chances(weights, sentence):
    graph = triangle(weights=weights)
    for act in (IndependentCascade(chance=None).run, IndependentCascade(chance=None).sizes):
        words = {"replicates": 2} if "sizes" in act.__name__ else {}
        with pytest.raises(GraphError, match=sentence):
            act(graph, seed=1, **words)


@pytest.mark.parametrize("chance", [-0.1, 1.1, float("nan"), float("inf"), "0.5"])
def test_chances_out_of_range(chance):
    with pytest.raises(InfodemicError, match=r"IndependentCascade\.chance"):
        IndependentCascade(chance=chance)


@pytest.mark.parametrize("replicates", [-1, 1.5])
def test_replicates_are_whole(replicates):
    with pytest.raises(ParameterError, match="replicates"):
        IndependentCascade().sizes(triangle(), seed=1, replicates=replicates)


def test_a_weight_that_is_not_a_number_is_refused():
    graph = triangle(weights=[0.2, 0.3, 0.4])
    broken = SocialGraph._trusted(
        indptr=graph.indptr, indices=graph.indices, weights=np.full(6, np.nan, np.float32), directed=False
    )
    with pytest.raises(GraphError, match="but one is nan"):
        IndependentCascade(chance=None).run(broken, seed=1)
