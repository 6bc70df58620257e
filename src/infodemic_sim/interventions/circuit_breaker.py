"""Virality circuit breaker: what spreads fast waits until somebody has looked at it."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import NOBODY, Intervention, Memory
from infodemic_sim.interventions.capacity import Cost
from infodemic_sim.interventions.watching import own_messages, spreading, watch_list
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World


class CircuitBreaker(Intervention):
    """A message that is reshared often soon after it appeared is shown to nobody until it has been reviewed.

    After ``delay`` reviewers release it, unless they find it false: false messages with ``recall``, accurate
    ones by mistake with ``false_alarm``. ``who`` are the authors watched; capacity and cost count messages.
    Messages are held at any time while it is in force; reviews end in working hours.
    """

    family: ClassVar[str] = "platform"
    needs: ClassVar[frozenset[str]] = frozenset({"hiding"})
    counted_by: ClassVar[str] = "messages"

    reshares: int = param(10, ge=1, unit="reshares", doc="How many make a message wait.", source=ASSUMED)
    window: float = param(24.0, gt=0, unit="h", doc="Age up to which they count.", source=ASSUMED)
    delay: float = param(0.5, ge=0, unit="d", doc="Time that a review takes.", source=ASSUMED)
    cost: Cost = param(Cost(minutes=15.0), doc="What one review costs.")
    recall: float = param(
        0.8, ge=0, le=1, unit="share", doc="False messages that the review finds.", source=ASSUMED
    )
    false_alarm: float = param(
        0.02, ge=0, le=1, unit="share", doc="Accurate messages that it takes for false.", source=ASSUMED
    )

    platform: str | None = param(None, doc="Name of the platform; none: all.")

    def start(self, world: World) -> Memory:
        """Messages that are watched."""
        return watch_list()

    def run(self, world: World, memory: Memory) -> None:
        """Hold what spreads fast; release what was reviewed and not found false."""
        people = self.taking_part(world, memory)
        new = own_messages(world, self.platform, people)
        objects = spreading(world, memory, new, self.window, self.reshares)
        objects = objects if people.size else objects[:0]
        admitted = objects[self.admit(world, memory, None, objects)]
        slots = admitted[:, 1].astype(np.int32)
        world.hold(slots)
        memory["acts"] += slots.size
        memory["reached"][world.state.messages.slots["author"][slots]] = True
        _, due = self.wait(world, memory, np.full(slots.size, NOBODY), admitted)
        due = due[world.standing(due), 1].astype(np.int32)
        world.release(due[~self.judged_false(world, due)])

    def judged_false(self, world: World, slots: np.ndarray) -> np.ndarray:
        """Which messages the review takes for false, bool[m]."""
        rows = world.state.messages.slots[slots]
        luck = world.draws.uniform(Purpose.CHOICE, rows["key"].copy(), name_key(self.key))
        return np.asarray(luck < np.where(rows["side"] < 0, self.recall, self.false_alarm))
