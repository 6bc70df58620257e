"""Bot removal: automated accounts are found and taken off the platform."""

from __future__ import annotations

import math
from typing import ClassVar

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.interventions.base import Intervention, Memory
from infodemic_sim.interventions.capacity import Cost
from infodemic_sim.interventions.who import Role, WhoField
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World

WEEK = 168.0


class BotRemoval(Intervention):
    """Each week the share ``recall`` of the accounts concerned is found and removed for good.

    Of all other accounts the share ``false_alarm`` is removed by mistake each week. A removed account neither
    posts nor reshares there, and what it posted is shown to nobody; among the people whom measures count it
    stays. Capacity and cost count accounts.
    """

    family: ClassVar[str] = "platform"
    needs: ClassVar[frozenset[str]] = frozenset({"posting", "sharing", "reach"})
    effects: ClassVar[tuple[str, ...]] = ("recall",)

    who: WhoField = param(Role(role="bot"), doc="Accounts that are looked for.")
    cost: Cost = param(Cost(minutes=10.0), doc="What the removal of one account costs.")
    recall: float = param(
        0.3,
        ge=0,
        lt=1,
        unit="share/week",
        doc="Accounts looked for that are found in a week.",
        source=ASSUMED,
        plausible=(0.1, 0.6),
    )
    false_alarm: float = param(
        0.0001, ge=0, lt=1, unit="share/week", doc="Other accounts removed by mistake.", source=ASSUMED
    )

    platform: str | None = param(None, doc="Name of the platform; none: all.")

    def start(self, world: World) -> Memory:
        """How much each account has been looked at, how much finds it, who was found and who is removed."""
        luck = world.draws.uniform(Purpose.CHOICE, world.people.key, name_key(self.key))
        return {
            "looked": np.zeros(world.n),
            "hidden_by": -kernels.elementary.log(luck),
            "found": np.zeros(world.n, bool),
            "removed": np.zeros(world.n, bool),
        }

    def run(self, world: World, memory: Memory) -> None:
        """Look at accounts for one step, remove those that are found."""
        people, looked = self.taking_part(world, memory), memory["looked"]
        if people.size:
            weeks = world.setting.hours_per_step / WEEK
            hazard = np.where(self.who.mask(world), 0.0, -weeks * math.log1p(-self.false_alarm))
            hazard[people] = -weeks * math.log1p(-self.recall)
            looked += hazard
        found = np.flatnonzero((looked >= memory["hidden_by"]) & ~memory["found"])
        objects = np.zeros((found.size, 2), np.uint64)
        admitted = self.admit(world, memory, found, objects) if self.at_work(world) else found[:0]
        memory["found"][found[admitted]] = True
        new, _ = self.wait(world, memory, found[admitted], objects[admitted])
        self.charge(memory, new)
        memory["removed"][new] = True
        if memory["removed"].any():
            removed = np.flatnonzero(memory["removed"])
            world.suspend(removed, new.size, world.platform_or_all(self.platform))
