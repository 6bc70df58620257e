"""Shape of cascade trees against closed forms and published rumour trees (C1)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from infodemic_sim.kernels.trees import measure_trees

NAMES = ("size", "depth", "max_breadth", "structural_virality")


@pytest.mark.parametrize(
    ("shape", "parents", "virality"),
    [
        ("101-node star", [-1] + [0] * 100, 1.980198),
        ("10-node path", [-1, *range(9)], 11 / 3),
        ("7-node binary tree", [-1, 0, 0, 1, 1, 2, 2], 2.285714),
    ],
)
def test_closed_forms(target, shape, parents, virality):
    found = measure_trees(np.array(parents, np.int32), np.zeros(len(parents), np.int32), 1)
    target("C1", f"structural virality of a {shape}", virality, found[3][0], 1e-6)


@pytest.mark.parametrize(("name", "trees"), [("twitter15", 1490), ("pheme", 1359)])
def test_published_trees(target, shared_data, name, trees):
    """Every row of the published metrics; the trees are complete, each in one piece."""
    folder = shared_data / "cascades" / name
    published = pd.read_csv(folder / "cascade_metrics.csv").set_index("cascade_id")
    nodes = pd.read_csv(folder / "cascades.csv.gz", usecols=["cascade_id", "node", "parent"])
    codes, ids = pd.factorize(nodes["cascade_id"])
    place = pd.Series(np.arange(len(nodes)), index=pd.MultiIndex.from_arrays([codes, nodes["node"]]))
    above = pd.MultiIndex.from_arrays([codes, nodes["parent"]])
    parents = place.reindex(above).fillna(-1).to_numpy().astype(np.int32)
    assert ((parents >= 0) == (nodes["parent"] >= 0)).all()
    assert set(ids) == set(published.index)
    found = dict(zip(NAMES, measure_trees(parents, codes.astype(np.int32), len(ids)), strict=True))
    rows = published.loc[ids]
    target("C1", f"{name}: trees recomputed", trees, len(rows), 0)
    for measure, values in found.items():
        off = float(np.nanmax(np.abs(values - rows[measure].to_numpy())))
        target(
            "C1", f"{name}: largest difference of {measure}", 0.0, off, 1e-3 if values.dtype == float else 0
        )
        assert (np.isnan(values) == (found["size"] == 1)).all() or values.dtype != float
