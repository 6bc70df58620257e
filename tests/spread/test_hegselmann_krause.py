"""Hegselmann and Krause: plain Python, the classical model, and what happens to small groups.

NDlib is no oracle here: its model moves one random person in a round, and leaves the person's own opinion
out of the mean.
"""

from __future__ import annotations

import numpy as np
import pytest

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.kernels.opinion_averaging import near_mean, near_mean_of_all
from infodemic_sim.spread.hegselmann_krause import HegselmannKrause
from infodemic_sim.spread.network_rule import NOTHING
from tests.spread import opinion_twins as twins
from tests.spread.opinion_twins import friends, ground_of, random_graph, walked


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("pushed", [False, True])
def test_against_plain_python(directed, pushed):
    random = np.random.default_rng(4)
    graph = random_graph(random, 60, 300, directed)
    factors = random.choice([0.0, 0.4, 1.0, 3.0], 60) if pushed else None
    rule = HegselmannKrause(confidence=0.2)
    opinion = walked(rule, ground_of(graph), 0)[0]["opinion"].tolist()
    for _ in range(4):
        opinion = twins.hegselmann_krause(graph, opinion, 0.2, np.ones(60) if factors is None else factors)
    np.testing.assert_allclose(walked(rule, ground_of(graph), 4, factors)[0]["opinion"], opinion, atol=1e-12)


@pytest.mark.parametrize("pushed", [False, True])
def test_sorting_gives_the_same_bits_as_looking_at_all_pairs(pushed):
    random = np.random.default_rng(9)
    graph = complete_graph(80)
    for confidence in (0.0, 0.05, 0.2, 1.0):
        opinion = random.choice([0.0, 0.1, 0.15, 0.3, random.random(), 1.0], 80)
        factors = random.choice([0.0, 0.7, 1.0, 3.0], 80) if pushed else NOTHING
        every = near_mean(graph.indptr, graph.indices, factors, confidence, opinion)
        assert near_mean_of_all(factors, confidence, opinion).tobytes() == every.tobytes()


@pytest.mark.parametrize("confidence", [0.05, 0.15, 0.25, 0.5])
@pytest.mark.parametrize("n", [2, 30, 200])
def test_it_stops_for_good_after_finitely_many_steps(n, confidence):
    """Among people who all see each other: no opinion moves by any bit, and groups lie too far apart."""
    result = HegselmannKrause(confidence=confidence, settled=0.0).run(complete_graph(n), seed=1)
    opinions = np.unique(result.arrays["opinion"])
    assert result.arrays["moved"][0] == 0.0
    assert (np.diff(opinions) > confidence).all()
    if confidence == 0.5:
        assert opinions.size == 1


def test_the_mean_of_a_group_that_all_hear_each_other():
    result = HegselmannKrause(start=(0.1, 0.2, 0.3, 0.9), confidence=0.25).run(complete_graph(4), seed=1)
    np.testing.assert_allclose(result.arrays["opinion"], [0.2, 0.2, 0.2, 0.9], atol=1e-15)
    assert result.steps == 2


def test_a_difference_as_large_as_the_confidence_counts():
    pair = friends(2, (0, 1))
    for confidence, expected in ((0.5, 0.25), (np.nextafter(0.5, 0.0), 0.0)):
        rule = HegselmannKrause(start=(0.0, 0.5), confidence=float(confidence))
        assert rule.run(pair, seed=1).arrays["opinion"][0] == expected


def test_who_is_seen_is_heard_and_not_the_other_way_round():
    graph = twins.SocialGraph.from_ties([0], [1], 2, directed=True)
    opinion = walked(HegselmannKrause(start=(0.2, 0.4)), ground_of(graph), 1)[0]["opinion"]
    np.testing.assert_allclose(opinion, [0.3, 0.4], atol=1e-15)


def test_confidence_out_of_range():
    with pytest.raises(ParameterError, match="confidence should be less than or equal to 1"):
        HegselmannKrause(confidence=1.5)
