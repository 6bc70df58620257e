"""Shape of cascades: closed forms, networkx, and published trees."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from infodemic_sim.kernels.trees import measure_trees


def measure(parents, trees=None, number=1):
    parents = np.asarray(parents, np.int32)
    trees = np.zeros(parents.size, np.int32) if trees is None else np.asarray(trees, np.int32)
    return measure_trees(parents, trees, number)


@pytest.mark.parametrize(
    ("parents", "size", "depth", "breadth", "virality"),
    [
        ([-1] + [0] * 100, 101, 1, 100, 1.980198),
        ([-1, *range(9)], 10, 9, 1, 11 / 3),
        ([-1, 0, 0, 1, 1, 2, 2], 7, 2, 4, 2.285714),
        ([-1, 0], 2, 1, 1, 1.0),
    ],
    ids=["star", "path", "binary", "pair"],
)
def test_closed_forms(parents, size, depth, breadth, virality):
    found = measure(parents)
    assert [values[0] for values in found[:3]] == [size, depth, breadth]
    assert found[3][0] == pytest.approx(virality, abs=1e-6)


def test_a_post_alone_has_no_virality():
    size, depth, breadth, virality = measure([-1])
    assert (size[0], depth[0], breadth[0]) == (1, 0, 1)
    assert np.isnan(virality[0])


def test_no_posts():
    assert [values.size for values in measure([], number=0)] == [0, 0, 0, 0]


@pytest.mark.parametrize("seed", range(6))
def test_against_networkx(seed):
    """Several random trees of different shapes, their posts mixed up in one log."""
    random = np.random.default_rng(seed)
    number, posts = 8, 160
    members = [[] for _ in range(number)]
    parents, trees = [], []
    for post in range(posts):
        tree = int(random.integers(number))
        mine = members[tree]
        late = int(random.integers(max(0, len(mine) - 3), max(1, len(mine))))
        parents.append(-1 if not mine else mine[late if tree % 2 else random.integers(len(mine))])
        trees.append(tree)
        mine.append(post)
    size, depth, breadth, virality = measure(parents, trees, number)
    for tree, mine in enumerate(members):
        graph = nx.Graph((post, parents[post]) for post in mine[1:])
        graph.add_nodes_from(mine)
        levels = np.bincount([*nx.single_source_shortest_path_length(graph, mine[0]).values()])
        assert (size[tree], depth[tree], breadth[tree]) == (len(mine), len(levels) - 1, levels.max())
        assert virality[tree] == pytest.approx(nx.average_shortest_path_length(graph), abs=1e-12)


def test_published_trees(shared_data):
    """Every row of the metrics of 1,490 rumour trees."""
    folder = shared_data / "cascades" / "twitter15"
    published = pd.read_csv(folder / "cascade_metrics.csv").set_index("cascade_id")
    nodes = pd.read_csv(folder / "cascades.csv.gz", usecols=["cascade_id", "node", "parent"])
    trees, ids = pd.factorize(nodes["cascade_id"])
    place = pd.Series(np.arange(len(nodes)), index=pd.MultiIndex.from_arrays([trees, nodes["node"]]))
    above = pd.MultiIndex.from_arrays([trees, nodes["parent"]])
    parents = place.reindex(above).fillna(-1).to_numpy().astype(np.int32)
    assert (parents < np.arange(len(nodes))).all()
    size, depth, breadth, virality = measure(parents, trees, len(ids))
    published = published.loc[ids]
    assert len(published) == 1490
    assert (size == published["size"]).all()
    assert (depth == published["depth"]).all()
    assert (breadth == published["max_breadth"]).all()
    assert np.abs(virality - published["structural_virality"]).max() < 1e-3
