"""The bots of SimSoM: who they are, whom they target, and who follows them."""

from __future__ import annotations

from typing import Literal

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.columns import Categories
from infodemic_sim.graphs.simsom_graph import simsom_graph
from infodemic_sim.kernels import elementary
from infodemic_sim.kernels.simsom_bots import bots_followed
from infodemic_sim.randomness import Draws, Purpose, each_extended

Targeting = Literal["random", "hubs", "column", "extremes", "high", "low"]
NAME, FOLLOWED, CIRCLE, DECEPTION = range(4)
"""Words after Purpose.BOT in addresses: names of bots, who follows them, whom they follow, appeal."""
MOST_ROUNDS = 1000


def names(draws: Draws, bots: int) -> np.ndarray:
    """Identities of bots in draws, uint64[bots]."""
    return each_extended(draws.base(Purpose.BOT, NAME), np.arange(bots))


def ties_to_bots(
    draws: Draws, keys: np.ndarray, chances: np.ndarray, bots: int, friends: int
) -> tuple[np.ndarray, np.ndarray]:
    """Bots seen by people, then by bots: starts, int64[n + bots + 1], and numbers of bots, int32."""
    starts, followed = bots_followed(draws.base(Purpose.BOT, FOLLOWED), keys, chances, bots)
    circle_starts, circle = bot_circle(int(draws.base(Purpose.BOT, CIRCLE)) >> 1, bots, friends)
    return np.concatenate([starts, starts[-1] + circle_starts[1:]]), np.concatenate([followed, circle])


def bot_circle(seed: int, bots: int, friends: int) -> tuple[np.ndarray, np.ndarray]:
    """Which bots each bot follows, as rows: a SimSoM graph; where bots are few, all the others."""
    if friends == 0 or bots == 0:
        return np.zeros(bots + 1, np.int64), np.empty(0, np.int32)
    if bots > friends + 1:
        circle = simsom_graph(bots, mean_degree=friends, seed=seed)
        return circle.indptr, circle.indices
    return np.arange(bots + 1) * (bots - 1), np.nonzero(~np.eye(bots, dtype=bool))[1].astype(np.int32)


def chances_to_follow(graph: SocialGraph, targeting: Targeting, name: str, infiltration: float) -> np.ndarray:
    """Chance of each person to follow any one bot, float64[n], of mean ``infiltration``."""
    if targeting == "random" or infiltration == 0.0:
        return np.full(graph.n, infiltration)
    weights = np.bincount(graph.indices, minlength=graph.n) if targeting == "hubs" else None
    return raced(_selected(graph, targeting, name) if weights is None else weights, infiltration)


def raced(weights: np.ndarray, infiltration: float) -> np.ndarray:
    """Chances p = 1 - exp(-w t), with the t that makes their mean ``infiltration``.

    Draws one by one without replacement in proportion to w are a race of exponential clocks with rates w;
    t is the time by which a share ``infiltration`` of all has arrived. Newton's steps rise to it from 0.
    """
    rates = np.sort(weights) / max(
        weights.max(initial=0.0), np.finfo(float).tiny
    )  # sorted: people in any order
    wanted, reachable = infiltration * rates.size, np.count_nonzero(rates)
    if reachable < wanted:
        raise ParameterError(
            f"SimSoM.infiltration of {infiltration} asks for {wanted:g} followers of every bot, but its "
            f"targeting names {reachable} people: lower it, or target more people."
        )
    if reachable == wanted:
        return np.asarray(weights > 0, dtype=float)
    time, before = 0.0, -1.0
    for _ in range(MOST_ROUNDS):
        if time <= before:
            break
        before, waiting = time, elementary.exp(-rates * time)
        time += (wanted - np.sum(1.0 - waiting)) / np.sum(rates * waiting)
    return np.asarray(-elementary.expm1(-weights / weights.max() * time))


def _selected(graph: SocialGraph, targeting: Targeting, name: str) -> np.ndarray:
    """Weight of each person by a column of the graph."""
    values = _numbers(graph, name, targeting)
    if targeting == "column" and (values < 0).any():
        raise ParameterError(f"SimSoM targets in proportion to '{name}', which must not be negative.")
    weights = {"column": values, "extremes": np.abs(values), "high": values > 0, "low": values < 0}
    return np.asarray(weights[targeting], dtype=float)


def _numbers(graph: SocialGraph, name: str, targeting: Targeting) -> np.ndarray:
    values = graph.attributes.get(name)
    if values is None:
        known = ", ".join(sorted(graph.attributes)) or "none"
        raise ParameterError(
            f"SimSoM.targeting '{targeting}' needs target_column to be a column of the graph "
            f"(it has: {known}), but got '{name}'."
        )
    if isinstance(values, Categories) or not np.isfinite(values).all():
        raise ParameterError(f"SimSoM.target_column '{name}' must hold a number for every person.")
    return values
