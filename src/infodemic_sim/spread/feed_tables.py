"""What of a platform does not change during a run, as the feed kernels take it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from infodemic_sim.kernels import elementary
from infodemic_sim.kernels.compiled import unwritable
from infodemic_sim.kernels.layout import POST, Feed
from infodemic_sim.levers import Lever
from infodemic_sim.platforms.ranking import Ranking, chatter_law, chatter_times, power, recency_table
from infodemic_sim.world import World
from infodemic_sim.world.spaces import Members

NOTHING = np.empty(0)


class Sight(NamedTuple):
    """Whose timelines people read on one platform, ties first and then spaces, whatever the ranking."""

    indptr: np.ndarray  # int64[n + 1]
    rows: np.ndarray  # int32[m], timelines
    weights: np.ndarray | None  # float64[m], 0 for spaces; None where ties have no weights
    keys: np.ndarray  # uint64[timelines], identity of each
    chatter: np.ndarray  # float64[n], background posts expected within the horizon


def sight_of(world: World, p: int, on: np.ndarray) -> Sight:
    """Ties and spaces of platform p; ``on`` is above 0 for those who have an account there.

    Where ties change, the rows of a platform without spaces are those of the state itself.
    """
    platform, members = world.setting.platforms[p], world.members[p]
    indptr, followees = world.ties(p)
    per_followee, per_fellow = background_rates(world, p)
    chatter = per_followee * present(indptr, followees, on > 0)
    weights = weights_of(world, p)
    blank = np.zeros(1 if world.ties_change else 0, np.uint64)
    if members is None or platform.spaces is None:
        keys = np.concatenate([world.people.key, blank]) if blank.size else world.people.key
        return Sight(indptr, followees, weights, keys, chatter)
    ties = indptr if platform.ties else np.zeros_like(indptr)
    in_spaces = per_fellow * members.fellows()
    indptr, rows, of_ties = with_spaces(ties, followees, members, world.n)
    if weights is not None:
        weights, weights_of_ties = np.zeros(rows.size), weights
        weights[of_ties] = weights_of_ties[: ties[-1]]
    keys = np.concatenate([world.people.key, members.row_keys(), blank])
    return Sight(indptr, rows, weights, keys, chatter + in_spaces if platform.ties else in_spaces)


def background_rates(world: World, p: int) -> tuple[float, float]:
    """Background posts within the horizon by each followee, and by each fellow member of a space."""
    platform = world.setting.platforms[p]
    days = platform.horizon / 24.0
    spaces = platform.spaces
    return platform.chatter_per_day * days, spaces.chatter_per_day * days if spaces is not None else 0.0


def weights_of(world: World, p: int) -> np.ndarray | None:
    """Weights of the ties of platform p now, float64[m]; None where they have none."""
    graph = world.setting.graphs[p]
    if graph.weights is None:
        return None
    return (world.state.ties[p].weights if world.ties_change else graph.weights).astype(float)


def with_spaces(
    ties: np.ndarray, followees: np.ndarray, members: Members, n: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ties and the timelines of spaces as one table: indptr, rows, and which of them are ties."""
    degrees, joined = np.diff(ties), np.diff(members.indptr) * members.rows
    indptr = np.concatenate([[0], np.cumsum(degrees + joined)])
    of_ties = np.arange(indptr[-1]) - np.repeat(indptr[:-1], degrees + joined) < np.repeat(
        degrees, degrees + joined
    )
    rows = np.empty(indptr[-1], np.int32)
    rows[of_ties] = followees[: ties[-1]]
    first = n + members.spaces.astype(np.int64) * members.rows
    rows[~of_ties] = (first[:, None] + np.arange(members.rows)).reshape(-1)
    return indptr, rows, of_ties


def feed_tables(world: World, p: int, sight: Sight, ranking: Ranking) -> Feed:
    """Platform p under a ranking; what changes (weight, reach, filled) is put in at each step."""
    platform = world.setting.platforms[p]
    return Feed(
        indptr=unwritable(sight.indptr),
        followees=unwritable(sight.rows),
        ties=tie_factors(sight.weights, ranking),
        line=world.state.timelines[p].line.reshape(-1),
        filled=np.empty(0, np.uint8),
        keys=sight.keys,
        width=POST * platform.timeline_depth,
        weight=world.state.messages.weight,
        reach=NOTHING,
        recency=recency_table(ranking, platform.horizon, world.setting.hours_per_step),
        chatter=sight.chatter,
        law=chatter_law(ranking, platform.horizon),
        law_times=chatter_times(ranking, platform.horizon),
        homophily=float(ranking.homophily * power(ranking)),
        random=ranking.sharpness is not None,
    )


def tie_factors(weights: np.ndarray | None, ranking: Ranking) -> np.ndarray:
    """What each tie's weight does to the score, float64[ties]; empty where it does nothing."""
    if ranking.tie_weight == 0 or weights is None:
        return NOTHING
    return np.asarray(elementary.power(1.0 + ranking.tie_weight * weights, power(ranking)))


def shifted(trait: np.ndarray, lever: Lever) -> np.ndarray:
    """A trait in this step, float32[n]: as it is, or moved by the lever that adds to it."""
    return trait + lever.value if lever.moved else trait


def visits_per_hour(world: World, p: int, on: np.ndarray) -> np.ndarray:
    """Expected visits of each person to platform p in an hour; float64[n]."""
    per_day = world.setting.platforms[p].sessions_per_day
    return np.asarray(world.people.activity * (per_day / 24.0) * (on > 0))


def memberships(world: World) -> list[np.ndarray]:
    """Share of each person's posting that goes to each platform, 0 for those not on it; float64[n] each."""
    on = [world.has_account(p) for p in range(len(world.setting.platforms))]
    number = np.maximum(np.sum(on, axis=0), 1)
    return [np.where(here, 1.0 / number, 0.0) for here in on]


def present(indptr: np.ndarray, indices: np.ndarray, on: np.ndarray) -> np.ndarray:
    """How many of each person's followees are on the platform, a free place being nobody; float64[n]."""
    known = np.append(on, False)
    passed = np.concatenate([[0], np.cumsum(known[np.minimum(indices, on.size)])])
    return np.asarray(np.diff(passed[indptr]), dtype=float)
