"""What of a platform does not change during a run, as the feed kernels take it."""

from __future__ import annotations

import numpy as np

from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.kernels.layout import POST, Feed
from infodemic_sim.levers import Lever
from infodemic_sim.platforms.ranking import Ranking, chatter_law, chatter_times, power, recency_table
from infodemic_sim.world import World

NOTHING = np.empty(0)


def feed_tables(world: World, p: int, on: np.ndarray, ranking: Ranking) -> Feed:
    """Platform p under a ranking; what changes (weight, reach) is put in at each step."""
    platform, graph = world.setting.platforms[p], world.setting.graphs[p]
    followees = present(graph.indptr, graph.indices, on > 0)
    return Feed(
        indptr=graph.indptr,
        followees=graph.indices,
        ties=tie_factors(graph, ranking),
        line=world.state.timelines[p].line.reshape(-1),
        width=POST * platform.timeline_depth,
        weight=world.state.messages.weight,
        reach=NOTHING,
        recency=recency_table(ranking, platform.horizon, world.setting.hours_per_step),
        chatter=platform.chatter_per_day * (platform.horizon / 24.0) * followees,
        law=chatter_law(ranking, platform.horizon),
        law_times=chatter_times(ranking, platform.horizon),
        homophily=float(ranking.homophily * power(ranking)),
        random=ranking.sharpness is not None,
    )


def tie_factors(graph: SocialGraph, ranking: Ranking) -> np.ndarray:
    """What each tie's weight does to the score, float64[ties]; empty where it does nothing."""
    if ranking.tie_weight == 0 or graph.weights is None:
        return NOTHING
    return np.asarray((1.0 + ranking.tie_weight * graph.weights.astype(float)) ** power(ranking))


def shifted(trait: np.ndarray, lever: Lever) -> np.ndarray:
    """A trait in this step, float32[n]: as it is, or moved by the lever that adds to it."""
    return trait + lever.value if lever.moved else trait


def visits_per_hour(world: World, p: int, on: np.ndarray) -> np.ndarray:
    """Expected visits of each person to platform p in an hour; float64[n]."""
    per_day = world.setting.platforms[p].sessions_per_day
    return np.asarray(world.people.activity * (per_day / 24.0) * (on > 0))


def memberships(world: World) -> list[np.ndarray]:
    """Share of each person's posting that goes to each platform, 0 for those not on it; float64[n] each."""
    on = [world.on_platform(p) for p in range(len(world.setting.platforms))]
    number = np.maximum(np.sum(on, axis=0), 1)
    return [np.where(here, 1.0 / number, 0.0) for here in on]


def present(indptr: np.ndarray, indices: np.ndarray, on: np.ndarray) -> np.ndarray:
    """How many of each person's followees are on the platform; float64[n]."""
    passed = np.concatenate([[0], np.cumsum(on[indices])])
    return np.asarray(np.diff(passed[indptr]), dtype=float)
