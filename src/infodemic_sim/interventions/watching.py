"""Watching what spreads: the messages that were shared often, soon after they appeared."""

from __future__ import annotations

import numpy as np

from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.world import World


def watch_list() -> Memory:
    """Nothing is watched yet: rows (key, slot) of messages, uint64[m, 2]."""
    return {"watched": np.empty((0, 2), np.uint64)}


def spreading(
    world: World,
    memory: Memory,
    authors: Indices,
    hours: float,
    reshares: int,
    platform: str | None = None,
) -> np.ndarray:
    """Messages that have just been reshared often enough, uint64[m, 2] of (key, slot); each is told once.

    Parameters
    ----------
    authors : people whose new messages are watched from now on, int[m].
    hours : age until which a message is watched. reshares : how many make it stand out.
    platform : name of the platform that is watched; none: all.
    """
    watched = np.concatenate([memory["watched"], _new(world, authors, platform)])
    rows, slots = world.state.messages.slots, watched[:, 1].astype(np.int64)
    age = (world.step - rows["born"][slots]) * world.setting.hours_per_step
    young = world.standing(watched) & (age <= hours + 1e-9)
    often = rows["shares"][slots] >= reshares
    memory["watched"] = watched[young & ~often]
    return watched[young & often]


def _new(world: World, authors: Indices, platform: str | None) -> np.ndarray:
    """People's own messages of the last step, of these authors."""
    fresh = world.state.fresh
    rows = world.state.messages.slots[fresh]
    concerned = np.zeros(world.n, bool)
    concerned[authors] = True
    mine = (rows["origin"] == 0) & (rows["side"] != 0) & concerned[rows["author"]]
    if platform is not None:
        mine &= rows["platform"] == world.platform_index(platform)
    return np.stack([rows["key"][mine], fresh[mine].astype(np.uint64)], axis=1)
