"""Figures need no display, touch no global state, and are the same bytes each time."""

from __future__ import annotations

import io

import matplotlib.image
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from infodemic_sim import plots
from infodemic_sim.comparing.compare import Comparison, compare
from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.interventions import Inoculation
from infodemic_sim.plots.labels import apart, short_name
from infodemic_sim.plots.series import interval
from infodemic_sim.study.overall import by_plan, overall
from tests.study.tiny import PROMPT, TODAY, plans


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(plans(), replicates=3, seed=2)


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(matplotlib.text.Text)]


def test_axes_are_saved_with_their_figure(tmp_path) -> None:
    figure = plots.new_figure(4, 3)
    left, right = figure.subfigures(1, 2)
    parts = (left.subplots(), right.subplots())
    whole = plots.save_figure(figure, tmp_path / "whole.png").read_bytes()
    for k, ax in enumerate(parts):
        assert plots.save_figure(ax, tmp_path / f"{k}.png").read_bytes() == whole


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


def test_a_notebook_shows_a_figure_by_itself() -> None:
    """As a picture that is as large as was asked for, at 100 dots an inch."""
    figure = plots.new_figure(2, 1)
    figure.add_subplot().plot([0, 1])
    assert matplotlib.image.imread(io.BytesIO(figure._repr_png_())).shape[:2] == (100, 200)


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


def test_a_plan_that_costs_only_money_is_not_drawn_as_free() -> None:
    """Money has a panel as soon as one plan costs some, and none where nobody does."""
    bought = TODAY.but(interventions=[Inoculation()])
    made = compare({"today": TODAY, "inoculation": bought}, replicates=3, seed=1)
    row = by_plan(overall(made.effects(), "money"))["inoculation"]
    assert row["difference"] > 0.0
    assert by_plan(overall(made.effects(), "staff_minutes"))["inoculation"]["difference"] == 0.0
    figure = plots.comparison_figure(made)
    (panel,) = (ax for ax in figure.findobj(Axes) if ax.get_title("left") == "Cost: money")
    drawn = [line.get_xdata()[0] for line in panel.lines if line.get_marker() == "o"]
    assert drawn == [pytest.approx(row["difference"])]
    assert "in in" not in panel.get_xlabel()
    free = compare({"today": TODAY, "prompt": TODAY.but(interventions=[PROMPT])}, replicates=2, seed=1)
    assert "Cost: money" not in texts(plots.comparison_figure(free))
    both = {"today": TODAY.but(primary="money"), "i": bought.but(primary="money")}
    assert "Cost: money" not in texts(plots.comparison_figure(compare(both, replicates=2, seed=1)))


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


def test_effects_at_single_designs_are_a_bar_behind_their_mean(comparison: Comparison) -> None:
    effects = comparison.effects()
    one, other = (effects.assign(difference=effects["difference"] + by) for by in (-0.1, 0.3))
    rows = by_plan(overall(effects, "misinformed"))
    expected = [
        100.0 * (rows[plan]["difference"] + np.array([-0.1, 0.3])) for plan in ("prompt", "zero effect")
    ]
    everybody = overall(pd.concat([one, other]), "misinformed")
    bars = [
        line.get_xdata()
        for line in plots.effects_ranked(effects, "misinformed", among=everybody).lines
        if line.get_linewidth() == 9
    ]
    assert len(bars) == 2
    assert np.allclose(sorted(map(tuple, bars)), sorted(map(tuple, expected)))


def test_any_name_and_number_of_plans_can_be_drawn(tmp_path) -> None:
    odd = {"$x_1$ & <b>": TODAY, "a" * 90: TODAY, **{f"plan {k}": TODAY for k in range(12)}}
    many = compare(odd, replicates=1, seed=1)
    plots.save_figure(plots.comparison_figure(many), tmp_path / "many.png")
    lone = compare({"today": TODAY}, replicates=1, seed=1)
    plots.save_figure(plots.comparison_figure(lone), tmp_path / "lone.svg")
    plots.trajectories(many, "misinformed")


def test_no_name_is_read_as_a_formula(tmp_path) -> None:
    names = ["$\\frac$", "$x^2$", "5 $ or 10 $"]
    made = compare(dict.fromkeys(names, TODAY), replicates=2, seed=1)
    ax = plots.cost_effect_plane(made)
    plots.save_figure(ax, tmp_path / "plane.png")
    assert not any(text.get_parse_math() for text in ax.get_legend().get_texts())


def test_what_one_plan_alone_has_not_is_refused() -> None:
    alone = compare({"only": TODAY}, replicates=2, seed=1)
    with pytest.raises(ParameterError, match="no plan beside the baseline"):
        plots.cost_effect_plane(alone)
    with pytest.raises(ParameterError, match="one plan only"):
        plots.trajectories(alone, "misinformed", difference=True)


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


def crossed(comparison: Comparison) -> pd.DataFrame:
    """Effects by two things that vary, as a sweep gives them."""
    effects = overall(comparison.effects(), "misinformed")
    down = effects.assign(dose=1.0, day="early")
    return pd.concat([down, down.assign(dose=2.0, day="late", difference=0.01, low=0.005, high=0.015)])


def test_a_heat_map_has_a_cell_for_each_row(comparison: Comparison) -> None:
    table = crossed(comparison)
    ax = plots.heat_map(table, "misinformed", rows="day", columns="plan")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["early", "late"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["prompt", "zero effect"]
    assert len(ax.patches) == len(table) == 4
    by_number = {text.get_text(): text for text in ax.texts}
    assert by_number["1.00"].get_fontweight() == "bold"
    assert "0.50 to 1.50" in by_number
    assert by_number["0"].get_fontweight() == "normal"
    assert "Change in misinformed people" in ax.get_title(loc="left")


def test_in_a_heat_map_blue_is_better(comparison: Comparison) -> None:
    """By the measure's own direction, and white where nothing changed."""
    row = overall(comparison.effects(), "misinformed").iloc[:1]
    for measure, sign in (("misinformed", -1.0), ("credence", 1.0)):
        better = "lower" if sign < 0 else "higher"
        cells = [
            row.assign(
                plan=str(d), measure=measure, better=better, difference=sign * d, low=sign * d, high=sign * d
            ).assign(day="x")
            for d in (1.0, -1.0, 0.0)
        ]
        ax = plots.heat_map(pd.concat(cells), measure, rows="day", columns="plan")
        good, bad, none = (patch.get_facecolor() for patch in ax.patches)
        assert good[2] > good[0]
        assert bad[0] > bad[2]
        assert none[:3] == pytest.approx((1, 1, 1), abs=0.01)


def test_what_is_unclear_is_paler_in_a_heat_map(comparison: Comparison) -> None:
    row = overall(comparison.effects(), "misinformed").iloc[:1].assign(difference=-1.0, day="x")
    cells = [row.assign(plan="sure", low=-1.5, high=-0.5), row.assign(plan="unclear", low=-2.5, high=0.5)]
    ax = plots.heat_map(pd.concat(cells), "misinformed", rows="day", columns="plan")
    sure, unclear = (patch.get_facecolor() for patch in ax.patches)
    assert sure[0] < unclear[0] < 1.0


def test_a_heat_map_shows_relative_changes_too(comparison: Comparison) -> None:
    """Bold by their own interval, not by that of the difference."""
    table = crossed(comparison).assign(relative=-0.25, relative_low=-0.3, relative_high=-0.2, low=-1, high=1)
    ax = plots.heat_map(table, "misinformed", rows="day", columns="plan", what="relative")
    said = {text.get_text(): text.get_fontweight() for text in ax.texts}
    assert said["−25.0"] == "bold"
    assert "−30.0 to −20.0" in said


def test_effects_along_a_number_are_drawn_in_its_order(comparison: Comparison) -> None:
    table = crossed(comparison).iloc[::-1]
    ax = plots.effects_along(table, "misinformed", along="dose", series="plan")
    lines = {tuple(line.get_xdata()): line for line in ax.lines if len(line.get_xdata()) == 2}
    assert (1.0, 2.0) in lines
    assert ax.get_xlabel() == "Dose"
    assert {"prompt", "zero effect"} <= {text.get_text() for text in ax.texts}
    rows = table[table["plan"] == "prompt"].sort_values("dose")
    drawn = [100 * y for y in rows["difference"]]
    assert any(np.allclose(line.get_ydata(), drawn) for line in ax.lines if len(line.get_ydata()) == 2)
