"""The arrays of a run of SimSoM, as its kernels take them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.kernels.simsom_bots import followers_of_bots
from infodemic_sim.kernels.simsom_feeds import Audience, Feeds, Pool, look
from infodemic_sim.kernels.simsom_posts import Bases
from infodemic_sim.platforms.ranking import SimSoMRanking
from infodemic_sim.randomness import Draws, Purpose, each_extended
from infodemic_sim.spread.network_rule import Arrays, Ground
from infodemic_sim.spread.simsom_bots import DECEPTION

MOMENT = ("quality", "bot_share", "diversity", "smoothed_quality", "change")
"""What the array "moment" holds, float64[5]."""
SMOOTHED, CHANGE = 3, 4


def empty_arrays(people: int, bot_names: np.ndarray, places: int) -> Arrays:
    """Feeds in which nothing stands, and a pool without messages; see ``Feeds``, ``Pool``, ``MOMENT``.

    "adopted", int64[1], counts adoptions.
    """
    agents = people + bot_names.size
    return {
        "bot_names": bot_names,
        "entry": np.zeros((agents, places, 4), np.int32),
        "size": np.zeros(agents, np.int32),
        "quality": np.zeros(agents),
        "appeal": np.zeros(agents),
        "by_bot": np.zeros(agents, bool),
        "standing": np.zeros(agents, np.int32),
        "moment": np.array([np.nan, np.nan, np.nan, 1.0, 1.0]),
        "adopted": np.zeros(1, np.int64),
    }


def inboxes(graph: SocialGraph, starts: np.ndarray, bots_seen: np.ndarray, bots: int) -> Arrays:
    """Rows of bots' followers, and room for the posts that each agent gets; see ``Audience``.

    starts, bots_seen : the bots that each agent sees, as rows.
    """
    bot_starts, followers = followers_of_bots(starts, bots_seen, bots)
    seen = np.diff(starts)
    seen[: graph.n] += graph.degrees()
    inbox_starts = np.concatenate([[0], np.cumsum(seen)])
    return {"bot_starts": bot_starts, "bot_followers": followers, "inbox_starts": inbox_starts}


def audience_of(ground: Ground, arrays: Arrays) -> Audience:
    """Who gets the posts of whom, as kernels take it."""
    people = ground.audience
    bots = (arrays["bot_starts"], arrays["bot_followers"], arrays["inbox_starts"])
    return Audience(people.indptr, people.indices, *bots)


def people_of(arrays: Arrays) -> int:
    """Number of agents who are people; they come first."""
    return int(arrays["size"].size - arrays["bot_names"].size)


def feeds_of(arrays: Arrays) -> Feeds:
    """The feeds, as kernels take them."""
    return Feeds(*(arrays[name] for name in Feeds._fields))


def pool_of(arrays: Arrays) -> Pool:
    """The messages, as kernels take them."""
    return Pool(*(arrays[name] for name in Pool._fields))


def make_room(arrays: Arrays) -> None:
    """Lengthen the pool until every agent could post something new."""
    agents = arrays["size"].size
    if arrays["standing"].size - np.count_nonzero(arrays["standing"]) < agents:
        for name in Pool._fields:
            longer = np.zeros(arrays[name].size + max(arrays[name].size, agents), arrays[name].dtype)
            longer[: arrays[name].size] = arrays[name]
            arrays[name] = longer


def numbers(arrays: Arrays, posters: np.ndarray) -> np.ndarray:
    """Number of the adoption of each agent, int32[agents], those of posters in their order; else -1."""
    found = np.full(arrays["size"].size, -1, np.int32)
    found[posters] = arrays["adopted"][0] + np.arange(posters.size)
    arrays["adopted"][0] += posters.size
    return found


def take_stock(arrays: Arrays, people: int, smoothing: float) -> None:
    """Note what stands in feeds, and how far its smoothed quality has moved."""
    seen = look(feeds_of(arrays), pool_of(arrays), people)
    before = arrays["moment"][SMOOTHED]
    smoothed = smoothing * before + (1.0 - smoothing) * np.nan_to_num(seen[0])
    arrays["moment"][:] = *seen, smoothed, abs(smoothed - before) / before if before > 0 else 0.0


def bases_of(draws: Draws, step: int) -> Bases:
    """Addresses of what agents draw in a step."""
    return Bases(
        new_post=draws.base(Purpose.NEW_POST, step),
        pick=draws.base(Purpose.PICK, step),
        quality=draws.base(Purpose.QUALITY, step),
        appeal=draws.base(Purpose.APPEAL, step),
        deception=draws.base(Purpose.BOT, DECEPTION, step),
    )


def posting_order(draws: Draws, keys: np.ndarray, step: int) -> np.ndarray:
    """Agents in the order in which they post; no two hashes of different keys are equal."""
    return np.argsort(each_extended(draws.base(Purpose.CLOCK, step), keys)).astype(np.int32)


def fading(unit_of_age: float, step: int) -> np.ndarray:
    """Recency by age, for all ages that messages can have at a step."""
    return _fading(unit_of_age, 1 << step.bit_length())


@lru_cache(maxsize=8)
def _fading(unit_of_age: float, ages: int) -> np.ndarray:
    recency = SimSoMRanking(unit_of_age=unit_of_age).recency
    return np.array([recency(float(age)) for age in range(ages)])
