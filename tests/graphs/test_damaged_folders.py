"""A saved graph in which somebody has changed something is refused: no loop ever walks out of its arrays."""

from __future__ import annotations

import json

import numpy as np
import pytest

from infodemic_sim.errors import GraphFileError
from infodemic_sim.graphs import SocialGraph
from infodemic_sim.graphs.columns import categories
from infodemic_sim.graphs.storage import open_saved

PEOPLE = {"age": np.arange(4.0), "place": categories(["a", "b", "a", ""])}
GOOD = SocialGraph.from_ties(
    [0, 1], [1, 2], 4, True, weights=[1.0, 0.5], attributes=PEOPLE, labels=np.arange(4)
)
ARRAYS = {
    "an id beyond the people": ("indices", np.array([1, 4], np.int32)),
    "a negative id": ("indices", np.array([1, -1], np.int32)),
    "ids of another kind": ("indices", np.array([1, 2], np.int64)),
    "a row that falls": ("indptr", np.array([0, 9, 2, 2, 2], np.int64)),
    "a negative row": ("indptr", np.array([0, -9, 2, 2, 2], np.int64)),
    "rows that begin late": ("indptr", np.array([1, 1, 2, 2, 2], np.int64)),
    "rows of two axes": ("indptr", np.zeros((5, 1), np.int64)),
    "no axis": ("indptr", np.array(2, np.int64)),
    "nobody": ("indptr", np.array([0], np.int64)),
    "few weights": ("weights", np.ones(1, np.float32)),
    "a weight that is none": ("weights", np.array([1, np.nan], np.float32)),
    "few labels": ("labels", np.arange(3)),
    "labels of no characters": ("labels", np.full(4, 0x7FFFFFFF, np.uint32).view("<U1")),
    "a category that is none": ("column-1", np.array([0, 1, 2, -1], np.int32)),
    "a column of no length": ("column-0", np.array(1.0)),
}
DESCRIPTIONS = {
    "a list": [],
    "no columns": {"columns": None},
    "levels that are numbers": {
        "columns": [{"name": "age", "levels": None}, {"name": "place", "levels": [1, 2]}]
    },
    "a column that is not there": {"columns": [{"name": "age", "levels": None}] * 3},
    "a report of something else": {"report": {"exec": "rm"}},
    "another format": {"format": 99},
}
HEADERS = {
    "objects": b"{'descr': '|O', 'fortran_order': False, 'shape': (2,), }",
    "a call": b"__import__('os').abort()",
    "an open bracket": b"{'descr': '<i4', 'fortran\n",
    "brackets": b"(" * 60,
    "a huge shape": b"{'descr': '<i4', 'fortran_order': False, 'shape': (999999999999999999,), }",
    "a negative shape": b"{'descr': '<i4', 'fortran_order': False, 'shape': (-2,), }",
    "two axes": b"{'descr': '<i4', 'fortran_order': False, 'shape': (1, 2), }",
    "a record": b"{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (2,), }",
}


@pytest.fixture
def saved(tmp_path):
    GOOD.save(tmp_path / "graph")
    assert open_saved(tmp_path / "graph") == GOOD
    return tmp_path / "graph"


def refused(folder) -> None:
    with pytest.raises(GraphFileError) as refusal:
        open_saved(folder)
    assert str(refusal.value).startswith("graph: the ")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("kind", ARRAYS)
def test_arrays_that_do_not_fit(kind, saved):
    name, array = ARRAYS[kind]
    np.save(saved / f"{name}.npy", array)
    refused(saved)


@pytest.mark.parametrize("kind", DESCRIPTIONS)
def test_descriptions_that_do_not_fit(kind, saved):
    said = json.loads((saved / "graph.json").read_text())
    change = DESCRIPTIONS[kind]
    (saved / "graph.json").write_text(json.dumps({**said, **change} if change else change))
    refused(saved)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "1" * 10_000, '"\\ud800"', "\x00"])
def test_descriptions_that_are_none(text, saved):
    (saved / "graph.json").write_text(text)
    refused(saved)


@pytest.mark.parametrize("kind", HEADERS)
def test_headers_are_not_taken_for_python(kind, saved):
    header = HEADERS[kind].ljust(117) + b"\n"
    content = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + b"\1\0\0\0\2\0\0\0"
    (saved / "indices.npy").write_bytes(content)
    refused(saved)
