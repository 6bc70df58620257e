"""Privacy review: a second pair of eyes before staff publish."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Intervention, Memory
from infodemic_sim.interventions.capacity import Cost, admit, room
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
    counted_by: ClassVar[str] = "reviews"
    gathers: ClassVar[bool] = False

    who: WhoField = param(Role(role="provider"), doc="Whose texts are reviewed.")
    delay: float = param(0.25, ge=0, unit="d", doc="Time that a text waits for its review.", source=ASSUMED)
    cost: Cost = param(Cost(minutes=3.0), doc="What the review of one text costs.")
    effect: float = param(
        0.8, ge=0, le=1, unit="share", doc="Disclosures that the reviewer notices.", source=ASSUMED
    )

    def start(self, world: World) -> Memory:
        """Texts of each person when it was last looked, and who was under review then."""
        return {"texts": world.state.health["texts"].copy(), "under": np.zeros(world.n, bool)}

    def run(self, world: World, memory: Memory) -> None:
        """Texts of the last step are counted; those of this step are reviewed while there is capacity."""
        texts, under = world.state.health["texts"], memory["under"]
        written = int((texts[under] - memory["texts"][under]).sum())
        admit(self.limits, memory, int(world.day // 1), None, np.zeros(written))
        memory["acts"] += written
        memory["reached"] |= under & (texts > memory["texts"])
        memory["texts"][:], under[:] = texts, False
        if room(self.limits, memory) != 0:
            under[self.taking_part(world, memory)] = True
        world.levers.disclosure.scale(under, 1.0 - self.effect)
        world.levers.waiting.add(under, self.delay)
