"""Inoculation: teach people beforehand how misinformation misleads."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices
from infodemic_sim.interventions.capacity import Cost
from infodemic_sim.interventions.training import TrainingIntervention
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World

LOGITS_PER_D = 1.814
"""Standardised mean difference to logits: pi / sqrt(3), Chinn 2000."""


class Inoculation(TrainingIntervention):
    """Show people weakened misinformation and how it works, so that the real thing convinces less.

    Perceived veracity of misinformation falls by I = 1.814 d 2^(-age / half_life) logits; a booster
    resets the age.
    """

    family: ClassVar[str] = "individual"
    needs: ClassVar[frozenset[str]] = frozenset({"inoculation"})

    uptake: float = param(
        0.5, ge=0, le=1, unit="share", doc="Share of the people concerned who take part.", source=ASSUMED
    )
    cost: Cost = param(Cost(money=0.05), doc="What one inoculation costs.")
    effect: float = param(
        0.36, ge=0, le=3, unit="d", doc="Fall in the credibility of misinformation.", source="Maertens2025"
    )
    half_life: float = param(
        30.0, gt=0, unit="d", doc="Time in which half of it is lost.", source="Maertens2025"
    )

    def work(self, world: World, people: Indices, left: np.ndarray) -> None:
        """Misinformation convinces less."""
        world.levers.inoculation.add(people, LOGITS_PER_D * self.effect * left)
