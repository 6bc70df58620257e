"""Figures of a calibration show what its tables say."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from infodemic_sim.calibration import Posterior
from infodemic_sim.calibration.evidence import with_errors
from infodemic_sim.plots import agreement_with_evidence, marginal, posterior_figure
from infodemic_sim.plots.posterior import WIDEST
from infodemic_sim.plots.style import COLOURS, LEAST_TICKS, MOST_TICKS, new_figure, on_log_scale


@pytest.fixture
def posterior():
    luck = np.random.default_rng(1)
    before = pd.DataFrame({"a.b": luck.uniform(1, 10, 200), "c": luck.uniform(0, 1, 200)})
    after = pd.DataFrame({"a.b": luck.uniform(2, 4, 200), "c": luck.uniform(0, 1, 200), "weight": 1 / 200})
    observed = with_errors(["near", "far"], [1.0, 2.0], [0.1, 0.1], fitted=[True, False])
    predictions = pd.DataFrame({"near": luck.normal(1.02, 0.02, 50), "far": luck.normal(2.5, 0.02, 50)})
    parameters = {"a.b": {"low": 1.0, "high": 10.0, "scale": "log"}, "c": "declared"}
    question = {"parameters": parameters, "seed": 1, "method": "likelihood", "generations": 2}
    return Posterior(question, observed, after, before, pd.DataFrame(), predictions)


def test_numbers_outside_are_told_apart_and_predictions_are_hollow(posterior):
    ax = agreement_with_evidence(posterior)
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert [to_hex(dot.get_color()) for dot in dots] == list(COLOURS[:2])
    assert dots[0].get_xdata()[0] == pytest.approx(0.2, abs=0.2)
    assert dots[1].get_xdata()[0] == pytest.approx(5.0, abs=0.2)
    assert [dot.get_markerfacecolor() for dot in dots] == [COLOURS[0], "white"]


def test_numbers_beyond_the_edge_are_arrows_there_and_the_axis_says_so(posterior):
    """The dot of a number far away is no dot at the edge; one within has no arrow."""
    assert "beyond the edge" not in agreement_with_evidence(posterior).get_xlabel()
    predictions = posterior.predictions.assign(far=0.5, near=[0.3] * 25 + [0.9] * 25)
    far = posterior._replace(predictions=predictions)
    ax = agreement_with_evidence(far)
    arrows = [(line.get_marker(), line.get_xdata()[0], line.get_ydata()[0]) for line in ax.lines]
    assert [each for each in arrows if each[0] in "<>"] == [("<", -WIDEST, 1)]
    (dot,) = (each for each in arrows if each[0] == "o")
    assert dot[1:] == (pytest.approx(-4.0), 0)
    assert "beyond the edge" in ax.get_xlabel()


@given(st.floats(-6, 6), st.floats(0.05, 8))
def test_a_logarithmic_axis_has_three_numbers_at_least_and_not_too_many(start, decades):
    ax = new_figure(3.4, 2.5).add_subplot()
    ax.plot([10.0**start, 10.0 ** (start + decades)], [0, 1])
    on_log_scale(ax, "x")
    low, high = ax.get_xlim()
    said = [label.get_text() for label in ax.get_xticklabels() if low <= label.get_position()[0] <= high]
    assert LEAST_TICKS <= len(list(filter(None, said))) <= MOST_TICKS


def test_each_parameter_has_a_panel_on_the_scale_of_its_range(posterior):
    figure = posterior_figure(posterior)
    assert [ax.get_xscale() for ax in figure.axes] == ["log", "linear"]
    filled = marginal(posterior, "a.b").patches[0].get_data()
    inside = (filled.edges[1:] > 2.0) & (filled.edges[:-1] < 4.0)
    assert filled.values[inside].sum() == pytest.approx(1.0)
    assert filled.values[~inside].sum() == 0.0
