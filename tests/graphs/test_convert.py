"""There and back: networkx, igraph, scipy."""

import networkx as nx
import numpy as np
import pytest
import scipy.sparse

from infodemic_sim.errors import GraphError
from infodemic_sim.graphs import (
    SocialGraph,
    categories,
    from_igraph,
    from_networkx,
    from_scipy,
    to_igraph,
    to_networkx,
    to_scipy,
)


@pytest.fixture(params=[True, False], ids=["follows", "friendships"])
def graph(request):
    columns = {"role": categories(["a", "b", "a", "b"]), "age": np.array([1.0, 2.0, 3.0, 4.0])}
    labels = np.array(["Ann", "Bob", "Cid", "Dee"])
    ties = [0, 0, 2], [1, 2, 1], 4, request.param
    return SocialGraph.from_ties(*ties, weights=[0.5, 1, 2], attributes=columns, labels=labels)


@pytest.mark.parametrize("direction", ["sees", "seen_by"])
@pytest.mark.parametrize(("there", "back"), [(to_networkx, from_networkx), (to_igraph, from_igraph)])
def test_round_trip(there, back, direction, graph):
    again = back(there(graph, direction=direction), direction=direction)
    assert again == graph
    assert again.labels.tolist() == graph.labels.tolist()


def test_round_trip_by_scipy(graph):
    matrix = to_scipy(graph)
    assert matrix.dtype == np.float32
    again = from_scipy(matrix, directed=graph.directed)
    assert np.array_equal(again.indices, graph.indices)
    assert np.array_equal(again.weights, graph.weights)
    assert again.report.duplicates == 0


def test_direction_of_networkx():
    arrow = nx.DiGraph([("fan", "star")])
    assert from_networkx(arrow).degrees().tolist() == [1, 0]
    assert from_networkx(arrow, direction="seen_by").degrees().tolist() == [0, 1]
    assert from_networkx(arrow, directed=False).degrees().tolist() == [1, 1]


def test_missing_values_and_odd_attributes_of_networkx():
    graph = nx.Graph([(0, 1), (1, 2)])
    graph.nodes[0].update(age=3, tags=["x"])
    graph.nodes[1].update(role="a")
    graph[0][1]["weight"] = 2
    found = from_networkx(graph)
    assert np.array_equal(found.attributes["age"], [3, np.nan, np.nan], equal_nan=True)
    assert found.attributes["role"].values() == [None, "a", None]
    assert found.report.notes == ("Node attribute 'tags' left out: neither numbers nor text.",)
    assert found.weights.tolist() == [2, 2, 1, 1]
    assert "age" not in to_networkx(found).nodes[1]


@pytest.mark.parametrize("given", [[1, 2], None, {"a": 1}, np.eye(2)])
@pytest.mark.parametrize(("library", "convert"), [("networkx", from_networkx), ("igraph", from_igraph)])
def test_what_is_no_graph_of_the_library_is_told(library, convert, given):
    with pytest.raises(GraphError, match=f"a graph of {library} is needed, but got {type(given).__name__}"):
        convert(given)


def test_networkx_labels_must_stay_apart():
    with pytest.raises(GraphError, match="same label"):
        from_networkx(nx.Graph([(1, "1")]))


@pytest.mark.parametrize("weight", ["heavy", None, -1, float("nan"), 10**400])
def test_networkx_weights_must_be_numbers(weight):
    graph = nx.Graph()
    graph.add_edge(0, 1, weight=weight)
    graph.add_edge(1, 2, weight=1)
    if weight is None:
        assert from_networkx(graph).weights.tolist() == [1, 1, 1, 1]
    else:
        with pytest.raises(GraphError):
            from_networkx(graph)


def test_graphs_without_people_are_refused():
    with pytest.raises(GraphError, match="no people"):
        from_networkx(nx.Graph())


@pytest.mark.parametrize(
    "matrix", [np.eye(2), scipy.sparse.eye_array(2, 3), scipy.sparse.eye_array(2, dtype=complex)]
)
def test_matrices_must_fit(matrix):
    with pytest.raises(GraphError, match="from_scipy"):
        from_scipy(matrix, directed=True)


def test_matrix_that_is_not_symmetric_as_friendships():
    matrix = scipy.sparse.coo_array(([2.0, 3.0], ([0, 1], [1, 2])), shape=(3, 3))
    graph = from_scipy(matrix, directed=False)
    assert graph.number_of_ties == 2
    assert graph.weights.tolist() == [2, 2, 3, 3]
