"""Figures look as they did, down to what a field of one 768th shows, and are the same bytes each time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.colors import to_rgb

from infodemic_sim import plots
from tests.plots.figures import FIGURES
from tests.plots.thumbnails import GOLDEN, HIGH, TOLERANCE, WIDE, apart, as_text, from_text, thumbnail


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_looks_as_it_did(name):
    """If the change is meant: look at it, then ``python -m tests.plots.thumbnails``."""
    assert apart(thumbnail(FIGURES[name]()), golden(name)) <= TOLERANCE


def test_every_record_has_its_figure():
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(FIGURES)


@pytest.mark.parametrize(
    "name", ["trajectories", "effects_along", "acceptability_curve", "belief_distribution"]
)
def test_a_line_left_out_or_of_another_colour_is_seen(name):
    for change in ("hidden", "recoloured"):
        figure = FIGURES[name]()
        line = max(figure.axes[0].lines, key=lambda each: np.ptp(each.get_ydata()) if visible(each) else -1.0)
        if change == "hidden":
            line.set_visible(False)
        else:
            line.set_color(1.0 - np.array(to_rgb(line.get_color())))
        assert apart(thumbnail(figure), golden(name)) > 3 * TOLERANCE


def test_believing_the_opposite_is_seen():
    figure = FIGURES["network"]()
    for dots in figure.axes[0].collections:
        if dots.get_array() is not None:
            dots.set_array(1.0 - dots.get_array())
    assert apart(thumbnail(figure), golden("network")) > 3 * TOLERANCE


@pytest.mark.parametrize(
    "name", ["network_before_after", "cascade_tree", "cascades_figure", "who_reaches_whom"]
)
def test_figures_of_films_are_equal_bytes(name, tmp_path):
    texts = [plots.svg_text(FIGURES[name]()) for _ in range(2)]
    assert texts[0] == texts[1]
    one, other = (plots.save_figure(FIGURES[name](), tmp_path / f"{k}.png") for k in range(2))
    assert one.read_bytes() == other.read_bytes()


@given(arrays(np.uint8, (HIGH, WIDE, 3), elements=st.sampled_from([0, 1, 200, 254, 255])))
def test_records_are_read_as_they_were_written(small):
    np.testing.assert_array_equal(from_text(as_text(small)), small)


def golden(name: str) -> np.ndarray:
    return from_text((GOLDEN / f"{name}.txt").read_text(encoding="utf-8"))


def visible(line) -> bool:
    """Whether it is drawn in the units of the data, and not beside the axes."""
    return line.get_transform() == line.axes.transData and len(line.get_xdata()) > 2
