"""Ranking change: a platform orders its feeds in another way."""

from __future__ import annotations

from typing import ClassVar, Self

import numpy as np
from pydantic import model_validator

from infodemic_sim.interventions.base import Intervention, Memory
from infodemic_sim.interventions.who import Everyone, Nobody, WhoField
from infodemic_sim.params import param
from infodemic_sim.platforms.base import RankingField
from infodemic_sim.platforms.ranking import AccuracyWeighted
from infodemic_sim.world import World


class RankingChange(Intervention):
    """While it is in force, feeds of a platform are ordered by another ranking, for everybody.

    It is in force while the schedule says so and capacity, which counts steps, allows.
    """

    family: ClassVar[str] = "platform"
    needs: ClassVar[frozenset[str]] = frozenset({"ranking"})

    who: WhoField = param(Everyone(), doc="Everyone, or Nobody: a ranking is changed for all.")
    platform: str | None = param(None, doc="Name of the platform; none: the first.")
    ranking: RankingField = param(AccuracyWeighted(), doc="How feeds are ordered instead.")

    @model_validator(mode="after")
    def _for_everybody(self) -> Self:
        if not isinstance(self.who, Everyone | Nobody):
            raise ValueError("who must be everyone: a ranking is changed for all who use the platform")
        if self.uptake not in (0.0, 1.0):
            raise ValueError("uptake must be 0 or 1: a ranking is changed for all who use the platform")
        if self.capacity.per_actor_per_day is not None:
            raise ValueError("capacity.per_actor_per_day has no meaning for a ranking: give per_day")
        return self

    def run(self, world: World, memory: Memory) -> None:
        """Order the feeds of this step."""
        people = self.taking_part(world, memory)
        objects = np.zeros((int(people.size > 0), 2), np.uint64)
        admitted = self.admit(world, memory, None, objects)
        _, due = self.wait(world, memory, np.zeros(admitted.size, np.int64), objects[admitted])
        memory["acts"] += len(due)
        if len(due):
            memory["reached"][people] = True
            world.rank(world.platform_index(self.platform), self.ranking)
