"""A graph keeps its promises: sorted rows, no repeats, read-only, equal by content."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infodemic_sim.errors import GraphError
from infodemic_sim.graphs import SocialGraph, categories
from infodemic_sim.kernels.graph_csr import BUCKETS


@st.composite
def tie_lists(draw):
    n = draw(st.integers(1, 12))
    person = st.integers(0, n - 1)
    ties = draw(st.lists(st.tuples(person, person, st.integers(0, 3)), max_size=40))
    return n, ties, draw(st.booleans())


def graph_of(n, ties, directed, weighted=True):
    sources, targets, weights = (np.array([tie[i] for tie in ties], dtype=int) for i in range(3))
    return SocialGraph.from_ties(sources, targets, n, directed, weights=weights if weighted else None)


def slow_twin(n, ties, directed):
    """Rows as dictionaries, the first weight of a tie stays."""
    rows = [{} for _ in range(n)]
    for source, target, weight in ties:
        if source != target:
            rows[source].setdefault(target, weight)
            if not directed:
                rows[target].setdefault(source, weight)
    return rows


@given(tie_lists())
@settings(max_examples=200, deadline=None)
def test_rows_equal_those_of_the_slow_twin(case):
    compare_with_slow_twin(*case)


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("n", [BUCKETS, BUCKETS + 1, 5 * BUCKETS + 3])
def test_rows_are_right_where_several_people_share_a_bucket(n, directed):
    drawn = np.random.default_rng(n)
    ends = (n * drawn.random((6 * n, 2)) ** 2).astype(int)
    compare_with_slow_twin(n, [(*end, k % 4) for k, end in enumerate(ends.tolist())], directed)


def compare_with_slow_twin(n, ties, directed):
    graph = graph_of(n, ties, directed)
    for person, row in enumerate(slow_twin(n, ties, directed)):
        assert graph.followees(person).tolist() == sorted(row)
        first, end = graph.indptr[person : person + 2]
        assert graph.weights[first:end].tolist() == [row[other] for other in sorted(row)]
    loops = sum(source == target for source, target, _ in ties)
    assert graph.report.self_loops == loops
    assert graph.report.duplicates == len(ties) - loops - graph.number_of_ties
    again = SocialGraph(graph.indptr, graph.indices, graph.weights, directed)
    assert again == graph
    assert hash(again) == hash(graph)


@given(tie_lists())
@settings(max_examples=100, deadline=None)
def test_followers_reverse_every_tie(case):
    graph = graph_of(*case)
    back = graph.followers()
    pairs = {(v, int(u)) for v in range(graph.n) for u in graph.followees(v)}
    assert {(int(u), v) for v in range(graph.n) for u in back.followees(v)} == pairs
    assert back.followers() == graph


@given(tie_lists(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_relabelling_moves_rows_weights_and_columns(case, random):
    n, ties, directed = case
    graph = graph_of(n, ties, directed).with_attributes(age=np.arange(n, dtype=float))
    new = random.sample(range(n), n)
    moved = graph.relabel(new)
    renamed = [(new[source], new[target], weight) for source, target, weight in ties]
    assert moved.attributes["age"][new].tolist() == list(range(n))
    assert moved == graph_of(n, renamed, directed).with_attributes(age=moved.attributes["age"])
    assert moved.relabel(np.argsort(new)) == graph


@pytest.mark.parametrize("directed", [True, False])
def test_counts_both_kinds_of_ties(directed):
    graph = graph_of(4, [(0, 1, 1), (1, 0, 1), (2, 0, 1)], directed)
    assert graph.number_of_ties == (3 if directed else 2)
    assert graph.degrees().tolist() == ([1, 1, 1, 0] if directed else [2, 1, 1, 0])
    assert graph.report.isolated == 1


def test_arrays_are_closed_to_writing():
    graph = graph_of(3, [(0, 1, 2)], True).with_attributes(role=categories(["a", "b", "a"]), age=np.ones(3))
    arrays = [
        graph.indptr,
        graph.indices,
        graph.weights,
        graph.attributes["role"].codes,
        graph.attributes["age"],
    ]
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0
    with pytest.raises(AttributeError):
        graph.directed = False


def test_copies_and_other_processes_get_the_same_graph():
    graph = graph_of(3, [(0, 1, 2)], True).with_attributes(role=categories(["a", "b", None]))
    assert copy.deepcopy(graph) is graph
    assert copy.copy(graph) is graph
    assert pickle.loads(pickle.dumps(graph)) == graph


def test_digest_tells_graphs_apart():
    first = graph_of(3, [(0, 1, 2)], True)
    others = [
        graph_of(3, [(0, 1, 2)], False),
        graph_of(4, [(0, 1, 2)], True),
        graph_of(3, [(0, 1, 3)], True),
        graph_of(3, [(1, 0, 2)], True),
        graph_of(3, [(0, 1, 2)], True, weighted=False),
        first.with_attributes(role=categories(["a", "b", "a"])),
        first.with_attributes(role=categories(["a", "c", "a"])),
        first.with_attributes(rank=np.ones(3)),
    ]
    assert len({first, *others}) == 1 + len(others)
    assert first != "graph"
    assert first.to_dict()["digest"] == first.digest()


def test_repr_is_one_line_without_labels():
    graph = SocialGraph.from_ties([0], [1], 2, False, labels=np.array(["Ann", "Bob"]))
    assert repr(graph) == "SocialGraph(2 people, 1 friendships)"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0], [1], 0, True), "n must be a whole number from 1"),
        (([0], [1], 2**31, True), "n must be a whole number from 1"),
        (([0], [1], True, True), "n must be a whole number"),
        (([0], [2], 2, True), "targets must be ids from 0 to 1"),
        (([-1], [1], 2, True), "but got -1"),
        (([0.5], [1], 2, True), "sources must be one row of whole numbers"),
        (([[0]], [1], 2, True), "sources must be one row of whole numbers"),
        (([0, 1], [1], 2, True), "one length, not 2 and 1"),
    ],
)
def test_ties_are_checked_at_the_door(arguments, message):
    with pytest.raises(GraphError, match=message):
        SocialGraph.from_ties(*arguments)


@pytest.mark.parametrize("weights", [[np.nan], [-1], [np.inf], [1e300], ["a"], [1, 2]])
def test_weights_must_be_numbers_from_zero(weights):
    with pytest.raises(GraphError, match="weights must be"):
        SocialGraph.from_ties([0], [1], 2, True, weights=weights)


@pytest.mark.parametrize(
    ("indptr", "indices", "fields", "message"),
    [
        ([0, 1, 2], [1, 1], {}, "row 1"),
        ([0, 2, 2, 2], [2, 1], {}, "row 0"),
        ([0, 1, 1], [5], {}, "row 0"),
        ([0, 2, 1], [1], {}, "indptr must rise"),
        ([0, 1, 1], [1], {"directed": False}, "both rows"),
        ([0, 1, 1], [1], {"weights": np.ones(2, np.float32)}, "weights must be 1 numbers"),
        ([0, 1, 1], [1], {"labels": np.array([1])}, "labels must be 2"),
        ([0, 1, 1], [1], {"attributes": {"age": np.ones(3)}}, "column 'age'"),
        ([0, 1, 1], [1], {"attributes": {"age": [1, 2]}}, "column 'age'"),
    ],
)
def test_rows_are_checked_at_the_door(indptr, indices, fields, message):
    with pytest.raises(GraphError, match=message):
        SocialGraph(np.array(indptr, np.int64), np.array(indices, np.int32), **fields)


def test_types_of_rows_are_checked():
    with pytest.raises(GraphError, match="indptr must be one row of int64"):
        SocialGraph(np.array([0, 1, 1], np.int32), np.array([1], np.int32))


@pytest.mark.parametrize("permutation", [[0, 0], [0], [0, 2]])
def test_relabelling_needs_a_permutation(permutation):
    with pytest.raises(GraphError, match="permutation"):
        graph_of(2, [], True).relabel(permutation)


@pytest.mark.parametrize("person", [-1, 2, True, 0.0, "a"])
def test_nobody_is_asked_whom_they_see(person):
    graph = SocialGraph.from_ties([0], [1], 2, False)
    assert graph.followees(np.int32(1)).tolist() == [0]
    with pytest.raises(GraphError, match=f"a person is a number from 0 to 1, but got {person!r}"):
        graph.followees(person)
