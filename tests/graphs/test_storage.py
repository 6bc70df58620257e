"""A graph saved is the graph opened, in any process, or a clear error."""

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from infodemic_sim.errors import GraphFileError, OutputExistsError
from infodemic_sim.graphs import SocialGraph, categories, scale_free


def full_graph():
    columns = {"role": categories(["a", None, "b"]), "age": np.array([1.0, np.nan, 3.0])}
    labels = np.array(["x", "y", "z"])
    return SocialGraph.from_ties([0, 0], [1, 1], 3, True, weights=[0.5, 2], attributes=columns, labels=labels)


@pytest.mark.parametrize("make", [full_graph, lambda: SocialGraph.from_ties([], [], 2, False, weights=[])])
def test_round_trip(make, tmp_path):
    graph = make()
    opened = SocialGraph.open(graph.save(tmp_path / "graph"))
    opened.__dict__.pop("_digest")
    assert opened == graph
    assert opened.report == graph.report
    assert (opened.labels is None) == (graph.labels is None)
    assert not opened.indices.flags.writeable
    assert [path.name for path in tmp_path.iterdir()] == ["graph"]


def test_arrays_are_mapped_not_read(tmp_path):
    opened = SocialGraph.open(scale_free(1000, mean_degree=6, seed=1).save(tmp_path / "graph"))
    assert isinstance(opened.indices.base, np.memmap)
    assert type(opened.indices) is np.ndarray


def test_another_process_opens_the_same_graph(tmp_path):
    graph = full_graph()
    folder = graph.save(tmp_path / "graph")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(SocialGraph.open, folder).result() == graph


def test_what_is_there_is_not_overwritten(tmp_path):
    graph = full_graph()
    graph.save(tmp_path / "graph")
    with pytest.raises(OutputExistsError, match="there already"):
        graph.save(tmp_path / "graph")


def test_missing_folder(tmp_path):
    with pytest.raises(GraphFileError, match="does not hold a saved graph"):
        SocialGraph.open(tmp_path / "none")


def damage_json(folder):
    (folder / "graph.json").write_text("[]", encoding="utf-8")


def damage_version(folder):
    content = json.loads((folder / "graph.json").read_text(encoding="utf-8"))
    (folder / "graph.json").write_text(json.dumps({**content, "format": 99}), encoding="utf-8")


def damage_array(folder):
    (folder / "indices.npy").write_bytes(b"nonsense")


def damage_length(folder):
    np.save(folder / "indices.npy", np.zeros(5, np.int32))


def damage_weights(folder):
    np.save(folder / "weights.npy", np.zeros(7, np.float32))


def damage_by_pickle(folder):
    np.save(folder / "labels.npy", np.array([{}], dtype=object), allow_pickle=True)


@pytest.mark.parametrize(
    "damage", [damage_json, damage_version, damage_array, damage_length, damage_weights, damage_by_pickle]
)
def test_damage_is_told(damage, tmp_path):
    folder = full_graph().save(tmp_path / "graph")
    damage(folder)
    with pytest.raises(GraphFileError):
        SocialGraph.open(folder)
