"""Privacy guidance: teach those who write about patients what not to tell."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices, Intervention, Memory
from infodemic_sim.interventions.capacity import Cost
from infodemic_sim.interventions.when import Once, WhenField
from infodemic_sim.interventions.who import Role, WhoField
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class PrivacyGuidance(Intervention):
    """Train health professionals to answer in public without telling who a patient is.

    The chance that a text of theirs discloses is multiplied by 1 - effect 2^(-age / half_life); a refresher
    resets the age.
    """

    family: ClassVar[str] = "health system"
    needs: ClassVar[frozenset[str]] = frozenset({"disclosure"})
    effects: ClassVar[tuple[str, ...]] = ("effect",)
    prepares: ClassVar[bool] = True

    who: WhoField = param(Role(role="provider"), doc="Who is trained.")
    when: WhenField = param(Once(day=0.0), doc="Schedule; later times are refreshers.")
    cost: Cost = param(Cost(minutes=30.0), doc="What training one person costs.")
    effect: float = param(
        0.5, ge=0, le=1, unit="share", doc="Disclosures that training prevents at first.", source=ASSUMED
    )
    half_life: float = param(180.0, gt=0, unit="d", doc="Time in which half of it is lost.", source=ASSUMED)

    def start(self, world: World) -> Memory:
        """Hour of each person's last training."""
        return {"since": world.person_array(fill=-np.inf)}

    def act(self, world: World, people: Indices, memory: Memory) -> None:
        """Train, and apply what is left of earlier training."""
        memory["since"][people] = world.hour
        trained = np.flatnonzero(np.isfinite(memory["since"]))
        age = (world.hour - memory["since"][trained]) / 24.0
        world.levers.disclosure.scale(trained, 1.0 - self.effect * 2.0 ** (-age / self.half_life))
