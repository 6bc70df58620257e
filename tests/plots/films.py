"""One small run, filmed, that tests of its pictures share."""

from __future__ import annotations

import numpy as np

import infodemic_sim as ids

GRAPH = ids.planted_communities(240, communities=3, mean_degree=10, homophily=0.9, seed=1)
TALK = ids.Topic(name="vaccines", posting=ids.Posting(public=0.5, provider=0.5))
SCENARIO = ids.Scenario(
    population=ids.Population(graph=GRAPH, providers=0.05, sharing=0.1),
    topics=[TALK, ids.Topic(name="diets")],
    days=4.0,
    warm_up=1.0,
)
ANGLE = 2.0 * np.pi * np.arange(GRAPH.n) / GRAPH.n
CIRCLE = 0.5 + 0.45 * np.stack([np.cos(ANGLE), np.sin(ANGLE)], axis=1)
"""Places that hang on no layout: everybody on a circle."""


def filmed() -> ids.Film:
    return ids.film(SCENARIO, seed=2, every=0.5)
