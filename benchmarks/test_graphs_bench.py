"""Speed of generators at a million people and of the reader: `pytest benchmarks --benchmark-only`."""

import numpy as np
import pytest

from infodemic_sim.graphs import (
    SocialGraph,
    configuration_model,
    describe,
    erdos_renyi,
    planted_communities,
    read_graph,
    scale_free,
    simsom_graph,
    small_world,
)

PEOPLE = 1_000_000
GENERATORS = {
    "erdos_renyi": lambda n: erdos_renyi(n, mean_degree=20, seed=1),
    "small_world": lambda n: small_world(n, mean_degree=20, rewiring=0.1, seed=1),
    "scale_free": lambda n: scale_free(n, mean_degree=20, seed=1),
    "scale_free with triads": lambda n: scale_free(n, mean_degree=20, triads=0.9, seed=1),
    "configuration_model": lambda n: configuration_model(np.full(n, 20), seed=1),
    "planted_communities": lambda n: planted_communities(
        n, communities=50, mean_degree=20, homophily=0.8, seed=1
    ),
    "simsom_graph": lambda n: simsom_graph(n, mean_degree=10, seed=1),
}


@pytest.mark.parametrize("name", list(GENERATORS))
def test_generator(benchmark, name):
    GENERATORS[name](1_000)  # compiles
    graph = benchmark.pedantic(GENERATORS[name], args=(PEOPLE,), rounds=2)
    assert graph.n == PEOPLE


@pytest.fixture(scope="module")
def edge_list(tmp_path_factory):
    """30 million ties between 3 million people, the faces of a plain edge list."""
    path = tmp_path_factory.mktemp("ties") / "ties.txt"
    draw = np.random.default_rng(1)
    with path.open("w", encoding="ascii") as file:
        for _ in range(30):
            ends = draw.integers(0, 3_000_000, (1_000_000, 2)).tolist()
            file.writelines(f"{source} {target}\n" for source, target in ends)
    return path


@pytest.mark.parametrize("directed", [True, False], ids=["follows", "friendships"])
def test_read_30_million_ties(benchmark, edge_list, directed, tmp_path):
    small = tmp_path / "small.txt"
    small.write_text("0 1\n", encoding="ascii")
    read_graph(small, directed=directed)  # compiles
    graph = benchmark.pedantic(read_graph, args=(edge_list,), kwargs={"directed": directed}, rounds=3)
    benchmark.extra_info["million ties per second"] = round(30 / benchmark.stats.stats.min, 1)
    assert graph.report.ties_read == 30_000_000


def test_open_a_saved_graph(benchmark, tmp_path):
    folder = scale_free(PEOPLE, mean_degree=20, seed=1).save(tmp_path / "graph")
    assert benchmark(SocialGraph.open, folder).n == PEOPLE


def test_describe(benchmark):
    describe(scale_free(1_000, mean_degree=20, seed=1))  # compiles
    graph = scale_free(PEOPLE, mean_degree=20, seed=1)
    assert benchmark.pedantic(describe, args=(graph,), rounds=1).people == PEOPLE
