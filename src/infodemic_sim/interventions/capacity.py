"""Capacity and cost: how much can be done, and what it takes."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np

from infodemic_sim.params import ASSUMED, Part, param
from infodemic_sim.world.grouping import runs

DAYS = 7
"""In a week; weeks are counted from day 0."""


class Cost(Part):
    """What one act costs; staff time and money are kept apart."""

    minutes: float = param(0.0, ge=0, unit="min", doc="Staff minutes for one act.", source=ASSUMED)
    money: float = param(0.0, ge=0, unit="currency units", doc="Money for one act.", source=ASSUMED)


class Capacity(Part):
    """How much is possible, in acts or in hours of work; what is not limited is left out.

    Hours of work are as many acts as fit into them at the minutes that one act costs. A week begins on day 0
    and every seventh day after it.
    """

    per_step: int | None = param(None, ge=0, unit="acts", doc="Most acts in one step.")
    per_day: int | None = param(None, ge=0, unit="acts", doc="Most acts in one day.")
    per_week: int | None = param(None, ge=0, unit="acts", doc="Most acts in one week.")
    per_actor_per_day: int | None = param(None, ge=0, unit="acts", doc="Most acts of one person in one day.")
    per_actor_per_week: int | None = param(None, ge=0, unit="acts", doc="Most acts of one person in a week.")
    total: int | None = param(None, ge=0, unit="acts", doc="Most acts in the whole run.")
    hours_per_day: float | None = param(None, ge=0, unit="h", doc="Work of all staff together in one day.")
    hours_per_week: float | None = param(None, ge=0, unit="h", doc="Work of all staff together in one week.")
    hours_per_actor_per_day: float | None = param(None, ge=0, unit="h", doc="Work of one person in one day.")
    hours_per_actor_per_week: float | None = param(None, ge=0, unit="h", doc="Work of one person in a week.")

    @property
    def given(self) -> dict[str, float]:
        """The limits that there are, by name."""
        limits = ((name, getattr(self, name)) for name in type(self).model_fields)
        return {name: limit for name, limit in limits if limit is not None}

    @cached_property
    def unlimited(self) -> bool:
        """Whether as much is possible as is wanted."""
        return not self.given

    @property
    def zero(self) -> bool:
        """Whether nothing at all is possible."""
        return 0 in self.given.values()

    def objection(self, cost: Cost, actors: str, staff: bool) -> str:
        """Why these limits mean nothing, as a sentence without its full stop; empty if they do.

        Parameters
        ----------
        actors : what acts are counted by instead of by a person who acts; empty if by a person.
        staff : whether that person is the one who does the work.
        """
        for name, limit in self.given.items():
            less = name.replace("_per_actor", "").replace("per_actor_", "")
            if actors and "per_actor" in name:
                return f"capacity.{name} has no meaning for {actors}: give {less}"
            if not staff and name.startswith("hours_per_actor"):
                return f"capacity.{name} needs acts that are told apart by staff: give {less}"
            if not name.startswith("hours"):
                continue
            if cost.minutes == 0:
                return f"capacity.{name} needs the time that one act takes: give cost.minutes"
            if 0 < 60 * limit < cost.minutes:
                return (
                    f"capacity.{name} (h) of {limit:g} is less than the {cost.minutes:g} min of one act: "
                    "give more, or 0 for none"
                )
        return ""


def in_acts(capacity: Capacity, cost: Cost) -> Capacity:
    """The same capacity in acts alone: hours are the acts that fit into them."""
    limits: dict[str, int] = {}
    for name, limit in capacity.given.items():
        of_hours = name.startswith("hours")
        acts = math.floor(60.0 * limit / cost.minutes + 1e-9) if of_hours else int(limit)
        plain = name.removeprefix("hours_")
        limits[plain] = min(acts, limits.get(plain, acts))
    return Capacity(**limits)


def ledger(n: int) -> dict[str, np.ndarray]:
    """What an intervention has used up: counters that live in its memory."""
    return {
        "acts": np.zeros(1, np.int64),
        "admitted": np.zeros(1, np.int64),
        "day": np.full(1, -1, np.int64),
        "today": np.zeros(1, np.int64),
        "today_of": np.zeros(n, np.int32),
        "this_week": np.zeros(1, np.int64),
        "this_week_of": np.zeros(n, np.int32),
        "reached": np.zeros(n, bool),
        "concerned": np.zeros(n, bool),
        "in_force": np.zeros(1, np.int64),
    }


def renew(used: dict[str, np.ndarray], day: int) -> None:
    """On a new day, and in a new week, there is room again."""
    before = int(used["day"][0])
    if before == day:
        return
    used["day"][0], used["today"][0] = day, 0
    used["today_of"][:] = 0
    if before // DAYS != day // DAYS:
        used["this_week"][0] = 0
        used["this_week_of"][:] = 0


def room(capacity: Capacity, used: dict[str, np.ndarray]) -> int | None:
    """How many more acts there may be in this step; None: as many as are wanted."""
    limits = [
        (capacity.per_step, 0),
        (capacity.per_day, used["today"][0]),
        (capacity.per_week, used["this_week"][0]),
        (capacity.total, used["admitted"][0]),
    ]
    rooms = [max(0, limit - int(spent)) for limit, spent in limits if limit is not None]
    return min(rooms) if rooms else None


def admit(
    capacity: Capacity, used: dict[str, np.ndarray], day: int, actors: np.ndarray | None, luck: np.ndarray
) -> np.ndarray:
    """Which of the wanted acts are done, in order of luck: positions int[m], ascending.

    Parameters
    ----------
    capacity : in acts, see ``in_acts``.
    actors : int[w], who would do each act, or None where nobody in particular does.
    luck : float64[w], from the address of each act.
    """
    renew(used, day)
    order = np.argsort(luck, kind="stable")
    of_actors = ((capacity.per_actor_per_day, "today_of"), (capacity.per_actor_per_week, "this_week_of"))
    for limit, spent in of_actors:
        if actors is not None and limit is not None:
            order = order[rank_within(actors[order]) < limit - used[spent][actors[order]]]
    most = room(capacity, used)
    chosen = np.sort(order[:most])
    for counter in ("today", "this_week", "admitted"):
        used[counter][0] += chosen.size
    if actors is not None:
        for _, spent in of_actors:
            np.add.at(used[spent], actors[chosen], 1)
    return chosen


def have_room(capacity: Capacity, used: dict[str, np.ndarray], day: int, actors: np.ndarray) -> np.ndarray:
    """Who of these may still act today, bool[m]: wanted acts of the others would be turned down."""
    most = capacity.per_actor_per_day
    if most is None or used["day"][0] != day:
        return np.full(actors.size, most != 0)
    return np.asarray(used["today_of"][actors] < most)


def rank_within(groups: np.ndarray) -> np.ndarray:
    """How many earlier entries belong to the same group, for each entry; int[m]."""
    order = np.argsort(groups, kind="stable")
    starts, lengths = runs(groups[order])
    rank = np.empty(groups.size, np.int64)
    rank[order] = np.arange(groups.size) - np.repeat(starts, lengths)
    return rank
