"""Which bots people follow: each pair by chance, at a cost linear in people and in the ties made."""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.contacts import rows_by_key
from infodemic_sim.kernels.draws import absorb, uniform
from infodemic_sim.kernels.graph_csr import to_starts


@kernel
def next_bot(address, jump, place, chance, bots):
    """The first bot followed at or after a place; `bots` if there is none.

    The number of bots passed over is geometric: floor(ln u / ln(1 - chance)).
    """
    if chance <= 0.0:
        return bots
    if chance >= 1.0:
        return place
    passed = math.log(uniform(absorb(address, np.uint64(jump)))) / math.log1p(-chance)
    return bots if passed >= bots - place else place + np.int64(passed)


@kernel
def bots_followed(base, keys, chances, bots):
    """Each person follows each bot with the person's chance, independently.

    keys : uint64[n]; chances : float64[n]; bots : how many there are.
    Returns starts, int64[n + 1], and the bots followed by each person, int32, ascending.
    """
    starts = np.zeros(keys.size + 1, np.int64)
    for person in range(keys.size):
        address, jump = absorb(base, keys[person]), 0
        bot = next_bot(address, jump, 0, chances[person], bots)
        while bot < bots:
            jump += 1
            bot = next_bot(address, jump, bot + 1, chances[person], bots)
        starts[person + 1] = starts[person] + jump
    followed = np.empty(starts[-1], np.int32)
    for person in range(keys.size):
        address, bot = absorb(base, keys[person]), np.int64(-1)
        for jump in range(starts[person + 1] - starts[person]):
            bot = next_bot(address, jump, bot + 1, chances[person], bots)
            followed[starts[person] + jump] = bot
    return starts, followed


@kernel
def followers_of_bots(starts, bots_seen, bots):
    """Rows of bots from rows of agents: starts, int64[bots + 1], and followers, int32, ascending."""
    free = np.zeros(bots, np.int64)
    for tie in range(bots_seen.size):
        free[bots_seen[tie]] += 1
    bot_starts = to_starts(free)
    return bot_starts, rows_by_key(np.arange(starts.size - 1), starts, bots_seen, bot_starts)
