"""People who are tied stand near each other, always in the same places."""

from __future__ import annotations

import random

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.graphs import layout


@pytest.mark.parametrize("people", [200, 2000])
def test_ties_are_short(people):
    graph = ids.planted_communities(people, mean_degree=8.0, communities=4, homophily=0.9, seed=1)
    places = layout(graph)
    assert places.shape == (people, 2)
    assert np.all((places >= 0) & (places <= 1))
    tied = np.linalg.norm(
        places[np.repeat(np.arange(people), graph.degrees())] - places[graph.indices], axis=1
    )
    others = np.linalg.norm(places - places[np.random.default_rng(1).permutation(people)], axis=1)
    assert tied.mean() < 0.5 * others.mean()


def test_places_are_always_the_same_and_chance_elsewhere_is_left_alone():
    graph = ids.small_world(300, mean_degree=6, rewiring=0.1, seed=1)
    random.seed(5)
    expected = random.random()
    random.seed(5)
    first = layout(graph, seed=3)
    assert random.random() == expected
    np.testing.assert_array_equal(layout(graph, seed=3), first)
    assert not np.array_equal(layout(graph, seed=4), first)


def test_people_without_ties_have_places_too():
    assert np.isfinite(layout(ids.SocialGraph.from_ties([], [], n=3, directed=True))).all()
    assert np.isfinite(layout(ids.SocialGraph.from_ties([], [], n=1, directed=True))).all()
