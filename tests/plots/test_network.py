"""Pictures of people show where they stand, what they believe and how much they posted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection, PolyCollection

import infodemic_sim as ids
from infodemic_sim import plots
from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.plots.network import MOST_DOTS, MOST_TIES, dot_sizes, ties_drawn
from infodemic_sim.plots.style import CREDENCE
from tests.plots.films import CIRCLE, SCENARIO, filmed


@pytest.fixture(scope="module")
def film():
    return filmed()


def only(ax, kind):
    (found,) = [each for each in ax.collections if type(each) is kind]
    return found


def test_everybody_is_a_dot_in_their_place_coloured_by_credence(film):
    ax = plots.network(film, 3, places=CIRCLE)
    dots = only(ax, PathCollection)
    drawn = np.column_stack([np.asarray(dots.get_offsets()), dots.get_array()])
    told = np.column_stack([CIRCLE, film.credence[3, :, 0]])
    np.testing.assert_array_equal(drawn[np.lexsort(drawn.T)], told[np.lexsort(told.T)])
    dots.update_scalarmappable()
    np.testing.assert_allclose(dots.get_facecolors(), CREDENCE(dots.get_array()))


def test_another_topic_has_other_colours_and_its_name_below(film):
    ax = plots.network(film, topic="diets", places=CIRCLE)
    assert sorted(only(ax, PathCollection).get_array()) == sorted(film.credence[-1, :, 1])
    assert any("on diets" in each.get_xlabel() for each in ax.figure.axes)
    assert ax.get_title(loc="left").endswith("% misinformed\nabout diets")
    with pytest.raises(UnknownNameError, match="Did you mean 'diets'"):
        plots.network(film, topic="diet", places=CIRCLE)


def test_ties_are_lines_between_those_tied(film):
    lines = only(plots.network(film, places=CIRCLE), LineCollection)
    assert len(lines.get_segments()) == film.graph.number_of_ties <= MOST_TIES
    length = {round(float(np.hypot(*(b - a))), 9) for a, b in lines.get_segments()}
    person = int(film.graph.degrees().argmax())
    for other in film.graph.followees(person):
        assert round(float(np.hypot(*(CIRCLE[person] - CIRCLE[other]))), 9) in length


def test_of_too_many_ties_some_are_drawn_and_the_picture_says_so(film):
    many = replace(film, graph=ids.erdos_renyi(film.graph.n, mean_degree=60, seed=1))
    ax = plots.network(many, places=CIRCLE)
    every = ties_drawn(many.graph)
    assert len(only(ax, LineCollection).get_segments()) == -(-many.graph.number_of_ties // every) <= MOST_TIES
    assert any(f"one tie in {every}" in each.get_xlabel() for each in ax.figure.axes)


def test_dots_grow_with_posts(film):
    sizes, posts = dot_sizes(film), film.posted.sum(axis=2).cumsum(axis=0)
    assert np.ptp(sizes[0]) == 0.0
    order = np.argsort(posts[-1], kind="stable")
    assert np.all(np.diff(sizes[-1][order]) >= 0.0)
    assert sizes.max() == sizes[posts == posts.max()][0] > sizes.min()


def test_before_and_after_share_places_and_tell_the_share(film):
    figure = plots.network_before_after(film, places=CIRCLE)
    before, after, _ = figure.axes
    for ax, frame in ((before, 0), (after, -1)):
        assert sorted(only(ax, PathCollection).get_array()) == sorted(film.credence[frame, :, 0])
        share = 100 * np.mean(film.credence[frame, :, 0] < 0.5)
        assert (
            ax.get_title(loc="left") == f"Day {film.days[frame]:g}: {share:.1f} % misinformed\nabout vaccines"
        )
    same = [np.asarray(only(ax, PathCollection).get_offsets()) for ax in (before, after)]
    np.testing.assert_array_equal(*same)


def test_a_crowd_is_drawn_as_fields_of_its_mean(film):
    n = MOST_DOTS + 1
    crowd = SCENARIO.but(population=ids.Population(graph=ids.erdos_renyi(n, mean_degree=4, seed=1)), days=1.0)
    big = ids.film(crowd, seed=1)
    places = np.zeros((n, 2))
    places[: n // 2] = (1.0, 1.0)
    fields = only(plots.network(big, places=places), PolyCollection)
    halves = [big.credence[-1, : n // 2, 0].mean(), big.credence[-1, n // 2 :, 0].mean()]
    np.testing.assert_allclose(sorted(fields.get_array()), sorted(halves), rtol=1e-5)


def test_frames_and_places_that_are_not_there_are_refused(film):
    with pytest.raises(ParameterError, match=f"frames 0 to {len(film.days) - 1}, but got 99"):
        plots.network(film, 99, places=CIRCLE)
    with pytest.raises(ParameterError, match="a row of two numbers for each of 240 people"):
        plots.network(film, places=CIRCLE[1:])
