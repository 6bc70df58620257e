"""Capacity and cost: how much can be done, and what it takes."""

from __future__ import annotations

import numpy as np

from infodemic_sim.params import ASSUMED, Part, param


class Capacity(Part):
    """How many acts are possible; what is not limited is left out."""

    per_step: int | None = param(None, ge=0, unit="acts", doc="Most acts in one step.")
    per_day: int | None = param(None, ge=0, unit="acts", doc="Most acts in one day.")
    per_actor_per_day: int | None = param(None, ge=0, unit="acts", doc="Most acts of one person in one day.")
    total: int | None = param(None, ge=0, unit="acts", doc="Most acts in the whole run.")


class Cost(Part):
    """What one act costs; staff time and money are kept apart."""

    minutes: float = param(0.0, ge=0, unit="min", doc="Staff minutes for one act.", source=ASSUMED)
    money: float = param(0.0, ge=0, unit="currency units", doc="Money for one act.", source=ASSUMED)


def ledger(n: int) -> dict[str, np.ndarray]:
    """What an intervention has used up: counters that live in its memory."""
    return {
        "acts": np.zeros(1, np.int64),
        "admitted": np.zeros(1, np.int64),
        "day": np.full(1, -1, np.int64),
        "today": np.zeros(1, np.int64),
        "today_of": np.zeros(n, np.int32),
        "reached": np.zeros(n, bool),
    }


def admit(
    capacity: Capacity, used: dict[str, np.ndarray], day: int, actors: np.ndarray | None, luck: np.ndarray
) -> np.ndarray:
    """Which of the wanted acts are done, in order of luck: positions int[m], ascending.

    Parameters
    ----------
    actors : int[w], who would do each act, or None where nobody in particular does.
    luck : float64[w], from the address of each act.
    """
    if used["day"][0] != day:
        used["day"][0], used["today"][0] = day, 0
        used["today_of"][:] = 0
    order = np.argsort(luck, kind="stable")
    if actors is not None and capacity.per_actor_per_day is not None:
        room = capacity.per_actor_per_day - used["today_of"][actors[order]]
        order = order[rank_within(actors[order]) < room]
    limits = [
        (capacity.per_step, 0),
        (capacity.per_day, used["today"][0]),
        (capacity.total, used["admitted"][0]),
    ]
    rooms = [max(0, limit - spent) for limit, spent in limits if limit is not None]
    chosen = np.sort(order[: min(rooms)] if rooms else order)
    used["today"][0] += chosen.size
    used["admitted"][0] += chosen.size
    if actors is not None:
        np.add.at(used["today_of"], actors[chosen], 1)
    return chosen


def have_room(capacity: Capacity, used: dict[str, np.ndarray], day: int, actors: np.ndarray) -> np.ndarray:
    """Who of these may still act today, bool[m]: wanted acts of the others would be turned down."""
    if capacity.per_actor_per_day is None:
        return np.ones(actors.size, bool)
    spent = used["today_of"][actors] if used["day"][0] == day else 0
    return np.asarray(np.broadcast_to(spent < capacity.per_actor_per_day, actors.shape))


def rank_within(groups: np.ndarray) -> np.ndarray:
    """How many earlier entries belong to the same group, for each entry; int[m]."""
    order = np.argsort(groups, kind="stable")
    sorted_groups = groups[order]
    starts = np.flatnonzero(np.r_[True, sorted_groups[1:] != sorted_groups[:-1]])
    lengths = np.diff(np.r_[starts, groups.size])
    rank = np.empty(groups.size, np.int64)
    rank[order] = np.arange(groups.size) - np.repeat(starts, lengths)
    return rank
