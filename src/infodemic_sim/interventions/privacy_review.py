"""Privacy review: a second pair of eyes before staff publish."""

from __future__ import annotations

from typing import ClassVar, Self

import numpy as np
from pydantic import model_validator

from infodemic_sim.interventions.base import Intervention, Memory
from infodemic_sim.interventions.capacity import Cost, admit
from infodemic_sim.interventions.who import Role, WhoField
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class PrivacyReview(Intervention):
    """A colleague reads what health professionals are about to publish, and stops what discloses.

    The chance that a text discloses is multiplied by 1 - effect; every text that they publish or attach waits
    ``delay`` longer, and costs the reviewer's minutes. Acts are texts reviewed.
    """

    family: ClassVar[str] = "health system"
    needs: ClassVar[frozenset[str]] = frozenset({"disclosure", "waiting"})
    effects: ClassVar[tuple[str, ...]] = ("effect",)
    prepares: ClassVar[bool] = True

    who: WhoField = param(Role(role="provider"), doc="Whose texts are reviewed.")
    delay: float = param(0.25, ge=0, unit="d", doc="Time that a text waits for its review.", source=ASSUMED)
    cost: Cost = param(Cost(minutes=3.0), doc="What the review of one text costs.")
    effect: float = param(
        0.8, ge=0, le=1, unit="share", doc="Disclosures that the reviewer notices.", source=ASSUMED
    )

    @model_validator(mode="after")
    def _acts_are_texts(self) -> Self:
        if self.capacity.per_actor_per_day is not None:
            raise ValueError("capacity.per_actor_per_day has no meaning for reviews: give per_day")
        return self

    def start(self, world: World) -> Memory:
        """Texts of each person when it was last looked, and who was under review then."""
        return {"texts": world.state.health["texts"].copy(), "under": np.zeros(world.n, bool)}

    def run(self, world: World, memory: Memory) -> None:
        """Texts of the last step are counted; those of this step are reviewed while there is capacity."""
        texts, under = world.state.health["texts"], memory["under"]
        written = int((texts[under] - memory["texts"][under]).sum())
        admit(self.capacity, memory, int(world.day // 1), None, np.zeros(written))
        memory["acts"] += written
        memory["reached"] |= under & (texts > memory["texts"])
        memory["texts"][:], under[:] = texts, False
        if self._has_room(memory):
            under[self.taking_part(world, memory)] = True
        world.levers.disclosure.scale(under, 1.0 - self.effect)
        world.levers.waiting.add(under, self.delay)

    def _has_room(self, memory: Memory) -> bool:
        """Whether one more text may be reviewed now."""
        most = self.capacity
        spent = ((most.per_step, 0), (most.per_day, memory["today"][0]), (most.total, memory["admitted"][0]))
        return all(limit is None or used < limit for limit, used in spent)
