"""Tables are the same in polars."""

from __future__ import annotations

import sys

import numpy as np
import polars as pl
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError
from tests.study.tiny import plans


@pytest.fixture(scope="module")
def comparison():
    return ids.compare(plans(), replicates=2, seed=1)


@pytest.mark.parametrize("name", ["runs", "effects"])
def test_every_value_is_there(comparison, name):
    table = comparison.runs if name == "runs" else comparison.effects()
    frame = ids.to_polars(table)
    assert frame.columns == list(table.columns)
    assert frame.height == len(table)
    for column in table:
        ours, theirs = table[column], frame[column]
        assert theirs.null_count() == ours.isna().sum()
        kept = ours.notna().to_numpy()
        np.testing.assert_array_equal(theirs.to_numpy()[kept], ours[kept].to_numpy())


def test_names_are_text_and_numbers_are_numbers(comparison):
    frame = ids.to_polars(comparison.runs)
    assert frame.schema["plan"] == pl.String
    assert frame.schema["value"] == pl.Float64
    assert frame.filter(pl.col("measure") == "misinformed").height > 0


def test_without_polars_the_remedy_is_told(comparison, monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ParameterError, match="pip install polars"):
        ids.to_polars(comparison.runs)
