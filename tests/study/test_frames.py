"""Tables are the same in polars."""

from __future__ import annotations

import io
import sys

import numpy as np
import pandas as pd
import polars as pl
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError, of_kind
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


def from_csv(table: pd.DataFrame) -> pl.DataFrame:
    """As a reader of our CSV files with polars has it: a column that is empty throughout comes as text."""
    return pl.read_csv(io.StringIO(table.to_csv(index=False)), infer_schema_length=None)


@pytest.mark.parametrize("replicates", [1, 3])
def test_figures_and_tables_take_frames_of_polars(replicates):
    """And draw the same from them."""
    comparison = ids.compare(plans(), replicates=replicates, seed=1)
    effects, runs = comparison.effects(), comparison.runs
    named = ids.to_polars(runs).with_columns(pl.col("plan", "measure").cast(pl.Categorical))
    drawn = {
        "ranked": lambda table: ids.plots.effects_ranked(table, "misinformed").figure,
        "heat map": lambda table: (
            ids.plots.heat_map(table, "misinformed", rows="subgroup", columns="plan").figure
        ),
        "comparison": lambda table: ids.plots.comparison_figure(comparison, table),
    }
    for draw in drawn.values():
        assert ids.plots.svg_text(draw(from_csv(effects))) == ids.plots.svg_text(draw(effects))
    ours, theirs = (ids.plots.trajectories(table, "misinformed").figure for table in (runs, named))
    assert ids.plots.svg_text(ours) == ids.plots.svg_text(theirs)


def test_costs_and_observed_points_may_be_frames_of_polars(comparison, tmp_path):
    worth = ids.acceptability(comparison, "misinformed", worth=[0.0, 10.0], wage=30.0)
    assert ids.plots.acceptability_curve(ids.to_polars(worth)).get_ylabel()
    table = ids.cost_effectiveness(comparison, "misinformed", wage=30.0)
    pd.testing.assert_frame_equal(ids.frontier(ids.to_polars(table)), ids.frontier(table))
    seen = pd.DataFrame({"day": [comparison.runs["day"].max()], "measure": ["misinformed"], "value": [0.2]})
    points = comparison.observed(pl.from_dict(seen.to_dict("list")))
    pd.testing.assert_frame_equal(points, comparison.observed(seen))
    ids.write_report(comparison, tmp_path / "report.html", observed=ids.to_polars(points))


@pytest.mark.parametrize("wrong", [[1], pl.LazyFrame({"measure": ["misinformed"]})])
def test_what_is_no_table_is_told_from_one(comparison, wrong):
    with pytest.raises(ParameterError, match=r"must be a DataFrame, but got a (list|LazyFrame)"):
        ids.plots.effects_ranked(wrong, "misinformed")


def test_two_kinds_of_one_name_are_told_apart():
    with pytest.raises(ParameterError, match=r"must be a pandas\.DataFrame, but got a polars\.DataFrame\."):
        of_kind("effects", pl.DataFrame(), pd.DataFrame)
