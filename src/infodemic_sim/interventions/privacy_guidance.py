"""Privacy guidance: teach those who write about patients what not to tell."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices
from infodemic_sim.interventions.capacity import Cost
from infodemic_sim.interventions.training import TrainingIntervention
from infodemic_sim.interventions.who import Role, WhoField
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class PrivacyGuidance(TrainingIntervention):
    """Train health professionals to answer in public without telling who a patient is.

    The chance that a text of theirs discloses is multiplied by 1 - effect 2^(-age / half_life); a refresher
    resets the age.
    """

    family: ClassVar[str] = "health system"
    needs: ClassVar[frozenset[str]] = frozenset({"disclosure"})
    prepares: ClassVar[bool] = True

    who: WhoField = param(Role(role="provider"), doc="Who is trained.")
    cost: Cost = param(Cost(minutes=30.0), doc="What training one person costs.")
    effect: float = param(
        0.5, ge=0, le=1, unit="share", doc="Disclosures that training prevents at first.", source=ASSUMED
    )
    half_life: float = param(180.0, gt=0, unit="d", doc="Time in which half of it is lost.", source=ASSUMED)

    def work(self, world: World, people: Indices, left: np.ndarray) -> None:
        """What they publish discloses less often."""
        world.levers.disclosure.scale(people, 1.0 - self.effect * left)
