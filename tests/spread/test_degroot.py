"""DeGroot, and Friedkin and Johnsen: fixed points, plain Python, linear algebra, and another program."""

from __future__ import annotations

import numpy as np
import pytest

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs import SocialGraph, scale_free
from infodemic_sim.spread.degroot import DeGroot
from infodemic_sim.spread.friedkin_johnsen import FriedkinJohnsen
from tests.spread import opinion_twins as twins
from tests.spread.opinion_twins import friends, ground_of, random_graph, walked

PATH = friends(3, (0, 1), (1, 2))
TRUST = np.array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]])


def test_degroot_on_a_path():
    result = DeGroot(start=(1.0, 0.0, 0.0), self_weight=0.5).run(PATH, seed=1, steps=1_000)
    assert result.steps < 100
    np.testing.assert_allclose(result.arrays["opinion"], 0.25, atol=1e-9)
    assert result.curves["variance"][-1] < 1e-18


def test_friedkin_johnsen_on_a_path():
    rule = FriedkinJohnsen(start=(0.0, 0.5, 1.0), susceptibility=(0.5, 0.8, 0.9), self_weight=0.5)
    opinion = rule.run(PATH, seed=1, steps=1_000).arrays["opinion"]
    swayed = np.diag([0.5, 0.8, 0.9])
    exact = np.linalg.solve(np.eye(3) - swayed @ TRUST, (np.eye(3) - swayed) @ [0.0, 0.5, 1.0])
    np.testing.assert_allclose(opinion, exact, atol=1e-9)
    np.testing.assert_allclose(opinion, [0.122951, 0.368852, 0.483607], atol=5e-7)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("pushed", [False, True])
def test_against_plain_python(directed, weighted, pushed):
    random = np.random.default_rng(11)
    graph = random_graph(random, 60, 250, directed, weighted)
    own = random.choice([0.0, 0.2, 1.0], 60)
    factors = random.choice([0.0, 0.4, 1.0, 3.0], 60) if pushed else None
    ground = ground_of(graph.with_attributes(own=own))
    arrays, _ = walked(DeGroot(self_weight="own"), ground, 5, factors)
    opinion = walked(DeGroot(), ground, 0)[0]["opinion"].tolist()
    for _ in range(5):
        opinion = twins.degroot(graph, opinion, own, np.ones(60) if factors is None else factors)
    np.testing.assert_allclose(arrays["opinion"], opinion, atol=1e-12)


def test_friedkin_johnsen_settles_where_linear_algebra_says():
    graph = scale_free(300, mean_degree=6, seed=1)
    random = np.random.default_rng(3)
    swayed, first = random.random(300), random.random(300)
    graph = graph.with_attributes(swayed=swayed, first=first)
    rule = FriedkinJohnsen(start="first", susceptibility="swayed", self_weight=0.25)
    opinion = rule.run(graph, seed=1, steps=100_000).arrays["opinion"]
    trust = np.zeros((300, 300))
    trust[np.repeat(np.arange(300), graph.degrees()), graph.indices] = 1.0
    trust = 0.25 * np.eye(300) + 0.75 * trust / trust.sum(axis=1, keepdims=True)
    exact = np.linalg.solve(np.eye(300) - swayed[:, None] * trust, (1.0 - swayed) * first)
    np.testing.assert_allclose(opinion, exact, atol=1e-9)


def test_without_stubbornness_friedkin_johnsen_is_degroot():
    ground = ground_of(random_graph(np.random.default_rng(2), 50, 200, True, True))
    one, other = (walked(rule, ground, 7)[0] for rule in (DeGroot(), FriedkinJohnsen(susceptibility=1.0)))
    assert one["opinion"].tobytes() == other["opinion"].tobytes()
    stubborn, _ = walked(FriedkinJohnsen(susceptibility=0.0), ground, 7)
    assert stubborn["opinion"].tobytes() == stubborn["first"].tobytes()


def test_consensus_is_the_mean_weighted_by_influence():
    """Friends alike in weight: the limit weighs people by their degrees [DeGroot 1974]."""
    graph = scale_free(200, mean_degree=4, seed=2)
    result = DeGroot().run(graph, seed=5, steps=100_000)
    start = walked(DeGroot(), ground_of(graph, 5), 0)[0]["opinion"]
    np.testing.assert_allclose(
        result.arrays["opinion"], np.average(start, weights=graph.degrees()), atol=1e-9
    )


def test_two_who_see_only_each_other_swap_for_ever():
    result = DeGroot(start=(0.0, 1.0), self_weight=0.0).run(friends(2, (0, 1)), seed=1, steps=101)
    assert result.steps == 101
    assert result.arrays["opinion"].tolist() == [1.0, 0.0]


def test_components_keep_to_themselves():
    graph = friends(5, (0, 1), (2, 3))
    opinion = DeGroot(start=(0.0, 1.0, 0.2, 0.4, 0.9)).run(graph, seed=1, steps=1_000).arrays["opinion"]
    np.testing.assert_allclose(opinion, [0.5, 0.5, 0.3, 0.3, 0.9], atol=1e-11)


def test_ties_that_weigh_nothing_count_for_nothing():
    graph = SocialGraph.from_ties([0, 1, 1], [1, 0, 2], 3, True, weights=[0.0, 3.0, 1.0])
    opinion = walked(DeGroot(start=(0.0, 0.5, 1.0), self_weight=0.0), ground_of(graph), 1)[0]["opinion"]
    assert opinion.tolist() == [0.0, 0.25, 1.0]


def test_weights_may_differ_by_any_factor():
    weights = [1e-38, 3e38, 1e-38]
    graph = SocialGraph.from_ties([0, 0, 0], [1, 2, 3], 4, True, weights=weights)
    rule = DeGroot(start=(0.0, 1.0, 0.25, 1.0), self_weight=0.0)
    assert walked(rule, ground_of(graph), 1)[0]["opinion"][0] == pytest.approx(0.25, abs=1e-15)


def test_a_louder_person_draws_others_further():
    ground = ground_of(friends(3, (0, 1), (1, 2)))
    rule = DeGroot(start=(1.0, 0.5, 0.0))
    quiet, even, loud = (walked(rule, ground, 1, [f, 1.0, 1.0])[0]["opinion"][1] for f in (0.2, 1.0, 4.0))
    assert quiet < even == 0.5 < loud


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"susceptibility": 1.01}, "FriedkinJohnsen.susceptibility should be numbers from 0 to 1"),
        ({"susceptibility": "swayed"}, "FriedkinJohnsen.susceptibility: the graph has no column of numbers"),
        ({"self_weight": (0.5, 0.5)}, "FriedkinJohnsen.self_weight has 2 numbers, but the network has 3"),
        ({"settled": -1.0}, "settled should be greater than or equal to 0"),
    ],
)
def test_numbers_out_of_range(words, sentence):
    with pytest.raises(ParameterError, match=sentence):
        FriedkinJohnsen(**words).run(PATH, seed=1, steps=1)
