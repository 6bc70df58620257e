"""What agents of SimSoM post: a message of their own, or one picked from their feed."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.draws import absorb, uniform
from infodemic_sim.kernels.simsom_feeds import AGE, MESSAGE, POST, SHARES


class Habits(NamedTuple):
    """Constants of posting."""

    posting: float  # mu
    quality_slope: float  # lambda
    appeal_exponent: float
    deception: float  # phi
    fading: np.ndarray  # float64[...], recency by age in steps


class Bases(NamedTuple):
    """Addresses of the draws of one step."""

    new_post: np.uint64
    pick: np.uint64
    quality: np.uint64
    appeal: np.uint64
    deception: np.uint64


class Moved(NamedTuple):
    """What interventions have moved; each float64[people], or of length 0 where nothing is."""

    sharing: np.ndarray
    posting: np.ndarray
    inoculation: np.ndarray


SILENT = -1


@kernel
def write_posts(people, keys, feeds, pool, habits, bases, moved):
    """The message each agent posts, and the adoption it was picked from; int32[agents] each, -1: none."""
    posted, source = np.full(keys.size, SILENT, np.int32), np.full(keys.size, -1, np.int32)
    weights = np.empty(feeds.entry.shape[1])
    free = 0
    for agent in range(keys.size):
        human = agent < people
        sharing = moved.sharing[agent] if human and moved.sharing.size else 1.0
        posting = moved.posting[agent] if human and moved.posting.size else 1.0
        chance = posting * (habits.posting if feeds.size[agent] > 0 else 1.0)
        luck = uniform(absorb(bases.new_post, keys[agent]))
        if luck < chance:
            while pool.standing[free] > 0:
                free += 1
            compose(pool, free, keys[agent], not human, habits, bases)
            posted[agent] = free
            free += 1
        elif feeds.size[agent] > 0 and 1.0 - luck <= sharing * (1.0 - habits.posting):
            logits = moved.inoculation[agent] if human and moved.inoculation.size else 0.0
            place = picked(
                feeds, pool, agent, habits.fading, logits, weights, absorb(bases.pick, keys[agent])
            )
            posted[agent] = feeds.entry[agent, place, MESSAGE]
            source[agent] = feeds.entry[agent, place, POST]
    return posted, source


@kernel
def compose(pool, slot, key, bot, habits, bases):
    """A new message: quality with density ~ exp(slope q), of bots 0; appeal 1 - (1 - u)^(1/exponent)."""
    pool.by_bot[slot] = bot
    pool.quality[slot] = 0.0 if bot else tilted(uniform(absorb(bases.quality, key)), habits.quality_slope)
    pool.appeal[slot] = -math.expm1(math.log1p(-uniform(absorb(bases.appeal, key))) / habits.appeal_exponent)
    if bot and uniform(absorb(bases.deception, key)) < habits.deception:
        pool.appeal[slot] = 1.0


@kernel
def tilted(u, slope):
    """The number on [0, 1] below which a share u of the density ~ exp(slope q) lies."""
    return u if slope == 0.0 else math.log1p(u * math.expm1(slope)) / slope


@kernel
def picked(feeds, pool, agent, fading, logits, weights, address):
    """Place in the feed, drawn in proportion to appeal, shares and recency.

    Inoculation takes logits from the odds that what is picked is false: its weight counts exp(-logits).
    """
    size = feeds.size[agent]
    accurate, false = 0.0, 0.0
    for place in range(size):
        message = feeds.entry[agent, place, MESSAGE]
        pull = pool.appeal[message] * feeds.entry[agent, place, SHARES]
        weights[place] = pull * fading[feeds.entry[agent, place, AGE]]
        if pool.quality[message] < 0.5:
            false += weights[place]
        else:
            accurate += weights[place]
    damping = math.exp(-logits) if accurate > 0.0 else 1.0  # with nothing else to pick, odds are infinite
    target = uniform(address) * (accurate + damping * false)
    for place in range(size - 1):
        doubted = pool.quality[feeds.entry[agent, place, MESSAGE]] < 0.5
        target -= damping * weights[place] if doubted else weights[place]
        if target < 0.0:
            return place
    return size - 1
