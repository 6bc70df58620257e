"""Base of what a platform does for all who use it, for as long as it is in force."""

from __future__ import annotations

from typing import ClassVar, Self

import numpy as np
from pydantic import model_validator

from infodemic_sim.interventions.base import NOBODY, Intervention, Memory
from infodemic_sim.interventions.who import Everyone, Nobody, WhoField
from infodemic_sim.params import param
from infodemic_sim.world import World


class PolicyIntervention(Intervention):
    """A rule of a platform, in force while the schedule says so and capacity, which counts steps, allows.

    A subclass says what the rule is, in ``enact``.
    """

    family: ClassVar[str] = "platform"
    counted_by: ClassVar[str] = "a platform's rule"
    gathers: ClassVar[bool] = False

    who: WhoField = param(Everyone(), doc="Everyone, or Nobody: it holds for all who use the platform.")

    @model_validator(mode="after")
    def _for_everybody(self) -> Self:
        if not isinstance(self.who, Everyone | Nobody):
            raise ValueError("who must be everyone: it holds for all who use the platform")
        if self.uptake not in (0.0, 1.0):
            raise ValueError("uptake must be 0 or 1: it holds for all who use the platform")
        return self

    def run(self, world: World, memory: Memory) -> None:
        """Enact the rule for this step."""
        people = self.taking_part(world, memory)
        objects = np.zeros((int(people.size > 0), 2), np.uint64)
        admitted = self.admit(world, memory, None, objects)
        _, due = self.wait(world, memory, np.full(admitted.size, NOBODY), objects[admitted])
        if len(due) and self.enact(world):
            memory["acts"] += len(due)
            memory["reached"][people] = True

    def enact(self, world: World) -> bool:
        """What holds in this step; whether it could be brought into force."""
        raise NotImplementedError
