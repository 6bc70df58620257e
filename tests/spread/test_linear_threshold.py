"""The linear threshold rule against closed forms, and what it refuses."""

from __future__ import annotations

import math

import numpy as np
import pytest

from infodemic_sim.errors import GraphError, ParameterError
from infodemic_sim.graphs import SocialGraph
from infodemic_sim.spread.linear_threshold import LinearThreshold
from infodemic_sim.spread.network_rule import Chances
from tests.spread.cascade_settings import triangle
from tests.spread.cascade_twin import ground_of, played

STANDARD_ERRORS = 4.0


def fan(people: int, weights: tuple[float, ...]) -> SocialGraph:
    """Many people who see persons 0, 1, … with the same weights."""
    many = len(weights)
    sees = np.repeat(np.arange(many, many + people), many)
    return SocialGraph.from_ties(
        sees, np.tile(np.arange(many), people), many + people, True, weights=np.tile(weights, people)
    )


@pytest.mark.parametrize("weighted", [False, True])
def test_mean_size_on_a_triangle(weighted):
    sizes = LinearThreshold(weighted=weighted).sizes(triangle(weights=[0.5] * 3), seed=1, replicates=40_000)
    assert abs(sizes.mean() - 2.5) < STANDARD_ERRORS * sizes.std() / math.sqrt(sizes.size)


def test_a_weight_is_the_chance_to_convince():
    run = LinearThreshold(weighted=True, start=(0, 1)).run(fan(20_000, (0.25, 0.375)), seed=1)
    shares = [np.mean(run.sources[2:] == person) * (run.reached - 2) / 20_000 for person in (0, 1)]
    for found, expected in zip(shares, (0.25, 0.375), strict=True):
        assert abs(found - expected) < STANDARD_ERRORS * math.sqrt(expected * (1.0 - expected) / 20_000)


@pytest.mark.parametrize("accurate", [False, True])
def test_inoculation_lowers_the_odds_to_convince(accurate):
    graph, doubt = fan(20_000, (0.6,)), 0.8
    rule = LinearThreshold(weighted=True, start=(0,), accurate=accurate)
    chances = Chances(inoculation=np.full(graph.n, doubt))
    reached = len(played(rule, ground_of(graph, np.arange(graph.n), 2), chances)) - 1
    expected = 0.6 if accurate else 0.6 * math.exp(-doubt) / (0.4 + 0.6 * math.exp(-doubt))
    tolerance = STANDARD_ERRORS * math.sqrt(expected * (1.0 - expected) / 20_000)
    assert abs(reached / 20_000 - expected) < tolerance


def test_whoever_needs_all_waits_for_all():
    graph = SocialGraph.from_ties([3, 3, 3], [0, 1, 2], 4, True)  # thirds, which no binary number is
    rule = LinearThreshold(thresholds=(1.0,))
    assert rule.but(start=(0, 1)).run(graph, seed=1).reached == 2
    assert rule.but(start=(0, 1, 2)).run(graph, seed=1).reached == 4


def test_thresholds_belong_to_people():
    graph = SocialGraph.from_ties([1, 2], [0, 0], 3, True, weights=[0.5, 0.5])
    rule = LinearThreshold(weighted=True, thresholds=(1.0, 0.5, 0.51), start=(0,))
    assert rule.run(graph, seed=1).adoptions["person"].tolist() == [0, 1]
    assert rule.sizes(graph, seed=1, replicates=1).tolist() == [2]


@pytest.mark.parametrize("limit", [0.0, -0.5, 1.01, float("nan")])
def test_thresholds_out_of_range(limit):
    with pytest.raises(ParameterError, match="thresholds"):
        LinearThreshold(thresholds=(0.5, limit))


@pytest.mark.parametrize(
    ("rule", "weights", "sentence"),
    [
        (LinearThreshold(weighted=True), None, "ties have no weights"),
        (LinearThreshold(weighted=True), [0.5, 0.75, 0.25], r"person 1 add up to 1.25: divide"),
        (LinearThreshold(thresholds=(0.5, 0.5)), None, "one for each of 3 people, but got 2"),
    ],
)
def test_graphs_that_do_not_suit(rule, weights, sentence):
    with pytest.raises((GraphError, ParameterError), match=sentence):
        rule.run(triangle(weights=weights), seed=1)
    with pytest.raises((GraphError, ParameterError), match=sentence):
        rule.sizes(triangle(weights=weights), seed=1, replicates=1)
