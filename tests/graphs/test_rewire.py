"""Null models: what is kept is kept, and all the rest is as random as it can be."""

from __future__ import annotations

import math
import random
from collections import Counter

import igraph
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.graphs import SocialGraph, categories, describe, erdos_renyi, read_attributes, read_graph
from infodemic_sim.graphs.convert import to_igraph
from infodemic_sim.graphs.describe import local_clustering
from infodemic_sim.graphs.rewire import Rewired, rewired
from infodemic_sim.kernels.graph_ids import added, new_set
from infodemic_sim.kernels.graph_rewire import is_new, removed, sorted_by


@st.composite
def graphs(draw):
    """Any small graph, with weights that are all different, communities, and labels."""
    n = draw(st.integers(1, 25))
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    ties = int(chance.integers(0, 4 * n))
    weights = chance.permutation(ties) + 1.0 if draw(st.booleans()) else None
    columns = {
        "town": categories(chance.choice(["a", "b", "", "c"], n).tolist()),
        "age": chance.choice([1.0, 2.0, np.nan], n),
    }
    ends = chance.integers(0, n, (2, ties))
    labels = np.arange(n) + 100
    return SocialGraph.from_ties(
        *ends, n, draw(st.booleans()), weights=weights, attributes=columns, labels=labels
    )


def sources(graph):
    return np.repeat(np.arange(graph.n), graph.degrees())


def of_community(graph, groups):
    """How many of each community each person sees: int64[n, communities]."""
    counts = np.zeros((graph.n, groups.max() + 1), np.int64)
    np.add.at(counts, (sources(graph), groups[graph.indices]), 1)
    return counts


@given(graph=graphs(), keep=st.sampled_from(["degrees", "nothing"]), seed=st.integers(0, 2**63 - 1))
@settings(max_examples=150, deadline=None)
def test_what_stays(graph, keep, seed):
    other = rewired(graph, keep=keep, seed=seed)
    SocialGraph(other.indptr.copy(), other.indices.copy(), directed=other.directed)  # sorted, no repeats
    assert (other.n, other.number_of_ties) == (graph.n, graph.number_of_ties)
    assert other.directed == graph.directed
    assert other.attributes.keys() == graph.attributes.keys()
    assert other.labels.tolist() == graph.labels.tolist()
    assert (other.weights is None) == (graph.weights is None)
    if graph.weights is not None:
        assert np.sort(other.weights).tolist() == np.sort(graph.weights).tolist()
    if keep == "degrees":
        assert other.degrees().tolist() == graph.degrees().tolist()
        assert other.followers().degrees().tolist() == graph.followers().degrees().tolist()
        if graph.directed and graph.weights is not None:
            for person in range(graph.n):
                mine, theirs = (
                    sorted(g.weights[g.indptr[person] : g.indptr[person + 1]]) for g in (graph, other)
                )
                assert mine == theirs


@given(graph=graphs(), column=st.sampled_from(["town", "age"]), seed=st.integers(0, 2**63 - 1))
@settings(max_examples=150, deadline=None)
def test_ties_within_and_between_communities_stay(graph, column, seed):
    other = rewired(graph, keep="communities", column=column, seed=seed)
    SocialGraph(other.indptr.copy(), other.indices.copy(), directed=other.directed)
    values = graph.attributes[column]
    values = values.codes if column == "town" else values
    groups = np.unique(values, return_inverse=True)[1]
    assert (of_community(other, groups) == of_community(graph, groups)).all()
    assert (of_community(other.followers(), groups) == of_community(graph.followers(), groups)).all()


@pytest.mark.parametrize("keep", ["degrees", "nothing"])
@pytest.mark.parametrize("directed", [False, True])
def test_equal_seeds_give_equal_graphs(keep, directed):
    graph = erdos_renyi(500, mean_degree=8, directed=directed, seed=1)
    one, again, other = (rewired(graph, keep=keep, seed=seed) for seed in (7, 7, 8))
    assert one == again != other
    assert graph != one


# --- uniform over all that swaps can reach --------------------------------------------------------------

RUNS = 4_000


def chi_square(graph, number, **words):
    """Of how often each of all possible graphs comes out."""
    counts = Counter(rewired(graph, swaps=100, seed=seed, **words).digest() for seed in range(RUNS))
    assert len(counts) == number
    expected = RUNS / number
    return sum((count - expected) ** 2 / expected for count in counts.values())


def in_bounds(statistic, cells):
    return statistic < cells - 1 + 4.0 * math.sqrt(2.0 * (cells - 1))


def test_all_ways_to_give_six_people_two_friends_are_alike():
    """60 hexagons and 10 pairs of triangles."""
    ring = SocialGraph.from_ties(np.arange(6), (np.arange(6) + 1) % 6, 6, False)
    assert in_bounds(chi_square(ring, 70), 70)


def test_all_ways_to_follow_one_of_four_and_be_followed_once_are_alike():
    """9 permutations without fixed points."""
    circle = SocialGraph.from_ties(np.arange(4), (np.arange(4) + 1) % 4, 4, True)
    assert in_bounds(chi_square(circle, 9), 9)


def test_all_ways_to_tie_two_communities_are_alike():
    """3 matchings within four people, 2 across two by two: each way with each other."""
    ends = np.array([(0, 1), (2, 3), (4, 6), (5, 7)]).T
    towns = categories(list("aaaabbcc"))
    graph = SocialGraph.from_ties(*ends, 8, False, attributes={"town": towns})
    assert in_bounds(chi_square(graph, 6, keep="communities", column="town"), 6)


@pytest.mark.parametrize("directed", [False, True])
def test_all_pairs_are_alike_where_nothing_is_kept(directed):
    graph = SocialGraph.from_ties([0, 0], [1, 2], 4, directed)
    pairs = 12 if directed else 6
    ways = pairs * (pairs - 1) // 2
    assert in_bounds(chi_square(graph, ways, keep="nothing"), ways)


@pytest.mark.parametrize("directed", [False, True])
def test_where_there_is_one_way_only_nothing_changes(directed):
    star = SocialGraph.from_ties(np.zeros(9, int), np.arange(1, 10), 10, directed)
    full = erdos_renyi(9, mean_degree=8, directed=directed, seed=1)
    nobody = SocialGraph.from_ties([], [], 3, directed)
    for graph in (star, full, nobody):
        assert rewired(graph, seed=1) == graph
    assert rewired(full, keep="nothing", seed=1) == full
    assert rewired(nobody, keep="nothing", seed=1) == nobody


def test_a_tie_hardly_ever_stays():
    """Ties of a large sparse graph, swapped ten times each, meet the old ones as often as chance has it."""
    n, mean = 20_000, 10
    graph = erdos_renyi(n, mean_degree=mean, seed=2)
    other = rewired(graph, seed=3)
    old, new = (sources(g) * n + g.indices for g in (graph, other))
    kept = np.isin(new, old).sum() / 2
    # two stubs of people with degrees d and e meet with chance d e / (n mean): sum over old ties
    degrees = graph.degrees()
    expected = (degrees[sources(graph)] * degrees[graph.indices]).sum() / 2 / (n * mean)
    assert kept < expected + 4.0 * math.sqrt(expected)


# --- real networks --------------------------------------------------------------------------------------


def test_clustering_of_facebook_falls_to_that_of_its_degrees(shared_graphs):
    """To where igraph's swaps bring it, and far below that of friends."""
    graph = read_graph(shared_graphs / "facebook_ego_combined.txt.gz", directed=False)
    ours = [local_clustering(rewired(graph, seed=seed)).mean() for seed in range(8)]
    igraph.set_random_number_generator(random.Random(1))
    theirs = []
    for _ in range(2):
        other = to_igraph(graph)
        other.rewire(n=5 * graph.number_of_ties)
        theirs.append(other.transitivity_avglocal_undirected(mode="zero"))
    igraph.set_random_number_generator(random)
    error = np.std(ours, ddof=1) * math.sqrt(1 / len(ours) + 1 / len(theirs))
    assert describe(graph).clustering > 0.6
    assert np.mean(ours) < 0.1
    assert abs(np.mean(ours) - np.mean(theirs)) < 4.0 * error


def test_communities_of_lastfm_keep_what_clustering_they_give(shared_graphs):
    """The less is kept, the less clustering is left."""
    graph = read_graph(shared_graphs / "lastfm_asia.txt.gz", directed=False)
    graph = read_attributes(graph, shared_graphs / "lastfm_asia_country.csv.gz", categorical=["target"])
    found = [
        local_clustering(rewired(graph, keep=keep, column=column, seed=1)).mean()
        for keep, column in (("nothing", None), ("degrees", None), ("communities", "target"))
    ]
    assert found == sorted(found)
    assert found[2] < describe(graph).clustering / 2


# --- parts ----------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 40)), max_size=200))
@settings(deadline=None)
def test_keys_can_be_taken_out_of_a_set(deeds):
    """Few places, so that keys stand side by side and round the end."""
    table, known = new_set(20), set()
    for put, key in deeds:
        if put and len(known) < 20:
            assert added(table, key) == (key not in known)
            known.add(key)
        elif key in known:
            removed(table, key)
            known.remove(key)
        assert all(is_new(table, key) == (key not in known) for key in range(41))


@given(st.lists(st.integers(0, 5), max_size=50))
@settings(deadline=None)
def test_counting_sort_is_stable(groups):
    groups = np.array(groups, np.int64)
    order = sorted_by(groups, 6, np.arange(groups.size))
    assert order.tolist() == np.argsort(groups, kind="stable").tolist()


def test_a_recipe_can_be_written_and_read():
    recipe = Rewired(graph={"type": "erdos_renyi", "people": 50, "mean_degree": 4.0, "seed": 1}, seed=2)
    written = recipe.to_dict()
    assert written.pop("type") == "rewired"
    assert Rewired(**written) == recipe
    assert recipe.build() == rewired(erdos_renyi(50, mean_degree=4.0, seed=1), seed=2)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"keep": "communities"}, "column goes with keep='communities': give both or neither"),
        ({"column": "town"}, "column goes with keep='communities': give both or neither"),
        ({"keep": "communities", "column": "twon"}, "no column 'twon'. Did you mean 'town'"),
        ({"keep": "friends"}, "Rewired.keep"),
        ({"swaps": 0}, "Rewired.swaps should be greater than or equal to 1"),
        ({"seed": -1}, "Rewired.seed should be greater than or equal to 0"),
    ],
)
def test_what_makes_no_sense(words, sentence):
    graph = erdos_renyi(4, mean_degree=2, seed=1).with_attributes(town=categories("aabb"))
    with pytest.raises((ParameterError, UnknownNameError), match=sentence):
        rewired(graph, **{"seed": 1, **words})
