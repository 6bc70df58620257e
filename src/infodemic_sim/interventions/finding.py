"""Base of what is done about messages that reviewers or classifiers single out."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import NOBODY, Indices, Intervention, Memory
from infodemic_sim.interventions.capacity import Cost
from infodemic_sim.interventions.watching import about
from infodemic_sim.interventions.who.base import mask_of
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World


class FindingIntervention(Intervention):
    """Find a share of false messages some time after they appear, and a few accurate ones by mistake.

    ``who`` are the authors whose messages are looked at; capacity, delay and cost count messages. A subclass
    says what is done about them, in ``treat``.
    """

    of_authors: ClassVar[bool] = True
    """Whether ``who`` are the authors; else all messages are looked at while anybody is concerned."""
    counted_by: ClassVar[str] = "messages"

    delay: float = param(0.5, ge=0, unit="d", doc="Time from publication to the act.", source=ASSUMED)
    cost: Cost = param(Cost(minutes=2.0), doc="What looking into one message costs.")
    recall: float = param(0.3, ge=0, le=1, unit="share", doc="False messages that are found.", source=ASSUMED)
    false_alarm: float = param(
        0.01, ge=0, le=1, unit="share", doc="Accurate messages singled out by mistake.", source=ASSUMED
    )
    topic: str | None = param(None, doc="Name of the topic; none: all topics.")
    platform: str | None = param(None, doc="Name of the platform; none: all.")

    def run(self, world: World, memory: Memory) -> None:
        """One step: find new messages, queue them, treat those that are due."""
        people = self.taking_part(world, memory)
        any_new = people.size and world.state.fresh.size
        found = self.found(world, people) if any_new else np.empty(0, np.int64)
        objects = world.remembered(found)
        nobody = np.zeros(len(objects), np.int64)
        _, objects = self.come_up(world, memory, nobody, objects, messages=True)
        admitted = self.admit(world, memory, None, objects)
        _, objects = self.wait(world, memory, np.full(admitted.size, NOBODY), objects[admitted])
        slots = objects[world.standing(objects), 1].astype(np.int32)
        memory["acts"] += slots.size
        self.treat(world, slots, people, memory)

    def treat(self, world: World, slots: np.ndarray, people: Indices, memory: Memory) -> None:
        """What is done about the messages that are due, int32[m], which may be none."""
        raise NotImplementedError

    def found(self, world: World, people: Indices) -> Indices:
        """Slots of new messages that are singled out."""
        fresh = world.state.fresh
        rows = world.state.messages.slots[fresh]
        luck = world.draws.uniform(Purpose.CHOICE, rows["key"].copy(), name_key(self.key))
        by_side = np.array([self.recall, 0.0, self.false_alarm])
        wanted = (
            (luck < by_side[rows["side"] + 1])
            & (rows["origin"] == 0)
            & about(world, rows, self.topic, self.platform)
        )
        if self.of_authors and people.size < world.n:
            wanted &= mask_of(world, people)[rows["author"]]
        return fresh[wanted].astype(np.int64)

    def authors(self, world: World, slots: np.ndarray) -> Indices:
        """Who wrote these messages, int64[m]."""
        return world.state.messages.slots["author"][slots].astype(np.int64)
