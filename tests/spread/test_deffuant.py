"""Deffuant and others: plain Python, conservation, what ends a run, and another program."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs import SocialGraph
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.kernels.opinion_meeting import sees
from infodemic_sim.spread.deffuant import Deffuant
from tests.spread import opinion_twins as twins
from tests.spread.opinion_twins import friends, ground_of, random_graph, walked


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("pushed", [False, True])
@pytest.mark.parametrize("keyed", [False, True])
def test_against_plain_python(directed, pushed, keyed):
    random = np.random.default_rng(6)
    graph = random_graph(random, 40, 150, directed)
    ground = ground_of(graph, keys=random.permutation(40) * 3 if keyed else None)
    factors = random.choice([0.0, 0.4, 1.0, 3.0], 40) if pushed else None
    opinion = walked(Deffuant(), ground, 0)[0]["opinion"].tolist()
    arrays, rows = walked(Deffuant(confidence=0.3, convergence=0.45), ground, 6, factors)
    found = twins.deffuant(ground, opinion, 6, 0.3, 0.45, np.ones(40) if factors is None else factors)
    np.testing.assert_array_equal(arrays["opinion"], found)
    assert rows.size == 0


@given(seed=st.integers(0, 2**32), confidence=st.floats(0, 1), convergence=st.floats(0.01, 0.5))
@settings(max_examples=50, deadline=None)
def test_friends_conserve_the_sum(seed, confidence, convergence):
    graph = random_graph(np.random.default_rng(seed), 50, 150, False)
    rule = Deffuant(confidence=confidence, convergence=convergence)
    first, last = (walked(rule, ground_of(graph, seed), steps)[0]["opinion"] for steps in (0, 20))
    assert abs(math.fsum(last) - math.fsum(first)) < 1e-12


def test_where_ties_hold_one_way_the_one_who_sees_moves():
    graph = SocialGraph.from_ties([0], [1], 2, directed=True)
    result = Deffuant(start=(0.2, 0.3)).run(graph, seed=1, steps=200)
    assert result.steps < 200
    np.testing.assert_allclose(result.arrays["opinion"], [0.3, 0.3], atol=1e-11)
    both = SocialGraph.from_ties([0, 1], [1, 0], 2, directed=True)
    opinion = walked(Deffuant(start=(0.2, 0.3)), ground_of(both), 1)[0]["opinion"]
    np.testing.assert_allclose(opinion, 0.25, atol=1e-15)


def test_rows_know_whom_they_hold():
    graph = random_graph(np.random.default_rng(1), 30, 200, True)
    for person in range(30):
        seen = set(graph.followees(person).tolist())
        found = {other for other in range(30) if sees(graph.indptr, graph.indices, person, other)}
        assert found == seen


def test_a_run_ends_only_when_nobody_could_move_on():
    result = Deffuant(confidence=0.3).run(complete_graph(100), seed=2, steps=5_000)
    assert result.steps < 5_000
    opinion = np.sort(result.arrays["opinion"])
    gaps = np.abs(opinion[:, None] - opinion[None, :])
    assert (0.5 * gaps[gaps < 0.3] <= 1e-12).all()


def test_opinions_as_far_apart_as_the_confidence_stay():
    pair = friends(2, (0, 1))
    for confidence, expected in ((0.5, [0.0, 0.5]), (float(np.nextafter(0.5, 1.0)), [0.25, 0.25])):
        result = Deffuant(start=(0.0, 0.5), confidence=confidence).run(pair, seed=1, steps=100)
        assert result.arrays["opinion"].tolist() == expected


def test_everybody_begins_encounters_alike():
    """A chain of one-way ties: each person moves with chance 1 - (1 - 1/n)^n in a step."""
    n, runs = 50, 200
    graph = SocialGraph.from_ties(np.arange(n), np.full(n, n), n + 1, directed=True)
    start = tuple([0.4] * n + [0.5])
    rule = Deffuant(start=start, confidence=1.0)
    moved = np.zeros(n)
    for seed in range(runs):
        moved += walked(rule, ground_of(graph, seed), 1)[0]["opinion"][:n] > 0.4
    chance = 1.0 - (1.0 - 1.0 / (n + 1)) ** (n + 1)
    chi_square = ((moved - runs * chance) ** 2 / (runs * chance * (1.0 - chance))).sum()
    assert chi_square < n + 4.0 * math.sqrt(2.0 * n)


@pytest.mark.parametrize("words", [{"convergence": 0.0}, {"convergence": 0.6}, {"confidence": -0.1}])
def test_numbers_out_of_range(words):
    with pytest.raises(ParameterError, match=r"Deffuant\.con"):
        Deffuant(**words)
