"""Watching what spreads: the messages that were shared often, soon after they appeared."""

from __future__ import annotations

import numpy as np

from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.interventions.who.base import mask_of
from infodemic_sim.world import World


def about(world: World, rows: np.ndarray, topic: str | None, platform: str | None) -> np.ndarray:
    """Which messages, MESSAGE[m], are on a topic and a platform, by name; None: any. bool[m]."""
    wanted = np.ones(rows.size, bool)
    if topic is not None:
        wanted &= rows["topic"] == world.topic_index(topic)
    if platform is not None:
        wanted &= rows["platform"] == world.platform_index(platform)
    return wanted


def watch_list() -> Memory:
    """Nothing is watched yet: rows (key, slot) of messages, uint64[m, 2]."""
    return {"watched": np.empty((0, 2), np.uint64)}


def spreading(world: World, memory: Memory, new: np.ndarray, hours: float, reshares: int) -> np.ndarray:
    """Messages that have just been reshared often enough, uint64[m, 2] of (key, slot); each is told once.

    Parameters
    ----------
    new : messages that are watched from now on, uint64[m, 2] of (key, slot), see ``own_messages``.
    hours : age until which a message is watched. reshares : how many make it stand out.
    """
    watched = np.concatenate([memory["watched"], new])
    rows, slots = world.state.messages.slots, watched[:, 1].astype(np.int64)
    age = (world.step - rows["born"][slots]) * world.setting.hours_per_step
    young = world.standing(watched) & (age <= hours + 1e-9)
    often = rows["shares"][slots] >= reshares
    memory["watched"] = watched[young & ~often]
    return watched[young & often]


def own_messages(world: World, platform: str | None = None, authors: Indices | None = None) -> np.ndarray:
    """People's own messages of the last step that argue for a side, uint64[m, 2] of (key, slot).

    Parameters
    ----------
    platform : name of the platform they stand on; none: any. authors : who wrote them; None: anybody.
    """
    fresh = world.state.fresh
    rows = world.state.messages.slots[fresh]
    mine = (rows["origin"] == 0) & (rows["side"] != 0) & about(world, rows, None, platform)
    if authors is not None and authors.size < world.n:
        mine &= mask_of(world, authors)[rows["author"]]
    return world.remembered(fresh[mine])
