"""Figures need no display, touch no global state, and are the same bytes each time."""

from __future__ import annotations

import matplotlib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from infodemic_sim import plots
from infodemic_sim.errors import UnknownNameError
from infodemic_sim.plots.labels import apart, short_name
from infodemic_sim.plots.series import interval
from infodemic_sim.study.compare import Comparison, compare
from tests.study.tiny import TODAY, plans


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(plans(), replicates=3, seed=2)


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(matplotlib.text.Text)]


def test_figures_are_equal_bytes_whatever_the_users_settings(comparison: Comparison, tmp_path) -> None:
    for name in ("a", "b"):
        with matplotlib.rc_context({"font.size": 7 if name == "a" else 20, "svg.fonttype": "path"}):
            figure = plots.comparison_figure(comparison)
            plots.save_figure(figure, tmp_path / f"{name}.svg")
            plots.save_figure(figure, tmp_path / f"{name}.png")
    for kind in ("svg", "png"):
        assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes()
    assert "<text" in (tmp_path / "a.svg").read_text()
    assert "<dc:date>" not in (tmp_path / "a.svg").read_text()


def test_drawing_leaves_the_users_settings_alone(comparison: Comparison) -> None:
    before = dict(matplotlib.rcParams)
    plots.trajectories(comparison, "credence")
    assert dict(matplotlib.rcParams) == before


def test_the_comparison_figure_says_what_it_shows(comparison: Comparison) -> None:
    said = texts(plots.comparison_figure(comparison))
    assert "Misinformed people" in said
    assert "Cost: staff time" in said
    assert "Accurate posts lost" in said
    assert "no difference in any run" in said
    assert any("3 paired runs" in text for text in said)


def test_trajectories_show_the_mean_and_its_interval(comparison: Comparison) -> None:
    ax = plots.trajectories(comparison.runs, "misinformed")
    runs = comparison.runs
    mine = runs[(runs["measure"] == "misinformed") & (runs["subgroup"] == "all") & (runs["plan"] == "prompt")]
    values = mine.pivot(index="day", columns="replicate", values="value")
    drawn = {tuple(np.round(line.get_ydata(), 10)) for line in ax.lines}
    assert tuple(np.round(100 * values.mean(axis=1), 10)) in drawn
    assert ax.get_ylabel() == "Misinformed people\n(%)"
    mean, low, high = interval(values)
    assert np.all((low <= mean) & (mean <= high))


def test_differences_leave_the_baseline_at_zero(comparison: Comparison) -> None:
    ax = plots.trajectories(comparison, "misinformed", difference=True)
    assert "Change in misinformed people" in ax.get_ylabel()
    assert {"today", "prompt", "zero effect"} <= set(texts(ax.figure))


def test_an_axes_given_is_drawn_on(comparison: Comparison) -> None:
    ax = plots.new_figure(4, 3).add_subplot()
    assert plots.effects_ranked(comparison.effects(), "exposures_false", ax) is ax
    assert plots.trajectories(comparison, "exposures_false", ax) is ax


def test_the_best_plan_is_on_top(comparison: Comparison) -> None:
    effects = comparison.effects()
    ax = plots.effects_ranked(effects, "reshares_false")
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["prompt", "zero effect"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_any_name_and_number_of_plans_can_be_drawn(tmp_path) -> None:
    odd = {"$x_1$ & <b>": TODAY, "a" * 90: TODAY, **{f"plan {k}": TODAY for k in range(12)}}
    many = compare(odd, replicates=1, seed=1)
    plots.save_figure(plots.comparison_figure(many), tmp_path / "many.png")
    lone = compare({"today": TODAY}, replicates=1, seed=1)
    plots.save_figure(plots.comparison_figure(lone), tmp_path / "lone.svg")
    plots.trajectories(many, "misinformed")


def test_an_unknown_measure_is_answered_with_the_nearest(comparison: Comparison) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'credence'"):
        plots.trajectories(comparison, "credense")


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_labels_keep_their_distance_and_order(places: list[float]) -> None:
    before = np.array(places)
    after = apart(before, 0.05)
    order = np.argsort(before, kind="stable")
    assert np.all(np.diff(after[order]) >= 0.05 - 1e-9)
    assert abs(after.mean() - before.mean()) < 1e-6


def test_long_names_are_cut() -> None:
    assert short_name("short") == "short"
    assert short_name("x" * 50, 10) == "x" * 9 + "…"
