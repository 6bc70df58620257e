"""What people believe before anything is posted."""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.columns import Categories
from infodemic_sim.population.traits import People
from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.topics import Topic


def starting_beliefs(
    topic: Topic, number: int, graph: SocialGraph, people: People, draws: Draws
) -> np.ndarray:
    """Log-odds that the accurate position is true, float64[n]: logistic, or a column of the graph.

    The location is chosen so that the topic's ``accurate_share`` of people lean to the accurate position.
    """
    if topic.belief_column is not None:
        return _from_column(topic.belief_column, graph)
    location = topic.spread * math.log(topic.accurate_share / (1.0 - topic.accurate_share))
    u = draws.uniform(Purpose.BELIEF, people.key, number)
    return np.asarray(location + topic.spread * kernels.elementary.log(u / (1.0 - u)))


def _from_column(name: str, graph: SocialGraph) -> np.ndarray:
    column = graph.attributes.get(name)
    if column is None or isinstance(column, Categories):
        known = [other for other, values in graph.attributes.items() if not isinstance(values, Categories)]
        raise UnknownNameError(
            f"Topic.belief_column: the graph has no numbers '{name}'. {did_you_mean(name, known)}"
        )
    if np.isnan(column).any():
        first = int(np.flatnonzero(np.isnan(column))[0])
        raise ParameterError(
            f"Topic.belief_column '{name}' must hold a number for everybody, not for all but row {first}."
        )
    return np.asarray(column, dtype=float)
