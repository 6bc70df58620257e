"""Pictures of cascades show the log: who passed on after whom, and how far."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba

import infodemic_sim as ids
from infodemic_sim import plots
from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.plots.cascade_tree import SIDE_COLOURS, tree_of
from infodemic_sim.plots.cascades import beyond
from tests.plots.films import filmed

POST = np.dtype([("message", np.int32), ("parent", np.int32), ("person", np.int32), ("step", np.int32)])
# message 1: 0 ← 2 ← 4, 0 ← 3; message 0: 1 alone
POSTS = np.array([(1, -1, 5, 2), (0, -1, 6, 2), (1, 0, 7, 3), (1, 0, 8, 5), (1, 2, 9, 9)], POST)
MESSAGES = np.array([(1,), (-1,)], np.dtype([("side", np.int8)]))


@pytest.fixture(scope="module")
def film():
    return filmed()


def test_a_tree_keeps_parents_depths_and_branches_apart():
    tree = tree_of(POSTS, 1)
    assert tree.parent.tolist() == [-1, 0, 0, 1]
    assert tree.depth.tolist() == [0, 1, 1, 2]
    assert tree.step.tolist() == [2, 3, 5, 9]
    leaves = tree.place[[2, 3]]
    assert sorted(leaves) == [0.0, 1.0]
    assert tree.place[1] == tree.place[3]
    assert tree.place[0] == leaves.mean()


@pytest.mark.parametrize(("along", "across"), [("depth", [0, 1, 1, 2]), ("time", [0, 1, 3, 7])])
def test_the_largest_cascade_is_drawn_in_the_colour_of_its_side(along, across):
    ax = plots.cascade_tree((MESSAGES, POSTS), along=along)
    lines, dots, _ = ax.collections
    assert isinstance(lines, LineCollection)
    np.testing.assert_array_equal(dots.get_offsets()[:, 0], across)
    np.testing.assert_allclose(dots.get_facecolor()[0], to_rgba(SIDE_COLOURS["false"]))
    ends = [(line[0][0], line[-1][0]) for line in lines.get_segments()]
    assert ends == [(across[0], across[1]), (across[0], across[2]), (across[1], across[3])]
    assert ax.get_title(loc="left") == "Cascade of one false message: 4 posts, 2 steps deep"


def test_a_film_tells_days_and_a_lone_post_is_a_cascade(film):
    table = ids.cascades_of(film)
    largest = table.loc[table["size"].idxmax()]
    ax = plots.cascade_tree(film, int(largest["message"]))
    dots = ax.collections[1].get_offsets()
    assert len(dots) == largest["size"] > 3
    steps = film.posts["step"][film.posts["message"] == largest["message"]]
    np.testing.assert_allclose(dots[:, 0], (steps - steps[0]) / 24.0)
    lone = int(table.loc[table["size"] == 1, "message"].iloc[0])
    assert "1 post, 0 steps deep" in plots.cascade_tree(film, lone).get_title(loc="left")


def test_a_chain_of_thousands_can_be_drawn():
    chain = np.zeros(5_000, POST)
    chain["parent"], chain["step"] = np.arange(-1, 4_999), np.arange(5_000)
    assert tree_of(chain, 0).depth[-1] == 4_999


def test_what_is_no_message_is_refused():
    with pytest.raises(ParameterError, match="messages 0 to 1, but got 2"):
        plots.cascade_tree((MESSAGES, POSTS), 2)
    with pytest.raises(ParameterError, match="'time' or 'depth'"):
        plots.cascade_tree((MESSAGES, POSTS), along="width")
    with pytest.raises(ParameterError, match="nobody posted"):
        plots.cascade_tree((MESSAGES[:0], POSTS[:0]))


def test_the_share_beyond_counts_equals_and_unknowns():
    x, y = beyond(np.array([1.0, 1.0, 2.0, 5.0, np.nan]))
    assert x.tolist() == [1.0, 2.0, 5.0]
    assert y.tolist() == [0.8, 0.4, 0.2]
    assert beyond(np.array([np.nan]))[0].size == 0


@pytest.mark.parametrize("of", ["size", "depth", "breadth", "virality"])
def test_each_side_has_its_line_with_the_shares_of_the_table(film, of):
    table = ids.cascades_of(film)
    ax = plots.cascade_distribution(table, of)
    steps = [line for line in ax.lines if line.get_drawstyle() == "steps-pre"]
    assert [line.get_color() for line in steps] == [SIDE_COLOURS[side] for side in ("accurate", "false")]
    for line, side in zip(steps, ("accurate", "false"), strict=True):
        values = table.loc[table["side"] == side, of]
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True):
            assert y == pytest.approx(100.0 * (values >= x).sum() / len(values))
    assert (ax.get_yscale(), ax.get_xscale()) == ("log", "log" if of in ("size", "breadth") else "linear")


def test_all_shapes_stand_beside_each_other(film):
    figure = plots.cascades_figure(ids.cascades_of(film))
    titles = [ax.get_title(loc="left") for ax in figure.axes]
    assert titles == ["Size", "Depth", "Breadth", "Structural virality"]
    assert [ax.get_legend() is not None for ax in figure.axes] == [True, False, False, False]


def test_an_unknown_shape_is_answered_with_the_nearest():
    table = pd.DataFrame({"side": ["false"], "size": [1]})
    with pytest.raises(UnknownNameError, match="Did you mean 'breadth'"):
        plots.cascade_distribution(table, "bredth")
