"""Descriptions against networkx and against the published statistics of real graphs."""

import json
import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infodemic_sim.graphs import SocialGraph, describe, read_attributes, read_graph, scale_free, to_networkx


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_like_networkx(data):
    n = data.draw(st.integers(2, 14))
    person = st.integers(0, n - 1)
    ties = np.array(data.draw(st.lists(st.tuples(person, person), max_size=50)), dtype=int).reshape(-1, 2)
    graph = SocialGraph.from_ties(ties[:, 0], ties[:, 1], n, data.draw(st.booleans()))
    found, other = describe(graph), to_networkx(graph)
    friends = other.to_undirected()
    assert found.clustering == pytest.approx(nx.average_clustering(friends))
    sizes = [len(group) for group in nx.connected_components(friends)]
    assert (found.components, found.largest_component) == (len(sizes), max(sizes))
    assert found.isolated == nx.number_of_isolates(other)
    if graph.directed and graph.number_of_ties:
        assert found.reciprocity == pytest.approx(nx.overall_reciprocity(other))
    degrees = [degree for _, degree in friends.degree]
    if len({friends.degree[v] for edge in friends.edges for v in edge}) > 1:
        assert found.assortativity == pytest.approx(nx.degree_assortativity_coefficient(friends), abs=1e-9)
    else:
        assert math.isnan(found.assortativity)
    assert found.degree_quantiles["max"] == (max(degrees) if not graph.directed else graph.degrees().max())


def test_text_and_plain_data():
    found = describe(SocialGraph.from_ties([0, 0, 1], [0, 1, 0], 3, False))
    assert (found.duplicates_removed, found.self_loops_removed, found.isolated) == (1, 1, 1)
    assert ["clustering", "0.000"] in [line.split() for line in str(found).splitlines()]
    assert "not defined" in str(found)
    plain = json.loads(json.dumps(found.to_dict()))
    assert plain["assortativity"] is None
    assert plain["degree_quantiles"]["median"] == 1


def test_graphs_that_were_not_imported():
    graph = scale_free(50, mean_degree=4, seed=1)
    assert describe(graph.without_labels()).duplicates_removed == 0


# people, ties as listed, self-loops, directed, and rounded statistics
PUBLISHED = {
    "facebook_ego_combined": (
        4_039,
        88_234,
        0,
        False,
        {"mean_degree": 43.7, "clustering": 0.606, "assortativity": 0.064},
    ),
    "lastfm_asia": (7_624, 27_806, 0, False, {"mean_degree": 7.3, "clustering": 0.219}),
    "email_eu_core": (1_005, 25_571, 642, True, {"reciprocity": 0.71}),
    "wiki_vote": (7_115, 103_689, 0, True, {"reciprocity": 0.057}),
    "congress_twitter_weighted": (475, 13_289, 0, True, {}),
    "us_politicians_2019_follow": (576, 59_073, 0, True, {}),
    "us_politicians_2019_retweet": (564, 19_760, 449, True, {}),
}


@pytest.mark.parametrize("name", list(PUBLISHED))
def test_published_statistics_of_real_graphs(name, shared_graphs):
    people, listed, loops, directed, statistics = PUBLISHED[name]
    graph = read_graph(shared_graphs / f"{name}.txt.gz", directed=directed)
    found = describe(graph)
    assert (found.people, graph.report.ties_read) == (people, listed)
    assert (found.duplicates_removed, found.self_loops_removed) == (0, loops)
    assert found.ties == listed - loops
    for statistic, value in statistics.items():
        digits = len(str(value).partition(".")[2])
        assert getattr(found, statistic) == pytest.approx(value, abs=0.6 * 10**-digits)


def test_real_weights(shared_graphs):
    graph = read_graph(shared_graphs / "congress_twitter_weighted.txt.gz", directed=True, direction="seen_by")
    assert np.median(graph.weights) == pytest.approx(0.0037, abs=5e-5)


def test_real_attributes(shared_graphs):
    friends = read_graph(shared_graphs / "lastfm_asia.txt.gz", directed=False)
    table = shared_graphs / "lastfm_asia_country.csv.gz"
    country = read_attributes(friends, table, categorical=["target"]).attributes["target"]
    assert len(country.levels) == 18
    assert country.codes.min() == 0


def test_both_layers_of_the_politicians_share_labels(shared_graphs):
    layers = [
        read_graph(shared_graphs / f"us_politicians_2019_{layer}.txt.gz", directed=True, weights=False)
        for layer in ("follow", "retweet")
    ]
    both = set(layers[0].labels.tolist()) & set(layers[1].labels.tolist())
    assert len(both) > 500
    table = shared_graphs / "us_politicians_2019_party.csv"
    for layer in layers:
        assert layer.weights is None
        assert read_attributes(layer, table, unmatched="report").attributes
