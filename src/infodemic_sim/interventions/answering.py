"""Base of interventions whose people act on messages they come across."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices, Intervention, Memory
from infodemic_sim.interventions.watching import about
from infodemic_sim.interventions.who.base import mask_of
from infodemic_sim.kernels.layout import WATCHES_FALSE
from infodemic_sim.params import param
from infodemic_sim.world import World


class AnsweringIntervention(Intervention):
    """Base of interventions whose people act on messages they come across.

    They act a step after they have read, if it is still in force then: a schedule of single steps, such as
    ``once``, gives them nothing to do. A subclass says what answering means, in ``answer``.
    """

    watches: ClassVar[bool] = True
    staff: ClassVar[bool] = True

    topic: str | None = param(None, doc="Name of the topic; none: all topics.")
    platform: str | None = param(None, doc="Name of the platform; none: all.")

    def act(self, world: World, people: Indices, memory: Memory) -> None:
        """Not used: acts are about messages, see ``answer``."""

    def answer(self, world: World, actors: Indices, slots: np.ndarray, memory: Memory) -> None:
        """What is done about these messages; one actor and one slot per act, and at least one act."""
        raise NotImplementedError

    def run(self, world: World, memory: Memory) -> None:
        """One step: messages come in, capacity allows some, and those that are due are answered."""
        people = self.taking_part(world, memory)
        world.watching[people] |= WATCHES_FALSE
        actors, objects = self.incoming(world, mask_of(world, people))
        actors, objects = self.come_up(world, memory, actors, objects, messages=True)
        admitted = self.admit(world, memory, actors, objects)
        actors, objects = self.wait(world, memory, actors[admitted], objects[admitted])
        alive = world.standing(objects)
        if alive.any():
            actors, slots = actors[alive], objects[alive, 1].astype(np.int32)
            self.charge(memory, actors)
            self.answer(world, actors, slots, memory)

    def incoming(self, world: World, active: np.ndarray) -> tuple[Indices, np.ndarray]:
        """Wanted acts: the false messages that active people read in the last step."""
        people, slots, _ = world.watched()
        if not people.size:
            return people, np.empty((0, 2), np.uint64)
        mine = active[people] & self.wants(world, slots)
        return people[mine], world.remembered(slots[mine])

    def wants(self, world: World, slots: np.ndarray) -> np.ndarray:
        """Which messages are worth an answer, bool[m]: those on the named topic and platform."""
        return about(world, world.state.messages.slots[slots], self.topic, self.platform)
