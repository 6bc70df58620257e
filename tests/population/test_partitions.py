"""Partitions of people: traits, categories of the graph, and quarters of a number."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.graphs import SocialGraph, planted_communities, with_communities
from infodemic_sim.population.base import SHARE_OF_AGES
from infodemic_sim.population.partitions import AGES, quarters, trusting
from infodemic_sim.population.traits import draw_people
from infodemic_sim.randomness import Draws

N = 20_000


def empty(n: int) -> SocialGraph:
    return SocialGraph(np.zeros(n + 1, np.int64), np.empty(0, np.int32))


def test_ages_come_in_their_shares():
    people = draw_people(ids.Population(graph=empty(N)), empty(N), Draws(1, 0))
    found = np.bincount(people.age, minlength=len(AGES)) / N
    error = np.sqrt(np.array(SHARE_OF_AGES) * (1.0 - np.array(SHARE_OF_AGES)) / N)
    assert (np.abs(found - SHARE_OF_AGES) < 4.0 * error).all()


def test_thirds_of_trust():
    assert trusting(np.array([0.0, 0.3, 1.0 / 3.0, 0.6, 0.7, 1.0])).tolist() == [0, 0, 1, 1, 2, 2]


def test_quarters_of_a_number_hold_equals_together_and_leave_out_the_unknown():
    values = np.array([5.0, 1.0, 2.0, 3.0, np.nan, 4.0, 6.0, 7.0, 8.0])
    assert quarters(values).tolist() == [2, 0, 0, 1, -1, 1, 2, 3, 3]
    assert set(quarters(np.zeros(9)).tolist()) == {0}
    assert quarters(np.full(3, np.nan)).tolist() == [-1, -1, -1]


def test_trust_may_differ_by_age():
    shift = ids.TrustShift(partition="age", part="65+", provider=2.0)
    graph = empty(N)
    plain, moved = (
        draw_people(ids.Population(graph=graph, trust_shifts=shifts), graph, Draws(1, 0))
        for shifts in ((), (shift,))
    )
    old = plain.age == AGES.index("65+")
    assert (moved.trust[old, 1] > plain.trust[old, 1]).all()
    assert (moved.trust[~old] == plain.trust[~old]).all()
    assert (moved.trusting[old] >= plain.trusting[old]).all()
    with pytest.raises(ParameterError, match="cannot be trust itself"):
        ids.TrustShift(partition="trust", part="low", provider=1.0)


def test_an_attribute_that_is_a_number_is_a_partition_of_quarters():
    graph = empty(400).with_attributes(income=np.arange(400.0))
    scenario = ids.Scenario(
        population=ids.Population(graph=graph, subgroups=["income"]), days=1.0, warm_up=0.0, hours_per_step=6
    )
    table = ids.simulate(scenario, seed=1).table
    assert "income=lowest quarter" in set(table["subgroup"])


def test_ages_that_the_graph_tells_of_are_not_drawn():
    graph = empty(4).with_attributes(age=ids.graphs.categories(["old", "young", "old", "young"]))
    scenario = ids.Scenario(
        population=ids.Population(graph=graph, subgroups=["age"]), days=1.0, warm_up=0.0, hours_per_step=6
    )
    assert {"age=old", "age=young"} <= set(ids.simulate(scenario, seed=1).table["subgroup"])


def test_communities_are_found_and_named_by_size():
    graph = planted_communities(600, communities=3, mean_degree=20, homophily=0.95, seed=1)
    planted = graph.attributes["community"].codes
    bare = SocialGraph(graph.indptr, graph.indices, directed=False)
    found = with_communities(bare, seed=1).attributes["community"]
    pairs = {(int(a), int(b)) for a, b in zip(planted, found.codes, strict=True)}
    assert len(pairs) == 3, "each planted community is one that was found"
    sizes = np.bincount(found.codes)
    assert (np.diff(sizes) <= 0).all()
    assert found.levels == ("community 1", "community 2", "community 3")
    again = with_communities(bare, seed=1)
    assert again == with_communities(bare, seed=1)
    assert (again.attributes["community"].codes == found.codes).all()


def test_small_communities_have_no_name_of_their_own():
    graph = planted_communities(600, communities=3, mean_degree=20, homophily=0.95, seed=1)
    bare = SocialGraph(graph.indptr, graph.indices, directed=False)
    levels = with_communities(bare, least=10_000, seed=1).attributes["community"].levels
    assert levels == ("small",)
    with pytest.raises(ParameterError, match="has a column 'community' already"):
        with_communities(graph, seed=1)


def test_an_unknown_partition_is_answered():
    with pytest.raises(UnknownNameError, match="Did you mean 'literacy'"):
        ids.Population(graph=empty(3), subgroups=["literasy"])
