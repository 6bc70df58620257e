"""Housekeeping of a run's arrays: room for what will be read, and forgetting what no feed can show."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels import publishing, seen
from infodemic_sim.world.log import CASCADE_ROW
from infodemic_sim.world.state import LEAST_BITS, SeenState
from infodemic_sim.world.world import World

FORGET_EVERY = 24
"""Steps between two looks for dead messages."""


def make_room(
    state: SeenState, readers: np.ndarray, sessions: np.ndarray, budget: np.ndarray, most: int
) -> None:
    """Give these readers, int32[m], room to remember up to ``most`` of the messages that they may read."""
    state.used, wanted = seen.reserve(state.arrays(), state.used, readers, sessions, budget, most)
    while wanted:
        grown = np.zeros(max(wanted, 5 * state.pool.size // 4), np.int32)
        grown[: state.pool.size] = state.pool
        state.pool = grown
        state.used, wanted = seen.reserve(state.arrays(), state.used, readers, sessions, budget, most)


def forget(world: World, horizons: np.ndarray) -> None:
    """Free the slots of messages that stand in no feed any more, and what people remember of them."""
    state = world.state
    if state.step % FORGET_EVERY != 0:
        return
    dead = publishing.expire(state.messages.slots, state.step, horizons)
    close_cascades(world, dead)
    state.messages.slots["live"][dead] = 0
    live = np.concatenate([np.zeros(1, np.int8), state.messages.slots["live"]])
    old = state.seen.arrays()
    total, kept, start, bits = seen.packed(old, live, LEAST_BITS)
    size = max(total * 9 // 8, state.seen.used)  # as much as was needed since the last look
    fresh = SeenState(np.zeros(size, np.int32), start, bits, np.zeros(world.n, np.int32), total)
    seen.refill(old, kept, fresh.arrays())
    state.seen = fresh
    state.messages.free = np.concatenate([dead[::-1], state.messages.free])


def close_cascades(world: World, slots: np.ndarray) -> None:
    """Write the size and depth of cascades that have ended, where a run keeps them."""
    log = world.state.logs.get("cascades")
    if log is not None and slots.size:
        log.append(cascade_rows(world, slots))


def cascade_rows(world: World, slots: np.ndarray) -> np.ndarray:
    """Size and depth of the cascades of these messages, in order of message key."""
    messages = world.state.messages.slots
    messages = messages[slots[np.argsort(messages["key"][slots])]]
    rows = np.zeros(slots.size, CASCADE_ROW)
    rows["size"] = messages["shares"] + 1
    for name in ("born", "depth", "topic", "side", "platform", "origin"):
        rows[name] = messages[name]
    return rows


def cascade_table(world: World) -> np.ndarray:
    """Cascades that have ended, then those that still stand: CASCADE_ROW[m]."""
    ended = world.logged("cascades")
    return np.concatenate([ended, cascade_rows(world, world.live_messages())])
